"""Asking the book who should meet whom: what is read once, what is looked up for each pair, and what is left out.

Everything that is matched is held in memory while the records do not change; wishes, conflicts and confidences are
read anew for each pair that would be shown. It must never show a pair before they were read.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sqlalchemy import Connection

from assistant.domain import (
    Contact,
    Draft,
    DraftKind,
    DraftState,
    Evidence,
    Fact,
    FactKind,
    Favour,
    FavourKind,
    Note,
    Passage,
    Touch,
    Visibility,
    count_favours,
)
from assistant.find.balance import find_told_favours, join_ledger
from assistant.find.book import load_evidence, load_told_by_both
from assistant.find.evidence import fact_evidence, record_evidence
from assistant.find.exchange import Item, ItemKind, Side, make_side, shorten, weigh_roots
from assistant.find.ground import find_event, freshness
from assistant.find.history import read_history
from assistant.find.introductions import (
    ONE_SIDED,
    SAME_EVENT,
    STRANGER,
    Introduction,
    Pair,
    Quote,
    Ties,
    find_pairs,
    say_why,
    spread,
)
from assistant.find.links import find_links
from assistant.find.pairing import Standing, find_standing
from assistant.find.sentences import note_evidence
from assistant.find.strength import find_strengths
from assistant.find.touches import has_met, join_touches
from assistant.find.wants import read_want
from assistant.sources.acquaintance import count_first_names
from assistant.sources.times import is_over
from assistant.store import packets, readings, records
from assistant.text import content_stems

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from assistant.store.vectors import Matrix

_STALE_DAYS = 730  # a need that old has been met or given up
_LATELY_DAYS = 90
_OVER_ASKED = 2  # asked so often with nothing given
_KINDS: Mapping[FactKind, ItemKind] = {
    FactKind.NEED: "need",
    FactKind.OFFER: "offer",
    FactKind.ROLE: "role",
    FactKind.PROJECT: "project",
    FactKind.INTEREST: "interest",
}
_SENT = (DraftState.SENT, DraftState.REPLIED)
_CLOSING = ("declined", "introduced", "outcome")


class _Key(NamedTuple):
    today: dt.date
    passages: tuple[int, int]
    interactions: tuple[int, int]
    people: tuple[Contact, ...]
    vectors: int


class _Loaded(NamedTuple):
    key: _Key
    wants: Side
    haves: Side
    themes: Side
    visibility: Mapping[str, Visibility]
    links: Mapping[tuple[str, str], str]
    first_names: Mapping[str, int]
    ties: Ties
    ledger: tuple[Favour, ...]


class IntroductionSearch:
    """Who should meet whom, from one open book."""

    def __init__(self) -> None:
        self._loaded: _Loaded | None = None

    def find(
        self, connection: Connection, today: dt.date, k: int, who: Contact | None = None, matrix: Matrix | None = None
    ) -> tuple[Introduction, ...]:
        """The `k` best introductions, best first; with `who`, only theirs. Without `matrix` it goes by words alone."""
        loaded = self._load(connection, today, matrix)
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
        examined = open_pairs.take(pairs, k * 4 + 20)
        standing = {(pair.a, pair.b): found for pair, _, found in examined}
        chosen = spread([(score, pair) for pair, score, _ in examined], k)
        return tuple(
            _introduction(pair, score, people, standing[pair.a, pair.b], loaded.visibility, known)
            for score, pair in sorted(chosen, key=lambda one: -one[0])
        )

    def _load(self, connection: Connection, today: dt.date, matrix: Matrix | None) -> _Loaded:
        key = _Key(
            today,
            readings.read_state(connection),
            readings.read_touch_state(connection),
            records.load_contacts(connection),
            len(matrix.ids) if matrix else 0,
        )
        if self._loaded is None or self._loaded.key != key:
            self._loaded = _read(connection, key, matrix)
        return self._loaded


class _Open:
    """Takes the pairs that nothing stands against; what is noted of a person is loaded once."""

    def __init__(
        self,
        connection: Connection,
        loaded: _Loaded,
        known: Mapping[frozenset[str], packets.Packet],
        met: set[frozenset[str]],
        today: dt.date,
    ) -> None:
        self._connection, self._loaded, self._known = connection, loaded, known
        self._met, self._today = met, today
        self._told: dict[str, tuple[Evidence, ...]] = {}

    def take(self, pairs: Sequence[Pair], most: int) -> list[tuple[Pair, float, Standing]]:
        """The first `most` of `pairs` that may be brought together, each with its score and what to mind."""
        taken = []
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


# --- reading the book once ----------------------------------------------------------------------------------------


def _read(connection: Connection, key: _Key, matrix: Matrix | None) -> _Loaded:
    people = tuple(one for one in key.people if not one.me)
    passages = readings.load_passages(connection)
    notes = records.load_notes(connection)
    facts = readings.load_facts(connection)
    ledger = join_ledger(readings.load_favours(connection), find_told_favours(passages))
    kept, logged = readings.load_touches(connection, until=key.today), readings.load_logged(connection)
    touches = join_touches(kept, people, notes, logged, key.today)
    evidence = _read_evidence(people, passages, facts, notes)
    items = list(_read_items(people, evidence, passages, ledger, key.today))
    vectors = dict(zip(matrix.ids, matrix.rows, strict=True)) if matrix else {}
    weights = weigh_roots(items)
    wants = make_side([one for one in items if one.kind == "need"], weights, vectors, True)
    haves = make_side([one for one in items if one.kind != "need"], weights, vectors, False)
    themes = [one for one in items if one.kind in ("role", "project", "interest")]
    theme_side = make_side(themes, weights, vectors, False)
    wants, haves = shorten(wants, haves)
    return _Loaded(
        key=key,
        wants=wants,
        haves=haves,
        themes=shorten(theme_side, theme_side)[0],
        visibility={one.id: one.visibility for one in evidence},
        links=find_links(people, notes, touches),
        first_names=count_first_names(one.name for one in key.people),
        ties=_read_ties(people, touches, ledger, notes, key.today)._replace(wanted=_read_cores(wants)),
        ledger=ledger,
    )


def _read_evidence(
    people: Sequence[Contact], passages: Sequence[Passage], facts: Sequence[Fact], notes: Sequence[Note]
) -> list[Evidence]:
    """Facts, titles and sentences of everybody who may be introduced; nothing private, outdated, denied or heard."""
    of_person: dict[str, list[list[Passage] | list[Fact] | list[Note]]] = defaultdict(lambda: [[], [], []])
    for place, group in enumerate((passages, facts, notes)):
        for one in group:
            of_person[one.contact_id][place].append(one)  # type: ignore[arg-type]
    found: list[Evidence] = []
    for person in people:
        if not person.do_not_contact:
            told, read, written = of_person[person.id]
            found += fact_evidence(read)  # type: ignore[arg-type]
            found += record_evidence(person, read)  # type: ignore[arg-type]
            found += note_evidence(told, read, [person], written)  # type: ignore[arg-type]
    return [one for one in found if _may_count(one)]


def _may_count(one: Evidence) -> bool:
    hidden = one.visibility is Visibility.PRIVATE
    return not (hidden or one.superseded or one.negated or one.hearsay)


def _read_items(
    people: Sequence[Contact],
    evidence: Iterable[Evidence],
    passages: Sequence[Passage],
    ledger: Sequence[Favour],
    today: dt.date,
) -> Iterator[Item]:
    places = {one.id: place for place, one in enumerate(people)}
    of_note: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        of_note[passage.note_id].append(passage)
    given: dict[str, list[Favour]] = defaultdict(list)
    for favour in ledger:
        if favour.kind is FavourKind.GAVE:
            given[favour.contact_id].append(favour)
    roles = {one.about for one in evidence if one.kind is FactKind.ROLE} if isinstance(evidence, list) else set()
    for one in evidence:
        kind = _kind(one, roles)
        if kind is None or (kind == "need" and not _is_wanted_still(one, given[one.about], today)):
            continue
        held = next((p.id for p in of_note.get(one.note_id or "", ()) if one.quote in p.text), "")
        yield Item(
            id=one.id,
            person=places[one.about],
            kind=kind,
            text=one.text,
            quote=one.quote,
            date=one.date,
            note_id=one.note_id,
            fresh=freshness(one.date, today),
            passage="" if kind == "said" else held,
            beside=" ".join((people[places[one.about]].industry, *people[places[one.about]].tags)) if kind == "role" else "",
        )


def _kind(one: Evidence, roles: set[str]) -> ItemKind | None:
    if isinstance(one.kind, FactKind):
        return _KINDS.get(one.kind)
    if one.field == "title" and one.about not in roles:
        return "role"
    return "said" if one.field == "sentence" else None


def _is_wanted_still(need: Evidence, given: Iterable[Favour], today: dt.date) -> bool:
    """Whether the need is fresh, its day is not past, and the user has not met it since."""
    if need.date and (today - need.date).days > _STALE_DAYS:
        return False
    if is_over(need.quote, need.date, today):
        return False
    stems = frozenset(content_stems(need.text))
    return not any(
        need.date and one.date and one.date > need.date and 2 * len(stems & set(content_stems(one.text))) > len(stems)
        for one in given
    )


def _read_ties(
    people: Sequence[Contact], touches: Sequence[Touch], ledger: Sequence[Favour], notes: Sequence[Note], today: dt.date
) -> Ties:
    """Who is known and how well: strength orders those with whom the user ever was in touch."""
    strengths = find_strengths(read_history(touches), today, ledger)
    of_person: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        of_person[note.contact_id].append(note)
    touched = {one.contact_id for one in touches}
    known = np.array([one.id in touched or has_met(one, of_person[one.id]) for one in people], bool)
    scores = np.array([strengths[one.id].score if one.id in strengths else 0.0 for one in people], float)
    entries: dict[str, list[Favour]] = defaultdict(list)
    for favour in ledger:
        entries[favour.contact_id].append(favour)
    balances = {place: count_favours(entries[one.id]) for place, one in enumerate(people) if one.id in entries}
    return Ties(
        people=people,
        warmth=np.where(known, 0.8 + 0.2 * np.minimum(1.0, 3 * scores), STRANGER),
        known=known,
        load={},
        over_asked=frozenset(at for at, one in balances.items() if one.asked >= _OVER_ASKED and not one.gave),
        wanted={},
    )


def _read_cores(wants: Side) -> dict[int, list[frozenset[str]]]:
    """What each person looks for, as the roots of each need's core."""
    cores: dict[int, list[frozenset[str]]] = defaultdict(list)
    for one in wants.items:
        cores[one.person].append(read_want(one.text).core)
    return cores


def _count_load(
    people: Sequence[Contact],
    ledger: Iterable[Favour],
    sent: Iterable[Draft],
    steps: Iterable[packets.Packet],
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
    known: Mapping[frozenset[str], packets.Packet],
) -> Introduction:
    a, b = people[pair.a], people[pair.b]
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
        state=packet.state if packet else f"ask {' and '.join(first)} first" if first else "suggested",
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
