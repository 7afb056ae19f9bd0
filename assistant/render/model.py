"""The language model as text for a terminal: what is set, what was found, what it used. It must never show a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.render.lines import join_lines

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
    """What was used, a line each; nothing before the first request."""
    if use.last is None:
        return ["Nothing was ever sent to a model."]
    last = use.last
    when = f"{last.when:%Y-%m-%d %H:%M} UTC"
    sums = (("Today", use.today), ("This month", use.month), ("Ever", use.ever))
    return [
        f"Last asked: {last.model} at {last.host}, {when}: {_tokens(last.used)}",
        *(f"{label}: asked {one.asked}×, {_tokens(one)}" for label, one in sums),
    ]


def _tokens(one: Used) -> str:
    if not one.input_tokens + one.output_tokens:
        return "tokens not counted"
    cost = "" if one.cost is None else f", cost {one.cost:.4f} at your prices"
    return f"{one.input_tokens:,} tokens read, {one.output_tokens:,} written{cost}"


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
