"""What a message will rest on, decided by rules before a word is written: evidence, one give, one ask, or no message.

Gets everything as an argument and never queries. It must never choose evidence that is private, out of date, hearsay
or about a third person, and never decide by a model's opinion whether to write.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from assistant.domain import DraftKind, Evidence, FactKind, Give, Material, Outcome, Plan
from assistant.draft import choose
from assistant.draft.gates import find_gate, find_refusal
from assistant.draft.grammar import offer_clause
from assistant.draft.pronouns import find_unclear

__all__ = ["find_refusal", "plan_message"]

_MOST_HOOKS = 2
_MOST_FACTS = 2


def plan_message(material: Material, use: Collection[str] | None = None) -> Plan:
    """The plan for `material.request`. `use` keeps only the evidence with these ids (what the user left ticked)."""
    request = material.request
    base = Plan(
        kind=request.kind,
        to=material.to.id,
        other=request.other,
        about=request.about,
        channel=request.channel,
        known=material.known,
        left_out=choose.find_left_out(material),
    )
    allowed = [
        one
        for one in material.evidence
        if choose.is_usable(one) and (use is None or one.id in use or one.source == "own")
    ]
    gate = find_gate(material)
    if gate is not None:
        return _closed(base, gate.outcome, gate.text, material, allowed)
    return _PLANNERS[request.kind](base, material, allowed)


def _closed(base: Plan, outcome: Outcome, text: str, material: Material, allowed: Sequence[Evidence]) -> Plan:
    if outcome is not Outcome.REFUSED:
        return base.model_copy(update={"outcome": outcome, "questions": (text,)})
    gives = choose.find_possible_gives(material, allowed) if base.kind is DraftKind.ASK and "insist" in text else ()
    offers = tuple(f"you could give: {offer_clause(give.offer.text)}" for give in gives)
    return base.model_copy(update={"outcome": outcome, "reasons": (text, *offers), "gives": gives})


def _wait_for(base: Plan, question: str) -> Plan:
    return base.model_copy(update={"outcome": Outcome.NEEDS_INPUT, "questions": (question,)})


def _give_sides(give: Give | None) -> list[Evidence | None]:
    return [give.need, give.offer] if give else []


# --- to somebody new, or with something in hand -----------------------------------------------------------------


def _plan_give_first(base: Plan, material: Material, allowed: Sequence[Evidence]) -> Plan:
    give = choose.find_give(material, allowed)
    own = choose.own_words(allowed)
    if own and (give is None or any(choose.OFFERS.search(one.text) for one in own)):
        give = choose.own_give(material, allowed)
    if give is None:
        return _wait_for(base, _ask_for_give(material, allowed))
    hooks = choose.find_hooks(material, allowed, {"need_met", "offer_met"})[:1]
    evidence = choose.distinct(
        [
            *_give_sides(give),
            *choose.find_deadlines(material, allowed, give.need),
            *own,
            *choose.sides_of(hooks),
            *choose.find_introduction(allowed, material.me.id),
            *choose.find_work(allowed, material.me.id),
            *choose.find_met(allowed, material),
        ]
    )
    return base.model_copy(update={"give": give, "hooks": tuple(hooks), "evidence": evidence, "ask": "offer"})


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
    give = choose.find_give(material, allowed)
    hooks = choose.find_hooks(material, allowed, {"need_met"} if give else set())[:_MOST_HOOKS]
    hook_ids = {one.id for one in choose.sides_of(hooks)}
    telling = [one for one in choose.find_telling(material, allowed) if one.id not in hook_ids][:_MOST_FACTS]
    own = choose.own_words(allowed)
    is_reason = give or own or any(ground.kind != "place" for ground in hooks) or (hooks and telling)
    if not is_reason:
        return _wait_for(base, _ask_for_reason(material))
    met = choose.find_met(allowed, material) if material.known else []
    evidence = choose.distinct(
        [
            *telling,
            *choose.sides_of(hooks),
            *_give_sides(give),
            *choose.find_deadlines(material, allowed, give.need if give else None),
            *own,
            *choose.find_introduction(allowed, material.me.id),
            *choose.find_work(allowed, material.me.id),
            *met,
        ]
    )
    first = material.to.first_name
    known = (f"you and {first} know each other; a check_in or give_first may fit better",) if material.known else ()
    ask = "offer" if give else "exchange"
    return base.model_copy(
        update={"give": give, "hooks": tuple(hooks), "evidence": evidence, "ask": ask, "reasons": known}
    )


def _ask_for_reason(material: Material) -> str:
    return (
        f"What made you want to write to {material.to.name}? One line is enough: what you read, heard or share, "
        "said with --about or added as a note."
    )


# --- keeping up -------------------------------------------------------------------------------------------------


def _plan_keeping(base: Plan, material: Material, allowed: Sequence[Evidence]) -> Plan:
    """A check-in or a revival: the last time, something of theirs to ask after, something to bring."""
    own = choose.own_words(allowed)
    give = choose.find_give(material, allowed)
    without = {give.need.id} if give and give.need else set()
    topic = choose.find_topic(material, allowed, without) or (give.need if give else None)
    topic = topic or (None if own else choose.find_life(material, allowed))
    occasion = choose.find_occasion(material)
    if topic is None and give is None and not own:
        first = material.to.first_name
        return _wait_for(base, f"What would you like to ask {first} about, or tell {first}? Say it with --about.")
    hooks = [one for one in choose.find_hooks(material, allowed, ()) if one.kind == "interest"][:1]
    hooks = [one for one in hooks if topic is None or topic.id not in (one.mine.id, one.theirs.id)]
    evidence = choose.distinct(
        [
            occasion,
            topic,
            *_give_sides(give),
            *choose.find_deadlines(material, allowed, give.need if give else None),
            *own,
            *choose.sides_of(hooks),
            *choose.find_met(allowed, material),
        ]
    )
    return base.model_copy(
        update={
            "occasion": occasion,
            "topic": topic,
            "give": give,
            "hooks": tuple(hooks),
            "evidence": evidence,
            "ask": "offer" if give else "how they are",
        }
    )


def _plan_follow_up(base: Plan, material: Material, allowed: Sequence[Evidence]) -> Plan:
    """After a meeting: what came up in it, and what the user can do about it."""
    own = choose.own_words(allowed)
    occasion = choose.find_occasion(material)
    last = material.touches[-1].note_id if material.touches else None
    fresh = [one for one in allowed if one.note_id == last or one.about == material.me.id or one.source == "own"]
    give = choose.find_give(material, fresh) or choose.find_give(material, allowed)
    topic = give.need if give else choose.find_topic(material, fresh)
    if topic is None and give is None and not own:
        first = material.to.first_name
        return _wait_for(base, f"What did you and {first} speak about, or agree on? Say it with --about.")
    evidence = choose.distinct(
        [
            occasion,
            topic,
            *_give_sides(give),
            *choose.find_deadlines(material, allowed, give.need if give else None),
            *own,
            *choose.find_met(allowed, material),
        ]
    )
    return base.model_copy(
        update={
            "occasion": occasion,
            "topic": topic,
            "give": give,
            "evidence": evidence,
            "ask": "offer" if give else "the next step",
        }
    )


def _plan_thank_you(base: Plan, material: Material, allowed: Sequence[Evidence]) -> Plan:
    thanks = choose.find_thanks(material, allowed)
    if thanks is None:
        first = material.to.first_name
        return _wait_for(base, f"What do you want to thank {first} for? Say it with --about, or note it as [received].")
    give = choose.find_give(material, allowed)
    own = [one for one in choose.own_words(allowed) if one.id != thanks.id]
    evidence = choose.distinct([thanks, *own, *_give_sides(give), *choose.find_met(allowed, material)])
    return base.model_copy(update={"thanks": thanks, "give": give, "evidence": evidence, "ask": ""})


# --- asking, sharing, inviting ----------------------------------------------------------------------------------


def _plan_ask(base: Plan, material: Material, allowed: Sequence[Evidence]) -> Plan:
    """One request: the user's own words, or a need of theirs that the person's offer meets."""
    own = choose.own_words(allowed)
    met = next((one for one in choose.find_hooks(material, allowed, set()) if one.kind == "offer_met"), None)
    first = material.to.first_name
    if not own and met is None:
        return _wait_for(base, f"What do you want to ask {first}? Say it with --about, in one line.")
    give = choose.find_give(material, allowed)
    thanks = choose.find_thanks(material, [one for one in allowed if one.source != "own"])
    telling = choose.find_telling(material, allowed)[:1] if not own else []
    occasion = choose.find_occasion(material)
    hooks = () if own or met is None else (met,)
    evidence = choose.distinct(
        [
            *own,
            *choose.sides_of(hooks),
            occasion,
            thanks,
            *telling,
            *_give_sides(give),
            *choose.find_met(allowed, material),
            *choose.find_introduction(allowed, material.me.id),
            *choose.find_work(allowed, material.me.id),
        ]
    )
    return base.model_copy(
        update={
            "hooks": hooks,
            "occasion": occasion,
            "thanks": thanks,
            "give": give,
            "gives": choose.find_possible_gives(material, allowed),
            "evidence": evidence,
            "ask": "what is asked in the sender's own words" if own else "whether they could help with what is needed",
        }
    )


def _plan_news(base: Plan, material: Material, allowed: Sequence[Evidence]) -> Plan:
    own = choose.own_words(allowed)
    first = material.to.first_name
    if not own:
        return _wait_for(base, f"What do you want to share with {first}? Paste the headline and the link with --about.")
    topic = choose.find_touched(own, material, allowed)
    if topic is None:
        return _wait_for(
            base,
            f"What in this would matter to {first}? Your notes show no link to it; say it in --about, "
            f"or note an [interest] of {first}'s.",
        )
    evidence = choose.distinct([*own, topic, *choose.find_met(allowed, material)])
    return base.model_copy(update={"topic": topic, "evidence": evidence, "ask": "whether it is of use to them"})


def _plan_invite(base: Plan, material: Material, allowed: Sequence[Evidence]) -> Plan:
    own = choose.own_words(allowed)
    first = material.to.first_name
    if not own:
        return _wait_for(base, f"What do you invite {first} to, when and where? Say it in one line with --about.")
    topic = choose.find_touched(own, material, allowed)
    hooks = choose.find_hooks(material, allowed, {"need_met", "offer_met", "place", "person"})[:1] if not topic else []
    evidence = choose.distinct(
        [
            *own,
            topic,
            *choose.sides_of(hooks),
            *choose.find_introduction(allowed, material.me.id),
            *choose.find_work(allowed, material.me.id),
            *choose.find_met(allowed, material),
        ]
    )
    return base.model_copy(
        update={"topic": topic, "hooks": tuple(hooks), "evidence": evidence, "ask": "whether they would like to come"}
    )


# --- bringing people together -----------------------------------------------------------------------------------


def _plan_intro_ask(base: Plan, material: Material, allowed: Sequence[Evidence]) -> Plan:
    """Asking one side, with an easy no: who the other is, and why it could be good for this one."""
    other, own = material.other, choose.own_words(allowed)
    assert other is not None, "gates ask for the other person first"
    ids = {one.id for one in allowed}
    shared = [
        one for one in material.other_ground if {one.mine.id, one.theirs.id} <= ids and one.kind in _WORTH_MEETING
    ]
    who = [*choose.find_introduction(allowed, other.id), *_public_facts(allowed, other.id)]
    if not own and not shared:
        return _wait_for(
            base,
            f"Why would {material.to.first_name} want to meet {other.name}? Nothing that may be told shows it; "
            "say it in one line with --about.",
        )
    unclear = _ask_whom(own, material)
    if unclear:
        return _wait_for(base, unclear)
    evidence = choose.distinct([*own, *choose.sides_of(shared[:2]), *who, *choose.find_met(allowed, material)])
    return base.model_copy(
        update={"hooks": tuple(shared[:2]), "evidence": evidence, "ask": "whether they would like to be introduced"}
    )


def _ask_whom(own: Sequence[Evidence], material: Material) -> str:
    """A question where the user's "her" or "he" may mean either of the two; empty where each is clear."""
    word = next((found for one in own if (found := find_unclear(one.text, material))), "")
    return f"Whom does “{word}” mean in “{own[0].quote}”? Say it with the names, in --about." if word else ""


_WORTH_MEETING = ("need_met", "offer_met", "interest", "event", "education", "employer")


def _public_facts(allowed: Sequence[Evidence], about: str) -> list[Evidence]:
    """What may be said of somebody to a third person, most telling first."""
    kinds = (FactKind.ROLE, FactKind.PROJECT, FactKind.NEED, FactKind.OFFER, FactKind.INTEREST)
    facts = [one for one in allowed if one.about == about and one.kind in kinds]
    return sorted(facts, key=lambda one: kinds.index(FactKind(one.kind or "")))[:3]


def _plan_intro(base: Plan, material: Material, allowed: Sequence[Evidence]) -> Plan:
    """Both in one message, nothing in it that one of them may not read; the user says that both agreed."""
    other, own = material.other, choose.own_words(allowed)
    assert other is not None, "gates ask for the other person first"
    ids = {one.id for one in allowed}
    shared = [
        one for one in material.other_ground if {one.mine.id, one.theirs.id} <= ids and one.kind in _WORTH_MEETING
    ]
    sides = [
        *choose.find_introduction(allowed, material.to.id),
        *_public_facts(allowed, material.to.id),
        *choose.find_introduction(allowed, other.id),
        *_public_facts(allowed, other.id),
    ]
    if not own and not shared:
        return _wait_for(
            base,
            f"What would {material.to.first_name} and {other.first_name} gain from each other? Nothing that both may "
            "read shows it; say it in one line with --about.",
        )
    unclear = _ask_whom(own, material)
    if unclear:
        return _wait_for(base, unclear)
    evidence = choose.distinct([*own, *choose.sides_of(shared[:2]), *sides])
    both = (
        f"you have not recorded that {material.to.first_name} and {other.first_name} both said yes (intro_ask, packet)"
    )
    reasons = () if material.packet else (both,)
    return base.model_copy(
        update={"hooks": tuple(shared[:2]), "evidence": evidence, "ask": "who writes first", "reasons": reasons}
    )


def _plan_blurb(base: Plan, material: Material, allowed: Sequence[Evidence]) -> Plan:
    """A few lines the recipient can forward as they are: who the user is, why them, what is offered, one question."""
    own = choose.own_words(allowed)
    mine = [one for one in allowed if one.about == material.me.id]
    other = material.other
    theirs = _public_facts(allowed, other.id) if other else []
    needs = [one for one in mine if one.kind is FactKind.NEED] if not own else []
    if not own and not needs:
        return _wait_for(base, "What should the lines be about: what you do, look for or offer? Say it with --about.")
    who = [
        *choose.find_introduction(allowed, material.me.id),
        *choose.find_work(allowed, material.me.id),
        *(choose.find_introduction(allowed, other.id) if other else []),
    ]
    evidence = choose.distinct([*own, *needs[:1], *theirs, *who])
    return base.model_copy(update={"evidence": evidence, "ask": "whether the reader would like to hear more"})


_PLANNERS: dict[DraftKind, Callable[[Plan, Material, Sequence[Evidence]], Plan]] = {
    DraftKind.COLD: _plan_cold,
    DraftKind.GIVE_FIRST: _plan_give_first,
    DraftKind.CHECK_IN: _plan_keeping,
    DraftKind.RECONNECT: _plan_keeping,
    DraftKind.FOLLOW_UP: _plan_follow_up,
    DraftKind.THANK_YOU: _plan_thank_you,
    DraftKind.ASK: _plan_ask,
    DraftKind.NEWS_SHARE: _plan_news,
    DraftKind.EVENT_INVITE: _plan_invite,
    DraftKind.INTRO_ASK: _plan_intro_ask,
    DraftKind.INTRO: _plan_intro,
    DraftKind.BLURB: _plan_blurb,
}
