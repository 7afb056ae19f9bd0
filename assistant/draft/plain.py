"""The plain writer: a considerate message from typed facts, with no model and no network, in English.

Every sentence is a frame around evidence and says only what the evidence says; the frame differs from contact to
contact. It must never state a fact without naming the evidence it rests on.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from assistant.domain import (
    CommonGround,
    DraftKind,
    Evidence,
    FactKind,
    Give,
    Material,
    Message,
    Plan,
    Sentence,
)
from assistant.draft import grammar
from assistant.text import count_words, fold

_STALE_DAYS = 45  # a need older than this is told in the past: it may have been met since


def write_plain(plan: Plan, material: Material) -> Message:
    """A message for a plan whose outcome is `ready`: greeting, one to three paragraphs, sign-off."""
    pen = Pen(plan, material)
    body = _cold(pen) if plan.kind is DraftKind.COLD else _give_first(pen)
    greeting = Sentence(text=pen.vary(f"Hi {pen.first},", f"Dear {pen.first},", f"Hello {pen.first},"), paragraph=0)
    last = max((sentence.paragraph for sentence in body), default=0) + 1
    sign_off = pen.vary("All the best,", "Best wishes,", "Warm regards,", "With best wishes,")
    closing = Sentence(text=f"{sign_off}\n{material.me.first_name}", paragraph=last)
    subject, cited = _subject(pen)
    return Message(
        kind=plan.kind, subject=subject, subject_evidence=cited, sentences=(greeting, *body, closing), cited=True
    )


class Pen:
    """What every frame needs to hand: the plan, the names, and a choice that is steady for one contact."""

    def __init__(self, plan: Plan, material: Material) -> None:
        self.plan = plan
        self.material = material
        self.name = material.to.name
        self.first = material.to.first_name
        self.today = material.today

    def vary(self, *choices: str) -> str:
        """One of the choices: the same for the same contact and choices, different between contacts."""
        key = f"{self.material.to.id}|{self.plan.kind}|{choices[0]}"
        return choices[int(hashlib.sha256(key.encode()).hexdigest(), 16) % len(choices)]

    def to_you(self, phrase: str) -> str:
        return grammar.to_second_person(phrase, self.name)


def _say(text: str, *evidence: Evidence, paragraph: int = 1) -> Sentence:
    tidy = re.sub(r"\s+([,.;:?!])", r"\1", " ".join(text.split()))
    return Sentence(text=grammar.upper_first(tidy), evidence=tuple(one.id for one in evidence), paragraph=paragraph)


# --- give first -------------------------------------------------------------------------------------------------


def _give_first(pen: Pen) -> list[Sentence]:
    give = pen.plan.give
    if give is None:
        return []
    if give.offer.source == "own":
        return _own_offer(pen, give)
    sentences = [_need(pen, give.need, 1)] if give.need else []
    sentences.append(_offer(pen, give, 1))
    sentences += [_say(_ask(pen, give), paragraph=1), _easy_no(pen, give, 2)]
    return sentences


def _own_offer(pen: Pen, give: Give) -> list[Sentence]:
    said = [_need(pen, give.need, 1)] if give.need else _acquaintance(pen)
    said += [_say(text, give.offer) for text in _own_sentences(pen, give.offer.quote, as_offer=True)]
    said.append(_say(pen.vary("Would that be of use to you?", "Would that help?", "Would you like that?")))
    return [*said, _easy_no(pen, give, 2)]


def _acquaintance(pen: Pen) -> list[Sentence]:
    """Where the two know each other from, where the record says it as a thing one can name."""
    for one in pen.plan.evidence:
        if one.field == "how_met" and re.match(r"(?:an?|the) (?!friend|mail|e-?mail)", one.text):
            where = re.sub(r", ((?:19|20)\d\d)$", r" in \1", one.text)
            return [_say(f"We know each other from {where}.", one)]
    return []


def _own_sentences(pen: Pen, words: str, as_offer: bool = False) -> list[str]:
    """The user's own words as they would say them to the person; a bare phrase becomes a sentence."""
    phrase = pen.to_you(" ".join(words.split())).rstrip(".")
    if re.match(r"(?:i|we|my|our|you|your)\b", phrase, re.IGNORECASE):
        return [f"{phrase}{'' if phrase.endswith(('?', '!')) else '.'}"]
    if as_offer:
        return [f"{grammar.offer_clause(phrase)}."]
    return [f"I am writing about {grammar.lower_first(phrase)}."]


def _need(pen: Pen, need: Evidence, paragraph: int) -> Sentence:
    sought = grammar.need_object(need.text, pen.name)
    occasion = grammar.occasion_clause(need.occasion)
    when = grammar.when(need.date, pen.today)
    is_fresh = need.date is not None and (pen.today - need.date).days <= _STALE_DAYS
    looking = "were looking for"
    if occasion:
        text = pen.vary(
            f"When {occasion} {when}, you {looking} {sought}.",
            f"You told me {when}, when {occasion}, that you {'are looking for' if is_fresh else looking} {sought}.",
            f"I still have it in mind that you {looking} {sought} when {occasion} {when}.",
        )
    elif when:
        text = pen.vary(f"{when} you {looking} {sought}.", f"I noted {when} that you {looking} {sought}.")
        text = f"I gather you are looking for {sought}." if is_fresh else text
    else:
        text = f"I gather you are looking for {sought}."
    return _say(text, need, paragraph=paragraph)


def _offer(pen: Pen, give: Give, paragraph: int) -> Sentence:
    clause = grammar.offer_clause(give.offer.text)
    clause = _with_that(_with_one(clause, give.need), give.need)
    verb = fold(clause.split()[1]) if len(clause.split()) > 1 else ""
    if clause.startswith("I can offer"):
        return _say(f"{clause}.", give.offer, paragraph=paragraph)
    if verb == "know":
        tail = pen.vary(
            "and would be glad to put you in touch",
            "and would gladly introduce the two of you",
            "and would be happy to ask on your behalf",
        )
    elif verb in ("can", "could"):
        tail = pen.vary("and would be glad to", "and I would be happy to", "and would gladly do so")
    else:
        tail = pen.vary("and you would be welcome to it", "and would be glad to share it with you")
    return _say(
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


def _ask(pen: Pen, give: Give) -> str:
    if grammar.offer_clause(give.offer.text).startswith("I know"):
        return pen.vary("Shall I?", "Shall I write to them?", "Would you like me to?")
    return pen.vary(
        "Would that help?",
        "Would that be useful?",
        "Shall we?" if "teach" in give.offer.text else "Would you like that?",
    )


_PERSON = re.compile(
    r"\b(?!projector|sensor|motor|monitor|generator|printer|computer|paper|container|trailer|water)(?:someone|somebody|\w{2,}(?:er|or|ist|ary|ant|ian|eer|man|woman|logist|tor))\b",
    re.IGNORECASE,
)


def _easy_no(pen: Pen, give: Give | None, paragraph: int) -> Sentence:
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
    return _say(text, paragraph=paragraph)


# --- cold -------------------------------------------------------------------------------------------------------


def _cold(pen: Pen) -> list[Sentence]:
    plan = pen.plan
    hooks = {side.id for ground in plan.hooks for side in (ground.theirs, ground.mine)}
    give_ids = {side.id for side in (plan.give.need, plan.give.offer) if side} if plan.give else set()
    telling = [one for one in plan.evidence if one.about == pen.material.to.id and one.id not in hooks | give_ids]
    sentences = _opening(pen, telling)
    sentences += [_myself(pen, 2)]
    asking_last = sorted(plan.hooks, key=lambda ground: ground.kind == "offer_met")
    sentences += [said for ground in asking_last if (said := _shared(pen, ground, 2))]
    own = [one for one in plan.evidence if one.source == "own"]
    sentences += [_say(text, one, paragraph=2) for one in own for text in _own_sentences(pen, one.quote)]
    if plan.give:
        sentences += [_need(pen, plan.give.need, 3)] if plan.give.need else []
        sentences += [_offer(pen, plan.give, 3), _say(_ask(pen, plan.give), paragraph=3)]
    else:
        sentences.append(_exchange(pen, telling, 3))
    sentences.append(_easy_no(pen, plan.give, 3))
    return sentences


_HEARD = re.compile(
    r"^(?:i )?(?P<verb>heard|read|saw|watched|listened to|met|enjoyed|visited|attended|joined|followed)\b",
    re.IGNORECASE,
)


def _opening(pen: Pen, telling: Sequence[Evidence]) -> list[Sentence]:
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
            said.append(_say(text, one))
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


def _myself(pen: Pen, paragraph: int) -> Sentence:
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
    return _say(f"{text}.", *used, paragraph=paragraph)


def _shared(pen: Pen, ground: CommonGround, paragraph: int) -> Sentence | None:
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
        return _say(
            f"I am looking for {need}, and I gather that is something you know about.",
            ground.mine,
            ground.theirs,
            paragraph=paragraph,
        )
    if ground.kind not in frames:
        return None
    return _say(pen.vary(*frames[ground.kind]), ground.mine, ground.theirs, paragraph=paragraph)


def _exchange(pen: Pen, telling: Sequence[Evidence], paragraph: int) -> Sentence:
    """One small ask, about the thing the message is about."""
    offers = [ground for ground in pen.plan.hooks if ground.kind == "offer_met"]
    if offers:
        return _say(
            pen.vary(
                "May I send you one short question about it?", "Could I ask you one short question about it by mail?"
            ),
            paragraph=paragraph,
        )
    interests = [ground for ground in pen.plan.hooks if ground.kind == "interest"]
    if interests:
        topic = grammar.lower_first(interests[0].text)
        return _say(
            f"Would you be open to a short exchange by mail about {topic}?",
            interests[0].mine,
            interests[0].theirs,
            paragraph=paragraph,
        )
    topic = " about it" if any(one.kind is FactKind.PROJECT for one in telling[:1]) else ""
    return _say(
        pen.vary(
            f"Would you be open to a short exchange by mail{topic}?",
            f"May I send you one short question{topic} by mail?",
        ),
        paragraph=paragraph,
    )


# --- subject ----------------------------------------------------------------------------------------------------

_MOST_SUBJECT_WORDS = 8


def _subject(pen: Pen) -> tuple[str, tuple[str, ...]]:
    """What the message is about in a few words, with the evidence they rest on."""
    give = pen.plan.give
    if give and give.need:
        return _need_subject(pen, give.need), (give.need.id,)
    if give:
        words = _own_sentences(pen, give.offer.quote, as_offer=True)[0].rstrip(".")
        return _shorten(_OFFERING.sub("", words)), (give.offer.id,)
    for ground in pen.plan.hooks:
        if ground.kind != "offer_met" and count_words(ground.text) < _MOST_SUBJECT_WORDS:
            return grammar.upper_first(ground.text), (ground.mine.id, ground.theirs.id)
    telling = [one for one in pen.plan.evidence if one.about == pen.material.to.id]
    if telling:
        return _shorten(pen.to_you(telling[0].text)), (telling[0].id,)
    own = [one for one in pen.plan.evidence if one.source == "own"]
    return (_shorten(pen.to_you(own[0].quote)), (own[0].id,)) if own else ("A short question", ())


_OFFERING = re.compile(
    r"^I (?:can|could|would be (?:happy|glad) to) (?:(?:lend|give|send|show|offer|bring|get) (?:you )?)?"
)


def _need_subject(pen: Pen, need: Evidence) -> str:
    sought = grammar.need_object(need.text, pen.name)
    named = re.match(r"an? (?P<noun>[\w-]+(?: [\w-]+)?)(?=$| (?:in|at|for|who|that|to|with|from|of)\b)", sought)
    if named:
        return f"The {named.group('noun')} you were looking for"
    return _shorten(sought.removeprefix("a way to ").removeprefix("some "))


def _shorten(text: str) -> str:
    """At most eight words, cut before a preposition where that is possible."""
    head = re.split(r"[,;:(]", text)[0]
    words = (head if count_words(head) >= 3 else text).rstrip(".,;:").split()
    if len(words) > _MOST_SUBJECT_WORDS:
        words = words[:_MOST_SUBJECT_WORDS]
        while len(words) > 3 and fold(words[-1]) in _LOOSE_ENDS:
            words.pop()
    return grammar.upper_first(" ".join(words)).rstrip(",;:")


_LOOSE_ENDS = frozenset(
    "a an the to for of in on at with by and or from who that which your my about as is are".split()
)
