"""What a sentence says was done, praised or promised between people, against the evidence.

It must never accept a promise that is not the user's own offer or word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.check.claim import Claim, Fault, texts_of
from assistant.check.lexicon import GUESS, MONTHS, PLAIN_OPENERS, PRAISE, without_frames
from assistant.check.meanings import meanings
from assistant.check.relations import find_unborne, introduction_fits, read_introduction
from assistant.check.support import Ground, content_words, find_uncovered
from assistant.domain import DraftKind, Evidence, FactKind, FavourKind, Material
from assistant.text import find_words, fold, stem


def _is_touch(relation: str, evidence: Sequence[Evidence], material: Material) -> bool:
    """Whether a note of the evidence is one of a time the two were in touch, in the way that is said."""
    every = ("meeting", "call", "email", "message")
    ways = {"met": ("meeting", "call"), "in touch": every, "said": every}.get(relation, ())
    notes = {touch.note_id for touch in material.touches if touch.channel in ways}
    return any(one.note_id in notes for one in evidence if one.about == material.to.id)


# What somebody wrote or said in public needs no acquaintance.
NEVER_MET = re.compile(
    r"\b(?:we have|we['’]ve|i have|i['’]ve) (?:never|not(?: yet)?) (?:met|spoken|talked|been in touch|written)\b"
    r"|\bwe (?:do not|don['’]t) know each other\b|\bhave not (?:yet )?had the pleasure\b",
    re.IGNORECASE,
)
_SAID_TO_ALL = re.compile(
    r"\byou (?:wrote|write|said|say|explained|described|announced)\b(?! (?:to )?(?:me|us)\b)", re.IGNORECASE
)
_NO_FAVOUR = "no note says what they did for you"


def judge_relations(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    bearing = [ground.evidence for ground in (usable if claim.cited else _sharing(claim, usable))]
    # That two people met, or talked, is one fact about the two; what was given or done is a fact of its own.
    meeting = bearing if claim.cited else [ground.evidence for ground in claim.every]
    meeting = [one for one in meeting if one.source == "own" or one.about == claim.material.to.id]
    if not claim.material.known and not _SAID_TO_ALL.search(claim.text):
        meeting = [one for one in meeting if one.source == "own"]
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
        if not _is_touch(relation.name, meeting, claim.material)
    ]
    if claim.material.request.kind is DraftKind.THANK_YOU and any(one.source == "own" for one in bearing):
        faults = [one for one in faults if not one.message.startswith(_NO_FAVOUR)]  # what for, the user said themselves
    faults += _judge_reported(claim, [ground.evidence for ground in claim.every])
    if _OFFERS_TO.match(claim.text):
        return faults
    if not claim.material.known:
        faults = [one for one in faults if not NEVER_MET.search(claim.text)]
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


def _sharing(claim: Claim, usable: Sequence[Ground]) -> Sequence[Ground]:
    """For a sentence that cites nothing: its cover, and all else that shares a word with it; everything if nothing
    does."""
    words = content_words(claim.text)
    beside = [one for one in claim.every if one in usable or len(find_uncovered(words, [one])) < len(words)]
    return beside or claim.every


_OFFERS_TO = re.compile(r"\s*(?:shall|should|would you like|may|could|can) ", re.IGNORECASE)
_SAYS = r"(?:tells?|told|says?|said|mention(?:s|ed)|writes?|wrote|suggest(?:s|ed)|recommend(?:s|ed)|thinks?|thought)"
_REPORTED = re.compile(rf"\b(?P<who>[A-Z][\w'’-]+) (?:has |had |also |just |once )?{_SAYS}\b")


def _judge_reported(claim: Claim, known: Sequence[Evidence]) -> list[Fault]:
    """ "Bruno tells me that …": a note must say that Bruno said something."""
    faults = []
    for match in _REPORTED.finditer(without_frames(claim.text)):
        who = match["who"]
        if fold(who) in PLAIN_OPENERS | MONTHS or fold(who) == fold(claim.material.me.first_name):
            continue
        noted = re.compile(rf"\b{re.escape(who)}\b[^.;]{{0,20}}\b{_SAYS}\b")
        mine = who == claim.material.to.first_name
        if not mine and not any(noted.search(text) for one in known for text in texts_of(one)):
            message = f"no note says that {who} said this"
            faults.append(Fault("claims.relation", *match.span(), message, "say only who said it by the notes"))
    return faults


def _tells_introduction(stated: tuple[str, frozenset[str]], evidence: Evidence, material: Material) -> bool:
    who = "You" if evidence.kind is FavourKind.RECEIVED else "I" if evidence.kind is FavourKind.GAVE else ""
    left_out = (
        re.match(r"\s*introduced (?:me|us)\b", evidence.quote, re.IGNORECASE) and evidence.about == material.to.id
    )
    who = who or ("You" if left_out else "")
    quote = evidence.quote[:1].lower() + evidence.quote[1:]
    texts = (*texts_of(evidence), *((f"{who} {quote}",) if who else ()))
    noted = [read_introduction(text, material.me.first_name, material.to.first_name) for text in texts]
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


_WHAT_YOU_NEED = re.compile(
    r"\b(?:(?:just|exactly|precisely) what you (?:need|want|are (?:looking|searching) for)"
    r"|since you (?:still )?need (?:one|it|that))\b",
    re.IGNORECASE,
)


def judge_need_stated(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    """ "Just what you need" is said of an open need, or not at all."""
    match = _WHAT_YOU_NEED.search(claim.text)
    if not match:
        return []
    said = frozenset(stem(word.text) for word in content_words(claim.text))
    needs = [one.evidence for one in claim.every if one.evidence.kind is FactKind.NEED]
    is_open = [one for one in needs if one.about == claim.material.to.id and not (one.superseded or one.negated)]
    if any(said & {stem(word.text) for word in find_words(one.text)} for one in is_open):
        return []
    fix = "ask whether they still need it"
    return [Fault("claims.superseded", *match.span(), "no note says that they need this now", fix)]


def judge_guess(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    """What the writer supposes of the reader and nobody noted."""
    texts = [fold(text) for ground in usable for text in texts_of(ground.evidence)]
    return [
        Fault(
            "claims.guess",
            *match.span(),
            "this supposes something of them that nobody told you",
            "ask, or leave it out",
        )
        for match in GUESS.finditer(claim.text)
        if not any(fold(match.group()) in text for text in texts)
    ]


_PROMISE = re.compile(
    r"\b(?:i|we)(?:['’]ll| will| shall| promise| guarantee| commit)\b(?! (?:understand|not (?:mind|phone|call|ring"
    r"|bother|press|push|keep)|leave it"
    r"|keep (?:it|this)|be (?:brief|short|quick|patient)|wait|stop here|write rather|ask nothing))"
    r"|\b(?:(?:is|are) on (?:its|the|their) way|(?:has|have) been (?:sent|shipped|booked|arranged)"
    r"|(?:is|are) (?:booked|arranged|reserved|waiting) for you|(?:is|are) yours(?! (?:sincerely|truly|faithfully))"
    r"|you can have|guaranteed?|i(?:'m| am) going to"
    r"|you can count on|rest assured|free of charge|at no cost)\b",
    re.IGNORECASE,
)


_IS_THEIRS = re.compile(r"\byou can have\b|(?P<kept>\b(?:is|are) yours)\b", re.IGNORECASE)
_LENT = re.compile(r"\b(?:lend\w*|lent|loan\w*|borrow\w*|use)\b", re.IGNORECASE)
# What one does for somebody at a cost: willing or not, it is offered only where it was offered.
_WILLING = re.compile(
    r"\b(?:i|we)(?:['’]m| am|['’]re| are|['’]d be| would be) (?:\w+ )?(?:happy|glad|willing|free|able"
    r"|pleased) to (?P<verb>come"
    r"|visit|travel|join|pay|drive|host|bring|attend|speak|present|train|build|fix|fund|sponsor|hire|buy|feed|stay|go)\b",
    re.IGNORECASE,
)


def judge_willing(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    """ "I'm happy to come again": a deed nobody offered."""
    match = _WILLING.search(claim.text)
    if match is None:
        return []
    verb = meanings(match["verb"])
    mine = [one.evidence for one in usable if one.evidence.source == "own" or _is_offer(one.evidence, claim.material)]
    if any(verb & meanings(word.text) for one in mine for text in texts_of(one) for word in find_words(text)):
        return []
    message = "this offers something that is not in your plan"
    return [Fault("claims.promise", *match.span(), message, "offer only what you listed as an offer")]


def judge_promise(claim: Claim, usable: Sequence[Ground]) -> list[Fault]:
    match = _PROMISE.search(claim.text)
    if not match or claim.text.rstrip().endswith("?"):
        return []
    words = content_words(claim.text)
    theirs = _IS_THEIRS.search(claim.text)
    if theirs and not claim.cited:
        usable = [one for one in claim.every if not (theirs["kept"] and _LENT.search(one.evidence.quote))]
    mine = [
        ground.evidence
        for ground in usable
        if (ground.evidence.source == "own" or _is_offer(ground.evidence, claim.material))
        and (not words or len(find_uncovered(words, [ground])) * 2 <= len(words))
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
    r"|arranged|booked|found(?= you| a| an| one| some)|paid|ordered|bought|visited|worked(?= with| together)|helped)\b"
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
