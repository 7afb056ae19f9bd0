"""The language model as text for a terminal: what is set, what was found, what it used. It must never show a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.render.lines import join_lines, times

if TYPE_CHECKING:
    from assistant.llm import LocalModels
    from assistant.model_record import Used, UseSummary
    from assistant.model_trial import ModelTrial
    from assistant.settings import Settings


def render_model(settings: Settings, use: UseSummary) -> str:
    """What is set, and what it used so far."""
    if not settings.model:
        head = "No model is set, and none is needed. `givefirst model find` looks for one on this machine."
    else:
        head = f"{settings.model} at {settings.model_url or 'api.openai.com'}"
    return join_lines([head, *use_lines(use)])


def use_lines(use: UseSummary) -> list[str]:
    """What was used, a line each; one line before the first request."""
    if use.last is None:
        return ["Nothing was ever sent to a model."]
    last = use.last
    sums = (("Today", use.today), ("This month", use.month), ("Ever", use.ever))
    return [
        f"Last: {last.model} at {last.host}, {last.when:%Y-%m-%d %H:%M} UTC: {_tokens(last.used)}",
        *(f"{label}: {_asked(one)}" for label, one in sums),
        *(["Costs are at the prices you set; nobody else's are known."] if use.ever.cost is not None else []),
    ]


def _asked(one: Used) -> str:
    return f"asked {times(one.asked)}, {_tokens(one)}" if one.asked else "not asked"


def _tokens(one: Used) -> str:
    if not one.input_tokens + one.output_tokens:
        return "tokens not counted"
    return f"{one.input_tokens:,} tokens read, {one.output_tokens:,} written{_cost(one.cost)}"


def _cost(cost: float | None) -> str:
    if cost is None:
        return ""
    return ", cost under 0.0001" if 0 < cost < 0.0001 else f", cost {cost:.4f}"


def render_found(found: LocalModels) -> str:
    if not found.models:
        return f"Ollama answers at {found.url}, with no model yet; get one with `ollama pull NAME`."
    return join_lines(
        [
            f"Ollama at {found.url} has:",
            *(f"  {one}" for one in found.models),
            f"Use one with: givefirst model use NAME --url {found.url}",
        ]
    )


def render_trial(found: ModelTrial) -> str:
    """The answer on one line, however long the model went on."""
    answer = " ".join(found.answer.split())[:200]
    counted = found.input_tokens + found.output_tokens
    tokens = f"{found.input_tokens} tokens read, {found.output_tokens} written" if counted else "tokens not counted"
    return join_lines([f"{found.model} answered “{answer}” in {found.seconds} s; {tokens}."])
