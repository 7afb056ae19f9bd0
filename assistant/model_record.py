"""What went to the language model: the exact bytes of the last request, and the tokens of each day.

Two files in the data folder, both 0600. `last_prompt.json` is the body of the last request as it went over the wire,
replaced each time; no header is in it, and so no key. `model_use.json` holds numbers, names of models and hosts, and
must never hold a word of what was asked or answered.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.domain import Value
from assistant.errors import ModelError, SettingsError
from assistant.llm import ChatMessage, LangChainModel, MeteredModel, OnText, Reply, read_host
from assistant.settings import Settings
from assistant.settings_file import write_private

LAST_PROMPT = "last_prompt.json"
USE = "model_use.json"
_PATIENCE = 5.0  # seconds to wait for another process that counts


class Used(Value):
    """How often a model was asked, and its tokens as the server counts them; `cost` is None without stated prices."""

    asked: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None


class LastAsked(Value):
    """The last request: when (UTC), whom, and what it used."""

    when: dt.datetime
    host: str
    model: str
    used: Used


class DayUsed(Value):
    day: dt.date
    model: str
    used: Used


class ModelUse(Value):
    """What is kept of the use of models; `last` is None before the first request."""

    last: LastAsked | None = None
    days: tuple[DayUsed, ...] = ()


class UseSummary(Value):
    """The last request, and the sums of today, this month and ever, at the prices that are set now."""

    last: LastAsked | None
    today: Used
    month: Used
    ever: Used


# --- the last prompt --------------------------------------------------------------------------------------------


def read_last_prompt(home: Path) -> bytes | None:
    """The body of the last request, byte for byte; None where nothing was asked yet, or it was forgotten."""
    try:
        return (home / LAST_PROMPT).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsError(f"{home / LAST_PROMPT}: cannot be read: {error.strerror}; mend who owns it") from error


def _keep_last_prompt(home: Path, body: bytes) -> None:
    """Kept before it is sent: what cannot be shown afterwards does not go."""
    try:
        write_private(home / LAST_PROMPT, body)
    except SettingsError as error:
        raise ModelError(f"nothing was sent: {error}") from error


# --- what it used -----------------------------------------------------------------------------------------------


class RecordedModel:
    """The model that is set. Each request is kept in the home of `settings`, with what it used."""

    def __init__(self, settings: Settings) -> None:
        self.name = settings.model
        self._settings = settings
        self._host = read_host(settings.model_url) if settings.model_url else "api.openai.com"
        self._model = LangChainModel(
            settings.model,
            settings.model_url,
            settings.model_key,
            on_request=lambda body: _keep_last_prompt(settings.home, body),
        )

    def complete(
        self,
        messages: Sequence[ChatMessage],
        schema: Mapping[str, object] | None,
        seconds: float,
        on_text: OnText | None = None,
    ) -> Reply:
        meter = MeteredModel(self._model)
        try:
            return meter.complete(messages, schema, seconds, on_text)
        finally:
            used = Used(asked=1, input_tokens=meter.input_tokens, output_tokens=meter.output_tokens)
            now = dt.datetime.now(dt.UTC)
            day = now.astimezone(self._settings.zone).date()
            last = LastAsked(when=now, host=self._host, model=self.name, used=used)
            with contextlib.suppress(OSError, SettingsError):  # an answer is worth more than its figures
                _add_use(self._settings.home, day, last)

    def preview(self, messages: Sequence[ChatMessage], schema: Mapping[str, object] | None, streamed: bool) -> bytes:
        return self._model.preview(messages, schema, streamed)


def _add_use(home: Path, day: dt.date, last: LastAsked) -> None:
    from filelock import FileLock

    with FileLock(home / f".{USE}.lock", timeout=_PATIENCE, mode=0o600):
        sums = {(one.day, one.model): one.used for one in _read_use(home).days}
        sums[day, last.model] = _sum((sums.get((day, last.model), Used()), last.used))
        days = tuple(DayUsed(day=day, model=model, used=used) for (day, model), used in sorted(sums.items()))
        write_private(home / USE, ModelUse(last=last, days=days).model_dump_json().encode())


def _read_use(home: Path) -> ModelUse:
    """Figures that cannot be read begin anew: they are no truth the product rests on."""
    try:
        return ModelUse.model_validate(json.loads((home / USE).read_bytes()))
    except (OSError, ValueError):
        return ModelUse()


def summarize_use(settings: Settings, today: dt.date) -> UseSummary:
    """What models used, with money only at prices the user stated."""
    known = _read_use(settings.home)
    month = [one for one in known.days if (one.day.year, one.day.month) == (today.year, today.month)]
    last = known.last
    return UseSummary(
        last=last and last.model_copy(update={"used": _priced(last.used, settings)}),
        today=_priced(_sum([one.used for one in month if one.day == today]), settings),
        month=_priced(_sum([one.used for one in month]), settings),
        ever=_priced(_sum([one.used for one in known.days]), settings),
    )


def _sum(many: Sequence[Used]) -> Used:
    return Used(
        asked=sum(one.asked for one in many),
        input_tokens=sum(one.input_tokens for one in many),
        output_tokens=sum(one.output_tokens for one in many),
    )


def _priced(used: Used, settings: Settings) -> Used:
    return used.model_copy(update={"cost": cost_of(used.input_tokens, used.output_tokens, settings)})


def cost_of(input_tokens: int, output_tokens: int, settings: Settings) -> float | None:
    """In whatever money the user's prices are; None without prices, or where the server counts no tokens."""
    price_in, price_out = settings.model_price_in, settings.model_price_out
    if (price_in is None and price_out is None) or not input_tokens + output_tokens:
        return None
    return ((price_in or 0) * input_tokens + (price_out or 0) * output_tokens) / 1_000_000
