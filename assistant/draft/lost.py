"""Putting back the subject that a busy person left out: "will ring Sunday" becomes "I will ring Sunday".

It must never add a word that tells something: only "I", "it was", "the" and forms of "to be".
"""

from __future__ import annotations

import re

from assistant.draft import grammar
from assistant.text import fold
from assistant.verbs import Shape, base_of, shape_of

_PLEASURE = re.compile(
    r"(?:so |very |really )?(?:good|great|lovely|nice|wonderful|grand|fun|a (?:real )?(?:pleasure|joy))"
    r" (?:to (?:see|meet|hear|talk|speak|catch|have|be|sit|walk|read|get|finally)|(?:see|meet|hear|talk|speak"
    r"|chatt|catch)ing)\b",
    re.IGNORECASE,
)
_BEING = re.compile(
    r"(?:(?:so|very|really|quite|still|also|always|only|most) )*(?:happy|glad|sorry|keen|delighted|pleased"
    r"|thrilled|curious"
    r"|grateful|excited|sad|able|unable|ready|willing|due)\b(?! (?:birthday|new|news|christmas|easter))"
    r"|(?:back|away|off|free|busy|around) (?=(?:on|from|at|in|to|this|next|until|till|any|every|all|now|again)\b)"
    r"|not (?=(?:sure|able|free|keen|certain|a|an|here|there|in)\b)",
    re.IGNORECASE,
)
_FEELING = re.compile(
    r"(?:(?:still|also|really|just|only|often|always|so|do) )*(?:hope|think|wonder|believe|remember|love|want"
    r"|need|wish|miss"
    r"|reckon|guess|owe|promise|understand|agree|trust|gather|look forward|have|am|was|went|saw|heard|read"
    r"|thought|met|loved"
    r"|enjoyed|found|got|wrote|sent|bought|finished|tried|came across|spoke|promised|asked|told|ran|had|did|know"
    r"|noticed)\b",
    re.IGNORECASE,
)
_NO_SUBJECT_NEXT = (
    r"(?! (?:you|she|he|they|we|i|it|the|a|an|my|our|this|that|your|his|her|their|there|these|those|any|some)\b)"
    r"(?! (?-i:[A-Z]))"
)
_MODAL = re.compile(rf"(?:will|would|could|can|must|might|should|shall|may)\b{_NO_SUBJECT_NEXT}", re.IGNORECASE)
_DENYING = re.compile(r"(?:(?:just|still|only|really|also) )*not \w+ing\b", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|will|would|should|must|may|might|do|does|did|opens?|starts?|runs?|needs?"
    r"|wants?|says?|said|plays?|begins?|closes?|comes?|goes|went|came|won|shows?|publish(?:es|ed)?|fits?|looks|knows"
    r"|got|gets|works|leaves?|left|arrives?|ends|makes|takes|isn['’]t|aren['’]t|won['’]t|can['’]t|don['’]t|doesn['’]t)\b"
    r"|\w['’](?:s|re|ll|d|ve) ",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?:i|i['’]\w+|we|we['’]\w+|my|our|you|you['’]\w+|your|do|does|did|is|are|was|have|has|see you"
    r"|she|he|they|it|it['’]s|this|that|that['’]s|there|there['’]s|here|here['’]s|both|thank|thanks|if|when|since|as|because"
    r"|how|what|where|who|why|no|please|let|let['’]s|congratulations|the|these|those|in|on|at|last|next|ours|mine|all|each"
    r"|every|after|before|from|for|with|by|only|just|not|welcome|enjoy|happy|good luck|any)\b",
    re.IGNORECASE,
)
_NO_ARTICLE = frozenset(
    """entry lunch dinner coffee tea admission parking food work money music rehearsal help advice travel accommodation
    everything everyone nothing nobody someone something people spring summer autumn winter""".split()
)


def has_finite(phrase: str) -> bool:
    """Whether the phrase has a verb of its own somewhere behind its first word."""
    return bool(_FINITE.search(phrase.partition(" ")[2] + " "))


def with_subject(phrase: str, as_offer: bool) -> str:
    """The phrase with the subject that a busy person left out; a bare thing is what the message is about."""
    if re.match(r"i\b(?!['’.])", phrase):
        return f"I{phrase[1:]}"
    for read in (_as_feeling, _as_deed, _as_whole):
        said = read(phrase, as_offer)
        if said:
            return said
    if as_offer:
        return grammar.offer_clause(phrase)
    if len(phrase.split()) == 1:
        return (
            f"It is {grammar.lower_first(phrase)}"
            if base_of(phrase)[1] == "past" or fold(phrase)[:2] == "un"
            else phrase
        )
    return f"I am writing about {grammar.lower_first(phrase)}"


def _as_feeling(phrase: str, as_offer: bool) -> str:
    low = grammar.lower_first(phrase)
    if _PLEASURE.match(phrase):
        return f"It was {low}"
    if _DENYING.match(phrase):
        return f"I am {low}"
    if _BEING.match(phrase):
        return f"I would be {low}" if as_offer else f"I am {low}"
    if re.match(r"(?:both|all) (?:ok|okay|fine|happy|keen|free|in|up for|good|glad)\b", phrase, re.IGNORECASE):
        return re.sub(r"^(both|all) ", r"\1 are ", phrase, flags=re.IGNORECASE)
    if re.match(r"been \w", phrase, re.IGNORECASE):
        return f"I have {low}"
    return ""


def _as_deed(phrase: str, as_offer: bool) -> str:
    low, shape = grammar.lower_first(phrase), shape_of(phrase)
    first = phrase.split()[0] if phrase.split() else ""
    if re.match(r"(?:would|could|might|may|should|must|will) be (?:an?|the|good|great|lovely|nice|fun|worth|easy"
                r"|better|best|useful"
                r"|helpful|perfect|ideal|right)\b", low):  # fmt: skip
        return f"it {low}"
    if _MODAL.match(phrase):
        return f"I {low}"
    if (
        _FEELING.match(phrase)
        and len(phrase.split()) > 1
        and not re.match(r"(?:have|has|was|am) (?:you|i|he|she)\b", low)
    ):
        return f"I {low}"
    if len(phrase.split()) == 1:
        return ""
    if shape is Shape.PAST or base_of(first)[1] == "past" and shape is not Shape.NOUN:
        return f"I {low}"
    if shape is Shape.GERUND and not as_offer and not has_finite(phrase):
        return f"I am {low}"
    return ""


def _as_whole(phrase: str, as_offer: bool) -> str:
    if as_offer:
        return (
            phrase if _WHOLE.match(phrase) and has_finite(phrase) else _definite(phrase) if has_finite(phrase) else ""
        )
    if _WHOLE.match(phrase) or re.match(
        r"\w+['’]s (?:up|down|out|off|on|in|over|back|a|an|the|not|now|still|here|there)\b", phrase
    ):
        return phrase
    return _definite(phrase) if shape_of(phrase) is Shape.CLAUSE or has_finite(phrase) else ""


def _definite(phrase: str) -> str:
    """ "van is yours" -> "the van is yours": a thing named at the head of a clause takes its article."""
    words = phrase.split()
    verb = next(
        (place for place, word in enumerate(words[1:4], 1) if re.fullmatch(r"is|are|was|will|can|has", word)), 0
    )
    subject = words[:verb] or words[:1]
    is_thing = words[0][:1].islower() and grammar.with_article(words[0]) != words[0] or words[0].endswith("s")
    if not verb or not is_thing or not words[0].islower() or fold(words[0]) in _NO_ARTICLE or _WHOLE.match(phrase):
        return phrase
    return f"the {phrase}" if all(word.islower() or word[:1].isdigit() for word in subject[:1]) else phrase
