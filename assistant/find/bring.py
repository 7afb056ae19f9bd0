"""What to bring when you write to somebody: a need you can meet, a promise, a birthday, a day ahead, news, a debt.

Every line rests on evidence of the book, and says from when it is. What is private is for the user's own eyes and is
marked so; it must never go into a file or a feed that leaves this machine.
"""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from assistant.domain import Contact, Evidence, FactKind, Favour, FavourKind, Visibility
from assistant.find.balance import ContactBalance
from assistant.find.birthdays import find_birthday
from assistant.find.ground import find_open_needs, match_needs
from assistant.find.promises import WaitingPromise
from assistant.find.shareable import Shareable
from assistant.find.wants import offer_meets
from assistant.sources.times import find_stretch

PRIVATE = "[private] "
BIRTHDAY_DAYS = 14  # so far ahead a birthday is worth a word
_AHEAD_DAYS = 60  # so far ahead another day is
_MOST = 4
_MOST_QUOTED = 140  # characters


class Item(NamedTuple):
    """One thing to bring: the line, what it rests on, and whether it is a need the user can meet."""

    text: str
    evidence: tuple[str, ...]
    is_need_met: bool = False


class Knowledge(NamedTuple):
    """What is known of one person and is of use here."""

    contact: Contact
    facts: Sequence[Evidence]
    promises: Sequence[WaitingPromise]
    balance: ContactBalance
    news: Sequence[Shareable] = ()


def find_bring(known: Knowledge, mine: Sequence[Evidence], today: dt.date) -> list[Item]:
    """The few things most worth bringing, best first; `mine` is what is known of the user."""
    facts = [one for one in known.facts if not (one.superseded or one.negated or one.hearsay)]
    given = [one for one in known.balance.entries if one.kind is FavourKind.GAVE]
    open_facts = [one for one in facts if not any(has_met(one, favour) for favour in given)]
    found = [
        *list(_needs_met(open_facts, mine, today))[:2],
        *map(_promise, known.promises[:2]),
        *_birthday(known.contact, today),
        *list(_days_ahead(facts, today))[:1],
        *map(_share, known.news[:1]),
    ]
    if not any(one.is_need_met for one in found):
        found += _open_need(open_facts, today)
    if known.balance.standing in ("you_owe", "only_asked"):
        is_private = any(one.visibility is Visibility.PRIVATE for one in known.balance.entries)
        said = f"{PRIVATE}{known.balance.said}" if is_private else known.balance.said
        found.append(Item(said, tuple(one.id for one in known.balance.entries)))
    return (found or _something_to_ask(facts))[:_MOST]


def has_met(need: Evidence, favour: Favour) -> bool:
    """Whether what was given since is what was needed."""
    is_later = favour.date is not None and need.date is not None and favour.date >= need.date
    return need.kind is FactKind.NEED and is_later and offer_meets(need.text, favour.text) > 0


def _needs_met(theirs: Sequence[Evidence], mine: Sequence[Evidence], today: dt.date) -> Iterator[Item]:
    offers = [one for one in mine if not (one.superseded or one.negated or one.hearsay)]
    best: dict[str, tuple[float, Evidence, Evidence]] = {}
    for need, offer, fit in match_needs(theirs, offers, today):
        if need.text not in best or fit > best[need.text][0]:
            best[need.text] = fit, need, offer
    for _, need, offer in sorted(best.values(), key=lambda one: (-one[0], -_ordinal(one[1]), one[1].id)):
        text = f"Your offer “{offer.text}” meets a need: “{_cut(need.text)}”{_noted(need)}."
        yield Item(_mark(text, need, offer), (need.id, offer.id), is_need_met=True)


def _open_need(facts: Iterable[Evidence], today: dt.date) -> list[Item]:
    newest = max(find_open_needs(facts, today), key=lambda one: (_ordinal(one), one.id), default=None)
    if newest is None:
        return []
    return [Item(_mark(f"An open need: “{_cut(newest.text)}”{_noted(newest)}.", newest), (newest.id,))]


def _promise(one: WaitingPromise) -> Item:
    said = f"You promised, {_day(one.date)}: “{_cut(one.text)}”" if one.date else f"You promised: “{_cut(one.text)}”"
    return Item(f"{PRIVATE}{said}" if one.private else said, (one.evidence,))


def _birthday(contact: Contact, today: dt.date) -> list[Item]:
    day = find_birthday(contact.birthday, today) if contact.birthday else None
    if day is None or (day - today).days > BIRTHDAY_DAYS:
        return []
    return [Item(f"Birthday {say_when(day, today)}.", (contact.id,))]


def say_when(day: dt.date, today: dt.date) -> str:
    """ "today", "tomorrow", "on 24 November"."""
    ahead = (day - today).days
    return {0: "today", 1: "tomorrow"}.get(ahead, f"on {day.day} {day:%B}")


def _days_ahead(facts: Iterable[Evidence], today: dt.date) -> Iterator[Item]:
    """Events, projects and needs whose own words name a day soon, the next first."""
    kinds = (FactKind.EVENT, FactKind.PROJECT, FactKind.PERSONAL)
    named = [
        (stretch.first, one)
        for one in facts
        if one.kind in kinds and (stretch := find_stretch(one.quote, one.date or today))
    ]
    for first, one in sorted(named, key=lambda pair: (pair[0], pair[1].id)):
        if 0 <= (first - today).days <= _AHEAD_DAYS:
            yield Item(_mark(f"Coming up: “{_cut(one.quote)}”{_noted(one)}.", one), (one.id,))


def _something_to_ask(facts: Iterable[Evidence]) -> list[Item]:
    """With nothing else to bring, the newest thing of theirs that may be asked after."""
    kinds = (FactKind.PROJECT, FactKind.INTEREST, FactKind.EVENT)
    told = [one for one in facts if one.kind in kinds and one.visibility is not Visibility.PRIVATE]
    newest = max(told, key=lambda one: (_ordinal(one), -kinds.index(FactKind(one.kind or "")), one.id), default=None)
    return [Item(f"Ask after “{_cut(newest.text)}”{_noted(newest)}.", (newest.id,))] if newest else []


def _share(one: Shareable) -> Item:
    reader = one.reader
    noted = f" (noted {_day(reader.date)})" if reader.date else ""
    text = f"Share “{_cut(one.article.title)}”, which you read: it speaks to “{_cut(reader.quote)}”{noted}."
    return Item(text, (reader.evidence,))


def _mark(text: str, *rests_on: Evidence) -> str:
    return f"{PRIVATE}{text}" if any(one.visibility is Visibility.PRIVATE for one in rests_on) else text


def _noted(one: Evidence) -> str:
    return f" (noted {_day(one.date)})" if one.date else ""


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _cut(text: str) -> str:
    return textwrap.shorten(text, _MOST_QUOTED, placeholder=" …")


def _ordinal(one: Evidence) -> int:
    return one.date.toordinal() if one.date else 0
