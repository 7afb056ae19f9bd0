"""Searching the book's notes: passages and their words held in memory while nothing changes, meaning from vectors.

It must never answer from what has been changed since: the state of the records is asked for first.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection

from assistant.domain import Contact, Note, Passage, SearchHit, Visibility
from assistant.find.search import SearchIndex, SearchText
from assistant.store.readings import load_passages, read_state
from assistant.store.records import load_contacts, load_notes

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Loaded(NamedTuple):
    state: tuple[int, int]
    ranking: SearchIndex
    passages: Mapping[str, Passage]
    notes: Mapping[str, Note]
    people: Mapping[str, Contact]


class PassageSearch:
    """Word statistics over all passages, made again only when the records have changed."""

    def __init__(self) -> None:
        self._loaded: _Loaded | None = None

    def find(self, connection: Connection, text: str, k: int, near: Mapping[str, float]) -> tuple[SearchHit, ...]:
        """The `k` best passages, best first, each text of a person once. `near`: cosines by passage id."""
        loaded = self._load(connection)
        hits: dict[bytes, SearchHit] = {}
        for ranked in loaded.ranking.rank(text, k=k * 2, near=near):
            passage = loaded.passages[ranked.id]
            same = hashlib.sha256(f"{passage.contact_id}\x1f{passage.text}".encode("utf-8", "surrogatepass")).digest()
            hits.setdefault(same, _hit(passage, ranked.score, loaded))
        return tuple(hits.values())[:k]

    def _load(self, connection: Connection) -> _Loaded:
        state = read_state(connection)
        if self._loaded is None or self._loaded.state != state:
            notes = {one.id: one for one in load_notes(connection)}
            people = {one.id: one for one in load_contacts(connection)}
            passages = {one.id: one for one in load_passages(connection)}
            texts = [
                SearchText(
                    id=one.id,
                    text=one.text,
                    who=people[one.contact_id].name,
                    title=notes[one.note_id].title,
                    thread=one.note_id,
                    ordinal=one.ordinal,
                )
                for one in passages.values()
            ]
            self._loaded = _Loaded(state, SearchIndex(texts), passages, notes, people)
        return self._loaded


def _hit(passage: Passage, score: float, loaded: _Loaded) -> SearchHit:
    return SearchHit(
        contact=loaded.people[passage.contact_id].name,
        contact_id=passage.contact_id,
        note_id=passage.note_id,
        date=passage.date,
        text=passage.text,
        score=round(score, 4),
        source=loaded.notes[passage.note_id].source,
        private=passage.visibility is Visibility.PRIVATE,
    )
