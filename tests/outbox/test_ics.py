"""The calendar feed, read back by a calendar reader: what was meant, folded and escaped, and one event a person."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from assistant.outbox.ics import FeedDay, render_feed

NOW = dt.datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=dt.UTC)
DAY = dt.date(2026, 12, 24)
ANA = FeedDay(key="c-ana", day=DAY, title="Be in touch with Ana", text="Why; what, and\nwho \\ how")


def events(feed: str) -> list[dict[str, object]]:
    return [
        {
            "uid": str(one["UID"]),
            "day": one.decoded("DTSTART"),
            "end": one.decoded("DTEND"),
            "title": str(one["SUMMARY"]),
            "text": str(one["DESCRIPTION"]),
            "stamp": one.decoded("LAST-MODIFIED"),
        }
        for one in Calendar.from_ical(feed).walk("VEVENT")
    ]


def test_an_event_comes_back_as_it_was_meant() -> None:
    (one,) = events(render_feed([ANA], NOW))
    assert one == {
        "uid": "due-c-ana@givefirst.invalid",
        "day": DAY,
        "end": DAY + dt.timedelta(1),
        "title": ANA.title,
        "text": ANA.text,
        "stamp": NOW.replace(microsecond=0),
    }


def test_a_moved_day_is_the_same_event_modified_later() -> None:
    (before,) = events(render_feed([ANA], NOW))
    moved = ANA.model_copy(update={"day": DAY + dt.timedelta(30)})
    (after,) = events(render_feed([moved], NOW + dt.timedelta(hours=1)))
    assert before["uid"] == after["uid"] and before["day"] != after["day"]
    assert after["stamp"] > before["stamp"]  # type: ignore[operator]


def test_an_empty_feed_is_a_calendar() -> None:
    feed = render_feed([], NOW)
    calendar = Calendar.from_ical(feed)
    assert (str(calendar["VERSION"]), str(calendar["METHOD"])) == ("2.0", "PUBLISH") and "PRODID" in calendar
    assert events(feed) == []


@given(st.lists(st.tuples(st.text(max_size=200), st.text(max_size=400)), max_size=5))
def test_no_text_breaks_out_of_its_line(texts: list[tuple[str, str]]) -> None:
    days = [FeedDay(key=f"c-{n}", day=DAY, title=title, text=text) for n, (title, text) in enumerate(texts)]
    feed = render_feed(days, NOW)
    assert all(len(line.encode()) <= 75 for line in feed.split("\r\n"))
    assert "\n" not in feed.replace("\r\n", "") and "\r" not in feed.replace("\r\n", "")
    assert [one["uid"] for one in events(feed)] == [f"due-c-{n}@givefirst.invalid" for n in range(len(texts))]


def test_a_title_cannot_begin_a_line_of_its_own() -> None:
    feed = render_feed([ANA.model_copy(update={"title": "x\r\nATTENDEE:mailto:evil@e.example\u2028y"})], NOW)
    assert "\r\nATTENDEE" not in feed and len(events(feed)) == 1
