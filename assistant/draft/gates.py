"""Whether to write at all: what stands against a message, and what is missing for one.

Decided before a word is written; reasons name what stands in the way and a better way. It must never let a model, or
the wish to be helpful, decide whether somebody is written to.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from assistant.domain import (
    DORMANT_DAYS,
    Channel,
    Contact,
    DraftKind,
    Material,
    Outcome,
    count_favours,
)
from assistant.draft.wishes import find_wish
from assistant.text import fold

TOO_SOON_DAYS = 10
JUST_MET_DAYS = 60
MOST_UNANSWERED = 2
_WITH_OTHER = (DraftKind.INTRO_ASK, DraftKind.INTRO)
_PRESUMES_CONTACT = (DraftKind.CHECK_IN, DraftKind.FOLLOW_UP, DraftKind.RECONNECT)
_COULD_MEET = re.compile(
    r"\b(?:should meet|could meet|might (?:like|get on)|would (?:like|get on|love)|introduce|not related"
    r"|no relation)\b",
    re.IGNORECASE,
)


class Gate(NamedTuple):
    """A way that is closed: refused, or open once something is known."""

    outcome: Outcome
    text: str


def find_gate(material: Material) -> Gate | None:
    """The first thing that closes the way; None where a message may be written."""
    reason = find_refusal(material)
    if reason:
        return Gate(Outcome.REFUSED, reason)
    gap = _find_gap(material)
    return Gate(Outcome.NEEDS_INPUT, gap) if gap else None


def find_refusal(material: Material) -> str:
    """Why no message of this kind may be written, with a better way; empty if one may."""
    to, other = material.to, material.other
    if to.me:
        return "this is you; choose somebody else"
    if other is not None and (other.me or other.id == to.id):
        return "an introduction needs two different people besides you; name the other one with --with"
    for person in (to, *([other] if other else [])):
        if person.do_not_contact:
            instead = f"wait until {person.first_name} writes to you" if person is to else "leave them out of it"
            return f"{person.name} is marked do-not-contact; {instead}"
    wish = find_wish((*material.evidence, *material.withheld), material.request, material.today, to, other)
    if wish:
        whose = f"{to.name} " if wish.evidence.about == to.id and not wish.reason[:1].isupper() else ""
        return f"{whose}{wish.reason}; {wish.instead}"
    return _acquainted(material) or _nothing_given(material)


def _acquainted(material: Material) -> str:
    """Two people who know each other need no introduction."""
    other, kinds = material.other, (DraftKind.INTRO, DraftKind.INTRO_ASK)
    if other is None or material.request.kind not in kinds or material.request.insist:
        return ""
    evidence = (*material.evidence, *material.withheld)
    for one, person in ((one, person) for one in evidence for person in (material.to, other)):
        against = other if person is material.to else material.to
        if one.about == person.id and not one.hearsay and _speaks_of(one.quote, against, material):
            hidden = "a private note" if one not in material.evidence else f"“{one.quote}”"
            return (
                f"{material.to.name} and {other.name} seem to know each other already ({hidden}); insist if they do not"
            )
    return ""


def _speaks_of(quote: str, person: Contact, material: Material) -> bool:
    """Whether a note names the person as somebody known, and not as somebody one could meet."""
    if _COULD_MEET.search(quote) and not re.search(r"\bintroduced (?:me|us)\b", quote):
        return False
    if fold(person.name) in fold(quote):
        return True
    alone = sum(fold(name).split()[0] == fold(person.first_name) for name in material.names if name) == 1
    return alone and bool(re.search(rf"(?<!\w){re.escape(person.first_name)}(?!\w)", quote))


def _nothing_given(material: Material) -> str:
    if material.request.kind is not DraftKind.ASK or material.request.insist:
        return ""
    first, balance = material.to.first_name, count_favours(material.favours)
    if balance.gave or (balance.asked == 0 and balance.received < 2):
        return ""
    if balance.asked:
        times = "once" if balance.asked == 1 else f"{balance.asked} times"
        last = f", last in {balance.last_asked:%B %Y}," if balance.last_asked else ""
        told = f"you have asked {first} {times}{last} and have given nothing yet"
    else:
        times = "twice" if balance.received == 2 else f"{balance.received} times"
        told = f"{first} has helped you {times} and you have given nothing yet"
    return f"{told}; give something first, or insist if it cannot wait"


# --- what is missing --------------------------------------------------------------------------------------------


def _find_gap(material: Material) -> str:
    return (
        _no_address(material)
        or _no_other(material)
        or _unanswered(material)
        or _no_contact_yet(material)
        or _wrong_moment(material)
    )


def _no_address(material: Material) -> str:
    to, channel = material.to, material.request.channel
    if channel is Channel.EMAIL and not to.emails:
        better = " Or call: use --channel call." if to.phones else ""
        return f"What is {to.name}'s email address? There is none in your book.{better}"
    if channel is Channel.CALL and not to.phones:
        better = " Or write: use --channel email." if to.emails else ""
        return f"What is {to.name}'s phone number? There is none in your book.{better}"
    if channel is Channel.MESSAGE and not (to.links or to.phones or to.emails):
        return f"Where could a message reach {to.name}? There is no profile link and no number in your book."
    if material.request.kind is DraftKind.INTRO and material.other and not material.other.emails:
        return f"What is {material.other.name}'s email address? An introduction goes to both."
    return ""


def _no_other(material: Material) -> str:
    if material.request.kind in _WITH_OTHER and material.other is None:
        return f"Whom should {material.to.first_name} meet? Name the other person with --with."
    return ""


def _unanswered(material: Material) -> str:
    """Two messages that nobody answered are enough."""
    heard = max((one.when for one in material.touches if one.direction != "out"), default=dt.date.min)
    waiting = [one.when for one in material.touches if one.direction == "out" and one.when > heard]
    if len(waiting) < MOST_UNANSWERED or material.request.insist:
        return ""
    first = material.to.first_name
    return (
        f"You wrote to {first} {len(waiting)} times since {waiting[0]:%B %Y} without an answer; better wait. "
        "Did they answer? Then say so: `givefirst mark DRAFT replied`. Or insist."
    )


def _no_contact_yet(material: Material) -> str:
    kind, to = material.request.kind, material.to
    if kind in _PRESUMES_CONTACT and not material.known:
        return (
            f"When were you last in touch with {to.name}? No note tells of it; add one, or write a cold mail: "
            "`givefirst draft cold`."
        )
    return ""


def _wrong_moment(material: Material) -> str:
    """Too soon, too late, or not dormant at all; a reason in the user's own words opens the way."""
    kind, request = material.request.kind, material.request
    if request.about.strip() or request.insist or not material.touches:
        return _no_meeting(material) if kind is DraftKind.FOLLOW_UP and not request.about.strip() else ""
    last = material.touches[-1].when
    days = (material.today - last).days
    first = material.to.first_name
    if kind in (DraftKind.CHECK_IN, DraftKind.RECONNECT) and days < TOO_SOON_DAYS:
        return f"You were in touch with {first} {_ago(days)}. What is new since? Say it with --about, or wait a little."
    if kind is DraftKind.RECONNECT and days < DORMANT_DAYS:
        return (
            f"You were in touch with {first} in {last:%B}, so there is nothing to revive; "
            "a check_in fits better. What is it about? Say it with --about."
        )
    if kind is DraftKind.FOLLOW_UP and days > JUST_MET_DAYS:
        return (
            f"Your last note of a meeting with {first} is of {last:%B %Y}; a check_in or a reconnect fits better. "
            "If you met since, add a note of it, or say it with --about."
        )
    return ""


def _ago(days: int) -> str:
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"


def _no_meeting(material: Material) -> str:
    if material.touches:
        return ""
    return f"When did you meet {material.to.first_name}? Add a note of the meeting, or say it with --about."
