"""Searching the book's notes: passages and their words held in memory while nothing changes, meaning from vectors.

Of a large book only what could be among the best is looked at: the passages that the word index, the vectors and the
names in the question bring up, each with the rest of its note. It must never answer from what has been changed since:
the state of the records is asked for first.
"""

from __future__ import annotations

import hashlib
import heapq
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection

from assistant.domain import Contact, Note, Passage, SearchHit, Visibility
from assistant.find.search import SearchIndex, SearchText
from assistant.store.readings import is_large, load_passages, load_passages_in, load_passages_of, read_state
from assistant.store.records import load_contacts, load_notes, load_notes_by_id
from assistant.store.words import search_words
from assistant.text import find_words, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


_MOST_BY_WORD = 1000  # passages the word index brings up
_MOST_NAMED = 20  # people


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
        loaded = _load_likely(connection, text, near) if is_large(connection) else self._load(connection)
        hits: dict[bytes, SearchHit] = {}
        for ranked in loaded.ranking.rank(text, k=k * 2, near=near):
            passage = loaded.passages[ranked.id]
            same = hashlib.sha256(f"{passage.contact_id}\x1f{passage.text}".encode("utf-8", "surrogatepass")).digest()
            hits.setdefault(same, _hit(passage, ranked.score, loaded))
        return tuple(hits.values())[:k]

    def _load(self, connection: Connection) -> _Loaded:
        state = read_state(connection)
        if self._loaded is None or self._loaded.state != state:
            self._loaded = _index(state, load_contacts(connection), load_notes(connection), load_passages(connection))
        return self._loaded


def _index(
    state: tuple[int, int], everybody: Iterable[Contact], written: Iterable[Note], said: Iterable[Passage]
) -> _Loaded:
    people, notes = {one.id: one for one in everybody}, {one.id: one for one in written}
    passages = {one.id: one for one in said}
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
    return _Loaded(state, SearchIndex(texts), passages, notes, people)


def _load_likely(connection: Connection, text: str, near: Mapping[str, float]) -> _Loaded:
    """What could answer `text`; work grows with how much that is, not with the book."""
    people = load_contacts(connection)
    by_word = [hit.passage_id for hit in search_words(connection, text, _MOST_BY_WORD)]
    found = load_passages(connection, dict.fromkeys((*by_word, *near)))
    named = load_passages_of(connection, [one.id for one in _find_named(people, text)])
    notes = dict.fromkeys(one.note_id for one in (*found, *named))
    return _index((0, 0), people, load_notes_by_id(connection, notes), load_passages_in(connection, notes))


def _find_named(people: Iterable[Contact], text: str) -> list[Contact]:
    """Those with most words of the question in their name, at least one."""
    words = {fold(word.text).removesuffix("'s") for word in find_words(text)}
    counted = [(len(words & set(fold(one.name).split())), one) for one in people]
    best = heapq.nsmallest(_MOST_NAMED, ((-count, one.name, one.id, one) for count, one in counted if count))
    return [one for *_, one in best]


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
