"""The network and the ledger as text for a terminal, in plain words. Strings out; it must never ask the assistant.

Says first what matters most: how many people it truly is, then who, then where it is thin. It shows, it never scolds.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.render.lines import join_lines, wrapped
from assistant.text import strip_hidden

if TYPE_CHECKING:
    from assistant.domain import Favour
    from assistant.find.balance import ContactBalance
    from assistant.find.diversity import Gap, Share
    from assistant.find.network import Network, NetworkContact

_MOST_PEOPLE = 15
_MOST_SHARES = 8
_MOST_GAPS = 6
_MOST_ENTRIES = 10
_EVERY = {
    "daily": "nearly every day",
    "weekly": "most weeks",
    "monthly": "most months",
    "quarterly": "every quarter or so",
    "rarer": "more rarely",
}


def render_network(one: Network) -> str:
    """The whole network on a page."""
    if not one.book:
        return "Your book is empty. Import some people first: `givefirst import PATH`."
    blocks = [_head(one), _trend(one), _people(one.contacts), _sides(one.contacts), _fields(one), _gaps(one.gaps)]
    return "\n\n".join(block for block in blocks if block)


def _head(one: Network) -> str:
    days = f"{one.window.start:%d %B %Y} to {one.window.end:%d %B %Y}"
    lines = [
        f"Your book holds {one.book} people. In the last year ({days}) you were in touch with {one.active} of them,",
        f"with {one.regular} at least every quarter.",
    ]
    lines += [f"  {_EVERY[name]:20} {count:>4}" for name, count in one.classes.items()]
    return join_lines([*lines, f"  {'silent':20} {one.book - one.active:>4}"])


def _trend(one: Network) -> str:
    points = ", ".join(f"{point.active} in {point.day:%B %Y}" for point in one.trend)
    return wrapped(f"How it moved (people in touch over the year before): {points}.")


def _people(contacts: Sequence[NetworkContact]) -> str:
    shown = [one for one in contacts if one.strength][:_MOST_PEOPLE]
    if not shown:
        return "Nobody has been in touch yet. A dated note of a meeting, or your mail, would show it."
    lines = ["Closest ties (strength of 1 at most; days in touch this year; last time)"]
    for one in shown:
        last = f"{one.last:%d %b %Y}" if one.last else "never"
        lines.append(f"  {one.strength:4.2f}  {one.contact:28}  {one.cadence.value:9}  {one.days:>3} days  {last}")
    return join_lines(lines)


def _sides(contacts: Sequence[NetworkContact]) -> str:
    """Whose effort is not answered, on either side: told as news, not as a fault."""
    of_late = [one for one in contacts if one.days]
    mine = [one.contact for one in of_late if one.sent and not one.received]
    theirs = [one.contact for one in of_late if one.received and not one.sent]
    told = []
    if mine:
        told.append(wrapped(f"No answer yet this year from {_names(mine)}."))
    if theirs:
        told.append(wrapped(f"Would be glad to hear from you: {_names(theirs)}."))
    return "\n".join(told)


def _names(names: Sequence[str], most: int = 5) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _fields(one: Network) -> str:
    if not one.industries:
        return ""
    spread = f"as mixed as {one.spread.active:g} equal fields; your whole book: {one.spread.book:g}"
    lines = [f"Fields, in touch of all you know ({spread})", *map(_share, one.industries[:_MOST_SHARES])]
    return join_lines([*lines, wrapped(one.redundancy.said)])


def _share(one: Share) -> str:
    return f"  {one.active:>3} of {one.book:<3} {one.name}"


def _gaps(gaps: Sequence[Gap]) -> str:
    """Those that somebody could bridge come first."""
    chosen = sorted(gaps, key=lambda one: not one.bridges)[:_MOST_GAPS]
    if not chosen:
        return ""
    lines = ["Where it is thin, and who could bridge it"]
    for one in chosen:
        lines.append(wrapped(one.said, "  "))
        lines += [wrapped(f"{bridge.contact}: {bridge.reason}", "    ") for bridge in one.bridges]
    return "\n".join(lines)


def render_balance(rows: Sequence[ContactBalance]) -> str:
    """How things stand; with one contact, the entries too."""
    if not rows:
        return "No favours are noted yet. Write `- [gave] …`, `- [received] …` or `- [asked] …` in a note."
    lines = []
    if len(rows) > 1:
        gave, received, asked = (sum(getattr(one, name) for one in rows) for name in ("gave", "received", "asked"))
        lines += [f"In all you gave {gave}, received {received} and asked {asked}.", ""]
    for one in rows:
        lines.append(wrapped(f"{one.contact}: {one.said}"))
        if len(rows) == 1:
            lines += [_entry(entry) for entry in one.entries[:_MOST_ENTRIES]]
    return "\n".join(lines)


def _entry(one: Favour) -> str:
    day = one.date.isoformat() if one.date else "undated"
    return strip_hidden(f"  {day:10}  {one.kind.value:8}  {one.text}")
