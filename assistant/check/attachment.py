"""What hangs on what in a clause: who did the verb, which thing it was done to, whose house stands in which town.

A clause may take each of its words from the notes and still join them as no note does. It must never judge a clause
whose words are not covered: that is told before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.check.claim import Claim, Fault, bare_word, is_proposal, texts_of
from assistant.check.lexicon import FREE, without_frames
from assistant.check.meanings import meanings
from assistant.check.support import JUDGED_AS_RELATIONS, Ground
from assistant.domain import FactKind, Material
from assistant.text import STOPWORDS, Span, find_words, fold, is_past, stem

_HEAD_VERB = re.compile(
    r"\b(?P<who>i|we|you)(?:['’](?:ve|d|m|re|ll))? (?:(?:have|had|has|also|once|still|just|already|never|really|then"
    r"|even"
    r"|had just|again|always|often|so|very|kindly|both) )*(?P<verb>[a-z]{3,})\b",
    re.IGNORECASE,
)
_AUXILIARIES = frozenset("are were was will would can could may might must shall should did does been being".split())
# Free words that say something all the same of whoever is their subject.
_SEEN = frozenset(stem(word) for word in "see read watch listen visit attend".split())
_TELLING_OF_SELF = frozenset("want need hope fear hate love prefer own".split())
# What may stand beside any verb: who somebody is, where they are, when and on what occasion it was.
_BESIDE = (FactKind.ROLE, FactKind.EMPLOYER, FactKind.PLACE, FactKind.EVENT)


def judge_attachment(clause: Span, usable: Sequence[Ground], claim: Claim) -> Fault | None:
    """The first thing in the clause that hangs on the wrong thing, if any."""
    if is_proposal(claim.text):
        return None
    return (
        _judge_possession(clause, usable, claim.material)
        or _judge_place(clause, usable)
        or _judge_owner(clause, usable, claim.material)
    )


def _verb_of(clause: str) -> tuple[str, str, re.Match[str]] | None:
    """Who does what: the pronoun, and the verb where it carries meaning."""
    match = _HEAD_VERB.search(without_frames(clause))
    if not match:
        return None
    verb = match["verb"].lower()
    if re.search(r"\b(?:have|had|has) \w+$", match.group(), re.IGNORECASE) and not is_past(verb):
        return None  # "we had coffee": what follows is a thing, not what was done
    if verb in _TELLING_OF_SELF:
        return match["who"].lower(), verb, match
    is_free = stem(verb) in FREE and not is_past(verb)
    if is_free or verb in _AUXILIARIES or verb in STOPWORDS or stem(verb) in JUDGED_AS_RELATIONS | _SEEN:
        return None
    return match["who"].lower(), verb, match


def _telling(verb: str, usable: Sequence[Ground]) -> list[Ground]:
    """The grounds in whose own words the verb stands, not only by what their kind implies."""
    senses = meanings(verb)
    return [
        ground
        for ground in usable
        if any(meanings(word.text) & senses for word in find_words(f"{ground.evidence.text} {ground.evidence.quote}"))
    ]


_SUBJECTS = {"i": "i", "we": "both", "she": "you", "he": "you", "they": "you", "who": "you", "you": "you"}


_HAVING = re.compile(r"\b(?P<whose>your|my|our) (?:own )?(?P<thing>[a-z][a-z-]{3,})\b", re.IGNORECASE)


def _judge_possession(clause: Span, usable: Sequence[Ground], material: Material) -> Fault | None:
    """ "Your colleagues" where only the user's own notes tell of colleagues."""
    for match in _HAVING.finditer(without_frames(clause.text)):
        thing = match["thing"].lower()
        if match["whose"].lower() != "your" or stem(thing) in FREE or thing in STOPWORDS:
            continue
        naming = [one.evidence for one in _telling(thing, usable)]
        if naming and all(one.about == material.me.id and one.source != "own" for one in naming):
            return Fault(
                "claims.wrong_person",
                clause.start + match.start(),
                clause.start + match.end(),
                f"only your own notes tell of {thing}; they are not theirs",
                "say whose it is as the note says it",
            )
    return None


_POINTS_BACK = re.compile(r"\b(?:it|them|this|that one|those)\b", re.IGNORECASE)


_IN_PLACE = re.compile(r"\b(?P<noun>[a-z]{3,}) (?:in|at|near|from) (?:the )?(?P<place>[A-Z][\w'’-]+)")
_NO_NOUN = frozenset("met based live lives lived was were been and home back born work works worked one you".split())


def _judge_place(clause: Span, usable: Sequence[Ground]) -> Fault | None:
    """ "A house in Porto" where the note has the house in Faro."""
    texts = [text for ground in usable for text in texts_of(ground.evidence)]
    noted: dict[str, set[str]] = {}
    for text in texts:
        for match in _IN_PLACE.finditer(text):
            noted.setdefault(stem(match["noun"]), set()).add(fold(match["place"]))
    for match in _IN_PLACE.finditer(clause.text):
        noun, place = match["noun"], fold(bare_word(match["place"]))
        known = noted.get(stem(noun))
        if noun not in _NO_NOUN and known and place not in known and fold(match["place"]) not in _MONTHS:
            return Fault(
                "claims.place",
                clause.start + match.start(),
                clause.start + match.end(),
                f"the note has the {noun} somewhere else",
                "name the place that the note names with it",
            )
    return None


_MONTHS = frozenset("january february march april may june july august september october november december".split())
_OWNED = re.compile(r"\byour (?:own )?(?:[a-z-]+ )?(?P<thing>[a-z]{3,})\b", re.IGNORECASE)
_KIN_NOUN = (
    r"(?:parents?|(?:grand)?(?:mother|father|son|daughter)|brother|sister|husband|wife|boss|friend|cousin|uncle|aunt"
    r"|partner|colleague|neighbour)"
)
_KIN_OWNED = rf"\b(?:her|his|their|my|our|[A-Z]\w+['’]s) (?:\w+ )?{_KIN_NOUN}(?:['’]s?|s['’])"


def _judge_owner(clause: Span, usable: Sequence[Ground], material: Material) -> Fault | None:
    """ "Your own house" where the note has "her parents' house"."""
    if re.search(rf"\b{_KIN_NOUN}\b", clause.text):
        return None
    quotes = [ground.evidence.quote for ground in usable if ground.evidence.about == material.to.id]
    for match in _OWNED.finditer(clause.text):
        thing = re.escape(match["thing"])
        theirs = [quote for quote in quotes if re.search(rf"\b{thing}\b", quote)]
        if theirs and all(re.search(rf"{_KIN_OWNED} (?:\w+ )?{thing}\b", quote) for quote in theirs):
            return Fault(
                "claims.wrong_person",
                clause.start + match.start(),
                clause.start + match.end(),
                f"the note says whose {match['thing']} it is: not theirs",
                "say whose it is as the note says it",
            )
    return None
