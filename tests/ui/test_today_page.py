"""The page Today: what is worth doing, sending it away and back, and the way on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_book import TODAY
from streamlit.testing.v1 import AppTest

import ui
from assistant.ahead import reckon_all
from assistant.app import Assistant

SCRIPT = Path(ui.__file__).parent / "app.py"
WHY = "Ana needs a Portuguese-speaking notary for her parents' house in Faro (noted 12 March 2026), and you offered: "


def open_page() -> AppTest:
    return AppTest.from_file(str(SCRIPT), default_timeout=60).run()


def said(at: AppTest) -> str:
    assert not at.exception, at.exception
    return "\n".join(one.value for one in at.text)


def button(at: AppTest, label: str) -> Any:
    return next(one for one in at.button if one.label == label)


def test_what_is_worth_doing_stands_with_its_reason_and_quotes(book: Path) -> None:
    at = open_page()
    assert [one.value for one in at.header][0] == "Worth doing today"
    assert WHY + "know a notary in Lisbon." in said(at) and "“know a notary in Lisbon”, 2 October 2026" in said(at)
    assert "thinking of leaving" not in said(at)


def test_not_now_and_not_this_send_it_away_and_undo_brings_it_back(book: Path) -> None:
    for label, until in (("Not now", "until 2026-12-20"), ("Not this", "for good")):
        at = button(open_page(), label).click().run()
        assert WHY not in said(at) and f"Sent away {until}: Ana Ferreira." in said(at)
        assert "Nothing presses." in said(at)
        at = button(at, "Undo").click().run()
        assert WHY in said(at) and not [one for one in at.button if one.label == "Undo"]


def test_the_way_on_is_the_draft_of_that_kind_to_that_person(book: Path) -> None:
    at = button(open_page(), "Give first").click().run()
    assert not at.exception and at.title[0].value == "Draft"
    with Assistant.open(book, TODAY) as assistant:
        who = assistant.people("Ana")[0].id
    assert (at.selectbox(key="draft_who").value, at.selectbox(key="draft_kind").value) == (who, "give_first")


def test_whoever_else_is_due_is_told_with_why_and_can_be_put_off(book: Path, notes: Path) -> None:
    for number in range(6):
        text = f"---\nname: Friend{number} Lund\nemail: f{number}@lund.example\ncadence: monthly\n---\n"
        (notes / f"{number}.md").write_text(f"{text}## 2026-09-0{number + 1} Coffee\nWe met.\n", encoding="utf-8")
    with Assistant.open(book, TODAY) as assistant:
        assistant.import_([notes])
        suggested = {person.id for one in assistant.suggestions() for person in one.people}
        due = next(one for one in assistant.due() if one.contact_id not in suggested)
    at = open_page()
    assert said(at).count(due.why) == 1 and "Also due" in [one.value for one in at.header]
    at = button(at, "In a week").click().run()
    assert due.why not in said(at)


def test_a_large_book_is_read_aside_and_the_page_fills_itself(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.store.readings.LARGE_BOOK", 1)
    monkeypatch.setattr("assistant.ahead.begin", lambda *_: None)
    at = open_page()
    assert "Your book is large" in at.info[0].value and "Worth doing today" not in [one.value for one in at.header]
    with Assistant.open(book, TODAY) as assistant:
        reckon_all(assistant)
    at = at.run()
    assert WHY in said(at) and not at.info
    with Assistant.open(book, TODAY) as assistant:
        assistant.note("Ana Ferreira", "A call; she is well.")
    at = at.run()
    assert WHY in said(at) and any("What changed last" in one.value for one in at.caption)
