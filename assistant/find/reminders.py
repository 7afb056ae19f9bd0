"""On which day it is time to be in touch with whom: cadence, last time in touch, what puts it off. Pure reckoning.

The ideal day is the last time in touch, either way, and the ideal interval. Cadence comes from the contact's own words,
else from a tag, else from the default: that one is only for people really in touch, both ways on at least two days of
two years. A fixed interval and not their own rhythm: mail comes in bursts, and by its rhythm everybody from last
month's project would be late. Whoever fades from those two years without a cadence of their own is no longer reminded
of. It must never bring up the user, nor anybody who is not to be contacted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from assistant.domain import Contact, Evidence, Visibility
from assistant.intervals import NEVER, CadenceRules, Interval, pick_interval, read_interval
from assistant.sources.closed_times import asks_for_no_contact, find_closed_months, find_first_day

KEPT_UP_DAYS = 731  # two years


class Seen(NamedTuple):
    """Times in touch with one contact: the last day; and of the last two years the first one and which sides were."""

    last: dt.date
    first: dt.date | None
    out: bool
    into: bool


class Reminder(NamedTuple):
    """When it is time for one contact. `by` says whose cadence it is, `put_off` why `due` is not the ideal day."""

    contact: Contact
    interval: Interval
    by: Literal["own", "tag", "default"]
    tag: str
    last: dt.date | None
    due: dt.date
    put_off: Literal["", "you", "wish", "private"] = ""


def find_reminders(
    people: Iterable[Contact],
    seen: Mapping[str, Seen],
    snoozed: Mapping[str, dt.date],
    rules: CadenceRules,
    today: dt.date,
) -> list[Reminder]:
    """One for everybody with a cadence. Who has one and was never in touch is due today."""
    found = []
    for one in people:
        cadence = None if one.me or one.do_not_contact else _find_cadence(one, seen.get(one.id), rules)
        if cadence is None:
            continue
        by, tag, interval = cadence
        last = seen[one.id].last if one.id in seen else None
        due = last + dt.timedelta(days=interval.ideal) if last else today
        until = snoozed.get(one.id, due)
        found.append(Reminder(one, interval, by, tag, last, max(due, until), "you" if until > due else ""))
    return found


def _find_cadence(
    one: Contact, seen: Seen | None, rules: CadenceRules
) -> tuple[Literal["own", "tag", "default"], str, Interval] | None:
    own = read_interval(one.cadence) if one.cadence else None
    if own is not None:
        return None if own == NEVER else ("own", "", own)
    tagged = pick_interval(one.tags, rules.by_tag)
    if tagged:
        return None if tagged[1] == NEVER else ("tag", *tagged)
    return ("default", "", rules.default) if rules.default != NEVER and seen and is_kept_up(seen) else None


def is_kept_up(seen: Seen) -> bool:
    """Whether the two are really in touch: both ways, on more than one day of the last two years."""
    return seen.first is not None and seen.first < seen.last and seen.out and seen.into


def find_unread_cadences(people: Iterable[Contact]) -> list[Contact]:
    """Those whose cadence is in words that nobody understands."""
    return [one for one in people if one.cadence and read_interval(one.cadence) is None]


def heed_wishes(one: Reminder, wishes: Sequence[Evidence], today: dt.date) -> Reminder | None:
    """The reminder on the first day that the contact's standing wishes allow; None if they want no contact at all.

    "Not before June" moves a day that lies before. A closed month ("never in August") moves the day out of it, and
    hides an earlier day while it lasts.
    """
    if any(asks_for_no_contact(wish.quote) for wish in wishes):
        return None
    due, reason = one.due, None
    for wish in wishes:
        first = find_first_day(wish.quote, wish.date or today)
        if first and first > due:
            due, reason = first, wish
    closed = {month: wish for wish in wishes for month in find_closed_months(wish.quote)}
    day = due if due.month in closed else max(due, today)
    if day.month in closed and len(closed) < 12:
        reason = closed[day.month]
        while day.month in closed:
            day = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        due = day
    if reason is None:
        return one
    return one._replace(due=due, put_off="private" if reason.visibility is Visibility.PRIVATE else "wish")
