"""Forgetting a person: what would go, and taking it away so that no byte of them is left in the data folder.

One transaction takes away everything about them, masks them in what is about other people (their own words stay, with
`[forgotten]` for name, addresses, numbers), keeps salted marks, and looks through every table before it ends: what is
still found undoes it all. Then the files are written anew; a kill between the two is made good at the next open.
It must never touch the user's own files, and never call a person forgotten of whom a trace was found.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, Text, delete, func, or_, select, update
from sqlalchemy import String as SqlString

from assistant.domain import Contact, Value
from assistant.errors import GivefirstError, NotFound, StoreBusy, StoreError
from assistant.find.traces import Traces
from assistant.intake import read_again
from assistant.store import records
from assistant.store.database import Store
from assistant.store.forgotten import (
    begin_erasure,
    drop_marks,
    find_marked,
    finish_erasure,
    is_unfinished,
    save_marks,
)
from assistant.store.schema import (
    contacts,
    drafts,
    facts,
    favours,
    forgotten,
    interactions,
    metadata,
    notes,
    packets,
    passages,
    snoozes,
    vectors,
)
from assistant.store.schema import records as record_rows
from assistant.store.vectors import drop_orphans
from assistant.store.words import drop_words
from assistant.suppressing import marks_of, marks_of_words

_DERIVED = (passages, facts, favours)  # read again out of the masked notes
_OTHERS = tuple(one for one in metadata.sorted_tables if one not in (*_DERIVED, drafts, vectors, forgotten))


class Mention(Value):
    """A note on somebody else that names the person: the line as it will read."""

    contact: str
    note_id: str
    text: str


class Forgetting(Value):
    """What would go, or went: counts, and how notes on other people will read.

    `drafts` are those to the person and those to others that name them or rest on them. `sources` are the user's own
    files that told of the person: they are not touched.
    """

    contact: str
    contact_id: str
    notes: int
    facts: int
    interactions: int
    favours: int
    drafts: int
    packets: int
    snoozes: int
    vectors: int
    mentions: tuple[Mention, ...]
    sources: tuple[str, ...]


class Forgotten(Value):
    """What went. `finished` is false while another process keeps traces in the files; the next open finishes it."""

    removed: Forgetting
    day: dt.date
    finished: bool


class _Change(NamedTuple):
    """A row about somebody else, and its columns as they will be."""

    table: Table
    key: Mapping[str, Any]
    before: Mapping[str, Any]
    values: Mapping[str, Any]


# --- what would go ------------------------------------------------------------------------------------------------


def preview_forgetting(connection: Connection, contact: Contact) -> Forgetting:
    """What forgetting this person would take away. Raises `GivefirstError` for the user themself."""
    _stop_for_me(contact)
    traces = _traces_of(connection, contact)
    return _summary(connection, contact, _find_drafts(connection, contact, traces), _find_changes(connection, contact))


def _stop_for_me(contact: Contact) -> None:
    if contact.me:
        raise GivefirstError("this is you; to begin anew, take another data folder with --home")


def _traces_of(connection: Connection, contact: Contact) -> Traces:
    return Traces(contact, [one for one in records.load_contacts(connection) if one.id != contact.id])


def _summary(connection: Connection, contact: Contact, gone_drafts: list[str], changes: list[_Change]) -> Forgetting:
    def count(table: Table) -> int:
        query = select(func.count()).select_from(table).where(table.c.contact_id == contact.id)
        return int(connection.execute(query).scalar_one())

    pairs = select(func.count()).select_from(packets)
    sources = select(record_rows.c.source).where(record_rows.c.contact_id == contact.id).order_by(record_rows.c.source)
    texts = select(passages.c.text_hash).where(passages.c.contact_id == contact.id)
    embedded = select(func.count()).select_from(vectors).where(vectors.c.text_hash.in_(texts))
    return Forgetting(
        contact=contact.name,
        contact_id=contact.id,
        notes=count(notes),
        facts=count(facts),
        interactions=count(interactions),
        favours=count(favours),
        drafts=len(gone_drafts),
        packets=connection.execute(
            pairs.where(or_(packets.c.a_id == contact.id, packets.c.b_id == contact.id))
        ).scalar_one(),
        snoozes=count(snoozes),
        vectors=connection.execute(embedded).scalar_one(),
        mentions=tuple(_find_mentions(connection, changes)),
        sources=tuple(connection.execute(sources).scalars()),
    )


def _find_mentions(connection: Connection, changes: list[_Change]) -> Iterator[Mention]:
    names = {one.id: one.name for one in records.load_contacts(connection)}
    for change in changes:
        if change.table is not notes:
            continue
        for column in ("title", "text"):
            after = str(change.values.get(column, "")).splitlines()
            before = str(change.before.get(column, "")).splitlines()
            for old, new in zip(before, after, strict=False):
                if old != new:
                    name = names[change.before["contact_id"]]
                    yield Mention(contact=name, note_id=change.key["id"], text=new.strip())


def _find_drafts(connection: Connection, contact: Contact, traces: Traces) -> list[str]:
    """Drafts to the person, and those to others in which they stand: a draft holds all it rests on."""
    rows = connection.execute(select(drafts.c.id, drafts.c.contact_id, drafts.c.data))
    return [row.id for row in rows if row.contact_id == contact.id or _masked(row.data, contact, traces) != row.data]


def _find_changes(connection: Connection, contact: Contact) -> list[_Change]:
    """Every row that is not the person's own and in which they stand, as it will be."""
    traces = _traces_of(connection, contact)
    found: list[_Change] = []
    for table in _OTHERS:
        columns = [one for one in table.columns if isinstance(one.type, Text | SqlString)]
        for row in connection.execute(select(table)).mappings():
            if _is_own(table, dict(row), contact):
                continue
            values = {one.name: _masked(row[one.name], contact, traces) for one in columns}
            changed = {name: value for name, value in values.items() if value != row[name]}
            if changed:
                key = {one.name: row[one.name] for one in table.primary_key}
                found.append(_Change(table, key, dict(row), changed))
    return found


def _is_own(table: Table, row: Mapping[str, Any], contact: Contact) -> bool:
    return contact.id in (row.get("contact_id"), row.get("a_id"), row.get("b_id")) or (
        table is contacts and row["id"] == contact.id
    )


def _masked(said: Any, contact: Contact, traces: Traces) -> Any:
    """A column without the person: JSON by its values, so that nothing in it is broken."""
    if not isinstance(said, str) or not said:
        return said
    if said[0] not in "{[":
        return traces.mask(said).replace(contact.id, "")
    try:
        value = json.loads(said)
    except ValueError:
        return traces.mask(said).replace(contact.id, "")
    masked = traces.mask_value(_without_examples(value, contact.id))
    if masked == value and contact.id not in said:
        return said
    return json.dumps(masked, ensure_ascii=False, separators=(",", ":")).replace(contact.id, "")


def _without_examples(value: Any, contact_id: str) -> Any:
    """The user's voice without the mails to this person."""
    if isinstance(value, dict) and isinstance(value.get("examples"), list):
        kept = [one for one in value["examples"] if not isinstance(one, dict) or one.get("to") != contact_id]
        return {**value, "examples": kept}
    return value


# --- taking it away -----------------------------------------------------------------------------------------------


def forget_person(store: Store, contact: Contact, day: dt.date) -> Forgotten:
    """Takes the person away, in one transaction, and then out of the files.

    Raises `GivefirstError` for the user themself, and `StoreError`, with nothing changed, where a trace would stay.
    """
    _stop_for_me(contact)
    with store.write() as connection:
        removed = _remove(connection, contact, day)
    return Forgotten(removed=removed, day=day, finished=finish_forgetting(store))


def _remove(connection: Connection, contact: Contact, day: dt.date) -> Forgetting:
    traces = _traces_of(connection, contact)
    gone_drafts = _find_drafts(connection, contact, traces)
    changes = _find_changes(connection, contact)
    removed = _summary(connection, contact, gone_drafts, changes)
    save_marks(connection, marks_of(contact, removed.sources), day)
    for start in range(0, len(gone_drafts), 500):
        connection.execute(delete(drafts).where(drafts.c.id.in_(gone_drafts[start : start + 500])))
    drop_words(connection, select(passages.c.seq).where(passages.c.contact_id == contact.id))
    connection.execute(delete(contacts).where(contacts.c.id == contact.id))
    for one in changes:
        same = [one.table.c[name] == value for name, value in one.key.items()]
        connection.execute(update(one.table).where(*same).values(**one.values))
    for contact_id in dict.fromkeys(one.before["contact_id"] for one in changes if one.table is notes):
        read_again(connection, contact_id)
    drop_orphans(connection)
    begin_erasure(connection)
    _stop_at_a_trace(connection, contact, traces)
    return removed


def _stop_at_a_trace(connection: Connection, contact: Contact, traces: Traces) -> None:
    """Looks through every table once more: only what is not found any more counts as forgotten."""
    for table in metadata.sorted_tables:
        columns = [one for one in table.columns if isinstance(one.type, Text | SqlString)]
        for row in connection.execute(select(*columns)) if columns else ():
            if any(_masked(said, contact, traces) != said for said in row):
                raise StoreError(
                    f"{contact.name} was not forgotten and nothing was changed: a trace would stay in "
                    f"{table.name}; run `givefirst reindex` and try again"
                )


def finish_forgetting(store: Store) -> bool:
    """Clears the files where that is still to be done; whether nothing is left to do."""
    try:
        with store.read() as connection:
            if not is_unfinished(connection):
                return True
        return finish_erasure(store)
    except StoreBusy:
        return False


def allow_again(connection: Connection, who: str) -> int:
    """Lifts the marks of the people to whom this address, number, link or name belonged; gives how many.

    Nothing of theirs comes back by that. Raises `NotFound` where nobody was forgotten under it.
    """
    known = marks_of_words(who)
    count = drop_marks(connection, known) if find_marked(connection, known) else 0
    if not count:
        raise NotFound(f"nobody was forgotten under {who!r}; give the address, link or name they had")
    return count
