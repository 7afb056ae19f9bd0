"""Calendar files as they are: meetings with others, unfolded in the user's time, and what is none or cannot be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pytest
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import BadRecord, Encounter, PassedOver, Series
from assistant.sources.calendar import read_calendar
from assistant.sources.mail import Viewpoint
from assistant.sources.recurrence import Frequency, Rule, find_days

TODAY = dt.date(2026, 11, 20)
SEEN = Viewpoint(frozenset({"dana@tidewise.example"}), ZoneInfo("Europe/Lisbon"), TODAY)
PEOPLE = (
    "ORGANIZER;CN=Dana:mailto:dana@tidewise.example\nATTENDEE;CN=Ana Ferreira;PARTSTAT=ACCEPTED:MAILTO:Ana@mare.example"
)
BERLIN = (
    "BEGIN:VTIMEZONE\nTZID:Our own zone\nBEGIN:STANDARD\nDTSTART:19701025T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:19700329T020000\n"
    "TZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
)


def event(start: str = "DTSTART:20261120T093000Z", people: str = PEOPLE, more: str = "", uid: str = "quay-1") -> str:
    lines = [f"UID:{uid}", start, "SUMMARY:Quay walk", people, more]
    return "BEGIN:VEVENT\n" + "".join(f"{line}\n" for line in lines if line) + "END:VEVENT\n"


def read(*events: str, viewpoint: Viewpoint = SEEN) -> list[Series | PassedOver | BadRecord]:
    text = "BEGIN:VCALENDAR\nVERSION:2.0\n" + "".join(events) + "END:VCALENDAR\n"
    return list(read_calendar(text, "a.ics", viewpoint))


def times(*events: str, viewpoint: Viewpoint = SEEN) -> tuple[Encounter, ...]:
    return tuple(
        time for one in read(*events, viewpoint=viewpoint) if isinstance(one, Series) for time in one.occurrences
    )


def days(found: Sequence[Encounter]) -> list[str]:
    return [one.day.isoformat() for one in found]


def test_an_event_with_somebody_is_a_meeting_both_ways_with_the_others_only() -> None:
    (one,) = times(event())
    assert (one.direction, one.channel, one.title) == ("both", "meeting", "Quay walk")
    assert [tuple(party) for party in one.people] == [("ana@mare.example", "Ana Ferreira")]
    assert one.at == dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC) and one.source == "calendar:quay-1"


@pytest.mark.parametrize(
    ("start", "hour", "day"),
    [
        ("DTSTART;TZID=Europe/Berlin:20260720T003000", 22, "2026-07-19"),
        ("DTSTART;TZID=W. Europe Standard Time:20260720T003000", 22, "2026-07-19"),
        ("DTSTART;TZID=Our own zone:20260720T003000", 22, "2026-07-19"),
        ("DTSTART;TZID=Nobody knows:20260720T003000", 23, "2026-07-20"),
        ("DTSTART:20260720T003000", 23, "2026-07-20"),
        ("DTSTART:20260720T003000Z", 0, "2026-07-20"),
    ],
)
def test_the_hour_is_the_events_and_the_day_is_the_users(start: str, hour: int, day: str) -> None:
    (one,) = times(BERLIN, event(start))
    assert one.at is not None and (one.at.hour, one.day.isoformat()) == (hour, day)


def test_a_whole_day_has_no_hour() -> None:
    (one,) = times(event("DTSTART;VALUE=DATE:20261120"))
    assert one.at is None and one.day == TODAY


def test_a_weekly_meeting_keeps_its_hour_on_the_wall_when_the_clocks_change() -> None:
    found = times(event("DTSTART;TZID=Europe/Berlin:20261012T090000", more="RRULE:FREQ=WEEKLY;COUNT=4"))
    assert days(found) == ["2026-10-12", "2026-10-19", "2026-10-26", "2026-11-02"]
    assert [one.at.hour for one in found if one.at] == [7, 7, 8, 8]


def test_a_repeating_event_is_unfolded_from_two_years_ago_to_half_a_year_ahead() -> None:
    found = times(event("DTSTART:20100101T090000Z", more="RRULE:FREQ=MONTHLY;BYMONTHDAY=1"))
    assert (days(found)[0], days(found)[-1], len(found)) == ("2024-12-01", "2027-05-01", 30)
    assert len({one.source for one in found}) == 30 and len({one.thread for one in found}) == 1


def test_a_single_event_is_kept_whenever_it_was() -> None:
    assert days(times(event("DTSTART:20110301T090000Z"))) == ["2011-03-01"]


def test_single_occurrences_are_dropped_added_moved_and_cancelled() -> None:
    more = "RRULE:FREQ=DAILY;COUNT=5\nEXDATE:20261102T090000Z\nRDATE:20261120T090000Z"
    moved = "RECURRENCE-ID:20261103T090000Z"
    found = times(
        event("DTSTART:20261101T090000Z", more=more),
        event("DTSTART:20261110T150000Z", more=moved),
        event("DTSTART:20261104T090000Z", more="RECURRENCE-ID:20261104T090000Z\nSTATUS:CANCELLED"),
    )
    assert sorted(days(found)) == ["2026-11-01", "2026-11-05", "2026-11-10", "2026-11-20"]
    keys = {one.day.day: one.source for one in found}
    assert keys[10] == "calendar:quay-1#20261103T090000Z", "a moved occurrence is known by when it was to be"


def test_a_file_of_one_occurrence_says_nothing_of_the_series() -> None:
    (one,) = (item for item in read(event(more="RECURRENCE-ID:20261119T093000Z")) if isinstance(item, Series))
    assert not one.is_whole and len(one.occurrences) == 1


MANY = "\n".join(f"ATTENDEE:mailto:p{number}@x.example" for number in range(22))
NO_MEETING = {
    "a cancelled event": event(more="STATUS:CANCELLED"),
    "an event you declined": event(people=f"{PEOPLE}\nATTENDEE;PARTSTAT=DECLINED:mailto:dana@tidewise.example"),
    "an event with nobody else": event(people=""),
    "an event everybody declined": event(people="ATTENDEE;PARTSTAT=DECLINED:mailto:ana@mare.example"),
    "somebody else's event": event(people="ORGANIZER:mailto:tom@x.example\nATTENDEE:mailto:ana@mare.example"),
    "an event of more than 20 people": event(people=MANY),
}


@pytest.mark.parametrize("reason", NO_MEETING)
def test_what_is_no_meeting_is_left_out_with_its_reason(reason: str) -> None:
    found = read(NO_MEETING[reason])
    assert [one.reason for one in found if isinstance(one, PassedOver)] == [reason]
    assert all(not one.occurrences for one in found if isinstance(one, Series))


def test_rooms_and_robots_are_nobody() -> None:
    people = (
        "ATTENDEE;CUTYPE=ROOM:mailto:room1@tidewise.example\nATTENDEE:mailto:c_1@resource.calendar.google.com\n"
        "ATTENDEE:mailto:noreply@x.example\nATTENDEE:mailto:ana@mare.example\nATTENDEE:invalid:nomail"
    )
    assert [party.email for one in times(event(people=people)) for party in one.people] == ["ana@mare.example"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (event("DTSTART:sometime"), "no date that can be read"),
        (event("DTSTART:20261332T000000"), "no date that can be read"),
        (event("DTSTART:sometime", people=""), "no date that can be read"),
        (event(""), "has no DTSTART"),
        (event("DTSTART:10661014T090000"), "in the year 1066"),
        (event(more="RRULE:FREQ=SOMETIMES"), "no rule that can be read"),
        (event(more="RRULE:nonsense"), "no rule that can be read"),
        (event(more="RRULE:FREQ=DAILY;COUNT=-1"), "no rule that can be read"),
        (event(more="RRULE:FREQ=DAILY;INTERVAL=0"), "no rule that can be read"),
        (event(more="RRULE:FREQ=SECONDLY"), "more often than once a day"),
    ],
)
def test_a_broken_event_says_where_and_why_and_costs_nothing_else(broken: str, reason: str) -> None:
    found = read(broken, event(uid="whole"))
    (bad,) = (one for one in found if isinstance(one, BadRecord))
    assert bad.where == "a.ics:3" and reason in bad.reason
    assert [one.key for one in found if isinstance(one, Series)] == ["calendar:whole"]


@pytest.mark.parametrize(
    "more",
    [
        "RRULE:FREQ=DAILY;INTERVAL=99999999999999999999;COUNT=99999999999999999999",
        "RRULE:FREQ=YEARLY;INTERVAL=99999999;UNTIL=99991231T235959Z",
        "RDATE:00010101T000000,99991231T235959Z\nEXDATE:00010101T000000",
        "RRULE:FREQ=WEEKLY;BYDAY=99MO,-99SU;BYSETPOS=999",
    ],
)
def test_numbers_out_of_all_bounds_are_read_without_harm(more: str) -> None:
    assert days(times(event(more=more))) in (["2026-11-20"], [])


def test_what_is_no_calendar_is_one_line() -> None:
    (bad,) = read_calendar("Dear Dana", "a.ics", SEEN)
    assert isinstance(bad, BadRecord) and "no calendar" in bad.reason


def test_folded_lines_alarms_and_nested_rubbish_do_not_hide_an_event() -> None:
    text = (
        event()
        .replace("DTSTART:2026", "DTSTART\n :20\n 26")
        .replace("END:VEVENT", "BEGIN:VALARM\nDTSTART:x\nEND:VALARM\nEND:VEVENT")
    )
    assert days(times("BEGIN:VEVENT\n" * 3000, text)) == ["2026-11-20"]


def test_a_rule_that_never_holds_costs_no_more_than_any_other() -> None:
    never = event("DTSTART:19700101T000000Z", more="RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=9")
    assert times(never) == ()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.text("FREQ=WEEKLYDAIMOTH;,0123456789+-UNTLBSPCZ:\n", max_size=60))
def test_any_text_in_an_event_is_read_or_a_reason_why_not(start: str, more: str) -> None:
    for one in read(event(f"DTSTART{start}"), event(more=f"RRULE:FREQ=DAILY;{more}"), event(more=more)):
        assert isinstance(one, Series) or one.reason


# --- rules of repetition ----------------------------------------------------------------------------------------

FIRST, LAST = dt.date(2024, 11, 20), dt.date(2027, 5, 20)
FREQUENCIES: tuple[Frequency, ...] = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


def numbers(low: int, high: int) -> st.SearchStrategy[tuple[int, ...]]:
    return st.lists(st.integers(low, high).filter(bool), max_size=3, unique=True).map(tuple)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Rules that hold now and then: the reference waits for ever on one that never does."""
    rule = Rule(
        draw(st.sampled_from(FREQUENCIES)), draw(st.integers(1, 5)), draw(st.none() | st.integers(1, 60)),
        week_start=draw(st.integers(0, 6)),
    )  # fmt: skip
    by = draw(st.sampled_from(["", "month", "month_day", "year_day", "day"]))
    counted = rule.frequency in ("MONTHLY", "YEARLY")
    # The reference wants all weekdays counted or none: it takes "MO,1MO" for both at once.
    which = st.integers(-4, 4).filter(bool) if counted and draw(st.booleans()) else st.just(0)
    weekdays = st.lists(st.tuples(which, st.integers(0, 6)), min_size=1, max_size=3, unique=True)
    if by == "month":
        return rule._replace(by_month=draw(numbers(1, 12)), interval=1)
    if by == "month_day":
        return rule._replace(by_month_day=draw(numbers(-28, 28)))
    if by == "year_day":
        return rule._replace(by_year_day=draw(numbers(-365, 365)), interval=1)
    if by == "day":
        return rule._replace(by_day=tuple(draw(weekdays)), by_position=(-1,) if draw(st.booleans()) and counted else ())
    return rule._replace(until=draw(st.none() | st.dates(FIRST, LAST)) if rule.times is None else None)


@settings(max_examples=150, deadline=None)
@given(rules(), st.dates(dt.date(2016, 1, 1), dt.date(2027, 1, 1)))
def test_a_rule_falls_on_the_days_another_reader_finds(rule: Rule, start: dt.date) -> None:
    reference = rrule.rrule(
        getattr(rrule, rule.frequency),
        dtstart=dt.datetime.combine(start, dt.time()),
        interval=rule.interval,
        count=rule.times,
        until=rule.until and dt.datetime.combine(rule.until, dt.time(23)),
        bymonth=rule.by_month or None,
        bymonthday=rule.by_month_day or None,
        byyearday=rule.by_year_day or None,
        byweekday=[rrule.weekday(weekday, which or None) for which, weekday in rule.by_day] or None,
        bysetpos=rule.by_position or None,
        wkst=rule.week_start,
    )
    expected = []
    for moment in reference:
        if moment.date() > LAST:
            break
        expected.append(moment.date())
    assert find_days(rule, start, FIRST, LAST) == tuple(day for day in expected if day >= FIRST)


def test_weeks_of_the_year_count_from_both_ends() -> None:
    rule = Rule("YEARLY", by_week=(1, -1), by_day=((0, 0),))
    assert find_days(rule, dt.date(2024, 1, 1), dt.date(2025, 1, 1), dt.date(2026, 12, 31)) == (
        dt.date(2025, 12, 22),
        dt.date(2025, 12, 29),
        dt.date(2026, 12, 28),
    )
