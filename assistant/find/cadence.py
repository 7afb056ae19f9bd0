"""The cadence tally: how often each person is in touch over a year, and so how large the network truly is.

The measure is the essay's: not the address book, but the people one engages over a year at different intervals. Exact
counting over days; both directions count. It must never read the clock: `today` is an argument, days are the user's
local days, and what is to come is not counted.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Value
from assistant.find.history import History

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


def tally_contacts(history: History, today: dt.date, thresholds: Thresholds = DEFAULT) -> dict[str, Tally]:
    """Everybody in touch in the 365 days that end with `today`; who is not in it is `SILENT`."""
    year = history.until(today.toordinal(), WINDOW_DAYS)
    age = today.toordinal() - year.day
    people = len(history.contacts)
    counts = (
        _count_distinct(year.who, age, people),
        _count_distinct(year.who, age // _WEEK_DAYS, people),
        _count_distinct(year.who, _months_back(today)[age], people),
        _count_distinct(year.who, (age // _QUARTER_DAYS).astype(np.int64), people),
        np.bincount(year.who[year.out], minlength=people),
        np.bincount(year.who[year.into], minlength=people),
    )
    rows = zip(history.contacts, *(one.tolist() for one in counts), strict=True)
    return {
        contact: Tally(classify(days, weeks, months, quarters, thresholds), days, weeks, months, quarters, out, into)
        for contact, days, weeks, months, quarters, out, into in rows
        if days
    }


def _count_distinct(who: NDArray[np.int64], what: NDArray[np.int64], people: int) -> NDArray[np.int64]:
    """How many different values of `what` (from 0, less than 365) each of the people has."""
    pairs = np.unique(who * WINDOW_DAYS + what)
    return np.bincount(pairs // WINDOW_DAYS, minlength=people)


def _months_back(today: dt.date) -> NDArray[np.int64]:
    """For each age in days how many calendar months before today's it lies."""
    days = [dt.date.fromordinal(max(1, today.toordinal() - age)) for age in range(WINDOW_DAYS)]
    return np.array([(today.year - day.year) * 12 + today.month - day.month for day in days])


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


def find_trend(history: History, today: dt.date, thresholds: Thresholds = DEFAULT) -> list[TrendPoint]:
    """The tally as of 12, 9, 6 and 3 months ago and today, oldest first."""
    return [_trend_point(history, months_before(today, back), thresholds) for back in TREND_MONTHS]


def _trend_point(history: History, day: dt.date, thresholds: Thresholds) -> TrendPoint:
    classes = count_classes(tally_contacts(history, day, thresholds).values())
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
