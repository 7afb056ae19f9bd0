"""People and what is found about them, as text for a terminal. It must never leave out a mark of what is private."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from assistant.domain import (
    CommonGround,
    Contact,
    Fact,
    Interaction,
    Profile,
    SearchHit,
    Visibility,
)
from assistant.render.lines import day, join_lines, times
from assistant.text import strip_hidden

_MOST_LATEST = 10


def render_people(found: Sequence[Contact]) -> str:
    if not found:
        return "Nobody fits. Try part of a name, or import some people first."
    return join_lines(_person_line(one) for one in found)


def _person_line(one: Contact) -> str:
    what = ", ".join(part for part in (one.title, one.org, one.location) if part)
    marks = " [do not contact]" if one.do_not_contact else ""
    return f"{one.id}  {one.name}{marks}  {what}".rstrip()


def render_profile(one: Profile) -> str:
    blocks = [_person_line(one.contact)]
    if one.facts:
        blocks.append("\nFacts")
        blocks += [_fact_line(fact) for fact in one.facts]
    if one.favours:
        blocks.append("\nFavours")
        blocks += [f"  {day(favour.date)} {favour.kind}: {favour.text}" for favour in one.favours]
    if one.interactions:
        blocks.append(f"\nIn touch ({times(len(one.interactions))}, the latest)")
        blocks += [_interaction_line(touch) for touch in one.interactions[: -_MOST_LATEST - 1 : -1]]
    if one.notes:
        blocks.append("\nNotes")
        for note in one.notes:
            blocks.append(f"  {day(note.date)} {note.title}".rstrip())
            blocks.append(textwrap.indent(note.text.strip(), "    "))
    return "\n".join(strip_hidden(block) for block in blocks)


def _interaction_line(one: Interaction) -> str:
    return f"  {one.when} {one.channel}, {one.direction} {one.title}".rstrip()


def _fact_line(fact: Fact) -> str:
    marks = [
        mark
        for mark, on in (
            ("private", fact.visibility is Visibility.PRIVATE),
            ("out of date", bool(fact.superseded_by)),
            ("not so", fact.negated),
            ("hearsay", fact.hearsay),
        )
        if on
    ]
    mark = f" ({', '.join(marks)})" if marks else ""
    return f"  {fact.kind}: {fact.text}{mark}\n      “{fact.quote}” {day(fact.date)}"


def render_hits(found: Sequence[SearchHit]) -> str:
    if not found:
        return "Nothing found. Try other words, or import some notes first."
    return join_lines(
        f"{one.score:5.2f}  {one.contact}  {day(one.date)}  {' '.join(one.text.split())}" for one in found
    )


def render_ground(found: Sequence[CommonGround]) -> str:
    if not found:
        return "No common ground found. A line about them, or about you in me.md, may change that."
    return "\n\n".join(
        join_lines(
            [
                f"{one.kind}: {one.text} ({one.strength:.2f})",
                f"  you:  “{one.mine.quote}”",
                f"  them: “{one.theirs.quote}”",
            ]
        )
        for one in found
    )


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
