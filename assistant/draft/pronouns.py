"""Whom "she" and "his" mean in the user's words about two people, as the notes call each of them.

Both will read the message, so a pronoun that could be either's is nobody's. It must never guess a gender from a name.
"""

from __future__ import annotations

import re

from assistant.domain import Contact, Material
from assistant.text import find_words, fold

_FORMS = {
    "she": frozenset("she her hers herself she's she'd she'll".split()),
    "he": frozenset("he him his himself he's he'd he'll".split()),
    "they": frozenset("they them their theirs themself they're they've they'd".split()),
}
_PRONOUN = re.compile(
    r"(?<![\w'’])(?P<word>she|he|her|hers|him|his|herself|himself)(?P<short>['’](?:s|d|ll))?(?![\w'’])", re.IGNORECASE
)


def pronoun_of(person: Contact, material: Material) -> str:
    """`she`, `he` or `they`, as the notes on the person say it more often; empty where they do not tell."""
    quotes = {
        one.quote for one in (*material.evidence, *material.withheld) if one.about == person.id and one.source != "own"
    }
    if "they" in {fold(tag) for tag in person.tags}:
        return "they"
    counts = dict.fromkeys(_FORMS, 0)
    for quote in quotes:
        first = next(
            (fold(word.text) for word in find_words(quote) if fold(word.text) in _FORMS["she"] | _FORMS["he"]), ""
        )
        for name, forms in _FORMS.items():
            counts[name] += first in forms
    best = max(counts, key=lambda name: counts[name])
    clear = counts[best] > 0 and sum(count == counts[best] for count in counts.values()) == 1
    return best if clear else ""


def find_unclear(words: str, material: Material) -> str:
    """The first "she", "her", "he" or "his" in words about two people that may mean either; empty if all are clear."""
    for match in _PRONOUN.finditer(words):
        if _meant(match["word"], material) is None:
            return match.group()
    return ""


def name_both(words: str, material: Material) -> str:
    """ "her stage needs a carpenter, his lad a job" -> "Wendy's stage needs a carpenter, Rab's lad a job"."""

    def named(match: re.Match[str]) -> str:
        person, word = _meant(match["word"], material), fold(match["word"])
        if person is None:
            return match.group()
        is_owner = word in ("his", "hers") or word == "her" and re.match(r"\s+[a-z]\w+", match.string[match.end() :])
        if is_owner and not match["short"]:
            return f"{person.first_name}'s"
        return f"{person.first_name}{match['short'] or ''}"

    return _PRONOUN.sub(named, words)


def _meant(word: str, material: Material) -> Contact | None:
    name = "she" if fold(word) in _FORMS["she"] else "he"
    people = [one for one in (material.to, material.other) if one is not None]
    said = [one for one in people if pronoun_of(one, material) == name]
    unknown = [one for one in people if not pronoun_of(one, material)]
    if len(said) == 1 and not unknown:
        return said[0]
    if len(said) == 1 and len(unknown) == 1:
        return said[0]
    return unknown[0] if not said and len(unknown) == 1 else None
