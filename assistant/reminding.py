"""Putting people off, and handing reminders over: the digest as a mail file, the calendar feed.

Nothing runs by itself: a clock of the user's own (cron, a timer) calls. So it keeps the day of the last digest, for
`doctor` to miss the next. It must never put a private line into a file, and never send.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection

from assistant.domain import Contact, Value, make_id
from assistant.errors import GivefirstError
from assistant.find.book import find_user
from assistant.find.bring import PRIVATE
from assistant.find.due import DueContact
from assistant.outbox.eml import render_eml
from assistant.outbox.files import replace_file
from assistant.outbox.ics import FeedDay, render_feed
from assistant.store.database import Store
from assistant.store.profiles import DIGEST_DAY, save_profile
from assistant.store.snoozes import drop_snooze, save_snooze

FEED_DAYS = 366


class Snoozed(Value):
    """Until when somebody is put off; None where they are not, or not any more."""

    contact: str
    contact_id: str
    until: dt.date | None


def snooze_person(connection: Connection, one: Contact, until: dt.date | None, today: dt.date) -> Snoozed:
    """Puts the person off until that day, or ends it. Raises `GivefirstError` where the day is not to come."""
    if until is None:
        drop_snooze(connection, one.id)
    elif until <= today:
        raise GivefirstError(f"{until} is not to come; put {one.name} off until a later day")
    else:
        save_snooze(connection, one.id, until)
    return Snoozed(contact=one.name, contact_id=one.id, until=until)


def keep_digest(store: Store, today: dt.date, mail: Path | None, subject: str, text: str) -> None:
    """Writes the mail file, from the user to the user, if one is asked for; then keeps the day the digest ran."""
    if mail is not None:
        with store.read() as connection:
            me = find_user(connection)
        key = make_id("m", "digest", today, text)
        replace_file(mail, render_eml(me, me, subject, text, dt.datetime.now(dt.UTC), message_id=key, unsent=False))
    with store.write() as connection:
        save_profile(connection, DIGEST_DAY, today.isoformat())


def make_feed(rows: Sequence[DueContact], today: dt.date, now: dt.datetime, out: Path | None = None) -> str:
    """The calendar feed of these reminders, written to `out` if one is asked for; who is late stands on today."""
    feed = render_feed([_feed_day(one, today) for one in rows], now)
    if out is not None:
        replace_file(out, feed.encode("utf-8"))
    return feed


def _feed_day(one: DueContact, today: dt.date) -> FeedDay:
    lines = [one.why, *(line for line in one.bring if not line.startswith(PRIVATE))]
    title = f"Be in touch with {one.contact}"
    return FeedDay(key=one.contact_id, day=max(one.due, today), title=title, text="\n".join(lines))
