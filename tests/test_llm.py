from __future__ import annotations

import threading

import pytest
from pydantic import SecretStr

from assistant.errors import (
    ModelBusy,
    ModelError,
    ModelRefusedKey,
    ModelReplyInvalid,
    ModelTimeout,
    ModelUnreachable,
    SettingsError,
)
from assistant.llm import ChatMessage, LangChainModel, MeteredModel
from evals.model_server import (
    Answer,
    Asked,
    ModelServer,
    answer_either,
    answer_json,
    answer_stream,
    answer_text,
    event,
    stream_of,
)

ASK = (ChatMessage(role="system", text="Be brief."), ChatMessage(role="user", text="the secret harbour"))
SCHEMA = {"type": "object"}
KEY = "sk-very-secret-key"


def ask(server: ModelServer, seconds: float = 20.0) -> str:
    return LangChainModel("local", server.url, SecretStr(KEY)).complete(ASK, SCHEMA, seconds).text


def test_a_reply_comes_back_with_its_tokens() -> None:
    with ModelServer(lambda asked: answer_text("fine")) as server:
        reply = LangChainModel("local", server.url).complete(ASK, SCHEMA, 20)
    assert (reply.text, reply.input_tokens, reply.output_tokens) == ("fine", 11, 7)


def test_what_is_asked_is_what_was_given_and_the_key_goes_in_its_header_only() -> None:
    with ModelServer(lambda asked: answer_text("fine")) as server:
        ask(server)
    asked = server.asked[0]
    assert asked.prompt == "Be brief.\n\nthe secret harbour" and asked.headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in str(asked.body)


def test_a_server_that_knows_no_schema_is_asked_in_json_mode_and_then_without_either() -> None:
    def picky(asked: Asked) -> Answer:
        return answer_json({"error": {"message": "no"}}, 400) if "response_format" in asked.body else answer_text("ok")

    with ModelServer(picky) as server:
        model = LangChainModel("local", server.url)
        assert model.complete(ASK, SCHEMA, 20).text == "ok"
        assert model.complete(ASK, SCHEMA, 20).text == "ok"
    assert len(server.asked) == 4, "the second question is asked in the form that worked"


FAULTS = [
    ("a wrong key", answer_json({"error": {"message": f"bad key {KEY}"}}, 401), ModelRefusedKey),
    ("no permission", answer_json({"error": {"message": "no"}}, 403), ModelRefusedKey),
    ("an unknown model", answer_json({"error": {"message": "no"}}, 404), ModelUnreachable),
    ("too many requests", answer_json({"error": {"message": "slow down"}}, 429, ("Retry-After", "600")), ModelBusy),
    ("a redirect", Answer(b"", 302, (("Location", "http://rival.example/"),)), ModelError),
    ("HTML", Answer(b"<html>login</html>", 200, (("Content-Type", "text/html"),)), ModelReplyInvalid),
    ("cut JSON", Answer(b'{"choices": [{"mess'), ModelReplyInvalid),
    (
        "no choices",
        answer_json({"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": []}),
        ModelReplyInvalid,
    ),
    ("null content", answer_text(None), ModelReplyInvalid),
    ("an empty reply", answer_text("  "), ModelReplyInvalid),
    ("a reply cut off", answer_text("half", finish="length"), ModelReplyInvalid),
    ("a filtered reply", answer_text("", finish="content_filter"), ModelReplyInvalid),
    ("an empty body", Answer(b""), ModelReplyInvalid),
    ("a closed connection", Answer(b'{"choices": []}' * 50, cut=7), ModelError),
    ("five megabytes", answer_text("x" * 5_000_000), ModelReplyInvalid),
]


@pytest.mark.parametrize(("answer", "error"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_fault_of_the_provider_is_one_typed_line_without_secrets(answer: Answer, error: type[ModelError]) -> None:
    with ModelServer(lambda asked: answer) as server, pytest.raises(error) as caught:
        ask(server)
    said = str(caught.value)
    assert KEY not in said and "secret harbour" not in said and "\n" not in said and ";" in said


def test_a_server_that_never_answers_ends_within_the_budget() -> None:
    with (
        ModelServer(lambda asked: Answer(b"", hang=True)) as server,
        pytest.raises(ModelTimeout, match=r"within 0\.5 seconds"),
    ):
        ask(server, seconds=0.5)


def test_a_server_that_drips_ends_within_the_budget() -> None:
    with ModelServer(lambda asked: answer_text("x" * 500)._replace(drip=0.05)) as server, pytest.raises(ModelTimeout):
        ask(server, seconds=0.5)


def test_a_fault_that_may_pass_is_asked_again() -> None:
    answers = iter([answer_json({"error": {"message": "oops"}}, 500), answer_text("fine")])
    with ModelServer(lambda asked: next(answers)) as server:
        assert ask(server) == "fine"


def test_nobody_listening_is_unreachable() -> None:
    with ModelServer(lambda asked: answer_text("fine")) as server:
        url = server.url
    with pytest.raises(ModelUnreachable, match="cannot be reached; check that it runs"):
        LangChainModel("local", url).complete(ASK, SCHEMA, 20)


@pytest.mark.parametrize("url", ["ftp://x/v1", "localhost:11434", "http://", "http://a b/v1", "http://[::1/v1"])
def test_an_address_that_is_none_is_a_setting_to_mend(url: str) -> None:
    with pytest.raises(SettingsError, match="model_url"):
        LangChainModel("local", url)


def test_a_key_with_a_line_break_is_refused_before_anything_is_sent() -> None:
    with pytest.raises(ModelRefusedKey, match="copy it again"):
        LangChainModel("local", "http://127.0.0.1:9/v1", SecretStr("a\nb")).complete(ASK, SCHEMA, 5)


def test_the_openai_key_of_the_environment_never_goes_to_another_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-from-the-environment")
    with ModelServer(lambda asked: answer_text("fine")) as server:
        LangChainModel("local", server.url).complete(ASK, SCHEMA, 20)
    assert "sk-from-the-environment" not in str(server.asked[0].headers)


def test_every_vendor_error_has_a_meaning_of_ours() -> None:
    import inspect

    import openai
    from langchain_core import exceptions

    from assistant.llm import VENDOR_FAULTS

    known = [
        cls
        for module in (openai, exceptions)
        for _, cls in inspect.getmembers(module, inspect.isclass)
        if issubclass(cls, (openai.OpenAIError, exceptions.LangChainException))
    ]
    assert len(known) > 15
    assert all(any(base.__name__ in VENDOR_FAULTS for base in cls.__mro__) for cls in known)


# --- streaming --------------------------------------------------------------------------------------------------


def hear(server: ModelServer, seconds: float = 20.0, schema: dict[str, object] | None = SCHEMA) -> tuple[str, str]:
    heard: list[str] = []
    reply = LangChainModel("local", server.url).complete(ASK, schema, seconds, heard.append)
    return reply.text, "".join(heard)


def test_a_streamed_reply_comes_piece_by_piece_and_whole_with_its_tokens() -> None:
    heard: list[str] = []
    with ModelServer(lambda asked: answer_stream("one two three four", size=4)._replace(pause=0.05)) as server:
        reply = LangChainModel("local", server.url).complete(ASK, SCHEMA, 20, heard.append)
    assert (reply.text, reply.input_tokens, reply.output_tokens) == ("one two three four", 11, 7)
    assert "".join(heard) == reply.text and len([one for one in heard if one]) > 2
    assert server.asked[0].body["stream_options"] == {"include_usage": True}


def test_nobody_listening_is_not_streamed_to() -> None:
    with ModelServer(answer_either("fine")) as server:
        assert ask(server) == "fine"
    assert "stream" not in server.asked[0].body or server.asked[0].body["stream"] is False


@pytest.mark.parametrize(
    "refusal", [answer_json({"error": {"message": "no streams"}}, 400), answer_text("ignored"), Answer(b"")]
)
def test_a_server_that_does_not_stream_is_asked_for_the_whole(refusal: Answer) -> None:
    with ModelServer(lambda asked: refusal if asked.body.get("stream") else answer_text("fine")) as server:
        model = LangChainModel("local", server.url)
        heard: list[str] = []
        assert model.complete(ASK, SCHEMA, 20, heard.append).text == "fine" == "".join(heard)
        before = len(server.asked)
        model.complete(ASK, SCHEMA, 20, heard.append)
    assert len(server.asked) == before + 1, "the second question is asked in the way that worked"


STREAM_FAULTS = [
    ("an early end", answer_stream("half", finish=None, done=False), ModelReplyInvalid),
    ("an end mark without a finish", answer_stream("half", finish=None), ModelReplyInvalid),
    ("a length", answer_stream("half", finish="length"), ModelReplyInvalid),
    ("a cut", answer_stream("half of a reply")._replace(cut=400), ModelUnreachable),
    (
        "an error event",
        stream_of(answer_stream("half", None, False).body, event({"error": {"message": KEY}})),
        ModelError,
    ),
    ("no JSON", stream_of(answer_stream("half", None, False).body, event("{oops")), ModelReplyInvalid),
    ("no text", answer_stream(""), ModelReplyInvalid),
]


@pytest.mark.parametrize(("answer", "error"), [row[1:] for row in STREAM_FAULTS], ids=[row[0] for row in STREAM_FAULTS])
def test_a_stream_that_breaks_is_a_typed_error_and_never_asked_again_behind_what_was_shown(
    answer: Answer, error: type[ModelError]
) -> None:
    with ModelServer(lambda asked: answer) as server, pytest.raises(error) as caught:
        hear(server, schema=None)
    assert KEY not in str(caught.value) and "half" not in str(caught.value)
    assert len(server.asked) == 1


def test_a_fault_before_the_first_piece_is_asked_again() -> None:
    answers = iter([answer_json({"error": {"message": "oops"}}, 500), answer_stream("fine")])
    with ModelServer(lambda asked: next(answers)) as server:
        assert hear(server) == ("fine", "fine")


def test_a_stream_that_drips_ends_within_the_budget() -> None:
    slow = answer_stream("x" * 500, size=1)._replace(pause=0.05)
    with ModelServer(lambda asked: slow) as server, pytest.raises(ModelTimeout):
        hear(server, seconds=0.6)


def test_what_the_listener_raises_ends_the_request_at_once() -> None:
    class Stopped(Exception):
        pass

    def stop(_piece: str) -> None:
        raise Stopped

    with ModelServer(lambda asked: Answer(b"", hang=True)) as server, pytest.raises(Stopped):
        LangChainModel("local", server.url).complete(ASK, SCHEMA, 60, stop)


def test_the_listener_hears_in_the_thread_that_asked() -> None:
    threads: list[int] = []
    with ModelServer(answer_either("fine")) as server:
        LangChainModel("local", server.url).complete(
            ASK, None, 20, lambda _piece: threads.append(threading.get_ident())
        )
    assert set(threads) == {threading.get_ident()}


def test_a_meter_counts_tokens_of_what_succeeded_and_of_what_failed() -> None:
    cut = answer_text("half", finish="length")
    answers = iter([answer_text("fine"), cut])
    with ModelServer(lambda asked: next(answers)) as server:
        model = MeteredModel(LangChainModel("local", server.url))
        model.complete(ASK, None, 20)
        with pytest.raises(ModelReplyInvalid):
            model.complete(ASK, None, 20)
    assert (model.asked, model.input_tokens, model.output_tokens) == (2, 22, 14) and model.seconds > 0


def test_a_stream_without_end_is_left_while_it_is_still_coming() -> None:
    with ModelServer(lambda asked: answer_stream("x" * 900_000, size=9_000)) as server:
        with pytest.raises(ModelReplyInvalid, match="over 200,000 characters"):
            hear(server)
        assert len(server.asked) == 1
