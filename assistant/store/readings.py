"""What is read out of notes: passages, facts, favours; and the drafts. Derived rows can be made again at any time."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, or_, select

from assistant.domain import Draft, DraftState, Fact, Favour, Interaction, Passage, Touch, Visibility
from assistant.store.schema import drafts, facts, favours, interactions, passages
from assistant.store.words import add_words, drop_words


def text_hash(said: str) -> str:
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def save_reading(
    connection: Connection,
    contact_id: str,
    read: Sequence[Passage],
    told: Sequence[Fact],
    ledger: Sequence[Favour],
) -> None:
    """Replaces everything that was read out of this contact's notes."""
    drop_words(connection, select(passages.c.seq).where(passages.c.contact_id == contact_id))
    for table in (passages, facts, favours):
        connection.execute(delete(table).where(table.c.contact_id == contact_id))
    if read:
        connection.execute(insert(passages), [_passage_row(one) for one in read])
        rows = connection.execute(select(passages.c.seq, passages.c.text).where(passages.c.contact_id == contact_id))
        add_words(connection, [(row.seq, row.text) for row in rows])
    _insert(connection, facts, told)
    _insert(connection, favours, ledger)


def _passage_row(one: Passage) -> dict[str, Any]:
    return {
        "id": one.id,
        "note_id": one.note_id,
        "contact_id": one.contact_id,
        "ordinal": one.ordinal,
        "text": one.text,
        "text_hash": text_hash(one.text),
        "date": one.date,
        "visibility": one.visibility.value,
    }


def _insert(connection: Connection, table: Table, values: Sequence[Fact | Favour]) -> None:
    rows = {
        one.id: {"id": one.id, "contact_id": one.contact_id, "kind": one.kind.value, "data": one.model_dump_json()}
        for one in values
    }
    if rows:
        connection.execute(insert(table), list(rows.values()))


def load_passages(connection: Connection, ids: Iterable[str] | None = None) -> tuple[Passage, ...]:
    """These passages, or all, in the order they were saved."""
    query = select(passages).order_by(passages.c.seq)
    if ids is not None:
        query = query.where(passages.c.id.in_(list(ids)))
    return tuple(
        Passage(
            id=row.id,
            note_id=row.note_id,
            contact_id=row.contact_id,
            ordinal=row.ordinal,
            text=row.text,
            date=row.date,
            visibility=Visibility(row.visibility),
        )
        for row in connection.execute(query)
    )


def load_passages_of(connection: Connection, contact_ids: Iterable[str]) -> tuple[Passage, ...]:
    """The passages of these contacts' notes, private ones too."""
    ids = connection.execute(select(passages.c.id).where(passages.c.contact_id.in_(list(contact_ids)))).scalars().all()
    return load_passages(connection, ids) if ids else ()


def load_private_passages(connection: Connection, contact_ids: Iterable[str]) -> tuple[Passage, ...]:
    """The passages of these contacts that are to stay with the user."""
    hidden = passages.c.visibility == Visibility.PRIVATE.value
    query = select(passages.c.id).where(passages.c.contact_id.in_(list(contact_ids)), hidden)
    ids = list(connection.execute(query).scalars())
    return load_passages(connection, ids) if ids else ()


def read_state(connection: Connection) -> tuple[int, int]:
    """Two numbers that change whenever passages are saved or dropped."""
    row = connection.execute(select(func.count(), func.coalesce(func.max(passages.c.seq), 0))).one()
    return int(row[0]), int(row[1])


def count_passages(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(passages)).scalar_one())


def load_facts(connection: Connection, contact_ids: Iterable[str] | None = None) -> tuple[Fact, ...]:
    return tuple(Fact.model_validate_json(data) for data in _data(connection, facts, contact_ids))


def load_favours(connection: Connection, contact_ids: Iterable[str] | None = None) -> tuple[Favour, ...]:
    return tuple(Favour.model_validate_json(data) for data in _data(connection, favours, contact_ids))


def load_interactions(connection: Connection, contact_ids: Iterable[str] | None = None) -> tuple[Interaction, ...]:
    return tuple(Interaction.model_validate_json(data) for data in _data(connection, interactions, contact_ids))


def load_touches(connection: Connection, ids: Iterable[str] | None = None, until: dt.date | None = None) -> list[Touch]:
    """Kept times in touch as light values, by day; `until` is the last day: what is to come is no touch yet."""
    rows = json.loads(f"[{','.join(_data(connection, interactions, ids))}]")  # one call for all: there may be very many
    found = (_touch(row) for row in rows)
    return sorted((one for one in found if until is None or one.day <= until), key=lambda one: one.day)


def _touch(row: dict[str, Any]) -> Touch:
    at = row.get("at")
    return Touch(
        row["contact_id"],
        dt.date.fromisoformat(row["when"]),
        row["direction"],
        row["channel"],
        dt.datetime.fromisoformat(at) if at else None,
        row.get("thread", ""),
        row.get("words", 0),
    )


def add_interactions(connection: Connection, found: Sequence[Interaction]) -> int:
    """Keeps those whose ids are not kept yet; gives how many."""
    ids = [one.id for one in found]
    known = set(connection.execute(select(interactions.c.id).where(interactions.c.id.in_(ids))).scalars())
    new = {one.id: one for one in found if one.id not in known}
    rows = [
        {"id": one.id, "contact_id": one.contact_id, "kind": one.channel, "data": one.model_dump_json()}
        for one in new.values()
    ]
    if rows:
        connection.execute(insert(interactions), rows)
    return len(rows)


def save_interaction(connection: Connection, one: Interaction) -> None:
    """Keeps a time in touch; the same id again replaces it."""
    connection.execute(delete(interactions).where(interactions.c.id == one.id))
    connection.execute(
        insert(interactions).values(id=one.id, contact_id=one.contact_id, kind=one.channel, data=one.model_dump_json())
    )


def drop_interactions(connection: Connection, ids: Iterable[str]) -> None:
    connection.execute(delete(interactions).where(interactions.c.id.in_(list(ids))))


def _data(connection: Connection, table: Table, contact_ids: Iterable[str] | None) -> list[str]:
    query = select(table.c.data).order_by(table.c.seq)
    if contact_ids is not None:
        query = query.where(table.c.contact_id.in_(list(contact_ids)))
    return list(connection.execute(query).scalars())


def save_draft(connection: Connection, draft: Draft, now: dt.datetime) -> None:
    """Keeps the draft with its plan, evidence and findings; the same id again replaces it."""
    connection.execute(delete(drafts).where(drafts.c.id == draft.id))
    connection.execute(
        insert(drafts).values(id=draft.id, contact_id=draft.to, created_at=now, data=draft.model_dump_json())
    )


def load_drafts(connection: Connection) -> tuple[Draft, ...]:
    """All kept drafts, newest first."""
    rows = connection.execute(select(drafts.c.data).order_by(drafts.c.created_at.desc(), drafts.c.id)).scalars()
    return tuple(Draft.model_validate_json(data) for data in rows)


def load_drafts_in(
    connection: Connection, states: Sequence[DraftState], contact_ids: Collection[str] | None = None
) -> tuple[Draft, ...]:
    """Drafts of which one of these things became, newest first; `contact_ids` are those they go to or introduce.

    The rows are chosen by the database, for a draft is large: it holds all its evidence.
    """
    query = select(drafts.c.data).where(or_(*(drafts.c.data.contains(f'"state":"{one.value}"') for one in states)))
    if contact_ids is not None:
        names = [f'"other":"{one}"' for one in contact_ids]
        query = query.where(or_(drafts.c.contact_id.in_(contact_ids), *(drafts.c.data.contains(one) for one in names)))
    rows = connection.execute(query.order_by(drafts.c.created_at.desc(), drafts.c.id)).scalars()
    found = (Draft.model_validate_json(data) for data in rows)
    return tuple(one for one in found if one.state in states)


def load_draft(connection: Connection, draft_id: str) -> Draft | None:
    data = connection.execute(select(drafts.c.data).where(drafts.c.id == draft_id)).scalar()
    return Draft.model_validate_json(data) if data else None
