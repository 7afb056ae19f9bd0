"""A call as a script: an opener, talking points with their evidence, what they may ask, one ask, a voicemail.

The same plan and the same sentences as a mail, in the order one speaks them. It must never say more than the mail.
"""

from __future__ import annotations

from assistant.domain import CALL_HEADINGS, Channel, Evidence, Message, Sentence
from assistant.draft import frames
from assistant.draft.pen import Pen, say
from assistant.text import count_words

_VOICEMAIL_WORDS = 50  # 150 words a minute for 20 seconds


def write_call(pen: Pen, body: list[Sentence]) -> Message:
    """The script of a call; headings are their own lines."""
    points = [one for one in body if not one.text.endswith("?")]
    asks = [one for one in body if one.text.endswith("?")][:1]
    courtesies = [one for one in points if not one.evidence]
    facts = [one for one in points if one.evidence]
    sections = (
        [*_opener(pen)],
        [one.model_copy(update={"text": f"- {one.text}"}) for one in facts],
        _answers(pen),
        [*asks, *courtesies[-1:]],
        _voicemail(pen, facts),
    )
    sentences: list[Sentence] = []
    paragraph = 0
    for heading, lines in zip(CALL_HEADINGS, sections, strict=True):
        if not lines:
            continue
        sentences.append(Sentence(text=heading, paragraph=paragraph))
        for one in lines:
            paragraph += 1
            sentences.append(one.model_copy(update={"paragraph": paragraph}))
        paragraph += 1
    return Message(kind=pen.plan.kind, channel=Channel.CALL, sentences=tuple(sentences), cited=True)


def _opener(pen: Pen) -> list[Sentence]:
    me = pen.material.me
    if pen.plan.known:
        return [say(f"Hello {pen.first}, it's {me.first_name}."), say("Is this a good moment?")]
    named = frames.myself(pen, 1)
    return [say(f"Hello {pen.first}."), named, say("Is this a good moment?")]


def _answers(pen: Pen) -> list[Sentence]:
    """What they may well ask, with an answer that rests on evidence."""
    answers = []
    met = [one for one in pen.plan.evidence if one.field == "how_met"]
    if pen.plan.known and met:
        answers += [_prefixed("- How do we know each other: ", one) for one in frames.acquaintance(pen)]
    if pen.plan.give:
        answers.append(_answer(f"- What it takes: {pen.plan.give.cost} of your time.", None))
    answers.append(
        _answer("- What you want in return: nothing.", None)
        if pen.plan.give
        else _answer("- Why now: say it in your own words.", None)
    )
    return answers


def _prefixed(prefix: str, one: Sentence) -> Sentence:
    return one.model_copy(update={"text": f"{prefix}{one.text}"})


def _answer(text: str, evidence: Evidence | None) -> Sentence:
    return Sentence(text=text, evidence=(evidence.id,) if evidence else ())


def _voicemail(pen: Pen, facts: list[Sentence]) -> list[Sentence]:
    """What fits in twenty seconds, with no question: nobody can answer a machine."""
    me = pen.material.me
    said = [say(f"Hello {pen.first}, this is {me.name}.")]
    room = _VOICEMAIL_WORDS - count_words(said[0].text) - 14
    for one in facts:
        if count_words(one.text) <= room:
            said.append(one)
            room -= count_words(one.text)
    said.append(say("No need to call back; I am happy to try again another day."))
    return said
