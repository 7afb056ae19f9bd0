"""Whether to write at all, and on what: rules, before a word is written."""

from __future__ import annotations

import datetime as dt

import pytest
from two_people import ANA, MATCH, NEED, OFFER, fact, make_material

from assistant.domain import DraftKind, Evidence, FactKind, Outcome, Visibility
from assistant.draft.plan import plan_message
from assistant.find.material import own_evidence


def test_a_met_need_is_the_give() -> None:
    plan = plan_message(make_material())
    assert plan.outcome is Outcome.READY
    assert plan.give is not None and (plan.give.need, plan.give.offer) == (NEED, OFFER)
    assert plan.give.cost == "about five minutes"


def test_without_a_give_one_question_is_asked() -> None:
    plan = plan_message(make_material(ground=(), evidence=(NEED,)))
    assert plan.outcome is Outcome.NEEDS_INPUT
    assert len(plan.questions) == 1 and "a Portuguese-speaking notary" in plan.questions[0]


def test_the_users_own_words_can_be_the_give() -> None:
    own = own_evidence("I can lend her my projector", "c-me")
    plan = plan_message(make_material(ground=(), evidence=(own,)))
    assert plan.outcome is Outcome.READY and plan.give is not None and plan.give.offer == own


def test_do_not_contact_is_refused_with_a_better_way() -> None:
    plan = plan_message(make_material(to=ANA.model_copy(update={"do_not_contact": True})))
    assert plan.outcome is Outcome.REFUSED
    assert "do-not-contact" in plan.reasons[0] and "wait" in plan.reasons[0]


def test_a_contact_without_an_address_needs_one() -> None:
    plan = plan_message(make_material(to=ANA.model_copy(update={"emails": ()})))
    assert plan.outcome is Outcome.NEEDS_INPUT and "email address" in plan.questions[0]


def test_nobody_writes_to_themselves() -> None:
    me = make_material().me
    assert plan_message(make_material(to=me)).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("wish", "outcome"),
    [
        ("only by phone, she never reads mail", Outcome.REFUSED),
        ("no emails please", Outcome.REFUSED),
        ("not before June 2027, she is on leave", Outcome.REFUSED),
        ("do not write before January", Outcome.REFUSED),
        ("not before June 2026", Outcome.READY),
        ("likes long letters", Outcome.READY),
        ("asked me not to be contacted", Outcome.REFUSED),
    ],
)
@pytest.mark.parametrize("visibility", [Visibility.PERSONAL, Visibility.PRIVATE])
def test_a_standing_wish_binds(wish: str, outcome: Outcome, visibility: Visibility) -> None:
    noted = fact("wish", ANA, FactKind.PREFERENCE, wish, wish, visibility=visibility, date=dt.date(2026, 10, 1))
    material = make_material()
    if visibility is Visibility.PRIVATE:
        material = material.model_copy(update={"withheld": (noted,)})
    else:
        material = material.model_copy(update={"evidence": (*material.evidence, noted)})
    assert plan_message(material).outcome is outcome


@pytest.mark.parametrize("mark", ["superseded", "negated", "hearsay"])
def test_what_is_not_surely_so_is_not_built_on(mark: str) -> None:
    need = NEED.model_copy(update={mark: True})
    ground = MATCH.model_copy(update={"theirs": need})
    plan = plan_message(make_material(evidence=(need, OFFER), ground=(ground,)))
    assert plan.outcome is Outcome.NEEDS_INPUT
    assert need not in plan.evidence


def test_unticked_evidence_is_not_used() -> None:
    plan = plan_message(make_material(), use=[OFFER.id])
    assert plan.outcome is Outcome.NEEDS_INPUT


def test_private_notes_are_counted_and_not_told() -> None:
    secret = fact("secret", ANA, FactKind.PERSONAL, "divorce", "her divorce", visibility=Visibility.PRIVATE)
    plan = plan_message(make_material(withheld=(secret,)))
    assert [one.text for one in plan.left_out] == ["1 private note"]


def test_a_cold_message_to_a_thin_contact_asks_what_moved_you() -> None:
    plan = plan_message(make_material(DraftKind.COLD, evidence=(), ground=()))
    assert plan.outcome is Outcome.NEEDS_INPUT and "Ana Ferreira" in plan.questions[0]


def test_a_role_alone_is_no_reason_to_write() -> None:
    role = fact("role", ANA, FactKind.ROLE, "architect", "architect")
    assert plan_message(make_material(DraftKind.COLD, evidence=(role,), ground=())).outcome is Outcome.NEEDS_INPUT


def test_a_cold_message_uses_what_is_particular_to_the_person() -> None:
    plan = plan_message(make_material(DraftKind.COLD))
    used: list[Evidence] = list(plan.evidence)
    assert plan.outcome is Outcome.READY
    assert {"talk", "study", "my-study"} <= {one.id for one in used}
