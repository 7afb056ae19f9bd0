"""Who could tell what somebody wants to know: by several things that are noted of them, none of which is an offer.

A need for knowledge ("to know if …", "a way to …", "somebody to look at …") is met by whoever deals with its subject in
more than one way. It must never rest on a single mention, nor on a word that half the book uses.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from assistant.find.exchange import GENERIC, Item, Side, roots_of
from assistant.find.wants import read_want

_WORTH = 0.6  # beside a need that an offer meets
_ONE_ROOT = 0.75  # the same where only one word of the subject is met, be it several times
_LEAST_MENTIONS = 2
_ASKS = re.compile(
    r"^(?:to (?:know|understand|learn|hear|find out|work out)|how|an? (?:good |cheap |better )?way|ways"
    r"|(?:an? )?(?:advice|guidance|tips|help|hand|second opinion|opinion|explanation|page|word|primer)\b"
    r"|(?:one|two) pages?|(?:someone|somebody|anyone|anybody) (?:who |to |that )?(?:can |could )?"
    r"(?:explain|look|tell|advise|check|judge|knows?|understands?|say))\b",
    re.IGNORECASE,
)
_ASKING = read_want(
    "know understand learn hear find way explain look tell advise check judge help show say page opinion normal cost "
    "much many somebody without before after get let thing"
).whole


class Knower(NamedTuple):
    """A need for knowledge, what is noted of one person that bears on it best, and what that is worth, 0..1."""

    need: Item
    have: Item
    worth: float


def find_knowers(rows: Iterable[tuple[Item, Item, float, float, float]], haves: Side) -> Iterator[Knower]:
    """Of matches of needs with what people have, those where a person knows of the subject in more than one way."""
    mentions: dict[tuple[str, int], list[tuple[Item, Item, frozenset[str]]]] = defaultdict(list)
    for need, have, *_ in rows:
        if asks_to_know(need.text) and (shared := _subject(need.text) & roots_of(have)):
            mentions[need.id, have.person].append((need, have, shared))
    people = len(np.unique(haves.person))
    for found in mentions.values():
        known = [one for one in found if one[1].kind != "said"]
        if known and len({have.quote for _, have, _ in found}) >= _LEAST_MENTIONS:
            yield _weigh(known, frozenset().union(*(shared for *_, shared in found)), haves, people)


def asks_to_know(need: str) -> bool:
    """Whether what is wanted is knowledge: "to know if …", "a way to …", "to learn how …"."""
    return bool(_ASKS.match(need))


def _subject(need: str) -> frozenset[str]:
    return read_want(need).whole - GENERIC - _ASKING


def _weigh(known: list[tuple[Item, Item, frozenset[str]]], shared: frozenset[str], haves: Side, people: int) -> Knower:
    rare = {root: _rarity(root, haves, people) for root in shared}
    need, best, _ = max(known, key=lambda one: (sum(rare[root] for root in one[2]), one[1].id))
    worth = _WORTH * max(rare.values()) * (1.0 if len(shared) > 1 else _ONE_ROOT) * (0.5 + 0.5 * need.fresh)
    return Knower(need, best, worth)


def _rarity(root: str, haves: Side, people: int) -> float:
    """How few have it, 0..1; how many ask for it tells nothing."""
    holders = len(np.unique(haves.person[haves.postings[root][0]])) if root in haves.postings else 1
    return max(0.0, 1 - math.log(holders) / math.log(1 + people))
