"""What a message will rest on, decided by rules before a word is written: evidence, one give, one ask, or no message.

Gets everything as an argument and never queries. It must never choose evidence that is private, out of date, hearsay
or about a third person, and never decide by a model's opinion whether to write.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from assistant.domain import (
    CommonGround,
    DraftKind,
    Evidence,
    FactKind,
    Give,
    LeftOut,
    Material,
    Outcome,
    Plan,
    Visibility,
)
from assistant.draft.wishes import find_wish
from assistant.text import content_stems

_MOST_HOOKS = 2
_MOST_FACTS = 2
_ABOUT = 0.4  # share of a need's words that own words must hold to be about it
# What says most about why one writes to this very person, first.
_TELLING = (FactKind.EVENT, FactKind.PROJECT, FactKind.ROLE, FactKind.EMPLOYER, FactKind.INTEREST)


def plan_message(material: Material, use: Collection[str] | None = None) -> Plan:
    """The plan for `material.request`. `use` keeps only the evidence with these ids (what the user left ticked)."""
    base = Plan(
        kind=material.request.kind,
        to=material.to.id,
        other=material.request.other,
        about=material.request.about,
        channel=material.request.channel,
        left_out=_left_out(material),
    )
    reason = find_refusal(material)
    if reason:
        return base.model_copy(update={"outcome": Outcome.REFUSED, "reasons": (reason,)})
    if not material.to.emails:
        question = f"What is {material.to.name}'s email address? There is none in your book."
        return base.model_copy(update={"outcome": Outcome.NEEDS_INPUT, "questions": (question,)})
    allowed = [
        one for one in material.evidence if is_usable(one) and (use is None or one.id in use or one.source == "own")
    ]
    planner = _plan_cold if material.request.kind is DraftKind.COLD else _plan_give_first
    return planner(base, material, allowed)


def find_refusal(material: Material) -> str:
    """Why no message of this kind may be written, with a better way; empty if one may."""
    to = material.to
    if to.me:
        return "this is you; choose somebody else"
    if to.do_not_contact:
        return f"{to.name} is marked do-not-contact; wait until {to.first_name} writes to you"
    wish = find_wish((*material.evidence, *material.withheld), material.request.channel, material.today)
    if wish and wish.evidence.about == to.id:
        return f"{to.name} {wish.reason}; {wish.instead}"
    return ""


def is_usable(one: Evidence) -> bool:
    """Whether a message may be built on this evidence (a check may still compare with what is not)."""
    return not (one.superseded or one.negated or one.hearsay) and one.visibility is not Visibility.PRIVATE


def _left_out(material: Material) -> tuple[LeftOut, ...]:
    reasons = []
    for one in material.evidence:
        if one.superseded:
            reasons.append(LeftOut(text=one.quote, reason="a later note says otherwise", evidence_id=one.id))
        elif one.hearsay:
            reasons.append(LeftOut(text=one.quote, reason="only hearsay", evidence_id=one.id))
    hidden = len({one.note_id for one in material.withheld if one.about == material.to.id})
    if hidden:
        noun = "note" if hidden == 1 else "notes"
        reasons.append(LeftOut(text=f"{hidden} private {noun}", reason="private: stays with you"))
    return tuple(reasons)


def _plan_give_first(base: Plan, material: Material, allowed: Sequence[Evidence]) -> Plan:
    give = _find_give(material, allowed)
    if give is None:
        return base.model_copy(
            update={"outcome": Outcome.NEEDS_INPUT, "questions": (_ask_for_give(material, allowed),)}
        )
    own = _own_words(allowed)
    hooks = _find_hooks(material, allowed, {"need_met", "offer_met"})[:1]
    evidence = _distinct(
        [
            *([give.need] if give.need else []),
            give.offer,
            *own,
            *_sides(hooks),
            *_introduction(allowed, material),
            *_met(allowed, material),
        ]
    )
    return base.model_copy(update={"give": give, "hooks": tuple(hooks), "evidence": evidence, "ask": "offer"})


def _find_give(material: Material, allowed: Sequence[Evidence]) -> Give | None:
    """Their best met need; else the user's own words, which are then the offer."""
    ids = {one.id for one in allowed}
    for ground in material.ground:
        if ground.kind == "need_met" and {ground.mine.id, ground.theirs.id} <= ids:
            return Give(offer=ground.mine, need=ground.theirs, cost=_cost(ground.mine))
    own = _own_words(allowed)
    if not own:
        return None
    return Give(offer=own[0], need=_need_spoken_of(own[0], material, allowed), cost="what you wrote")


def _need_spoken_of(own: Evidence, material: Material, allowed: Sequence[Evidence]) -> Evidence | None:
    """The need the user's own words are about: the one that shares most words with them, half of its own at least."""
    said = frozenset(content_stems(own.quote))
    needs = [one for one in allowed if one.kind is FactKind.NEED and one.about == material.to.id]
    shares = [(len(said & set(stems)) / len(set(stems)), one) for one in needs if (stems := content_stems(one.text))]
    best = max(shares, key=lambda pair: (pair[0], pair[1].id), default=None)
    return best[1] if best and best[0] >= _ABOUT else None


def _cost(offer: Evidence) -> str:
    """How much of the user's time the give takes, as far as the words of the offer tell."""
    words = offer.text.casefold()
    if any(word in words for word in ("know ", "introduc", "contact", "share", "send", "link", "data")):
        return "about five minutes"
    if any(word in words for word in ("review", "read", "teach", "help", "advise", "lesson", "mentor")):
        return "an hour or more"
    return "not known"


def _own_words(allowed: Sequence[Evidence]) -> list[Evidence]:
    return [one for one in allowed if one.source == "own"]


def _ask_for_give(material: Material, allowed: Sequence[Evidence]) -> str:
    first = material.to.first_name
    needs = [one for one in allowed if one.kind is FactKind.NEED and one.about == material.to.id]
    if needs:
        return (
            f"{first} needs: {needs[0].text}. What could you do about it? Say it with --about, "
            "or add an [offer] to your own note."
        )
    return f"What could you do for {first}? Say it with --about, or note what {first} needs."


def _plan_cold(base: Plan, material: Material, allowed: Sequence[Evidence]) -> Plan:
    give = _find_give(material, [one for one in allowed if one.source != "own"])
    used = {"need_met"} if give else set()
    hooks = _find_hooks(material, allowed, used)[:_MOST_HOOKS]
    hook_ids = {one.id for one in _sides(hooks)}
    telling = [one for one in _telling(material, allowed) if one.id not in hook_ids][:_MOST_FACTS]
    own = _own_words(allowed)
    is_reason = give or own or any(ground.kind != "place" for ground in hooks) or (hooks and telling)
    if not is_reason:
        return base.model_copy(update={"outcome": Outcome.NEEDS_INPUT, "questions": (_ask_for_reason(material),)})
    sides = [side for side in (give.need, give.offer) if side] if give else []
    evidence = _distinct([*telling, *_sides(hooks), *sides, *own, *_introduction(allowed, material)])
    return base.model_copy(
        update={"give": give, "hooks": tuple(hooks), "evidence": evidence, "ask": "offer" if give else "exchange"}
    )


def _find_hooks(material: Material, allowed: Sequence[Evidence], without: Collection[str]) -> list[CommonGround]:
    """Common ground both sides of which may be used, strongest first, one of a kind."""
    ids = {one.id for one in allowed}
    hooks: dict[str, CommonGround] = {}
    for ground in sorted(material.ground, key=lambda one: -one.strength):
        if ground.kind not in without and {ground.mine.id, ground.theirs.id} <= ids:
            hooks.setdefault(ground.kind, ground)
    return list(hooks.values())


def _telling(material: Material, allowed: Sequence[Evidence]) -> list[Evidence]:
    theirs = [one for one in allowed if one.about == material.to.id and one.kind in _TELLING]
    return sorted(
        theirs, key=lambda one: (_TELLING.index(FactKind(one.kind or "")), -(one.date.toordinal() if one.date else 0))
    )


def _met(allowed: Sequence[Evidence], material: Material) -> list[Evidence]:
    """How the user and the person know each other, as the record has it."""
    return [one for one in allowed if one.about == material.to.id and one.field == "how_met"]


def _introduction(allowed: Sequence[Evidence], material: Material) -> list[Evidence]:
    """The user's own role and employer: how one says who one is."""
    mine = [one for one in allowed if one.about == material.me.id and one.source == "record"]
    return [one for one in mine if one.field in ("org", "title", "location")]


def _sides(hooks: Sequence[CommonGround]) -> list[Evidence]:
    return [side for ground in hooks for side in (ground.theirs, ground.mine)]


def _distinct(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple({one.id: one for one in evidence}.values())


def _ask_for_reason(material: Material) -> str:
    return (
        f"What made you want to write to {material.to.name}? One line is enough: what you read, heard or share, "
        "said with --about or added as a note."
    )
