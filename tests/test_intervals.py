"""Cadence as people write it, as days; and what is not understood is never guessed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.intervals import (
    NEVER,
    Interval,
    make_interval,
    pick_interval,
    read_interval,
    read_tag_intervals,
    say_interval,
)


@pytest.mark.parametrize(
    ("words", "ideal", "longest"),
    [
        ("daily", 1, 2),
        ("weekly", 7, 10),
        ("Weekly.", 7, 10),
        ("fortnightly", 14, 21),
        ("every other week", 14, 21),
        ("monthly", 30, 45),
        ("every month", 30, 45),
        ("quarterly", 91, 136),
        ("each quarter", 91, 136),
        ("half-yearly", 182, 273),
        ("twice a year", 182, 273),
        ("yearly", 365, 547),
        ("every 6 weeks", 42, 63),
        ("every six weeks", 42, 63),
        ("every 10 days", 10, 15),
        ("10 days", 10, 15),
        ("10", 10, 15),
        ("three times a year", 121, 181),
        ("once a month", 30, 45),
        ("every couple of months", 60, 90),
        ("every day", 1, 2),
    ],
)
def test_words_are_days(words: str, ideal: int, longest: int) -> None:
    assert read_interval(words) == Interval(ideal, longest)


@pytest.mark.parametrize(
    "words", ["", "montly", "sometimes", "every", "0", "every 0 days", "99999 years", "-3", "every 4 moons"]
)
def test_what_is_not_understood_is_not_guessed(words: str) -> None:
    assert read_interval(words) is None


@pytest.mark.parametrize("words", ["never", "None", "off", "no"])
def test_never_is_an_answer(words: str) -> None:
    assert read_interval(words) == NEVER


@given(st.text(max_size=30))
def test_any_text_is_an_interval_or_none(words: str) -> None:
    found = read_interval(words)
    assert found is None or found == NEVER or 0 < found.ideal < found.longest


@example(182)
@given(st.integers(1, 3660))
def test_what_is_said_of_an_interval_is_read_back(days: int) -> None:
    assert read_interval(say_interval(days)) == make_interval(days)


def test_tags_have_intervals_of_their_own_and_the_shortest_counts() -> None:
    by_tag = read_tag_intervals("Family=monthly, client = every 6 weeks,press=never")
    assert by_tag == {"family": Interval(30, 45), "client": Interval(42, 63), "press": NEVER}
    assert pick_interval(["#Client", "family"], by_tag) == ("family", Interval(30, 45))
    assert pick_interval(["press", "client"], by_tag) == ("client", Interval(42, 63))
    assert pick_interval(["press"], by_tag) == ("press", NEVER)
    assert pick_interval(["boats"], by_tag) is None


@pytest.mark.parametrize("text", ["family", "family=", "=weekly", "family=soonish"])
def test_a_tag_without_a_cadence_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="write it as family=monthly"):
        read_tag_intervals(text)
