"""What people look for, offer, do and care about, and which of these fit: matched by blocks, never by a table of pairs.

A want meets what others have where both share a telling word, or stand near in meaning. The words come from blocks of
one root, the meaning from blocked products of vectors. Pure functions on values and arrays; no store, no model.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from assistant.find.wants import read_want

if TYPE_CHECKING:
    from numpy.typing import NDArray

ItemKind = Literal["need", "aim", "offer", "role", "project", "interest", "skill", "said"]
HAVE_WEIGHT: Mapping[str, float] = {
    "offer": 1.0,
    "role": 0.9,
    "project": 0.8,
    "skill": 0.75,
    "said": 0.7,
    "interest": 0.5,
}
WANTS: tuple[ItemKind, ...] = ("need", "aim")
NEAREST = 6  # haves looked at for each want, by meaning
_MOST_IN_BLOCK = 16  # haves of one word that each want is held against, the freshest
_SMALL_BLOCK = 4000  # pairs of one word that are all looked at
_ROWS = 1024  # wants a product
_PAIRS = 16_384  # pairs whose vectors are held beside each other at once
_GROUPS = 32
_WIDTH = 48  # numbers a vector is shortened to for finding the nearest, where there are many
_MANY = 4000
# Roots that two texts may share without having a thing in common.
GENERIC = read_want(
    "open data work project new small local good old year man woman use make world life public community cold"
).whole


class Item(NamedTuple):
    """One thing said of somebody. `person` is a place in the list of people; `id` that of the evidence.

    `beside` are words it may be found by too: the field of a line of work. `passage` is what its vector was made of.
    """

    id: str
    person: int
    kind: ItemKind
    text: str
    quote: str
    date: dt.date | None = None
    note_id: str | None = None
    fresh: float = 0.35
    passage: str = ""
    beside: str = ""


class Matches(NamedTuple):
    """Places of wants and haves that may fit, how much of the want's words and of its meaning the have holds, 0..1."""

    want: NDArray[np.int64]
    have: NDArray[np.int64]
    words: NDArray[np.float32]
    meaning: NDArray[np.float32]


class Side(NamedTuple):
    """Items of one side, with the roots they are found by and their vectors (a row of zeros where there is none).

    `postings` give for each root the places of its items, freshest first, and what it counts for in each. `rows` is
    None without vectors; `short` holds them shortened where there are many, for finding the nearest. `dense` are the
    places looked at by meaning, `asks` those that others are looked for: two of one line of work are found by words.
    """

    items: tuple[Item, ...]
    person: NDArray[np.int64]
    roots: tuple[Mapping[str, float], ...]
    postings: Mapping[str, tuple[NDArray[np.int64], NDArray[np.float32]]]
    total: NDArray[np.float32]
    rows: NDArray[np.float32] | None
    short: NDArray[np.float32] | None
    dense: NDArray[np.bool_]
    asks: NDArray[np.bool_]

    def of(self, people: frozenset[int] | None) -> NDArray[np.int64]:
        """The places of the items of these people; of everybody without."""
        every = np.arange(len(self.items))
        return every if people is None else every[np.isin(self.person, list(people))]


def weigh_roots(items: Iterable[Item]) -> dict[str, float]:
    """How telling each root is, 0..1: the fewer people have it the more."""
    holders: dict[str, set[int]] = defaultdict(set)
    people = set()
    for one in items:
        people.add(one.person)
        for root in roots_of(one):
            holders[root].add(one.person)
    top = math.log(1 + len(people)) or 1.0
    return {root: max(0.0, 1 - math.log(len(having)) / top) for root, having in holders.items()}


def roots_of(one: Item) -> frozenset[str]:
    """What the item is found by."""
    return read_want(one.text).whole | (read_want(one.beside).whole - GENERIC if one.beside else frozenset())


def make_side(
    items: Sequence[Item],
    weights: Mapping[str, float],
    vectors: Mapping[str, NDArray[np.float32]],
    kinds: Collection[ItemKind],
) -> Side:
    """Items of these `kinds` are found by meaning too.

    Freshest first within each root. Of a need, what is wanted counts twice as much as what it is wanted for.
    """
    items = tuple(sorted(items, key=lambda one: (-one.fresh, one.id)))
    roots = tuple(dict(_weighted(one, weights)) for one in items)
    lists: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, held in enumerate(roots):
        for root, value in held.items():
            lists[root].append((place, value))
    rows = _rows(items, vectors)
    return Side(
        items=items,
        person=np.array([one.person for one in items], np.int64),
        roots=roots,
        postings={
            root: (np.array([at for at, _ in held], np.int64), np.array([value for _, value in held], np.float32))
            for root, held in lists.items()
        },
        total=np.array([_own_total(one, held) for one, held in zip(items, roots, strict=True)], np.float32),
        rows=rows,
        short=rows,
        dense=np.array([one.passage in vectors and one.kind in kinds for one in items], bool),
        asks=np.array([one.passage in vectors and one.kind in kinds and one.kind != "role" for one in items], bool),
    )


def _weighted(one: Item, weights: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    core = read_want(one.text).core
    for root in roots_of(one):
        if (weight := weights.get(root, 1.0)) > 0:
            yield root, weight * (1.0 if one.kind not in WANTS or root in core else 0.5)


def _own_total(one: Item, held: Mapping[str, float]) -> float:
    """What all words of the item itself count for; those beside it are no part of it."""
    own = read_want(one.text).whole
    return sum(value for root, value in held.items() if root in own) or 1.0


def _rows(items: Sequence[Item], vectors: Mapping[str, NDArray[np.float32]]) -> NDArray[np.float32] | None:
    """The vectors of the items less what all of one kind have in common, each of length 1."""
    known = [vectors.get(one.passage) for one in items]
    width = next((len(row) for row in known if row is not None), 0)
    if not width:
        return None
    rows = np.zeros((len(items), width), np.float32)
    kinds: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(known):
        if row is not None:
            rows[place] = row
            kinds[items[place].kind].append(place)
    for places in kinds.values():
        rows[places] -= rows[places].mean(axis=0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-6), np.float32)


def shorten(*sides: Side) -> tuple[Side, ...]:
    """The sides with shorter vectors where there are many: the directions in which they differ most."""
    known = [side.rows for side in sides if side.rows is not None]
    if len(known) < len(sides) or sum(len(rows) for rows in known) < _MANY:
        return sides
    spread = np.sum([rows.T @ rows for rows in known], axis=0)
    directions = np.linalg.eigh(spread)[1][:, -_WIDTH:]
    short = (np.ascontiguousarray(rows @ directions, np.float32) for rows in known)
    return tuple(side._replace(short=rows) for side, rows in zip(sides, short, strict=True))


def match(wants: Side, haves: Side, who: int | None = None) -> Matches:
    """Which haves may fit which wants of other people; with `who`, only where that person is on one of the sides."""
    only = None if who is None else frozenset((who,))
    found = [_match(wants, haves, wants.of(only), haves.of(None))]
    if only is not None:
        found.append(_match(wants, haves, wants.of(None), haves.of(only)))
    want, have, words, meaning = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Matches(want, have, words, meaning)


def match_words(side: Side, who: int | None = None) -> Matches:
    """Which items of one side share words with those of other people; with `who`, only where that person has one."""
    some = side.of(None if who is None else frozenset((who,)))
    return _match(side, side, some, side.of(None), by_meaning=False)


def _match(
    wants: Side, haves: Side, some: NDArray[np.int64], others: NDArray[np.int64], by_meaning: bool = True
) -> Matches:
    size = max(len(haves.items), 1)
    near = _near(wants, haves, some, others) if by_meaning else []
    parts = [*_blocks(wants, haves, some, others), *near]
    if not parts:
        return _NOTHING
    keys = np.concatenate([want * size + have for want, have, _ in parts])
    shared = np.concatenate([value for _, _, value in parts[: len(parts) - len(near)]] or [_NO_VALUES])
    pairs, places = np.unique(keys, return_inverse=True)
    words = np.bincount(places[: len(shared)], shared, len(pairs)).astype(np.float32)
    want, have = pairs // size, pairs % size
    kept = wants.person[want] != haves.person[have]
    want, have, words = want[kept], have[kept], words[kept]
    return Matches(want, have, np.minimum(words / wants.total[want], 1.0), _meaning(wants, haves, want, have))


def _blocks(
    wants: Side, haves: Side, some: NDArray[np.int64], others: NDArray[np.int64]
) -> list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]]:
    """The pairs of each root that both sides have, with what the root counts for in the want."""
    asked, held = np.zeros(len(wants.items), bool), np.zeros(len(haves.items), bool)
    asked[some], held[others] = True, True
    parts = []
    for root, (places, values) in wants.postings.items():
        if root not in haves.postings:
            continue
        having, chosen = haves.postings[root][0], asked[places]
        asking, values, having = places[chosen], values[chosen], having[held[having]]
        if len(asking) * len(having) > _SMALL_BLOCK:
            having = having[:_MOST_IN_BLOCK]
        parts.append((np.repeat(asking, len(having)), np.tile(having, len(asking)), np.repeat(values, len(having))))
    return parts


def _near(
    wants: Side, haves: Side, some: NDArray[np.int64], others: NDArray[np.int64]
) -> list[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]]:
    """The nearest haves of each want, by blocked products: never more than one block of the table at once."""
    some, others = some[wants.asks[some]], others[haves.dense[others]]
    if wants.short is None or haves.short is None or not len(some) or not len(others):
        return []
    columns = np.ascontiguousarray(haves.short[others].T)
    parts = []
    for start in range(0, len(some), _ROWS):
        block = some[start : start + _ROWS]
        best = find_best(wants.short[block] @ columns, NEAREST)
        want, have = np.repeat(block, best.shape[1]), others[best.ravel()]
        parts.append((want, have, np.zeros(len(want), np.float32)))
    return parts


def find_best(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The columns of the `k` best of each row, in any order: first the best groups of columns, then within them."""
    count, width = scores.shape
    groups = width // _GROUPS
    if groups <= k:
        return np.argpartition(-scores, min(k, width) - 1, axis=1)[:, :k]
    cut = groups * _GROUPS
    tops = scores[:, :cut].reshape(count, _GROUPS, groups).max(axis=1)
    chosen = np.argpartition(-tops, k - 1, axis=1)[:, :k]
    columns = (chosen[:, :, None] + groups * np.arange(_GROUPS)).reshape(count, -1)
    columns = np.concatenate([columns, np.tile(np.arange(cut, width), (count, 1))], axis=1)
    best = np.argpartition(-np.take_along_axis(scores, columns, axis=1), k - 1, axis=1)[:, :k]
    return np.take_along_axis(columns, best, axis=1)


def _meaning(wants: Side, haves: Side, want: NDArray[np.int64], have: NDArray[np.int64]) -> NDArray[np.float32]:
    """About the cosine of each pair, by the shortened vectors; 0 without vectors."""
    return _cosines(wants.short, haves.short, want, have)


def measure_meaning(found: Matches, wants: Side, haves: Side, places: NDArray[np.int64]) -> Matches:
    """Some of the matches with the cosines of their whole vectors: for those that are looked at closely."""
    want, have = found.want[places], found.have[places]
    return Matches(want, have, found.words[places], _cosines(wants.rows, haves.rows, want, have))


def _cosines(
    left: NDArray[np.float32] | None, right: NDArray[np.float32] | None, a: NDArray[np.int64], b: NDArray[np.int64]
) -> NDArray[np.float32]:
    if left is None or right is None or not len(a):
        return np.zeros(len(a), np.float32)
    parts = [
        np.einsum("ij,ij->i", left[a[at : at + _PAIRS]], right[b[at : at + _PAIRS]]) for at in range(0, len(a), _PAIRS)
    ]
    return np.asarray(np.maximum(np.concatenate(parts), 0.0), np.float32)


_NO_PLACES = np.zeros(0, np.int64)
_NO_VALUES = np.zeros(0, np.float32)
_NOTHING = Matches(_NO_PLACES, _NO_PLACES, _NO_VALUES, _NO_VALUES)
