"""The subject line: what the message is about in a few words, with the evidence they rest on.

It must never promise what the body does not hold, and never be the same for everybody.
"""

from __future__ import annotations

import re

from assistant.domain import DraftKind, Evidence, FactKind
from assistant.draft import grammar
from assistant.draft.frames import own_sentences
from assistant.draft.pen import Pen
from assistant.text import count_words, fold

_MOST_SUBJECT_WORDS = 8


def find_subject(pen: Pen) -> tuple[str, tuple[str, ...]]:
    """What the message is about in a few words, with the evidence they rest on."""
    give = pen.plan.give
    special = _of_kind(pen)
    if special:
        return special
    if give and give.need:
        return _need_subject(pen, give.need), (give.need.id,)
    if give:
        words = own_sentences(pen, give.offer.quote, as_offer=True)[0].rstrip(".")
        return _shorten(_OFFERING.sub("", words)), (give.offer.id,)
    for ground in pen.plan.hooks:
        if ground.kind != "offer_met" and count_words(ground.text) < _MOST_SUBJECT_WORDS:
            return grammar.upper_first(ground.text), (ground.mine.id, ground.theirs.id)
    telling = [one for one in pen.plan.evidence if one.about == pen.material.to.id]
    if telling:
        return _shorten(pen.to_you(telling[0].text)), (telling[0].id,)
    own = [one for one in pen.plan.evidence if one.source == "own"]
    return (_shorten(pen.to_you(own[0].quote)), (own[0].id,)) if own else ("A short question", ())


def _of_kind(pen: Pen) -> tuple[str, tuple[str, ...]] | None:
    """The subject of the kinds that are about something else than an offer."""
    plan, other = pen.plan, pen.material.other
    own = next((one for one in plan.evidence if one.source == "own"), None)
    if plan.kind in (DraftKind.INTRO, DraftKind.INTRO_ASK) and other:
        both = f"{pen.first}, meet {other.first_name}" if plan.kind is DraftKind.INTRO else f"You and {other.name}?"
        return both, ()
    if plan.thanks and plan.kind is DraftKind.THANK_YOU:
        return "Thank you" if plan.thanks.source == "own" else _thanks_subject(pen, plan.thanks), (plan.thanks.id,)
    if plan.kind in (DraftKind.NEWS_SHARE, DraftKind.EVENT_INVITE, DraftKind.ASK, DraftKind.BLURB) and own:
        return _shorten(_bare(own.quote)), (own.id,)
    if plan.kind is DraftKind.ASK and plan.hooks:
        return _shorten(grammar.with_article(grammar.lower_first(plan.hooks[0].mine.text))), (plan.hooks[0].mine.id,)
    if plan.kind is DraftKind.BLURB:
        needs = [one for one in plan.evidence if one.about == pen.material.me.id and one.kind is FactKind.NEED]
        return (_shorten(f"looking for {needs[0].text}"), (needs[0].id,)) if needs else None
    if plan.topic and (plan.give is None or plan.give.need is None):
        return _shorten(pen.to_you(re.split(r"[,;(]", plan.topic.text)[0])), (plan.topic.id,)
    return None


def _thanks_subject(pen: Pen, thanks: Evidence) -> str:
    what = grammar.favour_gerund(pen.to_you(thanks.text))
    return _shorten(f"thank you for {re.split(r' and (?=[a-z]+ing )', what)[0]}")


_LEAD = re.compile(
    r"^(?:i |we )?(?:(?:just |have )?(?:read|saw|heard)(?: that| about)?|would like (?:you )?to|want to|am|are|can"
    r"|could)?\s*(?:you )?"
    r"(?:invite you to |to ask (?:you )?(?:for |about |whether )?|could you |would you |can you |please )?",
    re.IGNORECASE,
)


def _bare(words: str) -> str:
    """The user's words without their address, as a matter of a few words."""
    first = re.split(r"(?<=[.?!])\s|https?://", " ".join(words.split()))[0].strip().rstrip(".?!:")
    return _LEAD.sub("", first, count=1) or first


_OFFERING = re.compile(
    r"^I (?:can|could|would be (?:happy|glad) to) (?:(?:lend|give|send|show|offer|bring|get) (?:you )?)?"
)


def _need_subject(pen: Pen, need: Evidence) -> str:
    sought = grammar.need_object(need.text, pen.name)
    named = re.match(r"an? (?P<noun>[\w-]+(?: [\w-]+)?)(?=$| (?:in|at|for|who|that|to|with|from|of)\b)", sought)
    if named:
        return f"The {named.group('noun')} you were looking for"
    return _shorten(sought.removeprefix("a way to ").removeprefix("some "))


def _shorten(text: str) -> str:
    """At most eight words, cut before a preposition where that is possible."""
    head = re.split(r"[,;:(]", text)[0]
    words = (head if count_words(head) >= 3 else text).rstrip(".,;:").split()
    if len(words) > _MOST_SUBJECT_WORDS:
        words = words[:_MOST_SUBJECT_WORDS]
        while len(words) > 3 and fold(words[-1]) in _LOOSE_ENDS:
            words.pop()
    return grammar.upper_first(" ".join(words)).rstrip(",;:")


_LOOSE_ENDS = frozenset(
    "a an the to for of in on at with by and or from who that which your my about as is are over into near "
    "before after during between so".split()
)
