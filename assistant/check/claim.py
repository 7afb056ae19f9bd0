"""A sentence under judgement, what is found wrong with it, and the small readings all judges share."""

from __future__ import annotations

import re
from typing import NamedTuple

from assistant.check.atoms import find_atoms, find_names
from assistant.check.lexicon import PLAIN_OPENERS
from assistant.check.support import Ground, content_words
from assistant.check.times import find_times
from assistant.domain import Evidence, Material, Severity
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


def texts_of(evidence: Evidence) -> tuple[str, ...]:
    return (evidence.text, evidence.quote, evidence.occasion)


def bare_word(word: str) -> str:
    return re.sub(r"'s?$", "", fold(word))


def is_proposal(text: str) -> bool:
    return "?" in text or bool(re.match(r"\s*(?:if|shall|would|could|may|might)\b", text, re.IGNORECASE))


def people_of(material: Material) -> frozenset[str]:
    """The words of the names of those the message is between and about."""
    people = (material.me, material.to, *([material.other] if material.other else []))
    return frozenset(bare_word(word.text) for one in people for word in find_words(one.name))


def meant_words(claim: Claim, text: str) -> tuple[Span, ...]:
    """The words of a clause that must be of the right person: content words and names, but not dates or numbers."""
    atoms = [(atom.start, atom.end) for atom in find_atoms(text) if atom.kind != "quote"]
    atoms += [(time.start, time.end) for time in find_times(text, claim.material.today)]
    people = people_of(claim.material)
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
        if bare_word(word.text) not in people and not any(first < word.end and start < last for first, last in atoms)
    )
