"""Sentences of running prose as evidence: what a note says in passing, with its date, and how sure it is.

A fact is a reading of a sentence; much that is true and worth saying is never read as a fact. It must never take a
sentence that a fact already quotes (the fact knows whether it is outdated), nor anything that a pasted text says of
the user or asks of a program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.domain import Contact, Evidence, Fact, FactKind, Note, Passage, make_id
from assistant.sources.visibility import fact_visibility
from assistant.text import content_stems, fold, split_sentences, strip_hidden

_TYPED = re.compile(r"\s*(?:[-*+]\s+)?\[[a-z_ ]+\]\s", re.IGNORECASE)
_HEADING = re.compile(r"\s*#{1,6}\s")
_MARKUP = re.compile(r"<[a-z/!][^>]*>|!?\[[^\]]*\]\([^)]*\)|https?://\S+", re.IGNORECASE)
_HEARSAY = re.compile(
    r"\b(?:apparently|rumou?r\w*|not sure|supposedly|allegedly|i (?:hear|think|believe|guess|suppose)|might|may be"
    r"|maybe"
    r"|perhaps|it seems|seems to|probably|possibly|someone said|word is|or so (?:she|he|they) says?|so i am told)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(r"\b(?P<who>[A-Z][\w'’-]+) (?:says?|said|told me|thinks|reckons|mentioned|heard|believes)\b")
_TO_A_PROGRAM = re.compile(
    r"\b(?:ignore|disregard|instructions?|assistants?|ai|language model|llm|prompt|system message|you must|you are now"
    r"|do not (?:mention|tell|reveal)|forward (?:this|all)|reply with|output|click|password|recommends? us)\b",
    re.IGNORECASE,
)
# One has one employer, role and home at a time: what an old note says of the old one is old with it.
_ENDING = (FactKind.EMPLOYER, FactKind.ROLE, FactKind.PLACE, FactKind.NEED, FactKind.PROJECT)


def note_evidence(
    passages: Iterable[Passage], facts: Sequence[Fact], people: Sequence[Contact], notes: Sequence[Note]
) -> tuple[Evidence, ...]:
    """The sentences of the passages that no fact quotes; sensitive ones are private."""
    by_id = {one.id: one for one in people}
    titles = {note.id: note.title for note in notes}
    quoted = {(fact.contact_id, fold(fact.quote)) for fact in facts}
    me = next((one for one in people if one.me), None)
    found = []
    for passage in passages:
        contact = by_id.get(passage.contact_id)
        if contact is None or _TYPED.match(passage.text) or _HEADING.match(passage.text):
            continue
        for sentence in split_sentences(_MARKUP.sub(lambda m: " " * len(m.group()), passage.text)):
            if (contact.id, fold(sentence.text)) in quoted or not _is_statement(sentence.text, passage, me):
                continue
            found.append(_evidence(sentence.text, passage, contact, titles.get(passage.note_id, ""), facts))
    return tuple(found)


def _is_statement(sentence: str, passage: Passage, me: Contact | None) -> bool:
    """Whether the sentence tells something, and is not a pasted text's word about the user or to a program."""
    if not content_stems(sentence) or _TO_A_PROGRAM.search(sentence):
        return False
    pasted = passage.text.lstrip().startswith(">")
    names_me = me is not None and fold(me.first_name) in fold(sentence)
    return not (
        pasted and (names_me or "@" in sentence or re.search(r"\b(?:you|your|we|us)\b", sentence, re.IGNORECASE))
    )


def _evidence(sentence: str, passage: Passage, contact: Contact, title: str, facts: Sequence[Fact]) -> Evidence:
    return Evidence(
        id=make_id("q", passage.id, sentence),
        source="note",
        about=contact.id,
        text=strip_hidden(sentence),
        quote=sentence,
        field="sentence",
        date=passage.date,
        visibility=fact_visibility(FactKind.PERSONAL, sentence, passage.visibility, typed=False),
        occasion=title,
        note_id=passage.note_id,
        hearsay=_is_hearsay(sentence, contact),
        superseded=any(_is_outdated(sentence, passage, fact, facts) for fact in facts),
    )


def _is_hearsay(sentence: str, contact: Contact) -> bool:
    """Whether somebody else is the source, or the note itself is not sure."""
    if _HEARSAY.search(sentence):
        return True
    names = {fold(part) for part in contact.name.split()}
    return any(fold(match["who"]) not in names | {"she", "he", "they", "i", "we"} for match in _SAYS.finditer(sentence))


def _is_outdated(sentence: str, passage: Passage, fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether the sentence is no younger than a superseded fact's end and speaks of what that fact says."""
    if fact.superseded_by is None or fact.contact_id != passage.contact_id or fact.kind not in _ENDING:
        return False
    later = next((one for one in facts if one.id == fact.superseded_by), None)
    if later is None or later.date is None or passage.date is None or passage.date >= later.date:
        return False
    told, said = frozenset(content_stems(fact.text)), frozenset(content_stems(sentence))
    return bool(told) and len(told & said) * 2 >= len(told)
