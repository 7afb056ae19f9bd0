"""Would a model send this? An optional second reader, measured against what a person said of the same drafts.

Asks the model that is set (`GIVEFIRST_MODEL`), one draft at a time, and counts where the two agree. It is off where no
model is set. A judge is a model like any other: what it says is an opinion, so it must never enter a figure of the
deterministic graders, never decide what is ready, and never be shown more of a real draft than its writer used. A
reply that cannot be read leaves its draft ungraded.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.domain import Draft, DraftKind, Evidence
from assistant.draft.prompts import label_of, load_prompt
from assistant.errors import GivefirstError, ModelError, ModelRefusedKey, ModelUnreachable
from assistant.llm import ChatMessage, ChatModel, LangChainModel
from assistant.settings import read_settings
from assistant.text import strip_hidden
from evals.failures import MEANINGS, Failure, Verdict

CASES = Path(__file__).parent / "cases" / "judged.yaml"
# What a reader can tell from the text and what is known; the rest needs a rule or a count.
JUDGED = (
    Failure.WRONG_NAME, Failure.INVENTED_MEETING, Failure.STALE_FACT, Failure.WRONG_PERSON,
    Failure.REVERSED_INTRODUCTION, Failure.LEAK, Failure.PROMISE, Failure.PRAISE, Failure.GENERIC,
    Failure.EXAMPLE_LEAKAGE, Failure.INVENTED_FACT,
)  # fmt: skip
_MOST_REASONS = 20
OFF = "no judge: no model is set; set GIVEFIRST_MODEL and GIVEFIRST_MODEL_URL"


class Judgement(BaseModel):
    """What a judge says, reasons first, so that the verdict follows from them."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    reasons: list[str] = Field(max_length=_MOST_REASONS)
    labels: list[Failure]
    send: Verdict

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Judgement:
        if set(self.labels) - set(JUDGED):
            raise ValueError("names a label that was not offered")
        if bool(self.labels) == (self.send is Verdict.SEND_READY):
            raise ValueError("its verdict and its labels contradict each other")
        return self


class ToJudge(NamedTuple):
    """One draft with what its sender knows; names, kind and texts as they stand."""

    name: str
    sender: str
    reader: str
    kind: DraftKind
    known: tuple[str, ...]
    subject: str
    body: str


class Answer(NamedTuple):
    """What came of asking about one draft: a judgement, or the fault that left it ungraded."""

    name: str
    judgement: Judgement | None
    fault: str = ""


# --- what is asked ----------------------------------------------------------------------------------------------


def neutralise(value: object) -> str:
    """`value` as JSON on one line in which no text can end, or pass for, the marks around it or a line of ours."""
    text = strip_hidden(json.dumps(value, ensure_ascii=False))
    for mark in "<>\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


def build_messages(draft: ToJudge) -> tuple[ChatMessage, ...]:
    labels = "\n".join(f"- {label}: {MEANINGS[label]}" for label in JUDGED)
    shown = neutralise(
        {
            "sender": draft.sender,
            "reader": draft.reader,
            "kind": draft.kind.value,
            "known": list(draft.known),
            "subject": draft.subject,
            "body": draft.body,
        }
    )
    return (
        ChatMessage(role="system", text=load_prompt("judge").fill(labels=labels)),
        ChatMessage(role="user", text=f"<draft>\n{shown}\n</draft>"),
    )


def reply_schema() -> Mapping[str, object]:
    """The JSON schema of a reply; reasons stand first in it too."""
    properties = {
        "reasons": {"type": "array", "items": {"type": "string"}},
        "labels": {"type": "array", "items": {"type": "string", "enum": [label.value for label in JUDGED]}},
        "send": {"type": "string", "enum": [verdict.value for verdict in Verdict]},
    }
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def read_judgement(text: str) -> Judgement | str:
    """The judgement in a reply, if need be from among words around it; else why it cannot be read."""
    start, end = text.find("{"), text.rfind("}")
    if start < 0 or end < start:
        return "the reply holds no JSON object"
    try:
        return Judgement.model_validate_json(text[start : end + 1])
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole"
        return f"the reply has not the asked form at {where}: {first['msg']}"


def judge(model: ChatModel, draft: ToJudge, seconds: float) -> Answer:
    """Asks once. Raises `ModelRefusedKey` or `ModelUnreachable`, since asking about the next draft would not help."""
    try:
        reply = model.complete(build_messages(draft), reply_schema(), seconds)
    except (ModelRefusedKey, ModelUnreachable):
        raise
    except ModelError as error:
        return Answer(draft.name, None, str(error))
    said = read_judgement(reply.text)
    return Answer(draft.name, None, said) if isinstance(said, str) else Answer(draft.name, said)


def describe(model: ChatModel) -> dict[str, str]:
    """Who judged, so that no figure of a judge stands without its name."""
    return {"by": "model judge", "model": model.name, "prompt": label_of(load_prompt("judge"))}


# --- measured against a person ----------------------------------------------------------------------------------


class Person(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    email: str = ""  # where the name alone would be two people
    known: list[str]


class HandLabelled(BaseModel):
    """A draft with what a person said of it."""

    model_config = ConfigDict(extra="forbid")
    name: str
    to: str
    kind: DraftKind
    subject: str
    body: str
    own: str = ""
    labels: list[Failure] = []
    send: Verdict = Verdict.SEND_READY


class Cases(BaseModel):
    """The file: what is known of the sender (`dana`) and of each person, and the drafts."""

    model_config = ConfigDict(extra="forbid")
    dana: list[str]
    people: dict[str, Person]
    drafts: list[HandLabelled]

    def to_judge(self, one: HandLabelled) -> ToJudge:
        person = self.people[one.to]
        own = [f"Dana said when she asked for this draft: {one.own}"] if one.own else []
        known = (*self.dana, *person.known, *own)
        return ToJudge(one.name, "Dana Marlow", person.name, one.kind, known, one.subject, one.body)


def read_cases(path: Path = CASES) -> Cases:
    return Cases.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def measure(model: ChatModel, cases: Cases, seconds: float) -> dict[str, Any]:
    """The judge's agreement with the hand labels, and who judged."""
    answers = [judge(model, cases.to_judge(one), seconds) for one in cases.drafts]
    return {**describe(model), **compare(cases.drafts, answers)}


def compare(hand: Sequence[HandLabelled], answers: Sequence[Answer]) -> dict[str, Any]:
    """Agreement over the graded drafts; None where there is nothing to divide by.

    `accuracy` and `kappa` are of send_ready against the rest, `same_verdict` of all three verdicts. Of each label:
    `found` is the share of the drafts a person gave it that the judge gave it too, `false` the share of the others.
    """
    pairs = [(one, answer.judgement) for one, answer in zip(hand, answers, strict=True) if answer.judgement]
    ready = [(one.send is Verdict.SEND_READY, said.send is Verdict.SEND_READY) for one, said in pairs]
    return {
        "drafts": len(hand),
        "graded": len(pairs),
        "ungraded": {answer.name: answer.fault for answer in answers if answer.judgement is None},
        "accuracy": _share([one == other for one, other in ready]),
        "kappa": cohens_kappa(ready),
        "same_verdict": _share([one.send is said.send for one, said in pairs]),
        "labels": {
            label.value: {
                "hand": sum(label in one.labels for one, _ in pairs),
                "found": _share([label in said.labels for one, said in pairs if label in one.labels]),
                "false": _share([label in said.labels for one, said in pairs if label not in one.labels]),
            }
            for label in JUDGED
        },
        "disagrees": {
            one.name: {"hand": [label.value for label in one.labels], **said.model_dump(mode="json")}
            for one, said in pairs
            if one.send is not said.send or set(one.labels) != set(said.labels)
        },
    }


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None


def cohens_kappa(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Agreement beyond chance: (observed - expected) / (1 - expected), Cohen 1960; None if chance explains all."""
    if not pairs:
        return None
    count = len(pairs)
    observed = sum(one == other for one, other in pairs) / count
    first, second = sum(one for one, _ in pairs) / count, sum(other for _, other in pairs) / count
    expected = first * second + (1 - first) * (1 - second)
    return round((observed - expected) / (1 - expected), 4) if expected < 1 else None


# --- on drafts of the product -----------------------------------------------------------------------------------


def read_draft(name: str, sender: str, reader: str, draft: Draft) -> ToJudge:
    """A draft of the product with what it was planned from or cites, and nothing else that is known of anybody."""
    ids = {one.id for one in draft.plan.evidence} | {id for sentence in draft.sentences for id in sentence.evidence}
    known = tuple(_line(one, draft, sender, reader) for one in draft.evidence if one.id in ids)
    return ToJudge(name, sender, reader, draft.kind, known, draft.subject, draft.body)


def _line(one: Evidence, draft: Draft, sender: str, reader: str) -> str:
    about = reader if one.about == draft.to else "somebody else" if one.about == draft.plan.other else sender
    parts = (about, str(one.kind or one.field or one.source), one.occasion, f"{one.date:%-d %B %Y}" if one.date else "")
    return f"{', '.join(part for part in parts if part)}: {one.quote}"


def judge_drafts(model: ChatModel, drafts: Sequence[ToJudge], seconds: float) -> dict[str, Any]:
    """What the judge says of drafts nobody labelled: counts a verdict and a label, and its words."""
    answers = [judge(model, draft, seconds) for draft in drafts]
    said = {answer.name: answer.judgement for answer in answers if answer.judgement}
    verdicts = Counter(one.send for one in said.values())
    labels = Counter(label for one in said.values() for label in set(one.labels))
    return {
        **describe(model),
        "drafts": len(drafts),
        "graded": len(said),
        "ungraded": {answer.name: answer.fault for answer in answers if answer.judgement is None},
        "send": {verdict.value: verdicts[verdict] for verdict in Verdict},
        "labels": {label.value: labels[label] for label in JUDGED},
        "says": {name: one.model_dump(mode="json") for name, one in said.items() if one.labels},
    }


class Judge(NamedTuple):
    """The model that is set, and its time for one draft in seconds."""

    model: ChatModel
    seconds: float


def find_judge() -> Judge | None:
    """The judge by the settings; None, as by default, where no model is set."""
    settings = read_settings()
    if not settings.model:
        return None
    return Judge(LangChainModel(settings.model, settings.model_url, settings.model_key), settings.model_seconds)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.judge", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", nargs="?", type=Path, default=CASES, help="drafts in the shape of cases/judged.yaml")
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    parser.add_argument("--misses", action="store_true", help="print where the judge and the person disagree")
    arguments = parser.parse_args()
    found = find_judge()
    if found is None:
        sys.exit(OFF)
    try:
        figures = measure(found.model, read_cases(arguments.path), found.seconds)
    except GivefirstError as error:
        sys.exit(f"no judge: {error}")
    if arguments.json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    print(f"model judge {figures['model']}, {figures['prompt']}: {figures['graded']} of {figures['drafts']} graded")
    print(f"accuracy {figures['accuracy']}, kappa {figures['kappa']}, same verdict {figures['same_verdict']}")
    for label, shares in figures["labels"].items():
        print(f"{label:>22}  {shares['hand']} by hand, found {shares['found']}, false {shares['false']}")
    if arguments.misses:
        for name, said in (figures["ungraded"] | figures["disagrees"]).items():
            print(f"  {name}: {said}")


if __name__ == "__main__":
    main()
