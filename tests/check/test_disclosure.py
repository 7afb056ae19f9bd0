"""What was told in confidence stays: verbatim, in other words, in the subject; and what is open may be said."""

from __future__ import annotations

import pytest

from assistant.check.disclosure import check_disclosure
from assistant.check.message import read_message
from assistant.domain import DraftKind, Material


def rules_for(text: str, material: Material, subject: str = "") -> list[str]:
    message = read_message(text, DraftKind.GIVE_FIRST, subject).message
    return [finding.rule for finding in check_disclosure(message, material)]


@pytest.mark.parametrize(
    "text",
    [
        "I know you are thinking of leaving the practice and moving to São Tomé.",
        "How is São Tomé looking?",
        "Are you still planning to quit the practice?",
        "SAO TOME must be lovely.",
    ],
)
def test_a_private_line_is_found_whatever_the_words(text: str, material: Material) -> None:
    assert "disclosure.private" in rules_for(text, material)


def test_a_private_line_in_the_subject_is_found(material: Material) -> None:
    assert rules_for("Hi Ana,", material, subject="Leaving the practice") == ["disclosure.private"]


def test_what_somebody_else_said_is_theirs(material: Material) -> None:
    assert "disclosure.third_party" in rules_for("A brewery in Ghent is quietly for sale.", material)


def test_what_may_be_told_is_not_flagged(material: Material) -> None:
    text = (
        "Hi Ana,\n\nWhen we had coffee in Porto you were looking for a notary. I know one in Lisbon. Shall I ask her?"
    )
    assert rules_for(text, material) == []


def test_a_finding_never_repeats_the_secret_in_its_message(material: Material) -> None:
    message = read_message("São Tomé must be lovely.", DraftKind.GIVE_FIRST).message
    (found,) = check_disclosure(message, material)
    assert "Tomé" not in found.message + found.fix
