"""The plain writer's messages that bring people together: asking one side, introducing both, lines to pass on.

Each says of a person only what this message's readers may read of them. It must never say of one what the other told.
"""

from __future__ import annotations

import re

from assistant.domain import CommonGround, Contact, DraftKind, Evidence, FactKind, Sentence
from assistant.draft import grammar, opening
from assistant.draft.lost import has_finite
from assistant.draft.own import own_sentences
from assistant.draft.pen import Pen, say
from assistant.draft.pronouns import name_both
from assistant.sources.wishes import AGREED
from assistant.text import content_stems
from assistant.verbs import Shape, shape_of


def _other(pen: Pen) -> Contact:
    assert pen.material.other is not None, "the plan waits until the other person is named"
    return pen.material.other


def write_intro_ask(pen: Pen) -> list[Sentence]:
    """Who it is about, why it could be good for the reader, one question with an easy no."""
    other = _other(pen)
    said = [_named(pen, other, *pen_choices(other))]
    said += _public_line(pen, other)
    said += [line for ground in pen.plan.hooks if (line := _why(pen, ground, other))]
    said += [say(text, one) for one in pen.own for text in _own_reason(pen, one)]
    asked = pen.vary("Would you like me to introduce you?", "Shall I introduce the two of you?")
    if not any(one.text.endswith("?") for one in said):
        said.append(say(asked, paragraph=2))
    easy = pen.vary(
        f"I would ask {other.first_name} first, and a no from you is fine.",
        f"I would only do it if {other.first_name} says yes too, and a no is fine.",
    )
    return [*said, say(easy, paragraph=2)]


def pen_choices(other: Contact) -> tuple[str, ...]:
    """Ways to bring somebody up; `{who}` is the name with what the record says of them."""
    return (
        "I know somebody you may like to meet: {who}.",
        "I have somebody in mind whom you may like to meet: {who}.",
        "There is somebody you may like to meet: {who}.",
    )


def _named(pen: Pen, other: Contact, *frames_of: str) -> Sentence:
    """One sentence that brings up the other by name, post, place of work and town."""
    who, used = describe(pen, other.id, other.name)
    return say(pen.vary(*frames_of).replace("{who}", who), *used)


def describe(pen: Pen, about: str, name: str) -> tuple[str, list[Evidence]]:
    """ "Gwen Pritchard, a charity accountant at Pritchard Books in Cardiff", as far as the record tells."""
    fields = {one.field: one for one in pen.plan.evidence if one.about == about and one.source == "record"}
    used = [fields[key] for key in ("title", "org", "location") if key in fields]
    title = grammar.lower_title(fields["title"].text.split(",")[0]) if "title" in fields else ""
    org = fields["org"].text if "org" in fields else ""
    parts = [title if grammar.is_post(title) else grammar.with_article(title)] if title else []
    if (
        org
        and org.casefold() not in title.casefold()
        and not re.match(r"free-?lance|self-employed|retired", org, re.IGNORECASE)
    ):
        parts.append(f"{'of' if grammar.is_founder(title) else 'at'} {grammar.with_the(org)}")
    if "location" in fields:
        parts.append(f"in {fields['location'].text.split(',')[0]}")
    return f"{name}, {' '.join(parts)}" if parts else name, used


def person_line(pen: Pen, about: str, name: str, paragraph: int = 1, intro: str = "") -> list[Sentence]:
    """ "Gwen Pritchard is a charity accountant at Pritchard Books in Cardiff." """
    who, used = describe(pen, about, name)
    if not used:
        return []
    told = who.removeprefix(f"{name}, ")
    verb = "works" if told.startswith(("at ", "of ")) else "is"
    return [say(f"{intro}{name} {verb} {told}.", *used, paragraph=paragraph)]


def _public_line(pen: Pen, other: Contact) -> list[Sentence]:
    """One thing of the other's that anybody may know: a project, or what they look for."""
    used = {side.id for ground in pen.plan.hooks for side in (ground.mine, ground.theirs)}
    for one in pen.plan.evidence:
        if one.about == other.id and one.id not in used and one.kind is FactKind.PROJECT:
            return [say(project_of(other.first_name, one), one)]
    return []


def project_of(name: str, project: Evidence) -> str:
    """ "Declan is printing the tide tables again.", "Maren is working on a surge model." """
    what, shape = grammar.lower_first(project.text), shape_of(project.text)
    if shape is Shape.GERUND:
        return f"{name} is {what}."
    if shape is Shape.NOUN:
        return f"{name} is working on {grammar.with_article(what)}."
    if shape is Shape.CLAUSE:
        return f"At {name}'s, {what}."
    return f"{name}'s project: {what}."


_MAY_SAY = re.compile(
    r"(?:,| and| &|^)? ?(?:(?:she|he|they) )?(?:is|are|was|were)?\s?(?:both )?(?:fine|ok|okay|happy"
    r"|good) with (?:me|us|my) (?:saying|telling(?: \w+)?"
    r"|mentioning|sharing|passing on)(?: that)? (?=\w)",
    re.IGNORECASE,
)
_CONJUNCT = re.compile(
    r"\s*[,;]\s+(?:and |but )?|\s+(?:and|but|&)\s+(?=(?:i|she|he|they|both|is|are|said|agreed|happy|fine|ok)\b)",
    re.IGNORECASE,
)


def without_consent(words: str) -> str:
    """The user's reason without what it says of consent: that both said yes is for the user, not for the two."""
    said = _MAY_SAY.sub(". ", words.strip()).strip(" .,")
    if not AGREED.search(said):
        return said
    parts = [part for part in _CONJUNCT.split(said) if part]
    return ", ".join(part for part in parts if not AGREED.search(part)).strip(" ,;.")


def _own_reason(pen: Pen, own: Evidence) -> list[str]:
    """The user's reason, said to one or to both: each "she" and "his" becomes the person it means."""
    words = without_consent(own.text)
    if not content_stems(words):
        return []
    named = name_both(words, pen.material)
    if pen.plan.kind is DraftKind.INTRO_ASK:
        named = grammar.to_second_person_named(named, pen.name)
    is_sentence = re.match(r"(?:i|we|you|your|both|they|she|he)\b", named, re.IGNORECASE) or has_finite(named)
    if is_sentence or any(name in named for name in (pen.first, _other(pen).first_name)):
        return own_sentences(pen, named, turned=False)
    return [f"It could be about {grammar.lower_first(named.rstrip('.'))}."]


def _why(pen: Pen, ground: CommonGround, other: Contact) -> Sentence | None:
    """Why for the reader; in `other_ground` "mine" is the other person's side."""
    name, mine, theirs = other.first_name, ground.mine, ground.theirs
    if ground.kind == "need_met":
        need = pen.need_object(theirs.text)
        return say(f"You were looking for {need}, and {name} {_offers(mine)}.", theirs, mine)
    if ground.kind == "offer_met":
        need = grammar.with_article(grammar.lower_first(mine.text))
        return say(f"{name} is looking for {need}, and that is something you know about.", mine, theirs)
    what = grammar.lower_first(ground.text)
    shared = {
        "interest": f"You both care about {what}.",
        "event": f"You were both at {grammar.with_the(ground.text)}.",
        "education": f"You both studied at {grammar.with_the(ground.text)}.",
        "employer": f"You have both worked at {grammar.with_the(ground.text)}.",
    }
    return say(shared[ground.kind], mine, theirs) if ground.kind in shared else None


def _offers(offer: Evidence) -> str:
    text = grammar.lower_first(offer.text)
    word = text.split()[0] if text else ""
    if offer.kind is FactKind.ROLE:
        return f"works as {grammar.with_article(text)}"
    if word in ("can", "could", "would"):
        return text
    if word == "know":
        return f"knows{text.removeprefix('know')}"
    return f"offers {text}"


def write_intro(pen: Pen) -> list[Sentence]:
    """Both in one message: a line on each for the other, why, and who writes first."""
    to, other = pen.material.to, _other(pen)
    said = [say(pen.vary("I would like the two of you to meet.", "Let me bring the two of you together."))]
    said += person_line(pen, other.id, other.name, 2, intro=f"{to.first_name}, ")
    said += person_line(pen, to.id, to.name, 3, intro=f"{other.first_name}, ")
    said += [line.model_copy(update={"paragraph": 4}) for ground in pen.plan.hooks if (line := _why_both(ground, pen))]
    said += [say(text, one, paragraph=4) for one in pen.own for text in _own_reason(pen, one)]
    said.append(say(f"{to.first_name}, would you write first?", paragraph=5))
    return [*said, say("And then over to the two of you.", paragraph=5)]


def _why_both(ground: CommonGround, pen: Pen) -> Sentence | None:
    """Why for both, every side named: nobody is "you" to two readers."""
    to, other = pen.material.to, _other(pen)
    mine, theirs = ground.mine, ground.theirs
    if ground.kind == "need_met":
        need = grammar.with_article(grammar.lower_first(theirs.text))
        return say(f"{to.first_name} is looking for {need}, and {other.first_name} {_offers(mine)}.", theirs, mine)
    if ground.kind == "offer_met":
        need = grammar.with_article(grammar.lower_first(mine.text))
        return say(f"{other.first_name} is looking for {need}, and {to.first_name} {_offers(theirs)}.", mine, theirs)
    return _why(pen, ground, other)


def write_blurb(pen: Pen) -> list[Sentence]:
    """A line to the reader, then lines that stand alone when they are forwarded: who, what for, one question."""
    said = [_cover(pen), opening.myself(pen, 2, with_work=not pen.own)]
    mine = pen.material.me.id
    for one in pen.plan.evidence:
        if one.about == mine and one.kind is FactKind.NEED:
            wanted = grammar.with_article(grammar.lower_first(one.text))
            said.append(say(f"I am looking for {wanted}.", one, paragraph=2))
    said += [say(text, one, paragraph=2) for one in pen.own for text in own_sentences(pen, one.text, turned=False)]
    if not any(one.text.endswith("?") for one in said):
        asked = pen.vary("Would a short exchange by mail suit you?", "May I send you one short question about it?")
        said.append(say(asked, paragraph=3))
    return [*said, say("If not, no answer is needed.", paragraph=3)]


def _cover(pen: Pen) -> Sentence:
    """What the lines are, and whom they are meant for, named as the record has them."""
    other = pen.material.other
    if other is None:
        return say(
            pen.vary(
                "Here are a few lines you can pass on as they are.",
                "These lines are for passing on, if you are willing.",
            )
        )
    who, used = describe(pen, other.id, other.name)
    text = pen.vary(
        f"Here are a few lines for {who}, if you are willing to pass them on.",
        f"If you are willing, please pass these lines on to {who}.",
    )
    return say(text, *used)
