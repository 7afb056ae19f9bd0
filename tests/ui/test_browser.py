from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from screens import at_home, choose, opened_page, served, settle, shoot, texts, visit
from small_book import ANA, ME, MODEL_REPLY, TODAY

import ui
from assistant.app import Assistant
from evals.model_server import Answer, ModelServer, answer_stream

CLAIM = "We met at Davos."


@pytest.fixture
def address(book: Path, tmp_path: Path) -> Iterator[str]:
    with served(tmp_path) as address:
        yield address


@pytest.fixture
def page(browser: Any, shared: str) -> Iterator[Any]:
    with opened_page(browser, shared) as opened:
        yield opened


@pytest.fixture
def own_page(browser: Any, address: str) -> Iterator[Any]:
    """The same with screens of its own, started in the environment the test has made."""
    with opened_page(browser, address) as opened:
        yield opened


def write_draft(page: Any) -> Any:
    visit(page, "Draft")
    choose(page, "Ana")
    page.get_by_role("button", name="Write draft").click()
    body = page.get_by_role("textbox", name="Body")
    body.wait_for()
    settle(page)
    return body


def test_a_draft_is_written_with_its_sources_edited_and_stopped(page: Any) -> None:
    body = write_draft(page)
    shown = texts(page)
    sentences = [one for one in re.split(r"(?<=[.?])\s+|\n+", body.input_value()) if "notary" in one or "Lisbon" in one]
    assert len(sentences) >= 2
    assert all(one in shown for one in sentences)
    assert "“know a notary in Lisbon” (About me, 2 October 2026)" in shown
    assert "Ready" in shown.splitlines()
    shoot(page, "draft-ready")

    body.fill(f"{CLAIM} {body.input_value()}")
    body.press("Control+Enter")
    page.get_by_text("Must change (body)").first.wait_for()
    settle(page)
    shown = texts(page)
    assert "Davos" in shown and "Needs your input" in shown.splitlines()
    assert page.get_by_role("button", name="Take it away").count() == 0
    shoot(page, "draft-finding")


def test_an_edit_is_still_there_after_a_visit_to_people(page: Any) -> None:
    body = write_draft(page)
    body.fill(f"{body.input_value()}\n\nTake care.")
    body.press("Control+Enter")
    settle(page)
    visit(page, "People")
    visit(page, "Draft")
    body = page.get_by_role("textbox", name="Body")
    body.wait_for()
    settle(page)
    assert body.input_value().endswith("Take care.")


def test_the_downloaded_mail_file_holds_the_very_last_keystrokes(page: Any) -> None:
    body = write_draft(page)
    body.click()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\nTake care.")
    page.get_by_role("button", name="Take it away").click()
    settle(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download .eml").click()
    mail = message_from_bytes(Path(waiting.value.path()).read_bytes(), policy=policy.default)
    assert mail["To"].addresses[0].addr_spec == "ana.ferreira@marelivre.example"
    assert mail.get_content().split() == body.input_value().split()
    assert mail.get_content().rstrip().endswith("Take care.")
    shoot(page, "draft-taken")


def test_hostile_names_and_notes_appear_literally_and_fetch_nothing(page: Any) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name="Person", exact=True).click()
    page.get_by_role("combobox", name="Person").click()
    option = page.get_by_role("option").filter(has_text="Mallory")
    assert "Mallory ![x](http://tracker.example/p.gif) $x$ :smile: — <img src=" in option.inner_text()
    option.click()
    settle(page)
    shown = texts(page)
    for literal in (
        "[a](javascript:alert(1))",
        "![x](http://tracker.example/m.gif)",
        "<img src=http://tracker.example/n.gif>",
    ):
        assert literal in shown
    shoot(page, "person-hostile")
    visit(page, "Draft")
    choose(page, "Mallory")
    assert "Refused" in texts(page).splitlines()
    main = page.get_by_test_id("stMain")
    assert main.locator("img[src*=tracker], a[href*=tracker], a[href^=javascript], .katex").count() == 0
    shoot(page, "draft-hostile")
    page.goto(page.url.split("/draft")[0] + "/briefing")
    page.get_by_label("Whom are you going to meet?").click()
    page.get_by_role("option", name="Mallory").click()
    page.keyboard.press("Escape")
    main.get_by_text("All you know").wait_for(timeout=10_000)
    settle(page)
    assert "Mallory ![x](http://tracker.example/p.gif) $x$ :smile:" in main.inner_text()
    assert main.locator("img[src*=tracker], a[href*=tracker], a[href^=javascript], .katex").count() == 0


@pytest.fixture(scope="module")
def model_and_screens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[ModelServer, list[Answer], str]]:
    """A model that gives the answers of a list, and screens that use it."""
    answers: list[Answer] = []
    folder = tmp_path_factory.mktemp("modelled")
    for name, text in (("me", ME), ("ana", ANA)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    with ExitStack() as running:
        server = running.enter_context(ModelServer(lambda asked: answers.pop(0)))
        running.enter_context(at_home(folder / "home", TODAY))
        patch = running.enter_context(pytest.MonkeyPatch.context())
        patch.setenv("GIVEFIRST_MODEL", "local")
        patch.setenv("GIVEFIRST_MODEL_URL", server.url)
        with Assistant.open() as assistant:
            assistant.import_(sorted(folder.glob("*.md")))
        yield server, answers, running.enter_context(served(folder))


@pytest.fixture
def slow_model(model_and_screens: tuple[ModelServer, list[Answer], str]) -> ModelServer:
    """A model that takes its time, and first tries to have a picture fetched."""
    server, answers, _ = model_and_screens
    said = MODEL_REPLY.replace("When we", "![x](http://tracker.example/s.gif) *When* we")
    answers[:] = [
        answer_stream(said, size=8)._replace(pause=0.07),
        answer_stream(MODEL_REPLY, size=16)._replace(pause=0.03),
    ]
    server.asked.clear()
    return server


@pytest.fixture
def modelled_page(browser: Any, slow_model: ModelServer, model_and_screens: tuple[Any, Any, str]) -> Iterator[Any]:
    with opened_page(browser, model_and_screens[2]) as opened:
        yield opened


def test_a_draft_can_be_watched_as_unapproved_plain_text_until_it_is_checked(modelled_page: Any) -> None:
    page = modelled_page
    visit(page, "Draft")
    choose(page, "Ana")
    page.get_by_role("button", name="Write draft").click()
    page.get_by_text("coffee in Porto in March", exact=False).first.wait_for()
    assert page.get_by_text("Not approved.", exact=False).is_visible()
    assert "Subject: A Portuguese-speaking notary\n\n![x](http://tracker.example/s.gif) *When* we had" in texts(page)
    assert page.get_by_role("button", name="Take it away").count() == 0
    shoot(page, "draft-writing")
    page.get_by_text("mending:", exact=False).wait_for()
    page.get_by_role("textbox", name="Body").wait_for()
    settle(page)
    assert page.get_by_text("Not approved.", exact=False).count() == 0
    assert "tracker" not in page.get_by_role("textbox", name="Body").input_value()
    assert "Ready" in texts(page).splitlines()
    shoot(page, "draft-by-model")


def test_writing_can_be_stopped_and_leaves_no_draft(slow_model: ModelServer, modelled_page: Any) -> None:
    page = modelled_page
    visit(page, "Draft")
    choose(page, "Ana")
    page.get_by_role("button", name="Write draft").click()
    page.get_by_text("coffee in Porto in March", exact=False).first.wait_for()
    page.get_by_role("button", name="Stop writing").click()
    page.get_by_text("Not approved.", exact=False).wait_for(state="detached")
    settle(page)
    assert page.get_by_role("textbox", name="Body").count() == 0 and len(slow_model.asked) == 1


ESCAPED = """
import streamlit as st
from small_book import HOSTILE
from ui.parts import escape
for number, text in enumerate(HOSTILE):
    st.error(escape(text)); st.caption(escape(text)); st.checkbox(escape(text), key=str(number))
st.text("all shown")
"""


@pytest.fixture
def escaped_only(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stands in for the screens: a page of nothing but escaped text."""
    script = tmp_path / "escaped.py"
    script.write_text(ESCAPED, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    monkeypatch.setattr(ui.__spec__, "origin", str(tmp_path / "ui.py"))
    script.rename(tmp_path / "app.py")


def test_escaped_labels_and_messages_show_the_very_characters(escaped_only: None, own_page: Any) -> None:
    page = own_page
    from small_book import HOSTILE

    page.get_by_text("all shown").wait_for()
    settle(page)
    for kind in ("stAlert", "stCaptionContainer", "stCheckbox"):
        shown = [one.inner_text().replace("\u2060", "").strip() for one in page.get_by_test_id(kind).all()]
        assert shown == list(HOSTILE)
    assert page.get_by_test_id("stMain").locator("a, img, .katex, code, strong, em, del, li, h1").count() == 0
    shoot(page, "escaped")
