"""What a sentence tells in passing of work, years and aims, and of whom."""

from __future__ import annotations

import pytest

from assistant.domain import Contact
from assistant.find.doings import read_doings

IDA = Contact(id="c-ida", name="Ida Lund")


def read(sentence: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in read_doings(sentence, IDA)]


@pytest.mark.parametrize(
    ("sentence", "kind", "text"),
    [
        ("Welds gates and the odd sculpture.", "skill", "Welds gates and the odd sculpture"),
        ("Ida conducts a youth band in Crieff.", "skill", "conducts a youth band in Crieff"),
        ("She used to run a seed bank.", "skill", "used to run a seed bank"),
        ("Taught physics for eleven years before he got the keys.", "skill", "Taught physics for eleven years"),
        ("Thirty years of bridges, half-retired now.", "skill", "Thirty years of bridges"),
        ("She can tell you what any tool was for.", "skill", "can tell you what any tool was for"),
        ("She means to sell straight to roasters.", "aim", "to sell straight to roasters"),
    ],
)
def test_work_years_and_aims_are_read(sentence: str, kind: str, text: str) -> None:
    (found,) = read(sentence)
    assert found[0] == kind
    assert found[1].startswith(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "She never mends anything.",
        "Taught me the chorus of a song.",
        "Her brother welds gates.",
        "Introduced us to Ingrid at the bar, she books for Bergen.",
        "If he had time he'd learn to weld.",
        "Sold the lathe, used to turn bowls.",
        "Saturdays are out.",
        "Was hoping to bring the kids over.",
        "Mends clocks, does she?",
    ],
)
def test_what_is_denied_given_up_imagined_or_anothers_is_not(sentence: str) -> None:
    assert read(sentence) == []
