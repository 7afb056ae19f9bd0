"""The cadence tally: how often each person is in touch over a year, and so how large the network truly is.

The measure is the essay's: not the address book, but the people one engages over a year at different intervals. Exact
counting over days; both directions count. One pass over the touches, whatever the window. It must never read the
clock: `today` is an argument, days are the user's local days, and what is to come is not counted.
"""

from __future__ import annotations

import calendar
import datetime as dt
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from assistant.domain import Touch, Value

WINDOW_DAYS = 365
_WEEK_DAYS = 7
_QUARTER_DAYS = WINDOW_DAYS / 4  # 91.25
TREND_MONTHS = (12, 9, 6, 3, 0)


class Cadence(StrEnum):
    """How often two people are in touch, finest first."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    RARER = "rarer"
    SILENT = "silent"


REGULAR = (Cadence.DAILY, Cadence.WEEKLY, Cadence.MONTHLY, Cadence.QUARTERLY)


class Thresholds(NamedTuple):
    """The least number of days, weeks, months and quarters of a year for each class."""

    days: int = 180
    weeks: int = 26
    months: int = 8
    quarters: int = 3


DEFAULT = Thresholds()


class Tally(NamedTuple):
    """One contact's year: on how many days, in how many seven-day blocks, calendar months and quarters in touch.

    `sent` and `received` count touches; one of both directions (a meeting, a call) counts in each.
    """

    cadence: Cadence
    days: int = 0
    weeks: int = 0
    months: int = 0
    quarters: int = 0
    sent: int = 0
    received: int = 0


class TrendPoint(Value):
    """The network as it was on a day: people in touch over the year before it, and how many in each class."""

    day: dt.date
    active: int
    regular: int
    classes: dict[Cadence, int]


SILENT = Tally(Cadence.SILENT)


def tally_contacts(touches: Iterable[Touch], today: dt.date, thresholds: Thresholds = DEFAULT) -> dict[str, Tally]:
    """Everybody in touch in the 365 days that end with `today`; who is not in it is `SILENT`."""
    last = today.toordinal()
    days: dict[str, set[int]] = defaultdict(set)
    sent: Counter[str] = Counter()
    received: Counter[str] = Counter()
    for touch in touches:
        day = touch.day.toordinal()
        if not last - WINDOW_DAYS < day <= last:
            continue
        days[touch.contact_id].add(day)
        if touch.direction != "in":
            sent[touch.contact_id] += 1
        if touch.direction != "out":
            received[touch.contact_id] += 1
    months = _months_back(today)
    return {
        contact: _count(seen, last, months, thresholds)._replace(sent=sent[contact], received=received[contact])
        for contact, seen in days.items()
    }


def _count(seen: Collection[int], last: int, months: Mapping[int, int], thresholds: Thresholds) -> Tally:
    weeks = len({(last - day) // _WEEK_DAYS for day in seen})
    in_months = len({months[day] for day in seen})
    quarters = len({int((last - day) // _QUARTER_DAYS) for day in seen})
    cadence = classify(len(seen), weeks, in_months, quarters, thresholds)
    return Tally(cadence, len(seen), weeks, in_months, quarters)


def _months_back(today: dt.date) -> dict[int, int]:
    """The number of the calendar month of each day of the window, by ordinal."""
    days = (today.toordinal() - back for back in range(min(WINDOW_DAYS, today.toordinal())))
    return {day: (date := dt.date.fromordinal(day)).year * 12 + date.month for day in days}


def classify(days: int, weeks: int, months: int, quarters: int, thresholds: Thresholds = DEFAULT) -> Cadence:
    """The finest class reached: a person seen on many days is in it although no month in between was missed."""
    if days >= thresholds.days:
        return Cadence.DAILY
    if weeks >= thresholds.weeks:
        return Cadence.WEEKLY
    if months >= thresholds.months:
        return Cadence.MONTHLY
    if quarters >= thresholds.quarters:
        return Cadence.QUARTERLY
    return Cadence.RARER if days else Cadence.SILENT


def find_trend(touches: Iterable[Touch], today: dt.date, thresholds: Thresholds = DEFAULT) -> list[TrendPoint]:
    """The tally as of 12, 9, 6 and 3 months ago and today, oldest first. The touches are passed over once."""
    days: dict[str, set[int]] = defaultdict(set)
    for touch in touches:
        days[touch.contact_id].add(touch.day.toordinal())
    seen = [sorted(one) for one in days.values()]
    return [_trend_point(seen, months_before(today, back), thresholds) for back in TREND_MONTHS]


def _trend_point(seen: Sequence[Sequence[int]], day: dt.date, thresholds: Thresholds) -> TrendPoint:
    last, months = day.toordinal(), _months_back(day)
    windows = (one[bisect_right(one, last - WINDOW_DAYS) : bisect_right(one, last)] for one in seen)
    classes = count_classes(_count(window, last, months, thresholds) for window in windows)
    return TrendPoint(
        day=day, active=sum(classes.values()), regular=sum(classes[one] for one in REGULAR), classes=classes
    )


def count_classes(tallies: Iterable[Tally]) -> dict[Cadence, int]:
    """How many are in each class, every class but `silent` named."""
    counted = Counter(one.cadence for one in tallies)
    return {one: counted[one] for one in Cadence if one is not Cadence.SILENT}


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day of an earlier month, or that month's last: three months before 31 May is 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
