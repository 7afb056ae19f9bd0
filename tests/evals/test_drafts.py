from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from assistant.app import Assistant
from assistant.domain import Draft, DraftKind, Outcome
from evals import drafts
from evals.failures import MEANINGS, Failed, Failure
from evals.graders import GRADERS, Grader, Label, Request, Trap

ANA = Request(kind=DraftKind.GIVE_FIRST, who="Ana Ferreira")
LABEL = Label(
    outcome=Outcome.READY,
    use=[["notary"], ["Lisbon"]],
    never=["seagrass"],
    traps=[
        Trap(label=Failure.LEAK, never=["leaving"]),
        Trap(label=Failure.INVENTED_MEETING, never=["at the gala", "our dinner"]),
        Trap(label=Failure.STALE_FACT, never=["still at the old firm"]),
        Trap(label=Failure.REVERSED_INTRODUCTION, never=["I introduced you"]),
    ],
)


def labels(draft: Draft, label: Label = LABEL, request: Request = ANA) -> set[Failure]:
    return {failed.label for grader in GRADERS for failed in grader.find(request, draft, label)}


def spoilt(draft: Draft, before: str, after: str) -> Draft:
    assert before in draft.body
    return draft.model_copy(update={"body": draft.body.replace(before, after)})


def test_a_draft_as_it_should_be_has_no_failure(good: Draft) -> None:
    assert labels(good) == set()


@pytest.mark.parametrize(
    ("before", "after", "label"),
    [
        ("Shall I?", "I hear you are leaving. Shall I?", Failure.LEAK),
        ("When we had coffee", "After our dinner, when we had coffee", Failure.INVENTED_MEETING),
        ("Shall I?", "You are still at the old firm. Shall I?", Failure.STALE_FACT),
        ("Shall I?", "I introduced you to Bruno. Shall I?", Failure.REVERSED_INTRODUCTION),
        ("Shall I?", "The seagrass waits. Shall I?", Failure.FORBIDDEN),
        ("Ana", "Anna", Failure.WRONG_NAME),
        ("Shall I?", "Your work is truly inspiring. Shall I?", Failure.PRAISE),
        ("Shall I?", "I work at [company]. Shall I?", Failure.EXAMPLE_LEAKAGE),
        (
            "Shall I?",
            "Write as one person talks to another, whole sentences, plain words. Shall I?",
            Failure.EXAMPLE_LEAKAGE,
        ),
        ("Shall I?", "Shall I? And could you read our deck?", Failure.ASKS),
        ("Shall I?", "Shall I? " + "The sea was calm and the day was long. " * 20, Failure.LENGTH),
        ("Lisbon", "town", Failure.MISSING_USE),
    ],
)
def test_each_way_to_spoil_it_is_named(good: Draft, before: str, after: str, label: Failure) -> None:
    assert labels(spoilt(good, before, after)) == {label}


def test_a_name_is_greeted_with_its_signs_or_without_and_never_by_another(world: Assistant) -> None:
    draft = world.draft(DraftKind.GIVE_FIRST, "Tomáš Novák")
    right = Request(kind=DraftKind.GIVE_FIRST, who="Tomas Novak")
    label = Label(outcome=Outcome.READY)
    assert labels(draft, label, right) == set()
    assert labels(draft, Label(outcome=Outcome.READY, greet="Ruth"), right) == {Failure.WRONG_NAME}


def test_a_text_with_nothing_of_what_it_is_for_is_generic(good: Draft) -> None:
    empty = Label(outcome=Outcome.READY, use=[["gauge"], ["boat"]])
    assert labels(good, empty) == {Failure.MISSING_USE, Failure.GENERIC}


def test_written_where_it_should_refuse_is_the_wrong_outcome(good: Draft) -> None:
    assert labels(good, Label(outcome=Outcome.REFUSED)) == {Failure.OUTCOME}


def test_sentences_without_evidence_are_uncited(good: Draft) -> None:
    bare = tuple(one.model_copy(update={"evidence": ()}) for one in good.sentences)
    assert labels(good.model_copy(update={"sentences": bare})) == {Failure.UNCITED}


@dataclass
class Crashes(Grader):
    def find(self, request: Request, draft: Draft, label: Label) -> Iterator[Failed]:
        raise ZeroDivisionError


def write_cases(folder: Path, **metadata: object) -> Path:
    case = {"name": "a notary", "inputs": {"kind": "give_first", "who": "Ana Ferreira"}, "metadata": metadata}
    path = folder / "cases.yaml"
    path.write_text(yaml.safe_dump({"name": "drafts", "cases": [case]}), encoding="utf-8")
    return path


def test_a_failing_case_names_its_labels_and_they_are_counted(world: Assistant, tmp_path: Path) -> None:
    traps = [{"label": "leak", "never": ["notary"]}, {"label": "promise", "never": ["in touch"]}]
    figures = drafts.count(drafts.run_cases(world, write_cases(tmp_path, outcome="ready", traps=traps)))
    assert (figures["cases"], figures["passed"], figures["ungraded"]) == (1, 0, [])
    assert figures["failures"] == {"a notary": ["leak", "promise"]}
    assert {label: number for label, number in figures["labels"].items() if number} == {"leak": 1, "promise": 1}
    lines = list(drafts.render_figures(figures))
    assert lines[:2] == ["0 of 1 cases pass; 0 ungraded", "failures: leak 1, promise 1"]


def test_cases_without_traps_are_read_as_before(world: Assistant, tmp_path: Path) -> None:
    figures = drafts.count(drafts.run_cases(world, write_cases(tmp_path, outcome="ready", never=["Lisbon"])))
    assert figures["failed"] == {"a notary": {"NeverSays": "forbidden: says: ['Lisbon']"}}


@pytest.mark.parametrize("passes", [True, False])
def test_a_grader_that_crashes_leaves_its_case_ungraded_and_scored_neither_way(
    world: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passes: bool
) -> None:
    monkeypatch.setattr(drafts, "GRADERS", (*GRADERS, Crashes()))
    never = [] if passes else ["Lisbon"]
    figures = drafts.count(drafts.run_cases(world, write_cases(tmp_path, outcome="ready", never=never)))
    assert (figures["ungraded"], figures["passed"], figures["failed"], figures["failures"]) == (["a notary"], 0, {}, {})
    assert not any(figures["labels"].values())


def test_a_request_that_cannot_be_drafted_is_ungraded_too(world: Assistant, tmp_path: Path) -> None:
    path = write_cases(tmp_path, outcome="ready")
    path.write_text(path.read_text(encoding="utf-8").replace("Ana Ferreira", "Nobody Known"), encoding="utf-8")
    figures = drafts.count(drafts.run_cases(world, path))
    assert (figures["cases"], figures["passed"], figures["ungraded"]) == (1, 0, ["a notary"])


def test_every_label_has_a_meaning_and_every_trap_of_the_cases_a_label() -> None:
    assert set(MEANINGS) == set(Failure)
    cases = yaml.safe_load(drafts.CASES.read_text(encoding="utf-8"))["cases"]
    read = [Label.model_validate(case["metadata"]) for case in cases]
    assert len(read) >= 120 and not any(label.never for label in read)
    assert len({trap.label for label in read for trap in label.traps}) >= 10
