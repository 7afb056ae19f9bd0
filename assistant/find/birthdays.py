"""Birthdays as they stand in the book: the next one from a day on. It must never tell an age."""

from __future__ import annotations

import datetime as dt
import re

from assistant.sources.times import MONTH, month_number

_DIGITS = re.compile(r"(?:\d{4}-|--)?(?P<month>\d{2})-?(?P<day>\d{2})(?:T.*)?")
_NAMED = re.compile(
    rf"(?:(?P<first>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?)?(?P<month>{MONTH})(?: (?P<last>\d{{1,2}})(?:st|nd|rd|th)?)?"
    r"(?:,? \d{4})?",
    re.IGNORECASE,
)


def find_birthday(birthday: str, today: dt.date) -> dt.date | None:
    """The next birthday, today's included, of `1983-04-09`, `--04-09`, `04-09` or `9 April 1983`; else None.

    Who was born on 29 February has it on the 28th in other years.
    """
    month, day = _read(birthday.strip())
    for year in (today.year, today.year + 1) if month else ():
        found = _day(year, month, day)
        if found and found >= today:
            return found
    return None


def _read(text: str) -> tuple[int, int]:
    if match := _DIGITS.fullmatch(text):
        return int(match["month"]), int(match["day"])
    match = _NAMED.fullmatch(text)
    if match and (match["first"] or match["last"]):
        return month_number(match["month"]), int(match["first"] or match["last"])
    return 0, 0


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return dt.date(year, 2, 28) if (month, day) == (2, 29) else None
