"""Finding the passages of notes that answer a question: words first, meaning second, neighbours and people beside.

A passage scores by BM25 on stems and by the cosine of its vector; each also lends part of its score to the passages
around it, because an answer often stands one line below the words of the question. A person named in the question
lifts their own passages. Pure functions on values and arrays; no store, no model.

BM25 is Robertson and Zaragoza's (2009) form; the weights were chosen on the development half of LoCoMo, three
conversations held against each other (`evals.retrieval`).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assistant.domain import Value
from assistant.text import content_stems, find_words, fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

_K1, _B = 0.8, 0.3
_NEIGHBOURS = {-2: 0.15, -1: 0.45, 1: 0.15}
_DENSE_WEIGHT = 0.8
_PERSON_WEIGHT = 0.15
_BIGRAM_WEIGHT = 0.5


class SearchText(Value):
    """A passage as search sees it: `who` is the person it is about, `title` the occasion, `thread` the note."""

    id: str
    text: str
    who: str = ""
    title: str = ""
    thread: str = ""
    ordinal: int = 0


class Ranked(NamedTuple):
    """A passage's id and its score; higher is better."""

    id: str
    score: float


class SearchIndex:
    """Word statistics over passages, built once in time linear in their length."""

    def __init__(self, texts: Sequence[SearchText], vectors: NDArray[np.float32] | None = None) -> None:
        self.texts = tuple(texts)
        self._vectors = vectors
        self._places = {one.id: place for place, one in enumerate(self.texts)}
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        lengths = np.ones(len(self.texts), dtype=np.float32)
        for place, one in enumerate(self.texts):
            terms = _terms(f"{one.text} {one.title}")
            lengths[place] = max(1, len(terms))
            for term, count in Counter(terms).items():
                self._postings[term].append((place, count))
        mean = float(lengths.mean()) if len(lengths) else 1.0
        self._norms = _K1 * (1 - _B + _B * lengths / mean)
        self._people = self._read_people()
        self._steps = self._read_neighbours()

    def _read_people(self) -> dict[str, list[int]]:
        people: dict[str, list[int]] = defaultdict(list)
        for place, one in enumerate(self.texts):
            for word in {fold(word.text) for word in find_words(one.who)}:
                people[word].append(place)
        return people

    def _read_neighbours(self) -> dict[int, tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """For each step, the places that have a neighbour that far away in their note, and where it is."""
        by_thread: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, one in enumerate(self.texts):
            by_thread[one.thread].append((one.ordinal, place))
        pairs: dict[int, list[tuple[int, int]]] = {step: [] for step in _NEIGHBOURS}
        for members in by_thread.values():
            order = [place for _, place in sorted(members)]
            for step, found in pairs.items():
                found += [(order[i], order[i + step]) for i in range(len(order)) if 0 <= i + step < len(order)]
        return {
            step: (np.array([a for a, _ in found], dtype=np.int64), np.array([b for _, b in found], dtype=np.int64))
            for step, found in pairs.items()
            if found
        }

    def rank(
        self,
        question: str,
        vector: NDArray[np.float32] | None = None,
        k: int = 10,
        near: Mapping[str, float] | None = None,
        within: Collection[str] | None = None,
    ) -> tuple[Ranked, ...]:
        """The `k` best passages, best first, equal scores by id; `within` keeps to these ids.

        Nearness in meaning comes from `vector` against the vectors of this index, or from `near`, the cosines a
        vector index found (a passage it does not name counts as far).
        """
        if not self.texts:
            return ()
        scores = self._with_neighbours(_scaled(self.word_scores(question)))
        if vector is not None and self._vectors is not None:
            scores = scores + self._dense_scores(np.maximum(self._vectors @ vector, 0.0))
        elif near:
            cosines = np.zeros(len(self.texts), dtype=np.float32)
            for one, cosine in near.items():
                if one in self._places:
                    cosines[self._places[one]] = max(cosine, 0.0)
            scores = scores + self._dense_scores(cosines)
        scores = scores + _PERSON_WEIGHT * self._person_scores(question)
        return self._best(scores, k, within)

    def word_scores(self, question: str) -> NDArray[np.float32]:
        """BM25 of every passage, in the order they were given, 0 where no word is shared."""
        scores = np.zeros(len(self.texts), dtype=np.float32)
        for term in dict.fromkeys(_terms(question)):
            postings = self._postings.get(term)
            if not postings:
                continue
            table = np.array(postings, dtype=np.int64)
            rarity = math.log(1 + (len(self.texts) - len(postings) + 0.5) / (len(postings) + 0.5))
            counts = table[:, 1].astype(np.float32)
            gain = rarity * counts * (_K1 + 1) / (counts + self._norms[table[:, 0]])
            scores[table[:, 0]] += gain * (_BIGRAM_WEIGHT if " " in term else 1.0)
        return scores

    def _with_neighbours(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        lent = scores.copy()
        for step, (places, sources) in self._steps.items():
            lent[places] += _NEIGHBOURS[step] * scores[sources]
        return lent

    def _dense_scores(self, cosines: NDArray[np.float32]) -> NDArray[np.float32]:
        return _DENSE_WEIGHT * self._with_neighbours(_scaled(cosines))

    def _person_scores(self, question: str) -> NDArray[np.float32]:
        scores = np.zeros(len(self.texts), dtype=np.float32)
        for word in {fold(word.text).removesuffix("'s") for word in find_words(question)}:
            if word in self._people:
                scores[self._people[word]] = 1.0
        return scores

    def _best(self, scores: NDArray[np.float32], k: int, within: Collection[str] | None) -> tuple[Ranked, ...]:
        places = np.arange(len(scores)) if within is None else np.array([self._places[one] for one in within], int)
        if not len(places):
            return ()
        some = places[np.argpartition(-scores[places], min(k, len(places)) - 1)[: max(k * 2, k)]]
        order = sorted(some.tolist(), key=lambda place: (-float(scores[place]), self.texts[place].id))
        return tuple(Ranked(self.texts[place].id, float(scores[place])) for place in order[:k] if scores[place] > 0)


def _terms(text: str) -> list[str]:
    """Stems that carry meaning, and pairs of neighbouring ones."""
    stems = list(content_stems(text))
    return stems + [f"{a} {b}" for a, b in zip(stems, stems[1:], strict=False)]


def _scaled(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores between 0 and 1: what the best passage has is 1."""
    top = float(scores.max()) if len(scores) else 0.0
    return scores / top if top > 0 else scores


def embedding_text(one: SearchText) -> str:
    """What is embedded for a passage: who and when stand before the words, as a reader would need them."""
    head = ", ".join(part for part in (one.who, one.title) if part)
    return f"{head}: {one.text}" if head else one.text
