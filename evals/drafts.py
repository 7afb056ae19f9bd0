"""Would a considerate person send this? Requests over the fictional world, and what a good answer must not do.

What a case must use, must not say or must refuse is labelled by hand in `cases/drafts.yaml`, so that a blind spot of
the checks shows as a failure here. Graders are deterministic; one that crashes leaves its case ungraded, and is
counted, never scored. It must never read its labels from the product.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic_evals import Dataset
from pydantic_evals.evaluators import EvaluationReason, Evaluator, EvaluatorContext
from pydantic_evals.reporting import EvaluationReport

from assistant.app import Assistant
from assistant.check.style import MOST_CHARACTERS, band_of, find_asks
from assistant.domain import Channel, Draft, DraftKind, Outcome
from assistant.launch import load_world
from assistant.settings import read_settings
from assistant.text import count_words, fold
from evals.world import TODAY

CASES = Path(__file__).parent / "cases" / "drafts.yaml"


class Request(BaseModel):
    """What is asked for: a kind, a person as the user would name them, the other one, the user's own words if any."""

    model_config = ConfigDict(extra="forbid")

    kind: DraftKind
    who: str
    about: str = ""
    other: str | None = None
    channel: Channel = Channel.EMAIL
    insist: bool = False


class Label(BaseModel):
    """What a good answer does. Each item of `use` is a list of ways to say it, one of which must stand in the text."""

    model_config = ConfigDict(extra="forbid")

    outcome: Outcome
    use: list[list[str]] = []
    never: list[str] = []
    reason: str = ""


Context = EvaluatorContext[Request, Draft, Label]


def _label(context: Context) -> Label:
    assert context.metadata is not None, "every case has a label"
    return context.metadata


def _text(draft: Draft) -> str:
    return fold(f"{draft.subject}\n{draft.body}")


@dataclass
class OutcomeIsRight(Evaluator[Request, Draft, Label]):
    """Ready, needs_input or refused, as the label says, with the labelled word in the reason or question."""

    def evaluate(self, ctx: Context) -> EvaluationReason:
        label, draft = _label(ctx), ctx.output
        told = fold(" ".join((*draft.reasons, *draft.questions)))
        right = draft.outcome is label.outcome and fold(label.reason) in told
        return EvaluationReason(right, reason=f"{draft.outcome}: {told or draft.subject}")


@dataclass
class UsesWhatItMust(Evaluator[Request, Draft, Label]):
    """Every thing the label wants used stands in the text, in one of its ways."""

    def evaluate(self, ctx: Context) -> EvaluationReason:
        text = _text(ctx.output)
        missing = [ways for ways in _label(ctx).use if not any(fold(way) in text for way in ways)]
        return EvaluationReason(not missing, reason=f"missing: {missing}" if missing else "")


@dataclass
class NeverSays(Evaluator[Request, Draft, Label]):
    """Nothing the label forbids stands anywhere in the draft: subject, body, reasons or questions."""

    def evaluate(self, ctx: Context) -> EvaluationReason:
        draft = ctx.output
        text = f"{_text(draft)}\n{fold(' '.join((*draft.reasons, *draft.questions)))}"
        said = [word for word in _label(ctx).never if re.search(rf"(?<!\w){re.escape(fold(word))}(?!\w)", text)]
        return EvaluationReason(not said, reason=f"says: {said}" if said else "")


@dataclass
class IsWellFormed(Evaluator[Request, Draft, Label]):
    """A ready draft keeps its length band, asks once, and greets the person; another has no body to send."""

    def evaluate(self, ctx: Context) -> EvaluationReason:
        draft = ctx.output
        if draft.outcome is not Outcome.READY:
            return EvaluationReason(bool(draft.questions or draft.reasons), reason="says why, and what to do")
        channel = draft.plan.channel
        band, words = band_of(draft.kind, channel), count_words(draft.body)
        asks = len([one for one in find_asks(draft.body) if "good moment" not in one.text])
        right = band.low <= words <= band.high and asks == (0 if draft.kind is DraftKind.THANK_YOU else 1)
        right = right and (channel is not Channel.MESSAGE or len(draft.body) <= MOST_CHARACTERS)
        return EvaluationReason(right, reason=f"{words} words, {asks} asks")


@dataclass
class CitesItsFacts(Evaluator[Request, Draft, Label]):
    """In a ready draft at least two sentences cite (one in thanks), and each cited quote is known to its evidence."""

    def evaluate(self, ctx: Context) -> EvaluationReason:
        draft = ctx.output
        if draft.outcome is not Outcome.READY:
            return EvaluationReason(True)
        known = {one.id for one in draft.evidence}
        cited = [set(sentence.evidence) for sentence in draft.sentences if sentence.evidence]
        least = 1 if draft.kind is DraftKind.THANK_YOU else 2
        return EvaluationReason(len(cited) >= least and all(ids <= known for ids in cited), reason=f"{len(cited)} cite")


GRADERS = (OutcomeIsRight(), UsesWhatItMust(), NeverSays(), IsWellFormed(), CitesItsFacts())


@contextmanager
def opened_world(**settings: Any) -> Iterator[Assistant]:
    """The assistant over the fictional world, in a folder of its own; `settings` as `read_settings` takes them."""
    with (
        tempfile.TemporaryDirectory(prefix="givefirst-eval-") as home,
        Assistant.open(today=TODAY, settings=read_settings(Path(home) / "home", **settings)) as assistant,
    ):
        load_world(assistant)
        yield assistant


def run_cases(assistant: Assistant, path: Path = CASES) -> EvaluationReport[Request, Draft, Label]:
    """Every case of the file, drafted and graded."""
    dataset = Dataset[Request, Draft, Label].from_file(path)
    for grader in GRADERS:
        dataset.add_evaluator(grader)
    return dataset.evaluate_sync(
        lambda one: assistant.draft(
            one.kind, one.who, one.about, other=one.other, channel=one.channel, insist=one.insist
        ),
        name="drafts",
        max_concurrency=1,
        progress=False,
    )


def count(report: EvaluationReport[Request, Draft, Label]) -> dict[str, Any]:
    """Cases, those that pass every grader, ungraded ones, and what failed with the grader's reason."""
    failed = {
        case.name: {name: one.reason for name, one in case.assertions.items() if not one.value}
        for case in report.cases
        if not all(one.value for one in case.assertions.values())
    }
    ungraded = [case.name for case in report.cases if case.evaluator_failures]
    ungraded += [failure.name for failure in report.failures]
    return {
        "cases": len(report.cases) + len(report.failures),
        "passed": sum(case.name not in failed and case.name not in ungraded for case in report.cases),
        "ungraded": ungraded,
        "failed": failed,
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.drafts", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", nargs="?", type=Path, default=CASES, help="cases in the shape of cases/drafts.yaml")
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    parser.add_argument("--read", action="store_true", help="print every draft, to read aloud")
    arguments = parser.parse_args()
    with opened_world() as assistant:
        report = run_cases(assistant, arguments.path)
    figures = count(report)
    if arguments.json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    if arguments.read:
        for case in report.cases:
            draft = case.output
            told = draft.body or " ".join((*draft.reasons, *draft.questions))
            print(f"--- {case.name}: {draft.outcome}\nSubject: {draft.subject}\n\n{told}\n")
    print(f"{figures['passed']} of {figures['cases']} cases pass; {len(figures['ungraded'])} ungraded")
    for name, reasons in figures["failed"].items():
        print(f"  {name}: {'; '.join(f'{grader}: {reason}' for grader, reason in reasons.items())}")


if __name__ == "__main__":
    main()
