"""Trying the language model that is set: one short question, answered or not, and what it took.

It must never send anything of the user's: what is asked is `QUESTION`, word for word, and nothing else.
"""

from __future__ import annotations

from assistant.domain import Value
from assistant.errors import GivefirstError
from assistant.llm import ChatMessage, MeteredModel
from assistant.model_record import RecordedModel
from assistant.settings import Settings

QUESTION = "Answer with one word: ready"
SECONDS = 30.0


class ModelTrial(Value):
    """What the model answered, how long it took, and the tokens both ways (0 where the server counts none)."""

    answer: str
    model: str
    seconds: float
    input_tokens: int
    output_tokens: int


def try_model(settings: Settings) -> ModelTrial:
    """Asks the model that is set. Raises `ModelError` or `SettingsError`, saying what to do."""
    if not settings.model:
        raise GivefirstError("no model is set; `givefirst model find` looks for one on this machine")
    model = MeteredModel(RecordedModel(settings))
    reply = model.complete([ChatMessage(role="user", text=QUESTION)], None, SECONDS)
    return ModelTrial(
        answer=reply.text,
        model=reply.model,
        seconds=round(model.seconds, 1),
        input_tokens=model.input_tokens,
        output_tokens=model.output_tokens,
    )
