"""Times that people name in passing, as days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sources.times import easter_sunday, find_stretch, is_over

NOTED = dt.date(2026, 11, 5)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("not before Easter 2027", "2027-03-28", "2027-03-28"),
        ("not before February", "2027-02-01", "2027-02-28"),
        ("from mid-January", "2027-01-11", "2027-01-21"),
        ("after the summer", "2027-06-01", "2027-08-31"),
        ("at Christmas", "2026-12-25", "2026-12-25"),
        ("in the new year", "2027-01-01", "2027-01-01"),
        ("next month", "2026-12-01", "2026-12-31"),
        ("next week", "2026-11-09", "2026-11-15"),
        ("5 to 20 December", "2026-12-05", "2026-12-20"),
        ("on 12th of March 2027", "2027-03-12", "2027-03-12"),
        ("by dec", "2026-12-01", "2026-12-31"),
        ("over the winter", "2026-12-01", "2027-02-28"),
        ("in 2027", "2027-01-01", "2027-12-31"),
    ],
)
def test_a_named_time_is_the_next_one_after_the_note(text: str, first: str, last: str) -> None:
    stretch = find_stretch(text, NOTED)
    assert stretch is not None and [one.isoformat() for one in stretch] == [first, last]


def test_what_names_no_time_gives_none() -> None:
    assert find_stretch("a van at weekends", NOTED) is None
    assert find_stretch("on 31 February", NOTED) is None


@pytest.mark.parametrize(
    ("year", "day"), [(2024, "2024-03-31"), (2025, "2025-04-20"), (2026, "2026-04-05"), (2027, "2027-03-28")]
)
def test_easter_is_reckoned(year: int, day: str) -> None:
    assert easter_sunday(year).isoformat() == day


@given(st.integers(min_value=1600, max_value=4000))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    day = easter_sunday(year)
    assert day.weekday() == 6 and dt.date(year, 3, 22) <= day <= dt.date(year, 4, 25)


@pytest.mark.parametrize(
    ("text", "noted", "over"),
    [
        ("an assistant for the autumn", dt.date(2025, 6, 30), True),
        ("a captioning unit, 5 to 20 December", dt.date(2025, 9, 25), True),
        ("a captioning unit, 5 to 20 December", dt.date(2026, 9, 25), False),
        ("rooms in March 2027", dt.date(2025, 9, 25), False),
        ("a notary in Lisbon", dt.date(2020, 1, 1), False),
        ("a bed for March", None, False),
    ],
)
def test_a_need_tied_to_a_time_is_over_with_it(text: str, noted: dt.date | None, over: bool) -> None:
    assert is_over(text, noted, dt.date(2026, 11, 20)) is over


@given(st.text(max_size=80), st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2090, 1, 1)))
def test_any_text_is_read_without_failing(text: str, noted: dt.date) -> None:
    stretch = find_stretch(text, noted)
    assert stretch is None or stretch.first <= stretch.last
