"""The plain writer: a considerate message from typed facts, with no model and no network, in English.

Every sentence is a frame around evidence and says only what the evidence says; the frame differs from contact to
contact. It must never state a fact without naming the evidence it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.domain import Channel, DraftKind, Evidence, FactKind, Material, Message, Plan, Sentence
from assistant.draft import frames, grammar, keeping, opening
from assistant.draft.call import write_call
from assistant.draft.introducing import write_blurb, write_intro, write_intro_ask
from assistant.draft.manner import find_greeting, find_sign_off, shorten_forms
from assistant.draft.occasions import when
from assistant.draft.own import own_sentences, request_sentences
from assistant.draft.pen import Pen, say
from assistant.draft.short import shorten
from assistant.draft.subjects import find_subject


def write_plain(plan: Plan, material: Material) -> Message:
    """A message for a plan whose outcome is `ready`, in the form its channel takes."""
    pen = Pen(plan, material)
    body = shorten_forms(_WRITERS[plan.kind](pen), material)
    if plan.channel is Channel.CALL:
        return write_call(pen, body)
    greeting = Sentence(text=_greeting(pen), paragraph=0)
    last = max((sentence.paragraph for sentence in body), default=0) + 1
    if plan.channel is Channel.MESSAGE:
        return shorten(pen, body)
    usual = pen.vary("All the best,", "Best wishes,", "Warm regards,", "With best wishes,")
    closing = Sentence(text=find_sign_off(material, usual), paragraph=last)
    subject, cited = find_subject(pen)
    return Message(
        kind=plan.kind, subject=subject, subject_evidence=cited, sentences=(greeting, *body, closing), cited=True
    )


def _greeting(pen: Pen) -> str:
    if pen.plan.kind is DraftKind.INTRO and pen.material.other:
        return f"Dear {pen.first}, dear {pen.material.other.first_name},"
    return find_greeting(pen.material, pen.vary(f"Hi {pen.first},", f"Dear {pen.first},", f"Hello {pen.first},"))


def _own(pen: Pen) -> list[Evidence]:
    return [one for one in pen.plan.evidence if one.source == "own"]


def _own_said(pen: Pen, paragraph: int = 1) -> list[Sentence]:
    return [say(text, one, paragraph=paragraph) for one in _own(pen) for text in own_sentences(pen, one.quote)]


def _asks(sentences: list[Sentence]) -> bool:
    return any(one.text.endswith("?") for one in sentences)


# --- to somebody new, or with something in hand -----------------------------------------------------------------


def _cold(pen: Pen) -> list[Sentence]:
    plan = pen.plan
    hooks = {side.id for ground in plan.hooks for side in (ground.theirs, ground.mine)}
    give_ids = {side.id for side in (plan.give.need, plan.give.offer) if side} if plan.give else set()
    telling = [one for one in plan.evidence if one.about == pen.material.to.id and one.id not in hooks | give_ids]
    telling = [one for one in telling if one.kind]
    said = _why_them(pen, telling)
    said.append(opening.myself(pen, 2))
    said += keeping.acquaintance(pen, 2) if plan.known else []
    asking_last = sorted(plan.hooks, key=lambda ground: ground.kind == "offer_met")
    said += [line for ground in asking_last if (line := opening.shared(pen, ground, 2))]
    said += _own_said(pen, 2) if said and said[0].evidence != tuple(one.id for one in _own(pen)) else []
    if _asks(said):
        return [*said, frames.easy_no(pen, plan.give, 3)]
    if plan.give and plan.give.need and any(plan.give.need.id in one.evidence for one in said):
        said.append(frames.offer(pen, plan.give, 3))
        said.append(say(frames.ask_about(pen, plan.give), paragraph=3))
    elif plan.give:
        said += frames.give_in_full(pen, plan.give, 3)
    else:
        said.append(opening.exchange(pen, telling, 3))
    return [*said, frames.easy_no(pen, plan.give, 3)]


def _why_them(pen: Pen, telling: list[Evidence]) -> list[Sentence]:
    """What the message is about, first: the user's own reason, a need the user can meet, or what was noted of them."""
    own, give = _own(pen), pen.plan.give
    if own and not own[0].quote.rstrip().endswith("?"):
        said = [say(text, own[0]) for text in own_sentences(pen, own[0].quote)]
        if not _asks(said):
            return said
    if give and give.need and not pen.plan.known:
        return [frames.need(pen, give.need, 1), *frames.deadline(pen, give.need, 1)]
    return opening.opening(pen, telling)


def _give_first(pen: Pen) -> list[Sentence]:
    give = pen.plan.give
    if give is None:
        return []
    if give.offer.source == "own":
        said = [frames.need(pen, give.need, 1)] if give.need else keeping.acquaintance(pen)
        said += [say(text, give.offer) for text in own_sentences(pen, give.offer.quote, as_offer=True)]
        if not _asks(said):
            said.append(say(pen.vary("Would that be of use to you?", "Would that help?", "Would you like that?")))
        return [*said, frames.easy_no(pen, give, 2)]
    said = [frames.need(pen, give.need, 1), *frames.deadline(pen, give.need, 1)] if give.need else []
    said += [frames.offer(pen, give, 1), *_own_said(pen)]
    if not _asks(said):
        said.append(say(frames.ask_about(pen, give)))
    if not pen.plan.known:
        said.append(opening.myself(pen, 2))
    return [*said, frames.easy_no(pen, give, 3 if not pen.plan.known else 2)]


# --- keeping up -------------------------------------------------------------------------------------------------


def _keeping(pen: Pen) -> list[Sentence]:
    """A check-in or a revival: the last time, a question about theirs, something in hand."""
    plan = pen.plan
    own = _own_said(pen)
    said = [*keeping.recall(pen), *own]
    asks = _asks(own)
    is_give_need = plan.give is not None and plan.topic is not None and plan.give.need == plan.topic
    if plan.topic is not None and not asks and not is_give_need:
        said += keeping.ask_after(pen, plan.topic)
        asks = True
    if plan.give and asks:
        said += frames.still_offer(pen, plan.give, 2)
    elif plan.give:
        said += frames.give_in_full(pen, plan.give, 2)
    elif not asks:
        said.append(
            say(pen.vary("How are things with you?", "How are you getting on?", "How has the year been for you?"))
        )
    return [*said, _no_hurry(pen, 2)]


def _no_hurry(pen: Pen, paragraph: int) -> Sentence:
    text = pen.vary(
        "No hurry with an answer; a line is enough.",
        "A line is enough, whenever it suits you.",
        "Answer when it suits you, or not at all; I only wanted to say hello.",
        "No need for a long answer: I would just like to hear how you are."
        if pen.plan.kind is DraftKind.RECONNECT
        else "A line is plenty.",
    )
    return say(text, paragraph=paragraph)


def _follow_up(pen: Pen) -> list[Sentence]:
    plan = pen.plan
    said = keeping.thanks_for_time(pen)
    own = [say(text, one) for one in _own(pen) for text in _as_done(pen, one)]
    if plan.give and plan.give.need:
        said += [_came_up(pen, plan.give.need), *frames.deadline(pen, plan.give.need, 1)]
        said += [frames.offer(pen, plan.give, 1), *own]
        said += [] if _asks(said) else [say(frames.ask_about(pen, plan.give))]
        return [*said, frames.easy_no(pen, plan.give, 2)]
    said += own
    if plan.topic and not own:
        said += keeping.ask_after(pen, plan.topic)
    if not _asks(said):
        said.append(say(pen.vary("Did I forget anything?", "Is there anything I have left out?"), paragraph=2))
    return [*said, say(pen.vary("No hurry with an answer.", "Answer when it suits you."), paragraph=2)]


def _as_done(pen: Pen, own: Evidence) -> list[str]:
    """The user's words on what was agreed; a bare phrase is what came up."""
    words = own.quote.strip()
    said = own_sentences(pen, words)
    if said and said[0].startswith("I am writing about"):
        return [f"Here is what I wanted to come back to: {grammar.lower_first(pen.to_you(words)).rstrip('.')}."]
    return said


def _came_up(pen: Pen, need: Evidence) -> Sentence:
    sought = grammar.need_object(need.text, pen.name)
    return say(pen.vary(f"You were looking for {sought}.", f"You mentioned that you were looking for {sought}."), need)


def _thank_you(pen: Pen) -> list[Sentence]:
    plan = pen.plan
    said = keeping.thanks(pen)
    said += [say(text, one) for one in _own(pen) if one != plan.thanks for text in own_sentences(pen, one.quote)]
    said.append(
        say(
            pen.vary(
                "I wanted to say so properly, and not only in passing.",
                "I wanted you to have that in writing.",
                "You did not have to, and I have not forgotten it.",
            )
        )
    )
    text = pen.vary(
        "If there is something I can do for you, please just say.",
        "Should there be something I can do in return, just say so.",
        "If I can ever return the kindness, please say so.",
    )
    return [
        *said,
        say(text, paragraph=2),
        say(pen.vary("No need to answer.", "This mail needs no answer."), paragraph=2),
    ]


# --- asking, sharing, inviting ----------------------------------------------------------------------------------


def _ask(pen: Pen) -> list[Sentence]:
    plan = pen.plan
    thanked = plan.thanks is not None and plan.thanks.source != "own"
    said: list[Sentence] = []
    if plan.thanks and thanked:
        what = grammar.favour_gerund(pen.to_you(plan.thanks.text))
        day = when(plan.thanks.date, pen.today)
        said.append(say(f"Thank you again for {what} {day}; I have not forgotten it.", plan.thanks))
    elif not plan.known:
        telling = [one for one in plan.evidence if one.about == pen.material.to.id and one.kind in _WHY_THEM]
        said += [opening.myself(pen, 1), *opening.opening(pen, telling[:1])]
    said += _request(pen, thanked)
    if plan.give and plan.give.need:
        said += frames.still_offer(pen, plan.give, 3)
    easy = pen.vary(
        "If it does not suit you, a plain no is quite all right.",
        "Please feel free to say no; I would understand.",
        "And a no is quite all right.",
    )
    return [*said, say(easy, paragraph=3)]


_WHY_THEM = (FactKind.ROLE, FactKind.PROJECT, FactKind.EVENT)


def _request(pen: Pen, thanked: bool) -> list[Sentence]:
    """The one request, from the user's own words or from a need that the person's offer meets."""
    own = _own(pen)
    lead = [] if thanked or not pen.plan.known else [say(_leading(pen))]
    if not own:
        hook = pen.plan.hooks[0]
        sought = grammar.with_article(grammar.lower_first(hook.mine.text))
        asked = pen.vary("Could I ask you about it, by mail or in a short call?", "Would you have ten minutes for it?")
        return [
            say(f"I am looking for {sought}.", hook.mine, paragraph=2),
            say(_their_offer(pen, hook.theirs), hook.theirs, paragraph=2),
            say(asked, paragraph=2),
        ]
    said = [say(text, own[0], paragraph=2) for text in request_sentences(pen, own[0].quote)]
    if not _asks(said):
        asked = pen.vary("Could you help me with that?", "Is that something you could help with?")
        said.append(say(asked, paragraph=2))
    return [*lead, *said]


def _leading(pen: Pen) -> str:
    return pen.vary(
        "I am writing with one question.", "I have one thing to ask you.", "May I ask you one thing."
    ).replace("May I ask you one thing.", "There is one thing I would ask you.")


def _their_offer(pen: Pen, offer: Evidence) -> str:
    if offer.kind is not FactKind.OFFER:
        return f"I thought of you {keeping.because_of(pen, offer)}."
    clause = grammar.offer_clause(offer.text)
    what = pen.to_you(clause.partition(" ")[2]) if clause.startswith("I ") else ""
    return (
        f"I thought of you because you {what}."
        if what
        else "I thought of you, because that is something you know about."
    )


def _news(pen: Pen) -> list[Sentence]:
    own, topic = _own(pen)[0], pen.plan.topic
    text, link = _headline(pen, own.quote)
    said = [say(one, own) for one in text]
    if topic:
        said.append(say(f"I thought of you {keeping.because_of(pen, topic)}.", topic))
    if link:
        said.append(Sentence(text=link, evidence=(own.id,), paragraph=2))
    if not _asks(said):
        asked = pen.vary("Is it of any use to you?", "Does it fit what you are after?", "Is that new to you?")
        said.append(say(asked, paragraph=3))
    return [*said, say(pen.vary("No need to answer if not.", "And if you know it already, never mind."), paragraph=3)]


_LINK = re.compile(r"https?://\S+")
_MOST_HEADLINE = 28


def _headline(pen: Pen, words: str) -> tuple[list[str], str]:
    """The user's own sentence, or the first line of what was pasted; and the link in it, if there is one."""
    link = _LINK.search(words)
    bare = _LINK.sub("", words).strip()
    first = bare.splitlines()[0].strip(" .:-–") if bare else ""
    said = " ".join(first.split()[:_MOST_HEADLINE])
    own = own_sentences(pen, first)
    is_told = bool(own) and re.match(r"I (?!am writing about)|We |You ", own[0]) is not None
    text = own if is_told else [f"I wanted to pass this on to you: {said}."]
    return text, link.group().rstrip(".,;)") if link else ""


def _invite(pen: Pen) -> list[Sentence]:
    own, topic = _own(pen)[0], pen.plan.topic
    phrase = re.sub(
        r"^(?:to )?(?:invite (?:her|him|them) to |come to )", "", own.quote.strip().rstrip("."), flags=re.IGNORECASE
    )
    is_many = len(re.findall(r"[.!?](?:\s|$)", own.quote)) > 1
    if (
        is_many
        or re.match(
            r"(?:i|we|we['’]\w+|there|on|our|my|would|you|she|he|they)\b(?! (?:workshop|open))", phrase, re.IGNORECASE
        )
        and not re.match(r"(?:our|my) (?:[\w-]+ ){0,4}(?:on|at|in)\b", phrase)
    ):
        said = [say(text, own) for text in own_sentences(pen, own.quote)]
    else:
        said = [say(f"I would like to invite you to {grammar.with_article(grammar.lower_first(phrase))}.", own)]
    if not pen.plan.known:
        said.insert(0, opening.myself(pen, 1))
    if topic:
        said.append(say(f"I thought of you {keeping.because_of(pen, topic)}.", topic))
    said += [line for ground in pen.plan.hooks if (line := opening.shared(pen, ground, 1))]
    if not _asks(said):
        said.append(say(pen.vary("Would you like to come?", "Would that be something for you?"), paragraph=2))
    easy = pen.vary("If it does not suit you, that is quite all right.", "And if not, that is quite all right.")
    return [*said, say(easy, paragraph=2)]


_WRITERS: dict[DraftKind, Callable[[Pen], list[Sentence]]] = {
    DraftKind.COLD: _cold,
    DraftKind.GIVE_FIRST: _give_first,
    DraftKind.CHECK_IN: _keeping,
    DraftKind.RECONNECT: _keeping,
    DraftKind.FOLLOW_UP: _follow_up,
    DraftKind.THANK_YOU: _thank_you,
    DraftKind.ASK: _ask,
    DraftKind.NEWS_SHARE: _news,
    DraftKind.EVENT_INVITE: _invite,
    DraftKind.INTRO_ASK: write_intro_ask,
    DraftKind.INTRO: write_intro,
    DraftKind.BLURB: write_blurb,
}
