"""What forgetting a person takes away, as text for a terminal. It must never decide what goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.render.lines import join_lines

if TYPE_CHECKING:
    from assistant.forgetting import Forgetting, Forgotten

_MOST_LISTED = 20


def say_counts(one: Forgetting) -> str:
    """What goes, in one line: "4 notes, 9 facts, 1 draft"."""
    counts = (
        (one.notes, "note"),
        (one.facts, "fact"),
        (one.interactions, "time in touch"),
        (one.favours, "favour"),
        (one.drafts, "draft"),
        (one.packets, "introduction"),
        (one.snoozes, "snooze"),
        (one.vectors, "vector"),
    )
    said = [f"{count} {_many(word) if count != 1 else word}" for count, word in counts if count]
    return ", ".join(said) or "nothing but the name"


def _many(word: str) -> str:
    return "times in touch" if word == "time in touch" else f"{word}s"


def render_forgetting(one: Forgetting) -> str:
    return join_lines([f"What would go of {one.contact}: {say_counts(one)}", *_lines(one)])


def _lines(one: Forgetting) -> Iterator[str]:
    if one.mentions:
        yield f"Lines about others that name {one.contact} stay, and will read:"
    for mention in one.mentions[:_MOST_LISTED]:
        yield f"  {mention.contact}: {mention.text}"
    if (more := len(one.mentions) - _MOST_LISTED) > 0:
        yield f"  and {more} more"
    if one.sources:
        yield "Where it came from is not touched; delete it there too:"
        yield from (f"  {source}" for source in one.sources[:_MOST_LISTED])


def render_forgotten(gone: Forgotten) -> str:
    end = (
        "No trace is left in the data folder."
        if gone.finished
        else "Another givefirst has files open that still hold traces: close it, then run `givefirst doctor`."
    )
    return join_lines([f"Forgotten: {say_counts(gone.removed)}. {end}"])


def render_allowed(count: int) -> str:
    return f"{count} may be imported again. Nothing of what was forgotten comes back by itself."
