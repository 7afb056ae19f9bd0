"""What does a broken provider do to the user? Every kind of fault, over real HTTP, through the whole path of a draft.

Each try must end in a typed error or in the plain writer's draft, within the time budget, with the user's own words
kept and no word of the fault's body shown. It must never count an untyped error as anything but a failure.
"""

from __future__ import annotations

import argparse
import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from pydantic import SecretStr

from assistant.app import Assistant
from assistant.domain import DraftKind, Outcome
from assistant.errors import ModelError
from assistant.llm import LangChainModel
from evals.drafts import opened_world
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
from evals.world import TODAY

WHO, ABOUT = "Ana Ferreira", "I can lend you our projector"
KEY = "sk-test-never-shown"
MARK = "Helsinki"  # stands in every body a fault sends; it must reach nobody
INVENTED = "Tampere"  # stands in every draft a fault invents; a reason may name it, a draft must not
_HTML = (("Content-Type", "text/html"),)


Fault = Answer | Callable[[Asked], Answer] | None


def _error(status: int, *headers: tuple[str, str]) -> Answer:
    return answer_json({"error": {"message": f"{MARK} {KEY}", "type": "x"}}, status, *headers)


def _draft_of(*sentences: str) -> str:
    """A reply in the asked form, every sentence with the first evidence."""
    said = [{"text": one, "evidence": ["e1"], "paragraph": 1} for one in sentences]
    return json.dumps({"subject": {"text": f"Our days in {INVENTED}", "evidence": ["e1"]}, "sentences": said})


BAD = _draft_of(f"It was lovely to see you in {INVENTED} last week.", "You have lent me your projector.", "Shall I?")
FOREIGN = _draft_of(f"Foi muito bom ver você em {INVENTED} na semana passada, e não me esqueço do que você me disse.")

FAULTS: dict[str, Fault] = {
    **{str(status): _error(status) for status in (400, 401, 403, 404, 408, 409, 413, 422, 429, 500, 502, 503, 529)},
    "429 come back later": _error(429, ("Retry-After", "300")),
    "redirect to another host": Answer(b"", 307, (("Location", "http://rival.example/v1/chat/completions"),)),
    "captive portal": Answer(f"<html>{MARK}</html>".encode(), 200, _HTML),
    "empty body": Answer(b"", 200),
    "cut JSON": Answer(b'{"choices": [{"message": {"content": "Helsinki', 200),
    "no choices": answer_json({"id": "r", "object": "chat.completion", "created": 1, "model": "m", "choices": []}),
    "content null": answer_text(None),
    "content empty": answer_text(""),
    "length": answer_text(f"Dear {MARK}", finish="length"),
    "content filter": answer_text("", finish="content_filter"),
    "tool call": answer_text(
        None, tool_calls=[{"id": "t", "type": "function", "function": {"name": MARK, "arguments": "{}"}}]
    ),
    "not what was asked": answer_text(f"Sure! We met in {MARK}."),
    "cut in the middle": answer_text(MARK * 50)._replace(cut=60),
    "deep nesting": Answer(b"[" * 20_000, 200),
    "invalid UTF-8": Answer(b'{"choices": "\xff\xfe Helsinki"}', 200),
    "far too much": Answer(b"x" * 4_200_000, 200),
    "an invented draft": answer_either(BAD),
    "another language": answer_either(FOREIGN),
    "a refusal": answer_either(f"I'm sorry, I cannot write about {MARK}."),
    "the wrong schema": answer_either(json.dumps({"mail": {"to": MARK, "text": MARK}})),
    "the prompt's own words": lambda asked: answer_either(f"{MARK} {asked.prompt}")(asked),
    "hang": Answer(b"", hang=True),
    "drips for ever": Answer(b" " * 10_000, drip=0.05),
    "head drips for ever": Answer(b" " * 100, drip=0.05, drip_head=True),
    "nobody there": None,
}
STREAM_FAULTS: dict[str, Fault] = {
    "stream cut mid JSON": answer_stream(BAD)._replace(cut=900),
    "stream ends mid JSON": answer_stream(BAD[: len(BAD) // 2], finish=None, done=False),
    "stream ends mid event": stream_of(answer_stream(BAD).body[:1000]),
    "closed without [DONE]": answer_stream(BAD, finish=None, done=False),
    "[DONE] without a finish": answer_stream(BAD, finish=None),
    "[DONE] at once": stream_of(event("[DONE]")),
    "no event at all": stream_of(),
    "stream of length": answer_stream(BAD[:80], finish="length"),
    "stream filtered": answer_stream(BAD[:80], finish="content_filter"),
    "error event first": stream_of(event({"error": {"message": f"{MARK} {KEY}"}})),
    "error event inside": stream_of(
        answer_stream(BAD, finish=None, done=False).body, event({"error": {"message": f"{MARK} {KEY}"}})
    ),
    "event that is no JSON": stream_of(answer_stream(BAD[:60], finish=None, done=False).body, event("{oops")),
    "HTML as a stream": stream_of(f"<html>{MARK}</html>\n\n".encode()),
    "stream of null": answer_stream(""),
    "stream drips bytes": answer_stream(BAD)._replace(drip=0.05),
    "stream drips events": answer_stream(BAD, size=2)._replace(pause=0.2),
    "stream without end": stream_of(*[event({"choices": [{"index": 0, "delta": {"content": "x" * 9000}}]})] * 500),
    "stream after a 400": lambda asked: _error(400) if asked.body.get("stream") else answer_text(BAD),
}


class Tried(NamedTuple):
    """One try: whether it ended as it should, showed a word of the fault, or ran over its time."""

    fault: str
    typed: bool
    shown: bool
    over: bool
    error: str


@contextmanager
def _served(fault: Fault) -> Iterator[str]:
    if fault is None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        yield f"http://127.0.0.1:{port}/v1"
        return
    with ModelServer(lambda asked: fault(asked) if callable(fault) else fault) as server:
        yield server.url


def try_fault(world: Assistant, fault: str, seconds: float, streaming: bool = False) -> Tried:
    """One draft from the open `world` with a model that fails so, with somebody listening or not.

    What a listener was shown is unapproved text and may say anything; whether it was a server's error is looked at.
    """
    told, written, typed, heard = "", "", True, [""]
    with (
        _served({**FAULTS, **STREAM_FAULTS}[fault]) as url,
        Assistant.open(
            today=TODAY, settings=world.settings, model=LangChainModel("local", url, SecretStr(KEY))
        ) as assistant,
    ):
        begin = time.monotonic()
        try:
            draft = assistant.draft(
                DraftKind.GIVE_FIRST, WHO, ABOUT, writer="model", on_text=heard.append if streaming else None
            )
            written = f"{draft.subject} {draft.body}"
            told = f"{written} {' '.join(draft.reasons)}"
            typed = draft.outcome is Outcome.READY and draft.model == "plain" and draft.plan.about == ABOUT
        except ModelError as error:
            told = str(error)
        except Exception as error:  # whatever is no error of ours is what this eval is there to find
            told, typed = f"untyped: {error!r}", False
        over = time.monotonic() - begin > seconds + 1
    shown = MARK in told or INVENTED in written or KEY in "".join((told, *heard))
    return Tried(f"{fault}, streaming" if streaming else fault, typed, shown, over, told)


def run(times: int, seconds: float) -> list[Tried]:
    """Every fault so many times, whole and streaming, with a time budget of `seconds` a draft."""
    with opened_world(embeddings="off", model_seconds=seconds) as assistant:
        kinds = [(fault, False) for fault in FAULTS] + [(fault, True) for fault in (*FAULTS, *STREAM_FAULTS)]
        return [try_fault(assistant, fault, seconds, streaming) for fault, streaming in kinds for _ in range(times)]


def count(tried: list[Tried]) -> dict[str, Any]:
    return {
        "kinds": len({one.fault for one in tried}),
        "tries": len(tried),
        "typed": sum(one.typed for one in tried),
        "shown": sum(one.shown for one in tried),
        "over_budget": sum(one.over for one in tried),
        "wrong": sorted({f"{one.fault}: {one.error[:120]}" for one in tried if not one.typed or one.shown or one.over}),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.faults", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=20, help="tries of each fault")
    parser.add_argument("--seconds", type=float, default=2.0, help="time budget of one draft")
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    arguments = parser.parse_args()
    figures = count(run(arguments.times, arguments.seconds))
    if arguments.json:
        print(json.dumps(figures))
        return
    print(
        f"{figures['typed']} of {figures['tries']} tries of {figures['kinds']} faults ended as they should; "
        f"{figures['shown']} showed a word of the fault, {figures['over_budget']} ran over"
    )
    print("\n".join(figures["wrong"]))


if __name__ == "__main__":
    main()
