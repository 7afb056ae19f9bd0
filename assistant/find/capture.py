"""Capture: one hurried line about a meeting, read into a proposal to say yes to: who, when, and what was told.

"coffee with Ana: needs a notary, I promised the data, keep her move to myself". What is kept is the line as it was
typed; what is read of it is shown, and typed out below it only where a plain reading of the note would miss it or take
it for private. It must never lose a word, and never take what was asked to be kept quiet for something to pass on.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from assistant.domain import Contact, FactKind, FavourKind, Note, Value, Visibility
from assistant.find.balance import find_told_favours
from assistant.find.hurried import (
    Clause,
    Item,
    find_occasion,
    find_quiet,
    is_only_occasion,
    read_channel,
    read_items,
    read_title,
    split_clauses,
)
from assistant.find.naming import Candidate, Named, name_at
from assistant.find.promises import find_promises
from assistant.sources.days import find_past_day, without_days
from assistant.sources.facts import Reading, read_facts
from assistant.text import content_stems, find_words, fold


class Captured(Value):
    """What would be kept of one person. With no candidate they are new; with several the user is asked.

    `note` is the text to keep: the words as they were typed, and below them what a plain reading would miss.
    """

    name: str
    candidates: tuple[Candidate, ...]
    note: str
    title: str
    channel: str
    date: dt.date
    items: tuple[Item, ...]


class Capture(Value):
    """A proposal. `question` is what must be answered before anything can be kept; empty where nothing must."""

    text: str
    people: tuple[Captured, ...] = ()
    question: str = ""


def read_capture(
    text: str, people: Sequence[Contact], today: dt.date, who: Contact | None = None, is_new: bool = False
) -> Capture:
    """What the line tells, for a yes. Any text gives a proposal or one question.

    `who` settles whom it is about; `is_new` says that a name spelt nearly like one of the book is somebody else's.
    """
    if not re.search(r"\w", text):
        return Capture(
            text=text, question="What happened, and with whom? For example: “coffee with Ana: needs a notary”."
        )
    if who is not None:
        named = Named(who.name, 0, 0, (Candidate(contact=who.name, contact_id=who.id, reason="you said so"),))
        return Capture(text=text, people=(_capture_one(text, named, today),))
    subjects = find_subjects(text, people)
    if is_new:
        subjects = tuple(one if one.sure else one._replace(candidates=(), sure=True) for one in subjects)
    if not subjects:
        return Capture(text=text, question="Who is this about? Begin with the name, as in “Ana: needs a notary”.")
    if len(subjects) == 1:
        found = _capture_one(text, subjects[0], today)
        return Capture(text=text, people=(found,), question=_which(subjects))
    parts = _parts_of(text, subjects)
    if parts is None:
        names = " or ".join(one.text for one in subjects)
        return Capture(
            text=text,
            question=f"Who is each thing about, {names}? Begin each part with a name: “{subjects[0].text}: …”.",
        )
    found_all = tuple(_capture_one(part, one, today) for one, part in zip(subjects, parts, strict=True))
    return Capture(text=text, people=found_all, question=_which(subjects))


def _which(subjects: Iterable[Named]) -> str:
    for one in subjects:
        if len(one.candidates) > 1:
            listed = "; ".join(f"{other.contact} ({other.reason})" for other in one.candidates[:5])
            return f"Which {one.text} do you mean: {listed}?"
        if not one.sure:
            return f"Do you mean {one.candidates[0].contact}, or somebody new called {one.text}?"
    return ""


# --- whom it is about -------------------------------------------------------------------------------------------

_WITH = re.compile(
    r"(?<![\w@])(?:with|w/|met(?: up with)?|saw|seen|called|rang|phoned|texted|e-?mailed|messaged|visited"
    r"|(?:ran|bumped) into|(?:spoke|talked|chatted|wrote|spoken|talking) (?:to|with)"
    r"|(?:e-?mail|mail|message|msg|letter|card|postcard|text|note|call|news|voice ?note|dm) (?:from|to)"
    r"|(?:heard|back) from|introduced to|stayed (?:at|with)|re:?)\s*(?=[\w@])",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s*\+\s*)", re.IGNORECASE)
_TELLS = re.compile(
    r"\s*(?::|[-–—]\s|,|[&+]|['’]s\b|\b(?:needs?|wants?|is|was|has|had|said|says|told|called|rang|wrote|asked|asks|promised|gave"
    r"|sent|lent|moved|moving|works?|lives?|loves?|likes?|looking|hunting|knows?|can|could|offers?|offered|got|joined|left"
    r"|started|will|would|just|also|now|still|mentioned|thinks|hopes|plans|runs|owes|and|recommends?|helped|introduced)\b)",
    re.IGNORECASE,
)


def find_subjects(text: str, people: Sequence[Contact]) -> tuple[Named, ...]:
    """Whom the line is about: named at its front, else behind "with", "met" or "called", else the only one named."""
    first = name_at(text, 0, people) or _before_colon(text, people)
    if first and (_TELLS.match(text, first.end) or first.end >= len(text.rstrip(" .!"))):
        return _joined(text, first, people)
    for match in _WITH.finditer(text):
        named = name_at(text, match.end(), people) or _newcomer(text, match.end(), people)
        if named:
            return _joined(text, named, people)
    mentioned = _mentioned(text, people)
    return mentioned if len(mentioned) == 1 else ()


def _before_colon(text: str, people: Sequence[Contact]) -> Named | None:
    """ "will: can lend a van": a word with a colon behind it is the name of somebody who is called so."""
    named = name_at(text, 0, people, bold=True)
    return named if named and named.candidates and re.match(r"\s*:", text[named.end :]) else None


def _newcomer(text: str, start: int, people: Sequence[Contact]) -> Named | None:
    """A name in small letters that nobody bears yet, where a colon or the end follows: "coffee with priyanka: …"."""
    named = name_at(text, start, people, bold=True)
    if named is None or not re.match(r"\s*(?::|$|[-–—]\s)", text[named.end :]):
        return None
    return named._replace(text=" ".join(word.capitalize() for word in named.text.split()))


def _joined(text: str, first: Named, people: Sequence[Contact]) -> tuple[Named, ...]:
    """The name and those joined to it: "Ana, Bruno and Inês"."""
    found = [first]
    while match := _AND.match(text, found[-1].end):
        named = name_at(text, match.end(), people)
        if named is None or not _is_listed(text, match, named):
            break
        found.append(named)
    return tuple({fold(one.text): one for one in found}.values())


def _is_listed(text: str, joint: re.Match[str], named: Named) -> bool:
    """Whether the name belongs to a list and does not open the next clause: "with Ana, Bruno says hello"."""
    follows = _TELLS.match(text, named.end)
    is_comma = joint.group().strip() == ","
    return not (is_comma and follows and follows.group().strip() not in (":", ",", "and", "-", "–", "—", "&"))


def _mentioned(text: str, people: Sequence[Contact]) -> tuple[Named, ...]:
    """People of the book named anywhere, each once."""
    found: dict[str, Named] = {}
    end = 0
    for word in find_words(text):
        if word.start < end:
            continue
        named = name_at(text, word.start, people)
        if named and named.candidates and named.sure:
            found.setdefault(named.candidates[0].contact_id, named)
            end = named.end
    return tuple(found.values())


def _parts_of(text: str, subjects: Sequence[Named]) -> list[str] | None:
    """Each one's part of the line, what is told of nobody yet being everybody's; None where a part is nobody's."""
    start = max(one.end for one in subjects)
    lead, rest = text[:start], text[start:]
    if re.fullmatch(r"\s*(?:(?:in|at|on|by|near|over) [^,.;:]*)?[\s.!]*", without_days(rest), re.IGNORECASE):
        return [text] * len(subjects)
    pieces: list[tuple[int, str]] = []
    owner = _EVERYBODY
    for clause in split_clauses(rest):
        owner = next((at for at, one in enumerate(subjects) if _opens_with(clause.text, one)), owner)
        is_shared = bool(_OF_ALL.match(clause.text)) or not content_stems(without_days(clause.text))
        if owner == _EVERYBODY and not is_shared:
            return None
        shared = _EVERYBODY if is_shared else owner
        pieces.append((shared, rest[clause.start : clause.end]))
    told = [[piece for at, piece in pieces if at in (number, _EVERYBODY)] for number in range(len(subjects))]
    return [f"{lead}{''.join(own)}".strip() for own in told]


_EVERYBODY = -1
_OF_ALL = re.compile(r"\W*(?:we|both|all|everybody|everyone|each) ", re.IGNORECASE)


def _opens_with(clause: str, named: Named) -> bool:
    words = [fold(one.text).removesuffix("'s") for one in find_words(clause)][:2]
    return bool(words) and fold(named.text).split()[0] in words[:1]


# --- what would be kept ---------------------------------------------------------------------------------------


def _capture_one(text: str, named: Named, today: dt.date) -> Captured:
    name = named.candidates[0].contact if len(named.candidates) == 1 and named.sure else named.text
    clauses = split_clauses(text)
    occasion = find_occasion(clauses, named.text)
    told = [one for one in clauses if one is not occasion or not is_only_occasion(one.text, name)]
    items = tuple(dict.fromkeys(read_items(told, name, named.text)))
    day = find_past_day(occasion.text, today) if occasion else None
    day = day or next((at for one in clauses if (at := _own_day(one.text, today))), None) or today
    return Captured(
        name=name,
        candidates=named.candidates,
        note=_note_text(text, name, items, [clauses[place] for place in find_quiet(clauses)], day),
        title=read_title(occasion.text, named.text) if occasion else "",
        channel=read_channel(occasion.text) if occasion else "",
        date=day,
        items=items,
    )


def _own_day(clause: str, today: dt.date) -> dt.date | None:
    """The day of a clause that says nothing else: "…, yesterday"."""
    return find_past_day(clause, today) if not content_stems(without_days(clause)) else None


# --- the note ---------------------------------------------------------------------------------------------------


def _note_text(text: str, name: str, items: Sequence[Item], quiet: Sequence[Clause], day: dt.date) -> str:
    """The words as they were typed, then a typed line for each open thing that reading them would not give.

    Where a request for silence stands in another paragraph than what it is about, the lines become one, so that the
    note is private as a whole.
    """
    plain = _plain_reading(text, name, day)
    hidden = [one.text for one in plain.passages if one.visibility is Visibility.PRIVATE]
    if not all(any(one.text in said for said in hidden) for one in quiet):
        text = " ".join(text.split())
        plain = _plain_reading(text, name, day)
    missed = [line for one in items if one.visibility is not Visibility.PRIVATE and (line := _typed(one, plain, name))]
    return "\n\n".join((text, "\n".join(missed))) if missed else text


def _plain_reading(text: str, name: str, day: dt.date) -> Reading:
    contact = Contact(id="c-", name=name)
    return read_facts(contact, [Note(id="n-", contact_id="c-", source="", key="", text=text, date=day)])


def _typed(item: Item, plain: Reading, name: str) -> str:
    """ "- [need] a notary", where the plain reading lacks it; a promise of theirs in the words it was told in."""
    if isinstance(item.kind, FactKind):
        alike = (one for one in plain.facts if one.kind is item.kind and one.negated is item.negated)
        is_known = any(fold(one.text) == fold(item.text) and one.visibility is not Visibility.PRIVATE for one in alike)
        typed = f"- {item.quote}" if item.negated else f"- [{item.kind.value}] {item.text}"
        return "" if is_known else typed
    open_passages = [one for one in plain.passages if one.visibility is not Visibility.PRIVATE]
    if isinstance(item.kind, FavourKind):
        told = any(
            one.kind is item.kind and fold(item.quote) in fold(one.quote) for one in find_told_favours(open_passages)
        )
        return "" if told else f"- [{item.kind.value}] {item.text}"
    who = "you" if item.kind == "promised" else "them"
    if any(one.by == who and one.text == item.text for one in find_promises(open_passages, name)):
        return ""
    return f"- [promised] {item.text}" if who == "you" else f"- {item.quote}"
