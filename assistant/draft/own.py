"""The user's own words for a message, said as sentences to the person: "saw her play, loved it" becomes "I saw …".

Only grammar is mended: a subject left out is put back, "she" becomes "you". It must never add a word that tells
something, nor say of the reader what the user said of somebody else.
"""

from __future__ import annotations

import re

from assistant.domain import Sentence
from assistant.draft import grammar
from assistant.draft.lost import has_finite, with_subject
from assistant.draft.pen import Pen, say
from assistant.sources.shorthand import split_hurried
from assistant.verbs import Shape, base_of, shape_of

_ASKING = re.compile(
    r"^(?:(?:i|we)(?:['’]d| would)? )?(?:(?:want|like|need|wanted|hoping|wondering|meaning)(?: to)?(?: ask"
    r"| know)?|ask|asking)"
    r"(?: (?:her|him|them|you))? (?P<how>if|whether) (?P<what>(?:she|he|they|you)\b.+)$",
    re.IGNORECASE,
)
# What the user tells the writer to say: "tell her the room is free", "thank him for the loan".
_TELLING = re.compile(
    r"^(?:(?:please|just|also|and) )*(?:(?:tell|let|remind) (?:her|him|them|you)(?: know)?|mention|say|explain|add)"
    r"(?: that| how)? (?P<what>.+)$",
    re.IGNORECASE,
)
_THANKING = re.compile(
    r"^(?:(?:please|just|also|and|to) )*(?:say )?(?:thanks?|thank you)(?: (?:to )?(?:her|him|them"
    r"|you))?(?: so much| again)?"
    r" for (?P<what>.+)$",
    re.IGNORECASE,
)
_OFFERING = re.compile(
    r"^(?:(?:please|just|also|and|to) )*(?P<deed>offer|lend|give|send|show) (?P<what>(?:her|him|them|it|you)\b.+)$",
    re.IGNORECASE,
)
_WISHING = re.compile(r"^(?:(?:please|just|also|and) )*wish (?:her|him|them|you) (?P<what>.+)$", re.IGNORECASE)


def own_sentences(pen: Pen, words: str, as_offer: bool = False, turned: bool = True) -> list[str]:
    """The user's words as they would say them to the person; a bare phrase becomes a sentence.

    `turned` says whether "she" in them is the reader; `as_offer` that a bare phrase is something offered.
    """
    found: list[str] = []
    for sentence in split_hurried(" ".join(words.split())):
        for piece in _pieces(sentence):
            said = _as_sentence(pen, piece, as_offer, turned)
            if (
                found
                and found[-1].startswith("We ")
                and re.match(r"I (?:am|will|can|could|would|have) ", said)
                and not piece.startswith("I")
            ):
                said = re.sub(r"^I am ", "We are ", re.sub(r"^I (?!am )", "We ", said))
            if re.search(r"\w", said):
                found.append(said)
    return found


def own_said(pen: Pen, paragraph: int = 1) -> list[Sentence]:
    """All the user's words for the message as sentences of it, each resting on the words it says."""
    return [say(text, one, paragraph=paragraph) for one in pen.own for text in own_sentences(pen, one.text)]


_RUN_ON = re.compile(
    r",\s+(?=(?:loved|liked|enjoyed|saw|heard|can|could|would|want|no rush|no hurry|will|might|may|hope|thought"
    r"|not \w+ing"
    r"|(?:looking|hoping|trying|asking|thinking|planning) (?:for|to|about|of))\b)|\s*;\s*|\s+[-–—]+\s+",
    re.IGNORECASE,
)
_NEW_SUBJECT = re.compile(
    r",\s+(?=(?:the|a|an|my|our|ours|mine|your|his|her|their|this|that['’]s|it|it['’]s|i|i['’]\w+|we|we['’]\w+|you|she|he|they"
    r"|there|there['’]s|both|(?:[a-z]+ ){1,2}?(?:is|are|was|were)|(?-i:[A-Z])[\w-]+(?:['’]s)?)\b (?P<rest>[^,]*))",
    re.IGNORECASE,
)
_DEPENDENT = re.compile(
    r"^(?:if|when|since|as|because|while|after|before|once|although|though|unless|whenever|in case|given)\b",
    re.IGNORECASE,
)


def _pieces(sentence: str) -> list[str]:
    """ "Saw her play, the ending is right" is two sentences a busy person ran together; other commas stay."""
    parts = [part for part in _RUN_ON.split(sentence) if part and re.search(r"\w", part)]
    if _DEPENDENT.match(sentence):
        parts = [sentence]
    found: list[str] = []
    for part in parts:
        found += _cut_subjects(part)
    return found


def _cut_subjects(part: str) -> list[str]:
    for match in _NEW_SUBJECT.finditer(part):
        left, right = part[: match.start()], part[match.end() :]
        if (
            (has_finite(f"x {' '.join(right.split()[:6])}") or _BOTH.match(right))
            and not _DEPENDENT.match(left)
            and _is_clause(left)
        ):
            return [left, *_cut_subjects(right)]
    return [part]


_BOTH = re.compile(r"(?:both|all) (?:ok|okay|fine|happy|keen|free|in|up for|good|glad)\b", re.IGNORECASE)


def _is_clause(text: str) -> bool:
    shape = shape_of(text)
    return has_finite(text) or shape in (Shape.PAST, Shape.MODAL, Shape.GERUND, Shape.CLAUSE) or bool(
        re.match(r"(?:saw|heard|read|met|thought|loved|found|good|great|lovely|nice|i|we)\b", text, re.IGNORECASE)
    )  # fmt: skip


def _as_sentence(pen: Pen, piece: str, as_offer: bool, turned: bool) -> str:
    end = piece[-1] if piece.endswith(("?", "!")) else "."
    bare = re.sub(
        r"^(?:and|but|so|also|oh|just|ps:?|ps\.)[ ,]+(?=\w)", "", piece.rstrip(".?! ").strip(), flags=re.IGNORECASE
    )
    if not bare:
        return ""
    asked = _ASKING.match(bare)
    if asked and turned:
        return f"{question_of(pen.to_you(asked['what']))}?"
    if end == "?":
        return _question(pen.to_you(bare) if turned else bare)
    if turned and (told := _told(pen, bare)):
        return told
    said = with_subject(pen.to_you(bare) if turned else bare, as_offer)
    return f"{grammar.upper_first(said)}{end}"


def _question(phrase: str) -> str:
    """A question stays one: only an imperative ("lend us six lanterns?") gets its "could you"."""
    first = phrase.split()[0] if phrase.split() else ""
    if re.match(
        r"(?:want|need|fancy|like|mind|remember|know|have|got|think|see|still (?:want|need|like|have))\b (?!to you)",
        phrase,
        re.IGNORECASE,
    ):
        return f"Do you {grammar.lower_first(phrase)}?"
    if shape_of(phrase) is Shape.BARE and base_of(first)[0] not in ("be", "have") and not re.match(
        r"(?:fancy|care|want|need|like|look)\b", phrase, re.IGNORECASE):  # fmt: skip
        return f"Could you {grammar.lower_first(phrase)}?"
    return f"{grammar.upper_first(phrase)}?"


def _told(pen: Pen, bare: str) -> str:
    """What the user wants said, said: "tell her the room is free" becomes "The room is free."."""
    thanked = _THANKING.match(bare)
    if thanked:
        return f"Thank you for {grammar.favour_gerund(pen.to_you(grammar.lower_first(thanked['what'])))}."
    offered = _OFFERING.match(bare)
    if offered:
        return f"I would be glad to {offered['deed'].lower()} {pen.to_you(offered['what'])}."
    wished = _WISHING.match(bare)
    if wished:
        return f"I wish you {pen.to_you(wished['what'])}."
    told = _TELLING.match(bare)
    if told and has_finite(told["what"]):
        return f"{grammar.upper_first(with_subject(pen.to_you(told['what']), False))}."
    return ""


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


def request_sentences(pen: Pen, words: str) -> list[str]:
    """The user's words as a request: a phrase becomes "Could you …?", a whole sentence stays what it is."""
    phrase = " ".join(words.split())
    asked = _ASKING.match(phrase.rstrip(".?! "))
    if asked:
        return [f"{question_of(pen.to_you(asked['what']))}?"]
    turned = pen.to_you(phrase).rstrip(".")
    turned = re.sub(r"^(?:to )?ask (?:you )?(?:for |about |to )", "", turned, flags=re.IGNORECASE)
    if (
        "?" in phrase
        or len(split_hurried(phrase)) > 1
        or re.match(r"(?:i|i['’]\w+|we|we['’]\w+|my|our|you|your|if|would|could|can|there)\b", turned, re.IGNORECASE)
        or has_finite(turned)
        and shape_of(turned) not in (Shape.BARE, Shape.GERUND, Shape.INFINITIVE)
    ):
        return own_sentences(pen, words)
    return [_requested(re.sub(r"^please[ ,]+", "", turned, flags=re.IGNORECASE))]


def _requested(phrase: str) -> str:
    shape = shape_of(phrase)
    if shape is Shape.INFINITIVE:
        phrase, shape = phrase[3:], Shape.BARE
    if shape is Shape.BARE:
        return f"Could you {grammar.lower_first(phrase)}?"
    if shape is Shape.GERUND:
        return f"Could you help me with {grammar.lower_first(phrase)}?"
    if re.match(r"(?:an? |the )?(?:intro|introduction|contact|tip|recommendation|quote|reference|name)s?\b", phrase):
        return f"Could you give me {grammar.with_article(phrase)}?"
    return f"Could you help me with {grammar.with_article(grammar.lower_first(phrase))}?"
