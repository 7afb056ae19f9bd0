"""The subject line: what the message is about in a few words, with the evidence they rest on.

It must never promise what the body does not hold, and never be the same for everybody.
"""

from __future__ import annotations

import re

from assistant.domain import DraftKind, Evidence, FactKind
from assistant.draft import grammar
from assistant.draft.keeping import HOPES, MADE, PLACE_OF_ACTIVITY, place_of
from assistant.draft.keeping import thanks as keeping_thanks
from assistant.draft.occasions import read_occasion
from assistant.draft.opening import your_thing
from assistant.draft.own import own_sentences, request_sentences
from assistant.draft.pen import Pen
from assistant.text import count_words, fold
from assistant.verbs import Shape, gerund_of, shape_of

_MOST_SUBJECT_WORDS = 8


def find_subject(pen: Pen) -> tuple[str, tuple[str, ...]]:
    """What the message is about in a few words, with the evidence they rest on."""
    give = pen.plan.give
    special = _of_kind(pen) or _of_own(pen)
    if special:
        return special
    if give and give.need:
        return _need_subject(pen, give.need), (give.need.id,)
    if give:
        words = own_sentences(pen, give.offer.text, as_offer=True)[0].rstrip(".?!")
        bare = _OFFERING.sub("", words)
        thing = _thing_of(pen, give.offer) if re.match(r"(?:I|We) ", bare) else bare
        return _shorten(thing or "something for you"), (give.offer.id,)
    telling = [one for one in pen.plan.evidence if one.about == pen.material.to.id and one.kind is FactKind.PROJECT]
    if telling and shape_of(telling[0].text) is Shape.NOUN:
        return _shorten(your_thing(pen.to_you(grammar.lower_first(telling[0].text)))), (telling[0].id,)
    for ground in pen.plan.hooks:
        if ground.kind != "offer_met" and count_words(ground.text) < _MOST_SUBJECT_WORDS:
            return grammar.upper_first(grammar.with_the(ground.text)), (ground.mine.id, ground.theirs.id)
    theirs = [one for one in pen.plan.evidence if one.about == pen.material.to.id and one.kind]
    if theirs:
        return _shorten(pen.to_you(theirs[0].text)), (theirs[0].id,)
    return "A short question", ()


_ABOUT_OWN = (DraftKind.NEWS_SHARE, DraftKind.EVENT_INVITE, DraftKind.BLURB)
_WITH_OWN = (DraftKind.COLD, DraftKind.CHECK_IN, DraftKind.RECONNECT, DraftKind.FOLLOW_UP)


def _of_kind(pen: Pen) -> tuple[str, tuple[str, ...]] | None:
    """The subject of the kinds that are about something else than an offer."""
    plan, other = pen.plan, pen.material.other
    if plan.kind in (DraftKind.INTRO, DraftKind.INTRO_ASK) and other:
        both = f"{pen.first}, meet {other.first_name}" if plan.kind is DraftKind.INTRO else f"You and {other.name}?"
        return both, ()
    if plan.thanks and plan.kind is DraftKind.THANK_YOU:
        return _thanks_subject(pen, plan.thanks), (plan.thanks.id,)
    if plan.kind is DraftKind.ASK and pen.own:
        asked = next((one for one in pen.own if "?" in one.text), pen.own[0])
        return _shorten(_asked(pen, asked)), (asked.id,)
    if plan.kind in _ABOUT_OWN and pen.own:
        own = pen.own[0]
        return _shorten(_bare(own.text if plan.kind is DraftKind.BLURB else pen.to_you(own.text))), (own.id,)
    if plan.kind is DraftKind.ASK and plan.hooks:
        return _shorten(grammar.with_article(grammar.lower_first(plan.hooks[0].mine.text))), (plan.hooks[0].mine.id,)
    if plan.kind is DraftKind.BLURB:
        needs = [one for one in plan.evidence if one.about == pen.material.me.id and one.kind is FactKind.NEED]
        return (_shorten(f"looking for {needs[0].text}"), (needs[0].id,)) if needs else None
    return None


def _of_own(pen: Pen) -> tuple[str, tuple[str, ...]] | None:
    """The occasion that the user comes back to, the thing they write about, or what of theirs is asked after."""
    plan, last = pen.plan, pen.plan.occasion
    occasion = read_occasion(last.text) if last else None
    if (
        plan.kind is DraftKind.FOLLOW_UP
        and pen.own
        and last
        and occasion
        and occasion.since
        and not occasion.clause.startswith("we met")
    ):
        return f"After {occasion.since}", (last.id,)
    if plan.kind in _WITH_OWN and pen.own and not (plan.give and plan.kind is DraftKind.COLD):
        named = next(((thing, one) for one in pen.own if (thing := _thing_of(pen, one))), None)
        if named:
            return _shorten(named[0]), (named[1].id,)
    if plan.topic and (plan.give is None or plan.give.need is None or plan.topic.kind is not FactKind.NEED):
        return _topic_subject(pen, plan.topic), (plan.topic.id,)
    return None


_DETERMINER = r"(?:an?|the|your|my|our|some|that|this|two|three|four|five|six|several|\d+)"
_THING = re.compile(
    rf"(?:I|We|You|It was (?:\w+ ){{1,3}}?)(?: (?!am writing)[\w'’]+){{1,5}}? (?P<thing>{_DETERMINER} .+)$"
    rf"|^(?P<head>(?:The|Your|My|Our) .+?) (?:is|are|was|were|has|have|will|would|can|could)\b"
)
_BY_THE_WAY = re.compile(
    r" (?:on the (?:train|bus|plane|boat|way|radio)|in one sitting|and|but|because|if|when|so|last|this|next"
    r"|yesterday|today|for you|to you)\b.*$",
    re.IGNORECASE,
)


def _thing_of(pen: Pen, own: Evidence) -> str:
    """What a sentence of the user's is about: "your third act" of "I read your third act on the train"."""
    for text in own_sentences(pen, own.text):
        match = _THING.match(text.rstrip(".?!"))
        if match:
            thing = _BY_THE_WAY.sub("", match["thing"] or match["head"])
            return re.sub(r" to (?=[a-z]+s?$)", " for ", thing)
    return ""


_REQUEST = re.compile(
    r"(?:[^,?]*, )?(?:could|can|would|will|may|might) (?P<who>you|i|we) (?:(?:please|possibly|perhaps|maybe|also"
    r"|kindly|be able to|be willing to) )*"
    r"(?P<verb>[a-z]+) (?P<rest>[^?]+)",
    re.IGNORECASE,
)
_LOOKING = ("look", "read", "review", "check", "test", "see", "edit", "proofread", "glance", "go", "run")
_GIVING = (
    "help",
    "give",
    "tell",
    "send",
    "lend",
    "spare",
    "share",
    "show",
    "borrow",
    "have",
    "use",
    "get",
    "take",
    "recommend",
    "suggest",
    "ask",
)


def _asked(pen: Pen, own: Evidence) -> str:
    """What is asked for, as a thing: "Mixing The Salt House in a day", "A question about your loading bay"."""
    asked = next((text for text in request_sentences(pen, own.text) if text.endswith("?")), "")
    match = _REQUEST.match(asked)
    if not match:
        yours = re.search(
            r"\byour (?:[\w'’-]+ ){0,2}?[\w'’-]+(?=$|[?,.]| (?:from|in|on|at|for|to|by|with|until|next|this|and|or)\b)",
            asked,
        )
        return f"A question about {yours.group()}" if yours else _bare(pen.to_you(own.text))
    verb, rest = match["verb"].lower(), match["rest"].strip()
    if verb == "introduce":
        return re.sub(r"^(?:me|us) to ", "an introduction to ", rest)
    if verb in _LOOKING:
        rest = re.sub(r"^(?:over|at|through|past|into) ", "", rest)
        return rest if re.match(rf"{_DETERMINER}\b", rest) else f"about {gerund_of(verb)} {rest}"
    if verb in _GIVING:
        return re.sub(r"^(?:(?:me|us) )?(?:out )?(?:with |to |about )?", "", rest)
    return f"about {gerund_of(verb)} {rest}" if gerund_of(verb) else rest


def _topic_subject(pen: Pen, topic: Evidence) -> str:
    what = pen.to_you(grammar.lower_first(re.split(r"[,;(]", topic.text)[0].strip()))
    if topic.kind is FactKind.NEED:
        return _need_subject(pen, topic)
    if topic.kind is FactKind.PLACE:
        return f"Life in {place_of(topic)}"
    if topic.kind is FactKind.EMPLOYER:
        return f"Work at {grammar.with_the(place_of(topic))}"
    if topic.kind is FactKind.PROJECT and shape_of(made := MADE.sub("", what)) is Shape.NOUN:
        return _shorten(your_thing(made))
    first, _, rest = what.partition(" ")
    if PLACE_OF_ACTIVITY.fullmatch(what):
        return _shorten(your_thing(what))
    if shape_of(what) is Shape.FINITE:
        return _shorten(re.sub(r"^to \w+ ", "", rest) if first in HOPES else rest)
    return _shorten(what)


def _thanks_subject(pen: Pen, thanks: Evidence) -> str:
    if thanks.source == "own":
        said = next((one.text for one in keeping_thanks(pen) if one.text.startswith("Thank you for ")), "Thank you")
        return _shorten(grammar.first_deed(said))
    what = grammar.first_deed(grammar.favour_gerund(pen.to_you(thanks.text)))
    return _shorten(f"thank you for {what}")


# How a request, an invitation or a piece of news begins before it comes to its matter.
_LEAD = re.compile(
    r"^(?:(?:to|i|we|please|just|have|am|are|is|was|were|would|could|can|can't|will|want|wanted|like|love|you|ask|invite|offer|"
    r"for|about|whether|if|that|he|she|they|saw|heard|read|your opinion on|come|coming|up|running|doing|holding|hosting"
    r"|help|need|needs|some|hoping|wondering|there's|there|we're|i'm|i’m|we’re|use|give|me|any|able|me with|with"
    r"|look|at|over"
    r"|be|to hear|hear|know|tell|her|him|them) )+",
    re.IGNORECASE,
)


def _bare(words: str) -> str:
    """The user's words without their address, as a matter of a few words."""
    first = re.split(r"(?<=[.?!])\s|https?://| [-–—] ", " ".join(words.split()))[0].strip().rstrip(".?!:")
    bare = _LEAD.sub("", first, count=1)
    return bare if count_words(bare) >= 2 else first


_OFFERING = re.compile(
    r"^(?:I|we) (?:can|could|would be (?:happy|glad) to|have|know) "
    r"(?:(?:lend|give|send|show|offer|bring|get|make|share) (?:you )?)?"
)


# "someone who can advise on the acoustics": the matter is the acoustics.
_SOMEONE_WHO = re.compile(
    r"^(?:some|any)(?:one|body) (?:who|that) "
    r"(?:(?:can|could|would) (?:advise|help)(?: me| us)? (?:on|with)|knows about) "
)


def _need_subject(pen: Pen, need: Evidence) -> str:
    sought = _SOMEONE_WHO.sub("", pen.need_object(need.text))
    if not pen.plan.known:
        return _shorten(sought.removeprefix("some "))
    named = re.match(
        r"an? (?P<noun>[\w'’-]+(?: [\w'’-]+){0,2}?)(?=$|,| (?:in|at|for|who|that|to|with|from|of|on|near|which"
        r"|good)\b)",
        sought,
    )
    if named and not re.search(r"\b(?:way|place|bit|lot|few|eye|hand|look|pair|week|day|hour)\b", named["noun"]):
        return f"The {named['noun']} you were looking for"
    return _shorten(sought.removeprefix("some "))


def _shorten(text: str) -> str:
    """At most eight words, cut before a preposition where that is possible, and never in the middle of a thing."""
    head = re.split(r"[,;:(]", text)[0]
    words = (head if count_words(head) >= 2 else text).rstrip(".,;:").split()
    if len(words) > _MOST_SUBJECT_WORDS:
        cut = max(
            (place for place in range(3, _MOST_SUBJECT_WORDS + 1) if fold(words[place]) in _LOOSE_ENDS), default=0
        )
        words = words[: cut or _MOST_SUBJECT_WORDS]
    while len(words) > 2 and fold(words[-1]) in _LOOSE_ENDS:
        words.pop()
    return grammar.upper_first(" ".join(words)).rstrip(",;:")


_LOOSE_ENDS = frozenset(
    "a an the to for of in on at with by and or from who that which your my our about as is are over into near "
    "before after during between so because while when where".split()
)
