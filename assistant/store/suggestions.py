"""Which suggestions were shown, on how many days, and which the user sent away; and the introductions last found.

Every row goes with the people it names. It must never hold a suggestion that rests on a confidence: `find` makes none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, and_, delete, insert, or_, select, update

from assistant.store.schema import found_pairs, suggestions

KEPT_DAYS = 180  # what was not shown for so long, and not sent away for good, begins anew


class ShownSuggestion(NamedTuple):
    """What is remembered of one suggestion. `dismissed` with no `until` is for good."""

    key: str
    people: tuple[str, ...]
    kind: str
    why: str
    days: int
    last: dt.date
    dismissed: dt.date | None = None
    until: dt.date | None = None

    def is_away(self, today: dt.date) -> bool:
        """Whether the user does not want to see it on that day."""
        return self.dismissed is not None and (self.until is None or today < self.until)


def load_shown(connection: Connection) -> tuple[ShownSuggestion, ...]:
    """Everything that was ever shown and is remembered, by key."""
    return tuple(
        ShownSuggestion(
            row.key,
            (row.a_id, row.b_id) if row.b_id else (row.a_id,),
            row.kind,
            row.why,
            row.days,
            row.last,
            row.dismissed,
            row.until,
        )
        for row in connection.execute(select(suggestions).order_by(suggestions.c.key))
    )


def save_shown(connection: Connection, shown: Sequence[ShownSuggestion], today: dt.date) -> None:
    """Keeps these as shown today; the same keys again replace what was kept. Drops what is long forgotten."""
    connection.execute(delete(suggestions).where(suggestions.c.key.in_([one.key for one in shown])))
    rows = [
        {
            "key": one.key,
            "a_id": one.people[0],
            "b_id": one.people[1] if len(one.people) > 1 else None,
            "kind": one.kind,
            "why": one.why,
            "days": one.days,
            "last": one.last,
            "dismissed": one.dismissed,
            "until": one.until,
        }
        for one in shown
    ]
    if rows:
        connection.execute(insert(suggestions), rows)
    old = today - dt.timedelta(days=KEPT_DAYS)
    is_back = or_(suggestions.c.dismissed.is_(None), suggestions.c.until <= today)
    connection.execute(delete(suggestions).where(and_(suggestions.c.last < old, is_back)))


def save_dismissal(connection: Connection, key: str, dismissed: dt.date | None, until: dt.date | None) -> bool:
    """Sends a suggestion away, or (with no day) brings it back; whether one of that key is known."""
    query = update(suggestions).where(suggestions.c.key == key).values(dismissed=dismissed, until=until)
    return connection.execute(query).rowcount > 0


# --- introductions ------------------------------------------------------------------------------------------------


class FoundPair(NamedTuple):
    """An introduction as it was found on a day; `data` is its JSON."""

    a_id: str
    b_id: str
    day: dt.date
    data: str


def load_found_pairs(connection: Connection, since: dt.date) -> tuple[FoundPair, ...]:
    """Those found on that day or later."""
    query = select(found_pairs).where(found_pairs.c.day >= since).order_by(found_pairs.c.a_id, found_pairs.c.b_id)
    return tuple(FoundPair(*row) for row in connection.execute(query))


def save_found_pairs(connection: Connection, pairs: Sequence[FoundPair]) -> None:
    """Keeps these instead of all that were kept before."""
    connection.execute(delete(found_pairs))
    if pairs:
        connection.execute(insert(found_pairs), [one._asdict() for one in pairs])
