"""A language model server on this machine, over real HTTP, that answers exactly what it is told to.

Used by tests and evals to meet the product with good replies, hostile ones and every fault of a provider. It binds
loopback only, remembers what it was asked, and must never judge what it answers.
"""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import NamedTuple, Self


class Asked(NamedTuple):
    """One request: its path, its headers with names in small letters, its JSON body, and that body's very bytes."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, object]
    raw: bytes = b""

    @property
    def prompt(self) -> str:
        """The text of all messages, one after the other."""
        messages = self.body.get("messages")
        return "\n\n".join(str(one["content"]) for one in messages) if isinstance(messages, list) else ""


class Answer(NamedTuple):
    """One response. `hang` never answers; `drip` sends a byte every so many seconds, from the status line on with
    `drip_head`; `cut` closes the connection after so many bytes of the body that was announced. `chunked` announces
    no length, as streams do; `pause` waits so many seconds before each event of a stream."""

    body: bytes
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
    hang: bool = False
    drip: float = 0.0
    drip_head: bool = False
    cut: int | None = None
    chunked: bool = False
    pause: float = 0.0


def answer_json(value: object, status: int = 200, *headers: tuple[str, str]) -> Answer:
    return Answer(json.dumps(value).encode(), status, (("Content-Type", "application/json"), *headers))


def answer_text(text: object, finish: str | None = "stop", **message: object) -> Answer:
    """A chat completion with one choice, as OpenAI-compatible servers send it."""
    choice = {"index": 0, "message": {"role": "assistant", "content": text, **message}, "finish_reason": finish}
    usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
    head = {"id": "r-1", "object": "chat.completion", "created": 1, "model": "local"}
    return answer_json({**head, "choices": [choice], "usage": usage})


_HEAD = {"id": "r-1", "object": "chat.completion.chunk", "created": 1, "model": "local"}


def event(value: object) -> bytes:
    """One event of a stream."""
    return f"data: {value if isinstance(value, str) else json.dumps(value)}\n\n".encode()


def answer_stream(text: str, finish: str | None = "stop", done: bool = True, size: int = 12) -> Answer:
    """A chat completion in pieces of `size` characters, then its usage and, with `done`, the mark of the end."""
    pieces = [text[place : place + size] for place in range(0, len(text), size)]
    deltas: list[dict[str, object]] = [{"role": "assistant", "content": ""}, *({"content": one} for one in pieces)]
    events = [{**_HEAD, "choices": [{"index": 0, "delta": one, "finish_reason": None}]} for one in deltas]
    if finish:
        events.append({**_HEAD, "choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
        usage = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
        events.append({**_HEAD, "choices": [], "usage": usage})
    return stream_of(*map(event, events), *([event("[DONE]")] if done else []))


def stream_of(*events: bytes) -> Answer:
    return Answer(b"".join(events), headers=(("Content-Type", "text/event-stream"),), chunked=True)


def answer_either(text: str) -> Callable[[Asked], Answer]:
    """A good reply, in the way that was asked for."""
    return lambda asked: answer_stream(text) if asked.body.get("stream") else answer_text(text)


class ModelServer:
    """Serves while its `with` block lasts. `answer` is asked for every request, from several threads."""

    def __init__(self, answer: Callable[[Asked], Answer]) -> None:
        self.asked: list[Asked] = []
        self._answer = answer
        self._closing = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._make_handler())
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()

    def _make_handler(self) -> type[BaseHTTPRequestHandler]:
        serve = self._serve

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                # The other side hanging up is a thing under test, not a fault of the server.
                with contextlib.suppress(ConnectionError):
                    serve(self)

            def do_GET(self) -> None:
                self.do_POST()

            def log_message(self, format: str, *args: object) -> None:
                """Prompts hold notes; a server of ours writes none of it anywhere."""

        return Handler

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True
        asked = _read_asked(handler)
        self.asked.append(asked)
        answer = self._answer(asked)
        if answer.hang:
            self._closing.wait()
            return
        head = _head(answer)
        body = answer.body if answer.cut is None else answer.body[: answer.cut]
        if answer.drip_head:
            self._drip(handler, head + body, answer.drip)
            return
        handler.wfile.write(head)
        if answer.chunked:
            self._send_chunks(handler, answer, body)
        elif answer.drip:
            self._drip(handler, body, answer.drip)
        else:
            handler.wfile.write(body)

    def _send_chunks(self, handler: BaseHTTPRequestHandler, answer: Answer, body: bytes) -> None:
        """Each event as a chunk, or each byte of a body that drips; without the last, empty one where it is cut."""
        pieces = [bytes((byte,)) for byte in body] if answer.drip else re.findall(rb"(?s).+?(?:\n\n|\Z)", body)
        for piece in pieces:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            handler.wfile.flush()
            if (wait := answer.drip or answer.pause) and self._closing.wait(wait):
                return
        if answer.cut is None:
            handler.wfile.write(b"0\r\n\r\n")

    def _drip(self, handler: BaseHTTPRequestHandler, data: bytes, seconds: float) -> None:
        for byte in data:
            handler.wfile.write(bytes((byte,)))
            if self._closing.wait(seconds):
                return


def _read_asked(handler: BaseHTTPRequestHandler) -> Asked:
    raw = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
    headers = {name.lower(): value for name, value in handler.headers.items()}
    return Asked(handler.path, headers, json.loads(raw or b"{}"), raw)


def _head(answer: Answer) -> bytes:
    length = ("Transfer-Encoding", "chunked") if answer.chunked else ("Content-Length", str(len(answer.body)))
    fields = (*answer.headers, length, ("Connection", "close"))
    lines = [f"HTTP/1.1 {answer.status} Answer", *(f"{name}: {value}" for name, value in fields), "", ""]
    return "\r\n".join(lines).encode("latin-1")
