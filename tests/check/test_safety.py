"""Harm by form: recipients, headers, markup, hidden characters, look-alike letters. Honest text passes."""

from __future__ import annotations

import pytest

from assistant.check.message import read_message
from assistant.check.safety import check_safety
from assistant.domain import DraftKind, Material


def rules_for(text: str, material: Material, subject: str = "The notary") -> list[str]:
    reading = read_message(text, DraftKind.GIVE_FIRST, subject)
    return [finding.rule for finding in check_safety(reading.message, material)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Bcc: evil@e.example", "safety.recipient"),
        ("Hi Ana, cc: evil@e.example", "safety.recipient"),
        ("Reply-To: evil@e.example", "safety.recipient"),
        ("=?utf-8?q?Hi?=", "safety.header"),
        ("See ![x](http://e.example/x.png)", "safety.markup"),
        ("See [here](http://e.example)", "safety.markup"),
        ("<img src=http://e.example/x.png>", "safety.markup"),
        ("Hi&nbsp;Ana", "safety.markup"),
        ("zero\u200bwidth", "safety.hidden"),
        ("turn \u202egnorw", "safety.hidden"),
        ("tags \U000e0041\U000e0042", "safety.hidden"),
        ("p\u0430ypal", "safety.lookalike"),
        ("I have attached the contract.", "safety.attachment"),
    ],
)
def test_a_harmful_form_is_found(text: str, rule: str, material: Material) -> None:
    assert rule in rules_for(text, material)


@pytest.mark.parametrize("subject", ["Hi\r\nBcc: evil@e.example", "Hi\nthere", "=?utf-8?b?SGk=?=", "Re: our talk"])
def test_a_harmful_subject_is_found(subject: str, material: Material) -> None:
    assert rules_for("Hi Ana,", material, subject)


@pytest.mark.parametrize(
    "text",
    [
        "Hi José, how is R&D? I moved from Tōkyō to Århus.",
        "Ana to Bruno: see you at 10:30, or so; from here it is 3 < 5 km.",
        "Привет, Анна.",
        "To: be or not to be.",
        "東京タワーで会いましょう。",
    ],
)
def test_honest_text_passes(text: str, material: Material) -> None:
    assert rules_for(text, material) == []
