"""The next good move with one person: the first kind of message that the plan itself calls ready, and why that one.

The order of kinds follows how things stand; whether one may be written is for the plan alone to say. It must never
propose a message that `Assistant.plan` would refuse.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from assistant.domain import DORMANT_DAYS, DraftKind, Outcome, Plan, Profile, Value
from assistant.find.balance import ContactBalance
from assistant.find.touches import find_touches, has_met

if TYPE_CHECKING:
    from assistant.app import Assistant

FRESH_DAYS = 21
_LATELY = (DraftKind.FOLLOW_UP, DraftKind.GIVE_FIRST, DraftKind.CHECK_IN)
_LONG_AGO = (DraftKind.RECONNECT, DraftKind.GIVE_FIRST)
_STRANGER = (DraftKind.COLD, DraftKind.GIVE_FIRST)
_USUAL = (DraftKind.GIVE_FIRST, DraftKind.CHECK_IN, DraftKind.FOLLOW_UP)
_THANKS = (DraftKind.GIVE_FIRST, DraftKind.THANK_YOU, DraftKind.CHECK_IN)


class Move(Value):
    """`kind` is the message to draft, None where there is none; `why` says how things stand, `said` what to do."""

    kind: DraftKind | None
    said: str
    why: str


def find_move(assistant: Assistant, profile: Profile, balance: ContactBalance) -> Move:
    """The next good move with the person of `profile`, as of the assistant's today."""
    kinds, why = order_kinds(profile, balance, assistant.today)
    plans = []
    for kind in kinds:
        plan = assistant.plan(kind, profile.contact.id)
        if plan.outcome is Outcome.READY:
            return Move(kind=kind, said=_say(plan), why=why)
        plans.append(plan)
    asked = next((plan for plan in plans if plan.questions), None)
    if asked:
        return Move(kind=asked.kind, said=f"First find out: {asked.questions[0]}", why=why)
    return Move(kind=None, said=next((line for plan in plans for line in plan.reasons), "Nothing for now."), why=why)


def order_kinds(profile: Profile, balance: ContactBalance, today: dt.date) -> tuple[tuple[DraftKind, ...], str]:
    """The kinds of message to try, the most fitting first, and how things stand in one sentence."""
    contact = profile.contact
    days = [one.when for one in find_touches(contact, profile.notes, profile.interactions) if one.when <= today]
    if not days and not has_met(contact, profile.notes):
        return _STRANGER, "You have not been in touch yet."
    if balance.standing == "you_owe":
        return _THANKS, balance.said
    if not days:
        return (*_LONG_AGO, DraftKind.CHECK_IN), "You have met, and no time in touch is noted since."
    ago = (today - days[-1]).days
    last = f"Last in touch on {days[-1].day} {days[-1]:%B %Y}"
    if ago <= FRESH_DAYS:
        return _LATELY, f"{last}, {_days_ago(ago)}."
    if ago >= DORMANT_DAYS:
        return _LONG_AGO, f"{last}: a long silence."
    return _USUAL, f"{last}."


def _days_ago(days: int) -> str:
    return "today" if days == 0 else "yesterday" if days == 1 else f"{days} days ago"


def _say(plan: Plan) -> str:
    """What the message would give or say."""
    if plan.give and plan.give.need:
        return f"You could give: {plan.give.offer.text}. They need: “{plan.give.need.quote}”"
    if plan.give:
        return f"You could give: {plan.give.offer.text}."
    if plan.thanks:
        return f"Thank them: “{plan.thanks.quote}”"
    if plan.hooks:
        return f"You share: {plan.hooks[0].text}."
    return f"You could write about “{plan.occasion.quote}”" if plan.occasion else "A few true lines would do."
