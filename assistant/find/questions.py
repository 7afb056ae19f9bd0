"""Three good questions for one guest: each asks after something only they told, and rests on the fact it asks after.

Made from open needs, projects, changes and interests by the shape of their phrases; what has no shape a question could
take is left alone. It must never ask after what is private, grave, over or only heard of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from assistant.domain import Fact, FactKind, Visibility
from assistant.find.dealings import find_settled, open_needs
from assistant.find.dossier import Dossier, Line, Source, cite, is_standing, standing_facts
from assistant.sources.times import find_stretch
from assistant.text import content_stems, fold
from assistant.verbs import Shape, base_of, gerund_of, shape_of

MOST = 3
_MOST_ALIKE = 2  # of one kind
_GRAVE = re.compile(
    r"\b(?:mother|father|parents?|ill|illness|died|death|funeral|baby|pregnan\w+|divorce\w*|hospital|kids?|children|boys?"
    r"|sons?|daughters?|husband|wife|salary|debts?|nervous|tired)\b",
    re.IGNORECASE,
)
_HOPES = re.compile(
    r"^(?:hopes|plans|intends|aims|wants) to (?P<verb>\w+)(?P<rest>.*)$|^dreams (?:of|about) (?P<deed>.+)$"
)
_THEIR_OWN = (
    (r"\b(teach|show|give|send|help|tell|lend|get|let|pay) (?:her|him)\b", r"\1 you"),
    (r"\b(?:her|him)(?=$|[,.;:]| (?:to|for|with|in|on|at|from|by|and|through|about)\b)", "you"),
    (r"\b(?:hers|theirs)\b", "yours"),
    (r"\b(?:her|his|their)\b", "your"),
)
_LEFT_OVER = "before|after|when|while|until|till|exactly|just|what|that|who|which|if|because|as|where|how|so|and|but"
_SUBJECT = re.compile(rf",? (?:(?:{_LEFT_OVER}) )*(?:she|he|they|i|we)\b.*$", re.IGNORECASE)


class _Question(NamedTuple):
    kind: str
    text: str
    sources: tuple[Source, ...]


def tell_questions(dossier: Dossier) -> Iterator[Line]:
    """At most three, of different kinds where there are enough."""
    counts: dict[str, int] = {}
    chosen: list[_Question] = []
    candidates = list(_candidates(dossier))
    for allowed in (1, _MOST_ALIKE):
        for one in candidates:
            if len(chosen) < MOST and one not in chosen and counts.get(one.kind, 0) < allowed:
                counts[one.kind] = counts.get(one.kind, 0) + 1
                chosen.append(one)
    for one in chosen:
        yield from cite(dossier, one.text, *one.sources)


def _candidates(dossier: Dossier) -> Iterator[_Question]:
    for kind, facts, ask in (
        ("need", [one for one in open_needs(dossier) if not find_settled(dossier, one)], _after_need),
        ("change", [one for one in dossier.facts if one.superseded_by], _after_change),
        ("project", standing_facts(dossier, FactKind.PROJECT), _after_project),
        ("interest", standing_facts(dossier, FactKind.INTEREST), _after_interest),
        ("event", standing_facts(dossier, FactKind.EVENT), _after_event),
    ):
        for fact in facts:
            asked = ask(dossier, fact) if not fact.hearsay else None
            if asked and _is_speakable(dossier, asked[0]):
                yield _Question(kind, *asked)
    yield from (one for one in _after_work(dossier) if _is_speakable(dossier, one.text))


def _is_speakable(dossier: Dossier, question: str) -> bool:
    """Whether one may ask it: nothing grave, and no two telling words shared with what is to be kept quiet.

    A confidence that says word for word what an open fact says as well is no reason against asking after that fact.
    """
    if _GRAVE.search(question):
        return False
    open_texts = [fold(one.text) for one in dossier.facts if is_standing(one)]
    stems = frozenset(content_stems(question))
    private = [one for one in dossier.facts if one.visibility is Visibility.PRIVATE]
    secrets = [*(one.quote for one in dossier.secrets), *(one.quote for one in private)]
    secrets = [one for one in secrets if not any(len(text) > 8 and text in fold(one) for text in open_texts)]
    return not any(len(stems & frozenset(content_stems(said))) >= 2 for said in secrets)


_Asked = tuple[str, tuple[Source, ...]] | None


def _after_need(dossier: Dossier, need: Fact) -> _Asked:
    shape, thing = shape_of(need.text), _yours(_without_purpose(need.text))
    if not thing or shape in (Shape.MODAL, Shape.FINITE, Shape.PAST, Shape.CLAUSE):
        return None
    if shape in (Shape.INFINITIVE, Shape.BARE):
        deed = re.sub(r"^know\b", "find out", thing.removeprefix("to "))
        return f"Did you manage to {deed}?", (need,)
    sought = f"help with {thing}" if shape is Shape.GERUND else thing
    if not dossier.touches or need.date is None:
        return f"Are you still looking for {sought}?", (need,)
    year = "" if need.date.year == dossier.today.year else f" {need.date.year}"
    found = "did you find one" if re.match(r"(?:an?|some(?:one|body)|one)\b", sought) else "what came of it"
    return f"In {need.date:%B}{year} you were looking for {sought}: {found}?", (need,)


def _without_purpose(need: str) -> str:
    """The need, without what it is for where that is nothing to ask after: "for her parents' house"."""
    return re.split(r" (?:for|of|to|in|with|about) ", need, maxsplit=1)[0] if _GRAVE.search(need) else need


def _after_change(dossier: Dossier, old: Fact) -> _Asked:
    """A new post beside the old one, or how it came that a need was met."""
    new = next((one for one in dossier.facts if one.id == old.superseded_by), None)
    if new is None or not is_standing(new) or old.kind is not FactKind.EMPLOYER:
        return None
    return f"How does {_name(new.text)} compare with {_name(old.text)}?", (new, old)


def _name(text: str) -> str:
    return re.split(r", | since | until ", text)[0]


def _after_project(dossier: Dossier, project: Fact) -> _Asked:
    thing, shape = _yours(_head(project.text)), shape_of(project.text)
    if not thing:
        return None
    if shape is Shape.CLAUSE:
        return f"How did it come about that {thing}?", (project,)
    if shape in (Shape.NOUN, Shape.GERUND):
        return f"What is the hardest part of {re.sub('^an? ', 'the ', thing)}?", (project,)
    return _of_deed(thing, project)


def _after_interest(dossier: Dossier, interest: Fact) -> _Asked:
    hope = _HOPES.match(interest.text)
    if hope:
        deed = hope["deed"] or f"{gerund_of(hope['verb'])}{hope['rest']}"
        thing = _yours(_head(deed))
        return (f"What stands between you and {thing}?", (interest,)) if gerund_of(deed.split()[0]) else None
    thing = _yours(_head(interest.text))
    if not thing:
        return None
    shape, first = shape_of(thing), thing.split()[0]
    if shape is Shape.FINITE or (first[0].isupper() and base_of(first)[1] == "s"):
        return _of_deed(thing, interest)
    # "open boats": an interest is a thing before it is a deed
    return (
        None if shape in (Shape.PAST, Shape.MODAL, Shape.INFINITIVE) else (f"What got you into {thing}?", (interest,))
    )


def _of_deed(thing: str, fact: Fact) -> _Asked:
    """ "plays the bassoon" -> "What got you into playing the bassoon?"."""
    first, _, rest = thing.partition(" ")
    deed = gerund_of(first) if base_of(first)[1] == "s" else ""
    return (f"What got you into {f'{deed} {rest}'.strip()}?", (fact,)) if deed else None


_SPOKE = re.compile(
    r"^(?:gave a (?:talk|paper)|spoke|spoken|presented|will speak|is speaking) (?:at|to) ", re.IGNORECASE
)


def _after_event(dossier: Dossier, event: Fact) -> _Asked:
    when = find_stretch(event.text, event.date or dossier.today)
    if when and when.last > dossier.today:
        return None
    spoke = _SPOKE.match(event.text)
    name = _head(event.text[spoke.end() :] if spoke else event.text)
    if not name[:1].isupper() or shape_of(name) is not Shape.NOUN:
        return None
    return (f"How was your talk at {name} taken up?" if spoke else f"What stayed with you from {name}?"), (event,)


def _after_work(dossier: Dossier) -> Iterator[_Question]:
    """What they do where they are: for those of whom little else is known."""
    role, org = (next((one for one in dossier.records if one.field == field), None) for field in ("title", "org"))
    if org and not org.superseded and fold(org.text) not in ("freelance", "self-employed", "retired"):
        if role and not role.superseded:
            said = f"What takes most of your time as {role.text[:1].lower()}{role.text[1:]} at {org.text}?"
            yield _Question("work", said, (org, role))
        else:
            yield _Question("work", f"What are you working on at {org.text} these days?", (org,))


def _head(text: str) -> str:
    """The phrase without what is added behind a comma: "skating" of "skating, on natural ice only"."""
    return re.split(r", |; | \(", text, maxsplit=1)[0]


def _yours(text: str) -> str:
    """The phrase as said to them: "her students" are theirs; what has a subject of its own behind it is cut off."""
    said = _SUBJECT.sub("", text)
    for pattern, own in _THEIR_OWN:
        said = re.sub(pattern, own, said)
    return said.strip(" ,.") if len(content_stems(said)) else ""
