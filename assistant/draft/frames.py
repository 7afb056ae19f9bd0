"""Sentences of the plain writer, each a frame around evidence that says only what the evidence says.

The frame differs from contact to contact. It must never state a fact without naming the evidence it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain import CommonGround, Evidence, FactKind, Give, Sentence
from assistant.draft import grammar
from assistant.draft.pen import Pen, say
from assistant.text import fold, split_sentences

_OPEN_DAYS = 180  # a need that a stranger made public is taken to be open that long
_STALE_DAYS = 45  # a need older than this is told in the past: it may have been met since


_IS_SENTENCE = re.compile(
    r"(?:i|we|my|our|you|your|would|could|shall|she|he|they|it|this|that|there|both|thank|thanks)\b", re.IGNORECASE
)


def own_sentences(pen: Pen, words: str, as_offer: bool = False, turned: bool = True) -> list[str]:
    """The user's own words as they would say them to the person; a bare phrase becomes a sentence.

    `turned` says whether "she" in them is the reader.
    """
    found = []
    for part in split_sentences(" ".join(words.split())):
        phrase = (pen.to_you(part.text) if turned else part.text).rstrip(".")
        if part.text.endswith((".", "?", "!")) or _IS_SENTENCE.match(phrase):
            found.append(f"{phrase}{'' if phrase.endswith(('?', '!')) else '.'}")
        elif as_offer:
            found.append(f"{grammar.offer_clause(phrase)}.")
        else:
            found.append(f"I am writing about {grammar.lower_first(phrase)}.")
    return found


def need(pen: Pen, need: Evidence, paragraph: int) -> Sentence:
    sought = grammar.need_object(need.text, pen.name)
    occasion = grammar.occasion_clause(need.occasion)
    when = grammar.when(need.date, pen.today)
    is_fresh = need.date is not None and (pen.today - need.date).days <= _STALE_DAYS
    looking = "were looking for"
    if not pen.plan.known:
        is_open = need.date is not None and (pen.today - need.date).days <= _OPEN_DAYS
        text = f"As I understand it, you {'are looking for' if is_open else looking} {sought}."
        return say(text, need, paragraph=paragraph)
    if occasion:
        text = pen.vary(
            f"When {occasion} {when}, you {looking} {sought}.",
            f"You told me {when}, when {occasion}, that you {'are looking for' if is_fresh else looking} {sought}.",
            f"I still have it in mind that you {looking} {sought} when {occasion} {when}.",
        )
    elif when:
        text = pen.vary(f"{when} you {looking} {sought}.", f"I remember that {when} you {looking} {sought}.")
        text = f"I gather you are looking for {sought}." if is_fresh else text
    else:
        text = f"I gather you are looking for {sought}."
    return say(text, need, paragraph=paragraph)


def offer(pen: Pen, give: Give, paragraph: int) -> Sentence:
    clause = grammar.offer_clause(give.offer.text)
    clause = _with_that(_with_one(clause, give.need), give.need)
    verb = fold(clause.split()[1]) if len(clause.split()) > 1 else ""
    if clause.startswith("I can offer"):
        return say(f"{clause}.", give.offer, paragraph=paragraph)
    if verb == "know":
        tail = pen.vary(
            "and would be glad to put you in touch",
            "and would gladly introduce the two of you",
            "and would be happy to ask on your behalf",
        )
    elif verb in ("can", "could"):
        tail = pen.vary("and would be glad to", "and would be happy to", "and would gladly do so")
    else:
        tail = pen.vary("and you would be welcome to it", "and would be glad to share it with you")
    return say(
        f"{clause}, {tail}." if len(clause.split()) > 9 else f"{clause} {tail}.", give.offer, paragraph=paragraph
    )


def _with_one(clause: str, need: Evidence | None) -> str:
    """ "I know a notary in Lisbon" -> "I know one in Lisbon" where the need has just named the notary."""
    match = re.match(r"(?P<start>I (?:know|have)) an? (?P<noun>[a-z]+)(?= (?:in|at|who|that|near|from)\b)", clause)
    if match and need and re.search(rf"\b{match.group('noun')}\b", need.text, re.IGNORECASE):
        return f"{match.group('start')} one{clause[match.end() :]}"
    return clause


def _with_that(clause: str, need: Evidence | None) -> str:
    """ "I can share ten years of data" -> "I can share that" where the need has just said the very words."""
    match = re.match(r"(?P<start>I can (?:share|send|give|lend|offer)) (?P<what>.+)$", clause)
    if match and need and fold(match.group("what")) in fold(need.text):
        return f"{match.group('start')} {'you one' if re.match('an? ', match.group('what')) else 'that'}"
    return clause


def ask_about(pen: Pen, give: Give) -> str:
    if grammar.offer_clause(give.offer.text).startswith("I know"):
        return pen.vary("Shall I?", "Shall I write to them?", "Would you like me to?")
    return pen.vary(
        "Would that help?",
        "Would that be useful?",
        "Shall we?" if "teach" in give.offer.text else "Would you like that?",
    )


_PERSON = re.compile(
    r"\b(?!projector|sensor|motor|monitor|generator|printer|computer|paper|container|trailer|water)(?:someone"
    r"|somebody|\w{2,}(?:er|or|ist|ary|ant|ian|eer|man|woman|logist|tor))\b",
    re.IGNORECASE,
)


def easy_no(pen: Pen, give: Give | None, paragraph: int) -> Sentence:
    need = grammar.need_object(give.need.text, pen.name) if give and give.need else ""
    if _PERSON.search(" ".join(need.split()[:4])):
        text = pen.vary(
            "If you have found someone since, no need to answer.",
            "If you have found someone by now, all the better, and no need to reply.",
        )
    elif need:
        text = pen.vary(
            "If it is no longer needed, no need to answer.",
            "And if not, that is quite all right.",
        )
    else:
        text = pen.vary(
            "And if not, that is quite all right.",
            "No hurry, and no need to answer if it is not for you.",
        )
    return say(text, paragraph=paragraph)


_HEARD = re.compile(
    r"^(?:i )?(?P<verb>heard|read|saw|watched|listened to|met|enjoyed|visited|attended|joined|followed)\b",
    re.IGNORECASE,
)


def opening(pen: Pen, telling: Sequence[Evidence]) -> list[Sentence]:
    """One or two sentences about the person, from what was noted of them."""
    said: list[Sentence] = []
    role_told = False
    for one in telling:
        text = _heard(pen, one)
        if not text and one.kind in (FactKind.ROLE, FactKind.EMPLOYER) and not role_told:
            role_told, text = True, _role(pen, one, first=not said)
        elif not text and one.kind is FactKind.PROJECT:
            text = _project(pen, one, first=not said)
        elif not text and one.kind is FactKind.INTEREST:
            text = f"I gather you are interested in {pen.to_you(grammar.lower_first(one.text))}."
        elif not text and one.kind is FactKind.EVENT:
            text = f"I noted that you were at {grammar.with_the(one.text)}." if one.text[:1].isupper() else ""
        if text:
            said.append(say(text, one))
    return said[:2]


def _heard(pen: Pen, one: Evidence) -> str:
    """ "I heard your talk on salt marshes at …" where the note begins with what the user did."""
    quote = " ".join(one.quote.split())
    match = _HEARD.match(quote)
    if not match or re.search(r"\b(?:me|my|said|says|told|but|because)\b|[;:—]", quote):
        return ""
    rest = pen.to_you(quote[match.end() :].strip()).rstrip(".")
    when = grammar.when(one.date, pen.today)
    when = "" if re.search(r"\b(?:19|20)\d\d\b|\b(?:in|last|this) \w+$", rest) else when
    return f"I {match.group('verb').lower()} {rest} {when}."


def _role(pen: Pen, one: Evidence, first: bool) -> str:
    if one.kind is FactKind.EMPLOYER:
        return f"I am writing because of your work at {one.text}." if first else f"I know you work at {one.text}."
    clause = grammar.role_clause(one.text, pen.name)
    if first and clause.startswith("you work as "):
        return f"I am writing because of your work as {clause.removeprefix('you work as ')}."
    return f"I am writing because {clause}." if first else f"I gather {clause}."


_DOING = re.compile(
    r"[a-z]+ing (?:(?:up|out|down|on|for|with|to|in|at|from|into) |(?:the|an?|your|some|two|three|new|old|\d+) )"
)


def _project(pen: Pen, one: Evidence, first: bool) -> str:
    what = pen.to_you(grammar.lower_first(one.text))
    if _DOING.match(what):
        return f"I am writing because you are {what}." if first else f"I gather you are {what}."
    if not re.match(r"(?:an?|the|your)\b", what):
        return f"I am writing because of your project: {what}." if first else f"I noted your project: {what}."
    return f"I am writing because of your project, {what}." if first else f"I gather you are working on {what}."


def myself(pen: Pen, paragraph: int) -> Sentence:
    """ "I am Dana Marlow, founder of Tidewise in Bristol.", as far as the user's own record tells."""
    me = pen.material.me
    records = {one.field: one for one in pen.plan.evidence if one.about == me.id and one.source == "record"}
    text, used = f"I am {me.name}", []
    if "title" in records:
        title = grammar.lower_first(records["title"].text)
        title = title[0].lower() + title[1:] if title.split()[0].istitle() else title
        text += f", {title}"
        used.append(records["title"])
    if "org" in records:
        text += f" {'of' if 'title' in records else 'at'} {records['org'].text}"
        used.append(records["org"])
    if "location" in records:
        text += f" in {records['location'].text.split(',')[0]}"
        used.append(records["location"])
    return say(f"{text}.", *used, paragraph=paragraph)


def shared(pen: Pen, ground: CommonGround, paragraph: int) -> Sentence | None:
    """What the user has in common with the person, said from the user's side."""
    what = ground.text
    frames = {
        "education": (f"Like you, I studied at {grammar.with_the(what)}.",),
        "employer": (f"Like you, I have worked at {grammar.with_the(what)}.",),
        "place": (f"Like you, I know {what}.",),
        "event": (f"We were both at {grammar.with_the(what)}.", f"I was at {grammar.with_the(what)} too, like you."),
        "interest": (
            f"Like you, I care about {grammar.lower_first(what)}.",
            f"We share an interest in {grammar.lower_first(what)}.",
        ),
    }
    if ground.kind == "offer_met":
        need = grammar.with_article(grammar.lower_first(ground.mine.text))
        return say(
            f"I am looking for {need}, and I gather that is something you know about.",
            ground.mine,
            ground.theirs,
            paragraph=paragraph,
        )
    if ground.kind not in frames:
        return None
    return say(pen.vary(*frames[ground.kind]), ground.mine, ground.theirs, paragraph=paragraph)


def exchange(pen: Pen, telling: Sequence[Evidence], paragraph: int) -> Sentence:
    """One small ask, about the thing the message is about."""
    offers = [ground for ground in pen.plan.hooks if ground.kind == "offer_met"]
    if offers:
        return say(
            pen.vary(
                "May I send you one short question about it?", "Could I ask you one short question about it by mail?"
            ),
            paragraph=paragraph,
        )
    interests = [ground for ground in pen.plan.hooks if ground.kind == "interest"]
    if interests:
        topic = grammar.lower_first(interests[0].text)
        return say(
            f"Would you be open to a short exchange by mail about {topic}?",
            interests[0].mine,
            interests[0].theirs,
            paragraph=paragraph,
        )
    topic = " about it" if any(one.kind is FactKind.PROJECT for one in telling[:1]) else ""
    return say(
        pen.vary(
            f"Would you be open to a short exchange by mail{topic}?",
            f"May I send you one short question{topic} by mail?",
        ),
        paragraph=paragraph,
    )


# --- people and times -------------------------------------------------------------------------------------------


def acquaintance(pen: Pen, paragraph: int = 1) -> list[Sentence]:
    """Where the two know each other from, where the record says it as a thing one can name."""
    for one in pen.plan.evidence:
        if one.field == "how_met" and re.match(r"(?:an?|the) (?!friend|mail|e-?mail)", one.text):
            where = re.sub(r", ((?:19|20)\d\d)$", r" in \1", one.text)
            return [say(f"We know each other from {where}.", one, paragraph=paragraph)]
    return []


def recall(pen: Pen, paragraph: int = 1) -> list[Sentence]:
    """The last time in touch, as a way in."""
    occasion = pen.plan.occasion
    if occasion is None:
        return acquaintance(pen, paragraph)
    clause, when = grammar.occasion_clause(occasion.text), grammar.when(occasion.date, pen.today)
    clause = clause or "we were last in touch,"
    days = (pen.today - occasion.date).days if occasion.date else 0
    if days > _LONG_AGO_DAYS:
        text = pen.vary(
            f"It has been a while since {clause} {when}.",
            f"It is some time now since {clause} {when}.",
        )
    else:
        text = pen.vary(
            f"{grammar.upper_first(clause).rstrip(',')} {when}, and I wanted to hear how things are with you.",
            f"Since {clause.rstrip(',')} {when}, I have wondered how things are with you.",
        )
    return [say(text, occasion, paragraph=paragraph)]


def last_met(pen: Pen, paragraph: int = 1) -> list[Sentence]:
    """The last time in touch as one plain sentence, where it has a name; else where the two know each other from."""
    occasion = pen.plan.occasion
    clause = grammar.occasion_clause(occasion.text) if occasion else ""
    if occasion is None or not clause:
        return acquaintance(pen, paragraph)
    return [say(f"{clause} {grammar.when(occasion.date, pen.today)}.", occasion, paragraph=paragraph)]


_LONG_AGO_DAYS = 60
_GATHERING = re.compile(
    r"^(?:(?:long|short|quick|first|video|phone) )*(?P<noun>coffee|lunch|dinner|breakfast|tea|walk|call|phone|chat"
    r"|visit|meeting|supper)"
    r"\b(?P<rest>(?: (?:in|at|about|by|on|along) [^,;:]+)?)",
    re.IGNORECASE,
)


def thanks_for_time(pen: Pen, paragraph: int = 1) -> list[Sentence]:
    """ "Thank you for the lunch in Delft in September": for a meeting that has a name."""
    occasion = pen.plan.occasion
    match = _GATHERING.match(occasion.text) if occasion else None
    if occasion is None:
        return acquaintance(pen, paragraph)
    if match is None:
        when = grammar.when(occasion.date, pen.today)
        return [say(f"I am coming back to you after our last exchange, {when}.", occasion, paragraph=paragraph)]
    noun = "call" if match["noun"].lower() == "phone" else match["noun"].lower()
    when = grammar.when(occasion.date, pen.today)
    text = f"Thank you for the {noun}{match['rest']} {when}."
    return [say(text, occasion, paragraph=paragraph)]


def person_line(pen: Pen, about: str, name: str, paragraph: int = 1, intro: str = "") -> list[Sentence]:
    """ "Gwen Pritchard is a charity accountant at Pritchard Books in Cardiff.", as far as the record tells."""
    fields = {one.field: one for one in pen.plan.evidence if one.about == about and one.source == "record"}
    used = [fields[key] for key in ("title", "org", "location") if key in fields]
    if not used:
        return []
    text = f"{intro}{name}"
    title = _lower_title(fields["title"].text.split(",")[0]) if "title" in fields else ""
    org = fields["org"].text if "org" in fields else ""
    if title:
        joined = (
            f" of {org}"
            if org and re.match(r"(?:co-)?founder|head$|director|owner", title)
            else f" at {org}"
            if org
            else ""
        )
        text += f" is {_titled(title)}{joined}"
    elif org:
        text += f" works at {org}"
    if "location" in fields:
        place = fields["location"].text.split(",")[0]
        text += f" in {place}" if title or org else f" is in {place}"
    return [say(f"{text}.", *used, paragraph=paragraph)]


def _lower_title(title: str) -> str:
    """A job title in running text: "Head of surveys" is "head of surveys", "CEO" stays."""
    first = title.split()[0]
    return title if first.isupper() and len(first) > 1 else title[0].lower() + title[1:]


def _titled(title: str) -> str:
    unique = re.match(
        r"(?:co-)?(?:founder|head|director|chair|lead|president|owner|ceo|cto|partner|editor)\b", title, re.IGNORECASE
    )
    return title if unique else grammar.with_article(title)


# --- asking after something -------------------------------------------------------------------------------------


def is_doing(phrase: str) -> bool:
    """Whether a project is told as something one does: "printing the tables", not "reading rooms"."""
    return bool(_DOING.match(phrase))


_ACTIVITY = re.compile(r"\b(?:\w+ing|chess|fado|yoga|judo|tennis|football|theatre|opera|jazz|ceramics)\b")
_PLACE_OF_ACTIVITY = re.compile(r"(?:\w+ )?(?:allotment|garden|choir|band|boat|orchard|workshop|farm|vineyard|studio)")
_SUBJECT_MATTER = re.compile(r"\b(?:printing|computing|engineering|banking|housing|funding|farming|accounting)\b")


def ask_after(pen: Pen, topic: Evidence, paragraph: int = 1) -> list[Sentence]:
    """One question about what of theirs the message speaks to."""
    what = pen.to_you(grammar.lower_first(re.split(r"[,;(]", topic.text)[0].strip()))
    if topic.kind is FactKind.NEED:
        sought = grammar.need_object(re.split(r"[,;(]", topic.text)[0], pen.name)
        text = pen.vary(f"Have you found {sought} yet?", f"Are you still looking for {sought}?")
        return [say(text, topic, paragraph=paragraph)]
    if topic.kind is FactKind.INTEREST and _PLACE_OF_ACTIVITY.fullmatch(what):
        return [say(f"How is the {what}?", topic, paragraph=paragraph)]
    if topic.kind is FactKind.INTEREST:
        if _ACTIVITY.search(what) and not _SUBJECT_MATTER.search(what):
            text = pen.vary(f"Do you still find time for {what}?", f"Does {what} still get its share of your time?")
        else:
            text = f"Have you come across anything new on {what} lately?"
        return [say(text, topic, paragraph=paragraph)]
    return _ask_after_project(pen, topic, what, paragraph)


def _ask_after_project(pen: Pen, topic: Evidence, what: str, paragraph: int) -> list[Sentence]:
    if _DOING.match(what) or re.match(r"[a-z]{3,}ing\b", what):
        return [say(f"How are you getting on with {what}?", topic, paragraph=paragraph)]
    bare = re.sub(r"^(?:an?|the|your) ", "", what)
    head = re.split(r" (?:for|to|in|on|at|with|from|of|about|near|by|between|that|which) ", bare)[0].split()
    if len(head) > 3:
        asked = say("How is it coming along?", paragraph=paragraph)
        return [say(f"I remember your project: {what}.", topic, paragraph=paragraph), asked]
    are = "are" if head and head[-1].endswith("s") and not head[-1].endswith("ss") else "is"
    article = "your" if what.startswith("your ") else "the"
    text = pen.vary(f"How {are} {article} {bare} coming along?", f"How {are} {article} {bare} going?")
    return [say(text, topic, paragraph=paragraph)]


def because_of(pen: Pen, topic: Evidence) -> str:
    """Why this is for them, as a clause: "because you are interested in lichens"."""
    what = pen.to_you(grammar.lower_first(re.split(r"[,;(]", topic.text)[0].strip()))
    if topic.kind is FactKind.NEED:
        return f"because you were looking for {grammar.need_object(topic.text, pen.name)}"
    if topic.kind is FactKind.INTEREST:
        return f"because you are interested in {what}"
    if topic.kind is FactKind.ROLE:
        return f"because {grammar.role_clause(topic.text, pen.name)}"
    if topic.kind is FactKind.PROJECT and _DOING.match(what):
        return f"because you are {what}"
    if topic.kind is FactKind.PROJECT and not re.match(r"(?:an?|the|your)\b", what):
        return f"because of your project, {what}"
    if topic.kind is FactKind.PROJECT:
        return f"because you are working on {what}"
    return f"because of {what}"


def still_offer(pen: Pen, give: Give, paragraph: int) -> list[Sentence]:
    """The give beside another question: conditional, so that it asks nothing."""
    clause = _with_that(_with_one(grammar.offer_clause(give.offer.text), give.need), give.need)
    if give.need is None:
        return [say(f"{clause}, should that ever be of use.", give.offer, paragraph=paragraph)]
    sought = grammar.need_object(give.need.text, pen.name)
    text = pen.vary(
        f"If you are still looking for {sought}, {clause}.",
        f"In case you are still looking for {sought}: {clause}.",
    )
    return [say(text, give.need, give.offer, paragraph=paragraph)]


# --- thanks -----------------------------------------------------------------------------------------------------


def thanks(pen: Pen, paragraph: int = 1) -> list[Sentence]:
    """ "Thank you for reading my talk and cutting it by half in December 2025." """
    told = pen.plan.thanks
    if told is None:
        return []
    if told.source == "own":
        return _own_thanks(pen, told, paragraph)
    occasion = grammar.occasion_clause(told.occasion)
    when = grammar.when(told.date, pen.today)
    what = grammar.favour_gerund(pen.to_you(told.text))
    where = f" when {occasion} {when}" if occasion else f" {when}"
    return [say(f"Thank you for {what}{where}.", told, paragraph=paragraph)]


def _own_thanks(pen: Pen, told: Evidence, paragraph: int) -> list[Sentence]:
    said = own_sentences(pen, told.quote)
    if (
        re.match(r"(?:i |we |thank|you )", told.quote, re.IGNORECASE)
        or len(said) > 1
        or told.quote.rstrip().endswith(".")
    ):
        start = (
            []
            if re.search(r"\bthank", told.quote, re.IGNORECASE)
            else [say("I want to say thank you.", paragraph=paragraph)]
        )
        return [*start, *(say(text, told, paragraph=paragraph) for text in said)]
    what = re.sub(r"^for ", "", pen.to_you(grammar.lower_first(told.quote)))
    return [say(f"Thank you for {grammar.favour_gerund(what)}.", told, paragraph=paragraph)]
