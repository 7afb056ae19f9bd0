"""Asking the book who should meet whom: what is read once, what is looked up for each pair, and what is left out.

Everything that is matched is held in memory while the records do not change; wishes, conflicts and confidences are
read anew for each pair that would be shown. It must never show a pair before they were read.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from assistant.domain import (
    Contact,
    Draft,
    DraftKind,
    DraftState,
    Evidence,
    Favour,
    FavourKind,
    Packet,
    PacketState,
    Visibility,
)
from assistant.find.book import load_evidence, load_told_by_both
from assistant.find.exchange import Item
from assistant.find.ground import find_event
from assistant.find.introduction_book import BookKey, IntroductionBook, read_introduction_book
from assistant.find.introduction_reasons import say_why
from assistant.find.introductions import (
    SAME_EVENT,
    Introduction,
    Pair,
    Quote,
    find_pairs,
    spread,
)
from assistant.find.pairing import Standing, find_standing
from assistant.store import packets, readings, records
from assistant.store.vectors import count_vectors, load_matrix

if TYPE_CHECKING:
    from assistant.store.embedder import Embedder

_LATELY_DAYS = 90
_SENT = (DraftState.SENT, DraftState.REPLIED)
_CLOSING = (PacketState.DECLINED, PacketState.INTRODUCED, PacketState.OUTCOME)


class IntroductionSearch:
    """Who should meet whom, from one open book."""

    def __init__(self) -> None:
        self._loaded: IntroductionBook | None = None

    def find(
        self,
        connection: Connection,
        today: dt.date,
        k: int,
        who: Contact | None = None,
        embedder: Embedder | None = None,
    ) -> tuple[Introduction, ...]:
        """The `k` best introductions, best first; with `who`, only theirs. Without vectors it goes by words alone."""
        loaded = self._load(connection, today, embedder)
        people = loaded.ties.people
        place = next((at for at, one in enumerate(people) if who and one.id == who.id), None)
        if who is not None and place is None:
            return ()
        sent = readings.load_drafts_in(connection, _SENT)
        steps = packets.load_packets(connection)
        ties = loaded.ties._replace(load=_count_load(people, loaded.ledger, sent, steps, today))
        pairs = find_pairs(loaded.wants, loaded.haves, loaded.themes, ties, place)
        known = {frozenset((one.a, one.b)): one for one in steps}
        met = {frozenset((one.to, one.plan.other or "")) for one in sent if one.kind is DraftKind.INTRO}
        open_pairs = _Open(connection, loaded, known, met, today)
        examined = open_pairs.take(pairs, k * 2 + 10)
        standing = {(pair.a, pair.b): found for pair, _, found in examined}
        chosen = spread([(score, pair) for pair, score, _ in examined], k)
        return tuple(
            _introduction(pair, score, people, standing[pair.a, pair.b], loaded.visibility, known)
            for score, pair in sorted(chosen, key=lambda one: -one[0])
        )

    @property
    def book(self) -> IntroductionBook | None:
        """What is held in memory, once something was asked."""
        return self._loaded

    def _load(self, connection: Connection, today: dt.date, embedder: Embedder | None) -> IntroductionBook:
        key = BookKey(
            today,
            readings.read_state(connection),
            readings.read_touch_state(connection),
            records.load_contacts(connection),
            count_vectors(connection, embedder.name) if embedder else 0,
        )
        if self._loaded is None or self._loaded.key != key:
            matrix = load_matrix(connection, embedder) if embedder else None
            self._loaded = read_introduction_book(connection, key, matrix)
        return self._loaded


class _Open:
    """Takes the pairs that nothing stands against; what is noted of a person is loaded once."""

    def __init__(
        self,
        connection: Connection,
        loaded: IntroductionBook,
        known: Mapping[frozenset[str], Packet],
        met: set[frozenset[str]],
        today: dt.date,
    ) -> None:
        self._connection, self._loaded, self._known = connection, loaded, known
        self._met, self._today = met, today
        self._told: dict[str, tuple[Evidence, ...]] = {}

    def take(self, pairs: Sequence[Pair], most: int) -> list[tuple[Pair, float, Standing]]:
        """The first `most` of `pairs` that may be brought together, each with its score and what to mind."""
        taken: list[tuple[Pair, float, Standing]] = []
        for pair in pairs:
            if len(taken) == most:
                break
            a, b = (self._loaded.ties.people[place] for place in (pair.a, pair.b))
            standing = self._standing(a, b)
            if not standing.closed:
                told = (self._notes_on(a), self._notes_on(b))
                factor = SAME_EVENT if find_event(*told) else 1.0
                taken.append((pair, pair.score * factor, standing))
        return taken

    def _standing(self, a: Contact, b: Contact) -> Standing:
        both = frozenset((a.id, b.id))
        packet = self._known.get(both)
        if both in self._met or (packet and packet.state in _CLOSING):
            return Standing(closed="they were introduced, or one of them declined")
        if link := self._loaded.links.get((min(a.id, b.id), max(a.id, b.id))):
            return Standing(closed=link)
        told = (*self._notes_on(a), *self._notes_on(b), *load_told_by_both(self._connection, a, b, [a.id, b.id]))
        return find_standing(a, b, told, self._loaded.first_names, self._today)

    def _notes_on(self, one: Contact) -> tuple[Evidence, ...]:
        if one.id not in self._told:
            facts = readings.load_facts(self._connection, [one.id])
            notes = records.load_notes(self._connection, [one.id])
            self._told[one.id] = load_evidence(self._connection, [one], facts, notes)
        return self._told[one.id]


def _count_load(
    people: Sequence[Contact],
    ledger: Iterable[Favour],
    sent: Iterable[Draft],
    steps: Iterable[Packet],
    today: dt.date,
) -> dict[int, int]:
    """How often each was asked for something or introduced of late, by place."""
    since = today - dt.timedelta(days=_LATELY_DAYS)
    counts = Counter(
        one.contact_id for one in ledger if one.kind is FavourKind.ASKED and one.date and one.date >= since
    )
    for packet in steps:
        if packet.last and packet.last >= since:
            counts.update((packet.a, packet.b))
    tracked = {frozenset((one.a, one.b)) for one in steps}
    for draft in sent:
        other = draft.plan.other
        if draft.kind in (DraftKind.INTRO, DraftKind.INTRO_ASK) and other and {draft.to, other} not in tracked:
            counts.update((draft.to, other))
    places = {one.id: place for place, one in enumerate(people)}
    return {places[one]: count for one, count in counts.items() if one in places}


# --- showing ------------------------------------------------------------------------------------------------------


def _introduction(
    pair: Pair,
    score: float,
    people: Sequence[Contact],
    standing: Standing,
    visibility: Mapping[str, Visibility],
    known: Mapping[frozenset[str], Packet],
) -> Introduction:
    a, b = people[pair.a], people[pair.b]
    if standing.asks_first == (b.id,):  # whoever wants to be asked before is asked before
        pair = pair._replace(a=pair.b, b=pair.a, gains_a=pair.gains_b, gains_b=pair.gains_a)
        a, b = b, a
    why_a, items_a = say_why(pair.gains_a, a, b)
    why_b, items_b = say_why(pair.gains_b, b, a)
    packet = known.get(frozenset((a.id, b.id)))
    first = [one.name for one in (a, b) if one.id in standing.asks_first]
    return Introduction(
        a=a.name,
        b=b.name,
        a_id=a.id,
        b_id=b.id,
        why_a=why_a,
        why_b=why_b,
        evidence_a=_quotes(items_a, people, visibility),
        evidence_b=_quotes(items_b, people, visibility),
        score=round(score, 3),
        one_sided=not (items_a and items_b),
        state=packet.state.value if packet else f"ask {' and '.join(first)} first" if first else "suggested",
    )


def _quotes(
    items: Iterable[Item], people: Sequence[Contact], visibility: Mapping[str, Visibility]
) -> tuple[Quote, ...]:
    return tuple(
        Quote(
            id=one.id,
            about=people[one.person].id,
            quote=one.quote,
            date=one.date,
            note_id=one.note_id,
            visibility=visibility[one.id],
        )
        for one in items
    )
