"""The model writer: plan to sentences that cite, checked, repaired at most twice, or given up.

The model sees the plan's cleared evidence and nothing else. It writes no greeting, no sign-off, no address and no
header: those are ours. What it returns is untrusted text until the checks have passed it, and whether it may be sent
is never its to say.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping, Sequence

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.domain import (
    DraftKind,
    Evidence,
    Finding,
    Material,
    Message,
    Plan,
    Sentence,
    Severity,
    Value,
)
from assistant.draft.manner import describe_voice, find_greeting, find_sign_off, narrow_band
from assistant.draft.prompts import Prompt, label_of, load_prompt
from assistant.errors import ModelReplyInvalid, ModelTimeout
from assistant.llm import ChatMessage, ChatModel
from assistant.text import find_words, fold

MOST_REPAIRS = 2
_MOST_SENTENCES = 20
_MOST_CHARACTERS = 500
_MOST_EVIDENCE = 20
_ASKS = {
    "offer": "whether they would like what is offered",
    "exchange": "whether a short exchange by mail about the shared subject would suit them",
}

Check = Callable[[Message], tuple[Finding, ...]]


class Written(Value):
    """What a model wrote and what the checks found in it; `message` is None where no reply could be read.

    `faults` are one line an attempt that was not used; tokens are the sum of all attempts.
    """

    message: Message | None
    findings: tuple[Finding, ...] = ()
    model: str = ""
    prompt: str = ""
    faults: tuple[str, ...] = ()
    input_tokens: int = 0
    output_tokens: int = 0


class _Said(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)
    text: str = Field(max_length=_MOST_CHARACTERS)
    evidence: list[str] = Field(default=[], max_length=_MOST_EVIDENCE)
    paragraph: int = Field(default=1, ge=0, le=_MOST_SENTENCES)


class _Reply(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)
    subject: _Said
    sentences: list[_Said] = Field(min_length=1, max_length=_MOST_SENTENCES)


def write_with_model(
    plan: Plan, material: Material, model: ChatModel, check: Check, band: tuple[int, int], seconds: float
) -> Written:
    """Asks `model` for the message of a `ready` plan, and for repairs naming the findings, within `seconds` in all.

    Raises a `ModelError` where the model cannot be asked; a reply that cannot be read is a fault like any other and
    is asked for again.
    """
    prompt = load_prompt(plan.kind.value)
    ids = {f"e{number}": one for number, one in enumerate(evidence_to_show(plan, material), 1)}
    turns = [ChatMessage(role="system", text=_ask(prompt, plan, material, ids, band))]
    turns.append(ChatMessage(role="user", text="Write the draft now."))
    deadline = time.monotonic() + seconds
    written = Written(message=None, model=model.name, prompt=label_of(prompt, load_prompt("rules")))
    for attempt in range(MOST_REPAIRS + 1):
        left = deadline - time.monotonic()
        if left <= 0:
            raise ModelTimeout(f"{model.name} did not finish a draft within {seconds:g} seconds; try again")
        reply = model.complete(turns, reply_schema(), left)
        written = _read(reply.text, written, plan.kind, material, ids, check)
        written = written.model_copy(
            update={
                "input_tokens": written.input_tokens + reply.input_tokens,
                "output_tokens": written.output_tokens + reply.output_tokens,
            }
        )
        problems = _problems(written)
        if not problems or attempt == MOST_REPAIRS:
            break
        turns += [
            ChatMessage(role="assistant", text=reply.text[:8000]),
            ChatMessage(role="user", text=load_prompt("repair").fill(findings="\n".join(problems))),
        ]
    return written


def reply_schema() -> Mapping[str, object]:
    """The JSON schema of a reply, in the subset that servers with structured output take."""
    text, ids = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
    subject = _closed({"text": text, "evidence": ids})
    sentence = _closed({"text": text, "evidence": ids, "paragraph": {"type": "integer"}})
    return _closed({"subject": subject, "sentences": {"type": "array", "items": sentence}})


def _closed(properties: Mapping[str, object]) -> dict[str, object]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


# --- what is asked ----------------------------------------------------------------------------------------------


def _ask(prompt: Prompt, plan: Plan, material: Material, ids: Mapping[str, Evidence], band: tuple[int, int]) -> str:
    people = {
        "sender": material.me.name,
        "recipient": material.to.name,
        "other": material.other.name if material.other else "",
    }
    low, high = narrow_band((band[0], band[1] - 10), material)
    rules = load_prompt("rules").fill(
        sender=people["sender"],
        recipient=people["recipient"],
        today=f"{material.today:%-d %B %Y}",
        low=str(low),
        high=str(high),
        voice=describe_voice(material),
        evidence="\n".join(_line(name, one, material) for name, one in ids.items()),
        give=plan.give.offer.text if plan.give else "nothing in particular; be of interest",
        ask=_ASKS.get(plan.ask, plan.ask or "none at all"),
    )
    values = {**people, "rules": rules}
    return prompt.fill(**{name: values[name] for name in prompt.inputs})


_MOST_COLOUR = 3
_NOT_FOR_COLOUR = re.compile(
    r"\b(?:nervous|tired|angry|drunk|boring|dull|rude|odd|vain|slow|weak|poor|sad|frighten\w*|mother|father|ill|died|baby"
    r"|money|careful|polite|dry)\b",
    re.IGNORECASE,
)


def evidence_to_show(plan: Plan, material: Material) -> tuple[Evidence, ...]:
    """The plan's evidence, and what else was noted on the same occasions: what makes a message particular."""
    notes = {one.note_id for one in plan.evidence if one.about == material.to.id and one.note_id}
    known = {one.id for one in plan.evidence}
    colour = [
        one
        for one in material.evidence
        if one.source == "note"
        and one.about == material.to.id
        and one.note_id in notes
        and one.id not in known
        and not (one.hearsay or one.superseded or _NOT_FOR_COLOUR.search(one.quote) or _names_others(one, material))
    ]
    return (*plan.evidence, *colour[:_MOST_COLOUR])


def _names_others(one: Evidence, material: Material) -> bool:
    """Whether the sentence names anybody of the book besides the two: what is theirs is not colour."""
    ours = {fold(material.me.first_name), fold(material.to.first_name)}
    firsts = {fold(name).split()[0] for name in material.names if name} - ours
    return any(
        fold(word.text).removesuffix("'s") in firsts and word.text[:1].isupper() for word in find_words(one.quote)
    )


def _line(name: str, one: Evidence, material: Material) -> str:
    """One evidence as JSON: no quote can end its own line or pass for one of ours."""
    about = "recipient" if one.about == material.to.id else "sender" if one.about == material.me.id else "other"
    said = {"id": name, "about": about, "kind": str(one.kind or one.field or one.source), "quote": one.quote}
    if one.date:
        said["date"] = one.date.isoformat()
    if one.occasion:
        said["occasion"] = one.occasion
    return json.dumps(said, ensure_ascii=False)


def _problems(written: Written) -> list[str]:
    """What a repair must mend; empty where nothing blocks."""
    if written.message is None:
        return [written.faults[-1]]
    blocking = [one for one in written.findings if one.severity is Severity.BLOCK]
    warnings = [one for one in written.findings if one.severity is not Severity.BLOCK] if blocking else []
    return [
        f"- {one.field}: {json.dumps(one.text, ensure_ascii=False)}: {one.message}; {one.fix}"
        for one in blocking + warnings
    ]


# --- what comes back --------------------------------------------------------------------------------------------


def _read(
    text: str, before: Written, kind: DraftKind, material: Material, ids: Mapping[str, Evidence], check: Check
) -> Written:
    try:
        message = read_reply(text, kind, material, ids)
    except ModelReplyInvalid as error:
        return before.model_copy(update={"message": None, "findings": (), "faults": (*before.faults, str(error))})
    findings = check(message)
    faults = tuple(dict.fromkeys(one.message for one in findings if one.severity is Severity.BLOCK))
    return before.model_copy(update={"message": message, "findings": findings, "faults": (*before.faults, *faults)})


def read_reply(text: str, kind: DraftKind, material: Material, ids: Mapping[str, Evidence]) -> Message:
    """The message a reply holds, greeted and signed by us. Raises `ModelReplyInvalid` for anything else.

    An id that was never given is kept as it is: the checks know it for what it is.
    """
    reply = _parse(text)
    body = [
        Sentence(
            text=" ".join(said.text.split()),
            evidence=_real_ids(said.evidence, ids),
            paragraph=max(1, said.paragraph),
        )
        for said in reply.sentences
        if said.text.strip() and not _is_ours(said.text, material)
    ]
    if not body:
        raise ModelReplyInvalid("the model's reply holds no sentence")
    paragraphs = {number: place for place, number in enumerate(sorted({one.paragraph for one in body}), 1)}
    body = sorted((one.model_copy(update={"paragraph": paragraphs[one.paragraph]}) for one in body), key=_paragraph)
    greeting = Sentence(text=_greeting(kind, material), paragraph=0)
    closing = Sentence(text=find_sign_off(material, "All the best,"), paragraph=len(paragraphs) + 1)
    return Message(
        kind=kind,
        subject=" ".join(reply.subject.text.split()),
        subject_evidence=_real_ids(reply.subject.evidence, ids),
        sentences=(greeting, *body, closing),
        cited=True,
    )


def _greeting(kind: DraftKind, material: Material) -> str:
    if kind is DraftKind.INTRO and material.other:
        return f"Dear {material.to.first_name}, dear {material.other.first_name},"
    return find_greeting(material, f"Hi {material.to.first_name},")


def _paragraph(one: Sentence) -> int:
    return one.paragraph


def _real_ids(given: Sequence[str], ids: Mapping[str, Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids[one].id if one in ids else one for one in given))


def _is_ours(text: str, material: Material) -> bool:
    """A greeting or sign-off the model wrote all the same: ours stands there already."""
    said = " ".join(re.findall(r"\w+", text.casefold()))
    first, mine = material.to.first_name.casefold(), material.me.name.casefold()
    greetings = {f"{word} {name}" for word in ("hi", "dear", "hello") for name in (first, material.to.name.casefold())}
    closings = {f"{word}{name}" for word in ("best ", "best wishes ", "all the best ", "kind regards ", "")
                for name in (mine, mine.split()[0])}  # fmt: skip
    return said in greetings | closings | {"best", "best wishes", "all the best", "kind regards"}


def _parse(text: str) -> _Reply:
    """The JSON object in the reply, if need be out of a fence or from among words around it."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        raise ModelReplyInvalid("the model's reply holds no JSON object; answer with the JSON object alone")
    try:
        return _Reply.model_validate(json.loads(text[start : end + 1]))
    except (json.JSONDecodeError, RecursionError):
        raise ModelReplyInvalid("the model's reply is not valid JSON; answer with the JSON object alone") from None
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        reason = error.errors()[0]["msg"]
        raise ModelReplyInvalid(f"the model's reply has not the asked form at {where}: {reason}") from None
