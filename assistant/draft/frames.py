"""Sentences about a need and an offer, each a frame around evidence that says only what the evidence says.

The frame differs from contact to contact. It must never state a fact without naming the evidence it rests on.
"""

from __future__ import annotations

import datetime as dt
import re

from assistant.domain import Evidence, Give, Sentence
from assistant.draft import grammar
from assistant.draft.deadlines import read_deadline
from assistant.draft.occasions import read_occasion, when
from assistant.draft.pen import Pen, say
from assistant.sources.times import find_stretch
from assistant.text import content_stems, fold
from assistant.verbs import base_of

_OPEN_DAYS = 180  # a need that a stranger made public is taken to be open that long
_STALE_DAYS = 45  # a need older than this is told in the past: it may have been met since
_OLD_DAYS = 300  # and one older than this is recalled with a doubt


def need(pen: Pen, need: Evidence, paragraph: int) -> Sentence:
    """What they were looking for, and when the user learnt of it."""
    sought = timed_need(pen, need)
    if not pen.plan.known:
        return say(_public_need(pen, need, sought), need, paragraph=paragraph)
    occasion, day = read_occasion(need.occasion), when(need.date, pen.today)
    if sought.startswith("the ") and (occasion.clause or occasion.at) and day:
        return say(
            f"{f'when {occasion.clause}' if occasion.clause else occasion.at} {day}, you wanted {sought}.",
            need,
            paragraph=paragraph,
        )
    if occasion.clause and day:
        mentions = [f"{occasion.at} {day} you mentioned that you were looking for {sought}."] if occasion.at else []
        choices = [
            f"when {occasion.clause} {day}, you were looking for {sought}.",
            f"you were looking for {sought} when {occasion.clause} {day}.",
            *mentions,
        ]
    elif occasion.at and day:
        choices = [f"{occasion.at} {day} you were looking for {sought}."]
        choices += [f"you wrote {occasion.at} {day} that you were looking for {sought}."] if occasion.theirs else []
    elif _is_fresh(pen, need):
        choices = [f"I gather you are looking for {sought}.", f"you are looking for {sought}, if I have it right."]
    elif day:
        choices = [f"{day} you were looking for {sought}.", f"I remember that you were looking for {sought} {day}."]
    else:
        choices = [f"I gather you are looking for {sought}."]
    return say(pen.vary(*choices), need, paragraph=paragraph)


def timed_need(pen: Pen, need: Evidence) -> str:
    """What they look for, with the days that the note names behind it: "a bed for four nights, 15 to 18 March"."""
    sought = pen.need_object(need.text)
    behind = need.quote.partition(need.text)[2] if need.text in need.quote else ""
    match = re.match(r", (?P<when>[^,.;]{3,40})", behind)
    if match and need.date and find_stretch(match["when"], need.date) and not base_of(match["when"].split()[0])[0]:
        return f"{sought}, {match['when'].strip()}"
    return sought


def _public_need(pen: Pen, need: Evidence, sought: str) -> str:
    is_open = need.date is None or (pen.today - need.date).days <= _OPEN_DAYS
    verb = "are looking for" if is_open else "were looking for"
    return pen.vary(f"I am writing because you {verb} {sought}.", f"As I understand it, you {verb} {sought}.")


def _is_fresh(pen: Pen, need: Evidence) -> bool:
    return need.date is not None and (pen.today - need.date).days <= _STALE_DAYS


def is_old(day: dt.date | None, today: dt.date) -> bool:
    """Whether a thing was noted so long ago that one asks before one relies on it."""
    return day is not None and (today - day).days > _OLD_DAYS


# --- the offer --------------------------------------------------------------------------------------------------


def offer(pen: Pen, give: Give, paragraph: int) -> Sentence:
    """What the user can do about it, as warmly as the offer allows."""
    clause = beside_need(grammar.offer_clause(give.offer.text), give.need)
    words = [fold(word) for word in clause.split()]
    verb = words[1] if len(words) > 1 else ""
    if clause.startswith(("I can offer", "I would be")):
        return say(f"{clause}.", give.offer, paragraph=paragraph)
    if verb == "know":
        tail = pen.vary("would be glad to put you in touch", "would gladly introduce you", "could put you in touch")
        if is_about_thing(give.offer.text):
            tail = "would be glad to help"
    elif verb in ("can", "could"):
        tail = _helping(pen, clause, give.need)
    else:
        tail = f"you would be welcome to {'them' if grammar.is_plural(clause.split(' ', 2)[-1]) else 'it'}"
    joined = (
        f"{clause}, and {tail}" if len(words) > 8 or not tail.startswith(("would", "could")) else f"{clause} and {tail}"
    )
    return say(f"{joined}." if tail else f"{clause}.", give.offer, paragraph=paragraph)


# A sentence that offers something, as the plain writer or the user begins it.
OFFERED = re.compile(r"(?:I|We) (?:can|could|would be|have|know)\b|You (?:can|could|are welcome)\b", re.IGNORECASE)
_READING = frozenset("review read proofread check edit".split())


def _helping(pen: Pen, clause: str, need: Evidence | None) -> str:
    """How one stands by an offer to do something: "and would gladly read yours" of what the need has just named."""
    verb = base_of(clause.split()[2])[0] if len(clause.split()) > 2 else ""
    what = " ".join(clause.split()[3:])
    if verb in _READING and need and set(content_stems(what)) & set(content_stems(need.text)) and " " in what:
        return "would gladly do that for yours"
    return pen.vary("would be glad to", "would gladly do so", "would be happy to")


def is_about_thing(offer: str) -> bool:
    """Whether what is known is a thing and not a person: "know the Norwegian port authorities", "know Python"."""
    rest = re.sub(r"^(?:i )?knows? ", "", offer, flags=re.IGNORECASE)
    return not re.match(
        r"(?:an?|two|three|several|some|people|someone|somebody|lots|many|a few|good|most of the|everyone|everybody)\b",
        rest,
    )


def beside_need(clause: str, need: Evidence | None) -> str:
    """The clause without what the need has just said: "I know one in Lisbon", "I can share just that"."""
    if need is None:
        return clause
    match = re.match(
        r"(?P<start>(?:I|we) (?:know|have)) an? (?P<noun>[a-z]+)(?= (?:in|at|who|that|near|from)\b)", clause
    )
    if match and re.search(rf"\b{match['noun']}\b", need.text, re.IGNORECASE):
        return f"{match['start']} one{clause[match.end() :]}"
    match = re.match(r"(?P<start>I (?:can|could) (?:share|send|give|lend|bring)) (?P<what>.+)$", clause)
    if match and fold(match["what"]) in fold(need.text):
        if match["start"].endswith("share"):
            return f"{match['start']} just that with you"
        return f"{match['start']} you {'one' if re.match('an? ', match['what']) else 'just that'}"
    if match and re.match("an? ", match["what"]) and _named_alike(match["what"], need.text):
        return f"{match['start']} you {'one'}"
    return clause


def _named_alike(offered: str, wanted: str) -> bool:
    """Whether an offered thing of one or two words is the very thing wanted: "a projector"."""
    stems = content_stems(offered)
    return 0 < len(stems) <= 1 and stems[-1] in content_stems(wanted)


def ask_about(pen: Pen, give: Give) -> str:
    """The one question after an offer."""
    clause = grammar.offer_clause(give.offer.text)
    if clause.startswith("I know") and not is_about_thing(give.offer.text):
        return pen.vary("Shall I?", "Would you like that?", "Would that help?")
    return pen.vary("Would that help?", "Would that be useful?", "Would you like that?")


_PERSON = re.compile(
    r"\b(?!projector|sensor|motor|monitor|generator|printer|computer|paper|container|trailer|water|number|letter|centre"
    r"|counter|winter|summer|quarter|theatre|poster|offer|order|tender|shelter|transport|support|cover|river|harbour"
    r"|border|corner|floor|door|motor|tractor|mirror|doctor'?s)"
    r"(?:someone|somebody|\w{2,}(?:er|or|ist|ary|ant|ian|eer|man|woman|logist|tor|wright|tect))s?\b",
    re.IGNORECASE,
)


def easy_no(pen: Pen, give: Give | None, paragraph: int) -> Sentence:
    """A way to say no that costs nothing."""
    sought = pen.need_object(give.need.text) if give and give.need else ""
    if _PERSON.search(" ".join(sought.split()[:4])):
        text = pen.vary(
            "If you have found someone since, no need to answer.",
            "If that is settled by now, all the better, and no need to reply.",
            "And if you have found someone already, just ignore this.",
        )
    elif sought:
        text = pen.vary(
            "If that is settled by now, no need to answer.",
            "And if not, that is fine too.",
            "If it is no longer needed, just ignore this.",
        )
    else:
        text = pen.vary("And if not, that is fine too.", "No hurry, and no need to answer if it is not for you.")
    return say(text, paragraph=paragraph)


def still_offer(pen: Pen, give: Give, paragraph: int) -> list[Sentence]:
    """The give beside another question: conditional, so that it asks nothing."""
    clause = beside_need(grammar.offer_clause(give.offer.text), give.need)
    if give.need is None:
        return [say(f"{clause}, should that ever be of use.", give.offer, paragraph=paragraph)]
    sought = pen.need_object(re.split(r"[,;(]", give.need.text)[0])
    them = "them" if grammar.is_plural(sought) else "it"
    text = pen.vary(
        f"If you are still looking for {sought}, {clause}; just say so.",
        f"And if you still need {sought}: {clause}.",
        f"{grammar.offer_clause(give.offer.text)}, if you are still looking for {sought}."
        if them == "it"
        else f"If you still want {sought}, {clause}.",
    )
    return [say(text, give.need, give.offer, paragraph=paragraph)]


def give_in_full(pen: Pen, give: Give, paragraph: int) -> list[Sentence]:
    """Need, what hangs on it, offer and question."""
    said = [need(pen, give.need, paragraph), *deadline(pen, give.need, paragraph)] if give.need else []
    return [*said, offer(pen, give, paragraph), say(ask_about(pen, give), paragraph=paragraph)]


def deadline(pen: Pen, beside: Evidence, paragraph: int) -> list[Sentence]:
    """ "The deadline is 15 January, if I have it right.": what makes now the time to write, from the same note."""
    for one in pen.plan.evidence:
        if (
            one.source in ("note", "fact")
            and one.note_id == beside.note_id
            and (clause := read_deadline(one.quote, pen.today))
        ):
            told = pen.to_you(clause)
            text = pen.vary(f"{told}, if I have it right.", f"If I remember rightly, {told}.")
            return [say(text, one, paragraph=paragraph)]
    return []
