"""A call as a script: an opener, talking points with their evidence, what they may ask, one ask, a voicemail.

The same plan and the same sentences as a mail, in the order one speaks them. It must never say more than the mail.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain import CALL_HEADINGS, Channel, DraftKind, Evidence, Message, Sentence
from assistant.draft import frames, grammar, keeping, opening
from assistant.draft.pen import Pen, say
from assistant.draft.subjects import find_subject
from assistant.verbs import Shape, shape_of

_LOOSE_ASKS = re.compile(
    r"(?:Shall I|Would you like that|Would that (?:help|be useful|be of use(?: to you)?)|Does that suit you)\?$"
)


def write_call(pen: Pen, body: Sequence[Sentence]) -> Message:
    """The script of a call; headings and lines each stand alone."""
    body = [one.model_copy(update={"text": one.text.replace("I am writing", "I am calling")}) for one in body]
    place = next((number for number, one in enumerate(body) if one.text.endswith("?")), len(body))
    told = [one for one in body if one.evidence and one.text != _myself(pen)]
    points = [one for one in told if one not in body[place:]]
    asked = [*_clear(pen, body[place : place + 1]), *(one for one in told if one in body[place + 1 :])]
    easy = [say(pen.vary("And if not, that is fine too.", "And a no is fine."))]
    if (
        pen.plan.kind in (DraftKind.CHECK_IN, DraftKind.RECONNECT, DraftKind.THANK_YOU, DraftKind.FOLLOW_UP)
        and not pen.plan.give
    ):
        easy = []
    sections = (_opener(pen), points, _answers(pen, points), [*asked, *easy], _voicemail(pen))
    sentences: list[Sentence] = []
    for heading, lines in zip(CALL_HEADINGS, sections, strict=True):
        if lines:
            sentences += [Sentence(text=heading), *lines]
    numbered = [one.model_copy(update={"paragraph": place}) for place, one in enumerate(sentences)]
    return Message(kind=pen.plan.kind, channel=Channel.CALL, sentences=tuple(numbered), cited=True)


def _myself(pen: Pen) -> str:
    return opening.myself(pen, 1).text


def _opener(pen: Pen) -> list[Sentence]:
    named = say(f"This is {pen.material.me.first_name}.") if pen.plan.known else opening.myself(pen, 1)
    return [say(f"Hello {pen.first}."), named, say("Is this a good moment?")]


def _clear(pen: Pen, asks: Sequence[Sentence]) -> list[Sentence]:
    """An ask that leans on the sentence before it, said in full: a call has no sentence before it."""
    return [say(*_in_full(pen)) if _LOOSE_ASKS.match(one.text) else one for one in asks]


_TO_YOU = re.compile(
    r"^(?P<verb>teach|show|lend|send|give) (?!you\b)(?P<what>(?:(?!\bto\b).)+?)(?: to [a-z][a-z ]+)?$", re.IGNORECASE
)


def _in_full(pen: Pen) -> tuple[str, *tuple[Evidence, ...]]:
    give = pen.plan.give
    if give is None or give.offer.source == "own":
        return ("Would that be of use to you?",)
    clause = frames.beside_need(grammar.offer_clause(give.offer.text), give.need)
    deed = re.match(r"(?:I|we) (?:can|could) (?P<deed>.+)$", clause)
    if clause.startswith("I know") and not frames.is_about_thing(give.offer.text):
        return ("Shall I put you in touch?",)
    if deed and not deed["deed"].startswith(("offer", "help with")):
        said = _TO_YOU.sub(r"\g<verb> you \g<what>", deed["deed"])
        return f"Would you like me to {said}?", give.offer
    return ("Would that be of use to you?",)


def _answers(pen: Pen, points: Sequence[Sentence]) -> list[Sentence]:
    """What to say when they ask who this is, how one knows the other, what it costs, and whether it can wait."""
    known = keeping.acquaintance(pen) if pen.plan.known else []
    met = [one for one in known if one.text not in {point.text for point in points}]
    free = [say("I want nothing in return.")] if pen.plan.give else []
    return [*met, *free, say("It can wait; I can call again at a better time.")]


def _voicemail(pen: Pen) -> list[Sentence]:
    """What fits in twenty seconds, fifty words, with no question: nobody can answer a machine."""
    subject, cited = find_subject(pen)
    subject = re.sub(r"^(?:About|After) ", "", subject)
    quotes = " ".join(one.quote for one in pen.plan.evidence if one.id in cited)
    is_title = grammar.is_titled(subject) and " ".join(subject.split()[:3]) in quotes
    matter = subject if is_title else subject[:1].lower() + subject[1:]
    matter = grammar.with_article(matter) if shape_of(matter) is Shape.NOUN else matter
    about = [Sentence(text=f"It is about {matter}.", evidence=cited)] if cited and "?" not in subject else []
    hello = [say(f"Hello {pen.first}."), say(f"This is {pen.material.me.name}.")]
    return [*hello, *about, say("No need to call back; I am happy to try again another day.")]
