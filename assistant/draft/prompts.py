"""Prompts as files: `prompts/<name>.md`, front matter with name, version, inputs and output, then the text.

A prompt is filled with values, never with code. It must never be read from the user's data, so that no note can
change what a model is asked.
"""

from __future__ import annotations

import hashlib
import re
import string
from functools import lru_cache
from pathlib import Path

import yaml

from assistant.domain import Value
from assistant.errors import GivefirstError

_PACKAGE = Path(__file__).parent.parent
_FRONT = re.compile(r"\A---\n(?P<yaml>.*?)\n---\n(?P<text>.*)\Z", re.DOTALL)


class Prompt(Value):
    """One prompt file. `inputs` names the `$values` its text takes; `output` says what comes back."""

    name: str
    version: str
    inputs: tuple[str, ...]
    output: str
    text: str

    @property
    def label(self) -> str:
        """`name@version`, as a draft keeps it."""
        return f"{self.name}@{self.version}"

    def fill(self, **values: str) -> str:
        """The text with its values. Raises `GivefirstError` where the values are not just the inputs."""
        if set(values) != set(self.inputs):
            raise GivefirstError(f"prompt {self.label} takes {', '.join(self.inputs)}; got {', '.join(sorted(values))}")
        return string.Template(self.text).substitute(values)


def label_of(*prompts: Prompt) -> str:
    """`name@version` of each, and eight digits of the SHA-256 of their texts: what was asked can be told later."""
    digest = hashlib.sha256("\n".join(one.text for one in prompts).encode()).hexdigest()[:8]
    return f"{'+'.join(one.label for one in prompts)}#{digest}"


def find_prompts() -> Path:
    """The folder of the prompts: in the package, or beside it in a checkout."""
    for folder in (_PACKAGE / "prompts", _PACKAGE.parent / "prompts"):
        if (folder / "cold.md").is_file():
            return folder
    raise GivefirstError("the prompts are not installed; install givefirst again")


@lru_cache
def load_prompt(name: str) -> Prompt:
    """The prompt of that name. Raises `GivefirstError` where its file or front matter is not as it should be."""
    path = find_prompts() / f"{name}.md"
    match = _FRONT.match(path.read_text(encoding="utf-8")) if path.is_file() else None
    if match is None:
        raise GivefirstError(f"prompt {name!r} is not installed or has no front matter; install givefirst again")
    fields = yaml.safe_load(match.group("yaml"))
    prompt = Prompt(
        name=fields["name"],
        version=str(fields["version"]),
        inputs=tuple(fields["inputs"]),
        output=fields["output"],
        text=match.group("text").strip(),
    )
    used = set(string.Template(prompt.text).get_identifiers())
    if used != set(prompt.inputs) or prompt.name != name:
        raise GivefirstError(f"prompt {name!r}: its front matter does not fit its text")
    return prompt
