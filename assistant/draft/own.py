"""The user's own words for a message, said as sentences to the person: "saw her play, loved it" becomes "I saw …".

Only grammar is mended: a subject left out is put back, "she" becomes "you". It must never add a word that tells
something, nor say of the reader what the user said of somebody else.
"""

from __future__ import annotations

import re

from assistant.draft import grammar
from assistant.draft.pen import Pen
from assistant.text import split_sentences
from assistant.verbs import Shape, base_of, shape_of

_WHOLE = re.compile(
    r"(?:i|i['’]\w+|we|we['’]\w+|my|our|you|you['’]\w+|your|would|could|shall|should|can|do|does|did|is|are|was|have|has"
    r"|she|he|they|it|it['’]s|this|that|that['’]s|there|here|both|thank|thanks|sorry|if|when|since|as|because|how|what"
    r"|where|who|why|no|not|please|let|happy|glad|congratulations|the|these|those|in|on|at|last|next)\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"^(?:(?:i|we)(?:['’]d| would)? )?(?:(?:want|like|need|wanted|hoping|wondering|meaning)(?: to)?(?: ask| know)?|ask|asking)"
    r"(?: (?:her|him|them|you))? (?P<how>if|whether) (?P<what>(?:she|he|they|you)\b.+)$",
    re.IGNORECASE,
)


def own_sentences(pen: Pen, words: str, as_offer: bool = False, turned: bool = True) -> list[str]:
    """The user's words as they would say them to the person; a bare phrase becomes a sentence.

    `turned` says whether "she" in them is the reader; `as_offer` that a bare phrase is something offered.
    """
    found = []
    for part in split_sentences(" ".join(words.split())):
        for piece in _pieces(part.text):
            found.append(_as_sentence(pen, piece, as_offer, turned))
    return found


def _pieces(sentence: str) -> list[str]:
    """ "Saw her play, loved it" is two sentences a busy person ran together; other commas stay."""
    parts = re.split(r"\s*[;–—]\s*|,\s+(?=(?:loved|liked|enjoyed|saw|heard|can|could|would|want|no rush)\b)", sentence)
    return [part for part in parts if part.strip()]


def _as_sentence(pen: Pen, piece: str, as_offer: bool, turned: bool) -> str:
    end = piece[-1] if piece.endswith(("?", "!")) else "."
    bare = piece.rstrip(".?!").strip()
    phrase = pen.to_you(bare) if turned else bare
    asked = _ASKING.match(bare)
    if asked and turned:
        return f"{question_of(pen.to_you(asked['what']))}?"
    said = _with_subject(phrase, as_offer)
    return f"{grammar.upper_first(said)}{end}"


def question_of(statement: str) -> str:
    """ "you could read my deck" -> "could you read my deck", "you would like …" -> "would you like …"."""
    match = re.match(
        r"you(?P<aux>['’]d|['’]re|['’]ll| (?:can|could|would|will|are|were|have|might|may))\b(?P<rest>.*)$",
        statement,
        re.IGNORECASE,
    )
    if not match:
        match = re.match(r"you (?P<rest>.*)$", statement, re.IGNORECASE)
        if not match:
            return statement
        first, _, rest = match["rest"].partition(" ")
        base, form = base_of(first)
        aux = "did" if form == "past" else "do"
        return grammar.upper_first(f"{aux} you {base or first} {rest}".strip())
    aux = {"'d": "would", "’d": "would", "'re": "are", "’re": "are", "'ll": "will", "’ll": "will"}.get(
        match["aux"], match["aux"].strip()
    )
    aux = {"can": "could", "will": "would", "may": "could", "might": "could"}.get(aux.lower(), aux.lower())
    return grammar.upper_first(f"{aux} you{match['rest']}")


def _with_subject(phrase: str, as_offer: bool) -> str:
    """The phrase with the subject that a busy person left out."""
    shape, first = shape_of(phrase), phrase.split()[0] if phrase.split() else ""
    base, form = base_of(first)
    if re.match(r"(?:i|i['’]\w+)\b", phrase):
        return re.sub(r"^i\b", "I", phrase)
    if shape is Shape.MODAL and not re.match(r"\w+ (?:you|she|he|they|i|we)\b", phrase, re.IGNORECASE):
        return f"I {grammar.lower_first(phrase)}"
    if (
        shape is Shape.PAST
        or (form == "past" and shape is not Shape.NOUN)
        or first.lower() in ("saw", "heard", "read", "loved", "enjoyed", "met")
    ):
        return f"I {first.lower()}{phrase[len(first) :]}"
    if first.lower() in ("happy", "glad", "sorry", "keen") and not re.match(
        r"\w+ (?:birthday|new)\b", phrase, re.IGNORECASE
    ):
        return f"I am {grammar.lower_first(phrase)}" if not as_offer else f"I would be {phrase[0].lower()}{phrase[1:]}"
    if _WHOLE.match(phrase) and not as_offer:
        return phrase
    if as_offer:
        return (
            phrase
            if re.match(r"(?:we|you|my|our|it|there|would|could|shall)\b", phrase, re.IGNORECASE)
            and _has_finite(phrase)
            else grammar.offer_clause(phrase)
        )
    if shape is Shape.CLAUSE or _has_finite(phrase):
        return phrase
    return f"I am writing about {grammar.lower_first(phrase)}"


_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|can|could|will|would|should|must|may|might|do|does|did|opens?|starts?|runs?|needs?"
    r"|wants?|says?|said|plays?|begins?|closes?|comes?|goes|went|came|won|shows?|publish(?:es|ed)?)\b",
    re.IGNORECASE,
)


def _has_finite(phrase: str) -> bool:
    """Whether the phrase has a verb of its own somewhere behind its first word."""
    return bool(_FINITE.search(phrase.partition(" ")[2]))


def request_sentences(pen: Pen, words: str) -> list[str]:
    """The user's words as a request: a phrase becomes "Could you …?", a whole sentence stays what it is."""
    phrase = " ".join(words.split())
    asked = _ASKING.match(phrase.rstrip(".?! "))
    if asked:
        return [f"{question_of(pen.to_you(asked['what']))}?"]
    turned = pen.to_you(phrase).rstrip(".")
    turned = re.sub(r"^(?:to )?ask (?:you )?(?:for |about |to )", "", turned, flags=re.IGNORECASE)
    is_many = len(re.findall(r"[.!?](?:\s|$)", phrase)) > 1
    if (
        "?" in phrase
        or is_many
        or re.match(r"(?:i|i['’]\w+|we|my|our|you|your|if|would|could|can|there)\b", turned, re.IGNORECASE)
    ):
        return own_sentences(pen, words)
    shape = shape_of(turned)
    if shape is Shape.INFINITIVE:
        turned, shape = turned[3:], Shape.BARE
    if shape is Shape.BARE:
        return [f"Could you {grammar.lower_first(turned)}?"]
    if shape is Shape.GERUND:
        return [f"Could you help me with {grammar.lower_first(turned)}?"]
    if re.match(r"(?:an? |the )?(?:intro|introduction|contact|tip|recommendation|quote|reference|name)s?\b", turned):
        return [f"Could you give me {grammar.with_article(turned)}?"]
    return [f"Could you help me with {grammar.with_article(grammar.lower_first(turned))}?"]
