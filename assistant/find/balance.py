"""The ledger of favours: what the user gave, received and asked, per contact and over all.

One ledger for every use: give-before-ask counts the same entries as `balance` shows. It comes from typed bullets, from
what running notes tell of asking and giving, and from drafts the user marked as sent (an introduction made, news
shared, a favour asked). It shows how things stand; it must never scold, and never take a draft that was not sent for a
favour done.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from sqlalchemy import Connection

from assistant.domain import (
    Contact,
    Draft,
    DraftKind,
    DraftState,
    Favour,
    FavourKind,
    Packet,
    PacketState,
    Passage,
    Value,
    count_favours,
    make_id,
)
from assistant.find.grouping import by_contact
from assistant.store import readings, records
from assistant.store.packets import load_packets
from assistant.text import split_sentences

Standing = Literal["even", "you_owe", "only_asked", "you_gave", "none"]

_ASKED = re.compile(r"\b(?:i|we) (?:have )?(?:also )?asked (?:him|her|them)\b", re.IGNORECASE)
_GAVE = re.compile(
    r"\b(?:i|we) (?:\w+ )?(?:gave|sent|lent|helped|introduced|brought) (?:him|her|them)\b", re.IGNORECASE
)
_TYPED = re.compile(r"\s*(?:[-*+]\s+)?\[[a-z_ ]+\]\s", re.IGNORECASE)
_SENT = (DraftState.SENT, DraftState.REPLIED)


class ContactBalance(Value):
    """How things stand with one contact. `entries` are newest first; `said` is one sentence that says it."""

    contact: str
    contact_id: str
    gave: int
    received: int
    asked: int
    standing: Standing
    said: str
    entries: tuple[Favour, ...] = ()


def load_balance(connection: Connection, only: Contact | None = None) -> tuple[ContactBalance, ...]:
    """How things stand with everybody who has an entry (or with `only`), what is owed first, then what was only asked.

    Over all is the sum of the rows.
    """
    people = [only] if only else [one for one in records.load_contacts(connection) if not one.me]
    ledger = by_contact(load_ledger(connection, [only.id] if only else None))
    rows = [weigh_balance(one, ledger[one.id]) for one in people if ledger[one.id] or only]
    order = ("you_owe", "only_asked", "even", "you_gave", "none")
    return tuple(sorted(rows, key=lambda row: (order.index(row.standing), -_open(row), row.contact)))


def _open(row: ContactBalance) -> int:
    return abs(row.received - row.gave) + row.asked


def load_ledger(
    connection: Connection, ids: Iterable[str] | None = None, passages: Sequence[Passage] | None = None
) -> tuple[Favour, ...]:
    """Every entry about these contacts (everybody without), oldest first, undated ones before.

    `passages` are theirs, where they have been read already.
    """
    wanted = None if ids is None else frozenset(ids)
    typed = readings.load_favours(connection, wanted)
    if passages is None and wanted is None:
        passages = readings.load_passages(connection)
    elif passages is None:
        passages = readings.load_passages_of(connection, wanted or ())
    sent = readings.load_drafts_in(connection, _SENT, wanted)
    days = {one.id: one.when for one in readings.load_interactions(connection, [one.to for one in sent])}
    names = {one.id: one.name for one in records.load_contacts(connection)} if sent else {}
    met = find_introduced(load_packets(connection), sent)
    names = names or ({one.id: one.name for one in records.load_contacts(connection)} if met else {})
    told = [*find_told_favours(passages), *find_sent_favours(sent, days, names), *find_packet_favours(met, names)]
    return join_ledger(typed, [one for one in told if wanted is None or one.contact_id in wanted])


def join_ledger(typed: Sequence[Favour], told: Iterable[Favour]) -> tuple[Favour, ...]:
    """Typed entries, and of the others those that no entry of the same contact, kind and day tells already."""
    known = {(one.contact_id, one.kind, one.date) for one in typed if one.date}
    joined = list(typed)
    for one in told:
        if (one.contact_id, one.kind, one.date) not in known:
            joined.append(one)
            known |= {(one.contact_id, one.kind, one.date)} if one.date else set()
    return tuple(sorted(joined, key=lambda one: (one.date or dt.date.min, one.id)))


def find_told_favours(passages: Iterable[Passage]) -> Iterator[Favour]:
    """What running notes tell: "we asked him again", "I lent her the drill". Pasted text tells nothing of the user."""
    for passage in passages:
        said = passage.text
        if _TYPED.match(said) or said.lstrip().startswith(">") or not (_ASKED.search(said) or _GAVE.search(said)):
            continue
        for sentence in split_sentences(said):
            for kind, pattern in ((FavourKind.ASKED, _ASKED), (FavourKind.GAVE, _GAVE)):
                if pattern.search(sentence.text):
                    yield Favour(
                        id=make_id("g", passage.note_id, kind, sentence.text),
                        contact_id=passage.contact_id,
                        kind=kind,
                        text=" ".join(sentence.text.split()),
                        quote=sentence.text,
                        date=passage.date,
                        note_id=passage.note_id,
                        visibility=passage.visibility,
                    )


def find_sent_favours(sent: Iterable[Draft], days: Mapping[str, dt.date], names: Mapping[str, str]) -> Iterator[Favour]:
    """What drafts marked as sent did: both sides of an introduction were given one, news is given, an ask is asked.

    `days` are the days of kept interactions by id: a sent draft is one.
    """
    for draft in sent:
        day = days.get(make_id("i", draft.id, "out"))
        other = draft.plan.other
        if draft.kind is DraftKind.INTRO and other:
            yield _of_draft(draft, draft.to, FavourKind.GAVE, f"introduced to {names.get(other, other)}", day)
            yield _of_draft(draft, other, FavourKind.GAVE, f"introduced to {names.get(draft.to, draft.to)}", day)
        elif draft.kind is DraftKind.NEWS_SHARE:
            yield _of_draft(draft, draft.to, FavourKind.GAVE, f"shared news: {draft.subject}", day)
        elif draft.kind is DraftKind.ASK:
            yield _of_draft(draft, draft.to, FavourKind.ASKED, draft.plan.ask or draft.subject, day)


def find_introduced(packets: Iterable[Packet], sent: Iterable[Draft]) -> list[Packet]:
    """The packets whose two were introduced by another way than a draft marked as sent: that one counts itself."""
    written = {frozenset((one.to, one.plan.other or "")) for one in sent if one.kind is DraftKind.INTRO}
    done = (PacketState.INTRODUCED, PacketState.OUTCOME)
    return [one for one in packets if one.state in done and frozenset((one.a, one.b)) not in written]


def find_packet_favours(introduced: Iterable[Packet], names: Mapping[str, str]) -> Iterator[Favour]:
    """An introduction that both accepted was given to both, on the day it was made."""
    for one in introduced:
        day = next((step.day for step in one.steps if step.state is PacketState.INTRODUCED), None)
        for side, other in ((one.a, one.b), (one.b, one.a)):
            yield Favour(
                id=make_id("g", "packet", side, other),
                contact_id=side,
                kind=FavourKind.GAVE,
                text=f"introduced to {names.get(other, other)}",
                date=day,
            )


def _of_draft(draft: Draft, contact_id: str, kind: FavourKind, text: str, day: dt.date | None) -> Favour:
    return Favour(id=make_id("g", draft.id, contact_id, kind), contact_id=contact_id, kind=kind, text=text, date=day)


def weigh_balance(contact: Contact, entries: Sequence[Favour]) -> ContactBalance:
    """How things stand with one contact, and the sentence that says so."""
    counted = count_favours(entries)
    standing = _standing(counted.gave, counted.received, counted.asked)
    return ContactBalance(
        contact=contact.name,
        contact_id=contact.id,
        gave=counted.gave,
        received=counted.received,
        asked=counted.asked,
        standing=standing,
        said=_said(contact.first_name, standing, counted.gave, counted.received, counted.asked),
        entries=tuple(reversed(entries)),
    )


def _standing(gave: int, received: int, asked: int) -> Standing:
    if received > gave:
        return "you_owe"
    if asked and not gave:
        return "only_asked"
    if gave > received:
        return "you_gave"
    return "even" if gave else "none"


def _said(name: str, standing: Standing, gave: int, received: int, asked: int) -> str:
    """In plain words, without reproach: what happened, and what would be a good next step."""
    if standing == "you_owe":
        back = f"you for {name} {_times(gave)}" if gave else "nothing has gone back yet"
        return f"{name} did something for you {_times(received)}, and {back}. A good moment to give."
    if standing == "only_asked":
        return f"You asked {name} {_times(asked)} and have not noted giving anything yet. A small offer would fit."
    if standing == "you_gave":
        back = f"{name} for you {_times(received)}" if received else "have noted nothing in return"
        return f"You did something for {name} {_times(gave)}, and {back}. That is no debt; you may well ask."
    return f"You and {name} are even: {_times(gave)} each way." if gave else f"No favours are noted with {name}."


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
