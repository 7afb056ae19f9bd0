from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Draft, DraftKind
from evals import grammar, judge, prose
from evals.graders import Request
from evals.prose import Written

QUOTE = "She wants the labels to look like her grandfather's, thick paper, one colour."
BODY = "In March you were looking for a notary. I know one in Lisbon."


def written(body: str = BODY, subject: str = "A notary in Lisbon", **more: object) -> Written:
    given = {"name": "one", "who": "ana", "kind": DraftKind.GIVE_FIRST, "quotes": (QUOTE,), **more}
    return Written(subject=subject, paragraphs=tuple(body.split("\n\n")), **given)  # type: ignore[arg-type]


def rules(body: str, **more: str) -> list[str]:
    return [fault.rule for fault in prose.find_faults(written(body, **more))]


def test_plain_prose_has_no_fault() -> None:
    assert rules(BODY) == []


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("You wanted the salt readings and I have you now.", "slip"),
        ("You is looking for a desk.", "slip"),
        ("I can send you the my notes.", "slip"),
        ("A second oven, wood fired.", "no_verb"),
        ("Your project: the labels to look like a ship.", "pasted"),
        ("You want the labels to look like your grandfather's, thick paper, one colour.", "verbatim"),
        ("You said she wants the labels to look like paper.", "pasted"),
        ("I know a accountant.", "article"),
        ("It took an university.", "article"),
        ("You are looking for notary.", "article"),
        ("I can lend you projector for film evening.", "article"),
        ("You are founder of a school.", "article"),
        ("I hear she needs a desk.", "pronoun"),
        ("I wrote to their house.", "pronoun"),
        ("I know the the notary.", "doubled"),
        ("Https://lichens.example/1", "link_case"),
        ("I like open sea data. Do you like open sea data?", "echo"),
        ("I know " + "one and another and " * 12 + "a third.", "long_sentence"),
    ],
)
def test_each_slip_is_found(sentence: str, rule: str) -> None:
    assert rule in rules(f"I thought of you. {sentence}")


@pytest.mark.parametrize(
    "sentence",
    [
        "You were looking for an hour with a union lawyer and an MSc student at a university.",
        "I know one in Lisbon; shall I write to them?",
        "If you have found someone, tell them I said hello.",
        "I can host a workshop in our rooms, and the workshop rooms are free.",
        "No need to answer.",
        "We spoke on the phone, and your team sent its readings.",
        "I have your letter now.",
        "I can send you now what I promised.",
    ],
)
def test_sound_sentences_are_left_alone(sentence: str) -> None:
    assert rules(f"I thought of you. {sentence}") == []


@pytest.mark.parametrize(
    ("subject", "rule"),
    [
        ("Thank you", "subject_generic"),
        ("A quick question", "subject_generic"),
        ("", "subject_generic"),
        ("Thank you for staying late to finish our", "subject_cut"),
        ("Review our training slides", "subject_order"),
    ],
)
def test_a_subject_that_says_nothing_breaks_off_or_orders_is_found(subject: str, rule: str) -> None:
    assert rules(BODY, subject=subject) == [rule]


def test_a_message_without_a_reason_is_found() -> None:
    assert rules("I can lend you our projector. Would you like that?") == ["no_reason"]


def test_a_third_person_may_be_spoken_of_in_an_introduction() -> None:
    told = written("I thought of you. He is a printer.")
    assert [fault.rule for fault in prose.find_faults(told)] == ["pronoun"]
    assert prose.find_faults(told._replace(kind=DraftKind.INTRO)) == []


def test_two_people_who_get_the_same_subject_and_words_are_seen() -> None:
    ana = written("I thought of you because you asked for a notary.", name="ana", known="a notary")
    tom = written("I thought of you because you asked for bread.", name="tom", who="tom", known="bread")
    figures = prose.measure([ana, tom])
    assert figures["rules"]["subject_same"] == 2 and figures["framed"] > 0.5
    assert figures["frames"] == [{"text": "i thought of you because you asked for", "people": 2, "drafts": 2}]
    alone = prose.measure([ana, tom._replace(who="ana")])
    assert (alone["rules"]["subject_same"], alone["frames"], alone["framed"]) == (0, [], 0.0)


def test_greeting_headings_and_sign_off_are_not_prose(good: Draft) -> None:
    read = prose.read_draft("one", Request(kind=DraftKind.GIVE_FIRST, who="Ana Ferreira"), good)
    assert read.body and "Ana," not in read.body and "Dana" not in read.body
    assert any("notary" in quote for quote in read.quotes)
    script = good.model_copy(update={"body": "Opener:\nHello Ana.\n\nThe one ask:\nShall I?"})
    assert prose.read_draft("one", Request(kind=DraftKind.GIVE_FIRST, who="Ana"), script).paragraphs == (
        "Hello Ana.",
        "Shall I?",
    )


def test_the_longest_common_run_is_found_where_it_stands() -> None:
    assert prose.find_run("a b c d e".split(), "x c d e y".split()) == (2, 3)
    assert prose.find_run([], ["a"]) == (0, 0)


@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_can_be_read_and_every_rule_is_a_known_one(body: str, subject: str) -> None:
    faults = prose.find_faults(written(body, subject=subject))
    assert all(fault.rule in grammar.RULES for fault in faults)


def test_drafts_a_person_wrote_with_care_have_no_fault_but_a_long_quotation() -> None:
    cases = judge.read_cases()
    drafts = [
        Written(one.name, one.to, one.kind, one.subject, tuple(one.body.split("\n")[1:-1]), tuple(known))
        for one in cases.drafts
        if not one.labels and (known := cases.people[one.to].known)
    ]
    found = {(one.name, fault) for one in drafts for fault in prose.find_faults(one) if fault.rule != "verbatim"}
    assert len(drafts) >= 30 and found == set()
