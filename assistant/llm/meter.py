"""What a model used: tokens and seconds, summed over everything it was asked.

It must never keep a word of what was asked or answered.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from assistant.errors import ModelError
from assistant.llm.chat import ChatMessage, ChatModel, OnText, Reply


class MeteredModel:
    """Asks another model and counts, failed requests too; `asked` is how often. Tokens are as the server tells them."""

    def __init__(self, model: ChatModel) -> None:
        self.name = model.name
        self.asked = 0
        self.input_tokens = 0
        self.output_tokens = 0
        self.seconds = 0.0
        self._model = model

    def complete(
        self,
        messages: Sequence[ChatMessage],
        schema: Mapping[str, object] | None,
        seconds: float,
        on_text: OnText | None = None,
    ) -> Reply:
        begin = time.monotonic()
        self.asked += 1
        used: Reply | ModelError | None = None
        try:
            used = reply = self._model.complete(messages, schema, seconds, on_text)
        except ModelError as error:
            used = error
            raise
        finally:
            self.seconds += time.monotonic() - begin
            self.input_tokens += used.input_tokens if used else 0
            self.output_tokens += used.output_tokens if used else 0
        return reply
