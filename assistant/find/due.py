"""Who is due: with whom it is time to be in touch, why, and what to bring. Everything from the book, nothing guessed.

Order is by how late times how much it matters. Late is 1 on the day, 2 an interval later, and 3 at most. What matters
is 1, and 1 for a cadence the user chose for that person or their tag, the tie's strength (0 to 1, see `effort`), and a
half each for an open need the user can meet and for what the user owes.

It must never read the text of the whole book more than once, and never load all times in touch one by one.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from assistant.domain import Contact, Evidence, Favour, Touch, Value
from assistant.find.balance import load_ledger, weigh_balance
from assistant.find.bring import Knowledge, find_bring
from assistant.find.effort import FADED, HORIZON_DAYS, TOGETHER, Effort, add_favours, weigh_effort, weigh_habit
from assistant.find.evidence import fact_evidence, private_evidence
from assistant.find.grouping import by_contact, by_person
from assistant.find.promises import find_waiting, is_promise, may_promise
from assistant.find.reminders import KEPT_UP_DAYS, Reminder, Seen, find_reminders, heed_wishes
from assistant.find.sentences import note_evidence
from assistant.find.shareable import Shareable, load_shareable
from assistant.find.touches import join_touches
from assistant.intervals import CadenceRules, say_interval
from assistant.sources.closed_times import asks_for_no_contact, find_closed_months, find_first_day, may_hold_wish
from assistant.store import readings, records
from assistant.store.memo import remember
from assistant.store.snoozes import load_snoozes
from assistant.store.touch_days import KeptDays, load_day_sums, load_kept_days

MOST_LATE = 3.0


class DueContact(Value):
    """One person it is, or will be, time to be in touch with.

    `due` is the ideal day or the one it is put off to, `late_days` how long ago that is (negative if it is to come),
    `overdue` whether the longest interval has passed too. `why` is one sentence with its dates; `bring` are a few
    lines, private ones marked, that rest on the ids in `evidence`. `urgency` orders the list.
    """

    contact: str
    contact_id: str
    due: dt.date
    late_days: int
    overdue: bool
    every_days: int
    longest_days: int
    last: dt.date | None
    why: str
    bring: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    urgency: float = 0.0


class Notebook(NamedTuple):
    """The whole book, read once: people, times in touch that only notes tell of, and on which days others were kept."""

    people: Mapping[str, Contact]
    told: Sequence[Touch]
    kept: Mapping[str, KeptDays]


def load_due(
    connection: Connection, today: dt.date, rules: CadenceRules, within: int = 0, most: int | None = None
) -> tuple[DueContact, ...]:
    """Everybody due today or earlier, or within so many days, the most urgent first.

    With `most` only so many are looked at, those latest for how often they want it, whose cadence is chosen first.
    """
    book = load_notebook(connection, today)
    last_day = today + dt.timedelta(days=within)
    reminders = find_reminders(
        book.people.values(), find_seen(book.kept, book.told, today), load_snoozes(connection), rules, today
    )
    late = [one for one in reminders if one.due <= last_day]
    if most is not None:
        late = sorted(late, key=lambda one: (-_least_urgency(one, today), one.due, one.contact.id))[:most]
    near = {one.contact.id: one for one in late}
    known = load_known(connection, book, near, today)
    chosen = {
        contact_id: moved
        for contact_id, one in near.items()
        if (moved := heed_wishes(one, known.wishes.get(contact_id, ()), today)) and moved.due <= last_day
    }
    strengths = load_strengths(connection, book, chosen, known.ledger, today)
    rows = [make_row(one, known, strengths.get(one.contact.id, 0.0), today) for one in chosen.values()]
    return tuple(sorted(rows, key=lambda one: (-one.urgency, one.due, one.contact, one.contact_id)))


def _least_urgency(one: Reminder, today: dt.date) -> float:
    """What the urgency is at least, whatever else the book tells."""
    late = 1 + (today - one.due).days / one.interval.ideal
    return min(MOST_LATE, max(0.0, late)) * (1 + (one.by != "default"))


# --- times in touch ---------------------------------------------------------------------------------------------


def load_notebook(connection: Connection, today: dt.date) -> Notebook:
    """Reads people and notes, and of the kept times in touch what the database adds up."""
    people = records.load_contacts(connection)
    told = remember(connection, "told touches", lambda: _load_told(connection, people, today), today)
    kept = load_kept_days(connection, today, today - dt.timedelta(days=KEPT_UP_DAYS - 1))
    return Notebook({one.id: one for one in people}, told, kept)


def _load_told(connection: Connection, people: Iterable[Contact], today: dt.date) -> tuple[Touch, ...]:
    notes, logged = records.load_notes(connection), readings.load_logged(connection)
    return tuple(join_touches((), people, notes, logged, today))


def find_seen(kept: Mapping[str, KeptDays], told: Iterable[Touch], today: dt.date) -> dict[str, Seen]:
    """Kept times in touch and those that only notes tell of, joined."""
    seen = {contact: Seen(*one) for contact, one in kept.items()}
    since = today - dt.timedelta(days=KEPT_UP_DAYS - 1)
    for touch in told:
        before = seen.get(touch.contact_id, Seen(touch.day, None, False, False))
        last = max(before.last, touch.day)
        if touch.day < since:
            seen[touch.contact_id] = before._replace(last=last)
        else:
            out, into = before.out or touch.direction != "in", before.into or touch.direction != "out"
            seen[touch.contact_id] = Seen(last, min(before.first or touch.day, touch.day), out, into)
    return seen


def load_strengths(
    connection: Connection,
    book: Notebook,
    ids: Iterable[str],
    ledger: Mapping[str, Sequence[Favour]],
    today: dt.date,
) -> dict[str, float]:
    """The strength of these ties, by the rule of `effort`, from days that the database added up.

    What a note tells of a day of which anything is kept adds nothing to it.
    """
    wanted = frozenset(ids)
    since = today - dt.timedelta(days=HORIZON_DAYS - 1)
    sums = load_day_sums(connection, wanted, today, since, TOGETHER)
    kept = {(one.contact_id, one.day) for one in sums}
    days = {(one.contact_id, one.day): (one.out, one.into) for one in sums}
    for touch in book.told:
        place = (touch.contact_id, touch.day)
        if touch.contact_id in wanted and touch.day >= since and place not in kept:
            much, (out, into) = TOGETHER.get(touch.channel, 1.0), days.get(place, (0.0, 0.0))
            days[place] = out + much * (touch.direction != "in"), into + much * (touch.direction != "out")
    efforts: dict[str, Effort] = defaultdict(Effort)
    for (contact, day), (out, into) in days.items():
        faded, before = FADED[(today - day).days], efforts[contact]
        efforts[contact] = Effort(before.mine + math.sqrt(out) * faded, before.theirs + math.sqrt(into) * faded)
    add_favours(efforts, [favour for contact in wanted for favour in ledger.get(contact, ())], today)
    habit = _find_habit(book, since)
    return {contact: weigh_effort(effort, habit).score for contact, effort in efforts.items()}


def _find_habit(book: Notebook, since: dt.date) -> float:
    """The share of those in touch, of late, with whom both sides write."""
    sides = {contact: {one.out and "out", one.into and "in"} for contact, one in book.kept.items()}
    for touch in book.told:
        if touch.day >= since:
            ways = {"out", "in"} if touch.direction == "both" else {touch.direction}
            sides.setdefault(touch.contact_id, set()).update(ways)
    known = [one & {"out", "in"} for one in sides.values() if one & {"out", "in"}]
    return weigh_habit(sum(len(one) == 2 for one in known), len(known))


# --- what is known of those who are due ---------------------------------------------------------------------------


class Known(NamedTuple):
    """What the book tells of some contacts and of the user (`me`), by contact."""

    facts: Mapping[str, Sequence[Evidence]]
    wishes: Mapping[str, Sequence[Evidence]]
    told: Mapping[str, Sequence[Evidence]]
    ledger: Mapping[str, Sequence[Favour]]
    me: str
    news: Mapping[str, Sequence[Shareable]]


def load_known(connection: Connection, book: Notebook, ids: Iterable[str], today: dt.date) -> Known:
    """Facts, wishes, promises and favours of these contacts, and the user's own facts."""
    wanted = dict.fromkeys(ids)
    me = next((one.id for one in book.people.values() if one.me), "")
    facts = readings.load_facts(connection, [*wanted, me])
    passages = readings.load_passages_of(connection, wanted)
    telling = [one for one in passages if _may_tell(one.text)]
    people = [book.people[one] for one in wanted]
    notes = records.load_notes(connection, wanted)
    sentences = (*note_evidence(telling, facts, people, notes), *private_evidence(telling))
    quoted = fact_evidence(facts)
    return Known(
        facts=by_person(quoted),
        wishes=by_person(one for one in (*sentences, *quoted) if may_hold_wish(one)),
        told=by_person(one for one in (*sentences, *quoted) if is_promise(one.quote)),
        ledger=by_contact(load_ledger(connection, passages=passages)),
        me=me,
        news=_by_reader(load_shareable(connection, people, today, wanted)),
    )


def _by_reader(found: Iterable[Shareable]) -> dict[str, list[Shareable]]:
    news: dict[str, list[Shareable]] = defaultdict(list)
    for one in found:
        news[one.reader.contact_id].append(one)
    return news


def _may_tell(text: str) -> bool:
    """Whether a passage may hold a wish or a promise; most do not, and are not looked at any closer."""
    noted = dt.date(2000, 1, 1)
    wish = asks_for_no_contact(text) or find_closed_months(text) or find_first_day(text, noted)
    return bool(wish) or may_promise(text)


# --- the rows -----------------------------------------------------------------------------------------------------


def make_row(one: Reminder, known: Known, strength: float, today: dt.date) -> DueContact:
    """The reminder with its reason, what to bring, and how urgent it is."""
    contact_id = one.contact.id
    ledger = known.ledger.get(contact_id, ())
    balance = weigh_balance(one.contact, ledger)
    promises = find_waiting(one.contact.name, known.told.get(contact_id, ()), ledger)
    knowledge = Knowledge(
        one.contact, known.facts.get(contact_id, ()), promises, balance, known.news.get(contact_id, ())
    )
    items = find_bring(knowledge, known.facts.get(known.me, ()), today)
    late = (today - one.due).days
    matters = 1 + (one.by != "default") + strength
    matters += 0.5 * any(item.is_need_met for item in items) + 0.5 * (balance.standing == "you_owe")
    return DueContact(
        contact=one.contact.name,
        contact_id=contact_id,
        due=one.due,
        late_days=late,
        overdue=late > one.interval.longest - one.interval.ideal,
        every_days=one.interval.ideal,
        longest_days=one.interval.longest,
        last=one.last,
        why=say_why(one, today),
        bring=tuple(item.text for item in items),
        evidence=tuple(dict.fromkeys(id for item in items for id in item.evidence)),
        urgency=round(min(MOST_LATE, max(0.0, 1 + late / one.interval.ideal)) * matters, 3),
    )


def say_why(one: Reminder, today: dt.date) -> str:
    """One sentence: how often, whose wish that is, when the last time was, and what put it off."""
    name, every = one.contact.first_name, say_interval(one.interval.ideal)
    if one.by == "own":
        wanted = f"You want to be in touch with {name} {every}"
    elif one.by == "tag":
        wanted = f"You want to be in touch with “{one.tag}” {every}, {name} among them"
    else:
        wanted = f"You and {name} keep in touch, and {every} is a good measure"
    return f"{wanted}; {_say_last(one, today)}{_say_put_off(one)}."


def _say_last(one: Reminder, today: dt.date) -> str:
    if one.last is None:
        return "no time in touch is noted yet"
    ago = (today - one.last).days
    said = {0: "today", 1: "yesterday"}.get(ago, f"{ago} days ago")
    return f"the last time was {_say_day(one.last)}, {said}"


def _say_put_off(one: Reminder) -> str:
    day = _say_day(one.due)
    return {
        "": "",
        "you": f", and you put it off to {day}",
        "wish": f", and it had to wait until {day}, as they asked",
        "private": f", and it had to wait until {day}",
    }[one.put_off]


def _say_day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"
