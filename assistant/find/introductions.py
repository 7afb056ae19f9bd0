"""Who should meet whom: pairs of the book ranked by what both would gain, with the quotes that say so.

A need of one and what the other has, work that goes together, a rare thing both care about; weighed by how fresh it is,
how well the user knows both, how new the tie would be and how often each was asked of late. It must never rest on a
private line, on hearsay, or on a need that is over, and never build the table of all pairs.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from assistant.domain import Contact, Value, Visibility
from assistant.find.exchange import (
    GENERIC,
    HAVE_WEIGHT,
    WANTS,
    Item,
    Matches,
    Side,
    match,
    match_words,
    measure_meaning,
    roots_of,
)
from assistant.find.fields import read_field, read_place
from assistant.find.know_how import Knower, asks_to_know, find_knowers
from assistant.find.mutual_need import mutual_worth
from assistant.find.wants import Want, is_elsewhere, offer_meets, read_want

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LEAST, _LEAST_FOR_ONE = 0.09, 0.05  # a score below it is no suggestion; where one person is asked about
_LOOKED_AT = 50_000  # matches, the most promising first
_EXAMINED = 400  # pairs looked at closely, the most promising first
ONE_SIDED = 0.06  # a gain below it is none to speak of
_SHARED = 0.24  # what a thing both care about is worth to each, beside a need that is met
_COMPLEMENT = 0.65  # the same for work that goes together
_BOTH_SEEK = 0.2  # what a shared word of two needs may be worth, before it is looked at
_PEERS = 0.3  # the same for people of one line of work
_WORDS = 0.55  # of a match, what the words count for beside the meaning
_FAR, _NEAR = 0.1, 0.7  # cosines that say nothing, and all
_AGENT = frozenset("someone somebody anyone anybody person people who expert".split())
_AGENT_ENDINGS = ("er", "or", "ist", "ant", "ary", "ian")
STRANGER = 0.6  # warmth of somebody with whom the user never was in touch
_BOTH_STRANGERS = 0.35
_SAME_FIELD, _SAME_CIRCLE = 0.9, 0.75
SAME_EVENT = 0.75
_OVER_ASKED = 0.3
_WANTS_IT_TOO = 0.3  # whoever looks for a thing has none to give
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


class Ties(NamedTuple):
    """What is known of each person of the list beside what they have, by place; `wanted` are the cores of needs."""

    people: Sequence[Contact]
    warmth: NDArray[np.float64]
    known: NDArray[np.bool_]
    load: Mapping[int, int]
    over_asked: frozenset[int]
    wanted: Mapping[int, Sequence[frozenset[str]]]


class Gain(NamedTuple):
    """One reason: what `mine` (of the person who gains) and `theirs` make worth, 0..1."""

    kind: str
    worth: float
    mine: Item
    theirs: Item


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
    needs = [_met(*one, ties) for one in rows]
    needs += [_known_by(one, ties) for one in find_knowers(rows, haves)]
    common = [_common(*one) for one in _of_pairs(shared, themes, themes, chosen, len(ties.people))]
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
        near = np.clip((found.meaning - _FAR) / (_NEAR - _FAR), 0, 1)
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


_ENOUGH_WORDS, _ENOUGH_MEANING = 0.1, 0.34
_FOR_SOMEBODY, _FOR_SOMETHING = 1.5, 1.2  # what a line of work or a project is worth to a need, beside the bare fit
_LEAST_SAID = 0.3
# Whose work shares only the purpose ("for a utility") is not who is looked for ("an engineer").
_NEAR_ENOUGH, _ASIDE = 0.4, 0.4
_FOR_AN_AIM = 0.6  # what helps to an aim, beside what is looked for
_OTHER_KIND = 0.5  # of a calling that goes by the same last word
_ALIKE = 0.6  # what nearness in meaning counts for beside the same words, where people care about a thing
_WANTING = re.compile(
    r"\b(?:wants?|wanted|needs?|looking for|hunting|searching|short (?:a|an|of)|dream\w*|wish\w*"
    r"|(?:is|was|she's|he's) after"
    r"|hopes?|hoping|can(?:no|')t find|could do with|lacks?|missing|without)\b",
    re.IGNORECASE,
)
# What is done with many things, and says little of which.
_DEEDS = read_want(
    "teach explain show help write read make build run train advise coach look work tell give learn know use keep book guide"
).whole
_MAKES = re.compile(
    r"(?:\w+ )?(?:can )?(?:makes?|builds?|sells?|grows?|owns?|keeps?|prints?|supplies|bakes?|brews?|breeds?|carves?|casts?|weaves?"
    r"|restores?|mends?|repairs?|runs?|makes|lends?|gives?|raises?|stocks?|produces?|publishes|imports?)\b",
    re.IGNORECASE,
)
_DOES_TO = re.compile(
    r"can (?!lend|give|share|offer|host|make|provide|supply|sell|let|bring|build|print|find|get|put|send|spare|donate|introduce)\w+ ",
    re.IGNORECASE,
)
_DONE_TO = 0.6
# What says how high a post is, and not what is done there.
_RANKS = read_want(
    "director manager managing head lead senior chief owner founder officer assistant partner president consultant"
).whole


def _met(need: Item, have: Item, worth: float, words: float, meaning: float, ties: Ties) -> Gain | None:
    """A need and what somebody has. Whoever wants a thing is helped by an offer of it, not by a line of work."""
    if is_elsewhere(need.text, have.text, ties.people[have.person].location):
        return None
    fit = offer_meets(need.text, have.text) if have.kind in ("offer", "role", "skill") else 0.0
    wanted, given = read_want(need.text), read_want(have.text)
    if fit:
        worth = max(worth, fit * HAVE_WEIGHT[have.kind] * (0.5 + 0.5 * need.fresh))
        worth *= _share_held(wanted, given) if have.kind in ("role", "skill") else 1.0
    elif words < _ENOUGH_WORDS and meaning < _ENOUGH_MEANING:
        return None
    elif have.kind == "said":
        is_wish = bool(_WANTING.search(have.text))
        if is_wish or words < _LEAST_SAID or wanted.head not in given.whole or len(wanted.whole & given.whole) < 2:
            return None
    elif have.kind == "offer":
        worth *= 1.0 if words >= _LEAST_SAID else 0.4
    elif wants_somebody(need.text) or (have.kind in ("skill", "role") and asks_to_know(need.text)):
        worth *= _FOR_SOMEBODY
    else:
        worth *= _FOR_SOMETHING if have.kind == "role" and words >= _ENOUGH_WORDS else 0.6
        worth *= 0.5 if have.kind == "interest" else 1.0
    if not fit and have.kind == "role" and meaning < _NEAR_ENOUGH and not wanted.core & roots_of(have):
        worth *= _ASIDE
    if not fit and have.kind != "role" and meaning < _NEAR_ENOUGH and _shares_a_modifier(need.text, roots_of(have)):
        worth *= _ASIDE
    if not fit and any(wanted.core & core - GENERIC for core in ties.wanted.get(have.person, ())):
        worth *= _WANTS_IT_TOO
    if have.kind not in ("said", "project", "interest") and _is_other_deed(wanted, given):
        worth *= _ASIDE
    if _does_to_it(need.text, have):
        worth *= _DONE_TO
    if have.person in ties.over_asked:
        worth *= _OVER_ASKED
    worth *= _FOR_AN_AIM if need.kind == "aim" else 1.0
    return Gain("met" if fit else "near", min(worth, 1.0), need, have)


def _is_other_deed(wanted: Want, given: Want) -> bool:
    """Whether only the deed is shared and not what it is done to: teaching sound is no teaching of budgets."""
    shared = wanted.core & given.whole
    return bool(shared) and shared <= _DEEDS and bool(wanted.core - _DEEDS)


def _does_to_it(need: str, have: Item) -> bool:
    """Whether a thing is looked for, and the other only does something to such things: mixing a show is no show."""
    if wants_somebody(need) or asks_to_know(need) or need.startswith("to "):
        return False
    if have.kind == "skill":
        return not _MAKES.match(have.text)
    return have.kind == "offer" and bool(_DOES_TO.match(have.text))


def _shares_a_modifier(need: str, given: frozenset[str]) -> bool:
    """Whether all that is shared tells which thing is wanted: a film about salt pans holds no salt readings."""
    wanted = read_want(need)
    common = (wanted.whole & given) - GENERIC
    return len(common) == 1 and common <= wanted.core - {wanted.head} and not wants_somebody(need)


def _known_by(found: Knower, ties: Ties) -> Gain:
    """Whoever asks about the same themselves has no answer to give."""
    wanted, person = read_want(found.need.text), found.have.person
    worth = found.worth * (_OVER_ASKED if person in ties.over_asked else 1.0)
    if any(wanted.whole & core - GENERIC for core in ties.wanted.get(person, ())):
        worth *= _WANTS_IT_TOO
    return Gain("near", min(worth, 1.0), found.need, found.have)


def _share_held(wanted: Want, given: Want) -> float:
    """How much of the kind of person is told. A building engineer is another than a backend engineer; a managing
    director, who shares only the rank, no facilities manager. Languages aside.
    """
    core = wanted.core - {"speak"} - (read_want(" ".join(wanted.languages)).whole if wanted.languages else frozenset())
    share = len(core & given.whole) / max(len(core), 1)
    kind, other = core - {wanted.head} - _RANKS, given.core - {wanted.head} - _RANKS
    if core & given.whole <= _RANKS or (kind and other and not kind & given.whole):
        share *= _OTHER_KIND
    return 0.1 + 0.9 * share * share


def wants_somebody(text: str) -> bool:
    """Whether a need is for a person ("an accountant", "someone to teach Python"), and not for a thing."""
    words = [word.rstrip(",.") for word in text.casefold().split()[:3]]
    return bool(_AGENT & set(words)) or any(len(word) > 4 and word.endswith(_AGENT_ENDINGS) for word in words)


def _common(mine: Item, theirs: Item, worth: float, words: float, meaning: float) -> Gain | None:
    """A thing both care about, work that goes together, or one line of work: the rarer and the more the better."""
    kinds = {mine.kind, theirs.kind}
    a, b = read_want(mine.text).whole, read_want(theirs.text).whole
    both = (a & b) - GENERIC - _RANKS - _DEEDS
    if (not both or words < _ENOUGH_WORDS) and meaning < _ENOUGH_MEANING:
        return None
    overlap = len(both) / max(len((a | b) - GENERIC - _RANKS), 1)
    if kinds == {"interest"}:
        alike = max(overlap, _share_core(mine, theirs), _ALIKE * _nearness(meaning))
        worth *= _OTHER_KIND if _are_two_kinds(mine, theirs) else 1.0
        return Gain("shared", _SHARED * worth * (0.4 + 0.6 * alike), mine, theirs)
    if kinds == {"role"}:
        return Gain("peers", _PEERS * worth, mine, theirs) if overlap >= 0.5 else None
    if "project" in kinds:
        value = 0.5 * worth + 0.5 * _nearness(meaning) if meaning else worth
        value *= 1.0 if len((roots_of(mine) & roots_of(theirs)) - GENERIC - _DEEDS) > 1 else 0.5
        return Gain("work", _COMPLEMENT * value * (0.6 if "interest" in kinds else 1.0), mine, theirs)
    return Gain("shared", _SHARED * 0.6 * worth * (0.4 + 0.6 * overlap), mine, theirs)


def _nearness(meaning: float) -> float:
    return min(max((meaning - _FAR) / (_NEAR - _FAR), 0.0), 1.0)


def _share_core(mine: Item, theirs: Item) -> float:
    """How much of the thing itself is shared: "curling, throws lead" and "curling" are one thing."""
    a, b = read_want(mine.text).core - GENERIC, read_want(theirs.text).core - GENERIC
    return len(a & b) / max(len(a | b), 1)


def _are_two_kinds(mine: Item, theirs: Item) -> bool:
    """Whether one word is all they share of what each has more to say of: cork boats and classic motor boats."""
    a, b = read_want(mine.text).core - GENERIC, read_want(theirs.text).core - GENERIC
    return len(a & b) == 1 and bool(a - b) and bool(b - a)


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
