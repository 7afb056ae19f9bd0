"""A calendar feed of all-day events (RFC 5545), for a calendar program to subscribe to or import.

The same person is always the same UID, and a later feed has a later LAST-MODIFIED, so that a moved day moves the event
and leaves no second one. It must never hold anything private: calendars are shared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from assistant.domain import Value
from assistant.text import strip_hidden


class FeedDay(Value):
    """One all-day event; `key` (letters, digits, hyphens) tells whose it is in every feed."""

    key: str
    day: dt.date
    title: str
    text: str = ""


def render_feed(days: Iterable[FeedDay], now: dt.datetime) -> str:
    """The feed as text with CRLF lines, folded and escaped. `now` (UTC) stamps every event."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Givefirst//Givefirst//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Givefirst: who is due")
    stamp = now.astimezone(dt.UTC).replace(microsecond=0)
    for one in days:
        event = Event()
        event.add("uid", f"due-{one.key}@givefirst.invalid")
        event.add("dtstamp", stamp)
        event.add("last-modified", stamp)
        event.add("dtstart", one.day)
        event.add("dtend", one.day + dt.timedelta(days=1))
        event.add("summary", _plain(one.title))
        event.add("description", _plain(one.text))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _plain(text: str) -> str:
    return strip_hidden(text.replace("\r", ""))
