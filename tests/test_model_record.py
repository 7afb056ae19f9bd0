from __future__ import annotations

import datetime as dt
import json
import os
import stat
import threading
from pathlib import Path

import pytest

from assistant.errors import ModelError
from assistant.llm import ChatMessage
from assistant.model_record import LAST_PROMPT, USE, RecordedModel, read_last_prompt, summarize_use
from assistant.settings import Settings, read_settings
from evals.model_server import Answer, Asked, ModelServer, answer_either, answer_json, answer_text

ASK = [ChatMessage(role="system", text="Be brief."), ChatMessage(role="user", text="Tomáš’ harbour ✓")]
SCHEMA = {"type": "object"}
KEY = "sk-very-secret-key"


def settings_for(home: Path, server: ModelServer, **more: object) -> Settings:
    home.mkdir(exist_ok=True)
    return read_settings(home, model="local", model_url=server.url, model_key=KEY, **more)


@pytest.mark.parametrize("listens", [False, True])
def test_the_last_prompt_kept_and_the_preview_are_the_very_bytes_that_went(tmp_path: Path, listens: bool) -> None:
    with ModelServer(answer_either("fine")) as server:
        model = RecordedModel(settings_for(tmp_path, server))
        shown = model.preview(ASK, SCHEMA, streamed=listens)
        assert server.asked == [], "a preview sends nothing"
        model.complete(ASK, SCHEMA, 20, (lambda piece: None) if listens else None)
    assert read_last_prompt(tmp_path) == shown == server.asked[0].raw
    assert json.loads(shown)["messages"][1]["content"] == ASK[1].text


def test_each_request_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    def picky(asked: Asked) -> Answer:
        return answer_json({"error": {"message": "no"}}, 400) if "response_format" in asked.body else answer_text("ok")

    with ModelServer(picky) as server:
        model = RecordedModel(settings_for(tmp_path, server))
        model.complete(ASK, SCHEMA, 20)
        assert read_last_prompt(tmp_path) == server.asked[-1].raw != server.asked[0].raw
        assert model.preview(ASK, SCHEMA, streamed=False) == server.asked[-1].raw, "the form that worked is kept to"


def test_no_key_is_kept_and_only_the_user_may_read_what_is(tmp_path: Path) -> None:
    with ModelServer(lambda asked: answer_text("fine")) as server:
        RecordedModel(settings_for(tmp_path, server)).complete(ASK, None, 20)
    for name in (LAST_PROMPT, USE):
        assert KEY.encode() not in (tmp_path / name).read_bytes()
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert b"harbour" not in (tmp_path / USE).read_bytes()


def test_what_cannot_be_kept_is_not_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with ModelServer(lambda asked: answer_text("fine")) as server:
        model = RecordedModel(settings_for(tmp_path, server))
        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(ModelError, match="nothing was sent"):
            model.complete(ASK, None, 20)
    assert server.asked == []


def test_tokens_are_summed_by_day_and_month_and_cost_only_what_the_user_says(tmp_path: Path) -> None:
    today = dt.datetime.now(dt.UTC).date()
    with ModelServer(lambda asked: answer_text("fine")) as server:
        known = settings_for(tmp_path, server, timezone="UTC")
        for _time in range(2):
            RecordedModel(known).complete(ASK, None, 20)
    found = summarize_use(known, today)
    assert (found.today.asked, found.today.input_tokens, found.today.output_tokens) == (2, 22, 14)
    assert found.last is not None and found.last.used.input_tokens == 11 and found.last.host in server.url
    assert found.month == found.ever == found.today and found.today.cost is None
    later = summarize_use(
        known.model_copy(update={"model_price_in": 1.0, "model_price_out": 2.0}), today + dt.timedelta(40)
    )
    assert (later.today.asked, later.month.asked) == (0, 0) and later.ever.cost == pytest.approx(50e-6)


def test_requests_at_the_same_time_are_all_counted(tmp_path: Path) -> None:
    with ModelServer(lambda asked: answer_text("fine")) as server:
        known = settings_for(tmp_path, server)
        asking = [threading.Thread(target=RecordedModel(known).complete, args=(ASK, None, 20)) for _one in range(4)]
        for one in asking:
            one.start()
        for one in asking:
            one.join()
    assert summarize_use(known, dt.date.today()).ever.asked == 4


def test_figures_that_cannot_be_read_begin_anew_and_cost_no_answer(tmp_path: Path) -> None:
    with ModelServer(lambda asked: answer_text("fine")) as server:
        known = settings_for(tmp_path, server)
        (tmp_path / USE).write_text("{", encoding="utf-8")
        assert RecordedModel(known).complete(ASK, None, 20).text == "fine"
    assert summarize_use(known, dt.date.today()).ever.asked == 1
