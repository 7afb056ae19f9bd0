"""The plain writer: a considerate message from typed facts, with no model and no network, in English.

Every sentence is a frame around evidence and says only what the evidence says; the frame differs from contact to
contact. It must never state a fact without naming the evidence it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.domain import Channel, DraftKind, Evidence, Give, Material, Message, Plan, Sentence
from assistant.draft import frames, grammar, keeping, opening
from assistant.draft.asking import write_ask, write_invite, write_news
from assistant.draft.call import write_call
from assistant.draft.choose import OFFERS
from assistant.draft.introducing import write_blurb, write_intro, write_intro_ask
from assistant.draft.manner import find_greeting, find_sign_off, shorten_forms
from assistant.draft.own import own_said, own_sentences
from assistant.draft.pen import Pen, asks, say
from assistant.draft.short import shorten
from assistant.draft.subjects import find_subject
from assistant.text import content_stems, count_words


def write_plain(plan: Plan, material: Material) -> Message:
    """A message for a plan whose outcome is `ready`, in the form its channel takes."""
    pen = Pen(plan, material)
    body = shorten_forms(_filled(pen, _WRITERS[plan.kind](pen)), material)
    if plan.channel is Channel.CALL:
        return write_call(pen, body)
    if plan.channel is Channel.MESSAGE:
        return shorten(pen, body)
    greeting = Sentence(text=_greeting(pen), paragraph=0)
    last = max((sentence.paragraph for sentence in body), default=0) + 1
    usual = pen.vary("All the best,", "Best wishes,", "Warm regards,", "With best wishes,")
    closing = Sentence(text=find_sign_off(material, usual), paragraph=last)
    subject, cited = find_subject(pen)
    return Message(
        kind=plan.kind, subject=subject, subject_evidence=cited, sentences=(greeting, *body, closing), cited=True
    )


# What makes a very short message less abrupt, and states nothing.
_FILL = {
    DraftKind.GIVE_FIRST: "It is no trouble at all, and I want nothing in return.",
    DraftKind.ASK: "There is no hurry, and a line is enough.",
    DraftKind.EVENT_INVITE: "It would be good to see you there.",
    DraftKind.RECONNECT: "It would be good to hear from you.",
}
_SHORT_BY = 6  # words of greeting and sign-off
_FEWEST = 40  # words below which such a mail reads as a telegram


def _filled(pen: Pen, body: list[Sentence]) -> list[Sentence]:
    """The body, with one courtesy more where a mail would be too short to be kind."""
    fill, words = _FILL.get(pen.plan.kind, ""), sum(count_words(one.text) for one in body)
    if not fill or pen.plan.channel is not Channel.EMAIL or words + _SHORT_BY >= _FEWEST:
        return body
    last = body[-1]
    return [*body[:-1], say(fill, paragraph=last.paragraph), last]


def _greeting(pen: Pen) -> str:
    if pen.plan.kind is DraftKind.INTRO and pen.material.other:
        return f"Dear {pen.first}, dear {pen.material.other.first_name},"
    return find_greeting(pen.material, pen.vary(f"Hi {pen.first},", f"Dear {pen.first},", f"Hello {pen.first},"))


# --- to somebody new, or with something in hand -----------------------------------------------------------------


def _cold(pen: Pen) -> list[Sentence]:
    plan = pen.plan
    hooks = {side.id for ground in plan.hooks for side in (ground.theirs, ground.mine)}
    give_ids = {side.id for side in (plan.give.need, plan.give.offer) if side} if plan.give else set()
    telling = [one for one in plan.evidence if one.about == pen.material.to.id and one.id not in hooks | give_ids]
    telling = [one for one in telling if one.kind]
    said = _why_them(pen, telling)
    used = {item for one in said for item in one.evidence}
    said.append(opening.myself(pen, 2 if said else 1))
    said += keeping.acquaintance(pen, 2) if plan.known else []
    asking_last = sorted(plan.hooks, key=lambda ground: ground.kind == "offer_met")
    shared = [ground for ground in asking_last if not {ground.mine.id, ground.theirs.id} <= used]
    said += [line for ground in shared if (line := opening.shared(pen, ground, 2))]
    own = [one for one in pen.own if one.id not in used]
    lines = [say(text, one, paragraph=3) for one in own for text in own_sentences(pen, one.text)]
    said += [one for one in lines if not _restates(one.text, plan.give)]
    if asks(said):
        return [*said, frames.easy_no(pen, plan.give, 3)]
    if own and not plan.give and any(_OFFERING.match(one.text) for one in said):
        said.append(say(pen.vary("Would that be of use to you?", "Would that help?"), paragraph=3))
    elif own and plan.give and any(OFFERS.search(one.text) for one in own):
        said.append(say(frames.ask_about(pen, plan.give), paragraph=3))
    elif plan.give and plan.give.need and plan.give.need.id in used:
        said += [frames.offer(pen, plan.give, 3), say(frames.ask_about(pen, plan.give), paragraph=3)]
    elif plan.give:
        said += frames.give_in_full(pen, plan.give, 3)
    else:
        said.append(opening.exchange(pen, telling, 3))
    return [*said, frames.easy_no(pen, plan.give, 3)]


_OFFERING = re.compile(r"(?:I|We) (?:can|could|would be (?:glad|happy) to|will)\b")


def _restates(sentence: str, give: Give | None) -> bool:
    """Whether a sentence of the user's only tells what the person looks for, which the message has said."""
    if give is None or give.need is None:
        return False
    said, need = set(content_stems(sentence)), set(content_stems(f"{give.need.text} {give.need.quote} want need look"))
    return bool(said) and said <= need


def _why_them(pen: Pen, telling: list[Evidence]) -> list[Sentence]:
    """What the message is about, first: the user's own reason, a need the user can meet, or what was noted of them."""
    give = pen.plan.give
    if give and give.need and not pen.plan.known:
        return [frames.need(pen, give.need, 1), *frames.deadline(pen, give.need, 1)]
    if pen.own and not pen.own[0].text.rstrip().endswith("?"):
        said = [say(text, pen.own[0]) for text in own_sentences(pen, pen.own[0].text)]
        if not asks(said) and not frames.OFFERED.match(said[0].text):
            return said
    found = opening.opening(pen, telling)
    if found:
        return found
    shared = [
        line for ground in pen.plan.hooks if ground.kind != "offer_met" and (line := opening.shared_first(ground))
    ]
    return [*shared[:1], *opening.by_post(pen, telling)] if not give else shared[:1] or opening.by_post(pen, telling)


def _give_first(pen: Pen) -> list[Sentence]:
    give = pen.plan.give
    if give is None:
        return []
    if give.offer.source == "own":
        return _own_offer(pen)
    said = [frames.need(pen, give.need, 1), *frames.deadline(pen, give.need, 1)] if give.need else []
    said += [frames.offer(pen, give, 1), *own_said(pen)]
    if not asks(said):
        said.append(say(frames.ask_about(pen, give)))
    if not pen.plan.known:
        said.append(opening.myself(pen, 2))
    return [*said, frames.easy_no(pen, give, 3 if not pen.plan.known else 2)]


def _own_offer(pen: Pen) -> list[Sentence]:
    """What the user offers in their own words, after the need it meets or how the two know each other."""
    give = pen.plan.give
    assert give is not None, "there is a give"
    said = [frames.need(pen, give.need, 1), *frames.deadline(pen, give.need, 1)] if give.need else keeping.last_met(pen)
    if not pen.plan.known:
        said.append(opening.myself(pen, 1))
    for one in pen.own:
        said += [say(text, one) for text in own_sentences(pen, one.text, as_offer=one == give.offer)]
    if not asks(said):
        said.append(say(pen.vary("Would that be of use to you?", "Would that help?", "Does that suit you?")))
    return [*said, frames.easy_no(pen, give, 2)]


# --- keeping up -------------------------------------------------------------------------------------------------


def _keeping(pen: Pen) -> list[Sentence]:
    """A check-in or a revival: the last time, a question about theirs, something in hand."""
    plan, own = pen.plan, own_said(pen)
    said = [*keeping.recall(pen), *own]
    asked = asks(own)
    is_give_need = plan.give is not None and plan.topic is not None and plan.give.need == plan.topic
    if plan.topic is not None and not own and not is_give_need:
        said += keeping.ask_after(pen, plan.topic)
        asked = True
    elif own and not asked:
        said.append(say(_how_are_you(pen)))
        asked = True
    if plan.give and asked and not own:
        said += frames.still_offer(pen, plan.give, 2)
    elif plan.give and not asked:
        said += frames.give_in_full(pen, plan.give, 2)
    elif not asked:
        said.append(say(_how_are_you(pen)))
    return [*said, _no_hurry(pen, 2)]


def _how_are_you(pen: Pen) -> str:
    return pen.vary("How are things with you?", "How are you getting on?", "How is life with you?")


def _no_hurry(pen: Pen, paragraph: int) -> Sentence:
    text = pen.vary(
        "No hurry with an answer; a line is enough.",
        "A line is enough, whenever it suits you.",
        "Answer whenever it suits you; a line is enough.",
        "No need for a long answer: I would just like to hear how you are.",
    )
    return say(text, paragraph=paragraph)


def _follow_up(pen: Pen) -> list[Sentence]:
    plan = pen.plan
    said = keeping.thanks_for_time(pen)
    own = [say(text, one) for one in pen.own for text in _as_done(pen, one)]
    if plan.give and plan.give.need and not own:
        said += [_came_up(pen, plan.give.need), *frames.deadline(pen, plan.give.need, 1)]
        said += [frames.offer(pen, plan.give, 1), say(frames.ask_about(pen, plan.give))]
        return [*said, frames.easy_no(pen, plan.give, 2)]
    said += own
    if plan.topic and not own:
        said += keeping.ask_after(pen, plan.topic)
    if not asks(said):
        offers = any(re.match(r"I(?:['’]m| am|['’]ll| will| can| could) ", one.text) for one in own)
        asked = (
            "Does that suit you?"
            if offers
            else pen.vary("Did I forget anything?", "Is there anything I have left out?")
        )
        said.append(say(asked, paragraph=2))
    return [*said, say("No hurry with an answer.", paragraph=2)]


def _as_done(pen: Pen, own: Evidence) -> list[str]:
    """The user's words on what was agreed; a bare phrase is what came up."""
    said = own_sentences(pen, own.text)
    if len(said) == 1 and said[0].startswith("I am writing about"):
        return [f"Here is what I wanted to come back to: {grammar.lower_first(pen.to_you(own.text)).rstrip('.')}."]
    return said


def _came_up(pen: Pen, need: Evidence) -> Sentence:
    sought = pen.need_object(need.text)
    return say(pen.vary(f"You were looking for {sought}.", f"You mentioned that you were looking for {sought}."), need)


def _thank_you(pen: Pen) -> list[Sentence]:
    plan = pen.plan
    said = keeping.thanks(pen)
    said += [say(text, one) for one in pen.own if one != plan.thanks for text in own_sentences(pen, one.text)]
    if plan.channel is Channel.MESSAGE:
        return [
            *said,
            say(pen.vary("I have not forgotten it.", "I wanted to say so properly.")),
            say("No need to answer."),
        ]
    weight = pen.vary(
        "I wanted to say so properly, and not only in passing.",
        "I have not forgotten it.",
        "You did not have to, and I have not forgotten it.",
    )
    back = pen.vary(
        "If there is something I can do for you, please just say.",
        "Should there be something I can do in return, just say so.",
        "If I can ever return the kindness, please say so.",
    )
    easy = say(pen.vary("No need to answer.", "This mail needs no answer."), paragraph=2)
    return [*said, say(weight), say(back, paragraph=2), easy]


_WRITERS: dict[DraftKind, Callable[[Pen], list[Sentence]]] = {
    DraftKind.COLD: _cold,
    DraftKind.GIVE_FIRST: _give_first,
    DraftKind.CHECK_IN: _keeping,
    DraftKind.RECONNECT: _keeping,
    DraftKind.FOLLOW_UP: _follow_up,
    DraftKind.THANK_YOU: _thank_you,
    DraftKind.ASK: write_ask,
    DraftKind.NEWS_SHARE: write_news,
    DraftKind.EVENT_INVITE: write_invite,
    DraftKind.INTRO_ASK: write_intro_ask,
    DraftKind.INTRO: write_intro,
    DraftKind.BLURB: write_blurb,
}
