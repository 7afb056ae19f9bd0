"""Asking the book: the person a name means, what is known of them, and all a message to them must be held against.

Loads and gathers; what may be told is decided by `material`. It must never leave out a confidence that a text could
give away: what is private stands among the withheld whether or not a fact was read out of it.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections.abc import Sequence

from sqlalchemy import Connection

from assistant.domain import (
    CommonGround,
    Contact,
    DraftRequest,
    Evidence,
    Fact,
    Interaction,
    Material,
    Note,
    Visibility,
    make_id,
)
from assistant.errors import Ambiguous, NotFound
from assistant.find.balance import load_ledger
from assistant.find.evidence import fact_evidence, private_evidence, record_evidence, record_texts
from assistant.find.ground import Book, find_ground, find_people_in_common
from assistant.find.material import favour_evidence, gather_material, heading_evidence
from assistant.find.names import Names, read_names
from assistant.find.sentences import note_evidence
from assistant.find.touches import find_touches, has_met
from assistant.store import readings, records
from assistant.store.forgotten import count_forgotten
from assistant.store.memo import remember
from assistant.store.packets import load_packet
from assistant.store.words import search_words
from assistant.text import find_words, fold, split_sentences

_MOST_LISTED = 6


def find_person(connection: Connection, who: str) -> Contact:
    """The one person `who` means. Raises `NotFound`, or `Ambiguous` naming the candidates."""
    found = records.find_people(connection, who)
    if not found:
        raise NotFound(f"nobody in your book is called {who!r}; `givefirst people` lists everybody")
    if len(found) > 1:
        listed = "; ".join(_label(one) for one in found[:_MOST_LISTED])
        more = f" and {len(found) - _MOST_LISTED} more" if len(found) > _MOST_LISTED else ""
        raise Ambiguous(f"{who!r} may be {len(found)} people: {listed}{more}; name one by email or id")
    return found[0]


def _label(one: Contact) -> str:
    return " ".join(part for part in (one.name, one.emails[0] if one.emails else "", f"({one.id})") if part)


def find_user(connection: Connection) -> Contact:
    """The user's own contact. Raises `NotFound` saying how to bring it in."""
    me = records.load_me(connection)
    if me is None:
        raise NotFound("your own note is missing; import a Markdown file with `me: true` and `name: …` at its head")
    return me


def list_people(connection: Connection, query: str) -> tuple[Contact, ...]:
    """Everybody but the user who has each word of `query` somewhere in their record, by name."""
    wanted = fold(query).split()
    return tuple(
        one
        for one in records.load_contacts(connection)
        if not one.me and all(word in _haystack(one) for word in wanted)
    )


def _haystack(one: Contact) -> str:
    return fold(" ".join((one.name, *one.emails, one.org, one.title, one.location, one.industry, *one.tags)))


def load_ground(connection: Connection, me: Contact, contact: Contact, today: dt.date) -> tuple[CommonGround, ...]:
    """What the user and `contact` share, strongest first. Rarity is reckoned over the whole book."""
    facts = fact_evidence(readings.load_facts(connection, [me.id, contact.id]))
    book = load_rarities(connection)
    mine = [*(one for one in facts if one.about == me.id), *record_evidence(me)]
    theirs = [*(one for one in facts if one.about == contact.id), *record_evidence(contact)]
    notes = records.load_notes(connection, [contact.id])
    private = frozenset(one.note_id for one in readings.load_private_passages(connection, [contact.id]))
    shared = find_ground(mine, theirs, book, today)
    people = find_people_in_common(contact, notes, load_names(connection), private, today)
    return tuple(sorted((*shared, *people), key=lambda one: (-one.strength, one.kind, one.text)))


def load_names(connection: Connection) -> Names:
    """The whole names of everybody but the user, read once while the book does not change."""
    return remember(
        connection, "names", lambda: read_names(one for one in records.load_contacts(connection) if not one.me)
    )


def load_rarities(connection: Connection) -> Book:
    """Which words are rare in the whole book, read once while it does not change.

    In a large book one more note makes no word common: there they are read again once it has grown by a hundredth,
    and when somebody was forgotten.
    """
    until = None
    if readings.is_large(connection):
        until = (_hundredths(readings.count_facts(connection)), count_forgotten(connection))
    return remember(connection, "rarities", lambda: _read_rarities(connection), until=until)


def _hundredths(count: int) -> int:
    """How often 1 must grow by a hundredth to be `count`."""
    return int(math.log(max(count, 1)) / math.log(1.01))


def _read_rarities(connection: Connection) -> Book:
    everybody = records.load_contacts(connection)
    fields = ((one.id, said) for one in everybody for said in record_texts(one))
    return Book(itertools.chain(readings.load_fact_texts(connection), fields))


def load_material(
    connection: Connection,
    request: DraftRequest,
    me: Contact,
    to: Contact,
    today: dt.date,
    other: Contact | None = None,
) -> Material:
    """Everything a message may rest on and must be checked against."""
    people = [me, to, *([other] if other else [])]
    ids = [one.id for one in people]
    notes = records.load_notes(connection, [me.id, to.id])
    favours = readings.load_favours(connection, [me.id, to.id])
    facts = readings.load_facts(connection, ids)
    evidence = (
        *load_evidence(connection, people, facts, notes),
        *favour_evidence(favours),
        *(load_told_by_both(connection, to, other, ids) if other else ()),
    )
    material = gather_material(
        request,
        me,
        to,
        evidence,
        today,
        other=other,
        ground=load_ground(connection, me, to, today),
        names=remember(connection, "names and firms", lambda: _read_names_and_firms(connection)),
        favours=load_ledger(connection, [to.id]),
        touches=find_touches(to, notes, _kept_until(connection, to.id, today)),
        met=has_met(to, notes),
        packet=load_packet(connection, to.id, other.id) if other else None,
    )
    if other is None:
        return material
    book = load_rarities(connection)
    theirs, others = ([one for one in material.evidence if one.about == side.id] for side in (to, other))
    return material.model_copy(update={"other_ground": find_ground(others, theirs, book, today)})


def load_evidence(
    connection: Connection, people: Sequence[Contact], facts: Sequence[Fact], notes: Sequence[Note]
) -> tuple[Evidence, ...]:
    """What facts, records, headings and sentences tell of these people, private or not."""
    ids = [one.id for one in people]
    return (
        *fact_evidence(facts),
        *private_evidence(readings.load_private_passages(connection, ids)),
        *(one for person in people for one in record_evidence(person, facts)),
        *heading_evidence(notes, _notes_with_private_headings(connection, ids)),
        *note_evidence(readings.load_passages_of(connection, ids), facts, people, notes),
    )


def _read_names_and_firms(connection: Connection) -> tuple[str, ...]:
    everybody = records.load_contacts(connection)
    return tuple(dict.fromkeys(name for one in everybody for name in (one.name, one.org) if name))


_MOST_TOLD = 40


def load_told_by_both(connection: Connection, to: Contact, other: Contact, ids: Sequence[str]) -> tuple[Evidence, ...]:
    """What the notes on third people tell of both at once ("Pip lost the tender to Ken"): binding, never to be told."""
    hits = search_words(connection, f"{to.name} {other.name}", _MOST_TOLD)
    passages = readings.load_passages(connection, [hit.passage_id for hit in hits])
    return tuple(
        Evidence(
            id=make_id("t", passage.id, sentence.start),
            source="note",
            about=passage.contact_id,
            text=sentence.text,
            quote=sentence.text,
            field="sentence",
            date=passage.date,
            visibility=Visibility.PRIVATE,
            note_id=passage.note_id,
        )
        for passage in passages
        if passage.contact_id not in ids
        for sentence in split_sentences(passage.text)
        if all(_is_named(sentence.text, one) for one in (to, other))
    )


def _is_named(text: str, person: Contact) -> bool:
    words = {fold(word.text).removesuffix("'s") for word in find_words(text)}
    parts = [fold(part) for part in person.name.split() if len(part) > 2]
    return any(part in words for part in parts) or bool(person.org and fold(person.org) in fold(text))


def _kept_until(connection: Connection, contact_id: str, today: dt.date) -> list[Interaction]:
    """What is kept of times in touch; a meeting still to come is none yet."""
    return [one for one in readings.load_interactions(connection, [contact_id]) if one.when <= today]


def _notes_with_private_headings(connection: Connection, ids: Sequence[str]) -> frozenset[str]:
    facts = readings.load_facts(connection, ids)
    return frozenset(
        one.note_id for one in facts if one.visibility is Visibility.PRIVATE and "private" in one.occasion.casefold()
    )


def load_withheld_of_named(connection: Connection, text: str, material: Material) -> tuple[Evidence, ...]:
    """What the user knows of anybody else whose first name stands in the text, and has not marked as public."""
    words = {fold(word.text).removesuffix("'s") for word in find_words(text)}
    ours = {material.me.id, material.to.id, *([material.other.id] if material.other else [])}
    named = [
        one.id for one in records.load_contacts(connection) if one.id not in ours and fold(one.first_name) in words
    ]
    if not named:
        return ()
    facts = fact_evidence(readings.load_facts(connection, named))
    secrets = private_evidence(readings.load_private_passages(connection, named))
    return (*(one for one in facts if one.visibility is not Visibility.PUBLIC), *secrets)
