"""Who can answer it? Items by people and queries with graded people in, P@10, AP and weighted Kendall loss out.

Runs the product's own weighing of passages and people (`assistant.find.advisors`). Three figures:

- P@10 and AP over the candidates of a query, a person with any grade above 0 counting as right;
- weighted Kendall loss over the queries of a person, as the reviewer assignment literature reckons it: of each pair of
  queries that one person has different grades for, the difference of grades is lost where the scores are the wrong way
  round and half of it where they are equal; over all of it. `kendall_loss` takes everybody's pairs together,
  `kendall_loss_people` is the mean over people. Where a query grades only some of the candidates, the others are
  unknown unless nobody has a grade but 1: then who is not named has grade 0.

Without a path it asks our own questions (cases/experts.yaml) of the fictional world through `Assistant.ask`: whether
somebody who can answer is on the panel, and comes first, and whether nobody is named where nobody can. It must never
look at the grades before ranking.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.app import Assistant
from assistant.find.advisors import score_people, weigh_passages
from assistant.find.search import SearchIndex, SearchText
from assistant.store.embedder import Embedder, MiniLM
from evals.drafts import opened_world
from evals.ties import average_precision

OWN_QUESTIONS = Path(__file__).parent / "cases" / "experts.yaml"


class Asked(NamedTuple):
    """A query's id, every candidate's score, and the grades that are known."""

    query: str
    scores: Mapping[str, float]
    grades: Mapping[str, float]


def read_queries(path: Path) -> dict[str, Any]:
    """The bench file, zipped or not."""
    data = path.read_bytes()
    plain = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    value: dict[str, Any] = json.loads(plain)
    return value


def ask_all(data: Mapping[str, Any], embedder: Embedder | None) -> list[Asked]:
    """Every query put to every candidate."""
    items, queries = data["items"], data["queries"]
    index = SearchIndex([SearchText(id=one["id"], text=one["text"]) for one in items])
    rows = embedder.embed([one["text"] for one in items]) if embedder else None
    vectors = embedder.embed([one["text"] for one in queries]) if embedder else None
    places = {one["id"]: place for place, one in enumerate(items)}
    held: dict[str, list[int]] = {one: [] for one in data["candidates"]}
    for place, item in enumerate(items):
        for person in item["people"]:
            if person in held:
                held[person].append(place)
    is_graded = any(grade not in (0, 1) for one in queries for grade in one["relevance"].values())
    asked = []
    for number, query in enumerate(queries):
        left_out = [places[one] for one in query.get("exclude", ()) if one in places]
        vector = vectors[number] if vectors is not None else None
        scores = score_people(weigh_passages(index.word_scores(query["text"]), rows, vector, left_out), held)
        known = dict.fromkeys(() if is_graded else held, 0.0) | query["relevance"]
        asked.append(Asked(query["id"], scores, {one: float(grade) for one, grade in known.items() if one in held}))
    return asked


# --- the figures ------------------------------------------------------------------------------------------------


def precision_at_ten(asked: Asked) -> float:
    best = sorted(asked.scores, key=lambda one: (-asked.scores[one], one))[:10]
    return sum(asked.grades.get(one, 0) > 0 for one in best) / 10


def precision_of(asked: Asked) -> float:
    people = sorted(asked.scores)
    truth = [asked.grades.get(one, 0) > 0 for one in people]
    return average_precision(truth, [asked.scores[one] for one in people])


def kendall_loss(asked: Sequence[Asked]) -> tuple[float, float]:
    """Over everybody's pairs together, and the mean over people."""
    grades, scores = defaultdict(list), defaultdict(list)
    for one in asked:
        for person, grade in one.grades.items():
            grades[person].append(grade)
            scores[person].append(one.scores[person])
    sums = np.array([_lost(np.array(grades[one]), np.array(scores[one])) for one in sorted(grades)]).reshape(-1, 2)
    counted = sums[sums[:, 1] > 0]
    if not len(counted):
        return 0.0, 0.0
    return float(counted[:, 0].sum() / counted[:, 1].sum()), float((counted[:, 0] / counted[:, 1]).mean())


def _lost(grades: NDArray[np.float64], scores: NDArray[np.float64]) -> tuple[float, float]:
    """What one person's pairs lose, and what they could lose."""
    apart = np.maximum(grades[:, None] - grades[None, :], 0.0)
    order = np.sign(scores[:, None] - scores[None, :])
    return float((apart * (1 - order) / 2).sum()), float(apart.sum())


def measure(asked: Sequence[Asked]) -> dict[str, Any]:
    """All figures, over all queries and over each of two folds: queries that ask for the same people stay together."""
    folds = split_folds(asked)
    figures: dict[str, Any] = {"queries": len(asked), **_figures(asked)}
    figures["folds"] = [_figures([one for one in asked if folds[one.query] == fold]) for fold in (0, 1)]
    return figures


def _figures(asked: Sequence[Asked]) -> dict[str, float]:
    answered = [one for one in asked if any(grade > 0 for grade in one.grades.values())]
    together, by_person = kendall_loss(asked)
    return {
        "p10": round(float(np.mean([precision_at_ten(one) for one in answered])), 4) if answered else 0.0,
        "ap": round(float(np.mean([precision_of(one) for one in answered])), 4) if answered else 0.0,
        "kendall_loss": round(together, 4),
        "kendall_loss_people": round(by_person, 4),
    }


def split_folds(asked: Sequence[Asked]) -> dict[str, int]:
    """0 or 1 by query: subjects in order of size, taken in turn. A subject is a set of people who can answer."""
    subjects: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for one in asked:
        subjects[tuple(sorted(person for person, grade in one.grades.items() if grade > 0))].append(one.query)
    ordered = sorted(subjects.items(), key=lambda one: (-len(one[1]), one[0]))
    return {query: number % 2 for number, (_, queries) in enumerate(ordered) for query in queries}


# --- our own questions ------------------------------------------------------------------------------------------


def ask_world(assistant: Assistant, path: Path = OWN_QUESTIONS) -> dict[str, Any]:
    """Shares of our questions: with somebody right on the panel, with one in the first place, rightly left open."""
    fit, first, left_open, wrong = [], [], [], []
    for case in yaml.safe_load(path.read_text(encoding="utf-8")):
        panel = [one.contact for one in assistant.ask(case["q"])]
        if case.get("nobody"):
            left_open.append(not panel)
        else:
            fit.append(bool(set(panel) & set(case["fit"])))
            first.append(bool(panel) and panel[0] in case["fit"])
        if not (fit if "fit" in case else left_open)[-1]:
            wrong.append(f"{case['q']} -> {', '.join(panel) or 'nobody'}")
    return {
        "questions": len(fit) + len(left_open),
        "fit": round(float(np.mean(fit)), 4),
        "first": round(float(np.mean(first)), 4),
        "left_open": round(float(np.mean(left_open)), 4),
        "wrong": wrong,
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.experts", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", nargs="?", type=Path, help="items, candidates and queries; without it, our own")
    parser.add_argument("--words-only", action="store_true", help="leave the embedder out")
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    arguments = parser.parse_args()
    if arguments.path:
        figures = measure(ask_all(read_queries(arguments.path), None if arguments.words_only else MiniLM()))
    else:
        with opened_world(embeddings="off" if arguments.words_only else "minilm") as assistant:
            figures = ask_world(assistant)
    print(json.dumps(figures, ensure_ascii=False) if arguments.json else render(figures))


def render(figures: Mapping[str, Any]) -> str:
    """One line a figure's place: all and both folds, or what our own questions show."""
    if "wrong" in figures:
        shares = "  ".join(f"{name} {figures[name]:.3f}" for name in ("fit", "first", "left_open"))
        return "\n".join(
            [f"{figures['questions']} questions  {shares}", *(f"  wrong: {one}" for one in figures["wrong"])]
        )
    rows = (("all", figures), ("fold 0", figures["folds"][0]), ("fold 1", figures["folds"][1]))
    names = ("p10", "ap", "kendall_loss", "kendall_loss_people")
    lines = (f"{name:>7}  " + "  ".join(f"{key} {one[key]:.3f}" for key in names) for name, one in rows)
    return "\n".join([f"{figures['queries']} queries", *lines])


if __name__ == "__main__":
    main()
