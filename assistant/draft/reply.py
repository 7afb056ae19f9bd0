"""What a model answers: the form it is asked for, and a tolerant reading of what it sends instead.

Tolerant where no meaning is guessed (a fence, thinking aloud, a comma too many, an id without its list); anything else
is `ModelReplyInvalid`, which is told to the model. It must never add a word, and never an id the model did not write.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import islice
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain import CALL_HEADINGS, Channel
from assistant.errors import ModelReplyInvalid

_MOST_SENTENCES = 20
_MOST_CHARACTERS = 500  # of a sentence
_MOST_EVIDENCE = 20
_MOST_TEXT = 60_000  # of a reply: twice what twenty such sentences take
_MOST_TRIES = 20  # braces at which the object may begin

CALL_SECTIONS = dict(zip(("opener", "points", "answers", "ask", "voicemail"), CALL_HEADINGS, strict=True))
"""The sections of a call's reply and the heading each stands under."""


class Said(BaseModel):
    """A sentence with the ids it was given for its evidence."""

    model_config = ConfigDict(extra="ignore", strict=True)
    text: str = Field(max_length=_MOST_CHARACTERS)
    evidence: list[str] = Field(default=[], max_length=_MOST_EVIDENCE)
    paragraph: int = Field(default=1, ge=0, le=_MOST_SENTENCES)


class Reply(BaseModel):
    """A reply of any channel: `subject` of a mail, `sentences` of a mail or a short message, the sections of a call."""

    model_config = ConfigDict(extra="ignore", strict=True)
    subject: Said | None = None
    sentences: list[Said] = Field(default=[], max_length=_MOST_SENTENCES)
    opener: list[Said] = Field(default=[], max_length=_MOST_SENTENCES)
    points: list[Said] = Field(default=[], max_length=_MOST_SENTENCES)
    answers: list[Said] = Field(default=[], max_length=_MOST_SENTENCES)
    ask: list[Said] = Field(default=[], max_length=_MOST_SENTENCES)
    voicemail: list[Said] = Field(default=[], max_length=_MOST_SENTENCES)


_NEEDED = {
    Channel.EMAIL: ("subject", "sentences"),
    Channel.MESSAGE: ("sentences",),
    Channel.CALL: ("opener", "points", "ask", "voicemail"),
}


def reply_schema(channel: Channel = Channel.EMAIL) -> Mapping[str, object]:
    """The JSON schema of a reply, in the subset that servers with structured output take."""
    text, ids = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
    line = _closed({"text": text, "evidence": ids})
    if channel is Channel.CALL:
        return _closed({name: {"type": "array", "items": line} for name in CALL_SECTIONS})
    if channel is Channel.MESSAGE:
        return _closed({"sentences": {"type": "array", "items": line}})
    sentence = _closed({"text": text, "evidence": ids, "paragraph": {"type": "integer"}})
    return _closed({"subject": line, "sentences": {"type": "array", "items": sentence}})


def _closed(properties: Mapping[str, object]) -> dict[str, object]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def parse_reply(text: str, channel: Channel = Channel.EMAIL) -> Reply:
    """The reply in `text`. Raises `ModelReplyInvalid` saying what is missing or wrong, in words a model can act on."""
    needed = _NEEDED[channel]
    found = _find_object(text, set(needed) - {"subject"})
    missing = [name for name in needed if not found.get(name)]
    if missing:
        raise ModelReplyInvalid(f"the model's reply has nothing under {', '.join(missing)}; give all that is asked")
    try:
        return Reply.model_validate(
            {name: _tidy(name, found.get(name)) for name in Reply.model_fields if name in found}
        )
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        reason = error.errors()[0]["msg"]
        raise ModelReplyInvalid(f"the model's reply has not the asked form at {where}: {reason}") from None


# --- finding the object -----------------------------------------------------------------------------------------

_THOUGHT = re.compile(r"<(think|thinking|thought|reasoning)>.*?</\1>", re.DOTALL | re.IGNORECASE)
# A string, closed or not, is passed over whole; so a comma is only taken out between values.
_COMMA_TOO_MANY = re.compile(r'("(?:[^"\\]|\\.)*(?:"|\Z))|,(?=\s*[}\]])', re.DOTALL)


def _find_object(text: str, needed: set[str]) -> dict[str, Any]:
    """The first JSON object that has what is needed, out of a fence or from among words; else the outermost one."""
    if len(text) > _MOST_TEXT:
        raise ModelReplyInvalid(f"the model's reply is over {_MOST_TEXT:,} characters; answer shortly")
    bare = _THOUGHT.sub("", text)
    bare = bare.rpartition("</think>")[2]  # the server kept the opening mark to itself
    found = [_decode(bare[brace.start() :]) for brace in islice(re.finditer(r"\{", bare), _MOST_TRIES)]
    for value in found:
        if isinstance(value, dict) and needed <= value.keys():
            return value
    if found and isinstance(found[0], dict):
        return found[0]
    what = "is not valid JSON" if found else "holds no JSON object"
    raise ModelReplyInvalid(f"the model's reply {what}; answer with the JSON object alone")


def _decode(text: str) -> Any:
    """The JSON value `text` begins with, a comma too many forgiven; None where there is none."""
    for form in (text, _COMMA_TOO_MANY.sub(lambda match: match.group(1) or "", text)):
        try:
            return json.JSONDecoder().raw_decode(form)[0]
        except (ValueError, RecursionError):
            continue
    return None


# --- what is written another way and means the same ---------------------------------------------------------------


def _tidy(name: str, value: Any) -> Any:
    """A section as a list of sentences, and the subject as one."""
    if name == "subject":
        return _tidy_said(value)
    listed = value if isinstance(value, list) else [value]
    return [_tidy_said(one) for one in listed]


_CITED = re.compile(r"\s*[\[(](e\d{1,3}(?:\s*[,;]\s*e\d{1,3})*)[\])]")


def _tidy_said(value: Any) -> Any:
    """A sentence that came as plain text, or with its ids as one text or within the sentence itself."""
    if isinstance(value, str):
        value = {"text": value}
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return value
    within = [one for match in _CITED.finditer(value["text"]) for one in re.findall(r"e\d+", match.group(1))]
    paragraph = value.get("paragraph")
    return {
        "text": _CITED.sub("", value["text"]),
        "evidence": [*_tidy_ids(value.get("evidence")), *within] if value.get("evidence") or within else [],
        "paragraph": int(paragraph) if isinstance(paragraph, float | str) and _is_whole(paragraph) else paragraph or 1,
    }


def _tidy_ids(value: Any) -> list[Any]:
    """Ids out of "e1, e2", "[e1]", 1 or {"id": "e1"}; what is none of these stays, and is a fault."""
    listed = value if isinstance(value, list) else [] if value is None else [value]
    found: list[Any] = []
    for one in listed:
        one = one.get("id") if isinstance(one, dict) else one
        is_number = isinstance(one, int) and not isinstance(one, bool)
        parts = re.split(r"[,;\s]+", one.strip("[]() ")) if isinstance(one, str) else [one]
        found += [f"e{one}"] if is_number else [part for part in parts if part != ""]
    return [f"e{one}" if isinstance(one, str) and one.isdecimal() else one for one in found]


def _is_whole(value: float | str) -> bool:
    return bool(re.fullmatch(r"\d{1,3}(?:\.0)?", str(value))) and "." not in str(value).removesuffix(".0")
