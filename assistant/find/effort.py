"""The strength of a tie from the effort of both sides: the rule itself, without the columns it is added up from.

Where the rule comes from stands in `strength`. What needs the strength of a few people only, and at once, uses this and
a sum that the database made. It must never load numpy.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import NamedTuple

from assistant.domain import Favour, FavourKind, Value

HALF_LIVES = (7.0, 90.0)  # days
FAVOUR_HALF_LIFE = 365.0  # days
HALF_STRENGTH = 28.0  # product of both sides' effort at which strength is one half
HORIZON_DAYS = 3 * 365  # older contact has faded to nothing that matters
TOGETHER = {"meeting": 3.0, "call": 2.0}  # both give their time at once; what is written counts 1
FADED = tuple(sum(0.5 ** (age / life) for life in HALF_LIVES) for age in range(HORIZON_DAYS))
"""What an occasion still counts for, by its age in days."""


class Part(Value):
    """One part of a strength: `value` faded occasions, `weight` how much strength would be missing without it."""

    name: str
    value: float
    weight: float
    said: str


class Strength(Value):
    """`score` in 0..1 orders relationships; `mutual` in 0..1 is the lesser side's effort as a share of the other's."""

    score: float
    mutual: float
    parts: tuple[Part, ...]


class Effort(NamedTuple):
    """Faded occasions of each side: messages, calls and meetings, and favours."""

    mine: float = 0.0
    theirs: float = 0.0
    gave: float = 0.0
    received: float = 0.0


def add_favours(efforts: dict[str, Effort], ledger: Iterable[Favour], today: dt.date) -> None:
    """Adds to each effort the faded favours of both sides; asking is none."""
    for favour in ledger:
        faded = fade_favour(favour, today)
        if favour.kind is not FavourKind.ASKED and faded:
            side, before = favour.kind.value, efforts.get(favour.contact_id, Effort())
            efforts[favour.contact_id] = before._replace(**{side: getattr(before, side) + faded})


def fade_favour(favour: Favour, today: dt.date) -> float:
    """An undated favour counts as a year old."""
    age = (today - favour.date).days if favour.date else FAVOUR_HALF_LIFE
    return 0.0 if age < 0 else 0.5 ** (age / FAVOUR_HALF_LIFE)


def find_habit(efforts: Iterable[Effort]) -> float:
    """The share of the user's contacts with whom both sides write, drawn towards a half while they are few."""
    known = [(one.mine > 0, one.theirs > 0) for one in efforts if one.mine or one.theirs]
    return weigh_habit(sum(both == (True, True) for both in known), len(known))


def weigh_habit(both: int, known: int) -> float:
    """The same from two counts: with how many both sides write, of how many in touch at all."""
    return (1 + both) / (2 + known)


def weigh_effort(effort: Effort, habit: float) -> Strength:
    """`x / (x + 28)`, where `x` is the product of both sides' effort, each with the user's habit added."""
    score = _score(effort, habit)
    without = (_score(effort._replace(**{name: 0.0}), habit) for name in _SAID)
    parts = tuple(
        Part(name=name, value=round(value, 3), weight=round(score - less, 3), said=say(value))
        for (name, say), value, less in zip(_SAID.items(), effort, without, strict=True)
    )
    sides = (effort.mine + effort.gave, effort.theirs + effort.received)
    return Strength(score=score, mutual=min(sides) / max(sides) if max(sides) else 0.0, parts=parts)


def _score(effort: Effort, habit: float) -> float:
    product = (habit + effort.mine + effort.gave) * (habit + effort.theirs + effort.received)
    return product / (product + HALF_STRENGTH)


def _how_much(value: float) -> str:
    bounds = ((8, "very often"), (3, "often"), (1, "now and then"), (0.1, "rarely"))
    return next((word for bound, word in bounds if value >= bound), "not")


_SAID: dict[str, Callable[[float], str]] = {
    "mine": lambda value: f"Of late you have {_how_much(value)} been in touch with them.",
    "theirs": lambda value: f"Of late they have {_how_much(value)} been in touch with you.",
    "gave": lambda value: "You did them a favour." if value else "You have noted no favour of yours.",
    "received": lambda value: "They did you a favour." if value else "You have noted no favour of theirs.",
}
