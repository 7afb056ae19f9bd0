"""Text in, sentences out: nothing is lost, and a finding points into the text the person typed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.check.message import place_in_text, read_message
from assistant.check.verdict import check_message
from assistant.domain import DraftKind, Material


def test_a_subject_line_is_read_as_the_subject() -> None:
    reading = read_message("Subject: The notary\n\nHi Ana,\n\nShall I?", DraftKind.COLD)
    assert reading.message.subject == "The notary"
    assert reading.message.body == "Hi Ana,\n\nShall I?"


def test_a_finding_points_into_the_text_as_it_was_typed(material: Material) -> None:
    text = "Subject: The notary\n\nHi Ana,\n\n\n\n   You are turning a mill   \n into 30 flats.\n"
    reading = read_message(text, DraftKind.GIVE_FIRST)
    found = [place_in_text(one, reading) for one in check_message(reading.message, material)]
    number = next(one for one in found if one.rule == "claims.number")
    assert text[slice(*number.span)] == "30"


@given(st.text(max_size=300))
def test_no_visible_character_is_lost(text: str) -> None:
    reading = read_message(text, DraftKind.COLD, "x")
    kept = "".join("".join(one.text.split()) for one in reading.message.sentences)
    marks = "-*+•#> \t0123456789.)"
    assert {char for char in "".join(text.split()) if char not in marks and char.isalnum()} <= set(kept)


@given(st.text(max_size=300))
def test_every_sentence_stands_where_it_is_said_to_stand(text: str) -> None:
    reading = read_message(text, DraftKind.COLD, "x")
    for sentence, start in zip(reading.message.sentences, reading.starts, strict=True):
        assert text[start : start + len(sentence.text)] == sentence.text
