"""Answers out of the whole book as text for a terminal: advisors, readers of news, events. Strings out.

Shows the evidence beside every name and marks what is for the user's eyes only. It must never ask the assistant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.render.lines import join_lines, times, wrapped

if TYPE_CHECKING:
    from assistant.find.advisors import Advisor, Quoted

NOBODY = (
    "Nobody in your book is known to know about this. Ask who might know somebody who does, "
    "or note what people told you: `givefirst note WHO TEXT`."
)


def render_advisors(panel: Sequence[Advisor]) -> str:
    """The panel, each with why, how warm the tie is, what was asked of them lately, and the command to go on with."""
    if not panel:
        return wrapped(NOBODY)
    return "\n\n".join(_advisor(one) for one in panel)


def _advisor(one: Advisor) -> str:
    asked = f"asked {times(one.load)} within the year" if one.load else "not asked for anything within the year"
    head = f"{one.contact} ({one.field})" if one.field else one.contact
    lines = [
        head,
        wrapped(one.why, "  "),
        *(_quoted(quoted) for quoted in one.evidence),
        wrapped(f"Tie {warmth_of(one.warmth)}; {asked}. {one.balance}", "  "),
        f"  Go on: {one.draft}",
    ]
    return join_lines(lines)


def _quoted(one: Quoted) -> str:
    mark = "  [private: for your eyes only]" if one.private else ""
    when = f", {one.date.isoformat()}" if one.date else ""
    return wrapped(f"“{one.quote}”{when}{mark}", "    ")


def warmth_of(strength: float) -> str:
    """A tie's strength in a word and a figure."""
    bounds = ((0.5, "warm"), (0.15, "lukewarm"), (0.0001, "faint"))
    word = next((name for bound, name in bounds if strength >= bound), "cold")
    return f"{word} ({strength:.2f})"
