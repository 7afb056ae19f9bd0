"""Saving and loading people and what sources say of them.

A contact is computed from the records of its sources, so an edited file replaces just what it said before. Two records
are one person when an email, phone or profile link is equal; a name alone never makes them one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from assistant.domain import Contact, Note, Record, make_id
from assistant.store.memo import remember
from assistant.store.schema import addresses, contacts, notes, passages, records
from assistant.store.words import drop_words
from assistant.text import fold

TYPED = "typed"

_LISTS = ("emails", "phones", "links", "tags")
_SCALARS = ("org", "title", "location", "industry", "how_met", "cadence", "birthday", "language")


class Saved(NamedTuple):
    """What became of a record, and whose it is."""

    contact_id: str
    change: Literal["added", "updated", "unchanged"]


def save_record(connection: Connection, record: Record, of: str | None = None) -> Saved:
    """Saves what one source says of one person, with its notes. The caller's transaction makes it durable.

    `of` is the id of a contact the record is known to be about; without it an address tells whose it is.
    """
    data = record.model_dump_json(exclude={"where"})
    digest = hashlib.sha256(data.encode()).hexdigest()
    known = connection.execute(select(records).where(records.c.source == record.source)).one_or_none()
    if known and known.digest == digest:
        return Saved(known.contact_id, "unchanged")
    contact_id = known.contact_id if known else of or _find_same_person(connection, record)
    change: Literal["added", "updated"] = "updated" if contact_id else "added"
    if not contact_id:
        contact_id = _add_contact(connection, record)
    if known:
        connection.execute(update(records).where(records.c.source == record.source).values(digest=digest, data=data))
    else:
        values = {"source": record.source, "contact_id": contact_id, "digest": digest, "data": data}
        connection.execute(insert(records).values(values))
    _save_notes(connection, contact_id, record)
    _compute_contact(connection, contact_id)
    return Saved(contact_id, change)


def _find_same_person(connection: Connection, record: Record) -> str | None:
    """The contact that has one of the record's addresses; the user's own record is always theirs."""
    if record.me:
        mine = connection.execute(select(contacts.c.id).where(contacts.c.me)).scalar()
        if mine:
            return str(mine)
    for kind, values in _addresses(record):
        for value in values:
            query = select(addresses.c.contact_id).where(addresses.c.kind == kind, addresses.c.value == value)
            found = connection.execute(query).scalar()
            if found:
                return str(found)
    return None


def _addresses(record: Record | Contact) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("email", record.emails), ("phone", record.phones), ("link", record.links))


def _add_contact(connection: Connection, record: Record) -> str:
    contact_id = make_id("c", record.source, record.name)
    contact = Contact(id=contact_id, name=record.name, me=record.me)
    connection.execute(
        insert(contacts).values(
            id=contact_id, name_folded=fold(record.name), me=record.me, data=contact.model_dump_json()
        )
    )
    return contact_id


def _save_notes(connection: Connection, contact_id: str, record: Record) -> None:
    """The notes of this source become those of the record; unchanged notes keep their ids."""
    if record.source == TYPED:
        return
    gone = select(notes.c.id).where(notes.c.source == record.source)
    _drop_notes(connection, [str(row.id) for row in connection.execute(gone)])
    rows = [
        {
            "id": make_id("n", contact_id, record.source, note.key),
            "contact_id": contact_id,
            "source": record.source,
            "key": note.key,
            "title": note.title,
            "text": note.text,
            "date": note.date,
            "ordinal": ordinal,
        }
        for ordinal, note in enumerate(record.notes)
    ]
    if rows:
        connection.execute(insert(notes), rows)


def _drop_notes(connection: Connection, ids: Sequence[str]) -> None:
    if ids:
        drop_words(connection, select(passages.c.seq).where(passages.c.note_id.in_(ids)))
        connection.execute(delete(passages).where(passages.c.note_id.in_(ids)))
        connection.execute(delete(notes).where(notes.c.id.in_(ids)))


def _compute_contact(connection: Connection, contact_id: str) -> None:
    """The contact as its records together tell it: lists joined, a field from the source one trusts most."""
    rows = connection.execute(select(records.c.data).where(records.c.contact_id == contact_id))
    told = sorted((Record.model_validate_json(_with_place(row.data)) for row in rows), key=_trust)
    first = told[0]
    values: dict[str, object] = {"id": contact_id, "name": first.name}
    for name in _LISTS:
        values[name] = tuple(dict.fromkeys(item for record in told for item in getattr(record, name)))
    for name in _SCALARS:
        values[name] = next((getattr(record, name) for record in told if getattr(record, name)), "")
    values["do_not_contact"] = any(record.do_not_contact for record in told)
    values["me"] = any(record.me for record in told)
    contact = Contact.model_validate(values)
    connection.execute(
        update(contacts)
        .where(contacts.c.id == contact_id)
        .values(name_folded=fold(contact.name), me=contact.me, data=contact.model_dump_json())
    )
    _save_addresses(connection, contact)


def _with_place(data: str) -> str:
    """A stored record has no `where`: the line it stood on says nothing after the file has been edited."""
    return data[:-1] + ',"where":""}'


def _trust(record: Record) -> tuple[int, str]:
    """The user's own notes before what they exported from elsewhere."""
    kind = record.source.partition(":")[0]
    order = {"typed": 0, "markdown": 1, "vcard": 2, "linkedin": 3, "mail": 4}
    return (order.get(kind, 9), record.source)


def _save_addresses(connection: Connection, contact: Contact) -> None:
    """An address that is another contact's stays theirs."""
    connection.execute(delete(addresses).where(addresses.c.contact_id == contact.id))
    for kind, values in _addresses(contact):
        for value in values:
            taken = select(addresses.c.contact_id).where(addresses.c.kind == kind, addresses.c.value == value)
            if connection.execute(taken).scalar() is None:
                connection.execute(insert(addresses).values(kind=kind, value=value, contact_id=contact.id))


# --- loading ----------------------------------------------------------------------------------------------------


def load_contact(connection: Connection, contact_id: str) -> Contact | None:
    data = connection.execute(select(contacts.c.data).where(contacts.c.id == contact_id)).scalar()
    return Contact.model_validate_json(data) if data else None


def load_contacts(connection: Connection) -> tuple[Contact, ...]:
    """Everybody in the book, by name."""
    return remember(connection, "contacts", lambda: _load_contacts(connection))


def _load_contacts(connection: Connection) -> tuple[Contact, ...]:
    rows = connection.execute(select(contacts.c.data).order_by(contacts.c.name_folded, contacts.c.id))
    return tuple(Contact.model_validate_json(row.data) for row in rows)


def load_me(connection: Connection) -> Contact | None:
    data = connection.execute(select(contacts.c.data).where(contacts.c.me)).scalar()
    return Contact.model_validate_json(data) if data else None


def load_emails(connection: Connection) -> dict[str, str]:
    """Whose each email address is: the contact's id by the address. A person may have several."""
    query = select(addresses.c.value, addresses.c.contact_id).where(addresses.c.kind == "email")
    return {row.value: row.contact_id for row in connection.execute(query)}


def count_contacts(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(contacts)).scalar_one())


def find_people(connection: Connection, who: str) -> tuple[Contact, ...]:
    """Those `who` may mean, by the first way that finds anybody: id, address, whole name, beginning or part of it."""
    wanted = fold(" ".join(who.split()))
    if not wanted:
        return ()
    by_id = load_contact(connection, who.strip())
    if by_id:
        return (by_id,)
    owner = connection.execute(select(addresses.c.contact_id).where(addresses.c.value == wanted)).scalars().first()
    if owner:
        found = load_contact(connection, str(owner))
        return (found,) if found else ()
    everybody = [(fold(one.name), one) for one in load_contacts(connection)]
    ways: tuple[Callable[[str], bool], ...] = (
        lambda name: name == wanted,
        lambda name: name.startswith(f"{wanted} ") or f" {wanted} " in f" {name} ",
        lambda name: set(wanted.split()) <= set(name.split()),
        lambda name: wanted in name,
    )
    for way in ways:
        chosen = tuple(one for name, one in everybody if way(name))
        if chosen:
            return chosen
    return ()


def load_notes(connection: Connection, contact_ids: Iterable[str] | None = None) -> tuple[Note, ...]:
    """Notes of these contacts (everybody's without), newest first, undated ones last."""
    query = select(notes)
    if contact_ids is not None:
        query = query.where(notes.c.contact_id.in_(list(contact_ids)))
    return _read_notes(connection, query)


def load_notes_by_id(connection: Connection, ids: Iterable[str]) -> tuple[Note, ...]:
    """These notes, newest first, undated ones last."""
    return _read_notes(connection, select(notes).where(notes.c.id.in_(list(ids))))


def _read_notes(connection: Connection, query: Select[Any]) -> tuple[Note, ...]:
    rows = connection.execute(query.order_by(notes.c.date.desc().nulls_last(), notes.c.source, notes.c.ordinal))
    return tuple(
        Note(
            id=row.id,
            contact_id=row.contact_id,
            source=row.source,
            key=row.key,
            text=row.text,
            title=row.title,
            date=row.date,
        )
        for row in rows
    )


def add_note(connection: Connection, note: Note) -> None:
    """A note typed by the user; imports never replace it."""
    ordinal = connection.execute(
        select(func.count()).select_from(notes).where(notes.c.contact_id == note.contact_id)
    ).scalar_one()
    connection.execute(insert(notes).values(**note.model_dump(), ordinal=ordinal))
