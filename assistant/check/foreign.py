"""What can be held against the evidence in a message that is not in English: numbers, dates in figures, links, names.

Whether its sentences are true cannot be told from words, so one blocking finding says that nobody has checked them.
It must never let such a message pass by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.check.atoms import find_atoms
from assistant.check.claim import Claim, Fault, bare_word, people_of, texts_of
from assistant.check.exact import judge_atoms
from assistant.check.support import Ground, read_ground
from assistant.domain import UNCHECKED_LANGUAGE, Finding, Material, Message, Severity
from assistant.languages import name_of
from assistant.text import find_words

_NOUNS_ARE_CAPITALS = ("de",)
_SAME_START = 4  # letters by which "Lisboa" and "Lisbon" are known for one place


def check_foreign(message: Message, material: Material, language: str) -> tuple[Finding, ...]:
    """The finding that the claims are unchecked, then what the hard parts of each sentence and of the subject show."""
    grounds = {one.id: read_ground(one) for one in material.evidence}
    every = tuple(grounds.values())
    findings = [_unchecked(message.body, language)]
    offset = 0
    for piece, sentence in zip(message.pieces(), message.sentences, strict=True):
        start = offset + len(piece) - len(sentence.text)
        offset += len(piece)
        cited = tuple(grounds[one] for one in sentence.evidence if one in grounds) if message.cited else every
        claim = Claim(sentence.text, cited, every, message.cited, material)
        findings += [_place(fault, sentence.text, start) for fault in _judge(claim, language)]
    subject = Claim(message.subject, every, every, False, material)
    findings += [_place(fault, message.subject, 0, is_subject=True) for fault in _judge(subject, language)]
    return tuple(findings)


def _unchecked(body: str, language: str) -> Finding:
    return Finding(
        rule=UNCHECKED_LANGUAGE,
        severity=Severity.BLOCK,
        span=(0, len(body)),
        text=body,
        message=f"not checked: written in {name_of(language)}",
        fix="read every sentence against its evidence",
    )


def _place(fault: Fault, text: str, offset: int, is_subject: bool = False) -> Finding:
    return Finding(
        rule=fault.rule,
        severity=fault.severity,
        span=(offset + fault.start, offset + fault.end),
        text=text[fault.start : fault.end],
        message=fault.message,
        fix=fault.fix,
        field="subject" if is_subject else "body",
    )


def _judge(claim: Claim, language: str) -> Iterator[Fault]:
    """Faults of what is written alike in every language. Numbers in words are not: they are left to the reader."""
    days = [one.evidence.date for one in claim.grounds if one.evidence.date]
    parts = {str(part) for day in days for part in (day.year, day.month, day.day)}
    for fault in judge_atoms(claim, claim.grounds):
        said = claim.text[fault.start : fault.end]
        in_figures = bool(re.search(r"\d", said))
        if fault.rule in ("claims.number", "claims.date") and (not in_figures or said.strip(" .") in parts):
            continue
        yield fault
    if language not in _NOUNS_ARE_CAPITALS:
        yield from _judge_names(claim)


def _judge_names(claim: Claim) -> Iterator[Fault]:
    known = _known_words(claim, claim.grounds)
    starts = {known_word[:_SAME_START] for known_word in known if len(known_word) >= _SAME_START}
    atoms = find_atoms(claim.text)
    for word in find_words(claim.text):
        before = claim.text[: word.start].rstrip()
        opens = not before or before[-1] in '.!?…:;"“«¿¡\n' or "\n" in claim.text[len(before) : word.start]
        in_atom = any(atom.start <= word.start < atom.end for atom in atoms)
        bare = bare_word(word.text)
        if opens or in_atom or not word.text[0].isupper() or bare in known or bare[:_SAME_START] in starts:
            continue
        message = f"the evidence does not name {word.text}"
        yield Fault("claims.name", word.start, word.end, message, "take the name out, or cite the note that has it")


def _known_words(claim: Claim, grounds: Sequence[Ground]) -> frozenset[str]:
    texts = [text for one in grounds for text in texts_of(one.evidence)]
    return people_of(claim.material) | {bare_word(word.text) for text in texts for word in find_words(text)}
