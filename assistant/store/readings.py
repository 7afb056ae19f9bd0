"""What is read out of notes: passages, facts, favours; times in touch; and the drafts.

Passages, facts and favours are derived and can be made again at any time; interactions and drafts are kept.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import heapq
import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    Connection,
    Row,
    Select,
    Table,
    cast,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)

from assistant.domain import Draft, DraftState, Fact, FactKind, Favour, Interaction, Passage, Touch, Visibility
from assistant.store.schema import drafts, facts, favours, interactions, passages
from assistant.store.words import add_words, drop_words

_LONGEST_CHAIN = 50  # doubled with each round; broken chains that go in a circle end here


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


def load_passages_in(connection: Connection, note_ids: Iterable[str]) -> tuple[Passage, ...]:
    """The passages of these notes."""
    ids = connection.execute(select(passages.c.id).where(passages.c.note_id.in_(list(note_ids)))).scalars().all()
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


def read_touch_state(connection: Connection) -> tuple[int, int]:
    """The same for kept times in touch."""
    row = connection.execute(select(func.count(), func.coalesce(func.max(interactions.c.seq), 0))).one()
    return int(row[0]), int(row[1])


LARGE_BOOK = 20_000  # passages: what is asked of all of them takes longer than somebody should wait


def is_large(connection: Connection) -> bool:
    return count_passages(connection) > LARGE_BOOK


def count_passages(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(passages)).scalar_one())


def count_facts(connection: Connection) -> int:
    return int(connection.execute(select(func.count()).select_from(facts)).scalar_one())


def load_facts(connection: Connection, contact_ids: Iterable[str] | None = None) -> tuple[Fact, ...]:
    return tuple(Fact.model_validate_json(data) for data in _data(connection, facts, contact_ids))


def load_fact_texts(connection: Connection) -> list[tuple[str, str]]:
    """The contact and the text of every fact, in the order they were saved: nothing else of them is read."""
    read = type_coerce if connection.dialect.name == "sqlite" else cast  # SQLite would cast the text to a number
    query = select(facts.c.contact_id, read(facts.c.data, JSON)["text"].as_string()).order_by(facts.c.seq)
    return [(about, text) for about, text in connection.execute(query)]


def load_newest_facts(connection: Connection, kind: FactKind, most: int) -> tuple[Fact, ...]:
    """The facts of one kind with the latest dates, undated ones last: only so many are read closely."""
    rows = connection.execute(select(facts.c.data).where(facts.c.kind == kind.value).order_by(facts.c.seq)).scalars()
    dated = heapq.nlargest(most, ((json.loads(data)["date"] or "", -place, data) for place, data in enumerate(rows)))
    return tuple(Fact.model_validate_json(data) for _, _, data in dated)


def load_favours(connection: Connection, contact_ids: Iterable[str] | None = None) -> tuple[Favour, ...]:
    return tuple(Favour.model_validate_json(data) for data in _data(connection, favours, contact_ids))


# --- times in touch ---------------------------------------------------------------------------------------------


def load_interactions(connection: Connection, contact_ids: Iterable[str] | None = None) -> tuple[Interaction, ...]:
    """What is kept of times in touch with these contacts (everybody without), by day; events still to come too."""
    query = _of(select(interactions), contact_ids)
    return tuple(
        _interaction(row) for row in connection.execute(query.order_by(interactions.c.day, interactions.c.seq))
    )


def load_upcoming(connection: Connection, first: dt.date, last: dt.date) -> tuple[Interaction, ...]:
    """What is kept of events from the day `first` to the day `last`, both included, by day and hour."""
    query = select(interactions).where(interactions.c.day >= first, interactions.c.day <= last)
    ordered = query.order_by(interactions.c.day, interactions.c.at, interactions.c.seq)
    return tuple(_interaction(row) for row in connection.execute(ordered))


def load_touches(connection: Connection, ids: Iterable[str] | None = None, until: dt.date | None = None) -> list[Touch]:
    """The same as light values, by day; `ids` are contacts, `until` the last day: what is to come is no touch yet."""
    table = interactions.c
    query = select(
        table.contact_id, table.day, table.direction, table.channel, table.at, table.thread, table.words
    ).order_by(table.day, table.seq)
    if until is not None:
        query = query.where(table.day <= until)
    return [
        Touch(row[0], row[1], row[2], row[3], row[4] and _in_utc(row[4]), row[5], row[6])
        for row in connection.execute(_of(query, ids)).all()
    ]


def load_logged(connection: Connection) -> frozenset[str]:
    """The notes that a logged time in touch names as its own."""
    query = select(interactions.c.note_id).where(interactions.c.note_id.is_not(None))
    return frozenset(connection.execute(query).scalars())


def _of(query: Select[Any], contact_ids: Iterable[str] | None) -> Select[Any]:
    return query if contact_ids is None else query.where(interactions.c.contact_id.in_(list(contact_ids)))


def _in_utc(at: dt.datetime) -> dt.datetime:
    """SQLite keeps no zone; what it holds was written as UTC."""
    return at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at.astimezone(dt.UTC)


def _interaction(row: Row[Any]) -> Interaction:
    return Interaction(
        id=row.id,
        contact_id=row.contact_id,
        when=row.day,
        channel=row.channel,
        direction=row.direction,
        note_id=row.note_id,
        at=_in_utc(row.at) if row.at else None,
        thread=row.thread,
        words=row.words,
        source=row.source or "",
        title=row.title,
    )


def _interaction_row(one: Interaction) -> dict[str, Any]:
    values = one.model_dump(exclude={"when", "source"})
    return {**values, "day": one.when, "source": one.source or None, "at": one.at and one.at.astimezone(dt.UTC)}


def save_interaction(connection: Connection, one: Interaction) -> None:
    """Keeps a time in touch; the same id again replaces it."""
    connection.execute(delete(interactions).where(interactions.c.id == one.id))
    connection.execute(insert(interactions).values(_interaction_row(one)))


def add_interactions(connection: Connection, found: Sequence[Interaction]) -> int:
    """Keeps those that are not kept yet, known by source and contact; gives how many."""
    query = select(interactions.c.source, interactions.c.contact_id)
    kept = connection.execute(query.where(interactions.c.source.in_({one.source for one in found})))
    known = {(row.source, row.contact_id) for row in kept}
    new = {(one.source, one.contact_id): one for one in found if (one.source, one.contact_id) not in known}
    if new:
        connection.execute(insert(interactions), [_interaction_row(one) for one in new.values()])
    return len(new)


class Replaced(NamedTuple):
    """What a fresh reading of a calendar entry changed: rows added, and rows moved, renamed or dropped."""

    added: int
    changed: int


def replace_series(
    connection: Connection, key: str, since: dt.date, found: Sequence[Interaction], is_whole: bool
) -> Replaced:
    """What is kept under `key` and `key#…` becomes `found`; what is older than `since` stays, and so does everything
    that `found` does not name where it is not the whole series."""
    of_series = or_(
        interactions.c.source == key, (interactions.c.source >= f"{key}#") & (interactions.c.source < f"{key}$")
    )
    known = _find_kept(connection, of_series)
    wanted = {(one.source, one.contact_id): one for one in found}
    is_single = {one.source for one in known.values()} | {one.source for one in found} == {key}
    gone = [
        one.id for place, one in known.items() if is_whole and place not in wanted and (is_single or one.when >= since)
    ]
    moved = [one for place, one in wanted.items() if place in known and known[place] != one]
    drop_interactions(connection, [*gone, *(one.id for one in moved)])
    new = [one for place, one in wanted.items() if place not in known]
    if new or moved:
        connection.execute(insert(interactions), [_interaction_row(one) for one in (*moved, *new)])
    return Replaced(len(new), len(gone) + len(moved))


def _find_kept(connection: Connection, condition: Any) -> dict[tuple[str, str], Interaction]:
    rows = connection.execute(select(interactions).where(condition))
    return {(row.source, row.contact_id): _interaction(row) for row in rows}


def join_threads(connection: Connection) -> None:
    """Puts a mail that names only the mail it answers into that one's conversation, however long the chain."""
    parent = interactions.alias("parent")
    known = select(parent.c.thread).where(parent.c.source == interactions.c.thread).limit(1).scalar_subquery()
    other = exists().where(parent.c.source == interactions.c.thread, parent.c.thread != interactions.c.thread)
    for _ in range(_LONGEST_CHAIN):
        if not connection.execute(update(interactions).where(other).values(thread=known)).rowcount:
            return


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


def count_drafts_in(connection: Connection, states: Sequence[DraftState]) -> int:
    """Of how many drafts one of these things became."""
    is_so = or_(*(drafts.c.data.contains(f'"state":"{one.value}"') for one in states))
    return int(connection.execute(select(func.count()).select_from(drafts).where(is_so)).scalar_one())


def load_draft(connection: Connection, draft_id: str) -> Draft | None:
    data = connection.execute(select(drafts.c.data).where(drafts.c.id == draft_id)).scalar()
    return Draft.model_validate_json(data) if data else None
