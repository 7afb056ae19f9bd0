"""Sentences between two people who know each other: the last time, a question about theirs, thanks.

Each is a frame around evidence. It must never make a meeting of what was none, nor claim an effect that no note tells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain import Evidence, FactKind, Sentence
from assistant.draft import grammar
from assistant.draft.choose import their_clause
from assistant.draft.lost import has_finite
from assistant.draft.occasions import read_occasion, when
from assistant.draft.opening import topic_of, your_thing
from assistant.draft.own import own_sentences
from assistant.draft.pen import Pen, say
from assistant.text import fold
from assistant.verbs import Shape, base_of, shape_of

_LONG_AGO_DAYS = 60
_VERY_LONG_AGO_DAYS = 300


def acquaintance(pen: Pen, paragraph: int = 1) -> list[Sentence]:
    """Where the two know each other from, where the record says it as a thing one can name."""
    for one in pen.plan.evidence:
        if one.field == "how_met" and re.match(r"(?:an?|the|our) (?!friend|mail|e-?mail|mutual)", one.text):
            where = re.sub(r", ((?:19|20)\d\d)$", r" in \1", one.text)
            return [say(f"We know each other from {where}.", one, paragraph=paragraph)]
    return []


def recall(pen: Pen, paragraph: int = 1) -> list[Sentence]:
    """The last time in touch, as a way in."""
    last = pen.plan.occasion
    if last is None:
        return acquaintance(pen, paragraph)
    occasion, day = read_occasion(last.text), when(last.date, pen.today)
    days = (pen.today - last.date).days if last.date else 0
    since = occasion.clause or occasion.since
    clause = f"{since} {day}" if since else f"we were last in touch, {day}"
    if days > _VERY_LONG_AGO_DAYS:
        choices = [f"It has been a long time since {clause}.", f"Too much time has gone by since {clause}."]
    elif days > _LONG_AGO_DAYS:
        choices = [f"It has been a while since {clause}.", f"It is some time now since {clause}."]
    elif occasion.theirs:
        choices = [f"Thank you for {occasion.thing} {day}."]
    elif occasion.clause:
        choices = [
            f"{since} {day}, and I wanted to hear how you are.",
            f"Since {clause}, I have wondered how things are with you.",
        ]
    else:
        choices = [f"Since {since} {day}, I have wondered how things are with you."] if since else []
        choices = choices or [f"We were last in touch {day}, and I wanted to hear how you are."]
    return [say(pen.vary(*choices), last, paragraph=paragraph)]


def last_met(pen: Pen, paragraph: int = 1) -> list[Sentence]:
    """The last time in touch as one plain sentence, where it has a name; else where the two know each other from."""
    last = pen.plan.occasion
    occasion = read_occasion(last.text) if last else None
    if last is None or occasion is None or not last.date:
        return acquaintance(pen, paragraph)
    day = when(last.date, pen.today)
    if not (occasion.clause or occasion.thing):
        met = acquaintance(pen, paragraph)
        return met or [
            say(
                f"We were last in touch {day}, and I have something that may be of use to you.",
                last,
                paragraph=paragraph,
            )
        ]
    if occasion.theirs:
        return [say(f"Thank you for {occasion.thing} {day}.", last, paragraph=paragraph)]
    return [say(f"{occasion.clause} {day}.", last, paragraph=paragraph)]


_RECENT_DAYS = 90


def before_question(pen: Pen, paragraph: int = 1) -> list[Sentence]:
    """The last time in touch as a way into a request; where the two know each other from, if it has no name."""
    last = pen.plan.occasion
    occasion = read_occasion(last.text) if last else None
    since = (occasion.clause or occasion.since) if occasion else ""
    if last is None or not since:
        return acquaintance(pen, paragraph)
    day = when(last.date, pen.today)
    if last.date and (pen.today - last.date).days > _RECENT_DAYS:
        text = f"It has been a while since {since} {day}, and I am writing with a question."
    elif occasion and occasion.clause:
        text = f"{since} {day}, and now I have a question."
    else:
        text = f"I am coming back to you after {since} {day}, with a question."
    return [say(text, last, paragraph=paragraph)]


def thanks_for_time(pen: Pen, paragraph: int = 1) -> list[Sentence]:
    """ "Thank you for the lunch in Delft in September.": for a meeting, a call or a message that has a name."""
    last = pen.plan.occasion
    if last is None:
        return acquaintance(pen, paragraph)
    occasion, day = read_occasion(last.text), when(last.date, pen.today)
    if occasion.thing:
        return [say(f"Thank you for {occasion.thing} {day}.", last, paragraph=paragraph)]
    if occasion.at:
        return [say(f"I am coming back to you after {occasion.since} {day}.", last, paragraph=paragraph)]
    return [say(f"I am coming back to you after our last exchange, {day}.", last, paragraph=paragraph)]


# --- asking after something -------------------------------------------------------------------------------------

# What one does with one's own hands or legs; everything else one reads about.
_ACTIVITY = re.compile(
    r"\b(?:\w+ing|chess|fado|yoga|judo|tennis|football|theatre|opera|jazz|ceramics|pottery|choir|karate|golf|cricket"
    r"|hockey|shinty|rugby|hurling|lacrosse|bowls|darts|snooker|softball|baseball|basketball|volleyball|curling|poker|pilates|ballet|squash|badminton|origami|calligraphy|embroidery)\b"
)
PLACE_OF_ACTIVITY = re.compile(
    r"(?:your )?(?:\w+ )?(?:allotment|garden|choir|band|boat|orchard|workshop|farm|vineyard|studio|dog|bees|hens"
    r"|cello|violin"
    r"|piano|fiddle|greenhouse|kiln|bike|camper van|caravan|cottage|beehives|hives)"
)
_SUBJECT_MATTER = re.compile(
    r"\b(?:printing|computing|engineering|banking|housing|funding|farming|accounting|mapping|planning|pricing|learning"
    r"|manufacturing|recycling|nursing|teaching|testing|marketing|building|clothing|lighting)\b"
)


MADE = re.compile(
    r"(?:writing|making|building|preparing|editing|designing|developing|curating|composing) (?=an? |the |your )"
)


def ask_after(pen: Pen, topic: Evidence, paragraph: int = 1) -> list[Sentence]:
    """One question about what of theirs the message speaks to."""
    if topic.kind is FactKind.NEED:
        sought = pen.need_object(re.split(r"[,;(]", topic.text)[0])
        text = pen.vary(
            f"Have you found {sought} yet?",
            f"Are you still looking for {sought}?",
            f"Did you ever find {sought}?",
        )
        return [say(text, topic, paragraph=paragraph)]
    if topic.kind in (FactKind.PLACE, FactKind.EMPLOYER):
        return [say(_after_life(pen, topic), topic, paragraph=paragraph)]
    if topic.kind is FactKind.INTEREST:
        return [say(_after_interest(pen, topic_of(pen, topic)), topic, paragraph=paragraph)]
    return _after_project(pen, topic, MADE.sub("", topic_of(pen, topic)), paragraph)


def place_of(topic: Evidence) -> str:
    """The bare place or house of a fact: "lives in Halifax since 2020" -> "Halifax"."""
    bare = re.split(r",|;|\b(?:since|from|until|for|after|with) ", topic.text)[0].strip()
    named = re.search(r"(?:the )?[A-Z][\w'’.&-]*(?: (?:of |the |& |and )?[A-Z][\w'’.&-]*)*$", bare)
    return named.group() if named else bare


def _after_life(pen: Pen, topic: Evidence) -> str:
    where = place_of(topic)
    if topic.kind is FactKind.EMPLOYER:
        return pen.vary(f"How are things at {grammar.with_the(where)}?", f"How is work at {grammar.with_the(where)}?")
    return pen.vary(f"How is life in {where}?", f"How are you finding {where}?")


HOPES = ("hopes", "plans", "intends", "aims", "dreams")


def _after_interest(pen: Pen, what: str) -> str:
    verb, _, rest = what.partition(" ")
    if verb in HOPES:
        return f"Do you still {base_of(verb)[0]} {rest}?"
    if shape_of(what) is Shape.FINITE and base_of(verb)[1] == "s":
        return pen.vary(
            f"Do you still {base_of(verb)[0]} {rest}?", f"Do you still find time to {base_of(verb)[0]} {rest}?"
        )
    if PLACE_OF_ACTIVITY.fullmatch(what):
        thing = re.sub(r"^(?:an?|the|your) ", "", what)
        return f"How {'are' if grammar.is_plural(what) else 'is'} the {thing}?"
    if _ACTIVITY.search(what) and not _SUBJECT_MATTER.search(what):
        return pen.vary(
            f"Do you still find time for {what}?",
            f"Is there still time for {what}?",
            f"Are you still finding time for {what}?",
        )
    return pen.vary(
        f"Have you come across anything new on {what} lately?",
        f"What is new in {what}?" if len(what.split()) <= 3 else f"Is there anything new on {what}?",
    )


def _after_project(pen: Pen, topic: Evidence, what: str, paragraph: int) -> list[Sentence]:
    shape = shape_of(what)
    if shape is Shape.GERUND:
        text = pen.vary(f"How are you getting on with {what}?", f"How is it going with {what}?")
        return [say(text, topic, paragraph=paragraph)]
    if shape in (Shape.CLAUSE, Shape.BARE, Shape.FINITE, Shape.PAST):
        asked = say("How is that coming along?", paragraph=paragraph)
        verb, _, rest = what.partition(" ")
        deed = f"{base_of(verb)[0]} {rest}" if shape is Shape.FINITE else what
        told = f"I remember that {what if shape is Shape.CLAUSE else f'you {deed}'}."
        return [say(told, topic, paragraph=paragraph), asked]
    if grammar.is_titled(what):
        return [
            say(
                pen.vary(f"How is {what} coming along?", f"How are you getting on with {what}?"),
                topic,
                paragraph=paragraph,
            )
        ]
    thing = re.sub(r"^(?:an?|the|your|some) ", "", what)
    are = "are" if grammar.is_plural(what) else "is"
    article = "your" if what.startswith("your ") or re.match(r"an? ", what) else "the"
    text = pen.vary(
        f"How {are} {article} {thing} coming along?",
        f"How {are} {article} {thing} going?",
        f"How are you getting on with {article} {thing}?",
    )
    return [say(text, topic, paragraph=paragraph)]


def because_of(pen: Pen, topic: Evidence, own: Sequence[Evidence] = ()) -> str:
    """Why this is for them, as a clause: "because you are interested in lichens"."""
    what = topic_of(pen, topic)
    if topic.source == "note" and topic.kind is None:
        said = {fold(word) for one in own for word in re.findall(r"\b[A-Z][\w'’-]{3,}", one.text)}
        return f"because {_deed(pen, their_clause(topic.text, said, pen.first))}"
    if topic.kind is FactKind.INTEREST and shape_of(topic.text) is Shape.FINITE:
        return f"because {_deed(pen, topic.text)}"
    if topic.kind is FactKind.NEED:
        return f"because you were looking for {pen.need_object(topic.text)}"
    if topic.kind is FactKind.INTEREST:
        return f"because you are interested in {what}"
    if topic.kind is FactKind.ROLE:
        return f"because {grammar.role_clause(topic.text.split(',')[0], pen.name)}"
    if topic.kind is FactKind.OFFER:
        return "because you know about this"
    shape = shape_of(what)
    if topic.kind is FactKind.PROJECT and shape is Shape.GERUND:
        return f"because you are {what}"
    if topic.kind is FactKind.PROJECT and shape in (Shape.BARE, Shape.CLAUSE):
        return f"because {'you ' if shape is Shape.BARE else ''}{what}"
    return f"because of {your_thing(what)}" if topic.kind is FactKind.PROJECT else f"because of {what}"


def _deed(pen: Pen, clause: str) -> str:
    """ "dreams of getting inside" -> "you dream of getting inside"; "writing a book" -> "you are writing a book"."""
    verb, _, rest = clause.partition(" ")
    base, form = base_of(verb)
    said = f"are {verb}" if form == "ing" else base
    return f"you {said} {pen.to_you(rest)}".rstrip(".")


# --- thanks -----------------------------------------------------------------------------------------------------


def thanks(pen: Pen, paragraph: int = 1) -> list[Sentence]:
    """ "Thank you for reading my talk and cutting it by half in December 2025." """
    told = pen.plan.thanks
    if told is None:
        return []
    if told.source == "own":
        return _own_thanks(pen, told, paragraph)
    occasion, day = read_occasion(told.occasion), when(told.date, pen.today)
    what = grammar.favour_gerund(pen.to_you(told.text))
    is_named = bool(occasion.since) and fold(occasion.since) in fold(told.text)
    where = f" when {occasion.clause} {day}" if occasion.clause and not is_named else f" {day}"
    return [say(f"Thank you for {what}{where}.", told, paragraph=paragraph)]


_THANKING = re.compile(r"\bthank|\bgrateful\b|\bappreciat", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:to )?(?:say )?(?:thanks?|thank you|cheers)(?: (?:her|him|them|you))?(?: so much)? (?=for\b)", re.IGNORECASE
)
_SUBJECT = re.compile(r"(?:i|we|thank|you|it|that|your|my|she|he|they|her|his|their)\b", re.IGNORECASE)


def _own_thanks(pen: Pen, told: Evidence, paragraph: int) -> list[Sentence]:
    """The user's own words as thanks: a deed or a thing is thanked for, a whole sentence stands after the thanks."""
    bare = re.sub(r"^for (?=\w)", "", _LEAD.sub("", told.text.strip()))
    thing, _, more = bare.partition(", ")
    if more and (has_finite(f"x {more}") or _SUBJECT.match(more)) and not (_SUBJECT.match(thing) or has_finite(thing)):
        first = say(
            f"Thank you for {grammar.favour_gerund(pen.to_you(grammar.lower_first(thing)))}.", told, paragraph=paragraph
        )
        return [first, *(say(text, told, paragraph=paragraph) for text in own_sentences(pen, more))]
    is_thing = re.match(r"(?:her|his|their|your) (?:[\w-]+ ){0,4}\w+$", bare, re.IGNORECASE)
    if (_SUBJECT.match(bare) or has_finite(bare)) and not is_thing:
        start = [] if _THANKING.search(bare) else [say("I want to say thank you.", paragraph=paragraph)]
        return [*start, *(say(text, told, paragraph=paragraph) for text in own_sentences(pen, bare))]
    what = grammar.favour_gerund(pen.to_you(grammar.lower_first(bare)))
    return [say(f"Thank you for {what}.", told, paragraph=paragraph)]
