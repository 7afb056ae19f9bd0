"""What stands against a message, as notes tell it: silence, old addresses, needs that were met, rivals, wishes."""

from __future__ import annotations

import datetime as dt

import pytest
from two_people import ANA, GWEN, ME, fact, make_material

from assistant.domain import (
    Contact,
    DraftKind,
    DraftRequest,
    Evidence,
    FactKind,
    Interaction,
    Material,
    Outcome,
    Visibility,
)
from assistant.draft.plan import plan_message
from assistant.find.material import own_evidence


def note(about: Contact, quote: str, **more: object) -> Evidence:
    return Evidence(
        id=f"q-{quote[:12]}", source="note", about=about.id, text=quote, quote=quote, field="sentence", **more
    )  # type: ignore[arg-type]


def with_wish(material: Material, wish: Evidence) -> Material:
    return material.model_copy(update={"evidence": (*material.evidence, wish)})


def asking(kind: DraftKind, about: str = "", **more: object) -> Material:
    other = GWEN if kind in (DraftKind.INTRO, DraftKind.INTRO_ASK) else None
    request = DraftRequest(kind=kind, to=ANA.id, other=other.id if other else None, about=about, **more)  # type: ignore[arg-type]
    return make_material(kind, request=request, other=other)


# --- two messages without an answer -----------------------------------------------------------------------------


@pytest.mark.parametrize(("insist", "outcome"), [(False, Outcome.REFUSED), (True, Outcome.READY)])
def test_two_messages_without_an_answer_are_enough_unless_the_user_insists(insist: bool, outcome: Outcome) -> None:
    touches = tuple(
        Interaction(id=f"i-{month}", contact_id=ANA.id, when=dt.date(2026, month, 7), channel="email", direction="out")
        for month in (9, 10)
    )
    material = asking(DraftKind.CHECK_IN, "have you seen my mails?", insist=insist)
    plan = plan_message(material.model_copy(update={"touches": touches}))
    assert plan.outcome is outcome
    assert insist or "twice since September 2026 without an answer" in plan.reasons[0]


# --- what is over ------------------------------------------------------------------------------------------------


def job(text: str, over: bool) -> Evidence:
    return fact(
        f"job-{text}", ANA, FactKind.EMPLOYER, text, text, superseded=over, date=dt.date(2024 + (not over), 5, 1)
    )


@pytest.mark.parametrize(
    ("address", "asked"),
    [("ana@nesshall.example", True), ("ana@corran.example", False), ("ana@post.example", False)],
)
def test_an_address_at_a_house_they_have_left_is_asked_for_anew(address: str, asked: bool) -> None:
    material = make_material(to=ANA.model_copy(update={"emails": (address,)}))
    jobs = (job("Ness Hall", over=True), job("Corran Arts Barn", over=False))
    plan = plan_message(material.model_copy(update={"evidence": (*material.evidence, *jobs)}))
    assert (plan.outcome is Outcome.NEEDS_INPUT) is asked
    assert not asked or "address now? The one in your book is at Ness Hall" in plan.questions[0]


@pytest.mark.parametrize(("insist", "outcome"), [(False, Outcome.NEEDS_INPUT), (True, Outcome.READY)])
def test_offering_what_was_found_since_is_asked_back_with_the_note(insist: bool, outcome: Outcome) -> None:
    wanted = fact("wanted", ANA, FactKind.NEED, "an assistant director", "wanted an assistant director", superseded=True,
                  date=dt.date(2025, 6, 30))  # fmt: skip
    found = fact("found", ANA, FactKind.NEED, "one", "Found one: Shona, so that's sorted.", negated=True,
                 date=dt.date(2026, 1, 15))  # fmt: skip
    about = "I know a good young director who could assist you"
    material = asking(DraftKind.GIVE_FIRST, about, insist=insist)
    evidence = (wanted, found, own_evidence(about, ME.id))
    plan = plan_message(material.model_copy(update={"evidence": evidence, "ground": ()}))
    assert plan.outcome is outcome
    assert insist or "Found one: Shona" in plan.questions[0]


# --- wishes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "noted", "outcome"),
    [
        ("not before Easter 2027", dt.date(2026, 11, 5), Outcome.REFUSED),
        ("no more pitches please, and not before Easter 2027", dt.date(2026, 11, 5), Outcome.REFUSED),
        ("please not before February", dt.date(2026, 11, 5), Outcome.REFUSED),
        ("nothing until mid-January", dt.date(2026, 11, 5), Outcome.REFUSED),
        ("do not write before next month", dt.date(2026, 11, 5), Outcome.REFUSED),
        ("not until after Christmas", dt.date(2026, 11, 5), Outcome.REFUSED),
        ("not until after the summer", dt.date(2026, 5, 5), Outcome.READY),
        ("not before Easter", dt.date(2025, 11, 5), Outcome.READY),
    ],
)
def test_a_wish_in_time_binds_until_its_day(wish: str, noted: dt.date, outcome: Outcome) -> None:
    wished = fact("wish", ANA, FactKind.PREFERENCE, wish, wish, date=noted)
    plan = plan_message(with_wish(make_material(), wished))
    assert plan.outcome is outcome
    assert outcome is Outcome.READY or f"“{wish}”" in plan.reasons[0]


def test_a_private_wish_binds_and_is_not_repeated() -> None:
    wish = fact("wish", ANA, FactKind.PREFERENCE, "not before Easter 2027", "not before Easter 2027",
                date=dt.date(2026, 11, 5), visibility=Visibility.PRIVATE)  # fmt: skip
    plan = plan_message(make_material(withheld=(wish,)))
    assert plan.outcome is Outcome.REFUSED and "Easter" not in plan.reasons[0]


@pytest.mark.parametrize(
    ("about", "outcome"),
    [
        ("a preview in Leith, beside Moira Haldane", Outcome.REFUSED),
        ("a preview in Leith with a Portuguese notary", Outcome.READY),
    ],
)
def test_somebody_they_will_not_sit_with_is_not_named_to_them(about: str, outcome: Outcome) -> None:
    wish = fact("wish", ANA, FactKind.PREFERENCE, "never seat me with Moira", "never seat me with Moira")
    material = asking(DraftKind.EVENT_INVITE, about)
    own = own_evidence(about, ME.id)
    plan = plan_message(material.model_copy(update={"evidence": (*material.evidence[:-1], own, wish)}))
    assert plan.outcome is outcome


@pytest.mark.parametrize(
    ("wish", "refused"),
    [
        ("don't introduce me to accountants", True),
        ("no intros to accountants, ever", True),
        ("wants nothing to do with accountants", True),
        ("don't introduce me to funders", False),
    ],
)
def test_a_whole_line_of_work_can_be_kept_away(wish: str, refused: bool) -> None:
    wished = fact("wish", ANA, FactKind.PREFERENCE, wish, wish)
    material = with_wish(asking(DraftKind.INTRO_ASK, "both look after small harbours"), wished)
    other = GWEN.model_copy(update={"title": "Accountant"})
    plan = plan_message(material.model_copy(update={"other": other}))
    assert (plan.outcome is Outcome.REFUSED) is refused


@pytest.mark.parametrize(
    "told",
    [
        "She and Gwen Pritchard are bidding for the same council contract.",
        "Lost the tender to Pritchard Books.",
        "Gwen poached two of her people.",
    ],
)
def test_rivals_are_not_brought_together(told: str) -> None:
    plan = plan_message(with_wish(asking(DraftKind.INTRO_ASK, "both look after harbours"), note(ANA, told)))
    assert plan.outcome is Outcome.REFUSED and "should not be brought together" in plan.reasons[0]


def test_rivals_told_of_in_a_third_persons_note_are_kept_apart_and_the_note_stays_private() -> None:
    third = Contact(id="c-third", name="Tom Weber")
    told = note(third, "Ana Ferreira lost the tender to Gwen Pritchard.", visibility=Visibility.PRIVATE)
    material = asking(DraftKind.INTRO_ASK, "both look after harbours").model_copy(update={"withheld": (told,)})
    plan = plan_message(material)
    assert plan.outcome is Outcome.REFUSED and "tender" not in plan.reasons[0]


@pytest.mark.parametrize("wish", ["check with me before you pass on my name", "never give my number without asking"])
def test_a_name_is_passed_on_only_with_a_yes(wish: str) -> None:
    wished = fact("wish", GWEN, FactKind.PREFERENCE, wish, wish)
    material = asking(DraftKind.INTRO_ASK, "both look after harbours").model_copy(update={"withheld": (wished,)})
    plan = plan_message(material)
    assert plan.outcome is Outcome.REFUSED and "ask Gwen first" in plan.reasons[0]


def test_a_rival_is_not_asked_for_a_favour_without_insisting() -> None:
    told = note(ANA, "They sell to the same boards, so a competitor of ours.")
    assert plan_message(with_wish(asking(DraftKind.ASK, "what is on your roadmap?"), told)).outcome is Outcome.REFUSED
    insisting = with_wish(asking(DraftKind.ASK, "what is on your roadmap?", insist=True), told)
    assert plan_message(insisting).outcome is Outcome.READY


def test_an_order_is_left_out_of_the_text_and_shown() -> None:
    order = own_evidence("keep it short", ME.id, is_order=True)
    material = make_material()
    plan = plan_message(material.model_copy(update={"evidence": (*material.evidence, order)}))
    assert order not in plan.evidence
    assert [one.reason for one in plan.left_out if one.text == "keep it short"] == ["an instruction to you, not said"]
