"""What does a broken provider do to the user? Every kind of fault, over real HTTP, through the whole path of a draft.

Each try must end in a typed error or in the plain writer's draft, within the time budget, with the user's own words
kept and no word of the fault's body shown. It must never count an untyped error as anything but a failure.
"""

from __future__ import annotations

import argparse
import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from pydantic import SecretStr

from assistant.app import Assistant
from assistant.domain import DraftKind, Outcome
from assistant.errors import ModelError
from assistant.llm import LangChainModel
from evals.drafts import opened_world
from evals.model_server import Answer, ModelServer, answer_json, answer_text
from evals.world import TODAY

WHO, ABOUT = "Ana Ferreira", "I can lend you our projector"
KEY = "sk-test-never-shown"
MARK = "Helsinki"  # stands in every body a fault sends; it must reach nobody
_HTML = (("Content-Type", "text/html"),)


def _error(status: int, *headers: tuple[str, str]) -> Answer:
    return answer_json({"error": {"message": f"{MARK} {KEY}", "type": "x"}}, status, *headers)


FAULTS: dict[str, Answer | None] = {
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
    "hang": Answer(b"", hang=True),
    "drips for ever": Answer(b" " * 10_000, drip=0.05),
    "head drips for ever": Answer(b" " * 100, drip=0.05, drip_head=True),
    "nobody there": None,
}


class Tried(NamedTuple):
    """One try: whether it ended as it should, showed a word of the fault, or ran over its time."""

    fault: str
    typed: bool
    shown: bool
    over: bool
    error: str


@contextmanager
def _served(answer: Answer | None) -> Iterator[str]:
    if answer is None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        yield f"http://127.0.0.1:{port}/v1"
        return
    with ModelServer(lambda _asked: answer) as server:
        yield server.url


def try_fault(world: Assistant, fault: str, seconds: float) -> Tried:
    """One draft from the open `world` with a model that fails so."""
    told, typed = "", True
    with (
        _served(FAULTS[fault]) as url,
        Assistant.open(
            today=TODAY, settings=world.settings, model=LangChainModel("local", url, SecretStr(KEY))
        ) as assistant,
    ):
        begin = time.monotonic()
        try:
            draft = assistant.draft(DraftKind.GIVE_FIRST, WHO, ABOUT, writer="model")
            told = f"{draft.subject} {draft.body} {' '.join(draft.reasons)}"
            typed = draft.outcome is Outcome.READY and draft.model == "plain" and draft.plan.about == ABOUT
        except ModelError as error:
            told = str(error)
        except Exception as error:
            told, typed = f"untyped: {error!r}", False
        over = time.monotonic() - begin > seconds + 1
    return Tried(fault, typed, MARK in told or KEY in told, over, told)


def run(times: int, seconds: float) -> list[Tried]:
    """Every fault so many times, with a time budget of `seconds` a draft."""
    with opened_world(embeddings="off", model_seconds=seconds) as assistant:
        return [try_fault(assistant, fault, seconds) for fault in FAULTS for _ in range(times)]


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
