"""Choosing what a message rests on: the give, the hooks, what of theirs to speak to, the last time in touch.

Freshest, rarest and most useful to the other person first. It must never choose evidence that is private, out of date,
denied, hearsay, or about somebody the reader is not told of.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence

from assistant.domain import (
    CommonGround,
    Evidence,
    FactKind,
    FavourKind,
    Give,
    LeftOut,
    Material,
    Visibility,
)
from assistant.draft.deadlines import read_deadline
from assistant.sources.times import is_over
from assistant.text import content_stems, fold
from assistant.verbs import Shape, base_of, shape_of

_ABOUT = 0.4  # share of a need's words that own words must hold to be about it
# What says most about why one writes to this very person, first.
_TELLING = (FactKind.EVENT, FactKind.PROJECT, FactKind.ROLE, FactKind.EMPLOYER, FactKind.INTEREST)
# What one can ask after, first what is most alive.
_ASKED_AFTER = (FactKind.PROJECT, FactKind.NEED, FactKind.INTEREST)
_GRAVE = re.compile(
    r"\b(?:mother|father|parents?|ill|illness|died|death|funeral|baby|pregnan\w+|divorce\w*|hospital|kids?|children"
    r"|boys?"
    r"|sons?|daughters?|husband|wife|salary|money|nervous|tired)\b",
    re.IGNORECASE,
)


def is_usable(one: Evidence) -> bool:
    """Whether a message may be built on this evidence (a check may still compare with what is not)."""
    return not (one.superseded or one.negated or one.hearsay) and one.visibility is not Visibility.PRIVATE


def find_left_out(material: Material) -> tuple[LeftOut, ...]:
    """What the plan does not use, and why; private text is counted, never repeated."""
    reasons = []
    for one in material.evidence:
        if one.field == "order":
            reasons.append(LeftOut(text=one.quote, reason="an instruction to you, not said", evidence_id=one.id))
        elif one.superseded and one.source == "fact":
            reasons.append(LeftOut(text=one.quote, reason="a later note says otherwise", evidence_id=one.id))
        elif one.hearsay and one.source == "fact":
            reasons.append(LeftOut(text=one.quote, reason="only hearsay", evidence_id=one.id))
    hidden = len({one.note_id for one in material.withheld if one.about == material.to.id and _is_private(one)})
    if hidden:
        noun = "note" if hidden == 1 else "notes"
        reasons.append(LeftOut(text=f"{hidden} private {noun}", reason="private: stays with you"))
    return tuple(reasons)


def _is_private(one: Evidence) -> bool:
    return one.visibility is Visibility.PRIVATE


# --- the give ---------------------------------------------------------------------------------------------------


def find_give(material: Material, allowed: Sequence[Evidence]) -> Give | None:
    """Their best need that an offer of the user's meets."""
    return next(iter(find_gives(material, allowed)), None)


def find_gives(material: Material, allowed: Sequence[Evidence]) -> list[Give]:
    """Every need of theirs that an offer of the user's meets, strongest first."""
    ids = {one.id for one in allowed}
    return [
        Give(offer=ground.mine, need=ground.theirs, cost=cost_of(ground.mine))
        for ground in material.ground
        if ground.kind == "need_met" and {ground.mine.id, ground.theirs.id} <= ids
    ]


def own_give(material: Material, allowed: Sequence[Evidence]) -> Give | None:
    """The user's own words as the offer, with the need they speak of."""
    own = own_words(allowed)
    if not own:
        return None
    offer = next((one for one in own if OFFERS.search(one.text)), own[0])
    return Give(offer=offer, need=need_spoken_of(own, material, allowed), cost="what you wrote")


# How a user says that they offer something.
OFFERS = re.compile(
    r"\b(?:(?:i|we) (?:can|could|would|have|know|will|may)|offer|lend|share|send|introduce|help|give|show|teach|review"
    r"|happy to|glad to|you (?:can|could|may)|welcome to|spare|free|yours|(?:is|are) (?:his|hers|theirs))\b",
    re.IGNORECASE,
)


def find_possible_gives(material: Material, allowed: Sequence[Evidence], most: int = 3) -> tuple[Give, ...]:
    """What could be given first: offers that meet needs, then the user's other offers, lightest first."""
    met = find_gives(material, allowed)
    offers = [one for one in allowed if one.about == material.me.id and one.kind is FactKind.OFFER]
    theirs = frozenset(
        stem for one in allowed if one.about == material.to.id for stem in content_stems(f"{one.text} {one.quote}")
    )
    used = {give.offer.id for give in met}
    rest = sorted(offers, key=lambda one: (-len(theirs & set(content_stems(one.text))), cost_of(one) != _LIGHT, one.id))
    more = [Give(offer=one, cost=cost_of(one)) for one in rest if one.id not in used]
    return tuple([*met, *more][:most])


def need_spoken_of(own: Sequence[Evidence], material: Material, allowed: Sequence[Evidence]) -> Evidence | None:
    """The need the user's own words are about: the one that shares most words with them, two fifths of its own at
    least."""
    said = _own_stems(own)
    needs = [one for one in allowed if one.kind is FactKind.NEED and one.about == material.to.id]
    shares = [(len(said & set(stems)) / len(set(stems)), one) for one in needs if (stems := content_stems(one.text))]
    best = max(shares, key=lambda pair: (pair[0], pair[1].id), default=None)
    return best[1] if best and best[0] >= _ABOUT else None


_LIGHT = "about five minutes"


def cost_of(offer: Evidence) -> str:
    """How much of the user's time the give takes, as far as the words of the offer tell."""
    words = offer.text.casefold()
    if any(word in words for word in ("know ", "introduc", "contact", "share", "send", "link", "data")):
        return _LIGHT
    if any(word in words for word in ("review", "read", "teach", "help", "advise", "lesson", "mentor")):
        return "an hour or more"
    return "not known"


# --- what to speak of -------------------------------------------------------------------------------------------


def own_words(allowed: Iterable[Evidence]) -> list[Evidence]:
    """What the user said about this very message."""
    return [one for one in allowed if one.source == "own" and one.field != "order"]


def _own_stems(own: Sequence[Evidence]) -> frozenset[str]:
    return frozenset(stem for one in own for stem in content_stems(one.text))


def find_hooks(material: Material, allowed: Sequence[Evidence], without: Collection[str]) -> list[CommonGround]:
    """Common ground both sides of which may be used, strongest first, one of a kind."""
    ids = {one.id for one in allowed}
    hooks: dict[str, CommonGround] = {}
    for ground in sorted(material.ground, key=lambda one: -one.strength):
        if ground.kind not in without and {ground.mine.id, ground.theirs.id} <= ids:
            hooks.setdefault(ground.kind, ground)
    return list(hooks.values())


def find_telling(material: Material, allowed: Sequence[Evidence]) -> list[Evidence]:
    """What says most about why one writes to this very person, first."""
    theirs = [one for one in allowed if one.about == material.to.id and one.kind in _TELLING]
    return sorted(theirs, key=lambda one: (_telling(one), -_ordinal(one.date)))


def _telling(one: Evidence) -> int:
    """What somebody hopes or plans to do tells as much as a project."""
    is_plan = one.kind is FactKind.INTEREST and re.match(r"(?:hopes|plans|intends|aims|dreams) ", one.text)
    return _TELLING.index(FactKind.PROJECT if is_plan else FactKind(one.kind or ""))


def find_topic(material: Material, allowed: Sequence[Evidence], without: Collection[str] = ()) -> Evidence | None:
    """What of theirs one can ask after: a project, an open need, an interest; freshest first within a kind."""
    theirs = [
        one
        for one in allowed
        if one.about == material.to.id
        and one.kind in _ASKED_AFTER
        and one.id not in without
        and not _GRAVE.search(one.text)
        and not (one.kind is FactKind.NEED and is_over(one.quote, one.date, material.today))
    ]
    return min(
        theirs,
        key=lambda one: (
            _ASKED_AFTER.index(FactKind(one.kind or "")),
            -_ordinal(one.date),
            shape_of(one.text) is Shape.GERUND,
        ),
        default=None,
    )


def find_life(material: Material, allowed: Sequence[Evidence]) -> Evidence | None:
    """Where they live or work, of the newest note that tells it: what one asks after when nothing else is known."""
    kinds = (FactKind.PLACE, FactKind.EMPLOYER)
    theirs = [one for one in allowed if one.about == material.to.id and one.kind in kinds and one.source == "fact"]
    theirs = [one for one in theirs if not re.search(r"\b(?:grew up|born|from)\b", one.text)]
    return max(theirs, key=lambda one: (_ordinal(one.date), one.kind is FactKind.PLACE, one.id), default=None)


def find_touched(own: Sequence[Evidence], material: Material, allowed: Sequence[Evidence]) -> Evidence | None:
    """What of theirs the user's words touch: the fact that shares most content words with them, two or its half.

    Where no fact does, a sentence of a note that names the same thing by its name.
    """
    said = _own_stems(own)
    kinds = (*_ASKED_AFTER, FactKind.ROLE, FactKind.OFFER, FactKind.EVENT)
    theirs = [one for one in allowed if one.about == material.to.id and one.kind in kinds]

    def shared(one: Evidence) -> int:
        return len(said & set(content_stems(one.text)))

    touched = [one for one in theirs if shared(one) >= 2 or 0 < len(set(content_stems(one.text))) <= shared(one) * 2]
    best = max(touched, key=lambda one: (shared(one), _ordinal(one.date), one.id), default=None)
    if best:
        return best
    telling = [
        one
        for one in theirs
        if one.kind in (*_ASKED_AFTER, FactKind.OFFER) and said & set(content_stems(one.text)) - _COMMON
    ]
    return _named_alike(own, material, allowed) or max(
        telling, key=lambda one: (_ordinal(one.date), one.id), default=None
    )


# One of these alone is no link between a piece of news and a person.
_COMMON = frozenset(
    content_stems(
        "new old good small large local free open first last next year month week day time people work project "
        "group school "
        "city town house home office street number price report study news event meeting list page show talk book film "
        "help need use start end part way thing world country north south east west public national data online friend "
        "company business job money team class plan case start build make write read find run play teach learn"
    )
)


_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][\w'’-]{3,}")


def _named_alike(own: Sequence[Evidence], material: Material, allowed: Sequence[Evidence]) -> Evidence | None:
    """A sentence on what they do or dream of that holds a name of the user's words: "the Panopticon"."""
    common = {fold(part) for one in (material.to, material.me) for part in f"{one.name} {one.location}".split()}
    names = {fold(word) for one in own for word in re.findall(r"\b[A-Z][\w'’-]{3,}", one.text)} - common
    theirs = [one for one in allowed if one.about == material.to.id and not _GRAVE.search(one.text)]
    alike = [
        one
        for one in theirs
        if (held := names & {fold(word) for word in _NAME.findall(one.text)})
        and (one.kind in _ASKED_AFTER or one.source == "note" and their_clause(one.text, held, material.to.first_name))
    ]
    return max(alike, key=lambda one: (_ordinal(one.date), one.id), default=None)


def their_clause(sentence: str, words: Collection[str], name: str) -> str:
    """The clause about the person that holds one of the words, without its subject; empty if none is theirs."""
    subject = rf"(?:she|he|they|{re.escape(name)})"
    if not re.match(rf"{subject}\b(?! and | or )", sentence, re.IGNORECASE):
        return ""
    for clause in re.split(r",? (?:and|but) |; |, (?=(?:who|which)\b)", sentence.rstrip(".!")):
        if any(word in fold(clause) for word in words):
            bare = re.sub(rf"^{subject}(?:['’]s|['’]re| is| are)? ", "", clause, flags=re.IGNORECASE)
            is_deed = base_of(bare.split()[0])[1] in ("s", "ing", "base") if bare.split() else False
            return bare if is_deed else ""
    return ""


def find_occasion(material: Material) -> Evidence | None:
    """The heading of the last time in touch, where that note has one that may be told."""
    headings = {one.note_id: one for one in material.evidence if one.field == "heading" and is_usable(one)}
    return headings.get(material.touches[-1].note_id) if material.touches else None


def find_thanks(material: Material, allowed: Sequence[Evidence]) -> Evidence | None:
    """The latest thing received, or what the user's own words name."""
    received = [one for one in allowed if one.kind is FavourKind.RECEIVED and one.about == material.to.id]
    own = own_words(allowed)
    if own and received:
        said = _own_stems(own)
        best = max(received, key=lambda one: (len(said & set(content_stems(one.quote))), _ordinal(one.date)))
        if len(said & set(content_stems(best.quote))) >= 2:
            return best
        return own[0]
    return max(received, key=lambda one: (_ordinal(one.date), one.id), default=own[0] if own else None)


def find_work(allowed: Sequence[Evidence], me: str) -> list[Evidence]:
    """What the user works on, as anybody may know: it tells a stranger whom they deal with."""
    mine = [one for one in allowed if one.about == me and one.kind is FactKind.PROJECT]
    return [one for one in mine if one.visibility is Visibility.PUBLIC][:1]


def find_deadlines(material: Material, allowed: Sequence[Evidence], beside: Evidence | None) -> list[Evidence]:
    """Days ahead that the same note names: what makes now the time to write."""
    if beside is None:
        return []
    same = [one for one in allowed if one.source in ("note", "fact") and one.note_id and one.note_id == beside.note_id]
    needs = [one for one in allowed if one.kind is FactKind.NEED and one.note_id == beside.note_id]
    wanted = frozenset(content_stems(beside.text))
    dated = [one for one in same if read_deadline(one.quote, material.today)]
    if len(needs) > 1:  # of two needs in one note, only the one it names falls due
        dated = [one for one in dated if wanted & set(content_stems(read_deadline(one.quote, material.today)))]
    return dated[:1]


def find_met(allowed: Sequence[Evidence], material: Material) -> list[Evidence]:
    """How the user and the person know each other, as the record has it."""
    return [one for one in allowed if one.about == material.to.id and one.field == "how_met"]


def find_introduction(allowed: Sequence[Evidence], about: str) -> list[Evidence]:
    """A person's own role, employer and place: how one says who they are."""
    records = [one for one in allowed if one.about == about and one.source == "record"]
    return [one for one in records if one.field in ("org", "title", "location")]


def sides_of(hooks: Sequence[CommonGround]) -> list[Evidence]:
    return [side for ground in hooks for side in (ground.theirs, ground.mine)]


def distinct(evidence: Iterable[Evidence | None]) -> tuple[Evidence, ...]:
    """Each evidence once, in order, gaps left out."""
    return tuple({one.id: one for one in evidence if one is not None}.values())


def _ordinal(day: dt.date | None) -> int:
    return day.toordinal() if day else 0
