"""Two who look for one thing are no match; two whose needs take two are."""

from __future__ import annotations

import pytest

from assistant.find.mutual_need import mutual_worth


@pytest.mark.parametrize(
    ("need", "other"),
    [
        ("somebody to practise harbour pilot talk with before the exam", "practice at talking to harbour pilots"),
        ("ports to swap dredging logs with", "somebody to swap dredging logs with"),
    ],
)
def test_needs_that_take_two_meet_each_other(need: str, other: str) -> None:
    assert mutual_worth(need, other) == mutual_worth(other, need) > 0.3


@pytest.mark.parametrize(
    ("need", "other"),
    [
        ("a tide gauge for the bay", "a tide gauge for a week"),
        ("a rehearsal room in Leith", "a rehearsal room in Govan"),
        ("ports to swap dredging logs with", "a dredging crew"),
        ("somebody to practise Welsh songs with", "practice at Polish songs"),
    ],
)
def test_two_who_only_look_for_the_same_thing_have_none_to_give(need: str, other: str) -> None:
    assert mutual_worth(need, other) == 0
