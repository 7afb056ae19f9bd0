"""Would a considerate person send this? Requests over the fictional world, and what a good answer must not do.

What a case must use, must not say or must refuse is labelled by hand in `cases/drafts.yaml`, so that a blind spot of
the checks shows as a failure here. Graders are deterministic and name the failure; one that crashes leaves its case
ungraded, and is counted, never scored. With `--judge` the model that is set reads the drafts too, and what it says
stands apart. It must never read its labels from the product.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic_evals import Dataset
from pydantic_evals.reporting import EvaluationReport, ReportCase

from assistant.app import Assistant
from assistant.domain import Draft, Outcome
from assistant.errors import ModelError
from assistant.launch import load_world
from assistant.settings import read_settings
from evals import judge
from evals.failures import Failure
from evals.graders import GRADERS, Label, Request
from evals.world import TODAY

CASES = Path(__file__).parent / "cases" / "drafts.yaml"


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


def labels_of(case: ReportCase[Request, Draft, Label]) -> list[Failure]:
    """The failures the graders named in this case, each once, in the order of the list."""
    named = {Failure(label) for one in case.labels.values() for label in one.value.split()}
    return [label for label in Failure if label in named]


def count(report: EvaluationReport[Request, Draft, Label]) -> dict[str, Any]:
    """Cases, those that pass every grader, ungraded ones, what failed with the grader's reason, and cases a label.

    A case is ungraded if a grader crashed on it or nothing was drafted; it counts under no label.
    """
    ungraded = [case.name for case in report.cases if case.evaluator_failures]
    ungraded += [failure.name for failure in report.failures]
    graded = [case for case in report.cases if not case.evaluator_failures]
    failed = {case.name: case for case in graded if not all(one.value for one in case.assertions.values())}
    labels = {name: labels_of(case) for name, case in failed.items()}
    counts = Counter(label for named in labels.values() for label in named)
    return {
        "cases": len(report.cases) + len(report.failures),
        "passed": len(graded) - len(failed),
        "ungraded": ungraded,
        "failed": {
            name: {grader: one.reason for grader, one in case.assertions.items() if not one.value}
            for name, case in failed.items()
        },
        "failures": {name: [label.value for label in named] for name, named in labels.items()},
        "labels": {label.value: counts[label] for label in Failure},
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.drafts", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", nargs="?", type=Path, default=CASES, help="cases in the shape of cases/drafts.yaml")
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    parser.add_argument("--read", action="store_true", help="print every draft, to read aloud")
    parser.add_argument("--judge", action="store_true", help="have the model that is set read the ready drafts too")
    arguments = parser.parse_args()
    found = judge.find_judge() if arguments.judge else None
    if arguments.judge and found is None:
        sys.exit(judge.OFF)
    with opened_world() as assistant:
        report = run_cases(assistant, arguments.path)
        ready = read_ready(assistant, report)
    figures = count(report)
    if found:
        try:
            figures["judge"] = judge.judge_drafts(found.model, ready, found.seconds)
        except ModelError as error:
            sys.exit(f"no judge: {error}")
    if arguments.json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    if arguments.read:
        print("".join(render_draft(case.name, case.output) for case in report.cases))
    print("\n".join(render_figures(figures)))


def read_ready(assistant: Assistant, report: EvaluationReport[Request, Draft, Label]) -> list[judge.ToJudge]:
    """The ready drafts of a run, as a judge is shown them."""
    return [
        judge.read_draft(case.name, "Dana Marlow", assistant.show(case.inputs.who).contact.name, case.output)
        for case in report.cases
        if case.output.outcome is Outcome.READY
    ]


def render_draft(name: str, draft: Draft) -> str:
    """A draft to read aloud: subject and body, or the question or reason in place of them."""
    told = draft.body or " ".join((*draft.reasons, *draft.questions))
    return f"--- {name}: {draft.outcome}\nSubject: {draft.subject}\n\n{told}\n\n"


def render_figures(figures: dict[str, Any]) -> Iterator[str]:
    """The figures of `count` as lines: how many pass, cases a label, and each failing case with its reasons."""
    yield f"{figures['passed']} of {figures['cases']} cases pass; {len(figures['ungraded'])} ungraded"
    named = {label: number for label, number in figures["labels"].items() if number}
    if named:
        yield "failures: " + ", ".join(f"{label} {number}" for label, number in named.items())
    for name, reasons in figures["failed"].items():
        yield f"  {name}: {'; '.join(f'{grader}: {reason}' for grader, reason in reasons.items())}"
    if "judge" in figures:
        yield from render_judge(figures["judge"])


def render_judge(said: dict[str, Any]) -> Iterator[str]:
    """What a model judge says, under its own heading and in no other figure."""
    yield f"model judge {said['model']}, {said['prompt']}, an opinion: {said['graded']} of {said['drafts']} graded"
    yield "  " + ", ".join(f"{verdict} {number}" for verdict, number in said["send"].items())
    for name, one in said["says"].items():
        yield f"  {name}: {one['send']}, {', '.join(one['labels'])}: {' '.join(one['reasons'])}"


if __name__ == "__main__":
    main()
