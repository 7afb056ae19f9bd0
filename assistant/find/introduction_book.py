"""What introductions rest on, read from the whole book once: needs, offers and work, ties, links and load.

It must never take up a private, outdated, denied or hearsay line, nor anybody who is marked do-not-contact.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sqlalchemy import Connection

from assistant.domain import (
    Contact,
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
from assistant.find.doings import read_doings
from assistant.find.evidence import fact_evidence, record_evidence
from assistant.find.exchange import WANTS, Item, ItemKind, Side, make_side, shorten, weigh_roots
from assistant.find.ground import freshness
from assistant.find.grouping import by_contact, by_note
from assistant.find.history import read_history
from assistant.find.introduction_gains import Ties
from assistant.find.introductions import STRANGER
from assistant.find.links import find_links
from assistant.find.sentences import note_evidence
from assistant.find.strength import find_strengths
from assistant.find.touches import has_met, join_touches
from assistant.find.wants import read_want
from assistant.sources.acquaintance import count_first_names
from assistant.sources.times import is_over
from assistant.store import readings, records
from assistant.text import content_stems

if TYPE_CHECKING:
    from assistant.store.vectors import Matrix

_STALE_DAYS = 730  # a need that old has been met or given up
_BY_MEANING: tuple[ItemKind, ...] = ("offer", "role", "project")  # a hobby meets a need by its words alone
_OVER_ASKED = 2  # asked so often with nothing given
_KINDS: Mapping[FactKind, ItemKind] = {
    FactKind.NEED: "need",
    FactKind.OFFER: "offer",
    FactKind.ROLE: "role",
    FactKind.PROJECT: "project",
    FactKind.INTEREST: "interest",
}


class BookKey(NamedTuple):
    """What changes whenever the book would read otherwise."""

    today: dt.date
    passages: tuple[int, int]
    interactions: tuple[int, int]
    people: tuple[Contact, ...]
    vectors: int


class IntroductionBook(NamedTuple):
    """The book as it is matched; `links` are reasons to think that two know each other, by ids in order."""

    key: BookKey
    wants: Side
    haves: Side
    themes: Side
    visibility: Mapping[str, Visibility]
    links: Mapping[tuple[str, str], str]
    first_names: Mapping[str, int]
    ties: Ties
    ledger: tuple[Favour, ...]


def read_introduction_book(connection: Connection, key: BookKey, matrix: Matrix | None) -> IntroductionBook:
    """Everything in the book, once; work grows with its length."""
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
    wants = make_side([one for one in items if one.kind in WANTS], weights, vectors, WANTS)
    haves = make_side([one for one in items if one.kind not in WANTS], weights, vectors, _BY_MEANING)
    ours = _read_own_names(facts, key.people)
    themes = [
        one for one in items if one.kind in ("role", "project", "interest") and not any(n in one.text for n in ours)
    ]
    wants, haves = shorten(wants, haves)
    about = shorten(make_side(themes, weights, vectors, ("interest", "project", "role")))[0]
    return IntroductionBook(
        key=key,
        wants=wants,
        haves=haves,
        themes=about,
        visibility={one.id: one.visibility for one in evidence},
        links=find_links(people, notes, touches),
        first_names=count_first_names(one.name for one in key.people),
        ties=_read_ties(people, touches, ledger, notes, key.today)._replace(wanted=_read_cores(wants)),
        ledger=ledger,
    )


def _read_own_names(facts: Sequence[Fact], people: Sequence[Contact]) -> frozenset[str]:
    """Names of the user's own projects: whoever works on them with the user knows of the others."""
    me = {one.id for one in people if one.me}
    texts = [one.text for one in facts if one.contact_id in me and one.kind is FactKind.PROJECT]
    return frozenset(name for text in texts for name in re.findall(r"(?:[A-Z][\w'’-]+ )+[A-Z][\w'’-]+", text))


def _read_evidence(
    people: Sequence[Contact], passages: Sequence[Passage], facts: Sequence[Fact], notes: Sequence[Note]
) -> list[Evidence]:
    """Facts, titles and sentences of everybody who may be introduced; nothing private, outdated, denied or heard."""
    told, read, written = by_contact(passages), by_contact(facts), by_contact(notes)
    found: list[Evidence] = []
    for person in people:
        if not person.do_not_contact:
            of_them = read[person.id]
            found += fact_evidence(of_them)
            found += record_evidence(person, of_them)
            found += note_evidence(told[person.id], of_them, [person], written[person.id])
    return [one for one in found if _may_count(one)]


def _may_count(one: Evidence) -> bool:
    hidden = one.visibility is Visibility.PRIVATE
    return not (hidden or one.superseded or one.negated or one.hearsay)


def _read_items(
    people: Sequence[Contact],
    evidence: Sequence[Evidence],
    passages: Sequence[Passage],
    ledger: Sequence[Favour],
    today: dt.date,
) -> Iterator[Item]:
    places = {one.id: place for place, one in enumerate(people)}
    of_note = by_note(passages)
    given = by_contact(one for one in ledger if one.kind is FavourKind.GAVE)
    roles: dict[str, set[str]] = defaultdict(set)
    for one in evidence:
        if one.kind is FactKind.ROLE:
            roles[one.about] |= read_want(one.text).whole
    for one in evidence:
        kind = _kind(one, roles)
        if kind is None or (kind == "need" and not _is_wanted_still(one, given[one.about], today)):
            continue
        held = _passage_of(one, of_note)
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
            beside=" ".join((people[places[one.about]].industry, *people[places[one.about]].tags))
            if kind == "role"
            else "",
        )
    yield from _read_doings(people, evidence, of_note, today)


def _read_doings(
    people: Sequence[Contact], evidence: Sequence[Evidence], of_note: Mapping[str, Sequence[Passage]], today: dt.date
) -> Iterator[Item]:
    """What sentences tell in passing, where no fact that quotes them says as much."""
    places = {one.id: place for place, one in enumerate(people)}
    told: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for one in evidence:
        if one.source == "note" and (one.field == "sentence" or one.quote != one.text):
            told[one.about, one.quote].append(one)
    for (about, quote), of_quote in told.items():
        known = [read_want(one.text).whole for one in of_quote if isinstance(one.kind, FactKind)]
        first, place = of_quote[0], places[about]
        for doing in read_doings(quote, people[place]):
            said = read_want(doing.text).whole
            if not said or any(2 * len(said & held) >= len(said) for held in known):
                continue
            if doing.kind == "aim" and is_over(quote, first.date, today):
                continue
            yield Item(
                id=first.id,
                person=place,
                kind=doing.kind,
                text=doing.text,
                quote=quote,
                date=first.date,
                note_id=first.note_id,
                fresh=freshness(first.date, today),
                passage=_passage_of(first, of_note),
            )


def _passage_of(one: Evidence, of_note: Mapping[str, Sequence[Passage]]) -> str:
    return next((p.id for p in of_note.get(one.note_id or "", ()) if one.quote in p.text), "")


def _kind(one: Evidence, roles: Mapping[str, set[str]]) -> ItemKind | None:
    """A title is a line of work where no role that was noted says as much: the card knows of a post the notes miss."""
    if isinstance(one.kind, FactKind):
        return _KINDS.get(one.kind)
    if one.field == "title" and not read_want(one.text).whole & roles.get(one.about, set()):
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
    of_person = by_contact(notes)
    touched = {one.contact_id for one in touches}
    known = np.array([one.id in touched or has_met(one, of_person[one.id]) for one in people], bool)
    scores = np.array([strengths[one.id].score if one.id in strengths else 0.0 for one in people], float)
    entries = by_contact(ledger)
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
        if one.kind == "aim":  # whoever is about to do a thing may well have it
            continue
        cores[one.person].append(read_want(one.text).core)
    return cores
