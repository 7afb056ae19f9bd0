"""Whether every sentence that states a fact rests on evidence that bears that very sentence.

A message and its evidence in, findings out, whoever wrote the message. It must never trust a citation without
reading it, and never let a model's word stand for evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from assistant.check.alignment import judge_alignment, message_speaker
from assistant.check.atoms import find_atoms, find_names
from assistant.check.claim import Claim, Fault, bare_word, meant_words, people_of, texts_of
from assistant.check.clauses import judge_clauses, split_clauses, suits_clause
from assistant.check.exact import judge_atoms, judge_names
from assistant.check.lexicon import LIGHT, LIGHT_VERBS, PHRASAL, PLAIN_OPENERS
from assistant.check.parse import read_clauses
from assistant.check.standing import judge_said, judge_standing
from assistant.check.support import Ground, content_words, find_cover, find_uncovered, read_ground
from assistant.check.times import find_times
from assistant.check.told import (
    NEVER_MET,
    judge_done,
    judge_guess,
    judge_need_stated,
    judge_praise,
    judge_promise,
    judge_relations,
    judge_willing,
)
from assistant.domain import CALL_HEADINGS, Finding, Material, Message
from assistant.text import Span, find_words, fold, stem
from assistant.verbs import base_of


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
_GREETING_OF_TWO = re.compile(
    r"\s*(?:hi|hello|dear)\s+(?P<a>[^,!.\n]*?)(?:,| and)\s+(?:dear |hi |hello )?(?P<b>[^,!.\n]*)[,!.]?\s*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s*(?:(?:with )?(?:(?:all|very|my|the|kind|kindest|warm|warmest|best) ){0,3}(?:best|wishes|regards)"
    r"|yours(?: sincerely| truly)?|sincerely(?: yours)?|cheers|warmly|thanks|thank you|take care)"
    r"[,.!]?\s*(?P<name>[^,.!?\n]*(?:\n[^,.!?\n]*)?)[.!]?\s*",
    re.IGNORECASE,
)


def is_courtesy(text: str, material: Material) -> bool:
    """Whether the sentence is just a greeting of the recipient or a sign-off with the user's name."""
    if text.strip() in CALL_HEADINGS:
        return True
    both = _GREETING_OF_TWO.fullmatch(text)
    if both and material.other:
        return _is_name_of(both["a"], material.to.name) and _is_name_of(both["b"], material.other.name)
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
        *judge_atoms(claim, usable),
        *judge_names(claim, usable),
        *judge_relations(claim, usable),
        *judge_praise(claim, usable),
        *judge_guess(claim, usable),
        *judge_need_stated(claim, usable),
        *judge_promise(claim, usable),
        *judge_willing(claim, usable),
        *judge_done(claim, usable),
        *_judge_phrasal(claim, usable),
    ]
    words = _left_to_cover(claim, faults)
    faults += _judge_coverage(claim, cover, usable, words)
    if not faults:
        faults += judge_clauses(claim, usable)
    faults += [
        *judge_alignment(claim, usable if claim.cited else claim.every),
        *judge_standing(claim),
        *judge_said(claim),
    ]
    return tuple(sorted(faults, key=lambda fault: fault.start))


def _find_best_cover(claim: Claim) -> tuple[Ground, ...]:
    """For a sentence that cites nothing: the few grounds that bear each of its clauses best."""
    chosen: list[Ground] = []
    for clause in split_clauses(claim.text):
        words = meant_words(claim, clause.text)
        cover = find_cover(words, claim.grounds, prefer=partial(suits_clause, clause, claim))
        chosen += [*cover, *_find_bearing_atoms(clause, words, cover, claim)]
    return tuple(dict.fromkeys(chosen))


def _find_bearing_atoms(clause: Span, words: Sequence[Span], cover: Sequence[Ground], claim: Claim) -> list[Ground]:
    """Grounds that hold a number, date or quotation of the clause which its cover does not, and speak of the same."""
    held = {atom.value for ground in cover for text in texts_of(ground.evidence) for atom in find_atoms(text)}
    found = []
    for atom in find_atoms(clause.text):
        holding = [
            ground
            for ground in claim.grounds
            if atom.value not in held
            and any(one.value == atom.value for text in texts_of(ground.evidence) for one in find_atoms(text))
            and (not words or len(find_uncovered(words, [ground])) < len(words))
        ]
        found += [max(holding, key=lambda one: -len(find_uncovered(words, [one])))] if holding else []
    return found


def _left_to_cover(claim: Claim, faults: Sequence[Fault]) -> tuple[Span, ...]:
    """The words that still need evidence: hard parts and names have been judged already."""
    atoms = [atom for atom in find_atoms(claim.text) if atom.kind != "quote"]
    names = find_names(claim.text, PLAIN_OPENERS)
    judged = [(one.start, one.end) for one in atoms] + [(one.start, one.end) for one in faults]
    if not claim.material.known:
        judged += [match.span() for match in NEVER_MET.finditer(claim.text)]
    judged += [(one.start, one.end) for one in find_times(claim.text, claim.material.today)]
    people = people_of(claim.material)
    return tuple(
        word
        for word in content_words(claim.text)
        if not any(start < word.end and word.start < end for start, end in judged)
        and not any(one.start <= word.start < one.end for one in names)
        and bare_word(word.text) not in people
    )


def _judge_coverage(
    claim: Claim, cover: Sequence[Ground], usable: Sequence[Ground], words: Sequence[Span]
) -> list[Fault]:
    if not words:
        return []
    uncovered = find_uncovered(words, usable)
    deeds = {one.verb for one in read_clauses(claim.text, message_speaker(claim.material))}
    heavy = [word for word in uncovered if not _is_light(word.text, deeds)]
    exact = (*find_names(claim.text, PLAIN_OPENERS), *find_atoms(claim.text))
    held = len(words) - len(uncovered) + 2 * len(exact)
    if not uncovered or (not heavy and held >= _ENOUGH_HELD):
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


def _is_light(word: str, deeds: set[str]) -> bool:
    """Whether the word tells nothing by itself beside others that the notes hold; the verb of a clause does."""
    base, _ = base_of(word)
    if base and base in deeds and base not in LIGHT_VERBS:
        return False
    return stem(word) in LIGHT or base in LIGHT_VERBS


_ENOUGH_HELD = 2  # words the notes do hold, beside which light words say nothing more


def _judge_phrasal(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    """ "Giving up", "laid off": the verb and its particle must stand together in the evidence."""
    faults = []
    for match in PHRASAL.finditer(claim.text):
        verb, particle = match.group().rsplit(" ", 1)
        texts = (text for ground in usable for text in texts_of(ground.evidence))
        said = (one for text in texts for one in PHRASAL.finditer(text))
        if not any(stem(one.group().split()[0]) == stem(verb) and one.group().endswith(particle) for one in said):
            message = f"the evidence does not say {match.group()!r}"
            faults.append(Fault("claims.unsupported", *match.span(), message, "keep to what the note says"))
    return faults


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
