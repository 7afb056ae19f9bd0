"""Words that mean the same for the checks: "hunt" and "look for", "Scottish" and "Scotland".

The groups stand in `meanings.txt`, one a line. Two words belong together only if no reader could be told something
untrue by the one in place of the other.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files

from assistant.text import stem

_FILE = "meanings.txt"


@cache
def _groups() -> dict[str, set[str]]:
    """The names of the groups by the stem of each word in them."""
    groups: dict[str, set[str]] = {}
    lines = (files(__package__) / _FILE).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        for word in () if line.startswith("#") else line.split():
            if not word.endswith("?"):
                groups.setdefault(stem(word), set()).add(f"={number}")
    return groups


@lru_cache(maxsize=65536)
def meanings(word: str) -> frozenset[str]:
    """The word's stem and the groups it stands in."""
    key = stem(word)
    return frozenset({key, *_groups().get(key, ())})
