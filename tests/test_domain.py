"""The rules that are true of the product's words wherever they stand."""

from __future__ import annotations

import pytest

from assistant.domain import first_name_of


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Dr Adaeze Nwosu-Grant", "Adaeze"),
        ("Prof. Dr. Ingrid Vass", "Ingrid"),
        ("Rev Tom Ashby", "Tom"),
        ("Kwan Siu-Fai", "Siu-Fai"),
        ("Hye-jin Park", "Hye-jin"),
        ("Ana Castro-Lopes", "Ana"),
        ("Madonna", "Madonna"),
        ("Dr", "Dr"),
        ("", ""),
    ],
)
def test_one_greets_with_the_given_name_and_no_title(name: str, first: str) -> None:
    assert first_name_of(name) == first
