"""The words between the product and a language model: a message, a reply, anything that answers.

It must never import a vendor: everything that asks a model is written against this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, Protocol

from assistant.domain import Value
from assistant.errors import ModelError

OnText = Callable[[str], None]
"""Is told each new piece of a reply as it comes, and `""` twice a second while nothing comes. It runs in the thread
that asked; what it raises ends the request and comes out as it is, which is how a reply is cancelled."""


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

    def complete(
        self,
        messages: Sequence[ChatMessage],
        schema: Mapping[str, object] | None,
        seconds: float,
        on_text: OnText | None = None,
    ) -> Reply:
        """The reply, within `seconds` in all. Raises a `ModelError`.

        What `on_text` was told of a reply that ends in an error was never a reply.
        """
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

    def complete(
        self,
        messages: Sequence[ChatMessage],
        schema: Mapping[str, object] | None,
        seconds: float,
        on_text: OnText | None = None,
    ) -> Reply:
        self.prompts.append(tuple(messages))
        text = self._answer(messages)
        if on_text:
            for piece in re.findall(r"\S+\s*|\s+", text):
                on_text(piece)
        return Reply(text=text, model=self.name)

    def _answer(self, messages: Sequence[ChatMessage]) -> str:
        if callable(self._script):
            return self._script(messages)
        if len(self.prompts) > len(self._script):
            raise ScriptUsedUp(f"the script of {self.name} has {len(self._script)} replies and was asked for one more")
        answer = self._script[len(self.prompts) - 1]
        if isinstance(answer, ModelError):
            raise answer
        return answer
