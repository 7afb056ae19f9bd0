"""What notes and records say of people as evidence: each with its verbatim quote, date and visibility.

It must never widen who may be told: a record's role, employer and place are public, all else keeps the visibility it
was read with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.domain import Contact, Evidence, Fact, FactKind, Passage, Visibility, make_id
from assistant.text import content_stems, split_sentences

_PUBLIC_FIELDS = ("org", "title", "location")
_FIELDS = (*_PUBLIC_FIELDS, "how_met")


def fact_evidence(facts: Iterable[Fact]) -> tuple[Evidence, ...]:
    """Each fact as evidence, under the fact's own id; what a later fact outdates is marked, not left out."""
    return tuple(
        Evidence(
            id=fact.id,
            source="fact",
            about=fact.contact_id,
            text=fact.text,
            quote=fact.quote,
            kind=fact.kind,
            date=fact.date,
            visibility=fact.visibility,
            occasion=fact.occasion,
            note_id=fact.note_id,
            negated=fact.negated,
            hearsay=fact.hearsay,
            superseded=fact.superseded_by is not None,
        )
        for fact in facts
    )


def private_evidence(passages: Iterable[Passage]) -> tuple[Evidence, ...]:
    """Each sentence of a private passage: a confidence is one whether or not a fact could be read out of it."""
    return tuple(
        Evidence(
            id=make_id("s", passage.id, sentence.start),
            source="record",
            about=passage.contact_id,
            text=sentence.text,
            quote=sentence.text,
            field="private",
            date=passage.date,
            visibility=Visibility.PRIVATE,
            note_id=passage.note_id,
        )
        for passage in passages
        if passage.visibility is Visibility.PRIVATE
        for sentence in split_sentences(passage.text)
    )


_FIELD_KINDS = {"org": FactKind.EMPLOYER, "title": FactKind.ROLE, "location": FactKind.PLACE}


def _is_outdated(field: str, said: str, contact: Contact, facts: Iterable[Fact]) -> bool:
    """Whether a note says that the record's field is no longer so: the fact that says the same is superseded."""
    kind, words = _FIELD_KINDS.get(field), frozenset(content_stems(said))
    same = [one for one in facts if one.contact_id == contact.id and one.kind is kind]
    told = [one for one in same if words & frozenset(content_stems(one.text))]
    return bool(told) and all(
        one.superseded_by is not None or one.negated or _ENDED.search(_beside(one)) is not None for one in told
    )


def _beside(fact: Fact) -> str:
    """The phrase of the fact and what follows it in the same clause of the quote: "Baltica until 2025"."""
    match = re.search(rf"{re.escape(fact.text)}[^,;.]*", fact.quote)
    return match.group() if match else fact.text


_ENDED = re.compile(r"\b(?:until|former(?:ly)?|used to)\b", re.IGNORECASE)


def record_evidence(contact: Contact, facts: Iterable[Fact] = ()) -> tuple[Evidence, ...]:
    """The contact's own fields that say something of them, one evidence a field, undated."""
    known = tuple(facts)
    return tuple(
        Evidence(
            id=make_id("r", contact.id, field, said),
            source="record",
            about=contact.id,
            text=said,
            quote=said,
            field=field,
            visibility=Visibility.PUBLIC if field in _PUBLIC_FIELDS else Visibility.PERSONAL,
            superseded=_is_outdated(field, said, contact, known),
        )
        for field in _FIELDS
        if (said := getattr(contact, field))
    )


def record_texts(contact: Contact) -> tuple[str, ...]:
    """What `record_evidence` says of a contact, as bare texts: for those who only count words over the whole book."""
    return tuple(said for field in _FIELDS if (said := getattr(contact, field)))
