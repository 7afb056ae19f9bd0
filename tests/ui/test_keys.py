"""Fast keys, in a real browser: a letter leads to each page, none works while one types, and all can be switched off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from screens import opened_page, served, settle
from streamlit.testing.v1 import AppTest

import ui
from assistant.app import Assistant
from ui.keys import LETTERS

APP = Path(ui.__file__).parent / "app.py"
SHOWN = "location.pathname"


@pytest.fixture
def page(browser: Any, book: Path, tmp_path: Path) -> Iterator[Any]:
    with served(tmp_path) as address, opened_page(browser, address, viewport={"width": 1280, "height": 1000}) as opened:
        opened.get_by_role("heading", name="Today", exact=True).wait_for()
        yield opened


@pytest.fixture
def shared_page(browser: Any, shared: str) -> Iterator[Any]:
    with opened_page(browser, shared, viewport={"width": 1280, "height": 1000}) as opened:
        opened.get_by_role("heading", name="Today", exact=True).wait_for()
        yield opened


def go(page: Any, key: str, path: str) -> None:
    settle(page)
    page.keyboard.press(key)
    page.wait_for_function(f"{SHOWN} === '{path}'", timeout=15_000)


def test_a_letter_leads_to_a_page_and_back_and_forward_follow(shared_page: Any) -> None:
    page = shared_page
    go(page, "p", "/people")
    go(page, "s", "/settings")
    settle(page)
    page.go_back()
    page.get_by_role("heading", name="People", exact=True).wait_for()
    page.go_forward()
    page.get_by_role("heading", name="Settings", exact=True).wait_for()
    page.get_by_label("Or paste a few mails of yours").click()
    page.keyboard.type("pbj")
    settle(page)
    assert page.evaluate(SHOWN) == "/settings" and page.get_by_role("dialog").count() == 0, "typing leads nowhere"


def test_one_key_opens_the_box_for_a_line_on_any_page(page: Any, book: Path) -> None:
    go(page, "n", "/network")
    settle(page)
    page.keyboard.press("j")
    box = page.get_by_role("dialog")
    box.wait_for()
    settle(page)
    page.keyboard.type("ps")
    settle(page)
    assert page.evaluate(SHOWN) == "/network" and box.count() == 1, "what is typed over the box leads nowhere"
    for _step in ("Close", "the field"):
        page.keyboard.press("Tab")
    page.keyboard.type("coffee with Ana Ferreira: needs a plumber")
    page.keyboard.press("Enter")
    box.get_by_role("button", name="Save this").click()
    page.get_by_text("Kept of Ana Ferreira").wait_for()
    with Assistant.open(book) as assistant:
        assert any("plumber" in one.text for one in assistant.show("Ana Ferreira").notes)
    settle(page)
    page.keyboard.press("j")
    box.wait_for()
    page.keyboard.press("Escape")
    box.wait_for(state="detached")
    go(page, "p", "/people")


def test_every_page_has_a_key_of_its_own_and_all_can_be_switched_off(book: Path) -> None:
    at = AppTest.from_file(str(APP), default_timeout=60).run()
    keys = {one.label: one.proto.shortcut for one in at.button if one.key and one.key.startswith("key-")}
    assert {name: keys[name] for name in LETTERS} == {name: letter.lower() for name, letter in LETTERS.items()}
    assert len(set(keys.values())) == len(LETTERS) + 1
    at = next(one for one in at.checkbox if one.label == "Fast keys work").uncheck().run()
    assert not any(one.proto.shortcut for one in at.button)
