"""The one door to language models: what is asked, what comes back, and every way it can fail as an error of ours.

A reply is untrusted text and nothing more. This module must never put a key, a prompt or a server's own words into an
error, never follow a server to another address, never run past its time budget, and never report what is asked to
anybody but the endpoint that was set.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import email.utils
import logging
import math
import time
import warnings
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol
from urllib.parse import urlsplit

from pydantic import SecretStr

from assistant.domain import Value
from assistant.errors import (
    ModelBusy,
    ModelError,
    ModelRefusedKey,
    ModelReplyInvalid,
    ModelTimeout,
    ModelUnreachable,
    SettingsError,
)

if TYPE_CHECKING:
    import httpx2
    from langchain_core.messages import AIMessage, BaseMessage
    from langchain_openai import ChatOpenAI

OPENAI_URL = "https://api.openai.com/v1"
_TEMPERATURE = 0.3
_PAUSES = (0.5, 1.0)  # seconds before the first and the second retry
_MOST_REPLY_BYTES = 4_000_000


class ChatMessage(Value):
    """One turn of what a model is shown. Roles are set by us and can never come out of a text."""

    role: Literal["system", "user", "assistant"]
    text: str


class Reply(Value):
    """What a model answered: complete, non-empty text. Tokens are 0 where the server does not count them."""

    text: str
    model: str
    input_tokens: int = 0
    output_tokens: int = 0


class ChatModel(Protocol):
    """Anything that answers messages. `schema` is a JSON schema the reply should follow; it may not."""

    @property
    def name(self) -> str: ...

    def complete(self, messages: Sequence[ChatMessage], schema: Mapping[str, object] | None, seconds: float) -> Reply:
        """The reply, within `seconds` in all. Raises a `ModelError`."""
        ...


# --- a model that follows a script ------------------------------------------------------------------------------

Script = Sequence[str | ModelError] | Callable[[Sequence[ChatMessage]], str]


class ScriptUsedUp(Exception):
    """A scripted model was asked once more than its script has replies. Not a failure of a model, so never handled."""


class ScriptedModel:
    """Answers from a queue (an error in it is raised) or by a function; `prompts` keeps what it was shown."""

    def __init__(self, script: Script, name: str = "scripted") -> None:
        self.name = name
        self.prompts: list[tuple[ChatMessage, ...]] = []
        self._script = script

    def complete(self, messages: Sequence[ChatMessage], schema: Mapping[str, object] | None, seconds: float) -> Reply:
        self.prompts.append(tuple(messages))
        if callable(self._script):
            return Reply(text=self._script(messages), model=self.name)
        if len(self.prompts) > len(self._script):
            raise ScriptUsedUp(f"the script of {self.name} has {len(self._script)} replies and was asked for one more")
        answer = self._script[len(self.prompts) - 1]
        if isinstance(answer, ModelError):
            raise answer
        return Reply(text=answer, model=self.name)


# --- a model behind an OpenAI-compatible endpoint ---------------------------------------------------------------


class LangChainModel:
    """A model behind any OpenAI-compatible endpoint, asked through LangChain.

    Servers differ in which structured output they take; the first that a server accepts is remembered. Raises
    `SettingsError` for an address that is none.
    """

    def __init__(self, name: str, url: str = "", key: SecretStr | None = None) -> None:
        self.name = name
        self._url = url or OPENAI_URL
        self._host = read_host(self._url)
        self._key = key or SecretStr("")
        self._form = 0

    def complete(self, messages: Sequence[ChatMessage], schema: Mapping[str, object] | None, seconds: float) -> Reply:
        _check_key(self._key)
        forms = _list_forms(schema)
        return _run_within(lambda: self._ask(messages, forms, time.monotonic() + seconds), seconds, self._host)

    async def _ask(self, messages: Sequence[ChatMessage], forms: Sequence[_Form], deadline: float) -> Reply:
        """Asks, and asks again after a fault that may pass, as long as the wait fits in before `deadline`."""
        answer = await self._ask_in_some_form(messages, forms)
        for pause in _PAUSES:
            if isinstance(answer, Reply) or not answer.may_pass:
                break
            wait = pause if answer.retry_after is None else answer.retry_after
            if time.monotonic() + wait >= deadline:
                break
            await asyncio.sleep(wait)
            answer = await self._ask_in_some_form(messages, forms)
        if isinstance(answer, _Fault):
            raise answer.error
        return answer

    async def _ask_in_some_form(self, messages: Sequence[ChatMessage], forms: Sequence[_Form]) -> Reply | _Fault:
        """One answer. A server that rejects the form of the request is asked in the next simpler form."""
        for number in range(min(self._form, len(forms) - 1), len(forms)):
            answer = await self._ask_once(messages, forms[number])
            if isinstance(answer, Reply):
                self._form = max(self._form, number)
            if isinstance(answer, Reply) or not answer.rejects_form:
                break
        return answer

    async def _ask_once(self, messages: Sequence[ChatMessage], form: _Form) -> Reply | _Fault:
        import httpx2
        from langchain_core.exceptions import LangChainException
        from langsmith import tracing_context
        from openai import OpenAIError

        # LANGSMITH_TRACING in somebody's environment would otherwise post the prompt to a third party.
        with tracing_context(enabled=False):
            try:
                async with _open_http(self._url) as http:
                    chat = _build_chat(self.name, self._url, self._key, http, form)
                    message = await chat.ainvoke(_in_langchain_words(messages))
            except (OpenAIError, LangChainException, httpx2.HTTPError, httpx2.InvalidURL) as error:
                return _read_fault(error, self._host)
            # The SDKs read a body without looking at it first: HTML, cut JSON, `choices: []` and the like come out
            # as whatever Python says when it trips over them.
            except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
                return _Fault(ModelReplyInvalid(f"{self._host} {VENDOR_FAULTS['OpenAIError'].says}"))
        return _read_reply(message, self.name, self._host)


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


def _run_within(ask: Callable[[], Coroutine[None, None, Reply]], seconds: float, host: str) -> Reply:
    """Runs `ask` in a thread of its own and cancels it when `seconds` are over, whatever the server does.

    The event loop is what makes a request cancellable between any two bytes; the thread lets the caller have a loop
    already, and bounds the wait even where the system cannot be interrupted (looking up a name).
    """

    async def bounded() -> Reply:
        async with asyncio.timeout(seconds):
            return await ask()

    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="language-model")
    answer = pool.submit(lambda: asyncio.run(bounded()))
    pool.shutdown(wait=False)
    with contextlib.suppress(TimeoutError):
        return answer.result(timeout=seconds)
    raise ModelTimeout(f"{host} did not answer within {seconds:g} seconds; try again, or set GIVEFIRST_MODEL_SECONDS")


# --- LangChain's side -------------------------------------------------------------------------------------------


def _in_langchain_words(messages: Sequence[ChatMessage]) -> list[BaseMessage]:
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    words = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}
    return [words[message.role](content=message.text) for message in messages]


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
        use_responses_api=False,
        output_version="v0",
        extra_body=form or None,
    )


def _open_http(url: str) -> httpx2.AsyncClient:
    """A client that follows no redirect, reads no endless reply, and sends nothing for this machine to a proxy."""
    import httpx2

    host = urlsplit(url).hostname or ""
    return httpx2.AsyncClient(
        follow_redirects=False,
        trust_env=not (host in ("localhost", "::1") or host.startswith("127.")),
        headers={"Accept-Encoding": "identity"},
        event_hooks={"response": [_bound_reply]},
    )


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


def _read_reply(message: AIMessage, name: str, host: str) -> Reply | _Fault:
    """A reply exists only if the model came to its end by itself and said something."""
    finish = message.response_metadata.get("finish_reason")
    if finish != "stop":
        reason = _FINISHES.get(str(finish), "did not say that its reply is complete")
        return _Fault(ModelReplyInvalid(f"{host}: the model {reason}; try again, or use another model"))
    if not isinstance(message.content, str) or not message.content.strip():
        return _Fault(ModelReplyInvalid(f"{host}: the model gave an empty reply; try again, or use another model"))
    used = message.usage_metadata
    return Reply(
        text=message.content,
        model=name,
        input_tokens=used["input_tokens"] if used else 0,
        output_tokens=used["output_tokens"] if used else 0,
    )


_FINISHES = {
    "length": "was cut off before the end of its reply",
    "content_filter": "had its reply withheld by a content filter",
    "tool_calls": "wanted to call a tool, and there is none",
}


# --- faults -----------------------------------------------------------------------------------------------------


class _Fault(NamedTuple):
    """What went wrong with one request. `retry_after` is the wait in seconds the server asks for, if it does."""

    error: ModelError
    may_pass: bool = False
    retry_after: float | None = None
    rejects_form: bool = False


class _Meaning(NamedTuple):
    """What the vendors' exceptions of these `names` are to us. `may_pass`: asking again may help."""

    names: str
    error: type[ModelError]
    says: str
    may_pass: bool = False
    rejects_form: bool = False


_MEANINGS = (
    _Meaning("AuthenticationError OAuthError ModelAuthenticationError",
        ModelRefusedKey, "refuses the key; set GIVEFIRST_MODEL_KEY to one that is valid there"),
    _Meaning("PermissionDeniedError ModelPermissionDeniedError",
        ModelRefusedKey, "does not allow this key to use the model; choose another model or key"),
    _Meaning("RateLimitError ModelRateLimitError WebSocketQueueFullError",
        ModelBusy, "is asked too often, or the account is used up; try again later", may_pass=True),
    _Meaning("InternalServerError ConflictError ModelAPIError",
        ModelUnreachable, "has a fault of its own; try again later", may_pass=True),
    _Meaning("APIConnectionError ModelConnectionError WebSocketConnectionClosedError HTTPError InvalidURL",
        ModelUnreachable, "cannot be reached; check that it runs and GIVEFIRST_MODEL_URL", may_pass=True),
    _Meaning("NotFoundError ModelNotFoundError",
        ModelUnreachable, "knows no such model or address; check GIVEFIRST_MODEL and GIVEFIRST_MODEL_URL"),
    _Meaning("APIStatusError",
        ModelUnreachable, "does not answer this address as a model would; check GIVEFIRST_MODEL_URL"),
    _Meaning("APITimeoutError ModelTimeoutError",
        ModelTimeout, "took too long; try again, or set GIVEFIRST_MODEL_SECONDS"),
    _Meaning("BadRequestError UnprocessableEntityError ModelInvalidRequestError",
        ModelReplyInvalid, "rejects the request; check GIVEFIRST_MODEL, or use another model", rejects_form=True),
    _Meaning("ContextOverflowError OpenAIContextOverflowError OpenAIAPIContextOverflowError",
        ModelReplyInvalid, "cannot take this much text; use a model with a larger context"),
    _Meaning("LengthFinishReasonError",
        ModelReplyInvalid, "cut the reply off before its end; try again, or use another model"),
    _Meaning("ContentFilterFinishReasonError OpenAIRefusalError",
        ModelReplyInvalid, "withheld the reply; try again, or use another model"),
    _Meaning("OpenAIError APIError APIResponseValidationError InvalidWebhookSignatureError LangChainException "
        "ModelError TracerException OutputParserException _AmbiguousModuleClientUsageError",
        ModelReplyInvalid, "answered with something that is no chat reply; check GIVEFIRST_MODEL_URL"),
)  # fmt: skip
# By name, so that no vendor is imported for it; a class that is not listed counts as its nearest listed parent.
VENDOR_FAULTS = {name: meaning for meaning in _MEANINGS for name in meaning.names.split()}


def _read_fault(error: BaseException, host: str) -> _Fault:
    """The vendor's error as ours. Its own words are left behind: servers echo keys and prompts in them."""
    inner: BaseException | None = error
    while inner is not None:  # an error of ours, raised while the reply was read, comes back wrapped
        if isinstance(inner, ModelError):
            return _Fault(inner)
        inner = inner.__cause__
    meaning = next(VENDOR_FAULTS[cls.__name__] for cls in type(error).__mro__ if cls.__name__ in VENDOR_FAULTS)
    retry_after = _read_retry_after(error)
    waits = f" (it asks to wait {retry_after:.0f} seconds)" if retry_after else ""
    return _Fault(
        meaning.error(f"{host} {meaning.says}{waits}"),
        may_pass=meaning.may_pass,
        retry_after=retry_after,
        rejects_form=meaning.rejects_form,
    )


def _read_retry_after(error: BaseException) -> float | None:
    """Seconds the server asks to wait: a number or an HTTP date (RFC 9110, 10.2.3); None if it does not say."""
    response = getattr(error, "response", None)
    said = response.headers.get("retry-after", "") if response is not None else ""
    try:
        seconds = float(said)
    except ValueError:
        try:
            when = email.utils.parsedate_to_datetime(said)
        except ValueError:
            return None
        seconds = (when - dt.datetime.now(when.tzinfo)).total_seconds()
    return max(seconds, 0.0) if math.isfinite(seconds) else None
