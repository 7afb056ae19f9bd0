"""Past days as people name them, seen from a Friday."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sources.days import find_past_day, without_days

FRIDAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("coffee yesterday", "2026-11-19"),
        ("the day before yesterday we met", "2026-11-18"),
        ("last night at the pub", "2026-11-19"),
        ("this morning", "2026-11-20"),
        ("call on Tuesday", "2026-11-17"),
        ("lunch last friday", "2026-11-13"),
        ("met fri", "2026-11-20"),
        ("two weeks ago", "2026-11-06"),
        ("3 days ago", "2026-11-17"),
        ("12 Nov", "2026-11-12"),
        ("on 24 december", "2025-12-24"),
        ("March 3rd, 2025", "2025-03-03"),
        ("2026-11-02", "2026-11-02"),
    ],
)
def test_a_day_that_was_named_is_found(text: str, day: str) -> None:
    assert find_past_day(text, FRIDAY) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    ["", "next friday", "by Tuesday", "every monday", "we sat and talked", "the sun", "2026-12-24", "31 February"],
)
def test_a_day_to_come_or_none_at_all_is_none(text: str) -> None:
    assert find_past_day(text, FRIDAY) is None


def test_the_text_without_its_days_keeps_every_other_word() -> None:
    assert without_days("coffee yesterday in Porto on 12 nov") == "coffee in Porto"


@given(st.text(max_size=40), st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2100, 1, 1)))
def test_no_text_names_a_day_after_today(text: str, today: dt.date) -> None:
    found = find_past_day(text, today)
    assert found is None or found <= today
