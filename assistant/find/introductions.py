"""Who should meet whom: pairs of the book ranked by what both would gain, with the quotes that say so.

A need of one and what the other has, work that goes together, a rare thing both care about; weighed by how fresh it is,
how well the user knows both, how new the tie would be and how often each was asked of late. It must never rest on a
private line, on hearsay, or on a need that is over, and never build the table of all pairs.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assistant.domain import Contact, Value, Visibility
from assistant.find.exchange import (
    HAVE_WEIGHT,
    WANTS,
    Item,
    Matches,
    Side,
    match,
    match_words,
    measure_meaning,
)
from assistant.find.fields import read_field, read_place
from assistant.find.introduction_gains import FAR, NEAR, Gain, Ties, find_common, find_known, find_met
from assistant.find.know_how import find_knowers
from assistant.find.mutual_need import mutual_worth

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LEAST, _LEAST_FOR_ONE = 0.09, 0.05  # a score below it is no suggestion; where one person is asked about
_LOOKED_AT = 50_000  # matches, the most promising first
_EXAMINED = 400  # pairs looked at closely, the most promising first
ONE_SIDED = 0.06  # a gain below it is none to speak of
_BOTH_SEEK = 0.2  # what a shared word of two needs may be worth, before it is looked at
_WORDS = 0.55  # of a match, what the words count for beside the meaning
STRANGER = 0.6  # warmth of somebody with whom the user never was in touch
_BOTH_STRANGERS = 0.35
_SAME_FIELD, _SAME_CIRCLE = 0.9, 0.75
SAME_EVENT = 0.75
_ASKED_OF_LATE = 0.25
_ONCE_MORE = 0.93  # for each time somebody stands higher in the list already


class Quote(Value):
    """A line of the notes an introduction rests on. `about` is the id of the contact it says something of."""

    id: str
    about: str
    quote: str
    date: dt.date | None = None
    note_id: str | None = None
    visibility: Visibility = Visibility.PERSONAL


class Introduction(Value):
    """Two people who should meet: `a` is the one to ask first. `state` is where their introduction stands.

    `why_a` says what `a` would gain and `evidence_a` holds its quotes, of either side. `score` orders suggestions; it
    is no probability.
    """

    a: str
    b: str
    a_id: str
    b_id: str
    why_a: str
    why_b: str
    evidence_a: tuple[Quote, ...]
    evidence_b: tuple[Quote, ...]
    score: float
    one_sided: bool
    state: str


class Pair(NamedTuple):
    """Two people by place, with what each would gain, most first."""

    a: int
    b: int
    score: float
    gains_a: tuple[Gain, ...]
    gains_b: tuple[Gain, ...]


def find_pairs(wants: Side, haves: Side, themes: Side, ties: Ties, who: int | None = None) -> list[Pair]:
    """The most promising pairs, best first, judged closely. Work grows with the matches, not with the pairs."""
    met, shared, both = match(wants, haves, who), match(themes, themes, who), match_words(wants, who)
    rough = _rough(met, wants, haves), _rough(shared, themes, themes), both.words * _BOTH_SEEK
    chosen = _most_promising(rough, (wants, themes, wants), (haves, themes, wants), (met, shared, both), ties)
    least = _LEAST if who is None else _LEAST_FOR_ONE
    rows = list(_of_pairs(met, wants, haves, chosen, len(ties.people)))
    needs = [find_met(*one, ties) for one in rows]
    needs += [find_known(one, ties) for one in find_knowers(rows, haves)]
    common = [find_common(*one) for one in _of_pairs(shared, themes, themes, chosen, len(ties.people))]
    reasons: dict[tuple[int, int], list[Gain]] = defaultdict(list)
    common += _meeting_each_other(both, wants, chosen, len(ties.people))
    for gain in (*filter(None, needs), *_mutual(filter(None, common))):
        reasons[(gain.mine.person, gain.theirs.person)].append(gain)
    pairs = {(min(a, b), max(a, b)) for a, b in reasons}
    ranked = [_weigh(a, b, reasons[a, b], reasons[b, a], ties) for a, b in sorted(pairs)]
    return sorted((one for one in ranked if one.score >= least), key=lambda one: (-one.score, one.a, one.b))


def _meeting_each_other(found: Matches, wants: Side, chosen: NDArray[np.int64], people: int) -> Iterator[Gain]:
    """Those of the chosen pairs whose needs meet each other."""
    a, b = wants.person[found.want], wants.person[found.have]
    kept = np.flatnonzero(np.isin(np.minimum(a, b) * people + np.maximum(a, b), chosen))
    for want, have in zip(found.want[kept].tolist(), found.have[kept].tolist(), strict=True):
        mine, theirs = wants.items[want], wants.items[have]
        worth = mutual_worth(mine.text, theirs.text) * (0.5 + 0.5 * min(mine.fresh, theirs.fresh))
        if worth:
            yield Gain("mutual", worth, mine, theirs)


def _mutual(gains: Iterable[Gain]) -> Iterator[Gain]:
    """What two have in common is worth the same to both, however it was found."""
    best: dict[frozenset[str], Gain] = {}
    for one in gains:
        key = frozenset((one.mine.id, one.theirs.id))
        if key not in best or best[key].worth < one.worth:
            best[key] = one
    for one in best.values():
        yield one
        yield one._replace(mine=one.theirs, theirs=one.mine)


def _rough(found: Matches, mine: Side, theirs: Side) -> NDArray[np.float32]:
    """What each match may be worth, before it is looked at."""
    fit = found.words
    if theirs.rows is not None:
        near = np.clip((found.meaning - FAR) / (NEAR - FAR), 0, 1)
        fit = _WORDS * found.words + (1 - _WORDS) * near
    if mine.items and mine.items[0].kind in WANTS:
        weights = np.array([HAVE_WEIGHT[one.kind] for one in theirs.items] or [0.0], np.float32)
        fresh = np.array([0.5 + 0.5 * one.fresh for one in mine.items] or [0.0], np.float32)
        fit = fit * weights[found.have] * fresh[found.want]
    return np.asarray(fit, np.float32)


def _most_promising(
    rough: Sequence[NDArray[np.float32]],
    mine: Sequence[Side],
    theirs: Sequence[Side],
    found: Sequence[Matches],
    ties: Ties,
) -> NDArray[np.int64]:
    """The keys (lower place x people + higher place) of the pairs to look at, by the sum of their best matches."""
    people = max(len(ties.people), 1)
    parts = []
    for worth, left, right, one in zip(rough, mine, theirs, found, strict=True):
        worth, kept = _highest(worth)
        a, b = left.person[one.want[kept]], right.person[one.have[kept]]
        best, places = np.unique(np.minimum(a, b) * people + np.maximum(a, b), return_inverse=True)
        top = np.zeros(len(best))
        np.maximum.at(top, places, worth)
        parts.append((best, top))
    keys, sums = (np.concatenate(column) for column in zip(*parts, strict=True))
    pairs, places = np.unique(keys, return_inverse=True)
    total = np.bincount(places, sums, len(pairs)) * ties.warmth[pairs // people] * ties.warmth[pairs % people]
    best_first = np.argsort(-total, kind="stable")[:_EXAMINED]
    return np.sort(pairs[best_first])


def _highest(worth: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The highest values and their places: far more than will be examined, far fewer than there may be."""
    if len(worth) <= _LOOKED_AT:
        return worth, np.arange(len(worth))
    kept = np.argpartition(-worth, _LOOKED_AT - 1)[:_LOOKED_AT]
    return worth[kept], kept


def _of_pairs(
    found: Matches, mine: Side, theirs: Side, chosen: NDArray[np.int64], people: int
) -> Iterator[tuple[Item, Item, float, float, float]]:
    """The matches of the chosen pairs: both items, what they may be worth, words and meaning."""
    a, b = mine.person[found.want], theirs.person[found.have]
    keys = np.minimum(a, b) * people + np.maximum(a, b)
    some = measure_meaning(found, mine, theirs, np.flatnonzero(np.isin(keys, chosen)))
    worth = _rough(some, mine, theirs)
    for place in np.flatnonzero(worth > 0).tolist():
        items = mine.items[some.want[place]], theirs.items[some.have[place]]
        yield *items, float(worth[place]), float(some.words[place]), float(some.meaning[place])


def _weigh(a: int, b: int, gains_a: Sequence[Gain], gains_b: Sequence[Gain], ties: Ties) -> Pair:
    """Both gains together, the lesser one counting for more than it would alone, times what the tie is like."""
    gains_a, gains_b = (tuple(sorted(gains, key=lambda one: -one.worth)) for gains in (gains_a, gains_b))
    first, second = total_worth(gains_a), total_worth(gains_b)
    high, low = max(first, second), min(first, second)
    if high < ONE_SIDED:
        return Pair(a, b, 0.0, gains_a, gains_b)
    score = (high + 0.5 * low) * _closeness(a, b, ties)
    if not any(gains and gains[0].kind == "met" for gains in (gains_a, gains_b)):
        score *= _newness(ties.people[a], ties.people[b])
    score /= 1 + _ASKED_OF_LATE * max(ties.load.get(a, 0), ties.load.get(b, 0))
    # Whoever gives more is asked first: nobody's hopes are raised before.
    if first > second:
        return Pair(b, a, score, gains_b, gains_a)
    return Pair(a, b, score, gains_a, gains_b)


def total_worth(gains: Sequence[Gain]) -> float:
    """The best reason, and a little for the next ones: another need, another thing in common, or more of the same."""
    total, seen = 0.0, set[str]()
    for one in gains[:4]:
        about = one.mine.id if one.kind in ("met", "near") else min(one.mine.id, one.theirs.id)
        total += one.worth * (0.35 if about in seen else (1.0, 0.3, 0.15, 0.1)[len(seen)])
        seen.add(about)
    return total


def _closeness(a: int, b: int, ties: Ties) -> float:
    if not (ties.known[a] or ties.known[b]):
        return _BOTH_STRANGERS
    return float(np.sqrt(ties.warmth[a] * ties.warmth[b]))


def _newness(a: Contact, b: Contact) -> float:
    """People of one field and place move in one circle and may well meet without help."""
    field = read_field(a)
    if not field or field != read_field(b):
        return 1.0
    place = read_place(a)
    return _SAME_CIRCLE if place and place == read_place(b) else _SAME_FIELD


def spread(pairs: Sequence[tuple[float, Pair]], k: int) -> list[tuple[float, Pair]]:
    """The `k` best, each person a little lower with every time they stand in the list already."""
    left, chosen = list(pairs), list[tuple[float, Pair]]()
    times: Counter[int] = Counter()
    while left and len(chosen) < k:
        best = max(left, key=lambda one: one[0] * _ONCE_MORE ** (times[one[1].a] + times[one[1].b]))
        left.remove(best)
        chosen.append(best)
        times.update((best[1].a, best[1].b))
    return chosen
