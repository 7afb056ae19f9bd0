"""A call as a script: an opener, talking points with their evidence, what they may ask, one ask, a voicemail.

The same plan and the same sentences as a mail, in the order one speaks them. It must never say more than the mail.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain import CALL_HEADINGS, Channel, Message, Sentence
from assistant.draft import grammar, keeping, opening
from assistant.draft.pen import Pen, say
from assistant.draft.subjects import find_subject

_IN_WRITING = re.compile(r"\b(?:line|answer|reply|mail|writing|lines)\b", re.IGNORECASE)
_LOOSE_ASKS = ("Shall I?", "Would you like me to?", "Shall I write to them?")


def write_call(pen: Pen, body: Sequence[Sentence]) -> Message:
    """The script of a call; headings and lines each stand alone."""
    asks = [one for one in body if one.text.endswith("?")][:1]
    points = [one for one in body if one.evidence and one not in asks]
    courtesies = [one for one in body if not one.evidence and one not in asks and not _IN_WRITING.search(one.text)]
    sections = (_opener(pen), points, _answers(pen, points), [*_clear(asks), *courtesies[-1:]], _voicemail(pen))
    sentences: list[Sentence] = []
    for heading, lines in zip(CALL_HEADINGS, sections, strict=True):
        if lines:
            sentences += [Sentence(text=heading), *lines]
    numbered = [one.model_copy(update={"paragraph": place}) for place, one in enumerate(sentences)]
    return Message(kind=pen.plan.kind, channel=Channel.CALL, sentences=tuple(numbered), cited=True)


def _opener(pen: Pen) -> list[Sentence]:
    hello = f"Hello {pen.first}, it's {pen.material.me.first_name}." if pen.plan.known else f"Hello {pen.first}."
    named = [] if pen.plan.known else [opening.myself(pen, 1)]
    return [say(hello), *named, say("Is this a good moment?")]


def _clear(asks: Sequence[Sentence]) -> list[Sentence]:
    """An ask that leans on the sentence before it, said in full: a call has no sentence before it."""
    said = "Shall I put you in touch?"
    return [one.model_copy(update={"text": said}) if one.text in _LOOSE_ASKS else one for one in asks]


def _answers(pen: Pen, points: Sequence[Sentence]) -> list[Sentence]:
    """What to say when they ask who this is, how one knows the other, what it costs, and whether it can wait."""
    known = keeping.acquaintance(pen) if pen.plan.known else []
    met = [one for one in known if one.text not in {point.text for point in points}]
    free = [say("I want nothing in return.")] if pen.plan.give else []
    return [*met, *free, say("It can wait; I can call again at a better time.")]


def _voicemail(pen: Pen) -> list[Sentence]:
    """What fits in twenty seconds, fifty words, with no question: nobody can answer a machine."""
    subject, cited = find_subject(pen)
    matter = grammar.lower_first(subject)
    about = (
        [Sentence(text=f"It is about {matter[:1].lower() + matter[1:]}.", evidence=cited)]
        if cited and "?" not in subject
        else []
    )
    hello = say(f"Hello {pen.first}, this is {pen.material.me.name}.")
    return [hello, *about, say("No need to call back; I am happy to try again another day.")]
