"""Common ground of the user and one contact: what both have, and needs that offers meet, with quotes from both sides.

Ordered by how rare it is in the book, how fresh, and what kind it is. It must never count what is outdated, denied,
hearsay or private, and its work grows with the book only in building `Book`, once.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from assistant.domain import CommonGround, Contact, Evidence, FactKind, Note, Visibility, make_id
from assistant.domain import GroundKind as Kind
from assistant.find.names import Names, find_named
from assistant.find.wants import is_elsewhere, offer_meets, read_want
from assistant.sources.times import is_over
from assistant.text import content_stems, find_words, fold, split_sentences

_HALF_LIFE_DAYS = 548  # a year and a half
_UNDATED_FRESHNESS = 0.35
_WEIGHT: Mapping[Kind, float] = {
    "need_met": 1.0,
    "event": 0.9,
    "interest": 0.85,
    "education": 0.8,
    "employer": 0.8,
    "offer_met": 0.75,
    "person": 0.7,
    "place": 0.6,
}
_FIELD_KINDS: Mapping[str, Kind] = {"org": "employer", "location": "place"}
_FACT_KINDS: Mapping[FactKind, Kind] = {
    FactKind.EMPLOYER: "employer",
    FactKind.EDUCATION: "education",
    FactKind.PLACE: "place",
    FactKind.EVENT: "event",
    FactKind.INTEREST: "interest",
    FactKind.PROJECT: "interest",
}
# Capitalised words that name no one place, school or event by themselves.
_GENERIC_NAMES = frozenset(
    """university college school institute academy faculty department centre center msc bsc phd ma ba mba mphil llm
    dr prof conference forum summit workshop festival week day ltd inc gmbh llc plc sa the i uk usa us eu england
    scotland wales ireland britain france germany spain portugal italy netherlands belgium norway sweden denmark
    finland poland europe africa asia america india china japan korea nigeria ghana brazil canada australia""".split()
)
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_SUBJECT = re.compile(r"(?:ology|ography|ics|istry|ering|ature|omy|law|history|arts?|science|studies|design)$")
_GENERIC_INTERESTS = frozenset(
    content_stems("open data work working project projects new small local science research people community old good")
)


@lru_cache(maxsize=200_000)
def _known_stems(text: str) -> frozenset[str]:
    """The stems of a text that is asked for again with each person looked at."""
    return frozenset(content_stems(text))


class Book:
    """Which words stand in the facts of which contacts: what tells the rare from the common."""

    def __init__(self, said: Iterable[tuple[str, str]]) -> None:
        """`said` holds a contact's id and what one fact or field says of them, for the whole book."""
        self._holders: dict[str, set[str]] = defaultdict(set)
        self._people: set[str] = set()
        for about, text in said:
            self._people.add(about)
            for stem in _known_stems(text):
                self._holders[stem].add(about)

    def rarity(self, text: str, without: Iterable[str]) -> float:
        """1 where nobody else has all the words of `text`, falling with the logarithm of how many do, 0..1."""
        stems = content_stems(text)
        others = self._people - set(without)
        if not stems or not others:
            return 1.0
        holders = min((self._holders.get(stem, set()) for stem in stems), key=len)
        having = sum(all(one in self._holders.get(stem, ()) for stem in stems) for one in holders & others)
        return 1 - math.log(1 + having) / math.log(1 + len(others))


def find_ground(
    mine: Sequence[Evidence], theirs: Sequence[Evidence], book: Book, today: dt.date
) -> tuple[CommonGround, ...]:
    """What `mine` and `theirs` share, strongest first; each pair of kind and text once."""
    mine = [one for one in mine if _counts(one)]
    theirs = [one for one in theirs if _counts(one)]
    found = [*_shared(mine, theirs, book, today), *_met(mine, theirs, book, today)]
    best: dict[tuple[Kind, str], CommonGround] = {}
    for one in sorted(found, key=lambda one: (-one.strength, one.mine.id, one.theirs.id)):
        best.setdefault((one.kind, fold(one.text)), one)
    return tuple(best.values())


def _counts(one: Evidence) -> bool:
    hidden = one.visibility is Visibility.PRIVATE
    return not (one.superseded or one.negated or one.hearsay or hidden)


def _ground(
    kind: Kind, text: str, mine: Evidence, theirs: Evidence, book: Book, today: dt.date, fit: float = 1.0
) -> CommonGround:
    rarity = book.rarity(text, (mine.about, theirs.about))
    strength = fit * _WEIGHT[kind] * (0.6 * rarity + 0.4 * freshness(theirs.date, today))
    return CommonGround(
        kind=kind, text=text, mine=mine, theirs=theirs, rarity=round(rarity, 3), strength=round(strength, 3)
    )


def freshness(date: dt.date | None, today: dt.date) -> float:
    """1 today, half after a year and a half, and so on; undated counts little."""
    if date is None:
        return _UNDATED_FRESHNESS
    return float(0.5 ** (max(0, (today - date).days) / _HALF_LIFE_DAYS))


# --- the same thing on both sides -------------------------------------------------------------------------------


def _shared(mine: Sequence[Evidence], theirs: Sequence[Evidence], book: Book, today: dt.date) -> Iterable[CommonGround]:
    by_kind: dict[Kind, list[Evidence]] = defaultdict(list)
    for one in mine:
        if kind := _kind(one):
            by_kind[kind].append(one)
    for other in theirs:
        kind = _kind(other)
        for one in by_kind.get(kind, ()) if kind else ():
            text = _common(kind, one, other) if kind else ""
            if kind and text:
                yield _ground(kind, text, one, other, book, today)


def _kind(one: Evidence) -> Kind | None:
    if one.source == "record":
        return _FIELD_KINDS.get(one.field)
    return _FACT_KINDS.get(one.kind) if isinstance(one.kind, FactKind) else None


def _common(kind: Kind, mine: Evidence, theirs: Evidence) -> str:
    """What both name, in their words; empty where they name different things."""
    if kind == "interest":
        return _common_interest(mine.text, theirs.text)
    if kind == "event" and _years_differ(mine, theirs):
        return ""
    return _common_name(_named(mine), _named(theirs), kind)


def find_event(mine: Sequence[Evidence], theirs: Sequence[Evidence]) -> str:
    """The first event both were at, in the words of the other side; empty where there is none."""
    ours = [one for one in mine if _kind(one) == "event" and _counts(one)]
    others = [one for one in theirs if _kind(one) == "event" and _counts(one)]
    return next((said for one in ours for other in others if (said := _common("event", one, other))), "")


def _named(one: Evidence) -> str:
    """A place's country is left out: "Bristol, UK" and "Leeds, UK" are not one place."""
    return one.text.partition(",")[0] if one.field == "location" else one.text


def _years_differ(mine: Evidence, theirs: Evidence) -> bool:
    a, b = (set(re.findall(r"\b(?:19|20)\d\d\b", f"{one.text} {one.quote}")) for one in (mine, theirs))
    return bool(a and b and not a & b)


def _common_name(mine: str, theirs: str, kind: Kind) -> str:
    """The longest run of words both have that begins and ends with a name and says more than "University"."""
    if kind == "education":
        mine, theirs = _school(mine), _school(theirs)
    spans = find_words(theirs)
    a, b = [word.text for word in find_words(mine)], [word.text for word in spans]
    run = _longest_run([fold(word) for word in a], [fold(word) for word in b])
    start, end = run
    while start < end and not (b[start][0].isupper() or b[start][0].isdigit()):
        start += 1
    while start < end and (not b[end - 1][0].isupper() or fold(b[end - 1]) in _MONTHS):
        end -= 1
    words = b[start:end]
    telling = [word for word in words if word[0].isupper() and fold(word) not in _GENERIC_NAMES | _MONTHS]
    if kind == "education":
        telling = [word for word in telling if not _SUBJECT.search(fold(word))]
    if kind == "employer" and words and not _is_whole(words, a, b):
        return ""
    return re.sub(r", (?=[A-Z])", " in ", theirs[spans[start].start : spans[end - 1].end]) if telling else ""


_SCHOOL = re.compile(r"university|college|school|institute|academy|polytechnic|conserv", re.IGNORECASE)


def _school(text: str) -> str:
    """The part of an education that names the school: a degree that two share is no school that two share."""
    parts = [part.strip() for part in text.split(",") if _SCHOOL.search(part)]
    return ", ".join(parts) or text


def _is_whole(words: Sequence[str], a: Sequence[str], b: Sequence[str]) -> bool:
    """An organisation is the same only by its whole name: "Bristol Robotics" is not "Bristol Water"."""
    shared = {fold(word) for word in words}
    return all(
        all(fold(word) in shared or fold(word) in _GENERIC_NAMES for word in side if word[0].isupper())
        for side in (a, b)
    )


def _longest_run(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    """Where in `b` the longest run of words common to both stands, as start and end."""
    best = (0, 0)
    for start in range(len(b)):
        for other in range(len(a)):
            length = 0
            while start + length < len(b) and other + length < len(a) and b[start + length] == a[other + length]:
                length += 1
            if length > best[1] - best[0]:
                best = (start, start + length)
    return best


def _common_interest(mine: str, theirs: str) -> str:
    """The words both have, in their spelling: "sea-level data" and "sea level data" are one thing."""
    return _shared_words(mine, theirs) or _shared_words(mine.replace("-", " "), theirs.replace("-", " "))


def _shared_words(mine: str, theirs: str) -> str:
    a, b = content_stems(mine), content_stems(theirs)
    both = frozenset(a) & frozenset(b)
    if not both - _GENERIC_INTERESTS or len(both) * 2 < min(len(set(a)), len(set(b))):
        return ""
    words = [word.text for word in find_words(theirs)]
    run = _longest_run([fold(word.text) for word in find_words(mine)], [fold(word) for word in words])
    said = " ".join(words[run[0] : run[1]])
    return said if frozenset(content_stems(said)) >= both else ""


# --- a need on one side, an offer on the other --------------------------------------------------------------------


def _met(mine: Sequence[Evidence], theirs: Sequence[Evidence], book: Book, today: dt.date) -> Iterable[CommonGround]:
    for need, offer, fit in match_needs(theirs, mine, today):
        yield _ground("need_met", _wanted(need), offer, need, book, today, fit)
    for need, offer, fit in match_needs(mine, theirs, today):
        yield _ground("offer_met", _wanted(need), need, offer, book, today, fit)


def match_needs(
    needing: Sequence[Evidence], offering: Sequence[Evidence], today: dt.date
) -> Iterator[tuple[Evidence, Evidence, float]]:
    """Each open need among what is known of one side, with each offer of the other that meets it, and how well.

    Whose evidence counts is for the caller: it is taken as it comes.
    """
    offers = [one for one in offering if one.kind is FactKind.OFFER]
    places = _places(offering)
    for need in find_open_needs(needing, today):
        for offer in offers:
            if (fit := offer_meets(need.text, offer.text)) and not is_elsewhere(need.text, offer.text, places):
                yield need, offer, fit


def find_open_needs(evidence: Iterable[Evidence], today: dt.date) -> list[Evidence]:
    """The needs whose time, if they name one, has not passed."""
    return [one for one in evidence if one.kind is FactKind.NEED and not is_over(_timed(one), one.date, today)]


def _timed(need: Evidence) -> str:
    """The need with what its sentence says behind it: "a bed, 15 to 18 March"."""
    place = need.quote.find(need.text)
    return re.split(r"[.;!?]", need.quote[place:])[0] if place >= 0 else need.text


def _places(evidence: Sequence[Evidence]) -> str:
    """Where somebody is, as one text."""
    return " ".join(one.text for one in evidence if one.field == "location" or one.kind is FactKind.PLACE)


def _wanted(need: Evidence) -> str:
    return need.text if read_want(need.text).core else need.quote


# --- people both know ---------------------------------------------------------------------------------------------


def find_people_in_common(
    contact: Contact, notes: Sequence[Note], names: Names, private: frozenset[str], today: dt.date
) -> tuple[CommonGround, ...]:
    """Others of the book whose whole name stands in the contact's notes; a name two people bear is nobody's.

    `names` are those of the whole book but the user, `private` ids of notes that must not be quoted. Work grows with
    the length of the notes.
    """
    found: dict[str, CommonGround] = {}
    for note in notes:
        for sentence in split_sentences(note.text) if note.id not in private else ():
            for other in find_named(sentence.text, names, contact.id):
                if other.id not in found:
                    found[other.id] = _person(contact, other, note, sentence.text, today)
    return tuple(found.values())


def _person(contact: Contact, other: Contact, note: Note, sentence: str, today: dt.date) -> CommonGround:
    known = other.how_met or other.name
    mine = Evidence(
        id=make_id("r", other.id, "how_met", known),
        source="record",
        about=other.id,
        text=other.name,
        quote=known,
        field="how_met",
    )
    theirs = Evidence(
        id=make_id("m", note.id, other.id),
        source="record",
        about=contact.id,
        text=other.name,
        quote=sentence,
        field="mention",
        date=note.date,
        note_id=note.id,
        occasion=note.title,
    )
    strength = _WEIGHT["person"] * (0.6 + 0.4 * freshness(note.date, today))
    return CommonGround(
        kind="person", text=other.name, mine=mine, theirs=theirs, rarity=1.0, strength=round(strength, 3)
    )
