"""Two needs that meet each other, because the thing takes two: practising, swapping, learning together.

That two look for the same thing is no reason to bring them together: neither has it to give. It must never pass for
one. Pure functions on phrases.
"""

from __future__ import annotations

import re

from assistant.find.exchange import GENERIC
from assistant.find.wants import Want, read_want

_WORTH = 0.7  # beside a need that an offer meets
_LEAST_COMMON = 2  # roots: one common word is not one pursuit
_LEAST_SHARE = 0.5
# "somebody to practise Welsh with", "cities to swap templates with".
_TAKES_TWO = re.compile(
    r"\bto (?P<deed>\w+ (?:[\w'’-]+ ){0,5}?)with"
    r"(?=$|[,.;]| (?:before|after|in|on|at|for|every|once|twice|while|from|until)\b)",
    re.IGNORECASE,
)


def mutual_worth(need: str, other: str) -> float:
    """What two needs are worth to each other, 0..1; 0 where neither takes two, or where they are not for one thing."""
    if not (_TAKES_TWO.search(need) or _TAKES_TWO.search(other)):
        return 0.0
    mine, theirs = read_want(_deed(need)), read_want(_deed(other))
    if mine.languages and theirs.languages and not mine.languages & theirs.languages:
        return 0.0
    common = (mine.whole & theirs.whole) - GENERIC
    share = (_share(mine, theirs) + _share(theirs, mine)) / 2
    if len(common) < _LEAST_COMMON or share < _LEAST_SHARE or not mine.core & theirs.core - GENERIC:
        return 0.0
    return share * _WORTH


def _deed(need: str) -> str:
    """What is to be done together: "swap dredging logs" of "ports to swap dredging logs with"."""
    found = _TAKES_TWO.search(need)
    return found["deed"] if found else need


def _share(wanted: Want, other: Want) -> float:
    """How much of what is wanted the other speaks of."""
    return len(wanted.core & other.whole) / len(wanted.core) if wanted.core else 0.0
