"""The day's digest: who is overdue, who is due, whose birthday it is this week, which promises wait.

Everybody stands in it once: what else there is to say of somebody who is due is said with them. It must never bring up
the user, nor anybody who is not to be contacted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection

from assistant.domain import Contact, Evidence, Favour, Value
from assistant.find.balance import load_ledger
from assistant.find.birthdays import find_birthday
from assistant.find.due import DueContact, load_due
from assistant.find.evidence import fact_evidence, private_evidence
from assistant.find.grouping import by_contact, by_person
from assistant.find.promises import WaitingPromise, find_waiting, may_promise
from assistant.find.sentences import note_evidence
from assistant.intervals import CadenceRules
from assistant.store import readings, records

WEEK_DAYS = 7  # today and six more


class Birthday(Value):
    """Whose birthday is on `day`."""

    contact: str
    contact_id: str
    day: dt.date


class Digest(Value):
    """What to know on `day`. `overdue` and `due` are the most urgent first; nobody is in two of the four."""

    day: dt.date
    overdue: tuple[DueContact, ...] = ()
    due: tuple[DueContact, ...] = ()
    birthdays: tuple[Birthday, ...] = ()
    promises: tuple[WaitingPromise, ...] = ()


def load_digest(connection: Connection, today: dt.date, rules: CadenceRules) -> Digest:
    """The digest of the whole book on a day."""
    rows = load_due(connection, today, rules)
    told = {one.contact_id for one in rows}
    people = [one for one in records.load_contacts(connection) if not (one.me or one.do_not_contact)]
    birthdays = find_birthdays([one for one in people if one.id not in told], today)
    told |= {one.contact_id for one in birthdays}
    promises = _load_promises(connection, [one for one in people if one.id not in told])
    return Digest(
        day=today,
        overdue=tuple(one for one in rows if one.overdue),
        due=tuple(one for one in rows if not one.overdue),
        birthdays=tuple(birthdays),
        promises=tuple(promises),
    )


def find_birthdays(people: Sequence[Contact], today: dt.date) -> list[Birthday]:
    """Of today and the six days after it, the nearest first."""
    found = [
        Birthday(contact=one.name, contact_id=one.id, day=day)
        for one in people
        if one.birthday and (day := find_birthday(one.birthday, today)) and (day - today).days < WEEK_DAYS
    ]
    return sorted(found, key=lambda one: (one.day, one.contact, one.contact_id))


def _load_promises(connection: Connection, people: Collection[Contact]) -> list[WaitingPromise]:
    """Each person's oldest promise that waits, the oldest first."""
    passages = readings.load_passages(connection)
    names = {one.id: one for one in people}
    telling = [one for one in passages if one.contact_id in names and may_promise(one.text)]
    if not telling:
        return []
    chosen = [names[one] for one in dict.fromkeys(passage.contact_id for passage in telling)]
    facts = readings.load_facts(connection, [one.id for one in chosen])
    ledger = by_contact(load_ledger(connection, passages=passages))
    told = by_person((*note_evidence(telling, facts, chosen, ()), *private_evidence(telling), *fact_evidence(facts)))
    found = _firsts(chosen, told, ledger)
    return sorted(found, key=lambda one: (one.date or dt.date.max, one.contact, one.contact_id))


def _firsts(
    people: Sequence[Contact], told: dict[str, list[Evidence]], ledger: dict[str, list[Favour]]
) -> Iterator[WaitingPromise]:
    for one in people:
        yield from find_waiting(one.name, told[one.id], ledger[one.id])[:1]
