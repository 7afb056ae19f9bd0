"""Who is due, and the day's digest, as text in plain words. Strings out; it must never ask the assistant.

Private lines are marked on the screen and left out of whatever is written to a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.render.lines import join_lines, wrapped
from assistant.text import strip_hidden

if TYPE_CHECKING:
    from assistant.find.digest import Birthday, Digest
    from assistant.find.due import DueContact
    from assistant.find.promises import Promise
    from assistant.reminding import Snoozed

_PRIVATE = "[private]"
_MOST_ROWS = 20


def render_due(rows: Sequence[DueContact], within: int = 0) -> str:
    """Everybody with the reason and what to bring; the most urgent first."""
    if not rows:
        when = f"within {within} days" if within else "today"
        return f"Nobody is due {when}. Write `cadence: monthly` into a contact's note to be reminded of them."
    more = [f"and {len(rows) - _MOST_ROWS} more; --json lists them all"] if len(rows) > _MOST_ROWS else []
    return "\n\n".join([*(_row(one) for one in rows[:_MOST_ROWS]), *more])


def _row(one: DueContact, private: bool = True) -> str:
    bring = [line for line in one.bring if private or not line.startswith(_PRIVATE)]
    lines = [strip_hidden(f"{one.contact}: {_late(one)}"), wrapped(one.why, "  ")]
    return "\n".join([*lines, *(wrapped(f"- {line}", "  ") for line in bring)])


def _late(one: DueContact) -> str:
    if one.late_days < 0:
        return f"due in {_days(-one.late_days)}, on {_day(one.due)}"
    if not one.late_days:
        return "due today"
    longer = f", and past the {one.longest_days} days it should take at most" if one.overdue else ""
    return f"{_days(one.late_days)} late{longer}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def render_snoozed(one: Snoozed) -> str:
    if one.until is None:
        return f"{one.contact} is not put off any more."
    return f"{one.contact} is put off until {_day(one.until)}."


def render_digest(one: Digest, private: bool = True) -> str:
    """The whole digest; without `private` for a file that may leave this machine."""
    promises = [promise for promise in one.promises if private or not promise.private]
    parts = [
        ("Overdue", [_row(row, private) for row in one.overdue], "\n\n"),
        ("Due", [_row(row, private) for row in one.due], "\n\n"),
        ("Birthdays this week", [_birthday(birthday) for birthday in one.birthdays], "\n"),
        ("Promises waiting", [_promise(promise) for promise in promises], "\n"),
    ]
    blocks = [f"{title}\n\n{_first(rows, between)}" for title, rows, between in parts if rows]
    said = "\n\n".join(blocks) or "Nobody is due, nobody has a birthday this week, and no promise waits."
    return f"{_day(one.day)}\n\n{said}"


def _first(rows: Sequence[str], between: str) -> str:
    more = [f"and {len(rows) - _MOST_ROWS} more"] if len(rows) > _MOST_ROWS else []
    return between.join([*rows[:_MOST_ROWS], *more])


def _birthday(one: Birthday) -> str:
    return join_lines([f"{one.contact}: {one.day:%A} {_day(one.day)}"])


def _promise(one: Promise) -> str:
    noted = f", {_day(one.date)}" if one.date else ""
    mark = f"{_PRIVATE} " if one.private else ""
    return wrapped(f"{mark}{one.contact}{noted}: “{one.text}”")


def digest_subject(one: Digest) -> str:
    """The subject of the mail: what is in it, counted."""
    late, soon, born = len(one.overdue), len(one.due), len(one.birthdays)
    counts = [
        f"{late} overdue" if late else "",
        f"{soon} due" if soon else "",
        f"{born} birthday{'s' if born > 1 else ''}" if born else "",
    ]
    said = ", ".join(part for part in counts if part) or "nobody is due"
    return f"Givefirst, {_day(one.day)}: {said}"


def _day(day: object) -> str:
    return f"{day:%d %B %Y}".lstrip("0")
