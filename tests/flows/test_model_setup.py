"""Setting up a model from the command line: found, tried, used, and what it is sent, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner

from assistant.app import Assistant
from assistant.cli import app
from assistant.domain import DraftKind, Visibility
from assistant.model_record import LAST_PROMPT
from assistant.settings import read_settings
from assistant.store import readings
from evals.model_server import Answer, Asked, ModelServer, answer_either, answer_json
from evals.world import TODAY

ANA = ("give_first", "Ana Ferreira")


def run(home: Path, *arguments: str, today: bool = True) -> Any:
    day = ["--today", TODAY.isoformat()] if today else []
    return CliRunner().invoke(app, ["model", *arguments, "--home", str(home), *day])


def like_ollama(asked: Asked) -> Answer:
    return answer_json({"models": [{"name": "tiny"}]}) if asked.path == "/api/tags" else answer_either("ready")(asked)


def test_a_model_is_found_used_tried_and_switched_off_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ModelServer(like_ollama) as server:
        monkeypatch.setenv("OLLAMA_HOST", urlsplit(server.url).netloc)
        found = json.loads(run(home, "find", "--json").stdout)
        assert found == {"url": server.url, "models": ["tiny"]}
        used = run(home, "use", "tiny", "--url", server.url, "--price-in", "1")
        assert used.exit_code == 0 and "settings.toml" in used.stdout
        assert json.loads(run(home, "test", "--json").stdout)["answer"] == "ready"
        shown = run(home).stdout
        assert f"tiny at {server.url}" in shown and "11 tokens read, 7 written, cost under 0.0001" in shown
    assert run(home, "off").exit_code == 0 and not read_settings(home).model
    assert read_settings(home).model_url == server.url, "going back is one word"


def test_what_would_be_sent_is_what_is_sent_and_holds_nothing_private(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ModelServer(answer_either("no JSON at all")) as server:
        run(home, "use", "tiny", "--url", server.url)
        preview = run(home, "prompt", *ANA).stdout_bytes
        assert server.asked == []
        with Assistant.open(home, TODAY) as assistant:
            assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
            with assistant._store.read() as connection:
                facts = readings.load_facts(connection)
    assert preview == server.asked[0].raw
    last = run(home, "prompt").stdout_bytes
    assert last == server.asked[-1].raw == (home / LAST_PROMPT).read_bytes()
    private = [one.quote for one in facts if one.visibility is Visibility.PRIVATE]
    assert private and not any(json.dumps(one)[1:-1].encode() in preview for one in private)


def test_the_screens_preview_is_that_of_a_streamed_draft(home: Path) -> None:
    with ModelServer(answer_either("no JSON at all")) as server:
        run(home, "use", "tiny", "--url", server.url)
        with Assistant.open(home, TODAY) as assistant:
            preview = assistant.preview(DraftKind.GIVE_FIRST, "Ana Ferreira", streamed=True)
            assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira", on_text=lambda text: None)
    assert preview == server.asked[0].raw


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["prompt"], 1, "nothing was sent to a model yet"),
        (["prompt", *ANA], 1, "no model is set"),
        (["test"], 1, "no model is set"),
        (["use"], 2, "the model's name"),
        (["prompt", "cold"], 2, "a kind and a person"),
        (["sing"], 2, "choose show, find"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(home: Path, arguments: list[str], code: int, says: str) -> None:
    done = run(home, *arguments)
    assert (done.exit_code, done.stdout) == (code, "") and says in done.stderr


def test_a_draft_that_would_not_be_written_says_why_nothing_would_be_sent(home: Path) -> None:
    run(home, "use", "tiny", "--url", "http://127.0.0.1:9/v1")
    with Assistant.open(home, TODAY) as assistant:
        unready = next(
            one.name
            for one in assistant.people()
            if not one.me and assistant.plan(DraftKind.GIVE_FIRST, one.id).outcome.value == "refused"
        )
    done = run(home, "prompt", "give_first", unready)
    assert done.exit_code == 1 and "nothing would be sent:" in done.stderr


def test_the_environment_that_wins_over_the_file_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIVEFIRST_MODEL", "other")
    done = run(home, "use", "tiny")
    assert "The environment comes first, and sets GIVEFIRST_MODEL:" in done.stdout
