"""Introductions and their packets as text for a terminal. Strings out; it must never ask the assistant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.render.lines import day, join_lines, wrapped

if TYPE_CHECKING:
    from assistant.find.introductions import Introduction, Quote
    from assistant.packets import PacketView


def render_introductions(found: Sequence[Introduction], only: str = "") -> str:
    """Each pair with what both would gain and the notes that say so, the best first."""
    if not found:
        whom = (
            f"Nobody for {only} to meet shows in your notes." if only else "Nobody who should meet shows in your notes."
        )
        return f"{whom} What people need, offer and care about would: `givefirst note WHO '- [need] …'`."
    return "\n\n".join(_introduction(number, one) for number, one in enumerate(found, 1))


def _introduction(number: int, one: Introduction) -> str:
    side = ", one-sided" if one.one_sided else ""
    lines = [f"{number:>2}. {one.a} and {one.b}  ({one.state}{side}; {one.score:.2f})"]
    same = set(one.why_a.split("; ")) == set(one.why_b.split("; ")) or {q.id for q in one.evidence_a} == {
        q.id for q in one.evidence_b
    }
    lines += [wrapped(why, "    ") for why in ((one.why_b,) if same and one.evidence_b else (one.why_b, one.why_a))]
    quotes = {quote.id: quote for quote in (*one.evidence_b, *one.evidence_a)}
    lines += [wrapped(_quote(quote), "      ") for quote in quotes.values()]
    return join_lines(lines)


def _quote(one: Quote) -> str:
    return f"{day(one.date).strip()}: “{one.quote}”"


def render_packet(one: PacketView) -> str:
    """Where it stands, what may be told, what comes next."""
    lines = [f"{one.a} and {one.b}: {one.state.value.replace('_', ' ')}", *_steps(one)]
    if one.caution:
        lines.append(wrapped(f"Mind: {one.caution}.", "  "))
    if one.clearable:
        lines += ["", "Told by one of them; the other reads it only if you clear it (--clear ID, when they agree)"]
        lines += [
            f"  {'cleared' if told.cleared else '       '}  {told.id}  {told.about}: {told.text}"
            for told in one.clearable
        ]
    lines += [
        "",
        f"Next, {one.next.due.isoformat()}: {one.next.text}"
        if one.next
        else "Nothing is left to do; a no costs nothing and is told to nobody.",
        *_texts(one),
    ]
    return join_lines(lines)


def _steps(one: PacketView) -> list[str]:
    lines = [f"  {step.day.isoformat()}  {step.state.value.replace('_', ' ')}" for step in one.steps]
    agreed = [f"  said yes: {', '.join(one.agreed)}"] if one.agreed else []
    return [*lines, *agreed, *([f"  what came of it: {one.outcome}"] if one.outcome else [])]


def _texts(one: PacketView) -> list[str]:
    """Each message of this step, a line on what it is for where there are several, and the command that drafts it."""
    named = len(one.texts) > 1 or one.next is None or not one.next.kind
    return [line for text in one.texts for line in (*([f"  {text.text}:"] if named else []), f"  {text.command}")]
