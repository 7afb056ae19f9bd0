"""The book as a corpus: what it tells of everybody, a piece of evidence each, to hold a question or an article against.

Facts, sentences of notes, favours received and one line of the record, with the vector of the passage each stands in.
It must never hold what is outdated, denied or hearsay, nor speak of the user; what is private is marked, and left out
where a reason is to be told to somebody else.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from assistant.domain import Contact, Evidence, FactKind, FavourKind, Passage, Visibility, make_id
from assistant.find.evidence import fact_evidence
from assistant.find.grouping import by_contact, by_note
from assistant.find.material import favour_evidence
from assistant.find.search import SearchIndex, SearchText
from assistant.find.sentences import note_evidence
from assistant.store import readings, records
from assistant.store.memo import remember
from assistant.store.vectors import Matrix
from assistant.text import content_stems, split_sentences

Embed = Callable[[Sequence[str]], NDArray[np.float32]]

MOST_RECORDS = 500  # record lines that are embedded for one question: they are kept nowhere
_LACKING = re.compile(
    r"\b(?:needs?|wants?|short of|looking for|hunting for|searching for|lacks?|without|do(?:es)?n['’]t know|never)\b",
    re.IGNORECASE,
)


class Rarity:
    """How telling a stem is in a book: the logarithm of how few pieces have it."""

    def __init__(self, pieces: Sequence[Evidence]) -> None:
        self._counts = Counter(stem for one in pieces for stem in set(content_stems(shown_quote(one))))
        self._many = len(pieces)

    def of(self, stem: str) -> float:
        return math.log((self._many + 1) / (self._counts[stem] + 0.5))

    def share(self, wanted: Collection[str], held: Collection[str]) -> float:
        """The share of what `wanted` tells that stands in `held`, 0..1."""
        whole = sum(self.of(one) for one in set(wanted))
        return sum(self.of(one) for one in set(wanted) & set(held)) / whole if whole else 0.0


class Corpus(NamedTuple):
    """`pieces` of evidence, each with a row of `rows` (zeros where it has no vector); `held` has a person's places."""

    pieces: tuple[Evidence, ...]
    ranking: SearchIndex
    rows: NDArray[np.float32] | None
    rarity: Rarity
    held: Mapping[str, Sequence[int]]
    people: Mapping[str, Contact]


def make_corpus(
    pieces: Sequence[Evidence], people: Mapping[str, Contact], rows: NDArray[np.float32] | None = None
) -> Corpus:
    """The corpus of these pieces; work grows with their words."""
    held: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(pieces):
        held[one.about].append(place)
    ranking = SearchIndex([SearchText(id=one.id, text=shown_quote(one)) for one in pieces])
    return Corpus(tuple(pieces), ranking, rows, Rarity(pieces), held, people)


def load_corpus(
    connection: Connection, matrix: Matrix | None, embed: Embed | None, kinds: Collection[FactKind], private: bool
) -> Corpus:
    """Everybody's evidence but the user's and that of people who want no contact; facts only of these `kinds`.

    `private` says whether confidences are held too. Work grows with the notes' length, and is done once for several
    questions of one sort.
    """
    sort = (frozenset(kinds), private, matrix is not None and embed is not None)
    return remember(connection, "corpus", lambda: _read_corpus(connection, matrix, embed, kinds, private), sort)


def _read_corpus(
    connection: Connection, matrix: Matrix | None, embed: Embed | None, kinds: Collection[FactKind], private: bool
) -> Corpus:
    everybody = records.load_contacts(connection)
    people = {one.id: one for one in everybody if not one.me and not one.do_not_contact}
    passages = readings.load_passages(connection)
    every = [
        one
        for one in _read_pieces(connection, everybody, passages, kinds)
        if one.about in people and (private or one.visibility is not Visibility.PRIVATE)
    ]
    lines = [line for one in people.values() if (line := record_line(one))]
    pieces = tuple({one.id: one for one in (*every, *lines)}.values())
    rows = _find_rows(pieces, passages, matrix, embed) if matrix is not None and embed is not None else None
    return make_corpus(pieces, people, rows)


def _read_pieces(
    connection: Connection, everybody: Sequence[Contact], passages: Iterable[Passage], kinds: Collection[FactKind]
) -> list[Evidence]:
    facts, told = by_contact(readings.load_facts(connection)), by_contact(passages)
    notes = by_contact(records.load_notes(connection))
    me = [one for one in everybody if one.me]
    favours = [one for one in readings.load_favours(connection) if one.kind is FavourKind.RECEIVED]
    pieces = list(favour_evidence(favours))
    for one in everybody:
        pieces += [piece for piece in fact_evidence(facts[one.id]) if piece.kind in kinds]
        sentences = note_evidence(told[one.id], facts[one.id], [one, *me], notes[one.id])
        pieces += [piece for piece in sentences if not _LACKING.search(piece.quote)]
    return [one for one in pieces if not (one.superseded or one.negated or one.hearsay)]


def record_line(contact: Contact) -> Evidence | None:
    """What somebody does, where and in which line of work, as one public line; None where the record says nothing."""
    said = ", ".join(dict.fromkeys(part for part in (contact.title, contact.org, contact.industry) if part))
    return (
        Evidence(
            id=make_id("r", contact.id, "work", said),
            source="record",
            about=contact.id,
            text=", ".join(dict.fromkeys(part for part in (contact.title, contact.industry) if part)) or said,
            quote=said,
            field="title",
            visibility=Visibility.PUBLIC,
        )
        if said
        else None
    )


def meant_by(piece: Evidence) -> str:
    """The words whose meaning counts: no tags, and of a record no firm: its name says little of what one does there."""
    return piece.text if piece.source == "record" else shown_quote(piece)


def shown_quote(piece: Evidence) -> str:
    """The quote as a reader wants it within a sentence: on one line, without tags and the last full stop."""
    return re.sub(r"\s*(?<!\w)#[\w-]+", "", " ".join(piece.quote.split())).strip().rstrip(".;,!")


def _find_rows(
    pieces: Sequence[Evidence], passages: Iterable[Passage], matrix: Matrix, embed: Embed
) -> NDArray[np.float32]:
    """Each piece has the vector of the passage it stands in; record lines are embedded, the first few hundred."""
    rows = np.zeros((len(pieces), matrix.rows.shape[1]), np.float32)
    place_of = {one: place for place, one in enumerate(matrix.ids)}
    of_note = by_note(passages)
    for number, piece in enumerate(pieces):
        stands = next((one for one in of_note.get(piece.note_id or "", ()) if piece.quote in one.text), None)
        if stands is not None and stands.id in place_of:
            rows[number] = matrix.rows[place_of[stands.id]]
    lines = [number for number, piece in enumerate(pieces) if piece.source == "record"][:MOST_RECORDS]
    if lines:
        rows[lines] = embed([meant_by(pieces[number]) for number in lines])
    return rows


# --- how close a piece is to a text, whatever else the book holds -------------------------------------------------


class Link(NamedTuple):
    """A piece by its place, the sentence of the text it is closest to, and how close: 0 to 2."""

    place: int
    sentence: str
    strength: float


def sentences_of(text: str, most: int) -> tuple[str, ...]:
    """The first `most` sentences, each once."""
    said = (" ".join(one.text.split()) for one in split_sentences(text))
    return tuple(dict.fromkeys(one for one in said if content_stems(one)))[:most]


def find_closeness(
    corpus: Corpus, places: Sequence[int], sentences: Sequence[str], embed: Embed | None, of_piece: bool
) -> tuple[Link, ...]:
    """How close each of these pieces is to the sentence it is closest to.

    By the cosine of both and the share of telling words they have in common: of the piece's words, or with `of_piece`
    false of the sentence's. Without `embed` words alone count.
    """
    quotes = [content_stems(shown_quote(corpus.pieces[place])) for place in places]
    said = [content_stems(one) for one in sentences]
    cosines = _cosines([meant_by(corpus.pieces[place]) for place in places], sentences, embed)
    links = []
    for number, place in enumerate(places):
        best = Link(place, "", 0.0)
        for other, sentence in enumerate(sentences):
            pair = (quotes[number], said[other])
            share = corpus.rarity.share(*(pair if of_piece else pair[::-1]))
            strength = _strength(None if cosines is None else float(cosines[number, other]), share)
            if strength > best.strength:
                best = Link(place, sentence, strength)
        links.append(best)
    return tuple(links)


def _cosines(quotes: Sequence[str], sentences: Sequence[str], embed: Embed | None) -> NDArray[np.float32] | None:
    if embed is None or not quotes or not sentences:
        return None
    return np.asarray(embed(quotes) @ embed(sentences).T, dtype=np.float32)


def _strength(cosine: float | None, share: float) -> float:
    """Common words count as far as the meaning bears them out: "grew up in Cork" says nothing of growing orchids."""
    return share if cosine is None else cosine * (1 + share)
