"""Would a person who knows the notes make these introductions? Labelled pairs in, ranking figures out.

nDCG@10 over the whole book, its mean over the people who have a good pair, and the traps among the first fifteen. Gains
are the grades 0..3 (K. Järvelin and J. Kekäläinen, 2002); a pair without a label is worth nothing. It must never look
at the labels before ranking.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

import yaml

from assistant.app import Assistant
from assistant.find.introductions import Introduction
from assistant.settings import read_settings
from evals.world import FOLDER, TODAY

CASES = Path(__file__).parent / "cases" / "introductions.yaml"
_FIRST = 15


def read_labels(
    assistant: Assistant, path: Path = CASES
) -> tuple[dict[frozenset[str], int], dict[frozenset[str], str]]:
    """Grades and reasons of traps by pair of contact ids. Raises `NotFound` for a name that the book does not hold."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    names: dict[str, str] = {}
    for one in (*data["good"], *data["traps"]):
        for who in (one["a"], one["b"]):
            names[who] = names.get(who) or assistant.show(who).contact.id
    good = {frozenset((names[one["a"]], names[one["b"]])): int(one["grade"]) for one in data["good"]}
    traps = {frozenset((names[one["a"]], names[one["b"]])): str(one["reason"]) for one in data["traps"]}
    return good, traps


def score(found: Sequence[Introduction], grades: Mapping[frozenset[str], int], k: int = 10) -> float:
    """nDCG@k of the ranking against every labelled pair."""
    gains = [grades.get(_pair(one), 0) for one in found[:k]]
    best = sorted(grades.values(), reverse=True)[:k]
    return _dcg(gains) / _dcg(best) if best else math.nan


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def _pair(one: Introduction) -> frozenset[str]:
    return frozenset((one.a_id, one.b_id))


def measure(assistant: Assistant, path: Path = CASES) -> dict[str, Any]:
    """The figures, and the first fifteen with their labels."""
    good, traps = read_labels(assistant, path)
    found = assistant.introduce(k=_FIRST)
    people = sorted({one for pair in good for one in pair})
    each = [
        score(assistant.introduce(who), {pair: grade for pair, grade in good.items() if who in pair}) for who in people
    ]
    caught = [f"{one.a} and {one.b}: {traps[_pair(one)]}" for one in found if _pair(one) in traps]
    caught_by_person = sum(_pair(one) in traps for who in people for one in assistant.introduce(who, 3))
    return {
        "good": len(good),
        "labelled_traps": len(traps),
        "ndcg10": round(score(found, good), 4),
        "ndcg10_people": round(mean(each), 4),
        "traps_in_first_15": len(caught),
        "traps": caught,
        "traps_in_first_3_of_people": caught_by_person,
        "first": [(one.a, one.b, one.score, good.get(_pair(one), 0)) for one in found],
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.introductions", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("notes", nargs="?", type=Path, default=FOLDER / "notes", help="a folder of notes")
    parser.add_argument("--cases", type=Path, default=CASES, help="labelled pairs of that folder")
    parser.add_argument("--today", type=dt.date.fromisoformat, default=TODAY, metavar="DATE")
    parser.add_argument("--words-only", action="store_true", help="leave the embedder out")
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="givefirst-introductions-") as place:
        settings = read_settings(Path(place))
        if arguments.words_only:
            settings = settings.model_copy(update={"embeddings": "off"})
        with Assistant.open(today=arguments.today, settings=settings) as assistant:
            assistant.import_([arguments.notes])
            figures = measure(assistant, arguments.cases)
    if arguments.json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    for name, value in figures.items():
        if name not in ("first", "traps"):
            print(f"{name:>27}  {value}")
    for a, b, worth, grade in figures["first"]:
        print(f"  {worth:5.3f}  {grade or '-'}  {a} and {b}")
    for line in figures["traps"]:
        print(f"  trap: {line}")


if __name__ == "__main__":
    main()
