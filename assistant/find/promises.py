"""What was promised and has not been given: by the user, and to the user, as notes tell it.

A promise is closed by a later entry of the ledger that gives what it named. It must never take what was only wished,
denied or heard of for a promise, and never close one on the strength of a common word.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from assistant.domain import Evidence, Favour, FavourKind, Passage, Value, Visibility, make_id
from assistant.text import content_stems, split_sentences, strip_hidden


class Promise(NamedTuple):
    """Who promised what; `evidence` is the sentence that tells it."""

    by: Literal["you", "them"]
    text: str
    evidence: Evidence


class WaitingPromise(Value):
    """What the user said they would do for a contact and has not done. `text` is the sentence, verbatim."""

    contact: str
    contact_id: str
    text: str
    date: dt.date | None = None
    private: bool = False
    evidence: str = ""


_DEED = (
    r"(?:send|introduce|connect|ask|share|lend|find|look (?:into|for|up|at|over)|check|call|ring|write|bring|give|put"
    r"|pass|forward|e?-?mail|show|help|get|make|read|review|talk to|speak to|come (?:to|back)|drop|post|pay|book|take"
    r"|set up|organi[sz]e|host|teach|buy|return|let (?:her|him|them|me|us) know)"
)
_WOULD = r"(?:['’]d|['’]ll| would| will)"
_MINE = re.compile(
    rf"\b(?:i|we)(?:['’]ve| have| had)? (?:also |already |then |sort of |half )?(?:"
    rf"promised(?! (?:nothing|myself))(?: (?:her|him|them|you)\b(?! \w+ing))?"
    rf"|said (?:that )?(?:i|we){_WOULD}|told (?:her|him|them|\w+) (?:that )?(?:i|we){_WOULD}"
    rf"|(?:offered|agreed|am|are) to(?= {_DEED})"
    rf"|owe (?:her|him|them)(?= (?:an?|the|my|our|some|two|three) )"
    rf")(?P<what>[^.;!?]*)"
    rf"|\b(?:i|we)(?:['’]ll| will) (?:also )?(?P<will>{_DEED}\b[^.;!?]*)",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"^(?:and |but |so )?(?:promised(?! (?:me|us|to \w+ (?:me|us))\b)(?: (?:her|him|them)\b)?|said i{_WOULD}"
    rf"|told (?:her|him|them) i{_WOULD})(?P<what> [^.;!?]*)"
    rf"|^(?:i |i['’]m )?(?:will|to|gonna|going to|need to|must) (?P<will>(?:send|introduce|lend|forward|connect)"
    rf" (?:her|him|them|the|a|an|my|our)\b[^.;!?]*)",
    re.IGNORECASE,
)
_OTHERS = (
    r"(?:has |have )?(?:promised (?:me|us)\b(?P<what>[^.;!?]*)"
    rf"|promised to (?P<deed>{_DEED}\b[^.;!?]*\b(?:me|us)\b[^.;!?]*)"
    rf"|(?:said|says) (?:that )?(?:she|he|they){_WOULD} (?P<said>{_DEED}\b[^.;!?]*)"
    rf"|(?:['’]ll|will|is going to) (?P<will>{_DEED} (?:me|us)\b[^.;!?]*))"
)
_TYPED = re.compile(r"^\s*(?:[-*+]\s+)?\[promised?\]\s*(?P<what>.+)$", re.IGNORECASE | re.DOTALL)
_OTHER_TYPED = re.compile(r"^\s*(?:[-*+]\s+)?\[[a-z_ ]+\]", re.IGNORECASE)
_LIGHT = frozenset(
    content_stems(
        "send sent give gave introduce bring lend share promise ask show help get make find look check call write put "
        "pass forward email mail friday monday tuesday wednesday thursday saturday sunday week month tomorrow next "
        "soon later year time back something thing day today owe still twice"
    )
)


def find_promises(passages: Iterable[Passage], name: str) -> Iterator[Promise]:
    """Every promise told in what is noted of the person called `name`, kept or not; pasted text promises nothing."""
    for passage in passages:
        if passage.text.lstrip().startswith(">"):
            continue
        typed = _TYPED.match(passage.text)
        if typed:
            yield Promise("you", _clean(typed["what"]), _evidence(passage, typed["what"].strip()))
        elif not _OTHER_TYPED.match(passage.text):
            for sentence in split_sentences(passage.text):
                found = read_promise(sentence.text, name)
                if found:
                    yield Promise(found[0], found[1], _evidence(passage, sentence.text))


def read_promise(sentence: str, name: str) -> tuple[Literal["you", "them"], str] | None:
    """Who promised what in one sentence or clause; None where nobody did."""
    said = " ".join(sentence.split())
    mine = _find_mine(said)
    if mine and (text := _clean(mine["what"] or mine["will"] or "")):
        return "you", text
    names = "|".join(re.escape(one) for one in (name, *name.split()[:1]) if one)
    theirs = re.search(rf"(?:\b(?:she|he|they|{names})\b ?|^)(?:{_OTHERS})", said, re.IGNORECASE)
    if theirs and (text := _clean(next((one for one in theirs.groups() if one), ""))):
        return "them", text
    return None


_OWED = re.compile(r"\b(?:i|we) (?:still )?owe (?:her|him|them)\b", re.IGNORECASE)


def _find_mine(said: str) -> re.Match[str] | None:
    found = _MINE.search(said) or _BARE.search(said)
    if found is None or _SPOKEN.search(said[: found.start()]) or _REFUSED.search(found.group()):
        return None
    return found


_SPOKEN = re.compile(r"[\"“'‘]\s*$")  # "She said 'I'll send it'": her words
_REFUSED = re.compile(rf"\b(?:i|we){_WOULD} (?:not|never)\b", re.IGNORECASE)


def is_promise(sentence: str) -> bool:
    """Whether the user says in it that they will do something for the person, or that they owe them."""
    said = " ".join(sentence.split())
    return _find_mine(said) is not None or bool(_OWED.search(said))


def may_promise(text: str) -> bool:
    """Whether a whole passage may hold a promise: a quick look before its sentences are cut."""
    return any(is_promise(line) for line in text.replace(". ", ".\n").splitlines())


def _clean(text: str) -> str:
    """What was promised, without the "to" that leads to it and what comes on top of it."""
    bare = strip_hidden(" ".join(text.split())).strip(" ,:")
    bare = re.split(r",? (?:and|but) (?=(?:i|we|she|he|they|now|then)\b)|, ", bare, maxsplit=1)[0]
    return re.sub(r"^(?:that (?:i|we)(?:['’]d|['’]ll| would| will) |to )", "", bare).rstrip(" .")


def _evidence(passage: Passage, quote: str) -> Evidence:
    return Evidence(
        id=make_id("v", passage.id, quote),
        source="note",
        about=passage.contact_id,
        text=strip_hidden(quote),
        quote=quote,
        field="promise",
        date=passage.date,
        visibility=passage.visibility,
        note_id=passage.note_id,
    )


def find_open_promises(passages: Iterable[Passage], name: str, ledger: Sequence[Favour]) -> tuple[Promise, ...]:
    """Those that no later entry of the ledger gives, newest first."""
    found = [one for one in find_promises(passages, name) if not _is_kept(one, ledger)]
    distinct = {(one.by, one.text.casefold()): one for one in found}
    return tuple(sorted(distinct.values(), key=lambda one: one.evidence.date or dt.date.min, reverse=True))


def find_waiting(contact: str, told: Iterable[Evidence], ledger: Sequence[Favour]) -> list[WaitingPromise]:
    """The user's promises among the sentences `told` of one contact (by name) that nothing given since keeps, oldest
    first."""
    waiting = [
        WaitingPromise(
            contact=contact,
            contact_id=one.about,
            text=" ".join(one.quote.split()),
            date=one.date,
            private=one.visibility is Visibility.PRIVATE,
            evidence=one.id,
        )
        for one in told
        if not one.hearsay and is_promise(one.quote) and not _is_kept(Promise("you", one.quote, one), ledger)
    ]
    distinct = {one.text: one for one in waiting}
    return sorted(distinct.values(), key=lambda one: (one.date or dt.date.max, one.text))


def _is_kept(promise: Promise, ledger: Iterable[Favour]) -> bool:
    wanted = frozenset(content_stems(promise.text)) - _LIGHT
    kind = FavourKind.GAVE if promise.by == "you" else FavourKind.RECEIVED
    noted = promise.evidence.date or dt.date.min
    for one in ledger:
        if one.kind is not kind or (one.date or dt.date.max) < noted or one.quote == promise.evidence.quote:
            continue
        if not wanted or len(wanted & frozenset(content_stems(f"{one.text} {one.quote}"))) * 2 >= len(wanted):
            return True
    return False
