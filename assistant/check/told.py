"""What a sentence says was done, praised or promised between people, against the evidence.

It must never accept a promise that is not the user's own offer or word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.check.claim import Claim, Fault, texts_of
from assistant.check.lexicon import PRAISE, without_frames
from assistant.check.relations import find_unborne, introduction_fits, read_introduction
from assistant.check.support import Ground
from assistant.domain import Evidence, FactKind, Material
from assistant.text import find_words, fold, stem


def judge_relations(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
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
            Fault(
                "claims.introduction",
                start,
                end,
                "the notes do not say who introduced whom in this way",
                "check who introduced whom, and cite the note",
            )
        )
    return faults


def _tells_introduction(stated: tuple[str, frozenset[str]], evidence: Evidence, material: Material) -> bool:
    noted = [read_introduction(text, material.me.first_name, material.to.first_name) for text in texts_of(evidence)]
    return any(introduction_fits(stated, one, material.to.first_name) for one in noted)


def judge_praise(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    texts = [fold(text) for ground in usable for text in texts_of(ground.evidence)]
    return [
        Fault(
            "claims.praise",
            match.start(),
            match.end(),
            f"{match.group()!r} is praise that no note and no word of yours bears out",
            "leave the praise out, or say what you saw yourself in your own words",
        )
        for match in PRAISE.finditer(claim.text)
        if not any(fold(match.group()) in text for text in texts)
    ]


_PROMISE = re.compile(
    r"\b(?:i|we)(?:['’]ll| will| shall| promise| guarantee| commit)\b(?! (?:understand|not mind|leave it"
    r"|keep it|be brief|wait))"
    r"|\b(?:guaranteed?|i(?:'m| am) going to|you can count on|rest assured|free of charge|at no cost)\b",
    re.IGNORECASE,
)


def judge_promise(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
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
    return [
        Fault(
            "claims.promise",
            match.start(),
            match.end(),
            "this promises something that is not in your plan",
            "offer only what you listed as an offer, or say it in your own words for this message",
        )
    ]


def _is_offer(evidence: Evidence, material: Material) -> bool:
    return evidence.about == material.me.id and evidence.kind is FactKind.OFFER


_DONE = re.compile(
    r"\bi(?:['’]ve| have)?(?: just| already| also)? (?P<verb>spoken|talked|asked|written|called|emailed|checked"
    r"|arranged|booked|paid|ordered|bought|visited|worked(?= with| together)|helped)\b"
    r"|\byou (?P<asked>asked|begged|urged|invited|advised|warned|encouraged) me to\b",
    re.IGNORECASE,
)


def judge_done(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    """What somebody is said to have done already must be noted as done: free words are not free in the past."""
    faults = []
    for match in _DONE.finditer(claim.text):
        verb = stem(match.group("verb") or match.group("asked"))
        texts = (text for ground in usable for text in texts_of(ground.evidence))
        if not any(stem(word.text) == verb for text in texts for word in find_words(text)):
            message = "no note says that this was done"
            faults.append(
                Fault("claims.done", match.start(), match.end(), message, "offer it, or say it in your own words")
            )
    return faults
