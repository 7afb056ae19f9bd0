"""Sentences labelled by hand: what the notes bear passes, what they do not bear is found, with a reason."""

from __future__ import annotations

import pytest

from assistant.check.claims import check_claims
from assistant.check.message import read_message
from assistant.domain import DraftKind, Material, Message, Sentence

BORNE = [
    "This may be something for you.",
    "You were looking for a Portuguese-speaking notary.",
    "You are hunting for a notary who speaks Portuguese.",
    "When we had coffee in Porto in March you needed a notary.",
    "You told me in March that you were looking for a notary.",
    "I know a notary in Lisbon and would be glad to introduce you.",
    "I know one in Lisbon and would be glad to ask whether she is taking new clients.",
    "Shall I?",
    "If you have found someone since, no need to answer.",
    "You are an architect at Studio Maré.",
    "You are turning a cork mill into flats.",
    "The twenty-seven flats in the cork mill sounded like a lot of work.",
    "In April I sent you the tide-gauge data.",
    "I lived in Porto until 2018.",
    "I enjoy sea swimming.",
    "Priya introduced us at the Harbour Fair.",
    "Priya introduced me to you in 2024.",
    "I am in Porto in the first week of December.",
    "You do not want a co-founder.",
    "I work at Tidewise.",
    "Would a short call next week suit you?",
    "Would you have twenty minutes for a call?",
    "No pressure at all.",
    "I hope you are well.",
    "All the best, Dana",
]

NOT_BORNE = [
    ("You are a notary.", "claims.relation"),
    ("I am looking for a notary.", "claims.relation"),
    ("You no longer need a notary.", "claims.negation"),
    ("You have found a notary.", "claims"),
    ("You want a co-founder.", "claims.negation"),
    ("You are moving to Madeira.", "claims.hearsay"),
    ("You work at Brightloom.", "claims"),
    ("I work at Studio Maré.", "claims.wrong_person"),
    ("You know a notary in Lisbon.", "claims.wrong_person"),
    ("You work at Tidewise.", "claims.wrong_person"),
    ("I run a bank.", "claims"),
    ("You enjoy sea swimming.", "claims.wrong_person"),
    ("We met in Berlin.", "claims.name"),
    ("We had coffee in Porto in May.", "claims.date"),
    ("We had coffee in Porto in 2019.", "claims.date"),
    ("You are turning a cork mill into 30 flats.", "claims.number"),
    ("You are turning a cork mill into thirty flats.", "claims.number"),
    ("Viktor introduced us.", "claims"),
    ("You introduced me to Priya.", "claims.introduction"),
    ("I introduced you to Priya.", "claims.introduction"),
    ("Your mother needs a notary.", "claims.unsupported"),
    ("Your amazing cork mill.", "claims.praise"),
    ("Congratulations on the cork mill.", "claims.praise"),
    ("I admire how you turn a cork mill into flats.", "claims.praise"),
    ("I will pay the notary for you.", "claims"),
    ("I promise the notary will take you.", "claims"),
    ("The notary in Lisbon charges 200 euros.", "claims"),
    ("See www.notary.example for more.", "claims.link"),
    ("Write to notary@lisbon.example.", "claims.link"),
    ('You said "I cannot wait any longer".', "claims.quote"),
    ("As you said last week, the mill is nearly finished.", "claims"),
    ("You asked me to find a notary by Friday.", "claims"),
    ("Tom Weber thinks highly of you.", "claims.name"),
    ("Ana Marlow is an architect.", "claims.name"),
    ("You sent me the tide-gauge data.", "claims"),
    ("We worked together at Studio Maré.", "claims"),
    ("Your boss told me about the mill.", "claims"),
    ("You hired a notary in Lisbon.", "claims"),
]


def findings_for(text: str, material: Material) -> list[str]:
    reading = read_message(f"Hi Ana,\n\n{text}", DraftKind.GIVE_FIRST)
    return [finding.rule for finding in check_claims(reading.message, material)]


@pytest.mark.parametrize("text", BORNE)
def test_what_the_notes_say_passes(text: str, material: Material) -> None:
    assert findings_for(text, material) == []


@pytest.mark.parametrize(("text", "rule"), NOT_BORNE)
def test_what_the_notes_do_not_say_is_found(text: str, rule: str, material: Material) -> None:
    assert any(found.startswith(rule) for found in findings_for(text, material))


def cited(text: str, *evidence: str) -> Message:
    return Message(kind=DraftKind.GIVE_FIRST, sentences=(Sentence(text=text, evidence=evidence),))


def test_a_true_sentence_that_cites_nothing_is_uncited(material: Material) -> None:
    found = check_claims(cited("You were looking for a notary."), material)
    assert [one.rule for one in found] == ["claims.uncited"]


def test_a_true_sentence_that_cites_something_else_is_unsupported(material: Material) -> None:
    assert check_claims(cited("You were looking for a notary.", "project"), material)


def test_the_right_citation_is_enough(material: Material) -> None:
    assert check_claims(cited("You were looking for a notary.", "need"), material) == ()


def test_a_citation_nobody_knows_counts_for_nothing(material: Material) -> None:
    assert check_claims(cited("You were looking for a notary.", "no-such-id"), material)


def test_private_evidence_cannot_be_cited(material: Material) -> None:
    assert check_claims(cited("You are thinking of leaving the practice.", "secret"), material)


def test_a_finding_points_at_its_words(material: Material) -> None:
    message = read_message("Hi Ana,\n\nYou are turning a cork mill into 30 flats.", DraftKind.GIVE_FIRST).message
    (found,) = check_claims(message, material)
    assert message.body[slice(*found.span)] == found.text == "30"
    assert found.fix


def test_the_subject_is_checked_too(material: Material) -> None:
    message = Message(kind=DraftKind.GIVE_FIRST, subject="Lunch with Viktor Hale", sentences=(), cited=False)
    found = check_claims(message, material)
    assert found and all(one.field == "subject" for one in found)
