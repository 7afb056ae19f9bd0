from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.find.book import load_rarities
from assistant.find.ground import Book
from assistant.store import readings

NOTES = (
    "---\nme: true\nname: Dana Marlow\n---\n- [offer] tide tables\n",
    "---\nname: Ana Ferreira\n---\n- [need] a notary\n",
    "---\nname: Ben Otter\n---\n" + "".join(f"- [interest] harbour {number}\n" for number in range(200)),
)


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    monkeypatch.setattr(readings, "LARGE_BOOK", 100)
    for number, text in enumerate(NOTES):
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
    with Assistant.open(tmp_path / "home", dt.date(2026, 11, 20)) as assistant:
        assistant.import_(sorted(tmp_path.glob("*.md")))
        yield assistant


def rarities(assistant: Assistant) -> Book:
    with assistant._store.read() as connection:
        return load_rarities(connection)


def test_in_a_large_book_one_more_note_has_nobody_wait_for_all_the_others(large: Assistant) -> None:
    before = rarities(large)
    large.note("Ana Ferreira", "- [need] a plumber")
    assert rarities(large) is before


def test_a_large_book_that_has_grown_is_read_again(large: Assistant) -> None:
    before = rarities(large)
    large.note("Ana Ferreira", "\n".join(f"- [need] plank {number}" for number in range(20)))
    assert rarities(large) is not before


def test_whoever_was_forgotten_no_longer_counts_in_a_large_book(large: Assistant) -> None:
    before = rarities(large)
    large.forget("Ana Ferreira")
    assert rarities(large) is not before
    assert rarities(large).rarity("notary", ()) == 1.0


def test_in_a_book_of_ordinary_size_every_note_counts_at_once(
    large: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "LARGE_BOOK", 20_000)
    before = rarities(large)
    large.note("Ana Ferreira", "- [need] a plumber")
    assert rarities(large) is not before
