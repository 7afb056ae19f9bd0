"""Clause by clause: of whom something is said, in which sense, and whether it is so at all.

A sentence may share every word with a note and still be false; these judges see the persons, the verbs and the nots.
They must never judge single words: those have been covered before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.check.atoms import find_names
from assistant.check.attachment import judge_attachment
from assistant.check.claim import Claim, Fault, bare_word, is_proposal, meant_words, people_of, texts_of
from assistant.check.lexicon import LIGHT, MEETING, MONTHS, NEGATION, PLAIN_OPENERS, without_frames
from assistant.check.parse import is_denied
from assistant.check.support import Ground, find_uncovered
from assistant.domain import Contact, Evidence, FactKind, FavourKind, Material
from assistant.text import STOPWORDS, Span, find_words, fold, stem

_CLAUSE = re.compile(
    r"[,;:—–]\s+|\s+(?=(?:and|but|so|because|since|while|when|where|who|which|as|though|although|if"
    r"|that)\s+(?:i|i'm|i've|you|you're|we|my|your|our|she|he|they)\b)",
    re.IGNORECASE,
)
_MINE = re.compile(r"\b(?:i|i['’](?:m|ve|d|ll)|me|my|mine|myself)\b", re.IGNORECASE)
_YOURS = re.compile(r"\b(?:you|you['’](?:re|ve|d|ll)|your|yours|yourself)\b", re.IGNORECASE)
_OURS = re.compile(r"\b(?:we|we['’](?:re|ve|d|ll)|us|our|ours|both)\b", re.IGNORECASE)


def split_clauses(text: str) -> tuple[Span, ...]:
    """Parts of a sentence, cut where a comma or a conjunction with a new subject begins."""
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    return tuple(Span(a, b, text[a:b]) for a, b in zip(cuts, cuts[1:], strict=False) if text[a:b].strip())


def judge_clauses(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    faults: list[Fault] = []
    for clause in split_clauses(claim.text):
        words = meant_words(claim, clause.text)
        if not words:
            continue
        fault = (
            _judge_person(clause, words, usable, claim)
            or _judge_predicate(clause, words, usable, claim)
            or _judge_polarity(clause, words, usable, usable if claim.cited else claim.every)
            or _judge_direction(clause, usable, claim)
            or _judge_meeting_place(clause, usable, claim)
            or _judge_tense(clause, usable, claim)
            or judge_attachment(clause, usable, claim)
        )
        if fault:
            faults.append(fault)
    return faults


# What one hopes or wonders about may be said of the other.
_THINKING = re.compile(
    r"\bi(?:['’]ve| have)? (?:\w+ )?(?:hope|hoped|wonder|wondered|wondering|think|thought|trust|gather|believe)\b",
    re.IGNORECASE,
)
_COULD = re.compile(r"\b(?:could|would|can|should|might|looking for|['’]d)\b", re.IGNORECASE)


def _judge_person(clause: Span, words: Sequence[Span], usable: Sequence[Ground], claim: Claim) -> Fault | None:
    person = person_of(clause.text, claim.material)
    if person is None or (person.me and _COULD.search(clause.text)):
        return None
    people = {person.id, claim.material.to.id} if _THINKING.search(clause.text) else {person.id}
    known = usable if claim.cited else [ground for ground in claim.every if not ground.evidence.superseded]
    fitting = [one for one in known if any(_speaks_of(one.evidence, who, claim.material) for who in people)]
    wrong = [word for word in find_uncovered(words, fitting) if stem(word.text) not in LIGHT]
    if not wrong:
        return None
    whom = "you" if person.me else person.first_name
    return Fault(
        "claims.wrong_person",
        clause.start,
        clause.start + len(clause.text.rstrip()),
        f"the evidence does not say this of {whom}",
        "say it of the person the note is about",
    )


def person_of(clause: str, material: Material) -> Contact | None:
    """The one person a clause speaks of by its pronouns; None where it speaks of both, or of nobody."""
    mine, yours = bool(_MINE.search(clause)), bool(_YOURS.search(clause))
    other = material.other
    if other and re.search(rf"(?<!\w){re.escape(other.first_name)}(?!\w)", clause):
        return None if mine or yours or _OURS.search(clause) else other
    if mine == yours or _OURS.search(clause):
        return None
    return material.me if mine else material.to


def _speaks_of(evidence: Evidence, person: str, material: Material) -> bool:
    if evidence.source == "own" or evidence.about == person:
        return True
    first_person = evidence.kind is not FactKind.PREFERENCE and bool(
        _MINE.search(evidence.quote) or _OURS.search(evidence.quote)
    )
    together = evidence.field in ("heading", "how_met") or isinstance(evidence.kind, FavourKind)
    return person == material.me.id and (first_person or together)


class Predicate(NamedTuple):
    """What a clause says of somebody, and which facts can bear it."""

    name: str
    said: re.Pattern[str]
    kinds: frozenset[FactKind]
    quoted: re.Pattern[str]


def _predicate(name: str, said: str, kinds: str, quoted: str) -> Predicate:
    return Predicate(
        name,
        re.compile(said, re.IGNORECASE),
        frozenset(FactKind(kind) for kind in kinds.split()),
        re.compile(quoted, re.IGNORECASE),
    )


_NEED_WORDS = (
    r"\b(?:look(?:s|ed|ing)? for|hunt\w*|search\w*|seek\w*|need\w*|want\w*|in search of"
    r"|trying to find|hop(?:es?|ing) (?:to find|for)|after (?:a|an|some|someone))\b"
)
_PREDICATES = (
    _predicate(
        "needs",
        _NEED_WORDS,
        "need",
        rf"{_NEED_WORDS}|\b(?:could use|would love|wish|find|missing|lack\w*|struggl\w*|do with|short of|short a"
        rf"|godsend|dreams? of)\b",
    ),
    _predicate(
        "works",
        r"\b(?:you|i)(?:'re|'m| are| am)? (?:\w+ )?(?:work|works|working|run|lead|head|manage|employed|joined"
        r"|founded|started at)\b|\b(?:you are|you're|i am|i'm) (?:now )?(?:an?|the) \w+|\byour (?:job|role"
        r"|position|post|employer|company|work as)\b",
        "role employer project personal",
        r"\b(?:work\w*|runs?|ran|leads?|led|heads?|manag\w*|join\w*|found\w*|start\w*|is an?|is the|am an?|now"
        r"|as an?|job|role|owner|director|head of|chair\w*|teach\w*)\b",
    ),
    _predicate(
        "lives",
        r"\b(?:you|i)(?:'re|'m| are| am|'ve| have)? (?:\w+ )?(?:live|lives|living|lived|based|settled"
        r"|grew up)\b|\byour (?:home|town|city|move)\b",
        "place personal event",
        r"\b(?:liv\w*|based|mov\w*|settl\w*|from|home|grew up|flat|house|years in|spent|in [A-Z]\w+)\b",
    ),
    _predicate(
        "moved",
        r"\b(?:you|i)(?:'ve| have| had)? (?:\w+ )?moved\b",
        "place personal event employer role",
        r"\b(?:mov\w*|settl\w*|home|flat|house|now|joined|left)\b",
    ),
    _predicate(
        "project",
        r"\byour (?:[\w-]+ ){0,4}project\b|\bproject of yours\b",
        "project",
        r"\b(?:projects?|build\w*|working on|mak\w+|writ\w+|model|study|series|show|film|survey|mapping)\b",
    ),
    _predicate(
        "studied",
        r"\b(?:you|i) (?:\w+ )?(?:studied|study|graduated|went to school)\b|\byour (?:studies|degree|phd|thesis)\b",
        "education",
        r"\b(?:stud\w*|graduat\w*|degree|phd|ph\.d|bsc|msc|thesis|university|school|college|went to|alum\w*)\b",
    ),
)


def _judge_predicate(clause: Span, words: Sequence[Span], usable: Sequence[Ground], claim: Claim) -> Fault | None:
    if is_proposal(claim.text):
        return None
    bearing = [ground for ground in usable if len(find_uncovered(words, [ground])) < len(words)]
    for predicate in _PREDICATES:
        match = predicate.said.search(clause.text)
        theirs = bool(_YOURS.search(clause.text)) and not (_MINE.search(clause.text) or _OURS.search(clause.text))
        of_them = [
            one for one in bearing if not theirs or _speaks_of(one.evidence, claim.material.to.id, claim.material)
        ]
        fitting = [ground for ground in of_them if _fits(predicate, ground.evidence)]
        if match and (not fitting or _names_elsewhere(clause, fitting, claim)):
            return Fault(
                "claims.relation",
                clause.start + match.start(),
                clause.start + match.end(),
                f"the note does not say it in this sense ({predicate.name})",
                "say what the note says of it",
            )
    return None


def _names_elsewhere(clause: Span, fitting: Sequence[Ground], claim: Claim) -> bool:
    """Whether the clause names something that only evidence of another sense names."""
    people = (*people_of(claim.material), claim.material.to.org, claim.material.me.org)
    texts = [*people, *(text for ground in fitting for text in texts_of(ground.evidence))]
    known = {bare_word(part) for text in texts for word in find_words(text) for part in (word.text, *_parts(word.text))}
    names = find_names(clause.text, PLAIN_OPENERS)
    said = [bare_word(word.text) for name in names for word in find_words(name.text)]
    return any(word not in known and fold(word) not in MONTHS for word in said)


def _parts(word: str) -> list[str]:
    return re.split(r"[-–]", word)


def _fits(predicate: Predicate, evidence: Evidence) -> bool:
    if evidence.source == "record":
        fields = {"works": ("org", "title"), "lives": ("location", "how_met", "heading")}.get(predicate.name, ())
        return evidence.field in fields or evidence.field == "private" or bool(predicate.quoted.search(evidence.quote))
    return evidence.kind in predicate.kinds or bool(predicate.quoted.search(evidence.quote))


def _judge_polarity(
    clause: Span, words: Sequence[Span], usable: Sequence[Ground], every: Sequence[Ground]
) -> Fault | None:
    bearing = [ground.evidence for ground in usable if len(find_uncovered(words, [ground])) < len(words)]
    denied = NEGATION.search(without_frames(clause.text))
    known = [one for one in every if len(find_uncovered(words, [one])) < len(words)]
    if denied and not any(NEGATION.search(one.evidence.quote) or one.evidence.negated for one in known):
        return Fault(
            "claims.negation",
            clause.start + denied.start(),
            clause.start + denied.end(),
            "the note says the opposite, or does not say no",
            "say it as the note says it",
        )
    if not denied and bearing and all(_denies(one, words, clause.text) for one in bearing):
        return Fault(
            "claims.negation",
            clause.start,
            clause.start + len(clause.text.rstrip()),
            "the note says that this is not so",
            "take it out, or say it as the note says it",
        )
    hearsay = bearing and all(one.hearsay for one in bearing)
    if hearsay:
        return Fault(
            "claims.hearsay",
            clause.start,
            clause.start + len(clause.text.rstrip()),
            "the note only repeats what somebody said, and is not sure",
            "ask instead of stating, or leave it out",
        )
    return None


_MET_WORDS = re.compile(r"\b(?:found|got|have|has|had|sorted|hired|settled|solved|done)\b", re.IGNORECASE)


def _denies(one: Evidence, words: Sequence[Span], clause: str) -> bool:
    """Whether the evidence says no to what the clause says yes to; a need that ended says yes to having found."""
    if not one.negated:
        return _is_denied(one.quote, words)
    if one.kind is FactKind.NEED and _MET_WORDS.search(clause):
        return False
    about = {stem(word.text) for word in find_words(one.text)}
    return any(stem(word.text) in about for word in words)


def _is_denied(quote: str, words: Sequence[Span]) -> bool:
    """Whether a part of the quote that has most of the words says no, and no part that has any of them says yes."""
    wanted = {stem(word.text) for word in words}
    shares = [
        (len(wanted & {stem(word.text) for word in find_words(part.text)}) / len(wanted), part.text)
        for part in split_clauses(quote)
    ]
    touching = [(share, part) for share, part in shares if share]
    return any(share >= 2 / 3 for share, _ in touching) and all(is_denied(part) for _, part in touching)


_MET_THERE = re.compile(r"\bwe (?:\w+ )?(?:met|had|spoke|talked|sat|walked|went|were)\b", re.IGNORECASE)


def _judge_meeting_place(clause: Span, usable: Sequence[Ground], claim: Claim) -> Fault | None:
    """ "We had coffee in Lisbon": the note that tells of the meeting must be the one that names the place."""
    match = _MET_THERE.search(clause.text)
    if not match or not MEETING.search(clause.text):
        return None
    told = [ground for ground in usable if any(MEETING.search(text) for text in texts_of(ground.evidence))]
    own = [ground for ground in usable if ground.evidence.source == "own"]
    if not told or not _names_elsewhere(clause, [*told, *own], claim):
        return None
    return Fault(
        "claims.relation",
        clause.start + match.start(),
        clause.start + len(clause.text.rstrip()),
        "no note tells of this meeting there",
        "name the place that stands in the note of the meeting",
    )


_PRESENT = re.compile(
    r"\b(?:you|your)(?:['’]re| are)?(?: (?:now|still|also|currently))* (?:work|run|lead|head|manage|live|are|teach"
    r"|represent|team|job"
    r"|role|an?|the|at)\b|\byou['’]re\b|\byour (?:[\w-]+ )*(?:team|job|role|work|colleagues|office|boss)\b"
    r"|^\s*as (?:an?|the) ",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"\b(?:until|used to|former(?:ly)?|worked|was|were|left|ex-|no longer|not any more|had|previously)\b", re.IGNORECASE
)


def _judge_tense(clause: Span, usable: Sequence[Ground], claim: Claim) -> Fault | None:
    """ "You work at Baltica" where every note that names it tells of a time that is over."""
    if not _PRESENT.search(clause.text) or _OVER.search(clause.text):
        return None
    quotes = [text for ground in usable for text in (ground.evidence.quote, ground.evidence.occasion)]
    parts = [part.text for quote in quotes for part in split_clauses(quote)]
    people = people_of(claim.material)
    for name in find_names(clause.text, PLAIN_OPENERS):
        word = bare_word(name.text.split()[0])
        naming = [part for part in parts if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", fold(part))]
        if word not in people and naming and all(_OVER.search(part) for part in naming):
            return Fault(
                "claims.superseded",
                clause.start,
                clause.start + len(clause.text.rstrip()),
                f"the notes tell of {name.text} as of something that is over",
                "tell it in the past, or use the later note",
            )
    return None


_FROM_TO = re.compile(
    r"\bfrom (?:the )?(?P<a>[A-Z][\w'’-]+)\b[^.;]*? to (?:the )?(?P<b>[A-Z][\w'’-]+)"
    r"|\bto (?:the )?(?P<b2>[A-Z][\w'’-]+)\b[^.;]{0,20}? from (?:the )?(?P<a2>[A-Z][\w'’-]+)"
)
_THEM = ("she", "he", "they", "her", "him", "them")


def _judge_direction(clause: Span, usable: Sequence[Ground], claim: Claim) -> Fault | None:
    """From where to where, and who did it to whom, must be as noted."""
    quotes = [ground.evidence.quote for ground in usable]
    way = _FROM_TO.search(clause.text)
    ends = _ends_of(way) if way else None
    turned = ends and any(_ends_of(noted) == ends[::-1] for q in quotes for noted in _FROM_TO.finditer(q))
    swapped = _swaps_sides(clause.text, usable, claim.material) or _swaps_favour(clause.text, usable)
    if not turned and not swapped:
        return None
    return Fault(
        "claims.direction",
        clause.start,
        clause.start + len(clause.text.rstrip()),
        "the note says it the other way round",
        "say who did it to whom, or from where to where, as the note says it",
    )


def _ends_of(match: re.Match[str]) -> tuple[str, str]:
    return match["a"] or match["a2"], match["b"] or match["b2"]


def _swaps_sides(clause: str, usable: Sequence[Ground], material: Material) -> bool:
    """ "My sister taught you" where the note has "she taught my sister", and the reverse."""
    said = _sides(clause, ("you",))
    if not said:
        return False
    them = (*_THEM, fold(material.to.first_name))
    noted = [_sides(one.evidence.quote, them) for one in usable if one.evidence.about == material.to.id]
    sides: dict[str, set[str]] = {}
    for one in noted:
        for verb, found in one.items():
            sides.setdefault(verb, set()).update(found)
    return any(found and sides.get(verb) and not found & sides[verb] for verb, found in said.items())


_GIVERS = {FavourKind.GAVE: "i", FavourKind.RECEIVED: "you"}


def _swaps_favour(clause: str, usable: Sequence[Ground]) -> bool:
    """ "I explained the licence to you" where it was they who explained it to the user, and the reverse."""
    givers: dict[str, set[str]] = {}
    for ground in usable:
        kind = ground.evidence.kind
        if isinstance(kind, FavourKind) and kind in _GIVERS:
            for word in find_words(ground.evidence.quote)[:1]:
                givers.setdefault(stem(word.text), set()).add(_GIVERS[kind])
    words = [fold(word.text) for word in find_words(clause)]
    beside = zip(words, words[1:], strict=False)
    pairs = ((left, givers.get(stem(right))) for left, right in beside if right not in STOPWORDS)
    return any(known and left in ("i", "you") and left not in known for left, known in pairs)


def _sides(text: str, pronouns: Sequence[str]) -> dict[str, set[str]]:
    """For each word that stands right beside a pronoun: whether the pronoun comes `before` or `after` it."""
    words = [fold(word.text) for word in find_words(text)]
    sides: dict[str, set[str]] = {}
    for left, right in zip(words, words[1:], strict=False):
        if left in pronouns and left not in ("her", "him", "them") and right not in STOPWORDS:
            sides.setdefault(stem(right), set()).add("before")
        if right in pronouns and right not in ("she", "he") and left not in STOPWORDS:
            sides.setdefault(stem(left), set()).add("after")
    return sides


def suits_clause(clause: Span, claim: Claim, ground: Ground) -> int:
    """How well evidence that covers a clause's words also fits its person and what it says of them."""
    evidence = ground.evidence
    person = person_of(clause.text, claim.material)
    said = [predicate for predicate in _PREDICATES if predicate.said.search(clause.text)]
    fits = all(_fits(predicate, evidence) for predicate in said)
    return 2 * (person is None or _speaks_of(evidence, person.id, claim.material)) + fits - 3 * evidence.superseded
