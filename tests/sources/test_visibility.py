"""A confidence is one to its last word: wrapped lines, entries beneath it, other bullets, headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Contact, FactKind, Note, Visibility
from assistant.sources.facts import Reading, read_facts
from assistant.sources.visibility import fact_visibility

IDA = Contact(id="c-ida", name="Ida Lund")


def read(text: str, title: str = "Call") -> Reading:
    return read_facts(IDA, [Note(id="n", contact_id=IDA.id, source="typed", key="a", text=text, title=title)])


def told(reading: Reading, word: str) -> set[Visibility]:
    """How all that holds `word` may be told."""
    facts = {one.visibility for one in reading.facts if word in one.quote}
    return facts | {one.visibility for one in reading.passages if word in one.text}


@pytest.mark.parametrize(
    "text",
    [
        "- [private] she told me that\n  she needs a new job",
        "- [private] she told me that\nshe needs a new job",
        "- [private] the firm\n\n  She needs a new job.",
        "- [private] the firm\n  - [need] a new job",
        "- [private] the firm\r\n  she needs a new job",
        "1. [private] She needs a new job",
        "- [need] a kiln   - [private] a new job",
        "> She told me in confidence.\n> She needs a new job.",
        "### In confidence\n\nShe needs a new job.",
        "### Private\n- [need] a kiln\n\n#### Work\n\n- [need] a new job",
        "She needs a new job #confidential",
    ],
)
def test_no_part_of_a_confidence_is_open(text: str) -> None:
    assert told(read(text), "a new job") == {Visibility.PRIVATE}


@pytest.mark.parametrize(
    "text",
    [
        "- [private] the firm\n- [need] a kiln",
        "She told me in confidence that she will leave.\n\nShe needs a kiln.",
        "  - [private] the firm\n- [need] a kiln",
        "### Private\n\nthe firm\n\n### Lamps\n\nShe needs a kiln.",
        "- [private] the firm\n  - and so on\n- [need] a kiln",
    ],
)
def test_what_stands_beside_a_confidence_stays_open(text: str) -> None:
    assert told(read(text), "a kiln") == {Visibility.PERSONAL}


def test_a_heading_that_asks_for_silence_covers_the_whole_note() -> None:
    reading = read("She needs a kiln.\n\n### Lamps\n\n- [role] lamp maker", title="Off the record")
    assert {one.visibility for one in (*reading.facts, *reading.passages)} == {Visibility.PRIVATE}


def test_sensitive_matters_are_private_unless_marked_public() -> None:
    kind, open_passage = FactKind.EVENT, Visibility.PERSONAL
    assert fact_visibility(kind, "spoke about her cancer", open_passage, typed=True) is Visibility.PRIVATE
    assert fact_visibility(kind, "spoke about her cancer #public", open_passage, typed=True) is Visibility.PUBLIC
    assert fact_visibility(kind, "a talk #public", Visibility.PRIVATE, typed=True) is Visibility.PRIVATE


@given(
    st.lists(
        st.sampled_from(["She needs a kiln.", "- [need] a boat", "### Lamps", "", "  - x", "  she sails"]), max_size=6
    )
)
def test_a_mark_makes_nothing_more_open(lines: list[str]) -> None:
    order = [Visibility.PRIVATE, Visibility.PERSONAL, Visibility.PUBLIC]
    plain = {one.id: one for one in read("\n".join(lines)).facts}
    marked = read("\n".join(["- [private] the firm", *lines])).facts
    assert all(
        order.index(one.visibility) <= order.index(plain[one.id].visibility) for one in marked if one.id in plain
    )
