"""Form: length, one ask, the right name, no gaps; each finding says what to do."""

from __future__ import annotations

import pytest

from assistant.check.message import read_message
from assistant.check.style import check_style, find_asks
from assistant.domain import DraftKind, Material, Severity

GOOD = (
    "Hi Ana,\n\nWhen we had coffee in Porto in March you were looking for a notary who speaks Portuguese. I know one in "
    "Lisbon and would be glad to ask whether she is taking new clients. Shall I?\n\nIf you have found someone since, no "
    "need to answer.\n\nAll the best,\nDana"
)


def rules_for(text: str, material: Material, subject: str = "The notary") -> list[str]:
    return [one.rule for one in check_style(read_message(text, DraftKind.GIVE_FIRST, subject).message, material)]


def test_a_considerate_message_has_no_finding(material: Material) -> None:
    assert rules_for(GOOD, material) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("Hi Ana,", "Hi Anna,", "style.wrong_name"),
        ("Hi Ana,", "Hi Tom,", "style.wrong_name"),
        ("Hi Ana,\n\n", "", "style.greeting"),
        ("Shall I?", "Shall I? Could you also introduce me to Priya?", "style.two_asks"),
        ("Shall I?", "I could.", "style.no_ask"),
        ("Lisbon", "[city]", "style.placeholder"),
        ("Lisbon", "{city}", "style.placeholder"),
        ("Lisbon", "XXX", "style.placeholder"),
        ("Shall I?", "I hope this finds you well. Shall I?", "style.generic"),
        ("Shall I?", "This resonates deeply. Shall I?", "style.machine"),
        ("in March", "in March " + "and so on " * 45, "style.length"),
    ],
)
def test_a_slip_of_form_is_found(old: str, new: str, rule: str, material: Material) -> None:
    assert rule in rules_for(GOOD.replace(old, new, 1), material)


def test_a_message_that_says_too_little_is_told_so(material: Material) -> None:
    assert "style.length" in rules_for("Hi Ana,\n\nShall we talk?", material)


def test_a_body_far_too_long_blocks(material: Material) -> None:
    message = read_message("Hi Ana,\n\n" + "one two three four. " * 60, DraftKind.GIVE_FIRST, "x").message
    assert any(one.rule == "style.length" and one.severity is Severity.BLOCK for one in check_style(message, material))


def test_an_easy_no_is_not_an_ask() -> None:
    asks = find_asks("Shall I? If you would rather not, just say so. No need to answer.")
    assert [one.text for one in asks] == ["Shall I?"]


def test_no_subject_is_told() -> None:
    assert find_asks("") == ()


def test_a_missing_subject_is_found(material: Material) -> None:
    assert "style.subject" in rules_for(GOOD, material, subject="")
