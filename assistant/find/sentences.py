"""Sentences of running prose as evidence: what a note says in passing, with its date, and how sure it is.

A fact is a reading of a sentence; much that is true and worth saying is never read as a fact. It must never take a
sentence that a fact already quotes (the fact knows whether it is outdated), nor anything that a pasted text says of
the user or asks of a program.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

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


class Ending(NamedTuple):
    """The stems of a fact that is superseded, and the day from which the later fact holds."""

    stems: frozenset[str]
    day: dt.date


def note_evidence(
    passages: Iterable[Passage], facts: Sequence[Fact], people: Sequence[Contact], notes: Sequence[Note]
) -> tuple[Evidence, ...]:
    """The sentences of the passages that no fact quotes; sensitive ones are private."""
    by_id = {one.id: one for one in people}
    titles = {note.id: note.title for note in notes}
    quoted = {(fact.contact_id, fold(fact.quote)) for fact in facts}
    me = next((one for one in people if one.me), None)
    endings = _find_endings(facts)
    found = []
    for passage in passages:
        contact = by_id.get(passage.contact_id)
        if contact is None or _TYPED.match(passage.text) or _HEADING.match(passage.text):
            continue
        for sentence in split_sentences(_MARKUP.sub(lambda m: " " * len(m.group()), passage.text)):
            if (contact.id, fold(sentence.text)) in quoted or not _is_statement(sentence.text, passage, me):
                continue
            title, ended = titles.get(passage.note_id, ""), endings.get(contact.id, ())
            found.append(_evidence(sentence.text, passage, contact, title, ended))
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


def _evidence(sentence: str, passage: Passage, contact: Contact, title: str, endings: Sequence[Ending]) -> Evidence:
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
        superseded=_is_outdated(sentence, passage, endings),
    )


def _is_hearsay(sentence: str, contact: Contact) -> bool:
    """Whether somebody else is the source, or the note itself is not sure."""
    if _HEARSAY.search(sentence):
        return True
    names = {fold(part) for part in contact.name.split()}
    return any(fold(match["who"]) not in names | {"she", "he", "they", "i", "we"} for match in _SAYS.finditer(sentence))


def _find_endings(facts: Sequence[Fact]) -> dict[str, list[Ending]]:
    """What is no longer so, by contact, as far as the day it ended is known."""
    days = {one.id: one.date for one in facts}
    found: dict[str, list[Ending]] = defaultdict(list)
    for fact in facts:
        day = days.get(fact.superseded_by) if fact.superseded_by and fact.kind in _ENDING else None
        if day and (stems := frozenset(content_stems(fact.text))):
            found[fact.contact_id].append(Ending(stems, day))
    return found


def _is_outdated(sentence: str, passage: Passage, endings: Sequence[Ending]) -> bool:
    """Whether the sentence is older than the end of something and speaks of it."""
    if passage.date is None:
        return False
    past = [one.stems for one in endings if passage.date < one.day]
    said = frozenset(content_stems(sentence)) if past else frozenset()
    return any(len(told & said) * 2 >= len(told) for told in past)
