"""A hurried line cut into clauses, and what each of them tells: facts, a favour, a promise, the occasion; and what is
to be kept quiet. The clauses put together are the line. It must never take what was asked to be kept quiet for open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from assistant.domain import FactKind, FavourKind, Value, Visibility
from assistant.find.promises import read_promise
from assistant.sources.days import without_days
from assistant.sources.prose import Found, read_sentence
from assistant.sources.shorthand import write_out
from assistant.sources.visibility import fact_visibility, read_visibility
from assistant.text import content_stems, fold
from assistant.verbs import base_of

ItemKind = FactKind | FavourKind | Literal["promised", "they_promised"]


class Item(Value):
    """One thing that was read: `text` is the short reading, `quote` the words it stands on."""

    kind: ItemKind
    text: str
    quote: str
    visibility: Visibility = Visibility.PERSONAL
    negated: bool = False


# --- clauses ----------------------------------------------------------------------------------------------------


class Clause(NamedTuple):
    """A piece of the line; all of them together are the line. `text` is without the marks around it."""

    start: int
    end: int
    text: str
    leads_on: bool  # a colon stands behind it


_STARTS = (
    r"(?:(?:and|but|so|also|then) )*(?:i|we|i['’]\w+|we['’]\w+|she|he|they|shes|hes|theyre|(?:she|he|they)['’]\w+"
    r"|her|his|their|keep|keeps|don['’]?t|please|between|off the record|confidential(?:ly)?|private(?:ly)?"
    r"|in confidence|secret|strictly|not for|needs?|wants?|looking|hunting|searching|after|promised|asked|gave|sent"
    r"|lent|owes?|works?|working|lives?|living|moved|moving|joined|left|loves?|likes|into|offers?|offered|can|could"
    r"|knows?|has|is|was|got|will|would|runs|started|now|still|hates?|prefers?|never|only|told|said|introduced|helped"
    r"|borrowed|plays|sings|collects|building|writing|planning|setting up|met|saw|thanks?|studied|grew up|based|hopes?"
    r"|plans?|wants|expecting|#\w+)\b"
)
_GAP = re.compile(
    rf"(?P<hard>[.!?]+\s+|\s*[;\n]+\s*|:\s+|\s+[-–—]+\s+|\s*[()]\s*)"
    rf"|(?:,\s*|\s+(?=(?:and|but|so)\s))(?=(?:(?:and|but|so)\s+)?"
    rf"(?:{_STARTS}|[A-Z][\w'’-]+ (?:needs|wants|is|has|says|knows)\b))",
    re.IGNORECASE,
)


def split_clauses(text: str) -> list[Clause]:
    found, start = [], 0
    for match in _GAP.finditer(text):
        if match.end() > start and match.end() > match.start():
            found.append(_clause(text, start, match.end()))
            start = match.end()
    found.append(_clause(text, start, len(text)))
    return [one for one in found if one.end > one.start]


def _clause(text: str, start: int, end: int) -> Clause:
    bare = re.sub(r"^[\s,;:()*–—-]+|[\s,;:(–—-]+$", "", text[start:end])
    said = re.sub(r"^(?:and|but|so|also|then)\s+", "", bare, flags=re.IGNORECASE)
    return Clause(start, end, said, text[start:end].rstrip().endswith(":"))


# --- what is to be kept quiet -----------------------------------------------------------------------------------

_CUE_WORDS = frozenset(
    content_stems(
        "keep kept myself yourself ourselves private privately secret secretly confidential confidentially confidence "
        "strictly record tell told mention share repeat spread bring quiet nobody know please anybody anyone "
        "everything stay stays strict sworn hush announced public yet that this it off between ears only says said "
        "asked"
    )
)
_ALL = re.compile(r"\b(?:all|everything|this|whole)\b", re.IGNORECASE)


def find_quiet(clauses: Sequence[Clause]) -> frozenset[int]:
    """Which clauses are private: those that ask for silence, what such a bare request points at, and what says the same
    thing elsewhere."""
    cues = [place for place, one in enumerate(clauses) if read_visibility(one.text) is Visibility.PRIVATE]
    quiet = set(cues)
    for place in cues:
        stems = frozenset(content_stems(clauses[place].text)) - _CUE_WORDS
        if stems:
            quiet |= {at for at, one in enumerate(clauses) if stems & frozenset(content_stems(one.text))}
        elif _ALL.search(clauses[place].text):
            quiet |= set(range(len(clauses)))
        else:
            quiet.add(place + 1 if clauses[place].leads_on or not place else place - 1)
    return frozenset(one for one in quiet if 0 <= one < len(clauses))


# --- what is read of it -----------------------------------------------------------------------------------------

_GAVE = re.compile(
    r"^(?:(?:i|we)(?:['’]ve| have)? (?:also |just |already )?)?(?:gave|sent|lent|helped|introduced|brought|showed|paid"
    r"|bought|passed on|forwarded) (?!me\b|us\b)(?:(?:her|him|them)\b|.* to (?:her|him|them)\b)",
    re.IGNORECASE,
)
_SENT = re.compile(r"^(?:i|we) (?:gave|sent|lent|introduced|brought|bought|forwarded) (?!me\b|us\b)\w", re.IGNORECASE)
_RECEIVED = re.compile(
    r"^(?:(?:she|he|they) (?:also |kindly |just )?)?(?:has )?(?:gave|sent|lent|helped|introduced|brought|showed"
    r"|paid for|bought|fixed|explained|reviewed|read) (?:me|us|my|our)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"^(?:(?:i|we) (?:also )?)?asked (?:her|him|them)\b", re.IGNORECASE)
_FAVOURS = (
    (FavourKind.RECEIVED, _RECEIVED),
    (FavourKind.ASKED, _ASKED),
    (FavourKind.GAVE, _GAVE),
    (FavourKind.GAVE, _SENT),
)


def read_items(clauses: Sequence[Clause], name: str, written: str = "") -> Iterator[Item]:
    """What the clauses tell of the person called `name`, whose name is `written` so in the line."""
    quiet = find_quiet(clauses)
    for place, clause in enumerate(clauses):
        hidden = Visibility.PRIVATE if place in quiet else Visibility.PERSONAL
        yield from _read_clause(clause.text, name, hidden, written or name)


def _read_clause(clause: str, name: str, hidden: Visibility, written: str) -> Iterator[Item]:
    """The facts, the favour and the promise of one clause; what is private and none of these is kept as it stands."""
    said = write_out(clause, {})
    names = "|".join(map(re.escape, sorted({name, written, *name.split()[:1]}, key=len, reverse=True)))
    said = re.sub(rf"^(?:{names})\b[,:]? (?=(?:she|he|they)\b)", "", said, flags=re.IGNORECASE)
    bare = re.sub(rf"^(?:{names})\b[,:]? ", "", said, flags=re.IGNORECASE)
    found: list[Item] = []
    promise = read_promise(said, name)
    if promise:
        kind: ItemKind = "promised" if promise[0] == "you" else "they_promised"
        found.append(Item(kind=kind, text=promise[1], quote=clause, visibility=hidden))
    deed = re.sub(rf"\b(?:{names})\b", "them", bare, flags=re.IGNORECASE)
    favour = next((kind for kind, pattern in _FAVOURS if pattern.search(deed)), None) if not promise else None
    if favour:
        text = re.sub(r"^(?:i|we|she|he|they)(?:['’]ve| have)? (?=\w)", "", bare, flags=re.IGNORECASE).rstrip(" .!")
        found.append(Item(kind=favour, text=text, quote=clause, visibility=hidden))
    for one in _read_facts(said, bare, name) if not (promise or favour) else ():
        visibility = fact_visibility(one.kind, clause, hidden, typed=False)
        found.append(Item(kind=one.kind, text=one.text, quote=clause, visibility=visibility, negated=one.negated))
    if not found and hidden is Visibility.PRIVATE and frozenset(content_stems(bare)) - _CUE_WORDS:
        kept = _KEPT.search(said)
        text = kept["what"] if kept else said.rstrip(" .")
        found.append(Item(kind=FactKind.PERSONAL, text=text, quote=clause, visibility=hidden))
    yield from found


_KEPT = re.compile(r"^(?:please )?keep (?P<what>\S.*?) (?:to (?:my|your)self|quiet|secret|between us)\b", re.IGNORECASE)
_WANTS = re.compile(
    r"^(?:(?:she|he|they) )?(?:also )?(?:wants?|wanted|would like|is after) (?!to\b|no\b|nothing\b)(?P<what>\S.*)$"
)


def _read_facts(said: str, bare: str, name: str) -> list[Found]:
    """The facts of a clause, `bare` being without the name it opens with; what somebody wants is a need here."""
    names = {fold(one) for one in (name, *name.split()[:1])}
    found = [one for one in read_sentence(said, name) if fold(one.text) not in names]
    if not found and (bare != said or base_of(bare.split(" ")[0])[1] == "s"):
        found = list(read_sentence(f"she {bare}", name))
    wants = _WANTS.match(bare) if not found else None
    return [Found(FactKind.NEED, wants["what"].rstrip(" .!"))] if wants else found


# --- the occasion -----------------------------------------------------------------------------------------------

_OCCASIONS = (
    ("call", r"call|called|phone|phoned|rang|zoom|teams|video|skype|facetime|voice ?note"),
    ("email", r"e-?mails?|e-?mailed|mails?|mailed|letter|card|postcard|wrote"),
    ("message", r"messages?|messaged|msg|text|texted|sms|whatsapp|signal|dm|chat"),
    (
        "meeting",
        r"met|meet|meeting|mtg|coffee|lunch|dinner|breakfast|brunch|tea|beers?|drinks?|walk|visit|visited|supper|pub"
        r"|reunion|party|wedding|swim|hike|picnic|catch-?up|saw|ran into|bumped into|spoke|talked|stayed|ride|run|pint",
    ),
)
_OCCASION = re.compile(rf"\b(?:{'|'.join(pattern for _, pattern in _OCCASIONS)})\b", re.IGNORECASE)


def find_occasion(clauses: Sequence[Clause], name: str) -> Clause | None:
    """The clause that says how the two were in touch; the name stands in it or it opens the line."""
    first = fold(name).split()[0]
    for place, one in enumerate(clauses):
        if _OCCASION.search(one.text) and (place == 0 or first in fold(one.text)):
            return one
    return None


def is_only_occasion(clause: str, name: str) -> bool:
    """Whether the clause tells nothing but the time in touch."""
    return not any(True for _ in read_sentence(write_out(clause, {}), name)) and not read_promise(clause, name)


def read_channel(clause: str) -> str:
    return next(kind for kind, pattern in _OCCASIONS if re.search(rf"\b(?:{pattern})\b", clause, re.IGNORECASE))


_NOUNS = {"Call": "called rang phoned", "Mail": "wrote mailed emailed e-mailed", "Message": "texted messaged"}
_NOUNS |= {"Meeting": "met meet saw mtg talked spoke stayed", "Visit": "visited", "Chance meeting": "ran bumped"}
_WHERE = re.compile(r"\b(?:in|at|by|on) (?:the )?(?!\d)[^\W\d][\w'’-]*(?: [^\W\d][\w'’-]*){0,2}$")


def read_title(clause: str, name: str) -> str:
    """The occasion, and where it was if the clause ends with that: "Coffee in Porto"."""
    match = _OCCASION.search(clause)
    if match is None:
        return ""
    word = match.group().lower()
    noun = next((noun for noun, verbs in _NOUNS.items() if word.split()[0] in verbs.split()), match.group())
    after = re.sub(
        rf"(?:\b(?:with|to|from)\s+|w/\s*)?@?{re.escape(name)}", " ", clause[match.end() :], flags=re.IGNORECASE
    )
    where = _WHERE.search(without_days(after).rstrip(" .!,"))
    return f"{noun[:1].upper()}{noun[1:]}{f' {where.group()}' if where else ''}"
