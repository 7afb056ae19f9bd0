from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from small_book import MODEL_REPLY

import ui
from assistant.launch import UI_FLAGS
from evals.model_server import ModelServer, answer_stream

CHROMIUM = "/usr/bin/chromium"
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
SHOTS = Path(ui.__file__).parents[1] / "artefacts"
CLAIM = "We met at Davos."


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def command(port: int) -> list[str]:
    flags = [f"--{name}={value}" for name, value in UI_FLAGS.items() if name != "server.allowedHosts"]
    flags += [f"--server.allowedHosts={host}" for host in UI_FLAGS["server.allowedHosts"].split(",")]
    flags += [f"--server.port={port}", "--server.headless=true"]
    return [sys.executable, "-m", "streamlit", "run", str(Path(ui.__file__).parent / "app.py"), *flags]


def wait_until_healthy(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"streamlit did not start: {log.read_text(encoding='utf-8')}")


@pytest.fixture
def address(book: Path, tmp_path: Path) -> Iterator[str]:
    """The screens, running as `givefirst ui` runs them."""
    port, log = free_port(), tmp_path / "streamlit.log"
    with log.open("wb") as out:
        server = subprocess.Popen(command(port), stdout=out, stderr=out, env=dict(os.environ), cwd=tmp_path)
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture
def page(address: str) -> Iterator[Any]:
    """A browser's page on the screens; when the test ends, no request may have gone anywhere else."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not shutil.which(CHROMIUM):
        pytest.skip(f"no browser: {CHROMIUM} is missing (apt install chromium)")
    asked: list[str] = []
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        try:
            context = browser.new_context(viewport={"width": 1400, "height": 2600}, accept_downloads=True)
            context.on("request", lambda request: asked.append(request.url))
            opened = context.new_page()
            opened.on("websocket", lambda channel: asked.append(channel.url))
            opened.goto(address)
            yield opened
        finally:
            browser.close()
    assert len(asked) > 10
    assert [url for url in asked if not is_local(url)] == []


def is_local(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob") or parts.hostname in ("127.0.0.1", "localhost")


def shoot(page: Any, name: str) -> None:
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def visit(page: Any, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", name=name, exact=True).wait_for()


def choose(page: Any, name: str) -> None:
    page.get_by_role("combobox", name="Person").click()
    page.get_by_role("option").filter(has_text=name).first.click()
    settle(page)


def settle(page: Any) -> None:
    """Waits until no rerun is under way."""
    page.wait_for_timeout(300)
    page.wait_for_function("!document.querySelector('[data-test-script-state=running]')")
    page.wait_for_timeout(300)


def texts(page: Any) -> str:
    return "\n".join(one.inner_text() for one in page.get_by_test_id("stText").all())


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
    assert "“know a notary in Lisbon” (About me, 2026-10-02)" in shown
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
    page.wait_for_function("[...document.querySelectorAll('textarea')].some(one => one.value.endsWith('Take care.'))")


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
    shoot(page, "people-hostile")
    visit(page, "Draft")
    choose(page, "Mallory")
    assert "Refused" in texts(page).splitlines()
    main = page.get_by_test_id("stMain")
    assert main.locator("img[src*=tracker], a[href*=tracker], a[href^=javascript], .katex").count() == 0
    shoot(page, "draft-hostile")


@pytest.fixture
def slow_model(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """A model that takes its time, and first tries to have a picture fetched."""
    said = MODEL_REPLY.replace("When we", "![x](http://tracker.example/s.gif) *When* we")
    slowly = [answer_stream(one, size=8)._replace(pause=0.1) for one in (said, MODEL_REPLY)]
    with ModelServer(lambda asked: slowly.pop(0)) as server:
        monkeypatch.setenv("GIVEFIRST_MODEL", "local")
        monkeypatch.setenv("GIVEFIRST_MODEL_URL", server.url)
        yield server


def test_a_draft_can_be_watched_as_unapproved_plain_text_until_it_is_checked(
    slow_model: ModelServer, page: Any
) -> None:
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


def test_writing_can_be_stopped_and_leaves_no_draft(slow_model: ModelServer, page: Any) -> None:
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
    monkeypatch.setattr(ui, "__file__", str(tmp_path / "ui.py"))
    script.rename(tmp_path / "app.py")


def test_escaped_labels_and_messages_show_the_very_characters(escaped_only: None, page: Any) -> None:
    from small_book import HOSTILE

    page.get_by_text("all shown").wait_for()
    settle(page)
    for kind in ("stAlert", "stCaptionContainer", "stCheckbox"):
        shown = [one.inner_text().replace("\u2060", "").strip() for one in page.get_by_test_id(kind).all()]
        assert shown == list(HOSTILE)
    assert page.get_by_test_id("stMain").locator("a, img, .katex, code, strong, em, del, li, h1").count() == 0
    shoot(page, "escaped")
