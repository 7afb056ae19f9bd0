"""The plain writer's messages around the user's own words: a request, a piece of news, an invitation.

It must never make a request of what is none, nor say that something concerns the reader where no note shows it.
"""

from __future__ import annotations

import re

from assistant.domain import Channel, Evidence, FactKind, Sentence
from assistant.draft import frames, grammar, keeping, opening
from assistant.draft.lost import has_finite
from assistant.draft.occasions import when
from assistant.draft.own import own_said, own_sentences, request_sentences
from assistant.draft.pen import Pen, asks, say

# --- a request ----------------------------------------------------------------------------------------------------


def write_ask(pen: Pen) -> list[Sentence]:
    """Thanks for the last favour or why it is this person, one request, what the user can give, an easy no."""
    plan = pen.plan
    thanked = plan.thanks is not None and plan.thanks.source != "own"
    said: list[Sentence] = []
    if plan.thanks and thanked:
        what = grammar.favour_gerund(pen.to_you(plan.thanks.text))
        day = when(plan.thanks.date, pen.today)
        said.append(say(f"Thank you again for {what} {day}; I have not forgotten it.", plan.thanks))
    elif not plan.known:
        telling = [one for one in plan.evidence if one.about == pen.material.to.id and one.kind in _WHY_THEM]
        said += [opening.myself(pen, 1), *(opening.opening(pen, telling[:1]) or opening.by_post(pen, telling[:1]))]
    elif plan.channel is Channel.EMAIL:
        said += keeping.before_question(pen)
    said += _request(pen)
    if plan.give and plan.give.need:
        said += frames.still_offer(pen, plan.give, 3)
    easy = pen.vary(
        "If it does not suit you, a plain no is fine.",
        "Please feel free to say no; I would understand.",
        "And a no is fine.",
    )
    return [*said, say(easy, paragraph=3)]


_WHY_THEM = (FactKind.ROLE, FactKind.PROJECT, FactKind.EVENT)


def _request(pen: Pen) -> list[Sentence]:
    """The one request, from the user's own words or from a need that the person's offer meets."""
    if not pen.own:
        hook = pen.plan.hooks[0]
        sought = grammar.with_article(grammar.lower_first(hook.mine.text))
        asked = pen.vary("Could I ask you about it, by mail or in a short call?", "Would you have ten minutes for it?")
        return [
            say(f"I am looking for {sought}.", hook.mine, paragraph=2),
            say(_their_offer(pen, hook.theirs), hook.theirs, paragraph=2),
            say(asked, paragraph=2),
        ]
    if len(pen.own) == 1:
        said = [say(text, pen.own[0], paragraph=2) for text in request_sentences(pen, pen.own[0].text)]
    else:
        said = own_said(pen, 2)
    if not asks(said):
        asked = pen.vary("Could you help me with that?", "Is that something you could help with?")
        said.append(say(asked, paragraph=2))
    return said


def _their_offer(pen: Pen, offer: Evidence) -> str:
    if offer.kind is not FactKind.OFFER:
        return f"I thought of you {keeping.because_of(pen, offer)}."
    clause = grammar.offer_clause(offer.text)
    what = pen.to_you(clause.partition(" ")[2]) if clause.startswith("I ") else ""
    return f"I thought of you because you {what}." if what else "I thought of you, because you know about this."


# --- news ---------------------------------------------------------------------------------------------------------


def write_news(pen: Pen) -> list[Sentence]:
    """What there is to share, why it is for this person, the link, a question that is easy to leave."""
    topic = pen.plan.topic
    said: list[Sentence] = []
    for one in pen.own:
        text, _ = _headline(pen, one.text, first=not said)
        said += [say(line, one) for line in text]
    if topic:
        said.append(say(f"I thought of you {keeping.because_of(pen, topic, pen.own)}.", topic))
    said += [
        Sentence(text=link, evidence=(one.id,), paragraph=2) for one in pen.own if (link := _headline(pen, one.text)[1])
    ]
    if not asks(said):
        asked, easy = pen.vary(
            "Is it of any use to you?|No need to answer if not.",
            "Does it fit what you are after?|No need to answer if not.",
            "Is that new to you?|And if you know it already, never mind.",
        ).split("|")
        return [*said, say(asked, paragraph=3), say(easy, paragraph=3)]
    return [*said, say("No need to answer if not.", paragraph=3)]


_LINK = re.compile(r"https?://\S+")
_MOST_HEADLINE = 28


def _headline(pen: Pen, words: str, first: bool = True) -> tuple[list[str], str]:
    """The user's own sentence, or the first line of what was pasted; and the link in it, if there is one."""
    link = _LINK.search(words)
    bare = _LINK.sub("", words).strip().strip(" :-–")
    if not re.search(r"\w", bare):
        return [], link.group().rstrip(".,;)") if link else ""
    said = " ".join(bare.rstrip(".").split()[:_MOST_HEADLINE])
    own = own_sentences(pen, bare)
    is_told = bool(own) and not own[0].startswith("I am writing about") and (has_finite(said) or own[0][:2] == "I ")
    lead = pen.vary("I wanted to pass this on to you", "This may be something for you", "I came across this")
    text = own if is_told or not first else [f"{lead}: {said}."]
    return text, link.group().rstrip(".,;)") if link else ""


# --- an invitation --------------------------------------------------------------------------------------------------

_WHOLE = re.compile(
    r"(?:i|we|we['’]\w+|there|on|would|you|she|he|they)\b(?! (?:workshop|open))|(?:our"
    r"|my)\b (?!(?:[\w-]+ ){0,4}(?:on|at|in)\b)",
    re.IGNORECASE,
)


def write_invite(pen: Pen) -> list[Sentence]:
    """What, when and where, why it is for this person, one question with an easy no."""
    said = _invitation(pen)
    topic = pen.plan.topic
    if not pen.plan.known:
        said.insert(0, opening.myself(pen, 1))
    if topic:
        place = next((number for number, one in enumerate(said) if one.text.endswith("?")), len(said))
        said.insert(place, say(f"I thought of you {keeping.because_of(pen, topic, pen.own)}.", topic))
    said += [line for ground in pen.plan.hooks[:1] if not topic and (line := opening.shared(pen, ground, 1))]
    if not asks(said):
        said.append(say(pen.vary("Would you like to come?", "Would that be something for you?"), paragraph=2))
    easy = pen.vary("If it does not suit you, that is fine too.", "And if not, that is fine too.")
    return [*said, say(easy, paragraph=2)]


def _invitation(pen: Pen) -> list[Sentence]:
    first, *rest = pen.own
    phrase = re.sub(
        r"^(?:(?:please|to) )*(?:invite (?:her|him|them) to |come to )",
        "",
        first.text.strip().rstrip("."),
        flags=re.IGNORECASE,
    )
    more = [say(text, one) for one in rest for text in own_sentences(pen, one.text)]
    asked = re.match(
        r"(?P<phrase>.+?), (?P<question>(?:would|could|can|will|fancy|want)\b.+\?)$", phrase, re.IGNORECASE
    )
    if asked and not has_finite(asked["phrase"]):
        phrase = asked["phrase"]
        more = [*(say(text, first) for text in own_sentences(pen, asked["question"])), *more]
    is_phrase = not _WHOLE.match(phrase) and not phrase.rstrip().endswith("?") and not has_finite(phrase.split(",")[0])
    if not is_phrase:
        return [*(say(text, first) for text in own_sentences(pen, first.text)), *more]
    what, places = _dated(pen.to_you(phrase))
    said = [say(f"I would like to invite you to {grammar.with_article(grammar.lower_first(what))}.", first)]
    return [*said, *(say(text, first) for text in places), *more]


_HOUR = re.compile(r"(?:at )?(?P<hour>\d{1,2}(?:[.:]\d\d)?(?: ?[ap]\.?m\.?)?|noon|midday)", re.IGNORECASE)
_SEATS = re.compile(
    r"(?P<count>\d+|a|an|one|two|three|four|five|six) (?P<thing>(?:free )?(?:seats?|tickets?|places?|spaces?)\b.*)",
    re.IGNORECASE,
)


def _dated(phrase: str) -> tuple[str, list[str]]:
    """ "preview 11 March, 7.30, Govan, 2 seats" -> "preview on 11 March at 7.30 in Govan" and "There are 2 seats."."""
    head, *parts = re.split(r", ", phrase)
    head = re.sub(r"(?<=\w) (?=(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?\d{1,2}(?:st|nd|rd|th)? (?:Jan"
                  r"|Feb|Mar|Apr|May|Ju|Aug|Sep|Oct"
                  r"|Nov|Dec))(?<!\bon )(?<!day )(?<!the )(?<!of )(?<!to )(?<!from )", " on ", head)  # fmt: skip
    head = re.sub(
        r"(?<=\w) (?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)(?<!\bon )(?<!next )(?<!this )(?<!every )(?<!on\s)",
        " on ",
        head,
    )
    head = head.replace("on on ", "on ")
    said: list[str] = []
    for part in parts:
        hour, seats = _HOUR.fullmatch(part), _SEATS.fullmatch(part)
        if hour:
            head += f" at {hour['hour']}"
        elif seats:
            said.append(f"There {'is' if seats['count'] in ('a', 'an', 'one', '1') else 'are'} {part}.")
        elif re.fullmatch(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*", part):
            head += f" in {part}" if len(part.split()) == 1 else f" at {part}"
        else:
            head += f", {part}"
    return head, said
