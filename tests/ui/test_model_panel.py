"""Setting up a model on the page Settings: nothing is asked before a click, and what was sent is shown as it went."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from small_book import MODEL_REPLY
from streamlit.testing.v1 import AppTest

import ui
from evals.model_server import Answer, Asked, ModelServer, answer_either, answer_json

KEY = "sk-very-secret-key"


def open_page(name: str) -> AppTest:
    return (
        AppTest.from_file(str(Path(ui.__file__).parent / "app.py"), default_timeout=60)
        .switch_page(f"views/{name}.py")
        .run()
    )


def unfold(at: AppTest, key: str) -> AppTest:
    at.session_state[f"unfold-{key}"] = True
    return at.run()


def said(at: AppTest) -> str:
    assert not at.exception, at.exception
    return "\n".join(one.value for one in at.text)


def press(at: AppTest, label: str) -> AppTest:
    return next(one for one in at.button if one.label == label).click().run()


def field(at: AppTest, label: str) -> Any:
    return next(one for one in at.text_input if one.label.startswith(label))


def like_ollama(asked: Asked) -> Answer:
    return answer_json({"models": [{"name": "tiny"}]}) if asked.path == "/api/tags" else answer_either("ready")(asked)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    # Set and taken away again, so that a key the page holds in the environment ends with the test.
    monkeypatch.setenv("GIVEFIRST_MODEL_KEY", "x")
    monkeypatch.delenv("GIVEFIRST_MODEL_KEY")
    with ModelServer(like_ollama) as server:
        monkeypatch.setenv("OLLAMA_HOST", urlsplit(server.url).netloc)
        yield server


def test_an_ollama_is_looked_for_after_a_click_only_and_one_more_uses_it(book: Path, server: ModelServer) -> None:
    at = open_page("settings")
    assert server.asked == [] and "None is set" in at.markdown[0].value
    at = press(at, "Look for Ollama on this machine")
    assert [one.path for one in server.asked] == ["/api/tags"]
    at = press(at, "Use this model")
    assert f"tiny at {server.url}" in said(at) and "settings.toml" in said(at)
    assert "✓ model: tiny" in said(at)
    at = press(at, "Test the model")
    assert "It answered “ready”" in said(at)
    at = unfold(open_page("settings"), "last-prompt")
    assert at.code[0].value.encode() == server.asked[-1].raw, "the shown bytes are those that went"
    assert "11 tokens read, 7 written" in said(at)
    at = press(at, "Use no model")
    assert "No model is used." in said(at)


def test_nobody_found_says_what_to_do(book: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")
    at = press(open_page("settings"), "Look for Ollama on this machine")
    assert "ollama serve" in at.error[0].value


def test_a_key_is_tried_used_and_neither_shown_nor_written_down(book: Path, server: ModelServer) -> None:
    at = open_page("settings")
    field(at, "Address").input(server.url)
    field(at, "Model").input("tiny")
    field(at, "Key").input(KEY)
    at = press(at, "Test these")
    assert "It answered “ready”" in said(at) and server.asked[0].headers["authorization"] == f"Bearer {KEY}"
    assert not (book / "settings.toml").exists()
    at = press(at, "Use these")
    assert tomllib.loads((book / "settings.toml").read_text()) == {"model": "tiny", "model_url": server.url}
    assert os.environ["GIVEFIRST_MODEL_KEY"] == KEY, "it lives as long as the screens do"
    at = unfold(open_page("settings"), "settings")
    assert field(at, "Key (one is set").value == "" and KEY not in said(at) + at.dataframe[0].value.to_string()


def test_a_key_the_user_wants_kept_is_in_the_file(book: Path, server: ModelServer) -> None:
    at = open_page("settings")
    field(at, "Address").input(server.url)
    field(at, "Model").input("tiny")
    field(at, "Key").input(KEY)
    next(one for one in at.checkbox if "Keep the key" in one.label).check()
    at = press(at, "Use these")
    assert tomllib.loads((book / "settings.toml").read_text())["model_key"] == KEY and not at.error
    assert "GIVEFIRST_MODEL_KEY" not in os.environ


def test_a_wrong_address_is_one_line(book: Path, server: ModelServer) -> None:
    at = open_page("settings")
    field(at, "Address").input("localhost:11434")
    field(at, "Model").input("tiny")
    at = press(at, "Use these")
    assert "web address" in at.error[0].value and not (book / "settings.toml").exists()


def test_what_would_be_sent_is_shown_before_and_is_what_goes(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIVEFIRST_MODEL", "local")
    with ModelServer(answer_either(MODEL_REPLY)) as server:
        monkeypatch.setenv("GIVEFIRST_MODEL_URL", server.url)
        at = open_page("draft")
        box = at.selectbox(key="draft_who")
        at = box.select_index(next(i for i, one in enumerate(box.options) if "Ana" in one)).run()
        at = next(one for one in at.toggle if "would be sent" in one.label).set_value(True).run()
        shown = at.code[0].value
        assert server.asked == [] and '"messages"' in shown
        press(at, "Write draft")
    assert shown.encode() == server.asked[0].raw


def test_a_briefings_long_lines_are_shortened_after_a_click_only(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIVEFIRST_MODEL", "local")
    with ModelServer(answer_either('{"lines": []}')) as server:
        monkeypatch.setenv("GIVEFIRST_MODEL_URL", server.url)
        at = open_page("briefing")
        box = at.multiselect(key="brief_who")
        at = box.set_value([next(one for one in box.options if "Ana" in one)]).run()
        assert server.asked == []
        at = press(at, "Shorten long lines")
    assert "0 lines are shorter; 0 proposals were turned away." in said(at)
