"""The network as it is: who is in touch over a year, how strongly, what the active part is made of, where it is thin.

Puts the tally, strength, depth and diversity of the whole book together, from one reading of touches, favours and
notes. Exact reasoning, no language model. It must never count the user among their own network.
"""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
from sqlalchemy import Connection

from assistant.domain import Contact, Favour, Note, Touch, Value
from assistant.find.balance import load_ledger
from assistant.find.cadence import (
    DEFAULT,
    REGULAR,
    SILENT,
    WINDOW_DAYS,
    Cadence,
    Tally,
    Thresholds,
    TrendPoint,
    count_classes,
    find_trend,
    tally_contacts,
)
from assistant.find.diversity import Gap, Known, Redundancy, Share, Spread, find_diversity
from assistant.find.effort import Part, Strength
from assistant.find.history import History, read_history
from assistant.find.links import find_links
from assistant.find.strength import Depth, find_depths, find_strengths
from assistant.find.touches import join_touches
from assistant.store import readings, records


class Window(Value):
    """The days looked at, both included."""

    start: dt.date
    end: dt.date
    days: int = WINDOW_DAYS


class NetworkContact(Value):
    """One person of the book: their year, how strong the tie is and of what parts, and what lies behind it."""

    contact: str
    contact_id: str
    cadence: Cadence
    days: int
    weeks: int
    months: int
    quarters: int
    sent: int
    received: int
    strength: float
    mutual: float
    last: dt.date | None = None
    parts: tuple[Part, ...] = ()
    depth: Depth = Depth()


class Network(Value):
    """`book` people are known, `active` of them were in touch within the window, `regular` at least quarterly.

    `contacts` holds the whole book, the strongest first. `trend` is the tally as it was 12, 9, 6 and 3 months ago and
    is today.
    """

    window: Window
    book: int
    active: int
    regular: int
    classes: dict[Cadence, int]
    trend: tuple[TrendPoint, ...]
    contacts: tuple[NetworkContact, ...]
    industries: tuple[Share, ...]
    places: tuple[Share, ...]
    roles: tuple[Share, ...]
    generations: tuple[Share, ...]
    spread: Spread
    gaps: tuple[Gap, ...]
    redundancy: Redundancy


def load_network(connection: Connection, today: dt.date, thresholds: Thresholds = DEFAULT) -> Network:
    """The network of everybody in the book, as of `today`."""
    with _without_collecting():
        people = [one for one in records.load_contacts(connection) if not one.me]
        notes = records.load_notes(connection)
        kept, logged = readings.load_touches(connection, until=today), readings.load_logged(connection)
        touches = join_touches(kept, people, notes, logged, today)
        return find_network(people, touches, load_ledger(connection), notes, today, thresholds)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Spares a fifth of the time: the collector would walk a hundred thousand rows over and over for cycles, and there
    are none. What is no longer needed is freed all the same."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def find_network(
    people: Sequence[Contact],
    touches: Sequence[Touch],
    ledger: Sequence[Favour],
    notes: Iterable[Note],
    today: dt.date,
    thresholds: Thresholds = DEFAULT,
) -> Network:
    """The same, from values. Work grows with the touches, the people and the notes' words."""
    ids = {one.id for one in people}
    touches = [one for one in touches if one.contact_id in ids and one.day <= today]
    ledger = [one for one in ledger if one.contact_id in ids]
    history = read_history(touches)
    tallies = tally_contacts(history, today, thresholds)
    known = find_known(history)
    links = find_links(people, notes, touches)
    diversity = find_diversity(people, tallies.keys(), known, links, today)
    depths = find_depths(touches, today, ledger)
    classes = count_classes(tallies.values())
    return Network(
        window=Window(start=today - dt.timedelta(days=WINDOW_DAYS - 1), end=today),
        book=len(people),
        active=len(tallies),
        regular=sum(classes[one] for one in REGULAR),
        classes=classes,
        trend=tuple(find_trend(history, today, thresholds)),
        contacts=_find_contacts(people, tallies, known, find_strengths(history, today, ledger), depths),
        **{name: getattr(diversity, name) for name in type(diversity).model_fields},
    )


def find_known(history: History) -> dict[str, Known]:
    """The first and the last day in touch with each contact."""
    first = np.full(len(history.contacts), dt.date.max.toordinal())
    last = np.zeros(len(history.contacts), np.int64)
    np.minimum.at(first, history.who, history.day)
    np.maximum.at(last, history.who, history.day)
    days = zip(first.tolist(), last.tolist(), strict=True)
    return {
        contact: Known(dt.date.fromordinal(begin), dt.date.fromordinal(end))
        for contact, (begin, end) in zip(history.contacts, days, strict=True)
    }


def _find_contacts(
    people: Sequence[Contact],
    tallies: Mapping[str, Tally],
    known: Mapping[str, Known],
    strengths: Mapping[str, Strength],
    depths: Mapping[str, Depth],
) -> tuple[NetworkContact, ...]:
    nothing = Strength(score=0.0, mutual=0.0, parts=())
    rows = []
    for one in people:
        strength = strengths.get(one.id, nothing)
        tally = tallies.get(one.id, SILENT)
        row = NetworkContact(
            contact=one.name,
            contact_id=one.id,
            **tally._asdict(),
            strength=round(strength.score, 3),
            mutual=round(strength.mutual, 3),
            last=known.get(one.id, Known()).last,
            parts=strength.parts,
            depth=depths.get(one.id, Depth()),
        )
        rows.append((-strength.score, one.name, row))
    return tuple(row for _, _, row in sorted(rows, key=lambda one: one[:2]))
