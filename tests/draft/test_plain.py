"""The plain writer: what it writes passes the guards, cites its facts, asks once, and differs between people."""

from __future__ import annotations

import pytest
from two_people import ANA, fact, make_material

from assistant.check import check_message, is_blocked
from assistant.check.style import band_of, find_asks
from assistant.domain import Channel, DraftKind, FactKind, Message
from assistant.draft.plain import write_plain
from assistant.draft.plan import plan_message
from assistant.find.material import own_evidence
from assistant.text import count_words

PEOPLE = [f"c-{number}" for number in range(12)]


def write(kind: DraftKind, contact: str = ANA.id, **changes: object) -> Message:
    material = make_material(kind, **changes)
    plan = plan_message(material)
    other = material.model_copy(update={"to": ANA.model_copy(update={"id": contact})})
    return write_plain(plan, other)


@pytest.mark.parametrize("contact", PEOPLE)
@pytest.mark.parametrize("kind", list(DraftKind))
def test_every_variant_passes_every_guard(kind: DraftKind, contact: str) -> None:
    message = write(kind, contact)
    findings = check_message(message, make_material(kind))
    assert not is_blocked(findings), [(one.rule, one.text, one.message) for one in findings]


@pytest.mark.parametrize("contact", PEOPLE)
@pytest.mark.parametrize("kind", list(DraftKind))
def test_a_draft_asks_once_and_keeps_its_length(kind: DraftKind, contact: str) -> None:
    message, band = write(kind, contact), band_of(kind)
    assert len(find_asks(message.body)) == (0 if kind is DraftKind.THANK_YOU else 1)
    assert band.low <= count_words(message.body) <= band.high


def test_the_offer_names_the_need_and_both_cite() -> None:
    message = write(DraftKind.GIVE_FIRST)
    cited = {item for sentence in message.sentences for item in sentence.evidence}
    assert {"need", "offer"} <= cited
    assert "Porto" in message.body and "Lisbon" in message.body


def test_two_people_get_different_frames() -> None:
    bodies = {write(DraftKind.GIVE_FIRST, contact).body for contact in PEOPLE}
    assert len(bodies) >= 6


def test_the_same_person_gets_the_same_draft_again() -> None:
    assert write(DraftKind.COLD).body == write(DraftKind.COLD).body


def test_own_words_are_said_to_the_person() -> None:
    own = own_evidence("I can lend her my projector for the open day", "c-me")
    message = write(DraftKind.GIVE_FIRST, ground=(), evidence=(own,))
    assert "I can lend you my projector for the open day." in message.body
    assert not is_blocked(check_message(message, make_material(ground=(), evidence=(own,))))


def ask_subject(words: str, kind: DraftKind = DraftKind.ASK) -> str:
    own = own_evidence(words, "c-me")
    base = make_material(kind)
    evidence = (*(one for one in base.evidence if one.source != "own"), own)
    request = base.request.model_copy(update={"about": words})
    return write(kind, evidence=evidence, request=request).subject


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("could the set sit in your loading bay from 11 January?", "A question about your loading bay"),
        ("could you mix The Salt House in a day?", "About mixing The Salt House in a day"),
        ("could you look over our January draft?", "Our January draft"),
        ("can we borrow 6 lanterns for March?", "6 lanterns for March"),
        ("could you introduce me to a harbour master?", "An introduction to a harbour master"),
    ],
)
def test_the_subject_of_a_request_is_a_thing(words: str, subject: str) -> None:
    assert ask_subject(words) == subject


def test_a_follow_up_with_own_words_is_about_the_occasion() -> None:
    assert ask_subject("I promised you the address.", DraftKind.FOLLOW_UP) == "After our coffee in Porto"


def test_a_call_says_nothing_twice_and_asks_in_full() -> None:
    material = make_material(DraftKind.COLD)
    request = material.request.model_copy(update={"channel": Channel.CALL})
    to = ANA.model_copy(update={"phones": ("+44 20 7946 0000",)})
    called = material.model_copy(update={"request": request, "to": to})
    lines = [one.text for one in write_plain(plan_message(called), called).sentences]
    spoken = lines[: lines.index("Voicemail, 20 seconds:")]
    assert len(spoken) == len(set(spoken))
    assert "Shall I put you in touch?" in lines and not any("I am writing" in line for line in lines)


@pytest.mark.parametrize(
    ("kind", "text", "asked"),
    [
        (FactKind.PLACE, "lives in Halifax, Nova Scotia", "Halifax?"),
        (FactKind.EMPLOYER, "Harbour Stage, since 2020", "at Harbour Stage?"),
        (FactKind.INTEREST, "builds cedar canoes in a garage", "build cedar canoes in a garage?"),
    ],
)
def test_a_revival_with_nothing_else_asks_after_their_life(kind: FactKind, text: str, asked: str) -> None:
    known = fact("life", ANA, kind, text, text)
    base = make_material(DraftKind.RECONNECT)
    request = base.request.model_copy(update={"about": "", "insist": True})
    message = write(DraftKind.RECONNECT, evidence=(known,), ground=(), request=request)
    assert asked in message.body and len(find_asks(message.body)) == 1


def test_an_invitation_names_day_hour_and_place_in_order() -> None:
    words = "preview of The Salt House on Thursday 11 March 2027, 7.30, Govan, 2 seats for you"
    own = own_evidence(words, "c-me")
    request = make_material(DraftKind.EVENT_INVITE).request.model_copy(update={"about": words})
    message = write(DraftKind.EVENT_INVITE, evidence=(own,), ground=(), request=request)
    assert "a preview of The Salt House on Thursday 11 March 2027 at 7.30 in Govan." in message.body
    assert "There are 2 seats for you." in message.body


@pytest.mark.parametrize(
    ("words", "first", "then"),
    [
        ("the pricing page, conversion's up since", "Thank you for the pricing page.", "Conversion's up since."),
        ("the tip about the hall, it worked", "Thank you for the tip about the hall.", "It worked."),
        ("thank her for the lamps", "Thank you for the lamps.", ""),
    ],
)
def test_own_thanks_name_the_thing_and_then_what_came_of_it(words: str, first: str, then: str) -> None:
    own = own_evidence(words, "c-me")
    request = make_material(DraftKind.THANK_YOU).request.model_copy(update={"about": words})
    message = write(DraftKind.THANK_YOU, evidence=(own,), ground=(), request=request)
    assert first in message.body and then in message.body
    assert message.subject == first.rstrip(".")
