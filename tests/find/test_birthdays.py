from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.find.birthdays import find_birthday

TODAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("birthday", "expected"),
    [
        ("1983-04-09", dt.date(2027, 4, 9)),
        ("--12-24", dt.date(2026, 12, 24)),
        ("12-24", dt.date(2026, 12, 24)),
        ("19831120", None),
        ("9 April 1983", dt.date(2027, 4, 9)),
        ("20 November", TODAY),
        ("November 19th", dt.date(2027, 11, 19)),
        ("1992-02-29", dt.date(2027, 2, 28)),
        ("1992-13-40", None),
        ("April", None),
        ("soon", None),
        ("", None),
    ],
)
def test_the_next_birthday_is_found_in_what_people_write(birthday: str, expected: dt.date | None) -> None:
    assert find_birthday(birthday, TODAY) == expected


@given(st.dates(dt.date(1900, 1, 1), dt.date(2020, 12, 31)), st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
def test_there_is_one_in_every_year(born: dt.date, today: dt.date) -> None:
    found = find_birthday(born.isoformat(), today)
    assert found is not None and 0 <= (found - today).days <= 365
    assert (found.month, found.day) in {(born.month, born.day), (2, 28)}
