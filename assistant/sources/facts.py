"""Reading facts, favours and passages out of a contact's notes: typed bullets first, then prose.

Every fact keeps the words it rests on, verbatim. Reading is deterministic and can be done again at any time. It must
never add a word to a note, nor make a fact of a text it cannot quote.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.domain import (
    Contact,
    Fact,
    FactKind,
    Favour,
    FavourKind,
    Note,
    Passage,
    Value,
    Visibility,
    make_id,
)
from assistant.sources.prose import Found, is_hearsay, read_sentence, tells_of_an_end
from assistant.sources.retelling import retell
from assistant.sources.supersede import mark_superseded
from assistant.sources.visibility import fact_visibility, read_blocks
from assistant.text import Span, split_sentences, strip_hidden


class Reading(Value):
    """All that was read out of one contact's notes."""

    facts: tuple[Fact, ...] = ()
    favours: tuple[Favour, ...] = ()
    passages: tuple[Passage, ...] = ()


_TYPED = re.compile(r"^\s*(?:[-*+]\s+)?\[(?P<kind>[a-z_ ]+)\]\s*(?P<text>.+)$", re.IGNORECASE | re.DOTALL)
_NEXT_TYPED = re.compile(r"\s+-\s+(?=\[[a-z]+\]\s)")
_TAG = re.compile(r"(?:^|\s)#([\w-]+)")
_KINDS = {kind.value: kind for kind in FactKind}
_FAVOURS = {kind.value: kind for kind in FavourKind}


def read_facts(contact: Contact, notes: Sequence[Note]) -> Reading:
    """Everything the notes tell of `contact`; facts in the order of the notes, later ones marking what they outdate."""
    facts: list[Fact] = []
    favours: list[Favour] = []
    passages: list[Passage] = []
    for note in notes:
        for ordinal, (block, visibility) in enumerate(read_blocks(note.text, note.title)):
            passages.append(_passage(note, ordinal, block, visibility))
            for part in _typed_parts(block):
                found = _read_typed(part, note, visibility, contact)
                facts += [one for one in found if isinstance(one, Fact)]
                favours += [one for one in found if isinstance(one, Favour)]
    distinct = tuple({fact.id: fact for fact in facts}.values())
    return Reading(
        facts=_without_idle_ends(mark_superseded(distinct)), favours=tuple(favours), passages=tuple(passages)
    )


def _without_idle_ends(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Without "the kiln's sorted" where it ends no need: that a thing is settled says nobody was after it."""
    ends = {fact.superseded_by for fact in facts}
    return tuple(
        fact
        for fact in facts
        if fact.id in ends or not (fact.kind is FactKind.NEED and fact.negated and tells_of_an_end(_joined(fact.quote)))
    )


def _joined(text: str) -> str:
    return " ".join(text.split())


def _passage(note: Note, ordinal: int, block: Span, visibility: Visibility) -> Passage:
    return Passage(
        id=make_id("p", note.id, ordinal, block.text),
        note_id=note.id,
        contact_id=note.contact_id,
        ordinal=ordinal,
        text=block.text,
        date=note.date,
        visibility=visibility,
    )


def _typed_parts(block: Span) -> Iterator[str]:
    """A line may hold several typed entries: "- [gave] the data   - [asked] a favour"."""
    if not _TYPED.match(block.text):
        yield block.text
        return
    yield from (part for part in _NEXT_TYPED.split(block.text) if part.strip())


def _read_typed(part: str, note: Note, visibility: Visibility, contact: Contact) -> list[Fact | Favour]:
    match = _TYPED.match(part)
    kind = match.group("kind").strip().lower() if match else ""
    if not match or kind not in (*_KINDS, *_FAVOURS, "private"):
        return list(_read_prose(part, note, visibility, contact))
    quote = match.group("text").strip()
    text, tags = _without_tags(quote)
    if not text:
        return []
    if kind in _FAVOURS:
        return [_favour(_FAVOURS[kind], text, quote, note, visibility)]
    if kind == "private":
        read = [one for one in read_sentence(text, contact.name)][:1] or [Found(FactKind.PERSONAL, text)]
        return [_fact(read[0], quote, note, Visibility.PRIVATE, tags)]
    found = Found(_KINDS[kind], text)
    return [_fact(found, quote, note, fact_visibility(_KINDS[kind], quote, visibility, typed=True), tags)]


def _without_tags(quote: str) -> tuple[str, tuple[str, ...]]:
    tags = tuple(_TAG.findall(quote))
    return " ".join(_TAG.sub("", strip_hidden(quote)).split()).rstrip("."), tags


def _favour(kind: FavourKind, text: str, quote: str, note: Note, visibility: Visibility) -> Favour:
    return Favour(
        id=make_id("g", note.id, kind, quote),
        contact_id=note.contact_id,
        kind=kind,
        text=text,
        quote=quote,
        date=note.date,
        note_id=note.id,
        visibility=visibility,
    )


def _read_prose(block: str, note: Note, visibility: Visibility, contact: Contact) -> Iterator[Fact]:
    for sentence in split_sentences(block):
        said = _joined(sentence.text)
        for found in read_sentence(retell(said) if contact.me else said, contact.name):
            kind = fact_visibility(found.kind, sentence.text, visibility, typed=False)
            if contact.me:  # in "they say I should", retold, somebody would say it of another
                found = found._replace(hearsay=is_hearsay(said))
            if contact.me and found.negated:  # a bio tells of work that was left, which ends nothing of today
                continue
            yield _fact(found, sentence.text, note, kind, tuple(_TAG.findall(sentence.text)))


def _fact(found: Found, quote: str, note: Note, visibility: Visibility, tags: Iterable[str]) -> Fact:
    return Fact(
        id=make_id("f", note.id, found.kind, found.text, quote),
        contact_id=note.contact_id,
        note_id=note.id,
        kind=found.kind,
        text=found.text,
        quote=quote,
        date=note.date,
        visibility=visibility,
        negated=found.negated,
        hearsay=found.hearsay,
        occasion=note.title,
        tags=tuple(tags),
    )


def newest_first(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted(facts, key=lambda fact: (fact.date or dt.date.min, fact.id), reverse=True))
