"""Whole names of people of the book, found in a text. A name that two people bear is nobody's.

Work grows with the length of the text. It must never take a part of a name for the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from assistant.domain import Contact
from assistant.text import find_words, fold


class Names(NamedTuple):
    """Who bears each whole name (its folded words), and how many words the names have that begin with a word."""

    bearers: Mapping[tuple[str, ...], list[Contact]]
    lengths: Mapping[str, set[int]]


def read_names(people: Iterable[Contact]) -> Names:
    """The names of more than one word; a first name alone is too little to know somebody by."""
    bearers: dict[tuple[str, ...], list[Contact]] = defaultdict(list)
    lengths: dict[str, set[int]] = defaultdict(set)
    for one in people:
        name = tuple(fold(one.name).split())
        if len(name) > 1:
            bearers[name].append(one)
            lengths[name[0]].add(len(name))
    return Names(dict(bearers), dict(lengths))


def find_named(text: str, names: Names, without: str = "") -> Iterator[Contact]:
    """Everybody whose whole name stands in the text, in the order of the text, as often as it stands there.

    `without` is the id of somebody who is passed over as if they were not in the book.
    """
    words = [fold(word.text).removesuffix("'s") for word in find_words(text)]
    for start, word in enumerate(words):
        for size in names.lengths.get(word, ()):
            held = [one for one in names.bearers.get(tuple(words[start : start + size]), []) if one.id != without]
            if len(held) == 1:
                yield held[0]
