"""Whether every sentence that states a fact rests on evidence that bears that very sentence.

A message and its evidence in, findings out, whoever wrote the message. It must never trust a citation without
reading it, and never let a model's word stand for evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from assistant.check.atoms import Atom, date_fits, find_atoms, find_names
from assistant.check.lexicon import NEGATION, PLAIN_OPENERS, PRAISE, without_frames
from assistant.check.relations import find_unborne, introduction_fits, read_introduction
from assistant.check.support import Ground, content_words, find_cover, find_uncovered, read_ground
from assistant.domain import Contact, Evidence, FactKind, FavourKind, Finding, Material, Message, Severity
from assistant.text import STOPWORDS, Span, find_words, fold


class Claim(NamedTuple):
    """A sentence under judgement: its text, the grounds it may use and those the whole message has."""

    text: str
    grounds: tuple[Ground, ...]
    every: tuple[Ground, ...]
    cited: bool
    material: Material


class Fault(NamedTuple):
    """A finding before it has its place in the message: `start` and `end` count inside the sentence."""

    rule: str
    start: int
    end: int
    message: str
    fix: str
    severity: Severity = Severity.BLOCK


def check_claims(message: Message, material: Material) -> tuple[Finding, ...]:
    """Findings for every sentence of the body, then for the subject, in order of place."""
    grounds = {one.id: read_ground(one) for one in material.evidence}
    every = tuple(grounds.values())
    findings: list[Finding] = []
    offset = 0
    for piece, sentence in zip(message.pieces(), message.sentences, strict=True):
        start = offset + len(piece) - len(sentence.text)
        offset += len(piece)
        cited = tuple(grounds[one] for one in sentence.evidence if one in grounds)
        claim = Claim(sentence.text, cited if message.cited else every, every, message.cited, material)
        if not is_courtesy(sentence.text, material):
            findings += [_finding(fault, sentence.text, start) for fault in judge_claim(claim)]
    used = tuple(grounds[one] for one in _used_ids(message) if one in grounds)
    subject = Claim(message.subject, used if message.cited else every, every, False, material)
    findings += [
        _finding(fault, message.subject, 0, "subject")
        for fault in judge_claim(subject)
        if fault.rule not in _NOT_IN_SUBJECT
    ]
    return tuple(findings)


_NOT_IN_SUBJECT = ("claims.uncited",)


def _used_ids(message: Message) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*message.subject_evidence, *(one for s in message.sentences for one in s.evidence))))


def _finding(fault: Fault, text: str, offset: int, field: str = "body") -> Finding:
    return Finding(
        rule=fault.rule,
        severity=fault.severity,
        span=(offset + fault.start, offset + fault.end),
        text=text[fault.start : fault.end],
        message=fault.message,
        fix=fault.fix,
        field="subject" if field == "subject" else "body",
    )


_GREETING = re.compile(
    r"\s*(?:hi|hello|dear|hey|good (?:morning|afternoon|evening))\b[ ,]*(?P<name>[^,!.\n]*)[,!.]?\s*", re.IGNORECASE
)
_CLOSING = re.compile(
    r"\s*(?:all the best|best wishes|(?:kind|warm|best) regards|with best wishes|yours|sincerely|cheers|warmly|thanks|thank you|best|take care)"
    r"[,.!]?\s*(?P<name>[^,.!?\n]*(?:\n[^,.!?\n]*)?)[.!]?\s*",
    re.IGNORECASE,
)


def is_courtesy(text: str, material: Material) -> bool:
    """Whether the sentence is just a greeting of the recipient or a sign-off with the user's name."""
    greeting = _GREETING.fullmatch(text)
    if greeting:
        return _is_name_of(greeting.group("name"), material.to.name)
    closing = _CLOSING.fullmatch(text)
    return _is_name_of(text, material.me.name) or bool(closing and _is_name_of(closing.group("name"), material.me.name))


def _is_name_of(said: str, name: str) -> bool:
    words = [fold(word.text) for word in find_words(said)]
    return set(words) <= {fold(word.text) for word in find_words(name)} | {"dr", "ms", "mr", "mrs", "prof"}


def judge_claim(claim: Claim) -> tuple[Fault, ...]:
    """Everything the sentence says that its evidence does not bear."""
    cover = claim.grounds if claim.cited else _find_best_cover(claim)
    usable = tuple(ground for ground in cover if not ground.evidence.superseded)
    faults = [
        *_judge_atoms(claim, usable),
        *_judge_names(claim, usable),
        *_judge_relations(claim, usable),
        *_judge_praise(claim, usable),
        *_judge_promise(claim, usable),
    ]
    words = _left_to_cover(claim, faults)
    faults += _judge_coverage(claim, cover, usable, words)
    if not faults:
        faults += _judge_clauses(claim, usable)
    return tuple(sorted(faults, key=lambda fault: fault.start))


def _find_best_cover(claim: Claim) -> tuple[Ground, ...]:
    """For a sentence that cites nothing: the few grounds that bear each of its clauses best."""
    chosen: list[Ground] = []
    for clause in split_clauses(claim.text):
        words = _meant_words(claim, clause.text)
        chosen += find_cover(words, claim.grounds, prefer=partial(_suits_clause, clause, claim))
    return tuple(dict.fromkeys(chosen))


def _suits_clause(clause: Span, claim: Claim, ground: Ground) -> int:
    """How well evidence that covers a clause's words also fits its person and what it says of them."""
    evidence = ground.evidence
    person = _person_of(clause.text, claim.material)
    said = [predicate for predicate in _PREDICATES if predicate.said.search(clause.text)]
    fits = all(_fits(predicate, evidence) for predicate in said)
    return 2 * (person is None or _speaks_of(evidence, person.id, claim.material)) + fits - 3 * evidence.superseded


# --- hard parts -------------------------------------------------------------------------------------------------


def _judge_atoms(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    known = [atom for ground in usable for text in _texts(ground.evidence) for atom in find_atoms(text)]
    faults = []
    for atom in find_atoms(claim.text):
        if not _atom_said(atom, known, claim, usable):
            faults.append(_ATOM_FAULTS[atom.kind](atom))
    return faults


def _texts(evidence: Evidence) -> tuple[str, ...]:
    return (evidence.text, evidence.quote, evidence.occasion)


def _atom_said(atom: Atom, known: Sequence[Atom], claim: Claim, usable: Sequence[Ground]) -> bool:
    if atom.kind in ("link", "email"):
        return atom.value in _own_addresses(claim.material) or any(one.value == atom.value for one in known)
    if atom.kind == "quote":
        return any(atom.value in fold(" ".join(text.split())) for g in usable for text in _texts(g.evidence))
    if any(one.value == atom.value and one.kind == atom.kind for one in known):
        return True
    if atom.kind == "date":
        if (
            _is_proposal(claim.text)
            and atom.value.startswith("~")
            and not re.search(r"ago|last|past|yesterday|recent", atom.value)
        ):
            return True
        days = [ground.evidence.date for ground in usable if ground.evidence.date]
        return any(date_fits(atom.value, day, claim.material.today) for day in days) or _date_in(atom, known)
    return _is_proposal(claim.text) and bool(re.match(r"[ -]?(?:minute|min)", claim.text[atom.end :]))


def _date_in(atom: Atom, known: Sequence[Atom]) -> bool:
    """ "March" for "12 March 2026", "2016" for "2016-2018": a coarser date said of a finer one."""
    if atom.value.startswith("~"):
        return False
    return any(
        one.kind == "date"
        and (one.value.startswith(atom.value) or one.value[4:].startswith(atom.value.removeprefix("-")))
        for one in known
    )


def _own_addresses(material: Material) -> frozenset[str]:
    return frozenset(fold(one) for one in (*material.me.emails, *material.me.links))


def _is_proposal(text: str) -> bool:
    return "?" in text or bool(re.match(r"\s*(?:if|shall|would|could|may|might)\b", text, re.IGNORECASE))


_ATOM_FAULTS = {
    "number": lambda a: Fault("claims.number", a.start, a.end, f"the evidence does not give the number {a.text!r}", "take the number out, or cite a note that has it"),
    "date": lambda a: Fault("claims.date", a.start, a.end, f"the evidence does not give the time {a.text!r}", "take the time out, or cite a note of that date"),
    "link": lambda a: Fault("claims.link", a.start, a.end, "this link stands in none of the evidence", "take the link out, or put it in your own words for this message"),
    "email": lambda a: Fault("claims.link", a.start, a.end, "this address stands in none of the evidence", "take the address out, or put it in your own words for this message"),
    "quote": lambda a: Fault("claims.quote", a.start, a.end, "nobody said these words in the evidence", "quote a note exactly, or say it without quotation marks"),
}  # fmt: skip


def _judge_names(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    allowed = _name_words(claim.material, usable)
    faults = []
    for name in find_names(claim.text, PLAIN_OPENERS):
        if any(
            atom.start <= name.start < atom.end
            for atom in find_atoms(claim.text)
            if atom.kind in ("link", "email", "date", "number")
        ):
            continue
        words = [part for word in find_words(name.text) for part in re.split(r"[-–]", word.text)]
        foreign = [word for word in words if word and not _name_known(word, allowed)]
        if foreign:
            faults.append(_name_fault(name, claim))
        elif len(words) > 1 and not _stands_together(name, claim.material, usable):
            faults.append(_name_fault(name, claim))
    return faults


def _name_words(material: Material, usable: Sequence[Ground]) -> frozenset[str]:
    texts = [material.me.name, material.to.name, material.other.name if material.other else ""]
    texts += [text for ground in usable for text in _texts(ground.evidence)]
    return frozenset(
        _bare(part) for text in texts for word in find_words(text) for part in re.split(r"[-–]", word.text)
    )


def _bare(word: str) -> str:
    return re.sub(r"'s?$", "", fold(word))


def _name_known(word: str, allowed: frozenset[str]) -> bool:
    bare = _bare(word)
    return bare in allowed or (len(bare) > 3 and bare.removesuffix("s") in allowed) or (bare + "s") in allowed


def _stands_together(name: Atom, material: Material, usable: Sequence[Ground]) -> bool:
    """Whether the words of the name stand in one text: "Ana Marlow" is nobody if there are Ana Ferreira and Dana Marlow."""
    words = {_bare(word.text) for word in find_words(name.text)}
    texts = [material.me.name, material.to.name, material.other.name if material.other else ""]
    texts += [text for ground in usable for text in (*_texts(ground.evidence), " ".join(_texts(ground.evidence)))]
    return any(words <= {_bare(word.text) for word in find_words(text)} for text in texts)


def _name_fault(name: Atom, claim: Claim) -> Fault:
    known = any(fold(name.text) in fold(one) for one in claim.material.names)
    message = (
        f"{name.text} is in your book, but not in the evidence of this sentence"
        if known
        else f"the evidence does not name {name.text}"
    )
    return Fault("claims.name", name.start, name.end, message, "take the name out, or cite the note that has it")


# --- relations, praise, promises --------------------------------------------------------------------------------


def _judge_relations(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    bearing = [ground.evidence for ground in usable]
    # That two people met, or talked, is one fact about the two; what was given or done is a fact of its own.
    meeting = bearing if claim.cited else [ground.evidence for ground in claim.every]
    evidence = meeting
    text = without_frames(claim.text)
    faults = [
        Fault(
            "claims.relation",
            match.start(),
            match.end(),
            relation.message,
            "say only what a note says, or add the note",
        )
        for relation, match in find_unborne(text, bearing, meeting)
    ]
    stated = read_introduction(claim.text, claim.material.me.first_name, claim.material.to.first_name)
    if stated and not any(_tells_introduction(stated, one, claim.material) for one in evidence):
        start = claim.text.lower().find("introduc")
        start = max(start, 0)
        end = start + len(claim.text[start:].split(" ")[0])
        faults.append(
            Fault("claims.introduction", start, end, "the notes do not say who introduced whom in this way", "check who introduced whom, and cite the note")
        )  # fmt: skip
    return faults


def _tells_introduction(stated: tuple[str, frozenset[str]], evidence: Evidence, material: Material) -> bool:
    noted = [read_introduction(text, material.me.first_name, material.to.first_name) for text in _texts(evidence)]
    return any(introduction_fits(stated, one, material.to.first_name) for one in noted)


def _judge_praise(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    texts = [fold(text) for ground in usable for text in _texts(ground.evidence)]
    return [
        Fault("claims.praise", match.start(), match.end(), f"{match.group()!r} is praise that no note and no word of yours bears out", "leave the praise out, or say what you saw yourself in your own words")
        for match in PRAISE.finditer(claim.text)
        if not any(fold(match.group()) in text for text in texts)
    ]  # fmt: skip


_PROMISE = re.compile(
    r"\b(?:i|we)(?:['’]ll| will| shall| promise| guarantee| commit)\b(?! (?:understand|not mind|leave it|keep it|be brief|wait))"
    r"|\b(?:guaranteed?|i(?:'m| am) going to|you can count on|rest assured|free of charge|at no cost)\b",
    re.IGNORECASE,
)


def _judge_promise(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    match = _PROMISE.search(claim.text)
    if not match or claim.text.rstrip().endswith("?"):
        return []
    mine = [
        ground.evidence
        for ground in usable
        if ground.evidence.source == "own" or _is_offer(ground.evidence, claim.material)
    ]
    if mine:
        return []
    return [Fault("claims.promise", match.start(), match.end(), "this promises something that is not in your plan", "offer only what you listed as an offer, or say it in your own words for this message")]  # fmt: skip


def _is_offer(evidence: Evidence, material: Material) -> bool:
    return evidence.about == material.me.id and evidence.kind is FactKind.OFFER


# --- coverage ---------------------------------------------------------------------------------------------------


def _left_to_cover(claim: Claim, faults: Sequence[Fault]) -> tuple[Span, ...]:
    """The words that still need evidence: hard parts and names have been judged already."""
    atoms = [atom for atom in find_atoms(claim.text) if atom.kind != "quote"]
    names = find_names(claim.text, PLAIN_OPENERS)
    judged = [(one.start, one.end) for one in atoms] + [(one.start, one.end) for one in faults]
    people = {_bare(w.text) for c in (claim.material.me, claim.material.to) for w in find_words(c.name)}
    return tuple(
        word
        for word in content_words(claim.text)
        if not any(start < word.end and word.start < end for start, end in judged)
        and not any(one.start <= word.start < one.end for one in names)
        and _bare(word.text) not in people
    )


def _judge_coverage(
    claim: Claim, cover: Sequence[Ground], usable: Sequence[Ground], words: Sequence[Span]
) -> list[Fault]:
    if not words:
        return []
    uncovered = find_uncovered(words, usable)
    if not uncovered:
        return []
    if claim.cited and not cover:
        return [
            _whole(
                claim,
                "claims.uncited",
                "this states a fact and names no evidence for it",
                "cite the note it rests on, or take it out",
            )
        ]
    stale = find_cover(words, [ground for ground in claim.every if ground.evidence.superseded])
    if stale and not find_uncovered(uncovered, stale):
        return [
            _whole(
                claim,
                "claims.superseded",
                "a later note says that this is no longer so",
                "use the later note, or ask instead of stating",
            )
        ]
    return [_uncovered_fault(claim, uncovered)]


def _meant_words(claim: Claim, text: str) -> tuple[Span, ...]:
    """The words of a clause that must be of the right person: content words and names, but not dates or numbers."""
    atoms = [atom for atom in find_atoms(text) if atom.kind != "quote"]
    people = {_bare(w.text) for c in (claim.material.me, claim.material.to) for w in find_words(c.name)}
    names = [
        word
        for name in find_names(text, PLAIN_OPENERS)
        for word in find_words(text)
        if name.start <= word.start < name.end and fold(word.text) not in STOPWORDS
    ]
    words = {word.start: word for word in (*content_words(text), *names)}
    return tuple(
        word
        for start, word in sorted(words.items())
        if _bare(word.text) not in people and not any(atom.start < word.end and start < atom.end for atom in atoms)
    )


def _whole(claim: Claim, rule: str, message: str, fix: str) -> Fault:
    return Fault(rule, 0, len(claim.text), message, fix)


def _uncovered_fault(claim: Claim, uncovered: Sequence[Span]) -> Fault:
    said = ", ".join(dict.fromkeys(word.text for word in uncovered))
    start, end = min(word.start for word in uncovered), max(word.end for word in uncovered)
    return Fault(
        "claims.unsupported",
        start,
        end,
        f"the evidence does not say: {said}",
        "keep to what the note says, or cite the note that says this",
    )


# --- clause by clause: of whom, and whether at all --------------------------------------------------------------

_CLAUSE = re.compile(
    r"[,;:—–]\s+|\s+(?=(?:and|but|so|because|since|while|when|where|who|which|as|though|although|if|that)\s+(?:i|i'm|i've|you|you're|we|my|your|our|she|he|they)\b)",
    re.IGNORECASE,
)
_MINE = re.compile(r"\b(?:i|i['’](?:m|ve|d|ll)|me|my|mine|myself)\b", re.IGNORECASE)
_YOURS = re.compile(r"\b(?:you|you['’](?:re|ve|d|ll)|your|yours|yourself)\b", re.IGNORECASE)
_OURS = re.compile(r"\b(?:we|we['’](?:re|ve|d|ll)|us|our|ours|both)\b", re.IGNORECASE)


def split_clauses(text: str) -> tuple[Span, ...]:
    """Parts of a sentence, cut where a comma or a conjunction with a new subject begins."""
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(text)), len(text)]
    return tuple(Span(a, b, text[a:b]) for a, b in zip(cuts, cuts[1:], strict=False) if text[a:b].strip())


def _judge_clauses(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    faults: list[Fault] = []
    for clause in split_clauses(claim.text):
        words = _meant_words(claim, clause.text)
        if not words:
            continue
        fault = (
            _judge_person(clause, words, usable, claim)
            or _judge_predicate(clause, words, usable, claim)
            or _judge_polarity(clause, words, usable)
        )
        if fault:
            faults.append(fault)
    return faults


def _judge_person(clause: Span, words: Sequence[Span], usable: Sequence[Ground], claim: Claim) -> Fault | None:
    person = _person_of(clause.text, claim.material)
    if person is None:
        return None
    fitting = [ground for ground in usable if _speaks_of(ground.evidence, person.id, claim.material)]
    wrong = find_uncovered(words, fitting)
    if not wrong:
        return None
    whom = "you" if person.me else person.first_name
    return Fault("claims.wrong_person", clause.start, clause.start + len(clause.text.rstrip()), f"the evidence does not say this of {whom}", "say it of the person the note is about")  # fmt: skip


def _person_of(clause: str, material: Material) -> Contact | None:
    """The one person a clause speaks of by its pronouns; None where it speaks of both, or of nobody."""
    mine, yours = bool(_MINE.search(clause)), bool(_YOURS.search(clause))
    if mine == yours or _OURS.search(clause):
        return None
    return material.me if mine else material.to


def _speaks_of(evidence: Evidence, person: str, material: Material) -> bool:
    if evidence.source == "own" or evidence.about == person:
        return True
    first_person = bool(_MINE.search(evidence.quote) or _OURS.search(evidence.quote))
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


_NEED_WORDS = r"\b(?:look(?:s|ed|ing)? for|hunt\w*|search\w*|seek\w*|need\w*|want\w*|in search of|trying to find|hop(?:es?|ing) (?:to find|for)|after (?:a|an|some|someone))\b"
_PREDICATES = (
    _predicate("needs", _NEED_WORDS, "need", rf"{_NEED_WORDS}|\b(?:could use|would love|wish|find|missing|lack\w*|struggl\w*)\b"),
    _predicate("works", r"\b(?:you|i)(?:'re|'m| are| am)? (?:\w+ )?(?:work|works|working|run|lead|head|manage|employed|joined|founded|started at)\b|\b(?:you are|you're|i am|i'm) (?:now )?(?:an?|the) \w+|\byour (?:job|role|position|post|employer|company|work as)\b",
        "role employer project personal", r"\b(?:work\w*|runs?|ran|leads?|led|heads?|manag\w*|join\w*|found\w*|start\w*|is an?|is the|am an?|now|as an?|job|role|owner|director|head of|chair\w*|teach\w*)\b"),
    _predicate("lives", r"\b(?:you|i)(?:'re|'m| are| am|'ve| have)? (?:\w+ )?(?:live|lives|living|lived|based|moved|settled|grew up)\b|\byour (?:home|town|city|move)\b",
        "place personal event", r"\b(?:liv\w*|based|mov\w*|settl\w*|from|home|grew up|flat|house|years in|spent|in [A-Z]\w+)\b"),
    _predicate("studied", r"\b(?:you|i) (?:\w+ )?(?:studied|study|graduated|went to school)\b|\byour (?:studies|degree|phd|thesis)\b",
        "education", r"\b(?:stud\w*|graduat\w*|degree|phd|ph\.d|bsc|msc|thesis|university|school|college|went to|alum\w*)\b"),
)  # fmt: skip


def _judge_predicate(clause: Span, words: Sequence[Span], usable: Sequence[Ground], claim: Claim) -> Fault | None:
    if _is_proposal(claim.text):
        return None
    bearing = [ground for ground in usable if len(find_uncovered(words, [ground])) < len(words)]
    for predicate in _PREDICATES:
        match = predicate.said.search(clause.text)
        if match and not any(_fits(predicate, ground.evidence) for ground in bearing):
            return Fault("claims.relation", clause.start + match.start(), clause.start + match.end(), f"the note does not say it in this sense ({predicate.name})", "say what the note says of it")  # fmt: skip
    return None


def _fits(predicate: Predicate, evidence: Evidence) -> bool:
    if evidence.source == "record":
        return evidence.field != "org" or predicate.name == "works"
    return evidence.kind in predicate.kinds or bool(predicate.quoted.search(evidence.quote))


def _judge_polarity(clause: Span, words: Sequence[Span], usable: Sequence[Ground]) -> Fault | None:
    bearing = [ground.evidence for ground in usable if len(find_uncovered(words, [ground])) < len(words)]
    denied = NEGATION.search(without_frames(clause.text))
    if denied and not any(NEGATION.search(one.quote) or one.negated for one in bearing):
        return Fault("claims.negation", clause.start + denied.start(), clause.start + denied.end(), "the note says the opposite, or does not say no", "say it as the note says it")  # fmt: skip
    if not denied and bearing and all(one.negated for one in bearing):
        return Fault("claims.negation", clause.start, clause.start + len(clause.text.rstrip()), "the note says that this is not so", "take it out, or say it as the note says it")  # fmt: skip
    hearsay = bearing and all(one.hearsay for one in bearing)
    if hearsay:
        return Fault("claims.hearsay", clause.start, clause.start + len(clause.text.rstrip()), "the note only repeats what somebody said, and is not sure", "ask instead of stating, or leave it out")  # fmt: skip
    return None
