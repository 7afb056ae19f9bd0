from __future__ import annotations

import datetime as dt
import math
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Favour, FavourKind, Touch
from assistant.find.effort import Effort, find_habit, weigh_effort
from assistant.find.history import read_history
from assistant.find.strength import Depth, find_depths, find_efforts, find_strengths

TODAY = dt.date(2026, 11, 20)
Way = Literal["out", "in", "both"]


def touch(age: int, way: Way, who: str = "ana", channel: str = "email", **more: object) -> Touch:
    return Touch(who, TODAY - dt.timedelta(days=age), way, channel, **more)  # type: ignore[arg-type]


def mail(day: int, hour: int, way: Way, thread: str = "t", words: int = 0) -> Touch:
    at = dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC)
    return Touch("ana", at.date(), way, "email", at, thread, words)


def favour(kind: FavourKind, age: int | None, who: str = "ana") -> Favour:
    day = None if age is None else TODAY - dt.timedelta(days=age)
    return Favour(id=f"g-{kind}-{age}", contact_id=who, kind=kind, text="a favour", date=day)


def score(*touches: Touch, ledger: tuple[Favour, ...] = ()) -> float:
    """With a second contact who fixes the user's habit."""
    return find_strengths(read_history(touches), TODAY, ledger)["ana"].score


def test_effort_fades_by_half_in_a_week_and_in_a_quarter() -> None:
    today, week, quarter = (find_efforts(read_history([touch(age, "out")]), TODAY)["ana"].mine for age in (0, 7, 90))
    assert today == 2.0
    assert week == pytest.approx(0.5 + 0.5 ** (7 / 90))
    assert quarter == pytest.approx(0.5 + 0.5 ** (90 / 7))


def test_four_mails_of_a_day_count_twice_one_and_a_meeting_as_three() -> None:
    assert find_efforts(read_history([touch(0, "in")] * 4), TODAY)["ana"].theirs == 4.0
    meeting = find_efforts(read_history([touch(0, "both", channel="meeting")]), TODAY)["ana"]
    assert meeting.mine == meeting.theirs == pytest.approx(2 * math.sqrt(3))


def test_strength_is_the_product_of_both_sides_over_28_more() -> None:
    habit = find_habit([Effort(2, 2)])
    assert habit == pytest.approx(2 / 3)
    product = (habit + 2) ** 2
    assert score(touch(0, "both")) == pytest.approx(product / (product + 28))


def test_a_favour_is_effort_that_fades_over_a_year_and_an_ask_is_none() -> None:
    ledger = [favour(FavourKind.GAVE, 0), favour(FavourKind.RECEIVED, 365), favour(FavourKind.ASKED, 0)]
    found = find_efforts(read_history([]), TODAY, ledger)["ana"]
    assert (found.gave, found.received) == (1.0, 0.5)
    assert find_efforts(read_history([]), TODAY, [favour(FavourKind.GAVE, None)])["ana"].gave == 0.5


def test_the_same_effort_on_both_sides_is_stronger_than_on_one() -> None:
    both = score(*(touch(age, way) for age in range(0, 60, 6) for way in ("out", "in")))  # type: ignore[arg-type]
    one = score(*(touch(age, "out") for age in range(0, 60, 3)))
    assert both > 2 * one


def test_the_parts_say_what_would_be_missing_without_them() -> None:
    strength = weigh_effort(Effort(mine=4, theirs=2, gave=0, received=1), habit=0.5)
    product, without = 4.5 * 3.5, 4.5 * 1.5
    assert strength.score == pytest.approx(product / (product + 28))
    parts = {one.name: one for one in strength.parts}
    assert parts["theirs"].weight == pytest.approx(strength.score - without / (without + 28), abs=0.001)
    assert parts["gave"].weight == 0
    assert parts["mine"].said == "Of late you have often been in touch with them."
    assert parts["received"].said == "They did you a favour."
    assert strength.mutual == pytest.approx(3 / 4)


def test_what_is_to_come_is_not_counted() -> None:
    assert find_efforts(read_history([touch(-1, "both")]), TODAY, [favour(FavourKind.GAVE, -1)]) == {}
    assert find_depths([touch(-1, "both")], TODAY, [favour(FavourKind.GAVE, -1)]) == {}


histories = st.lists(st.tuples(st.integers(0, 1500), st.sampled_from(["out", "in", "both"])), min_size=1, max_size=60)


@settings(max_examples=200)
@given(histories, st.integers(0, 1500), st.sampled_from(["out", "in", "both"]))
def test_one_more_touch_never_weakens_a_tie(history: list[tuple[int, Way]], age: int, way: Way) -> None:
    touches = [touch(*one) for one in history]
    efforts = find_efforts(read_history([*touches, touch(age, way)]), TODAY).get("ana", Effort())
    before = find_efforts(read_history(touches), TODAY).get("ana", Effort())
    assert all(now >= then - 1e-9 for now, then in zip(efforts, before, strict=True))
    assert weigh_effort(efforts, 0.5).score >= weigh_effort(before, 0.5).score - 1e-9


@settings(max_examples=100)
@given(histories, st.integers(-9000, 9000))
def test_moving_all_days_and_today_together_changes_no_strength(history: list[tuple[int, Way]], by: int) -> None:
    touches = [touch(*one) for one in history]
    shift = dt.timedelta(days=by)
    moved = [one._replace(day=one.day + shift) for one in touches]
    assert find_strengths(read_history(moved), TODAY + shift) == find_strengths(read_history(touches), TODAY)
    assert all(
        0 <= one.score < 1 and 0 <= one.mutual <= 1 for one in find_strengths(read_history(touches), TODAY).values()
    )


# --- depth --------------------------------------------------------------------------------------------------------


def test_who_begins_and_how_fast_each_answers() -> None:
    touches = [
        mail(2, 9, "out", "a"),
        mail(2, 10, "out", "a"),
        mail(2, 15, "in", "a"),  # six hours after the first that waited
        mail(3, 15, "out", "a"),  # a day
        mail(5, 8, "in", "b"),
        mail(5, 10, "out", "b"),  # two hours
        mail(9, 8, "out", "c"),
        mail(9, 18, "in", "c"),  # ten hours
    ]
    found = find_depths(touches, TODAY)["ana"]
    assert (found.begun_by_me, found.begun_by_them) == (2, 1)
    assert (found.my_answer_hours, found.their_answer_hours) == (13.0, 8.0)


def test_without_threads_a_fortnight_of_silence_ends_a_conversation() -> None:
    found = find_depths([touch(60, "out"), touch(50, "in"), touch(30, "in"), touch(16, "out")], TODAY)["ana"]
    assert (found.begun_by_me, found.begun_by_them) == (1, 1)
    assert (found.my_answer_hours, found.their_answer_hours) == (None, None)


def test_words_meetings_and_channels_are_told_of_each_side() -> None:
    touches = [
        mail(2, 9, "out", words=100),
        mail(2, 10, "out", words=0),
        mail(3, 9, "out", words=50),
        mail(4, 9, "in", words=31),
        touch(5, "both", channel="meeting"),
        touch(5, "both", channel="meeting"),
        touch(9, "both", channel="call"),
    ]
    found = find_depths(touches, TODAY)["ana"]
    assert (found.my_words, found.their_words, found.meetings) == (75, 31, 1)
    assert found.channels == ("email", "meeting", "call")


def test_a_favour_answered_within_a_fortnight_is_an_exchange() -> None:
    ledger = [
        favour(FavourKind.GAVE, 300),
        favour(FavourKind.GAVE, 200),
        favour(FavourKind.ASKED, 186),
        favour(FavourKind.RECEIVED, 100),
        favour(FavourKind.GAVE, None),
    ]
    found = find_depths([], TODAY, ledger)["ana"]
    assert (found.freely_given, found.freely_received) == (2, 1)
    assert found == Depth(freely_given=2, freely_received=1)
