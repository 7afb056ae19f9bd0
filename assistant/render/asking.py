"""Answers out of the whole book as text for a terminal: advisors, readers of news, events. Strings out.

Shows the evidence beside every name and marks what is for the user's eyes only. It must never ask the assistant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.render.lines import join_lines, times, wrapped

if TYPE_CHECKING:
    from assistant.find.advisors import Advisor, Quoted
    from assistant.find.events import EventPart, EventPlan
    from assistant.find.news import NewsItem, NewsMatches, NewsReader
    from assistant.held_event import EventGuest, HeldEvent

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


# --- news -------------------------------------------------------------------------------------------------------

OWN_VIEW = "Add your own view to --about before you draft: why you think of them, or what you make of it."


def render_news(found: NewsMatches) -> str:
    """Each article with who would care and why; those nobody would care about only counted."""
    shown = [one for one in found.items if one.readers]
    left = len(found.items) - len(shown)
    blocks = [_item(one) for one in shown]
    if any(not reader.seen for one in shown for reader in one.readers):
        blocks.append(wrapped(OWN_VIEW))
    if left:
        of = "it" if len(found.items) == 1 else f"{left} of {len(found.items)} articles"
        blocks.append(wrapped(f"Nobody in your book is known to care about {of}."))
    return "\n\n".join(blocks)


def _item(one: NewsItem) -> str:
    head = wrapped(" ".join(part for part in (one.title, f"({one.date.isoformat()})" if one.date else "") if part))
    return "\n".join([head, *([one.link] if one.link else []), *map(_reader, one.readers)])


def _reader(one: NewsReader) -> str:
    day = f" on {one.seen_on.isoformat()}" if one.seen_on else ""
    after = f"You sent it to them{day}." if one.seen else f"Go on: {one.draft}"
    lines = [f"  {one.contact}, tie {warmth_of(one.warmth)}", wrapped(one.why, "    "), f"    {after}"]
    return join_lines(lines)


# --- events -----------------------------------------------------------------------------------------------------


def render_events(plans: Sequence[EventPlan], topic: str = "") -> str:
    """Each topic with who could teach, who wants to learn, how it is mixed, and the commands to invite them."""
    if not plans:
        what = f"on {topic} " if topic else ""
        return wrapped(f"No event {what}shows in your notes: nobody's needs, offers or interests come together there.")
    hint = "Put the day and the place into --about before you draft an invitation."
    return "\n\n".join([*map(_event, plans), hint])


def _event(one: EventPlan) -> str:
    lines = [f"An evening on {one.topic}", wrapped(one.balance, "  ")]
    if one.yours:
        lines.append(wrapped(f"You could teach it: “{one.yours}”.", "  "))
    for title, parts in (("Could teach", one.speakers), ("Want to learn", one.invitees)):
        lines += [f"  {title}"] if parts else []
        lines += [_event_part(part) for part in parts]
    return join_lines(lines)


def _event_part(one: EventPart) -> str:
    circle = f" ({one.circle})" if one.circle else ""
    return "\n".join(
        [wrapped(f"{one.contact}{circle}, tie {warmth_of(one.warmth)}. {one.why}", "    "), f"      {one.draft}"]
    )


PARTS = {"taught": "Taught", "came": "Came", "missed": "Could not come"}


def render_held(event: HeldEvent) -> str:
    """Who was there, what is kept of it, and the command that drafts the next message to each."""
    blocks = [say_kept(event)]
    for part, title in PARTS.items():
        guests = [one for one in event.guests if one.part == part]
        blocks += [join_lines([title, *map(_event_guest, guests)])] if guests else []
    return "\n\n".join(blocks)


def say_kept(event: HeldEvent) -> str:
    """What was kept of the event, in a sentence."""
    new = sum(one.is_new for one in event.guests)
    if not new:
        return f"On {event.held}, an evening on {event.topic}: nothing new to keep."
    notes = "a meeting and a note" if new == 1 else f"{new} meetings, each with a note"
    return f"On {event.held}, an evening on {event.topic}. Kept: {notes}."


def _event_guest(one: EventGuest) -> str:
    return f"  {one.contact}\n    {one.draft or one.why}"
