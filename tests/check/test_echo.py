"""What a message has from an example and from no evidence is found; what it says by itself is not."""

from __future__ import annotations

import pytest

from assistant.check import check_echo, is_blocked
from assistant.domain import DraftKind, Material, Message, Sentence

EXAMPLES = (
    "I can send you the … one if you like. No rush!",
    "We'd only make the whole thing on … a bit …, and you know that well enough.",
    "Viktor brings 250 lamps to Leiden on 4 May, see lamps.example",
)


def message(*texts: str, evidence: tuple[str, ...] = ("need",)) -> Message:
    greeting = Sentence(text="Hi Ana,", paragraph=0)
    return Message(
        kind=DraftKind.GIVE_FIRST, sentences=(greeting, *(Sentence(text=one, evidence=evidence) for one in texts))
    )


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("By the way, you know that well enough, Ana.", "you know that well enough"),
        ("I CAN send you the — file.", "I CAN send you the"),
        ("You know that well enough and only make the whole thing work.", "You know that well enough"),
        ("Viktor would like that.", "Viktor"),
        ("There are 250 of them.", "250"),
        ("Let us say 4 May.", "4 May"),
        ("See lamps.example for it.", "lamps.example"),
        ("I know the … in Lisbon.", "…"),
    ],
)
def test_what_stands_in_an_example_alone_blocks(material: Material, text: str, part: str) -> None:
    found = check_echo(message(text), material, EXAMPLES)
    body = message(text).body
    assert found and is_blocked(found) and {one.rule for one in found} == {"claims.example_leak"}
    assert part in [body[slice(*one.span)] for one in found]
    assert all(one.fix and one.message for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "I can send you a file.",
        "No rush!",
        "She's hunting for a Portuguese-speaking notary.",
        "Ana, you were looking for a notary.",
        "I would be happy to ask.",
    ],
)
def test_what_a_message_says_by_itself_does_not(material: Material, text: str) -> None:
    examples = (*EXAMPLES, "I would be happy to see it.", "Ana is hunting for a Portuguese-speaking notary.")
    assert check_echo(message(text), material, examples) == ()


def test_words_that_the_cited_evidence_has_are_the_messages_own(material: Material) -> None:
    example = ("Somebody was turning a cork mill into 27 flats.",)
    said = "You are turning a cork mill into 27 flats."
    assert check_echo(message(said, evidence=("project",)), material, example) == ()
    assert check_echo(message(said, evidence=("role",)), material, example)
    assert check_echo(message(said).model_copy(update={"cited": False}), material, example) == ()


def test_a_subject_is_looked_at_too_and_without_examples_nothing_is(material: Material) -> None:
    copied = message("Shall I?").model_copy(update={"subject": "Viktor and the lamps"})
    (found,) = check_echo(copied, material, EXAMPLES)
    assert (found.field, found.text) == ("subject", "Viktor")
    assert check_echo(copied, material, ()) == ()
