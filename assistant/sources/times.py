"""Times that people name in passing, as days: "mid-January", "Easter 2027", "after the summer", "5 to 20 December".

A time without a year is the next one after the day it was noted. It must never take a day that nobody named.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

MONTHS = "january february march april may june july august september october november december".split()
MONTH = "|".join(MONTHS)
_SHORT = "|".join(month[:3] for month in MONTHS if month != "may")
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_FEASTS = r"easter|christmas|xmas|new\ year(?:['’]s)?|hogmanay|halloween|whitsun|pentecost"
_TIME = re.compile(
    rf"""\b(?P<part>(?:early|mid|late|(?:the\ )?(?:beginning|start|middle|end)\ of)[\s-]+)?(?:the\ )?(?:
      (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\ ?(?:to|-|–|and|until)\ ?(?P<last>\d{{1,2}})(?:st|nd|rd|th)?)?\ (?:of\ )?
        (?P<daymonth>{MONTH}|(?:{_SHORT})\b\.?)
      |(?P<month>{MONTH}|(?:in|by|until|till|before|after)\ (?P<short>{_SHORT}|sept)(?=\W|$))
      |(?P<feast>{_FEASTS})
      |(?:(?P<next>next|this|coming)\ )?(?P<season>spring|summer|autumn|winter)(?!\w)
      |(?P<unit>(?:next|this|coming)\ (?:week|month|year))
    )\b(?:,?\ (?:of\ )?(?P<year>20\d\d))?|\b(?P<alone>20\d\d)\b""",
    re.IGNORECASE | re.VERBOSE,
)


class Stretch(NamedTuple):
    """A named time: its first and its last day."""

    first: dt.date
    last: dt.date


def find_stretch(text: str, noted: dt.date) -> Stretch | None:
    """The first time `text` names, as seen on the day it was `noted`; None where it names none."""
    for match in _TIME.finditer(text):
        stretch = _read(match, noted)
        if stretch:
            return stretch
    return None


def find_stretches(text: str, noted: dt.date) -> tuple[Stretch, ...]:
    """Every time `text` names."""
    return tuple(one for match in _TIME.finditer(text) if (one := _read(match, noted)))


def _read(match: re.Match[str], noted: dt.date) -> Stretch | None:
    if match["alone"]:
        return Stretch(dt.date(int(match["alone"]), 1, 1), dt.date(int(match["alone"]), 12, 31))
    if match["unit"]:
        return _unit(match["unit"].lower(), noted)
    years = [int(match["year"])] if match["year"] else range(noted.year - 1, noted.year + 3)
    for year in years:
        stretch = _in_year(match, year)
        if stretch and (match["year"] or stretch.last >= noted):
            return _part_of(stretch, (match["part"] or "").lower())
    return None


def _in_year(match: re.Match[str], year: int) -> Stretch | None:
    if match["daymonth"]:
        month = month_number(match["daymonth"])
        first, last = _day(year, month, int(match["day"])), _day(year, month, int(match["last"] or match["day"]))
        return Stretch(first, last) if first and last and first <= last else None
    if match["month"]:
        return _month(year, month_number(match["short"] or match["month"]))
    if match["season"]:
        start, end = _SEASONS[match["season"].lower()]
        return Stretch(dt.date(year, start, 1), _month(year + (end < start), end).last)
    return _feast(match["feast"].lower(), year)


def month_number(name: str) -> int:
    """1 to 12 for a month's English name or its first three letters."""
    return next(place for place, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month(year: int, month: int) -> Stretch:
    first = dt.date(year, month, 1)
    return Stretch(first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1))


def _feast(name: str, year: int) -> Stretch:
    easter = easter_sunday(year)
    days = {
        "easter": easter,
        "christmas": dt.date(year, 12, 25),
        "xmas": dt.date(year, 12, 25),
        "hogmanay": dt.date(year, 12, 31),
        "halloween": dt.date(year, 10, 31),
        "whitsun": easter + dt.timedelta(days=49),
        "pentecost": easter + dt.timedelta(days=49),
    }
    day = days.get(name, dt.date(year, 1, 1))
    return Stretch(day, day)


def easter_sunday(year: int) -> dt.date:
    """Western Easter by the anonymous Gregorian computus (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return dt.date(year, f // 31, f % 31 + 1)


def _part_of(stretch: Stretch, part: str) -> Stretch:
    """ "mid-January" begins on the 11th, "late" and "end of" on the 21st."""
    days = (stretch.last - stretch.first).days
    if not part or not days:
        return stretch
    third = dt.timedelta(days=days // 3)
    if re.match(r"early|(?:the )?(?:beginning|start)", part):
        return Stretch(stretch.first, stretch.first + third)
    if re.match(r"mid|(?:the )?middle", part):
        return Stretch(stretch.first + third, stretch.last - third)
    return Stretch(stretch.last - third, stretch.last)


def _unit(words: str, noted: dt.date) -> Stretch:
    ahead = 0 if words.startswith("this") else 1
    if words.endswith("week"):
        monday = noted - dt.timedelta(days=noted.weekday()) + dt.timedelta(weeks=ahead)
        return Stretch(monday, monday + dt.timedelta(days=6))
    if words.endswith("month"):
        number = noted.month - 1 + ahead
        return _month(noted.year + number // 12, number % 12 + 1)
    return Stretch(dt.date(noted.year + ahead, 1, 1), dt.date(noted.year + ahead, 12, 31))


_TIED = re.compile(
    r"\b(?:for|in|on|by|until|till|before|this|next|from|of|due|during|around|over|at|to)\b[^.;]*", re.IGNORECASE
)


def is_over(text: str, noted: dt.date | None, today: dt.date) -> bool:
    """Whether every time that `text` ties itself to has passed: "a bed for 5 to 20 December", noted a year ago."""
    if noted is None or noted > today:
        return False
    tied = _TIED.search(text)
    named = find_stretches(text, noted) if tied or re.search(r"\d", text) else ()
    return bool(named) and all(one.last < today for one in named)
