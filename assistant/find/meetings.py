"""Meetings to come, from what is kept of calendars: when, what, and with whom of the book.

It must never show a mail or a logged time in touch as a meeting, nor one that is over.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection

from assistant.domain import Contact, Interaction, Value, make_id
from assistant.store import readings, records


class Guest(Value):
    """Somebody of the book who is at a meeting."""

    contact: str
    contact_id: str


class Meeting(Value):
    """One event to come. `at` is UTC, None for a whole day; `when` the user's local day."""

    id: str
    when: dt.date
    at: dt.datetime | None
    title: str
    guests: tuple[Guest, ...]


def load_meetings(connection: Connection, today: dt.date, days: int) -> tuple[Meeting, ...]:
    """Those from `today` and of the `days` days after it, soonest first."""
    coming = readings.load_upcoming(connection, today, today + dt.timedelta(days=days))
    return find_meetings(coming, {one.id: one for one in records.load_contacts(connection)}) if coming else ()


def find_meetings(coming: Iterable[Interaction], people: dict[str, Contact]) -> tuple[Meeting, ...]:
    """Interactions of one calendar event are one meeting; what was logged by hand is none to come."""
    events: dict[tuple[str, dt.date], list[Interaction]] = defaultdict(list)
    for one in coming:
        if one.source.startswith("calendar:") and one.contact_id in people and not people[one.contact_id].me:
            events[(one.source, one.when)].append(one)
    found = [_meeting(held, people) for held in events.values()]
    return tuple(sorted(found, key=lambda one: (one.when, one.at.isoformat() if one.at else "", one.title)))


def _meeting(held: list[Interaction], people: dict[str, Contact]) -> Meeting:
    first = held[0]
    names = {one.contact_id: people[one.contact_id].name for one in held}
    return Meeting(
        id=make_id("e", first.source, first.when),
        when=first.when,
        at=first.at,
        title=first.title,
        guests=tuple(Guest(contact=name, contact_id=who) for who, name in sorted(names.items(), key=lambda o: o[1])),
    )
