from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from assistant.errors import ModelError, ModelReplyInvalid, ModelUnreachable, SettingsError
from assistant.llm import find_local_models
from assistant.llm.local import local_address
from evals.model_server import Answer, ModelServer, answer_json

TAGS = {"models": [{"name": "llama3.2:3b"}, {"name": "qwen3:8b"}]}


def host_of(server: ModelServer) -> dict[str, str]:
    return {"OLLAMA_HOST": urlsplit(server.url).netloc}


def test_the_models_of_an_ollama_on_this_machine_are_found() -> None:
    with ModelServer(lambda asked: answer_json(TAGS)) as server:
        found = find_local_models(host_of(server))
    assert found.models == ("llama3.2:3b", "qwen3:8b") and found.url == server.url
    assert [one.path for one in server.asked] == ["/api/tags"]


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ("", "http://127.0.0.1:11434"),
        ("127.0.0.1", "http://127.0.0.1:11434"),
        ("localhost:1234", "http://127.0.0.1:1234"),
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("http://127.0.0.1:9/", "http://127.0.0.1:9"),
        ("[::1]:11434", "http://[::1]:11434"),
        (":8080", "http://127.0.0.1:8080"),
    ],
)
def test_every_form_of_ollamas_own_setting_for_this_machine_is_understood(said: str, address: str) -> None:
    assert local_address(said) == address


@pytest.mark.parametrize(
    "said",
    [
        "ollama.example",
        "10.0.0.7:11434",
        "https://127.0.0.1",
        "127.0.0.1.example",
        "127.0.0.1:x",
        "me@10.1.1.1",
        "2130706433",
    ],
)
def test_another_machine_is_never_asked(said: str) -> None:
    with pytest.raises(SettingsError, match="another machine"):
        find_local_models({"OLLAMA_HOST": said})


def test_nobody_there_says_how_to_start_one() -> None:
    with ModelServer(lambda asked: answer_json(TAGS)) as server:
        gone = host_of(server)
    with pytest.raises(ModelUnreachable, match="ollama serve"):
        find_local_models(gone)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"<html>"),
        answer_json({"models": [{"name": "a\nb"}]}),
        answer_json([]),
        answer_json({"error": "no"}, 404),
        Answer(b"", 302, (("Location", "http://rival.example/"),)),
        Answer(b"[" * 100_000),
    ],
)
def test_something_else_at_the_address_is_one_line(answer: Answer) -> None:
    with ModelServer(lambda asked: answer) as server, pytest.raises(ModelReplyInvalid, match="no Ollama"):
        find_local_models(host_of(server))


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with ModelServer(lambda asked: answer_json(TAGS)) as server:
        assert find_local_models(host_of(server)).models


def test_an_answer_cut_short_is_an_error_of_ours() -> None:
    with ModelServer(lambda asked: answer_json(TAGS)._replace(cut=9)) as server, pytest.raises(ModelError):
        find_local_models(host_of(server))
