"""Briefing: what to know of one person before meeting them, or of several, each on a page of their own.

Puts the sections together from what is loaded once for each guest. Exact reasoning, no language model. It must never
show a line without what it rests on, nor mix what is noted of one guest into another's page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection

from assistant.domain import Contact, Fact, FactKind, Passage, Value, Visibility
from assistant.errors import GivefirstError
from assistant.find.balance import load_ledger
from assistant.find.book import load_ground
from assistant.find.dealings import tell_ground, tell_needs, tell_owed, tell_promises, tell_quiet
from assistant.find.dossier import Dossier, Line, Section, cite, is_standing, without_repeats
from assistant.find.evidence import private_evidence, record_evidence
from assistant.find.guest import tell_busy, tell_changes, tell_last, tell_met, tell_mutual, tell_now
from assistant.find.material import heading_evidence
from assistant.find.questions import tell_questions
from assistant.find.sentences import note_evidence
from assistant.find.touches import find_touches
from assistant.store import readings, records


class Briefing(Value):
    """One person's page. `thin` says that little is known, and that the page names the one thing to find out."""

    contact: str
    contact_id: str
    thin: bool
    sections: tuple[Section, ...]


_SECTIONS: tuple[tuple[str, str, Callable[[Dossier], Iterator[Line]]], ...] = (
    ("now", "Who they are now", tell_now),
    ("met", "How you met", tell_met),
    ("last", "Last times in touch", tell_last),
    ("changes", "What has changed", tell_changes),
    ("needs", "What they look for and offer", tell_needs),
    ("promises", "Open promises", tell_promises),
    ("owed", "What is owed, both ways", tell_owed),
    ("ground", "Common ground", tell_ground),
    ("busy", "What keeps them busy", tell_busy),
    ("mutual", "People you both know", tell_mutual),
    ("questions", "Good questions", tell_questions),
    ("quiet", "For you only: respect, and do not bring up", tell_quiet),
)
_TELLING = frozenset(
    (FactKind.NEED, FactKind.OFFER, FactKind.PROJECT, FactKind.INTEREST, FactKind.EVENT, FactKind.PERSONAL)
)
_THIN = 2  # telling things known, at most


def load_briefings(
    connection: Connection, people: Sequence[Contact], me: Contact | None, today: dt.date
) -> tuple[Briefing, ...]:
    """A page for each of these people, in order and each once, as things stand on `today`."""
    if any(one.me for one in people):
        raise GivefirstError("this is you; name the people you are going to meet")
    people = list({one.id: one for one in people}.values())
    book = tuple(one for one in records.load_contacts(connection) if not one.me)
    return tuple(find_briefing(_load_dossier(connection, one, me, book, today)) for one in people)


def _load_dossier(
    connection: Connection, contact: Contact, me: Contact | None, book: Sequence[Contact], today: dt.date
) -> Dossier:
    ids = [contact.id]
    notes, passages = records.load_notes(connection, ids), readings.load_passages_of(connection, ids)
    facts = tuple(one for one in readings.load_facts(connection, ids) if not _is_pasted_wish(one, passages))
    hidden = [one for one in passages if one.visibility is Visibility.PRIVATE]
    kept = [one for one in readings.load_interactions(connection, ids) if one.when <= today]
    private = frozenset(one.note_id for one in facts if _is_private_heading(one))
    return Dossier(
        contact=contact,
        me=me,
        today=today,
        facts=facts,
        passages=passages,
        notes=notes,
        records=record_evidence(contact, facts),
        headings=heading_evidence(notes, private),
        said=note_evidence(passages, facts, [contact, *([me] if me else [])], notes),
        secrets=private_evidence(hidden),
        ledger=load_ledger(connection, ids),
        touches=tuple(one for one in find_touches(contact, notes, kept) if one.when <= today),
        ground=load_ground(connection, me, contact, today) if me else (),
        names=tuple(one for one in book if one.id != contact.id),
    )


def _is_pasted_wish(fact: Fact, passages: Sequence[Passage]) -> bool:
    """Whether a wish was read out of pasted text, where anything may stand, orders to a program among it."""
    pasted = (one for one in passages if one.text.lstrip().startswith(">"))
    return fact.kind is FactKind.PREFERENCE and any(fact.quote in one.text for one in pasted)


def _is_private_heading(fact: Fact) -> bool:
    return fact.visibility is Visibility.PRIVATE and "private" in fact.occasion.casefold()


def find_briefing(dossier: Dossier) -> Briefing:
    """The page of one guest; sections that have nothing to say are left out."""
    found = [(key, title, without_repeats(tell(dossier))) for key, title, tell in _SECTIONS]
    thin = _is_thin(dossier)
    if thin:
        found.insert(0, ("find_out", "Little is known: the one thing to find out", tuple(_tell_gap(dossier))))
    return Briefing(
        contact=dossier.contact.name,
        contact_id=dossier.contact.id,
        thin=thin,
        sections=tuple(Section(key=key, title=title, lines=lines) for key, title, lines in found if lines),
    )


def _is_thin(dossier: Dossier) -> bool:
    telling = sum(one.kind in _TELLING and is_standing(one) for one in dossier.facts)
    return telling + len(dossier.said) + len(dossier.ledger) < _THIN


def _tell_gap(dossier: Dossier) -> Iterator[Line]:
    """What would help most, of what no note tells: how one knows them, what they do, what they look for."""
    org = next((one for one in dossier.records if one.field == "org"), None)
    met = next((one for one in dossier.records if one.field == "how_met"), None)
    heading = next(iter(dossier.headings), None)
    if org:
        text = f"What {dossier.first} is working on at {org.text}, and what would be of help there."
    elif dossier.notes or met:
        text = f"What {dossier.first} does, and what would be of help just now."
    else:
        text = f"How you know {dossier.first}, and what they do."
    yield from cite(dossier, text, org or met or heading or dossier.contact)
