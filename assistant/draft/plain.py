"""The plain writer: a considerate message from typed facts, with no model and no network, in English.

Every sentence is a frame around evidence and says only what the evidence says; the frame differs from contact to
contact. It must never state a fact without naming the evidence it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.domain import Channel, DraftKind, Evidence, FactKind, Material, Message, Plan, Sentence
from assistant.draft import frames, grammar
from assistant.draft.call import write_call
from assistant.draft.introducing import write_blurb, write_intro, write_intro_ask
from assistant.draft.manner import find_greeting, find_sign_off, shorten_forms
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


# --- to somebody new, or with something in hand -----------------------------------------------------------------


def _cold(pen: Pen) -> list[Sentence]:
    plan = pen.plan
    hooks = {side.id for ground in plan.hooks for side in (ground.theirs, ground.mine)}
    give_ids = {side.id for side in (plan.give.need, plan.give.offer) if side} if plan.give else set()
    telling = [one for one in plan.evidence if one.about == pen.material.to.id and one.id not in hooks | give_ids]
    telling = [one for one in telling if one.kind]
    sentences = [*frames.opening(pen, telling), frames.myself(pen, 2)]
    sentences += frames.acquaintance(pen, 2) if plan.known else []
    asking_last = sorted(plan.hooks, key=lambda ground: ground.kind == "offer_met")
    sentences += [said for ground in asking_last if (said := frames.shared(pen, ground, 2))]
    sentences += [say(text, one, paragraph=2) for one in _own(pen) for text in frames.own_sentences(pen, one.quote)]
    if any(one.text.endswith("?") for one in sentences):
        pass
    elif plan.give:
        sentences += [frames.need(pen, plan.give.need, 3)] if plan.give.need else []
        sentences += [frames.offer(pen, plan.give, 3), say(frames.ask_about(pen, plan.give), paragraph=3)]
    else:
        sentences.append(frames.exchange(pen, telling, 3))
    sentences.append(frames.easy_no(pen, plan.give, 3))
    return sentences


def _give_first(pen: Pen) -> list[Sentence]:
    give = pen.plan.give
    if give is None:
        return []
    if give.offer.source == "own":
        said = [frames.need(pen, give.need, 1)] if give.need else frames.acquaintance(pen)
        said += [say(text, give.offer) for text in frames.own_sentences(pen, give.offer.quote, as_offer=True)]
        if not said[-1].text.endswith("?"):
            said.append(say(pen.vary("Would that be of use to you?", "Would that help?", "Would you like that?")))
        return [*said, frames.easy_no(pen, give, 2)]
    sentences = [frames.need(pen, give.need, 1)] if give.need else []
    sentences.append(frames.offer(pen, give, 1))
    sentences += [say(text, one) for one in _own(pen) for text in frames.own_sentences(pen, one.quote)]
    if not sentences[-1].text.endswith("?"):
        sentences.append(say(frames.ask_about(pen, give), paragraph=1))
    return [*sentences, frames.easy_no(pen, give, 2)]


# --- keeping up -------------------------------------------------------------------------------------------------


def _keeping(pen: Pen) -> list[Sentence]:
    """A check-in or a revival: the last time, a question about theirs, something in hand."""
    plan = pen.plan
    said = frames.recall(pen)
    own = [say(text, one) for one in _own(pen) for text in frames.own_sentences(pen, one.quote)]
    said += own
    asks = any(one.text.endswith("?") for one in own)
    is_give_need = plan.give is not None and plan.topic is not None and plan.give.need == plan.topic
    if plan.topic is not None and not asks and not is_give_need:
        said += frames.ask_after(pen, plan.topic)
        asks = True
    for ground in plan.hooks:
        line = frames.shared(pen, ground, 2)
        said += [line] if line and not plan.give else []
    if plan.give and asks:
        said += frames.still_offer(pen, plan.give, 2)
    elif plan.give:
        said += [frames.need(pen, plan.give.need, 2)] if plan.give.need else []
        said += [frames.offer(pen, plan.give, 2), say(frames.ask_about(pen, plan.give), paragraph=2)]
    elif not asks:
        said.append(say(pen.vary("How are things with you?", "How are you getting on?")))
    said.append(_no_hurry(pen, 2))
    return said


def _no_hurry(pen: Pen, paragraph: int) -> Sentence:
    return say(
        pen.vary(
            "No hurry with an answer; a line is enough.",
            "A line is enough, whenever it suits you.",
            "Answer when it suits you, or not at all; I only wanted to say hello.",
        ),
        paragraph=paragraph,
    )


def _follow_up(pen: Pen) -> list[Sentence]:
    plan = pen.plan
    said = frames.thanks_for_time(pen)
    own = [say(text, one) for one in _own(pen) for text in _as_done(pen, one)]
    if plan.give and plan.give.need:
        said += [_came_up(pen, plan.give.need), frames.offer(pen, plan.give, 1), *own]
        said.append(say(frames.ask_about(pen, plan.give)))
        return [*said, frames.easy_no(pen, plan.give, 2)]
    said += own
    if plan.topic and not own:
        said += frames.ask_after(pen, plan.topic)
    if not any(one.text.endswith("?") for one in said):
        said.append(say(pen.vary("Did I forget anything?", "Is there anything I have left out?"), paragraph=2))
    said.append(say(pen.vary("No hurry with an answer.", "Answer when it suits you."), paragraph=2))
    return said


def _as_done(pen: Pen, own: Evidence) -> list[str]:
    """The user's words on what was agreed; a bare phrase is what came up."""
    words = own.quote.strip()
    if re.match(r"(?:i|we|my|our|you|your)\b", words, re.IGNORECASE) or words.endswith((".", "?", "!")):
        return frames.own_sentences(pen, words)
    return [f"Here is what I wanted to come back to: {grammar.lower_first(pen.to_you(words))}."]


def _came_up(pen: Pen, need: Evidence) -> Sentence:
    sought = grammar.need_object(need.text, pen.name)
    return say(pen.vary(f"You were looking for {sought}.", f"You mentioned that you were looking for {sought}."), need)


def _thank_you(pen: Pen) -> list[Sentence]:
    plan = pen.plan
    said = frames.thanks(pen)
    said += [say(text, one) for one in _own(pen) if one != plan.thanks for text in frames.own_sentences(pen, one.quote)]
    said.append(
        say(
            pen.vary(
                "I wanted to say so properly, and not only in passing.",
                "I wanted you to have that in writing.",
                "You did not have to, and I have not forgotten it.",
            )
        )
    )
    if plan.give:
        return [*said, *frames.still_offer(pen, plan.give, 2), say("No need to answer.", paragraph=2)]
    back = pen.vary(
        "If there is something I can do for you, please just say. No need to answer this one.",
        "Should there be something I can do in return, just say so. This mail needs no answer.",
    )
    return [*said, *(say(text + ".", paragraph=2) for text in back.rstrip(".").split(". "))]


# --- asking, sharing, inviting ----------------------------------------------------------------------------------


def _ask(pen: Pen) -> list[Sentence]:
    plan = pen.plan
    thanked = plan.thanks is not None and plan.thanks.source != "own"
    said = [] if thanked else frames.last_met(pen) if plan.known else [frames.myself(pen, 1)]
    telling = [one for one in plan.evidence if one.about == pen.material.to.id and one.kind in _WHY_THEM]
    if not plan.known and telling:
        said += frames.opening(pen, telling[:1])
    if plan.thanks and thanked:
        what = grammar.favour_gerund(pen.to_you(plan.thanks.text))
        said.append(say(f"I have not forgotten that I owe you thanks for {what}.", plan.thanks))
    said += _request(pen)
    if plan.give and plan.give.need:
        said += frames.still_offer(pen, plan.give, 3)
    easy = pen.vary(
        "If it does not suit you, a plain no is quite all right.",
        "Please feel free to say no; I would understand.",
    )
    return [*said, say(easy, paragraph=3)]


_WHY_THEM = (FactKind.ROLE, FactKind.PROJECT, FactKind.EVENT)


def _request(pen: Pen) -> list[Sentence]:
    """The one request, from the user's own words or from a need that the person's offer meets."""
    own = _own(pen)
    if not own:
        hook = pen.plan.hooks[0]
        sought = grammar.with_article(grammar.lower_first(hook.mine.text))
        return [
            say(f"I am looking for {sought}.", hook.mine, paragraph=2),
            say(_their_offer(pen, hook.theirs), hook.theirs, paragraph=2),
            say(
                pen.vary("Could I ask you about it, by mail or in a short call?", "Would you have ten minutes for it?"),
                paragraph=2,
            ),
        ]
    said = []
    for text in _as_request(pen, own[0].quote):
        said.append(say(text, own[0], paragraph=2))
    if not any(one.text.endswith("?") for one in said):
        said.append(
            say(pen.vary("Could you help me with that?", "Is that something you could help with?"), paragraph=2)
        )
    return said


def _their_offer(pen: Pen, offer: Evidence) -> str:
    if offer.kind is not FactKind.OFFER:
        return f"I thought of you {frames.because_of(pen, offer)}."
    what = pen.to_you(grammar.lower_first(offer.text))
    return (
        f"I thought of you because you offer {what}."
        if not re.match(r"(?:know|can|could)\b", what)
        else (f"I thought of you because you {what}.")
    )


def _as_request(pen: Pen, words: str) -> list[str]:
    phrase = pen.to_you(" ".join(words.split())).rstrip(".")
    first = phrase.split()[0].lower() if phrase else ""
    if "?" in words or first in ("i", "we", "my", "our", "you", "your") or len(re.findall(r"[.!?](?:\s|$)", words)) > 1:
        return frames.own_sentences(pen, words)
    if first == "to" or grammar.is_bare_verb(first):
        return [f"Could you {re.sub(r'^to ', '', grammar.lower_first(phrase))}?"]
    return [f"Could you help me with {grammar.with_article(grammar.lower_first(phrase))}?"]


def _news(pen: Pen) -> list[Sentence]:
    own, topic = _own(pen)[0], pen.plan.topic
    text, link = _headline(own.quote)
    said = [say(text, own)]
    if topic:
        said.append(say(f"I thought of you {frames.because_of(pen, topic)}.", topic))
    if link:
        said.append(say(link, own, paragraph=2))
    if not any(one.text.endswith("?") for one in said):
        said.append(say(pen.vary("Is it of any use to you?", "Does it fit what you are after?"), paragraph=3))
    said.append(say(pen.vary("No need to answer if not.", "And if you know it already, never mind."), paragraph=3))
    return said


_LINK = re.compile(r"https?://\S+")
_MOST_HEADLINE = 24


def _headline(words: str) -> tuple[str, str]:
    """The user's own sentence, or the first line of what was pasted; and the link in it, if there is one."""
    link = _LINK.search(words)
    bare = _LINK.sub("", words).strip()
    first = bare.splitlines()[0].strip(" .:-–") if bare else ""
    said = " ".join(first.split()[:_MOST_HEADLINE])
    text = (
        f"{first}."
        if re.match(r"(?:i|we)\b", first, re.IGNORECASE)
        else f"I read this and wanted to pass it on: {said}."
    )
    return text, link.group().rstrip(".,;)") if link else ""


def _invite(pen: Pen) -> list[Sentence]:
    own, topic = _own(pen)[0], pen.plan.topic
    phrase = own.quote.strip().rstrip(".")
    if (
        re.match(r"(?:i|we|there|on|our|my)\b", phrase, re.IGNORECASE)
        or len(re.findall(r"[.!?](?:\s|$)", own.quote)) > 1
    ):
        said = [say(text, own) for text in frames.own_sentences(pen, own.quote)]
    else:
        said = [say(f"I would like to invite you to {grammar.with_article(grammar.lower_first(phrase))}.", own)]
    if not pen.plan.known:
        said.insert(0, frames.myself(pen, 1))
    if topic:
        said.append(say(f"I thought of you {frames.because_of(pen, topic)}.", topic))
    said += [line for ground in pen.plan.hooks if (line := frames.shared(pen, ground, 1))]
    if not any(one.text.endswith("?") for one in said):
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
