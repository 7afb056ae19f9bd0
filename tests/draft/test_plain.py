"""The plain writer: what it writes passes the guards, cites its facts, asks once, and differs between people."""

from __future__ import annotations

import pytest
from two_people import ANA, make_material

from assistant.check import check_message, is_blocked
from assistant.check.style import band_of, find_asks
from assistant.domain import DraftKind, Message
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
