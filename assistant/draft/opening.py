"""How a message to somebody new begins: why them, who the user is, what the two share, one small question.

Each sentence is a frame around evidence. It must never claim that the two met, nor praise what was not praised.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain import Channel, CommonGround, Evidence, FactKind, Sentence
from assistant.draft import grammar
from assistant.draft.occasions import when
from assistant.draft.pen import Pen, say
from assistant.verbs import Shape, base_of, shape_of

_HEARD = re.compile(
    r"^(?:i )?(?P<verb>heard|read|saw|watched|listened to|met|enjoyed|visited|attended|joined|followed)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r", (?:(?:january|february|march|april|may|june|july|august|september|october|november|december) )?(?:19|20)\d\d$",
    re.IGNORECASE,
)


def opening(pen: Pen, telling: Sequence[Evidence]) -> list[Sentence]:
    """One sentence on why it is this very person, from what was noted of them; a second where the user heard them."""
    said: list[Sentence] = []
    for one in telling:
        heard = _heard(pen, one)
        if heard:
            said.insert(0, say(heard, one))
        elif not any(not _HEARD.match(other.text) for other in said):
            text = _reason(pen, one)
            said += [say(text, one)] if text else []
    return said[:2]


def by_post(pen: Pen, telling: Sequence[Evidence]) -> list[Sentence]:
    """Why this person, where nothing but their post or their place of work tells: the least of reasons."""
    for one in telling:
        text = _by_post(pen, one)
        if text:
            return [say(text, one)]
    return []


def _by_post(pen: Pen, one: Evidence) -> str:
    if one.kind is FactKind.EMPLOYER:
        return f"I am writing because of your work at {grammar.with_the(one.text.split(',')[0])}."
    if one.kind is not FactKind.ROLE:
        return ""
    clause = grammar.role_clause(one.text.split(",")[0], pen.name)
    if clause.startswith("you work as "):
        return f"I am writing because of your work as {clause.removeprefix('you work as ')}."
    return f"I am writing because {clause}."


def _heard(pen: Pen, one: Evidence) -> str:
    """ "I heard your talk on salt marshes at …" where the note begins with what the user did."""
    quote = " ".join(one.quote.split())
    match = _HEARD.match(quote)
    if not match or re.search(r"\b(?:me|my|said|says|told|but|because)\b|[;:—]", quote):
        return ""
    rest = pen.to_you(quote[match.end() :].strip()).rstrip(".")
    day = when(one.date, pen.today)
    day = "" if re.search(r"\b(?:19|20)\d\d\b|\b(?:in|last|this) \w+$", rest) else day
    return f"I {match['verb'].lower()} {rest} {day}."


def _reason(pen: Pen, one: Evidence) -> str:
    """Why the user writes to them, as one sentence; empty where the fact is no reason."""
    if one.kind is FactKind.PROJECT:
        return _project(pen, one)
    if one.kind is FactKind.INTEREST and shape_of(one.text) is Shape.FINITE:
        verb, _, rest = one.text.partition(" ")
        return f"I gather you {base_of(verb)[0]} {pen.to_you(rest)}."
    if one.kind is FactKind.INTEREST:
        return f"I gather you are interested in {topic_of(pen, one)}."
    return _event(pen, one) if one.kind is FactKind.EVENT else ""


def _project(pen: Pen, one: Evidence) -> str:
    what, shape = pen.to_you(grammar.lower_first(one.text)), shape_of(one.text)
    if shape is Shape.GERUND:
        return pen.vary(f"I am writing because you are {what}.", f"As I understand it, you are {what}.")
    if shape is Shape.CLAUSE:
        return f"Your {re.sub(r'^(?:the|your) ', '', what)}, and that is why I am writing."
    if shape is Shape.BARE:
        return f"I am writing because you {what}."
    thing = your_thing(what)
    return pen.vary(f"I am writing because of {thing}.", f"I am writing about {thing}.")


def your_thing(what: str) -> str:
    """ "a surge model" -> "your surge model"; what is somebody's already stays theirs."""
    if re.match(r"(?:your|his|her|their|[A-Z][\w]+['’]s)\b", what) or grammar.is_titled(what):
        return what
    return f"your {re.sub(r'^(?:an?|the|some) ', '', what)}"


def _event(pen: Pen, one: Evidence) -> str:
    """ "I saw that you gave a talk at …": what they did in public; where both just were, `shared` says it."""
    what = _YEAR.sub("", one.text)
    verb = what.split()[0] if what.split() else ""
    base, form = base_of(verb)
    if form == "past" and base not in ("go", "be", "attend", "visit"):
        what = re.sub(r"\b(at|in|to) (?=[A-Z])(.+)$", lambda m: f"{m[1]} {grammar.with_the(m[2])}", what)
        return f"I am writing because you {pen.to_you(what)}."
    return ""


def topic_of(pen: Pen, one: Evidence) -> str:
    """An interest or a project, said to the person, without what trails behind a comma."""
    return pen.to_you(grammar.lower_first(re.split(r"[,;(]", one.text)[0].strip()))


def myself(pen: Pen, paragraph: int, with_work: bool = True) -> Sentence:
    """ "I am Dana Marlow, founder of Tidewise in Bristol; my work is on tide gauges.", as far as the record tells."""
    me = pen.material.me
    fields = {one.field: one for one in pen.plan.evidence if one.about == me.id and one.source == "record"}
    used = [fields[key] for key in ("title", "org", "location") if key in fields]
    title = grammar.lower_title(fields["title"].text) if "title" in fields else ""
    text = f"I am {me.name}"
    if title:
        text += f", {title if grammar.is_post(title) else grammar.with_article(title)}"
    if "org" in fields and fields["org"].text.casefold() not in title.casefold():
        text += f" {'of' if grammar.is_founder(title) else 'at'} {grammar.with_the(fields['org'].text)}"
    if "location" in fields:
        text += f" in {fields['location'].text.split(',')[0]}"
    work = next((one for one in pen.plan.evidence if one.about == me.id and one.kind is FactKind.PROJECT), None)
    with_work = with_work and pen.plan.channel is not Channel.MESSAGE
    if work and with_work and shape_of(work.text) in (Shape.NOUN, Shape.GERUND):
        what = ",".join(work.text.split(",")[:2])
        text += f", {'' if shape_of(work.text) is Shape.GERUND else 'working on '}{grammar.lower_first(what)}"
        used.append(work)
    return say(f"{text}.", *used, paragraph=paragraph)


# --- what the two share -----------------------------------------------------------------------------------------


def shared_first(ground: CommonGround) -> Sentence | None:
    """What the two have in common, as the sentence that a message begins with."""
    named, topic = grammar.with_the(ground.text), grammar.lower_first(ground.text)
    frames = {
        "education": f"Like you, I studied at {named}.",
        "employer": f"Like you, I have worked at {named}.",
        "event": f"We were both at {named}.",
        "interest": f"Like you, I care about {topic}.",
    }
    text = _same_place(ground) if ground.kind == "place" else frames.get(ground.kind, "")
    return say(text, ground.mine, ground.theirs) if text else None


def shared(pen: Pen, ground: CommonGround, paragraph: int) -> Sentence | None:
    """What the user has in common with the person, said from the user's side."""
    what, named = ground.text, grammar.with_the(ground.text)
    if ground.kind == "offer_met":
        return _they_could_help(ground, paragraph)
    topic = grammar.lower_first(what)
    frames = {
        "education": (f"Like you, I studied at {named}.", f"I studied at {named} too."),
        "employer": (f"Like you, I have worked at {named}.", f"I have worked at {named} too."),
        "place": (_same_place(ground),),
        "event": (f"We were both at {named}.", f"I was at {named} too."),
        "interest": (
            f"I care about {topic} as well.",
            f"We share an interest in {topic}.",
            f"Like you, I care about {topic}.",
        ),
    }
    if ground.kind not in frames:
        return None
    return say(pen.vary(*frames[ground.kind]), ground.mine, ground.theirs, paragraph=paragraph)


_GREW_UP = re.compile(r"\b(?:grew up|born|childhood|comes? from|is from|from)\b", re.IGNORECASE)


def _same_place(ground: CommonGround) -> str:
    """ "I grew up in Cork too."; "I live in Leeds, as you do."; "I know Cork too." where nothing else is sure."""
    mine, theirs = (bool(_GREW_UP.search(one.text)) for one in (ground.mine, ground.theirs))
    lives = [
        bool(re.search(r"\b(?:lives?|living|based)\b", one.text)) or one.field == "location"
        for one in (ground.mine, ground.theirs)
    ]
    if mine and theirs:
        return f"I grew up in {ground.text} too."
    if all(lives) and not (mine or theirs):
        return f"I live in {ground.text} too."
    if mine or lives[0]:
        return f"I {'grew up' if mine else 'live'} in {ground.text} myself."
    return f"Like you, I know {ground.text}."


def _they_could_help(ground: CommonGround, paragraph: int) -> Sentence:
    need = grammar.with_article(grammar.lower_first(ground.mine.text))
    text = f"I am looking for {need}, and I gather that is something you know about."
    return say(text, ground.mine, ground.theirs, paragraph=paragraph)


def exchange(pen: Pen, telling: Sequence[Evidence], paragraph: int) -> Sentence:
    """One small ask, about the thing the message is about."""
    if any(ground.kind == "offer_met" for ground in pen.plan.hooks):
        text = pen.vary(
            "May I send you one short question about it?", "Could I ask you one short question about it by mail?"
        )
        return say(text, paragraph=paragraph)
    interests = [ground for ground in pen.plan.hooks if ground.kind == "interest"]
    projects = [one for one in telling if one.kind is FactKind.PROJECT]
    if projects and shape_of(projects[0].text) is Shape.NOUN:
        thing = _short(your_thing(pen.to_you(grammar.lower_first(projects[0].text))))
        text = pen.vary(
            f"Could I ask you one or two things about {thing} by mail?",
            f"May I send you a short question about {thing}?",
        )
        return say(text, projects[0], paragraph=paragraph)
    if interests:
        topic, ground = grammar.lower_first(interests[0].text), interests[0]
        text = pen.vary(
            f"Would you be open to a short exchange about {topic}?",
            f"Would you like to exchange a few lines about {topic}?",
        )
        return say(text, ground.mine, ground.theirs, paragraph=paragraph)
    about = " about it" if projects else ""
    text = pen.vary(
        f"Would you be open to a short exchange by mail{about}?", f"May I send you one short question{about} by mail?"
    )
    return say(text, paragraph=paragraph)


def _short(thing: str) -> str:
    """ "your flood price list for small quays" -> "your flood price list": what has been named in full before."""
    return re.split(r" (?:for|to|in|on|at|with|from|of|about|near|by|between|that|which) |,", thing)[0]
