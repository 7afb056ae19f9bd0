"""Keeping people who were forgotten out: of imports, of proposals, of every message.

What is asked is whether an address is marked; the marks tell nothing more. A name alone never keeps anybody out, for
two people may bear it. It must never take the user for somebody else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from assistant.domain import BadRecord, Contact, Record
from assistant.sources.identity import canonical_email, normal_link, normal_phone
from assistant.store.forgotten import Known, find_marked
from assistant.text import fold


class Sifted(NamedTuple):
    """Records one may keep; those of people who were forgotten; and those who only bear the name of one."""

    welcome: tuple[Record, ...]
    barred: tuple[BadRecord, ...]
    namesakes: tuple[BadRecord, ...]


def marks_of(one: Contact | Record, sources: Iterable[str] = ()) -> tuple[Known, ...]:
    """All that somebody could be known again by. `sources` are the records that told of them, by source."""
    name = fold(" ".join(one.name.split()))
    return (
        *(Known("email", mail) for said in one.emails if (mail := canonical_email(said))),
        *(Known("phone", number) for said in one.phones if (number := normal_phone(said))),
        *(Known("link", link) for said in one.links if (link := normal_link(said))),
        *(Known("record", f"{source}\x1f{name}") for source in sources),
        Known("name", name),
    )


def marks_of_words(who: str) -> tuple[Known, ...]:
    """The marks that a person's address, number, link or name as one types it would have."""
    found = (
        ("email", canonical_email(who)),
        ("phone", normal_phone(who)),
        ("link", normal_link(who)),
        ("name", fold(" ".join(who.split()))),
    )
    return tuple(Known(kind, value) for kind, value in found if value)


def sift_records(connection: Connection, found: Sequence[Record]) -> Sifted:
    """Tells those apart who were forgotten: by address or link, by the very record, or by number and name together.

    A number alone may be an office's, so it keeps nobody out.
    """
    known = {one: marks_of(one, [one.source]) for one in found}
    marked = find_marked(connection, [mark for marks in known.values() for mark in marks])
    welcome: list[Record] = []
    barred: list[BadRecord] = []
    namesakes: list[BadRecord] = []
    for one, marks in known.items():
        days = {mark.kind: marked[mark] for mark in marks if mark in marked}
        if not one.me and _is_barred(days):
            barred.append(BadRecord(where=one.where, reason=_say_barred(one, max(days.values()))))
            continue
        welcome.append(one)
        if "name" in days and not one.me:
            reason = f"{one.name} bears the name of somebody you forgot; if it is the same person, forget them again"
            namesakes.append(BadRecord(where=one.where, reason=reason))
    return Sifted(tuple(welcome), tuple(barred), tuple(namesakes))


def _is_barred(days: dict[str, dt.date]) -> bool:
    return bool({"email", "link", "record"} & set(days)) or {"phone", "name"} <= set(days)


def _say_barred(one: Record, day: dt.date) -> str:
    who = (*one.emails, *one.links, one.name)[0]
    return f"{one.name} was forgotten on {day} and stays out; `givefirst forget '{who}' --allow-again` lets them back"


def find_forgotten_emails(connection: Connection, emails: Iterable[str]) -> frozenset[str]:
    """Which of these addresses are those of people who were forgotten."""
    known = {one: Known("email", canonical_email(one)) for one in emails}
    marked: set[Known] = set()
    wanted = list(known.values())
    for start in range(0, len(wanted), 500):  # databases bound how many values one may name
        marked |= find_marked(connection, wanted[start : start + 500]).keys()
    return frozenset(one for one, mark in known.items() if mark in marked)


def barred_if_forgotten(connection: Connection, one: Contact) -> Contact:
    """The contact, marked do-not-contact where an address of theirs is one of somebody who was forgotten."""
    if one.me or one.do_not_contact or not find_forgotten_emails(connection, one.emails):
        return one
    return one.model_copy(update={"do_not_contact": True})
