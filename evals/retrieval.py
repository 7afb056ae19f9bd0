"""Is the passage that answers the question found? Passages and questions with evidence ids in, figures out.

Runs the product's own ranking, within each question's group and over all groups. R@k is the share of a question's
evidence among the first k passages. It must never look at the evidence before ranking.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import yaml

from assistant.domain import Contact, Note, Record
from assistant.errors import GivefirstError
from assistant.find.search import SearchIndex, SearchText, embedding_text
from assistant.sources.facts import read_facts
from assistant.sources.files import read_files
from assistant.store.embedder import Embedder, MiniLM
from assistant.text import fold
from evals.world import FOLDER

OWN_QUESTIONS = Path(__file__).parent / "cases" / "questions.yaml"


class Scores(NamedTuple):
    """What one question scored."""

    r5: float
    r10: float
    mrr: float
    ndcg10: float


def read_world() -> dict[str, Any]:
    """The world's passages and our own questions, in the shape of the bench."""
    passages = []
    for record in read_files([FOLDER / "notes"]):
        if isinstance(record, Record):
            passages += _passages(record)
    questions = yaml.safe_load(OWN_QUESTIONS.read_text(encoding="utf-8"))
    asked = [
        {"q": one["q"], "evidence": [p["id"] for p in passages if fold(one["answer"]) in fold(p["text"])]}
        for one in questions
    ]
    lost = [one["q"] for one in asked if not one["evidence"]]
    if lost:
        raise GivefirstError(f"no passage of the world answers: {'; '.join(lost)}; mend cases/questions.yaml")
    return {"passages": passages, "questions": asked}


def _passages(record: Record) -> list[dict[str, Any]]:
    who = Contact(id=record.source, name=record.name)
    notes = [
        Note(id=f"{record.source}#{one.key}", contact_id=who.id, source=record.source, key=one.key, text=one.text,
             title=one.title, date=one.date)
        for one in record.notes
    ]  # fmt: skip
    titles = {one.id: one.title for one in notes}
    return [
        {"id": one.id, "text": one.text, "speaker": who.name, "date": titles[one.note_id], "thread": one.note_id}
        for one in read_facts(who, notes).passages
    ]


def read_texts(passages: Sequence[dict[str, Any]]) -> list[SearchText]:
    return [
        SearchText(
            id=one["id"],
            text=one["text"],
            who=one.get("speaker", ""),
            title=one.get("date", ""),
            thread=one.get("thread", ""),
            ordinal=place,
        )
        for place, one in enumerate(passages)
    ]


def score(found: Sequence[str], wanted: Sequence[str]) -> Scores:
    hits = [one in wanted for one in found]
    first = next((1 / rank for rank, hit in enumerate(hits, 1) if hit), 0.0)
    gain = sum(1 / math.log2(rank + 1) for rank, hit in enumerate(hits[:10], 1) if hit)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(10, len(wanted)) + 1))
    r5, r10 = (sum(one in found[:k] for one in wanted) / len(wanted) for k in (5, 10))
    return Scores(r5, r10, first, gain / best)


def measure(data: dict[str, Any], embedder: Embedder | None) -> dict[str, Any]:
    """Mean scores within groups and over all of them."""
    texts = read_texts(data["passages"])
    questions = [one for one in data["questions"] if one["evidence"]]
    rows = embedder.embed([embedding_text(one) for one in texts]) if embedder else None
    asked = embedder.embed([one["q"] for one in questions]) if embedder else None
    groups: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(data["passages"]):
        groups[one.get("group", "")].append(place)
    apart = {
        group: SearchIndex([texts[i] for i in places], rows[places] if rows is not None else None)
        for group, places in groups.items()
    }
    together = SearchIndex(texts, rows)
    within, over = [], []
    for number, question in enumerate(questions):
        vector = asked[number] if asked is not None else None
        for index, scores in ((apart[question.get("group", "")], within), (together, over)):
            found = [one.id for one in index.rank(question["q"], vector, 50)]
            scores.append(score(found, question["evidence"]))
    return {"questions": len(questions), "within": _means(within), "over_all": _means(over)}


def _means(scores: Sequence[Scores]) -> dict[str, float]:
    values = np.array(scores).mean(axis=0) if scores else [math.nan] * 4
    return {name: round(float(value), 4) for name, value in zip(Scores._fields, values, strict=True)}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.retrieval", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", nargs="?", type=Path, help="passages and questions; without it, our own")
    parser.add_argument("--words-only", action="store_true", help="leave the embedder out")
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    arguments = parser.parse_args()
    data = json.loads(arguments.path.read_text(encoding="utf-8")) if arguments.path else read_world()
    figures = measure(data, None if arguments.words_only else MiniLM())
    if arguments.json:
        print(json.dumps(figures))
    else:
        print(f"{figures['questions']} questions")
        for where in ("within", "over_all"):
            print(f"{where:>9}  " + "  ".join(f"{name} {value:.3f}" for name, value in figures[where].items()))


if __name__ == "__main__":
    main()
