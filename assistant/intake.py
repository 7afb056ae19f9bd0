"""Bringing in what tells of times in touch: mails, events, and what the user logs by hand.

Encounters name people by address; here they become interactions with people of the book. Whoever is not in it is
counted and proposed. It must never add a person the user did not ask for, and never hold a mailbox in memory.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import Connection

from assistant.domain import (
    BadRecord,
    Contact,
    Direction,
    Encounter,
    Favour,
    FavourKind,
    ImportReport,
    Interaction,
    Note,
    Party,
    PassedOver,
    Record,
    Series,
    UnknownPerson,
    make_id,
)
from assistant.errors import GivefirstError
from assistant.sources.facts import read_facts
from assistant.sources.mail import Viewpoint
from assistant.sources.robots import is_robot
from assistant.store import readings, records
from assistant.store.database import Store
from assistant.suppressing import find_forgotten_emails

Found = Encounter | Series | PassedOver | BadRecord
Progress = Callable[[int, int | None], None]
_BATCH = 500  # mails a transaction
_NOBODY = "with nobody of your book"
CHANNELS: Mapping[str, Direction] = {"meeting": "both", "call": "both", "email": "out", "message": "out"}


@dataclass
class _Stranger:
    """Somebody who is not in the book, and what passed between them and the user."""

    name: str
    first: dt.date
    last: dt.date
    sent: int = 0
    received: int = 0
    answered: int = 0
    met: int = 0


@dataclass
class _Tally:
    """What an import has seen so far."""

    mails: int = 0
    events: int = 0
    added: int = 0
    changed: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    rejected: list[BadRecord] = field(default_factory=list)
    strangers: dict[str, _Stranger] = field(default_factory=dict)


# --- mail and calendars -----------------------------------------------------------------------------------------


def bring_in(
    store: Store,
    read: Callable[[], Iterator[Found]],
    today: dt.date,
    add_people: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Keeps what `read` gives as times in touch, 500 a transaction; importing again changes nothing.

    With `add_people` those who are proposed are added to the book, and everything is read once more for their sake.
    """
    tally = _keep_all(store, read(), today, progress)
    proposed = _propose(store, tally)
    if not add_people or not proposed:
        return _report(tally, proposed)
    with store.write() as connection:
        for one in proposed:
            records.save_record(connection, _record(one))
    again = _keep_all(store, read(), today, progress)
    again.added, again.changed = again.added + tally.added, again.changed + tally.changed
    report = _report(again, _propose(store, again))
    return report.model_copy(update={"read": len(proposed), "added": len(proposed)})


def _record(one: UnknownPerson) -> Record:
    return Record(name=one.name or one.email, source=f"mail:{one.email}", where="", emails=(one.email,))


def _report(tally: _Tally, proposed: tuple[UnknownPerson, ...]) -> ImportReport:
    return ImportReport(
        rejected=tuple(tally.rejected),
        mails=tally.mails,
        events=tally.events,
        interactions=tally.added,
        changed=tally.changed,
        left_out=dict(tally.left_out.most_common()),
        unknown_people=proposed,
    )


def joined(people: ImportReport, touches: ImportReport) -> ImportReport:
    """The report on people and the report on times in touch as one."""
    sums = {name: getattr(people, name) + getattr(touches, name) for name in ("read", "added", "rejected", "warnings")}
    return touches.model_copy(update={**sums, "updated": people.updated, "unchanged": people.unchanged})


def _keep_all(store: Store, found: Iterator[Found], today: dt.date, progress: Progress | None) -> _Tally:
    tally = _Tally()
    with store.read() as connection:
        book = records.load_emails(connection)
        me = records.load_me(connection)
    mine = me.id if me else ""
    while batch := list(itertools.islice(found, _BATCH)):
        _count(tally, batch)
        with store.write() as connection:
            _keep(connection, batch, book, mine, tally, today)
        if progress:
            progress(tally.mails + tally.events, None)
    with store.write() as connection:
        readings.join_threads(connection)
    return tally


def _count(tally: _Tally, batch: Iterable[Found]) -> None:
    for one in batch:
        if isinstance(one, BadRecord):
            tally.rejected.append(one)
            continue
        if isinstance(one, PassedOver):
            tally.left_out[one.reason] += 1
        is_mail = isinstance(one, Encounter) or (isinstance(one, PassedOver) and one.what == "mail")
        tally.mails += is_mail
        tally.events += not is_mail and not (isinstance(one, Series) and not one.occurrences)


def _keep(
    connection: Connection,
    batch: Iterable[Found],
    book: Mapping[str, str],
    mine: str,
    tally: _Tally,
    today: dt.date,
) -> None:
    """What a batch tells of people of the book, in the caller's transaction; of the others it is counted."""
    mails: list[Interaction] = []
    for one in batch:
        if isinstance(one, Encounter):
            mails += _resolve(one, book, mine, tally, today)
        elif isinstance(one, Series):
            found = [item for time in one.occurrences for item in _resolve(time, book, mine, tally, today)]
            if one.occurrences and not found:
                tally.left_out[_NOBODY] += 1
            done = readings.replace_series(connection, one.key, one.since, found, one.is_whole)
            tally.added, tally.changed = tally.added + done.added, tally.changed + done.changed
    tally.added += readings.add_interactions(connection, mails)


def _resolve(one: Encounter, book: Mapping[str, str], mine: str, tally: _Tally, today: dt.date) -> list[Interaction]:
    """An interaction for each person of the book; a person's several addresses are one person."""
    known: dict[str, None] = {}
    for party in one.people:
        contact_id = book.get(party.email) or book.get(_without_tag(party.email))
        if contact_id is None:
            _meet_stranger(tally.strangers, party, one, today)
        elif contact_id != mine:
            known[contact_id] = None
    if not known and one.channel == "email":
        tally.left_out[_NOBODY] += 1
    return [_interaction(one, contact_id) for contact_id in known]


def _without_tag(email: str) -> str:
    """The address without what its owner put behind a plus sign."""
    local, _, domain = email.partition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _interaction(one: Encounter, contact_id: str) -> Interaction:
    return Interaction(
        id=make_id("i", contact_id, one.source),
        contact_id=contact_id,
        when=one.day,
        channel=one.channel,
        direction=one.direction,
        at=one.at,
        thread=one.thread,
        words=one.words,
        source=one.source,
        title=one.title,
    )


# --- who is not in the book -------------------------------------------------------------------------------------


def _meet_stranger(strangers: dict[str, _Stranger], party: Party, one: Encounter, today: dt.date) -> None:
    if one.day > today or is_robot(party.email):
        return
    person = strangers.setdefault(party.email, _Stranger(party.name, one.day, one.day))
    person.name = person.name or party.name
    person.first, person.last = min(person.first, one.day), max(person.last, one.day)
    person.sent += one.direction == "out"
    person.received += one.direction == "in"
    person.answered += one.direction == "in" and one.thread != one.source
    person.met += one.direction == "both"


def _propose(store: Store, tally: _Tally) -> tuple[UnknownPerson, ...]:
    """Those the user wrote to, met, or got an answer from; who only ever wrote to them is nobody they write with.

    Whoever was forgotten is never proposed again.
    """
    with store.read() as connection:
        forgotten = find_forgotten_emails(connection, tally.strangers)
    found = [
        UnknownPerson(
            email=email,
            name=one.name,
            count=one.sent + one.received + one.met,
            sent=one.sent,
            received=one.received,
            met=one.met,
            first=one.first,
            last=one.last,
        )
        for email, one in tally.strangers.items()
        if (one.sent or one.met or one.answered) and email not in forgotten
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, one.email)))


# --- whose mail it is -------------------------------------------------------------------------------------------


def load_viewpoint(
    connection: Connection, zone: dt.tzinfo | None, today: dt.date, bodies: bool = False
) -> Viewpoint | str:
    """From where mails and events are seen; or what the user must do first, as their own addresses are not known."""
    me = records.load_me(connection)
    if me is None:
        return "your own addresses are not known: import a note about yourself with `me: true` and `email: …` first"
    if not me.emails:
        return "your own addresses are not known: add `email: …` to the note about yourself and import it first"
    return Viewpoint(frozenset(me.emails), zone, today, bodies)


# --- by hand ----------------------------------------------------------------------------------------------------


def read_again(connection: Connection, contact_id: str) -> None:
    """What is read out of a contact's notes, replaced by a fresh reading."""
    contact = records.load_contact(connection, contact_id)
    if contact is None:
        return
    reading = read_facts(contact, records.load_notes(connection, [contact_id]))
    readings.save_reading(connection, contact_id, reading.passages, reading.facts, reading.favours)


def keep_note(connection: Connection, contact: Contact, text: str, title: str, day: dt.date) -> Note:
    """Keeps what the user typed about a person and reads it."""
    count = len(records.load_notes(connection, [contact.id]))
    key = f"{title} {dt.datetime.now(dt.UTC).isoformat()} {count}"
    note = Note(
        id=make_id("n", contact.id, key, text),
        contact_id=contact.id,
        source=records.TYPED,
        key=key,
        text=text,
        title=title,
        date=day,
    )
    records.add_note(connection, note)
    read_again(connection, contact.id)
    return note


def log_interaction(
    connection: Connection, contact: Contact, text: str, channel: str, direction: Direction | None, day: dt.date
) -> Interaction:
    """Keeps a time in touch as the user tells it; the text, if there is one, is a typed note of that day."""
    note = keep_note(connection, contact, text, "", day) if text.strip() else None
    count = len(readings.load_interactions(connection, [contact.id]))
    one = Interaction(
        id=make_id("i", contact.id, day, channel, count, dt.datetime.now(dt.UTC).isoformat()),
        contact_id=contact.id,
        when=day,
        channel=channel,
        direction=direction or CHANNELS[channel],
        note_id=note.id if note else None,
    )
    readings.save_interaction(connection, one)
    return one


def keep_favour(connection: Connection, contact: Contact, kind: FavourKind, text: str, day: dt.date) -> Favour:
    """Keeps an entry of the ledger as a typed bullet: verbatim, and read again with every other."""
    note = keep_note(connection, contact, f"- [{kind}] {' '.join(text.split())}", "", day)
    found = [one for one in readings.load_favours(connection, [contact.id]) if one.note_id == note.id]
    if not found:
        raise GivefirstError(f"the favour {text!r} says nothing; write what it was")
    return found[0]
