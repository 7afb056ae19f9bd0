"""How often to be in touch, in the words people write: "monthly", "every 6 weeks", "twice a year", as numbers of days.

Each has an ideal and a longest interval. The longest is half as long again as the ideal, rounded down, and at least a
day more: a week may become ten days, a month 45, a quarter 136. A month is 30 days, a quarter 91, half a year 182, a
year 365, so that the same words always mean the same number. It must never guess at words it does not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from assistant.text import fold

_DAYS = {"day": 1, "week": 7, "fortnight": 14, "month": 30, "quarter": 91, "year": 365}
_WORDS = {
    "daily": 1, "weekly": 7, "fortnightly": 14, "biweekly": 14, "bi-weekly": 14, "monthly": 30, "bimonthly": 60,
    "bi-monthly": 60, "quarterly": 91, "half-yearly": 182, "half yearly": 182, "biannually": 182, "semiannually": 182,
    "yearly": 365, "annually": 365, "annual": 365,
}  # fmt: skip
_OFF = frozenset("never none no off".split())
_NUMBERS = {word: number for number, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_NUMBERS |= {"eleven": 11, "twelve": 12, "other": 2, "second": 2, "third": 3, "few": 3, "couple of": 2, "": 1}
_UNIT = "|".join(_DAYS)
_NUMBER = rf"\d{{1,4}}|{'|'.join(sorted(filter(None, _NUMBERS), key=len, reverse=True))}"
_EVERY = re.compile(rf"(?:every |each )?(?:an? )?(?:(?P<number>{_NUMBER}) )?(?P<unit>{_UNIT})s?")
_TIMES = re.compile(rf"(?P<times>once|twice|(?:{_NUMBER}) times) (?:an?|every|each|per) (?P<unit>{_UNIT})")
_SAID = {1: "day", 7: "week", 14: "two weeks", 30: "month", 60: "two months", 91: "quarter", 182: "half year"}
_HALF_YEAR = 182
_HALF = re.compile(r"(?:every |each )?half(?: a|-)? ?year(?:ly)?")
_LONGEST = 3660  # days; ten years


class Interval(NamedTuple):
    """Days between two times in touch: the `ideal`, and the `longest` that still is in good time."""

    ideal: int
    longest: int


NEVER = Interval(0, 0)
"""What "never" says: no reminders."""


class CadenceRules(NamedTuple):
    """The interval of those who have no cadence of their own: by folded tag, then `default` (`NEVER` for none)."""

    default: Interval
    by_tag: Mapping[str, Interval]


def make_interval(days: int) -> Interval:
    """An ideal of so many days, with its longest."""
    return Interval(days, days + max(1, days // 2))


def read_interval(words: str) -> Interval | None:
    """The interval that `words` name, `NEVER` where they say so, None where they name none or are not understood."""
    said = " ".join(fold(words).replace("_", " ").split()).rstrip(".")
    if said in _OFF:
        return NEVER
    days = _WORDS.get(said) or (_HALF_YEAR if _HALF.fullmatch(said) else None) or _read_times(said) or _read_every(said)
    return make_interval(days) if days and 1 <= days <= _LONGEST else None


def _read_every(said: str) -> int | None:
    if said.isdecimal():
        return int(said)
    match = _EVERY.fullmatch(said)
    return _number(match["number"] or "") * _DAYS[match["unit"]] if match else None


def _read_times(said: str) -> int | None:
    match = _TIMES.fullmatch(said)
    if not match:
        return None
    times = {"once": 1, "twice": 2}.get(match["times"]) or _number(match["times"].removesuffix(" times"))
    return max(1, _DAYS[match["unit"]] // times) if times else None


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS[word]


def read_tag_intervals(text: str) -> dict[str, Interval]:
    """`family=monthly, client=every 6 weeks` by folded tag. Raises `ValueError` naming the part it cannot read."""
    found = {}
    for part in filter(None, (one.strip() for one in text.split(","))):
        tag, _, words = part.partition("=")
        interval = read_interval(words)
        if not tag.strip() or interval is None:
            raise ValueError(f"{part!r} is no cadence; write it as family=monthly, client=every 6 weeks")
        found[fold(tag.strip().lstrip("#"))] = interval
    return found


def pick_interval(tags: Iterable[str], by_tag: Mapping[str, Interval]) -> tuple[str, Interval] | None:
    """The tag with the shortest interval, and that interval; a tag that says never counts last."""
    known = [(tag, by_tag[key]) for tag in tags if (key := fold(tag.strip().lstrip("#"))) in by_tag]
    return min(known, key=lambda one: (one[1] == NEVER, one[1], one[0]), default=None)


def say_interval(days: int) -> str:
    """ "every quarter", "every 6 weeks", "every 10 days"."""
    if days in _SAID:
        return f"every {_SAID[days]}"
    for unit in ("year", "month", "week"):
        count, rest = divmod(days, _DAYS[unit])
        if count and not rest:
            return f"every {unit}" if count == 1 else f"every {count} {unit}s"
    return f"every {days} days"
