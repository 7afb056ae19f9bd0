"""The day's suggestions as text that reads well aloud. Strings out; it must never ask the assistant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.render.lines import join_lines, wrapped
from assistant.text import without_tags

if TYPE_CHECKING:
    from assistant.find.suggestions import Cited, Dismissed, Suggestion

NOTHING = (
    "Nothing presses today. What people need, offer and care about would bring something up: "
    "`givefirst note WHO '- [need] …'`."
)
TITLES = {
    "due": "Be in touch with {0}",
    "give": "Give {0} something",
    "introduction": "Introduce {0} and {1}",
    "news": "Share news with {0}",
}


def title_of(one: Suggestion | Dismissed) -> str:
    """What it is about in a few words."""
    return TITLES[one.kind].format(*(person.name for person in one.people))


def render_suggestions(found: Sequence[Suggestion], today: dt.date) -> str:
    """Each with its reason, the notes that say so, and the command to go on with."""
    day = f"{today:%A}, {today.day} {today:%B %Y}"
    if not found:
        return f"{day}\n\n{wrapped(NOTHING)}"
    count = "One thing" if len(found) == 1 else f"{len(found)} things"
    blocks = [_suggestion(number, one) for number, one in enumerate(found, 1)]
    hint = "Not for you? `givefirst today --not-now 2` brings it back in a month, `--not-this 2` never."
    return "\n\n".join([f"{day}. {count} worth doing.", *blocks, wrapped(hint)])


def _suggestion(number: int, one: Suggestion) -> str:
    lines = [f"{number}. {title_of(one)}.", wrapped(one.why, "   ")]
    return join_lines([*lines, *(wrapped(cited(each), "   ") for each in one.evidence), f"   {one.action.command}"])


def cited(one: Cited) -> str:
    """The quote, without tags, and its day."""
    when = f", {one.date.day} {one.date:%B %Y}" if one.date else ""
    return f"“{without_tags(one.quote)}”{when}"


def render_dismissals(away: Sequence[Dismissed]) -> str:
    """What was sent away, until when, and the key that brings it back."""
    if not away:
        return "You have sent nothing away."
    return "\n\n".join(_dismissal(one) for one in away)


def _dismissal(one: Dismissed) -> str:
    until = f"until {one.until.day} {one.until:%B %Y}" if one.until else "for good"
    back = f"   givefirst today --bring-back {one.key}"
    return join_lines([f"{title_of(one)}: away {until}.", wrapped(one.why, "   "), back])
