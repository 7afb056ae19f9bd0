"""What one line of the book is worth to another: a need and what meets it, work that goes together, a thing in common.

It must never take a shared word for a thing: whose deed, kind or purpose alone is the same has not what is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from assistant.domain import Contact
from assistant.find.exchange import GENERIC, HAVE_WEIGHT, Item, roots_of
from assistant.find.know_how import Knower, asks_to_know
from assistant.find.wants import Want, is_elsewhere, offer_meets, read_want

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SHARED = 0.24  # what a thing both care about is worth to each, beside a need that is met
_COMPLEMENT = 0.65  # the same for work that goes together
_PEERS = 0.3  # the same for people of one line of work
FAR, NEAR = 0.1, 0.7  # cosines that say nothing, and all
_AGENT = frozenset("someone somebody anyone anybody person people who expert".split())
_AGENT_ENDINGS = ("er", "or", "ist", "ant", "ary", "ian")
_OVER_ASKED = 0.3
_WANTS_IT_TOO = 0.3  # whoever looks for a thing has none to give


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


_ENOUGH_WORDS, _ENOUGH_MEANING = 0.1, 0.34
_FOR_SOMEBODY, _FOR_SOMETHING = 1.5, 1.2  # what a line of work or a project is worth to a need, beside the bare fit
_LEAST_SAID = 0.3
# Whose work shares only the purpose ("for a utility") is not who is looked for ("an engineer").
_NEAR_ENOUGH, _ASIDE = 0.4, 0.4
_FOR_AN_AIM = 0.6  # what helps to an aim, beside what is looked for
_OTHER_KIND = 0.5  # of a calling that goes by the same last word
_ALIKE = 0.6  # what nearness in meaning counts for beside the same words, where people care about a thing
_WANTING = re.compile(
    r"\b(?:wants?|wanted|needs?|looking for|hunting|searching|short (?:a|an|of)|dream\w*|wish\w*|(?:is|was|she's"
    r"|he's) after|hopes?|hoping|can(?:no|')t find|could do with|lacks?|missing|without)\b",
    re.IGNORECASE,
)
# What is done with many things, and says little of which.
_DEEDS = read_want(
    "teach explain show help write read make build run train advise coach look work tell give learn know use keep "
    "book guide"
).whole
_MAKES = re.compile(
    r"(?:\w+ )?(?:can )?(?:makes?|builds?|sells?|grows?|owns?|keeps?|prints?|supplies|bakes?|brews?|breeds?|carves?"
    r"|casts?|weaves?|restores?|mends?|repairs?|runs?|makes|lends?|gives?|raises?|stocks?|produces?|publishes"
    r"|imports?)\b",
    re.IGNORECASE,
)
_DOES_TO = re.compile(
    r"can (?!lend|give|share|offer|host|make|provide|supply|sell|let|bring|build|print|find|get|put|send|spare"
    r"|donate|introduce)\w+ ",
    re.IGNORECASE,
)
_DONE_TO = 0.6
# What says how high a post is, and not what is done there.
_RANKS = read_want(
    "director manager managing head lead senior chief owner founder officer assistant partner president consultant"
).whole


def find_met(need: Item, have: Item, worth: float, words: float, meaning: float, ties: Ties) -> Gain | None:
    """A need and what somebody has. Whoever wants a thing is helped by an offer of it, not by a line of work."""
    if is_elsewhere(need.text, have.text, ties.people[have.person].location):
        return None
    fit = offer_meets(need.text, have.text) if have.kind in ("offer", "role", "skill") else 0.0
    if fit:
        worth = max(worth, fit * HAVE_WEIGHT[have.kind] * (0.5 + 0.5 * need.fresh))
        worth *= 1.0 if have.kind == "offer" else _share_held(read_want(need.text), read_want(have.text))
    elif (words < _ENOUGH_WORDS and meaning < _ENOUGH_MEANING) or not _is_telling(need, have, words):
        return None
    else:
        worth *= _weigh_kind(need, have, words) * _doubt_nearness(need, have, meaning, ties)
    worth *= _doubt_deed(need, have)
    if have.person in ties.over_asked:
        worth *= _OVER_ASKED
    worth *= _FOR_AN_AIM if need.kind == "aim" else 1.0
    return Gain("met" if fit else "near", min(worth, 1.0), need, have)


def _is_telling(need: Item, have: Item, words: float) -> bool:
    """Of a bare sentence, whether it holds the very thing and one word more, and is no wish itself."""
    wanted, given = read_want(need.text), read_want(have.text)
    return have.kind != "said" or not (
        _WANTING.search(have.text)
        or words < _LEAST_SAID
        or wanted.head not in given.whole
        or len(wanted.whole & given.whole) < 2
    )


def _weigh_kind(need: Item, have: Item, words: float) -> float:
    """What this kind of thing is worth to this kind of need, where it does not meet it outright."""
    if have.kind == "said":
        return 1.0
    if have.kind == "offer":
        return 1.0 if words >= _LEAST_SAID else 0.4
    if wants_somebody(need.text) or (have.kind in ("skill", "role") and asks_to_know(need.text)):
        return _FOR_SOMEBODY
    worth = _FOR_SOMETHING if have.kind == "role" and words >= _ENOUGH_WORDS else 0.6
    return worth * (0.5 if have.kind == "interest" else 1.0)


def _doubt_nearness(need: Item, have: Item, meaning: float, ties: Ties) -> float:
    """What the nearness of the two is worth less for: the thing itself is not shared, or the other looks for it too."""
    wanted, worth = read_want(need.text), 1.0
    if meaning < _NEAR_ENOUGH:
        is_aside = not wanted.core & roots_of(have) if have.kind == "role" else _shares_a_modifier(need.text, have)
        worth *= _ASIDE if is_aside else 1.0
    if any(wanted.core & core - GENERIC for core in ties.wanted.get(have.person, ())):
        worth *= _WANTS_IT_TOO
    return worth


def _doubt_deed(need: Item, have: Item) -> float:
    """What is done, and what to, must be the same: less where it is not."""
    is_named = have.kind in ("offer", "role", "skill")
    other = is_named and _is_other_deed(read_want(need.text), read_want(have.text))
    return (_ASIDE if other else 1.0) * (_DONE_TO if _does_to_it(need.text, have) else 1.0)


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


def _shares_a_modifier(need: str, have: Item) -> bool:
    """Whether all that is shared tells which thing is wanted: a film about salt pans holds no salt readings."""
    wanted = read_want(need)
    common = (wanted.whole & roots_of(have)) - GENERIC
    return len(common) == 1 and common <= wanted.core - {wanted.head} and not wants_somebody(need)


def find_known(found: Knower, ties: Ties) -> Gain:
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


def find_common(mine: Item, theirs: Item, worth: float, words: float, meaning: float) -> Gain | None:
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
    return min(max((meaning - FAR) / (NEAR - FAR), 0.0), 1.0)


def _share_core(mine: Item, theirs: Item) -> float:
    """How much of the thing itself is shared: "curling, throws lead" and "curling" are one thing."""
    a, b = read_want(mine.text).core - GENERIC, read_want(theirs.text).core - GENERIC
    return len(a & b) / max(len(a | b), 1)


def _are_two_kinds(mine: Item, theirs: Item) -> bool:
    """Whether one word is all they share of what each has more to say of: cork boats and classic motor boats."""
    a, b = read_want(mine.text).core - GENERIC, read_want(theirs.text).core - GENERIC
    return len(a & b) == 1 and bool(a - b) and bool(b - a)
