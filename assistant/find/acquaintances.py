"""Who knows whom among some people of the book, for a picture of the network.

The rules are those of `links`; only the notes and touches of the people asked for are read, so that a large book costs
no more than a small one. It must never quote a note.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import Connection

from assistant.domain import Value
from assistant.find.links import find_links
from assistant.find.touches import join_touches
from assistant.store import readings, records


class Acquaintance(Value):
    """Two people of the book who seem to know each other, and why that is thought."""

    a: str
    b: str
    a_id: str
    b_id: str
    why: str


def load_acquaintances(connection: Connection, ids: Collection[str], today: dt.date) -> tuple[Acquaintance, ...]:
    """The pairs among these contacts, by name. A name that two people of the whole book bear counts for neither."""
    people = [one for one in records.load_contacts(connection) if not one.me]
    wanted = {one.id: one.name for one in people if one.id in ids}
    notes = records.load_notes(connection, list(wanted))
    kept = readings.load_touches(connection, list(wanted), until=today)
    touches = join_touches(kept, people, notes, readings.load_logged(connection), today)
    links = find_links(people, notes, touches)
    pairs = [
        Acquaintance(a=wanted[a], b=wanted[b], a_id=a, b_id=b, why=why)
        for pair, why in links.items()
        if all(one in wanted for one in pair)
        for a, b in [sorted(pair, key=lambda one: (wanted[one], one))]
    ]
    return tuple(sorted(pairs, key=lambda one: (one.a, one.b, one.a_id, one.b_id)))
