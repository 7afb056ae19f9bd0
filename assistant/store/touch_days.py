"""Kept times in touch, added up by the database: what is asked of all of them at once is never loaded one by one.

It must never count what is still to come.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, case, func, select

from assistant.store.schema import interactions

_MOST_AT_ONCE = 500  # ids a query; databases bound how many values one may name


class KeptDays(NamedTuple):
    """One contact's kept times in touch: the last day; and since a day the first one, if any, and which sides were."""

    last: dt.date
    first: dt.date | None
    out: bool
    into: bool


class DaySum(NamedTuple):
    """What one day with one contact holds for each side, a touch counting what its channel counts for."""

    contact_id: str
    day: dt.date
    out: float
    into: float


def load_kept_days(connection: Connection, until: dt.date, since: dt.date) -> dict[str, KeptDays]:
    """By contact, up to `until`; the first day and the sides count from `since` on. Read from one index alone."""
    table = interactions.c
    is_late = table.day >= since
    query = (
        select(
            table.contact_id,
            func.max(table.day),
            func.min(case((is_late, table.day))),
            func.max(case((is_late & (table.direction != "in"), 1), else_=0)),
            func.max(case((is_late & (table.direction != "out"), 1), else_=0)),
        )
        .where(table.day <= until)
        .group_by(table.contact_id)
    )
    return {row[0]: KeptDays(row[1], row[2], bool(row[3]), bool(row[4])) for row in connection.execute(query)}


def load_day_sums(
    connection: Connection, ids: Iterable[str], until: dt.date, since: dt.date, counts: Mapping[str, float]
) -> list[DaySum]:
    """The days with these contacts from `since` to `until`; `counts` says what a channel counts for, others 1."""
    table = interactions.c
    much = case(*((table.channel == name, value) for name, value in counts.items()), else_=1.0)
    wanted = sorted(ids)
    found: list[DaySum] = []
    for start in range(0, len(wanted), _MOST_AT_ONCE):
        query = (
            select(
                table.contact_id,
                table.day,
                func.sum(case((table.direction != "in", much), else_=0.0)),
                func.sum(case((table.direction != "out", much), else_=0.0)),
            )
            .where(table.contact_id.in_(wanted[start : start + _MOST_AT_ONCE]))
            .where(table.day <= until, table.day >= since)
            .group_by(table.contact_id, table.day)
        )
        found += [DaySum(*row) for row in connection.execute(query)]
    return found
