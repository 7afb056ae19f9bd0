"""The days a repeating event falls on, within a window: RFC 5545 rules of a day or longer, day by day.

Asks of each day in the window whether the rule holds, so that a rule that never holds, or one begun a century ago,
costs no more than any other. It must never run past the window.
"""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Literal, NamedTuple

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]
_DAY = dt.timedelta(days=1)


class Rule(NamedTuple):
    """A rule of repetition. Weekdays count from 0 (Monday); `by_day` pairs say which of its kind, 0 meaning every.

    `until` is the last day that may be one, in the event's own time zone.
    """

    frequency: Frequency
    interval: int = 1
    times: int | None = None
    until: dt.date | None = None
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    by_week: tuple[int, ...] = ()
    by_day: tuple[tuple[int, int], ...] = ()
    by_position: tuple[int, ...] = ()
    week_start: int = 0


def find_days(rule: Rule, start: dt.date, first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """The days from `first` to `last` that the rule, begun on `start`, falls on."""
    whole = _with_defaults(rule, start)
    end = min(last, rule.until) if rule.until else last
    # Only a rule that ends after so many times must be followed from its beginning.
    begin = start if rule.times else max(start, first)
    found = _days(whole, start, begin, end)
    counted = itertools.islice(found, rule.times) if rule.times else found
    return tuple(day for day in counted if day >= first)


def _with_defaults(rule: Rule, start: dt.date) -> Rule:
    """What the rule leaves open is as on its first day."""
    if rule.by_day or rule.by_month_day or rule.by_year_day or rule.by_week:
        return rule
    if rule.frequency == "WEEKLY":
        return rule._replace(by_day=((0, start.weekday()),))
    if rule.frequency == "MONTHLY":
        return rule._replace(by_month_day=(start.day,))
    if rule.frequency == "YEARLY":
        return rule._replace(by_month=rule.by_month or (start.month,), by_month_day=(start.day,))
    return rule


def _days(rule: Rule, start: dt.date, begin: dt.date, end: dt.date) -> Iterator[dt.date]:
    for low, high in _periods(rule, start, begin, end):
        fits = [day for day in _each_day(low, high) if _fits(rule, day)]
        if rule.by_position:
            size = len(fits)
            places = {at - 1 if at > 0 else size + at for at in rule.by_position}
            fits = [fits[place] for place in sorted(places) if 0 <= place < size]
        yield from (day for day in fits if max(start, begin) <= day <= end)


def _each_day(low: dt.date, high: dt.date) -> Iterator[dt.date]:
    return (low + dt.timedelta(days=number) for number in range((high - low).days + 1))


def _periods(rule: Rule, start: dt.date, begin: dt.date, end: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """First and last day of each day, week, month or year that the interval hits, from `begin` to `end`."""
    if rule.frequency in ("DAILY", "WEEKLY"):
        length = 1 if rule.frequency == "DAILY" else 7
        low = start - dt.timedelta(days=(start.weekday() - rule.week_start) % 7 if length == 7 else 0)
        stride = length * rule.interval
        low += dt.timedelta(days=max(0, (begin - low).days // stride) * stride)
        while low <= end:
            yield low, low + dt.timedelta(days=length - 1)
            low += dt.timedelta(days=stride)
        return
    months = 1 if rule.frequency == "MONTHLY" else 12
    at = start.year * 12 + (start.month - 1 if months == 1 else 0)
    stride = months * rule.interval
    at += max(0, (begin.year * 12 + begin.month - 1 - at) // stride) * stride
    while at <= end.year * 12 + end.month - 1:
        yield _month_start(at), _month_start(at + months) - _DAY
        at += stride


def _month_start(number: int) -> dt.date:
    return dt.date(number // 12, number % 12 + 1, 1)


def _fits(rule: Rule, day: dt.date) -> bool:
    if rule.by_month and day.month not in rule.by_month:
        return False
    in_month, of_month = day.day, calendar.monthrange(day.year, day.month)[1]
    if rule.by_month_day and not {in_month, in_month - of_month - 1} & set(rule.by_month_day):
        return False
    in_year, of_year = day.timetuple().tm_yday, 366 if calendar.isleap(day.year) else 365
    if rule.by_year_day and not {in_year, in_year - of_year - 1} & set(rule.by_year_day):
        return False
    if rule.by_week and rule.frequency == "YEARLY" and not _weeks(day) & set(rule.by_week):
        return False
    by_month = rule.frequency == "MONTHLY" or (rule.frequency == "YEARLY" and bool(rule.by_month))
    place, size = (in_month, of_month) if by_month else (in_year, of_year)
    can_count = rule.frequency in ("MONTHLY", "YEARLY") and not rule.by_week
    return not rule.by_day or any(
        day.weekday() == weekday and (not can_count or which in (0, (place - 1) // 7 + 1, -((size - place) // 7 + 1)))
        for which, weekday in rule.by_day
    )


def _weeks(day: dt.date) -> set[int]:
    """The ISO week, counted from the beginning and from the end of its year."""
    year, week, _ = day.isocalendar()
    return {week, week - dt.date(year, 12, 28).isocalendar().week - 1}
