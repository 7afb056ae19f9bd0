"""What the vendors' errors mean to us: one typed error, whether it may pass, and what the user can do.

It must never put a key, a prompt or a server's own words into an error.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import math
from typing import NamedTuple

from assistant.errors import ModelBusy, ModelError, ModelRefusedKey, ModelReplyInvalid, ModelTimeout, ModelUnreachable


class Fault(NamedTuple):
    """What went wrong with one request. `retry_after` is the wait in seconds the server asks for, if it does."""

    error: ModelError
    may_pass: bool = False
    retry_after: float | None = None
    rejects_form: bool = False


class Meaning(NamedTuple):
    """What the vendors' exceptions of these `names` are to us. `may_pass`: asking again may help."""

    names: str
    error: type[ModelError]
    says: str
    may_pass: bool = False
    rejects_form: bool = False


_MEANINGS = (
    Meaning("AuthenticationError OAuthError ModelAuthenticationError",
        ModelRefusedKey, "refuses the key; set GIVEFIRST_MODEL_KEY to one that is valid there"),
    Meaning("PermissionDeniedError ModelPermissionDeniedError",
        ModelRefusedKey, "does not allow this key to use the model; choose another model or key"),
    Meaning("RateLimitError ModelRateLimitError WebSocketQueueFullError",
        ModelBusy, "is asked too often, or the account is used up; try again later", may_pass=True),
    Meaning("InternalServerError ConflictError ModelAPIError",
        ModelUnreachable, "has a fault of its own; try again later", may_pass=True),
    Meaning("APIConnectionError ModelConnectionError WebSocketConnectionClosedError HTTPError InvalidURL",
        ModelUnreachable, "cannot be reached; check that it runs and GIVEFIRST_MODEL_URL", may_pass=True),
    Meaning("NotFoundError ModelNotFoundError",
        ModelUnreachable, "knows no such model or address; check GIVEFIRST_MODEL and GIVEFIRST_MODEL_URL"),
    Meaning("APIStatusError",
        ModelUnreachable, "does not answer this address as a model would; check GIVEFIRST_MODEL_URL"),
    Meaning("APITimeoutError ModelTimeoutError",
        ModelTimeout, "took too long; try again, or set GIVEFIRST_MODEL_SECONDS"),
    Meaning("BadRequestError UnprocessableEntityError ModelInvalidRequestError",
        ModelReplyInvalid, "rejects the request; check GIVEFIRST_MODEL, or use another model", rejects_form=True),
    Meaning("ContextOverflowError OpenAIContextOverflowError OpenAIAPIContextOverflowError",
        ModelReplyInvalid, "cannot take this much text; use a model with a larger context"),
    Meaning("LengthFinishReasonError",
        ModelReplyInvalid, "cut the reply off before its end; try again, or use another model"),
    Meaning("ContentFilterFinishReasonError OpenAIRefusalError",
        ModelReplyInvalid, "withheld the reply; try again, or use another model"),
    Meaning("OpenAIError APIError APIResponseValidationError InvalidWebhookSignatureError LangChainException "
        "ModelError TracerException OutputParserException _AmbiguousModuleClientUsageError",
        ModelReplyInvalid, "answered with something that is no chat reply; check GIVEFIRST_MODEL_URL"),
)  # fmt: skip
# By name, so that no vendor is imported for it; a class that is not listed counts as its nearest listed parent.
VENDOR_FAULTS = {name: meaning for meaning in _MEANINGS for name in meaning.names.split()}


def read_fault(error: BaseException, host: str) -> Fault:
    """The vendor's error as ours. Its own words are left behind: servers echo keys and prompts in them."""
    inner: BaseException | None = error
    while inner is not None:  # an error of ours, raised while the reply was read, comes back wrapped
        if isinstance(inner, ModelError):
            return Fault(inner)
        inner = inner.__cause__
    meaning = next(VENDOR_FAULTS[cls.__name__] for cls in type(error).__mro__ if cls.__name__ in VENDOR_FAULTS)
    retry_after = _read_retry_after(error)
    waits = f" (it asks to wait {retry_after:.0f} seconds)" if retry_after else ""
    return Fault(
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
