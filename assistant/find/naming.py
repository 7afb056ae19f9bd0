"""Whom a name in hurried words may mean: people of the book, each with the reason, and names the book does not hold.

It must never decide between two people who both fit: it gives all of them, and the reader is asked.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.domain import Contact, Value
from assistant.nicknames import may_be_called
from assistant.sources.shorthand import is_also_word
from assistant.text import STOPWORDS, Span, fold

_TOKEN = re.compile(r"[^\W_](?:[\w'’.-]*\w)?")
_LINKS = frozenset("de da do dos das del della di van von der den ter ten al el bin la le af zu ibn".split())
_NO_NAMES = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january
    february march april may june july august september october november december today yesterday tomorrow coffee lunch
    dinner tea breakfast drinks beer walk call meeting met meet saw called rang phoned talked spoke wrote mail email
    message text note needs need wants want promised promise asked told gave sent keep owes thanks ok also everybody
    everyone nobody people self myself someone somebody me us i'm i'll i've i'd confidential private zoom teams
    skype""".split()
)
_ALIKE = 0.84  # of a spelling, by difflib's ratio


class Candidate(Value):
    """Somebody the name may mean, and why."""

    contact: str
    contact_id: str
    reason: str


class Named(NamedTuple):
    """A name as it was written, where it stands, and whom it may mean; `sure` is false for a near spelling only."""

    text: str
    start: int
    end: int
    candidates: tuple[Candidate, ...]
    sure: bool = True


def name_at(text: str, start: int, people: Sequence[Contact], bold: bool = False) -> Named | None:
    """The name that begins at `start`, as far as it goes; None where none does.

    Small letters name somebody of the book only, unless `bold` takes any word there for a name.
    """
    tokens = [Span(one.start(), one.end(), one.group()) for one in _TOKEN.finditer(text, start)][:5]
    if not tokens or text[start : tokens[0].start].strip(" @*[\"'“"):
        return None
    best = _longest_known(text, tokens, people) or _capitalised(text, tokens)
    if best is None and _is_name(tokens[0].text, bold, people):
        best = tokens[0].end
    if best is None:
        return None
    said = " ".join(text[tokens[0].start : best].split()).removesuffix("'s").removesuffix("’s")
    candidates, sure = find_candidates(said, people, text)
    return Named(said, tokens[0].start, best, candidates, sure)


def _longest_known(text: str, tokens: Sequence[Span], people: Iterable[Contact]) -> int | None:
    names = [fold(one.name).split() for one in people]
    words = [fold(one.text).removesuffix("'s") for one in tokens]
    for size in range(min(5, len(tokens)), 1, -1):
        if not _are_beside(text, tokens[:size]):
            continue
        wanted = words[:size]
        initialled = len(wanted[-1]) == 1 and wanted[-1] not in ("a", "i")
        for name in names:
            whole = len(wanted) > 1 and all(word in name for word in wanted)
            short = initialled and wanted[:-1] == name[: size - 1] and name[-1].startswith(wanted[-1])
            if whole or short:
                return tokens[size - 1].end
    return None


def _are_beside(text: str, tokens: Sequence[Span]) -> bool:
    return all(not text[a.end : b.start].strip() for a, b in zip(tokens, tokens[1:], strict=False))


def _capitalised(text: str, tokens: Sequence[Span]) -> int | None:
    """Where a run of capitalised words ends: "Maria da Conceição Teixeira"."""
    end, last = None, tokens[0]
    for place, one in enumerate(tokens):
        if place and text[last.end : one.start].strip():
            break
        plain = fold(one.text) in _NO_NAMES or (fold(one.text) in STOPWORDS and fold(one.text) not in ("will", "may"))
        if one.text[0].isupper() and not plain and one.text != "I":
            end = one.end
        elif not (end and fold(one.text) in _LINKS):
            break
        last = one
    return end


def _is_name(word: str, bold: bool, people: Iterable[Contact]) -> bool:
    folded = fold(word).removesuffix("'s")
    if (
        (folded in STOPWORDS and not (bold and is_also_word(folded)))
        or folded in _NO_NAMES
        or len(folded) < 2
        or not folded[0].isalpha()
    ):
        return False
    if bold:
        return True
    return not is_also_word(folded) and any(fold(one.first_name) == folded for one in people)


def find_candidates(said: str, people: Iterable[Contact], beside: str = "") -> tuple[tuple[Candidate, ...], bool]:
    """Those the name may mean by the first way that finds anybody, and whether that way is sure.

    Of several, the one whose organisation, work or place is named in `beside` is meant.
    """
    book = [one for one in people if not one.me]
    wanted = fold(said).split()
    ways = (
        ("the whole name", [one for one in book if fold(one.name).split() == wanted]),
        ("the only one of that name", [one for one in book if _has_words(one, wanted)]),
        ("a short form of the name", [one for one in book if _is_short_for(one, wanted)]),
    )
    for reason, found in ways:
        if found:
            chosen, why = _narrowed(found, beside, reason)
            return tuple(_candidate(one, why) for one in chosen), True
    near = [one for one in book if _is_near(one, wanted)]
    return tuple(_candidate(one, "spelt nearly so") for one in near), not near


def _has_words(one: Contact, wanted: Sequence[str]) -> bool:
    name = fold(one.name).split()
    return all(word in name or (len(word) == 1 and name[-1].startswith(word)) for word in wanted)


def _is_short_for(one: Contact, wanted: Sequence[str]) -> bool:
    name = fold(one.name).split()
    return may_be_called(one.first_name, wanted[0]) and all(word in name for word in wanted[1:])


def _is_near(one: Contact, wanted: Sequence[str]) -> bool:
    name = fold(one.first_name if len(wanted) == 1 else one.name)
    return len(wanted[0]) > 2 and difflib.SequenceMatcher(None, name, " ".join(wanted)).ratio() >= _ALIKE


def _narrowed(found: list[Contact], beside: str, reason: str) -> tuple[list[Contact], str]:
    if len(found) < 2:
        return found, reason
    said = {fold(one.group()) for one in _TOKEN.finditer(beside)}
    fits = {one.id: said & _known_words(one) - set(fold(one.name).split()) for one in found}
    best = [one for one in found if fits[one.id]]
    if len(best) == 1:
        return best, f"“{sorted(fits[best[0].id])[0]}” fits"
    return found, f"one of {len(found)} of that name"


def _known_words(one: Contact) -> set[str]:
    texts = (one.org, one.title, one.location, *one.tags)
    return {fold(word.group()) for text in texts for word in _TOKEN.finditer(text) if len(word.group()) > 3}


def _candidate(one: Contact, reason: str) -> Candidate:
    what = ", ".join(part for part in (one.title, one.org, one.location) if part)
    return Candidate(contact=one.name, contact_id=one.id, reason=f"{reason}; {what}" if what else reason)
