"""On which day a reminder comes: stepped day by day over random histories, against a plain reckoning of the rule."""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Contact, Evidence, FactKind, Touch, Visibility
from assistant.find.due import find_seen
from assistant.find.reminders import Reminder, Seen, find_reminders, find_unread_cadences, heed_wishes
from assistant.intervals import NEVER, CadenceRules, Interval, make_interval, read_tag_intervals
from assistant.store.touch_days import KeptDays

TODAY = dt.date(2026, 11, 20)
QUARTERLY = CadenceRules(make_interval(91), {})
_DAYS = {"weekly": 7, "every 10 days": 10, "monthly": 30, "every 6 weeks": 42, "quarterly": 91}


def day(ahead: int) -> dt.date:
    return TODAY + dt.timedelta(days=ahead)


class History(NamedTuple):
    """What happens with one person: cadence, days in touch (kept or only told of), and the snoozes by the day set."""

    cadence: str
    kept: frozenset[int]
    told: frozenset[int]
    snoozes: dict[int, int]


_OFFSETS = st.frozensets(st.integers(-120, 44), max_size=4)
_HISTORIES = st.builds(
    History,
    st.sampled_from(sorted(_DAYS)),
    _OFFSETS,
    _OFFSETS,
    st.dictionaries(st.integers(0, 40), st.integers(1, 30), max_size=3),
)


def expected(one: History, now: int) -> bool:
    """The rule in plain words: due from the day the last touch is as old as the interval, and not while snoozed."""
    before = [age for age in one.kept | one.told if age <= now]
    is_due = not before or now - max(before) >= _DAYS[one.cadence]
    set_on = [start for start in one.snoozes if start <= now]
    return is_due and not (set_on and max(set_on) + one.snoozes[max(set_on)] > now)


def reminded(histories: list[History], now: int, way: Literal["out", "in", "both"]) -> list[str]:
    """Who is due on that day, by the product's own functions, in the order they come."""
    people, kept, told, snoozed = [], {}, [], {}
    for number, one in enumerate(histories):
        name = f"c-{number}"
        people.append(Contact(id=name, name=name, cadence=one.cadence))
        mails = [age for age in one.kept if age <= now]
        if mails:
            kept[name] = KeptDays(day(max(mails)), day(min(mails)), way != "in", way != "out")
        told += [Touch(name, day(age), way, "meeting") for age in sorted(one.told) if age <= now]
        set_on = [start for start in one.snoozes if start <= now]
        if set_on:
            snoozed[name] = day(max(set_on) + one.snoozes[max(set_on)])
    seen = find_seen(kept, told, day(now))
    found = find_reminders(people, seen, snoozed, CadenceRules(NEVER, {}), day(now))
    heeded = [heed_wishes(one, (), day(now)) for one in found]
    return [one.contact.id for one in heeded if one and one.due <= day(now)]


def check_every_day(histories: list[History], way: Literal["out", "in", "both"]) -> None:
    for now in range(45):
        wanted = [f"c-{number}" for number, one in enumerate(histories) if expected(one, now)]
        assert reminded(histories, now, way) == wanted, f"{now} days on"


_ANY_TWO = (st.lists(_HISTORIES, min_size=1, max_size=2), st.sampled_from(["out", "in", "both"]))


@settings(max_examples=250)
@given(*_ANY_TWO)
def test_nobody_is_missed_or_doubled_on_any_day(histories: list[History], way: Literal["out", "in", "both"]) -> None:
    check_every_day(histories, way)


@pytest.mark.slow
@settings(max_examples=2000)
@given(*_ANY_TWO)
def test_nobody_is_missed_or_doubled_in_many_more_histories(
    histories: list[History], way: Literal["out", "in", "both"]
) -> None:
    check_every_day(histories, way)


@settings(max_examples=300, deadline=None)
@given(st.integers(1, 400), st.integers(0, 1200), st.integers(1, 400))
def test_a_snooze_hides_exactly_until_its_day(every: int, ago: int, ahead: int) -> None:
    one = Contact(id="c-1", name="Ida", cadence=f"every {every} days")
    seen = {"c-1": Seen(day(-ago), day(-ago), True, True)}
    until = day(ahead)
    (found,) = find_reminders([one], seen, {"c-1": until}, QUARTERLY, TODAY)
    ideal = day(every - ago)
    assert found.due == max(ideal, until)
    assert (found.put_off == "you") == (until > ideal)


def only(one: Contact, seen: Seen | None = None, rules: CadenceRules = QUARTERLY) -> Reminder | None:
    found = find_reminders([one], {one.id: seen} if seen else {}, {}, rules, TODAY)
    return found[0] if found else None


OFTEN = Seen(day(-100), day(-300), True, True)


def test_the_own_cadence_counts_before_the_tag_and_the_tag_before_the_default() -> None:
    rules = CadenceRules(make_interval(91), read_tag_intervals("family=monthly, press=never"))
    person = Contact(id="c-1", name="Ida", tags=("family",), cadence="weekly")
    assert [one and (one.by, one.interval) for one in (
        only(person, OFTEN, rules),
        only(person.model_copy(update={"cadence": ""}), OFTEN, rules),
        only(person.model_copy(update={"cadence": "", "tags": ()}), OFTEN, rules),
    )] == [("own", Interval(7, 10)), ("tag", Interval(30, 45)), ("default", Interval(91, 136))]  # fmt: skip
    assert only(person.model_copy(update={"cadence": "never"}), OFTEN, rules) is None
    assert only(person.model_copy(update={"cadence": "", "tags": ("press",)}), OFTEN, rules) is None
    assert only(person.model_copy(update={"cadence": "", "tags": ()}), OFTEN, CadenceRules(NEVER, {})) is None


@pytest.mark.parametrize(
    ("seen", "kept_up"),
    [
        (None, False),
        (Seen(day(-100), day(-100), True, True), False),  # once
        (Seen(day(-100), day(-300), True, False), False),  # never answered
        (Seen(day(-100), day(-300), False, True), False),  # never written to
        (Seen(day(-900), None, False, False), False),  # faded
        (OFTEN, True),
    ],
)
def test_the_default_is_for_people_really_in_touch(seen: Seen | None, kept_up: bool) -> None:
    assert (only(Contact(id="c-1", name="Ida"), seen) is not None) == kept_up


def test_who_has_a_cadence_and_was_never_in_touch_is_due_today() -> None:
    found = only(Contact(id="c-1", name="Ida", cadence="yearly"))
    assert found and (found.due, found.last) == (TODAY, None)


def test_the_user_and_who_is_not_to_be_contacted_are_never_due() -> None:
    for field in ("me", "do_not_contact"):
        assert (
            only(Contact.model_validate({"id": "c-1", "name": "Ida", "cadence": "daily", field: True}), OFTEN) is None
        )


def test_a_cadence_nobody_understands_is_named_and_the_default_counts() -> None:
    one = Contact(id="c-1", name="Ida", cadence="montly")
    found = only(one, OFTEN)
    assert find_unread_cadences([one, Contact(id="c-2", name="Oda", cadence="never")]) == [one]
    assert found and found.by == "default"


# --- standing wishes ----------------------------------------------------------------------------------------------


def wish(said: str, private: bool = False) -> Evidence:
    seen = Visibility.PRIVATE if private else Visibility.PERSONAL
    return Evidence(
        id="f-1", source="fact", about="c-1", text=said, quote=said, kind=FactKind.PREFERENCE, date=day(-60),
        visibility=seen,
    )  # fmt: skip


def reminder(due: dt.date) -> Reminder:
    return Reminder(Contact(id="c-1", name="Ida"), Interval(30, 45), "own", "", day(-40), due)


@pytest.mark.parametrize(
    ("said", "due", "moved"),
    [
        ("not before June 2027", day(-10), dt.date(2027, 6, 1)),
        ("not before June 2027", dt.date(2027, 7, 3), dt.date(2027, 7, 3)),
        ("away until 1 December", day(-10), dt.date(2026, 12, 1)),
        ("please wait until after Christmas", day(5), dt.date(2026, 12, 26)),
        ("no calls before ten", day(-10), day(-10)),  # no day
        ("never in November", day(-50), dt.date(2026, 12, 1)),  # October's, hidden while November lasts
        ("never in December to February", dt.date(2026, 12, 3), dt.date(2027, 3, 1)),
        ("never in August", day(-10), day(-10)),
    ],
)
def test_a_standing_wish_moves_the_day(said: str, due: dt.date, moved: dt.date) -> None:
    found = heed_wishes(reminder(due), [wish(said)], TODAY)
    assert found and found.due == moved
    assert (found.put_off == "wish") == (moved != due)


def test_a_private_wish_binds_and_is_told_as_private() -> None:
    found = heed_wishes(reminder(TODAY), [wish("not before June 2027", private=True)], TODAY)
    assert found and (found.due, found.put_off) == (dt.date(2027, 6, 1), "private")


def test_who_wants_no_contact_is_never_due() -> None:
    assert heed_wishes(reminder(TODAY), [wish("asked not to be contacted")], TODAY) is None


def test_a_year_of_closed_months_does_not_hang() -> None:
    all_year = [wish("never in January to June"), wish("never in July to December")]
    found = heed_wishes(reminder(TODAY), all_year, TODAY)
    assert found and found.due == TODAY
