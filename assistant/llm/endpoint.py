"""A model behind any OpenAI-compatible endpoint (OpenAI, Ollama, llama.cpp, vLLM), asked through LangChain.

It must never put a key, a prompt or a server's own words into an error, never follow a server to another address,
never run past its time budget, and never report what is asked to anybody but the endpoint that was set.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import queue
import time
import warnings
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from pydantic import SecretStr

from assistant.errors import ModelError, ModelRefusedKey, ModelReplyInvalid, ModelTimeout, SettingsError
from assistant.llm.chat import ChatMessage, OnText, Reply
from assistant.llm.faults import VENDOR_FAULTS, Fault, read_fault

if TYPE_CHECKING:
    import httpx2
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_core.messages.ai import UsageMetadata
    from langchain_openai import ChatOpenAI

OPENAI_URL = "https://api.openai.com/v1"
_TEMPERATURE = 0.3
_PAUSES = (0.5, 1.0)  # seconds before the first and the second retry
_MOST_REPLY_BYTES = 4_000_000
_MOST_STREAMED = 200_000  # characters of text in a stream, whose every word costs hundreds of bytes
_BEAT = 0.5  # seconds after which one who listens is told that nothing came


OnRequest = Callable[[bytes], None]
"""Is told the body of each request, byte for byte, before it goes. What it raises, a `ModelError`, stops it."""


class LangChainModel:
    """A model behind any OpenAI-compatible endpoint, asked through LangChain.

    Servers differ in which structured output they take and whether they stream; the first way that a server accepts
    is remembered. Raises `SettingsError` for an address that is none.
    """

    def __init__(
        self, name: str, url: str = "", key: SecretStr | None = None, on_request: OnRequest | None = None
    ) -> None:
        self.name = name
        self._on_request = on_request
        self._url = url or OPENAI_URL
        self._host = read_host(self._url)
        self._key = key or SecretStr("")
        self._form = 0
        self._streams = True

    def complete(
        self,
        messages: Sequence[ChatMessage],
        schema: Mapping[str, object] | None,
        seconds: float,
        on_text: OnText | None = None,
    ) -> Reply:
        _check_key(self._key)
        forms = _list_forms(schema)
        deadline = time.monotonic() + seconds

        def ask(tell: _Tell | None) -> Coroutine[None, None, Reply]:
            return self._ask(messages, forms, deadline, tell)

        return _run_within(ask, seconds, self._host, on_text)

    def preview(self, messages: Sequence[ChatMessage], schema: Mapping[str, object] | None, streamed: bool) -> bytes:
        """The body of the request that `complete` would begin with, byte for byte. Nothing is sent."""
        forms = _list_forms(schema)
        form = forms[min(self._form, len(forms) - 1)]
        asked = _catch_request(self.name, self._url, messages, form, streamed and self._streams)
        with ThreadPoolExecutor(max_workers=1) as pool:  # the caller may have a loop already
            return pool.submit(asyncio.run, asked).result()

    async def _ask(
        self, messages: Sequence[ChatMessage], forms: Sequence[_Form], deadline: float, tell: _Tell | None
    ) -> Reply:
        """Asks, and asks again after a fault that may pass, as long as the wait fits in before `deadline`."""
        answer = await self._ask_in_some_way(messages, forms, tell)
        for pause in _PAUSES:
            if isinstance(answer, Reply) or not answer.may_pass:
                break
            wait = pause if answer.retry_after is None else answer.retry_after
            if time.monotonic() + wait >= deadline:
                break
            await asyncio.sleep(wait)
            answer = await self._ask_in_some_way(messages, forms, tell)
        if isinstance(answer, Fault):
            raise answer.error
        return answer

    async def _ask_in_some_way(
        self, messages: Sequence[ChatMessage], forms: Sequence[_Form], tell: _Tell | None
    ) -> Reply | Fault:
        """One answer, streamed if somebody listens and the server can; else told in one piece when it is there."""
        if tell is None:
            return await self._ask_in_some_form(messages, forms, None)
        if self._streams:
            answer = await self._ask_in_some_form(messages, forms, tell)
            if isinstance(answer, Reply) or not answer.rejects_form:
                return answer
        answer = await self._ask_in_some_form(messages, forms, None)
        if isinstance(answer, Reply):
            self._streams = False
            tell(answer.text)
        return answer

    async def _ask_in_some_form(
        self, messages: Sequence[ChatMessage], forms: Sequence[_Form], tell: _Tell | None
    ) -> Reply | Fault:
        """One answer. A server that rejects the form of the request is asked in the next simpler form."""
        for number in range(min(self._form, len(forms) - 1), len(forms)):
            answer = await self._ask_once(messages, forms[number], tell)
            if isinstance(answer, Reply):
                self._form = max(self._form, number)
            if isinstance(answer, Reply) or not answer.rejects_form:
                break
        return answer

    async def _ask_once(self, messages: Sequence[ChatMessage], form: _Form, tell: _Tell | None) -> Reply | Fault:
        import httpx2
        from langchain_core.exceptions import LangChainException
        from langsmith import tracing_context
        from openai import OpenAIError

        heard: list[str] = []
        # LANGSMITH_TRACING in somebody's environment would otherwise post the prompt to a third party.
        with tracing_context(enabled=False):
            try:
                async with _open_http(self._url, self._on_request) as http:
                    chat = _build_chat(self.name, self._url, self._key, http, form)
                    words = _in_langchain_words(messages)
                    said = await (_hear(chat, words, heard, tell) if tell else _take_whole(chat, words))
            except (OpenAIError, LangChainException, httpx2.HTTPError, httpx2.InvalidURL) as error:
                fault = read_fault(error, self._host)
                # Half a reply has been shown: asking again would show another beginning behind it.
                return fault._replace(may_pass=False, rejects_form=False) if heard else fault
            # The SDKs read a body without looking at it first: HTML, cut JSON, `choices: []` and the like come out
            # as whatever Python says when it trips over them. A stream without a single event is one of a server
            # that does not stream.
            except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
                fault = Fault(ModelReplyInvalid(f"{self._host} {VENDOR_FAULTS['OpenAIError'].says}"))
                return fault._replace(rejects_form=tell is not None and not heard)
        return _read_reply(said, self.name, self._host)


def read_host(url: str) -> str:
    """`host` or `host:port` of an endpoint, which is all that messages may show of it. Raises `SettingsError`."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or parts.scheme not in ("http", "https") or not url.isprintable() or " " in url:
        raise SettingsError("setting 'model_url' is no web address; write it like http://127.0.0.1:11434/v1")
    return f"{host}:{port}" if port else host


def _check_key(key: SecretStr) -> None:
    secret = key.get_secret_value()
    if not (secret.isascii() and secret.isprintable()):
        raise ModelRefusedKey("the model's key holds characters that no key has; copy it again")


# --- within the budget, and cancelled on the way --------------------------------------------------------------------

_Tell = Callable[[str], None]


def _run_within(
    ask: Callable[[_Tell | None], Coroutine[None, None, Reply]], seconds: float, host: str, on_text: OnText | None
) -> Reply:
    """Runs `ask` in a thread of its own and cancels it when `seconds` are over, whatever the server does.

    The event loop is what makes a request cancellable between any two bytes; the thread lets the caller have a loop
    already, and bounds the wait even where the system cannot be interrupted (looking up a name). `on_text` is called
    in the caller's thread: what it raises, and Ctrl-C, cancel the request.
    """
    pieces: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    running: list[tuple[asyncio.AbstractEventLoop, asyncio.Task[object]]] = []

    async def bounded() -> Reply:
        task = asyncio.current_task()
        assert task is not None, "a coroutine that runs is a task"
        running.append((asyncio.get_running_loop(), task))
        async with asyncio.timeout(seconds):
            return await ask(pieces.put if on_text else None)

    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="language-model")
    answer = pool.submit(lambda: asyncio.run(bounded()))
    answer.add_done_callback(lambda _done: pieces.put(None))
    pool.shutdown(wait=False)
    try:
        _listen(pieces, time.monotonic() + seconds, on_text)
        with contextlib.suppress(TimeoutError):
            return answer.result(timeout=0)
    finally:
        for loop, task in running:
            with contextlib.suppress(RuntimeError):  # the loop has ended by itself
                loop.call_soon_threadsafe(task.cancel)
    raise ModelTimeout(f"{host} did not answer within {seconds:.3g} seconds; try again, or set GIVEFIRST_MODEL_SECONDS")


def _listen(pieces: queue.SimpleQueue[str | None], deadline: float, on_text: OnText | None) -> None:
    """Passes on what comes, in as few pieces as may be, until the end (`None`) or the deadline."""
    while (left := deadline - time.monotonic()) > 0:
        said, ended = [], False
        with contextlib.suppress(queue.Empty):
            piece = pieces.get(timeout=min(left, _BEAT))
            while piece is not None:
                said.append(piece)
                piece = pieces.get_nowait()
            ended = True
        if on_text and (said or not ended):
            on_text("".join(said))
        if ended:
            return


# --- LangChain's side -------------------------------------------------------------------------------------------


def _in_langchain_words(messages: Sequence[ChatMessage]) -> list[BaseMessage]:
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    words = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}
    return [words[message.role](content=message.text) for message in messages]


class _Said(NamedTuple):
    """What came back, whichever way it came."""

    text: object
    finish: object
    usage: UsageMetadata | None


async def _take_whole(chat: ChatOpenAI, words: list[BaseMessage]) -> _Said:
    message: AIMessage = await chat.ainvoke(words)
    return _Said(message.content, message.response_metadata.get("finish_reason"), message.usage_metadata)


async def _hear(chat: ChatOpenAI, words: list[BaseMessage], heard: list[str], tell: _Tell) -> _Said:
    """The reply piece by piece, each told on; `heard` holds them even where the stream breaks."""
    size = 0
    finish: object = None
    usage: UsageMetadata | None = None
    async with contextlib.aclosing(chat.astream(words, stream_usage=True)) as stream:  # type: ignore[type-var]
        async for chunk in stream:
            finish = chunk.response_metadata.get("finish_reason") or finish
            usage = getattr(chunk, "usage_metadata", None) or usage
            if isinstance(chunk.content, str) and chunk.content:
                heard.append(chunk.content)
                size += len(chunk.content)
                if size > _MOST_STREAMED:
                    raise ModelReplyInvalid(f"the model's reply is over {_MOST_STREAMED:,} characters; use another")
                tell(chunk.content)
    return _Said("".join(heard), finish, usage)


_Form = dict[str, object]


def _list_forms(schema: Mapping[str, object] | None) -> tuple[_Form, ...]:
    """What to add to the request's body so that the reply follows `schema`, the strictest way first."""
    if not schema:
        return ({},)
    named = {"name": "reply", "strict": True, "schema": dict(schema)}
    kinds: tuple[_Form, ...] = ({"type": "json_schema", "json_schema": named}, {"type": "json_object"})
    return (*[_Form(response_format=kind) for kind in kinds], {})


def _build_chat(name: str, url: str, key: SecretStr, http: httpx2.AsyncClient, form: _Form) -> ChatOpenAI:
    """The client for one request. What the environment could change silently (address, key, API) is said outright.

    `form` goes around the vendor's own reading of structured output, which prints parts of a malformed reply.
    """
    from langchain_openai import ChatOpenAI

    logging.getLogger("openai").setLevel(logging.WARNING)  # below that it logs the whole prompt
    warnings.filterwarnings(
        "ignore", category=UserWarning, module=r"langchain_openai\."
    )  # what follows is handled here
    return ChatOpenAI(
        model=name,
        base_url=url,
        api_key=key if key.get_secret_value() else SecretStr("none"),  # else OPENAI_API_KEY would go to any server
        http_async_client=http,
        openai_proxy=None,
        temperature=_TEMPERATURE,
        max_retries=0,  # retried here, where the whole budget is known
        timeout=None,  # the budget bounds it
        stream_chunk_timeout=None,  # and so it does a stream
        use_responses_api=False,
        output_version="v0",
        extra_body=form or None,
    )


def _open_http(url: str, on_request: OnRequest | None) -> httpx2.AsyncClient:
    """A client that follows no redirect, reads no endless reply, and sends nothing for this machine to a proxy."""
    import httpx2

    host = urlsplit(url).hostname or ""
    return httpx2.AsyncClient(
        follow_redirects=False,
        trust_env=not (host in ("localhost", "::1") or host.startswith("127.")),
        headers={"Accept-Encoding": "identity"},
        event_hooks={"request": [_tell_request(on_request)] if on_request else [], "response": [_bound_reply]},
    )


def _tell_request(on_request: OnRequest) -> Callable[[httpx2.Request], Coroutine[None, None, None]]:
    async def tell(request: httpx2.Request) -> None:
        on_request(request.content)

    return tell


async def _catch_request(name: str, url: str, messages: Sequence[ChatMessage], form: _Form, streamed: bool) -> bytes:
    """The body that the vendor's own client makes of a question, caught where the network would begin."""
    import httpx2
    from langsmith import tracing_context

    caught: list[bytes] = []

    def catch(request: httpx2.Request) -> httpx2.Response:
        caught.append(request.content)
        choice = {"index": 0, "message": {"role": "assistant", "content": "-"}, "finish_reason": "stop"}
        whole = {"id": "-", "object": "chat.completion", "created": 0, "model": name, "choices": [choice]}
        if not streamed:
            return httpx2.Response(200, json=whole)
        piece = {"index": 0, "delta": {"content": "-"}, "finish_reason": "stop"}
        event = json.dumps({**whole, "object": "chat.completion.chunk", "choices": [piece]})
        return httpx2.Response(200, text=f"data: {event}\n\n", headers={"Content-Type": "text/event-stream"})

    with tracing_context(enabled=False):
        async with httpx2.AsyncClient(transport=httpx2.MockTransport(catch)) as http:
            chat = _build_chat(name, url, SecretStr(""), http, form)
            words = _in_langchain_words(messages)
            await (_hear(chat, words, [], lambda _piece: None) if streamed else _take_whole(chat, words))
    return caught[0]


async def _bound_reply(response: httpx2.Response) -> None:
    """Makes reading a reply fail once it is larger than any draft, or packed and so of any size."""
    import httpx2

    if not isinstance(response.stream, httpx2.AsyncByteStream) or "content-encoding" in response.headers:
        raise ModelReplyInvalid("the model's server answered in a packed form nobody asked for; check its settings")
    stream = response.stream

    class Bounded(httpx2.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            left = _MOST_REPLY_BYTES
            async for chunk in stream:
                left -= len(chunk)
                if left < 0:
                    raise ModelReplyInvalid(f"the model's reply is over {_MOST_REPLY_BYTES:,} bytes; use another model")
                yield chunk

        async def aclose(self) -> None:
            await stream.aclose()

    response.stream = Bounded()


def _read_reply(said: _Said, name: str, host: str) -> Reply | Fault:
    """A reply exists only if the model came to its end by itself and said something."""
    used_in = said.usage["input_tokens"] if said.usage else 0
    used_out = said.usage["output_tokens"] if said.usage else 0
    if said.finish != "stop":
        reason = _FINISHES.get(str(said.finish), "did not say that its reply is complete")
    elif not isinstance(said.text, str) or not said.text.strip():
        reason = "gave an empty reply"
    else:
        return Reply(text=said.text, model=name, input_tokens=used_in, output_tokens=used_out)
    error: ModelError = ModelReplyInvalid(f"{host}: the model {reason}; try again, or use another model")
    error.input_tokens, error.output_tokens = used_in, used_out
    return Fault(error)


_FINISHES = {
    "length": "was cut off before the end of its reply",
    "content_filter": "had its reply withheld by a content filter",
    "tool_calls": "wanted to call a tool, and there is none",
}
