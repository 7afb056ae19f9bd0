"""Whether a line of a note names somebody as a person known, and not as one whom one could meet.

It must never take a first name that two people of the book bear for one of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from assistant.domain import Contact, first_name_of
from assistant.text import fold

_COULD_MEET = re.compile(
    r"\b(?:should meet|could meet|might (?:like|get on)|would (?:like|get on|love)|introduce|not related"
    r"|no relation)\b",
    re.IGNORECASE,
)


def count_first_names(names: Iterable[str]) -> Mapping[str, int]:
    """How many of these names begin with each first name, folded."""
    return Counter(fold(first_name_of(name)) for name in names if name)


def speaks_of(quote: str, person: Contact, first_names: Mapping[str, int]) -> bool:
    """Whether `quote` names the person as somebody known; `first_names` counts those of the whole book."""
    if _COULD_MEET.search(quote) and not re.search(r"\bintroduced (?:me|us)\b", quote):
        return False
    if fold(person.name) in fold(quote):
        return True
    alone = first_names.get(fold(person.first_name), 0) == 1
    return alone and bool(re.search(rf"(?<!\w){re.escape(person.first_name)}(?!\w)", quote))
