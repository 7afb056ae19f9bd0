from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Touch
from assistant.find.cadence import Cadence, Tally, Thresholds, find_trend, months_before, tally_contacts
from assistant.find.history import read_history

TODAY = dt.date(2026, 11, 20)
ORDER = list(Cadence)
_CYCLE = dt.timedelta(days=146097)  # 400 years: the calendar begins anew, weekdays and leap days included


def touch(age: int, way: Literal["out", "in", "both"] = "both", who: str = "ana", today: dt.date = TODAY) -> Touch:
    return Touch(who, today - dt.timedelta(days=age), way, "email")


def tally(ages: Iterable[int], today: dt.date = TODAY, **more: int) -> Tally:
    touches = [touch(age, today=today) for age in ages]
    return tally_contacts(read_history(touches), today, Thresholds(**more)).get("ana", Tally(Cadence.SILENT))


@pytest.mark.parametrize(
    ("ages", "expected"),
    [
        (range(180), Cadence.DAILY),
        (range(0, 360, 2), Cadence.DAILY),
        (range(179), Cadence.WEEKLY),  # 25 whole blocks of seven days and one begun
        (range(0, 182, 7), Cadence.WEEKLY),
        (range(0, 175, 7), Cadence.RARER),  # 25 blocks, six months, two quarters
        ([0, 20, 51, 81, 112, 143, 173, 204], Cadence.MONTHLY),
        ([0, 20, 51, 81, 112, 143, 173], Cadence.RARER),  # seven months, two quarters
        ([0, 20, 51, 81, 112, 143, 200], Cadence.QUARTERLY),  # seven months, three quarters
        ([91, 182, 273], Cadence.QUARTERLY),
        ([92, 182, 273], Cadence.RARER),
        ([0, 364], Cadence.RARER),
        ([365], Cadence.SILENT),
        ([-1], Cadence.SILENT),
        ([], Cadence.SILENT),
    ],
)
def test_a_contact_is_in_the_finest_class_they_reach(ages: Iterable[int], expected: Cadence) -> None:
    assert tally(ages).cadence is expected


@pytest.mark.parametrize(
    ("age", "quarter"), [(0, 0), (91, 0), (92, 1), (182, 1), (183, 2), (273, 2), (274, 3), (364, 3)]
)
def test_a_quarter_is_91_and_a_quarter_days_counted_back(age: int, quarter: int) -> None:
    firsts = [0, 92, 183, 274]
    assert tally([age, firsts[quarter]]).quarters == 1
    assert tally([age, firsts[(quarter + 1) % 4]]).quarters == 2


def test_a_year_has_365_days_53_begun_weeks_and_13_begun_months() -> None:
    assert tally(range(-5, 400))[1:5] == (365, 53, 13, 4)


def test_the_year_that_holds_a_leap_day_is_365_days_too() -> None:
    day = dt.date(2028, 3, 1)
    counted = tally(range(400), today=day)
    assert (counted.days, counted.months) == (365, 13)  # from 3 March 2027, for 2028 has a 29 February
    assert tally([1, 366], today=day).days == 1


def test_both_directions_count_and_are_told_apart() -> None:
    touches = [touch(3, "out"), touch(3, "out"), touch(9, "in"), touch(40, "both"), touch(3, "in", "bea")]
    found = tally_contacts(read_history(touches), TODAY)
    assert (found["ana"].sent, found["ana"].received, found["ana"].days) == (3, 2, 3)
    assert (found["bea"].sent, found["bea"].received, found["bea"].days) == (0, 1, 1)


def test_thresholds_are_settings() -> None:
    assert tally(range(10), days=10).cadence is Cadence.DAILY
    assert tally([0, 7], weeks=2).cadence is Cadence.WEEKLY
    assert tally([0, 40], months=2).cadence is Cadence.MONTHLY
    assert tally([0, 100], quarters=2).cadence is Cadence.QUARTERLY


def test_the_trend_is_the_tally_as_it_was_then() -> None:
    touches = [touch(400), touch(300, who="bea"), touch(10, who="eva"), touch(-1, who="ida")]
    points = find_trend(read_history(touches), TODAY)
    assert [point.day for point in points] == [
        dt.date(2025, 11, 20),
        dt.date(2026, 2, 20),
        dt.date(2026, 5, 20),
        dt.date(2026, 8, 20),
        TODAY,
    ]
    assert [point.active for point in points] == [1, 2, 2, 2, 2]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2026, 5, 31), 3, dt.date(2026, 2, 28)),
        (dt.date(2028, 5, 31), 3, dt.date(2028, 2, 29)),
        (dt.date(2028, 2, 29), 12, dt.date(2027, 2, 28)),
        (dt.date(2026, 1, 15), 3, dt.date(2025, 10, 15)),
        (dt.date(2026, 1, 15), 0, dt.date(2026, 1, 15)),
    ],
)
def test_months_ago_is_the_same_day_or_the_months_last(day: dt.date, months: int, expected: dt.date) -> None:
    assert months_before(day, months) == expected


# --- over random histories and clocks ------------------------------------------------------------------------------

days = st.dates(dt.date(2000, 1, 1), dt.date(2100, 12, 31))
ages = st.lists(st.integers(-30, 500), max_size=300)
steps = st.tuples(st.integers(1, 40), st.integers(1, 60)).map(lambda pair: list(range(0, pair[0] * pair[1], pair[0])))
histories = st.one_of(ages, steps)


def by_definition(ages: Iterable[int], today: dt.date) -> Cadence:
    """The issue's words, one after the other."""
    seen = {age for age in ages if 0 <= age < 365}
    weeks = sum(any(7 * week <= age < 7 * week + 7 for age in seen) for week in range(53))
    dates = {today - dt.timedelta(days=age) for age in seen}
    months = len({(date.year, date.month) for date in dates})
    quarters = sum(any(91.25 * part <= age < 91.25 * (part + 1) for age in seen) for part in range(4))
    for name, reached in (
        (Cadence.DAILY, len(seen) >= 180),
        (Cadence.WEEKLY, weeks >= 26),
        (Cadence.MONTHLY, months >= 8),
        (Cadence.QUARTERLY, quarters >= 3),
        (Cadence.RARER, bool(seen)),
    ):
        if reached:
            return name
    return Cadence.SILENT


@settings(max_examples=300)
@given(histories, days)
def test_the_tally_is_what_the_definition_says(ages: list[int], today: dt.date) -> None:
    assert tally(ages, today).cadence is by_definition(ages, today)


@settings(max_examples=200)
@given(histories, st.integers(-30, 500), days)
def test_one_more_touch_never_lowers_a_class(ages: list[int], more: int, today: dt.date) -> None:
    before, after = tally(ages, today), tally([*ages, more], today)
    assert ORDER.index(after.cadence) <= ORDER.index(before.cadence)
    assert all(now >= then for now, then in zip(after[1:], before[1:], strict=True))


@settings(max_examples=200)
@given(histories, days, st.integers(-20000, 20000))
def test_moving_all_days_and_today_together_changes_nothing(ages: list[int], today: dt.date, by: int) -> None:
    """Calendar months move against the days; over a whole cycle of the calendar they do not either."""
    moved = tally(ages, today + dt.timedelta(days=by))
    here = tally(ages, today)
    assert (moved.days, moved.weeks, moved.quarters) == (here.days, here.weeks, here.quarters)
    assert tally(ages, today + _CYCLE) == here


@settings(max_examples=200)
@given(
    st.lists(st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2027, 1, 1)), max_size=60),
    st.sampled_from(["Europe/Lisbon", "America/New_York", "Pacific/Apia", "Asia/Kathmandu", "Australia/Lord_Howe"]),
)
def test_a_day_is_the_users_own_whatever_the_clock_does(instants: list[dt.datetime], zone: str) -> None:
    """Messages of one local day are one day, in summer time and out of it, and none falls between two days."""
    local = [at.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone)) for at in instants]
    touches = [Touch("ana", at.date(), "in", "email", at.astimezone(dt.UTC)) for at in local]
    today = dt.date(2026, 11, 20)
    inside = {at.date() for at in local if today - dt.timedelta(days=365) < at.date() <= today}
    assert tally_contacts(read_history(touches), today).get("ana", Tally(Cadence.SILENT)).days == len(inside)


def test_the_hour_that_comes_twice_is_one_day() -> None:
    zone = ZoneInfo("Europe/Lisbon")
    twice = [dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC) for hour in (0, 1)]  # 01:30 before and after the change
    touches = [Touch("ana", at.astimezone(zone).date(), "in", "email", at) for at in twice]
    assert tally_contacts(read_history(touches), TODAY)["ana"].days == 1
    late = dt.datetime(2026, 3, 31, 23, 30, tzinfo=dt.UTC)  # half past midnight of 1 April in Lisbon
    assert late.astimezone(zone).date() == dt.date(2026, 4, 1)
