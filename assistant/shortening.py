"""Shortening the lines of a briefing with a model, which only proposes: a line it does not just shorten stays.

It must never show a private line to the model, nor let through a word the line did not have.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any

from assistant.check.shortened import is_shortened, list_shorter
from assistant.domain import Value
from assistant.draft.prompts import load_prompt
from assistant.errors import ModelError, ModelReplyInvalid
from assistant.find.briefing import Briefing
from assistant.find.dossier import Line
from assistant.llm import ChatMessage, ChatModel

_LINE = {"id": {"type": "string"}, "text": {"type": "string"}}
_SCHEMA = {
    "type": "object",
    "properties": {
        "lines": {
            "type": "array",
            "items": {"type": "object", "properties": _LINE, "required": ["id", "text"], "additionalProperties": False},
        }
    },
    "required": ["lines"],
    "additionalProperties": False,
}


class Shortened(Value):
    """The pages, how many lines were shortened and proposals turned away, and why the model failed, if it did."""

    pages: tuple[Briefing, ...]
    shortened: int = 0
    turned_away: int = 0
    fault: str = ""


def shorten_briefings(pages: Sequence[Briefing], model: ChatModel, seconds: float) -> Shortened:
    """Asks `model` once a page, within `seconds` in all. A model that fails costs nothing but the shortening."""
    deadline = time.monotonic() + seconds
    done: list[Briefing] = []
    shortened = turned_away = 0
    fault = ""
    for page in pages:
        can_go = list(dict.fromkeys(one.text for one in _lines(page) if _may_be_shown(one)))
        proposals: dict[str, str] = {}
        if can_go and not fault:
            try:
                proposals = _ask(model, can_go, deadline - time.monotonic())
            except ModelError as error:
                fault = str(error)
        kept = {line: text for line, text in proposals.items() if is_shortened(line, text)}
        shortened += len(kept)
        turned_away += sum(text != line for line, text in proposals.items() if line not in kept)
        done.append(_with_lines(page, kept))
    return Shortened(pages=tuple(done), shortened=shortened, turned_away=turned_away, fault=fault)


def _lines(page: Briefing) -> list[Line]:
    return [line for section in page.sections for line in section.lines]


def _may_be_shown(line: Line) -> bool:
    return not line.private and bool(list_shorter(line.text))


def _ask(model: ChatModel, lines: Sequence[str], seconds: float) -> dict[str, str]:
    """What the model proposes for these lines, by line; what it says of any other is left out."""
    ids = {f"l{number}": line for number, line in enumerate(lines, 1)}
    shown = "\n".join(json.dumps({"id": name, "text": line}, ensure_ascii=False) for name, line in ids.items())
    asked = [ChatMessage(role="user", text=load_prompt("shorten").fill(lines=shown))]
    found = _read(model.complete(asked, _SCHEMA, max(seconds, 0.0)).text)
    return {ids[name]: text for name, text in found if name in ids}


def _read(text: str) -> list[tuple[str, str]]:
    """Pairs of id and text. Raises `ModelReplyInvalid` where there are none to read."""
    start = text.find("{")
    try:
        value: Any = json.JSONDecoder().raw_decode(text[start:])[0] if start >= 0 else None
        lines = value["lines"]
        return [
            (one["id"], one["text"]) for one in lines if isinstance(one["id"], str) and isinstance(one["text"], str)
        ]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise ModelReplyInvalid("the model's reply holds no lines; try again, or use another model") from None


def _with_lines(page: Briefing, kept: dict[str, str]) -> Briefing:
    """The page with these lines in their shorter form; a private line stays even where it reads the same."""
    sections = tuple(
        section.model_copy(
            update={
                "lines": tuple(
                    line if line.private else line.model_copy(update={"text": kept.get(line.text, line.text)})
                    for line in section.lines
                )
            }
        )
        for section in page.sections
    )
    return page.model_copy(update={"sections": sections})
