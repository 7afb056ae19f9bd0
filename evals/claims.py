"""Does `check` find the unsupported sentence? Labelled sentences with their evidence in, figures out.

Reads lines of `{"evidence": [..], "sentence": .., "supported": bool}` and asks the product's own claims check about
each. `support` is a score, so it is judged by ROC-AUC; the check blocks or does not, so it is judged by how many
unsupported sentences it finds and how many supported ones it flags. It must never adjust itself to the labels.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.check.claims import check_claims
from assistant.check.support import support
from assistant.check.verdict import is_blocked
from assistant.domain import Contact, DraftKind, DraftRequest, Evidence, FactKind, Material, Message, Sentence

OWN_CASES = Path(__file__).parent / "cases" / "claims.jsonl"


class Judged(NamedTuple):
    """One labelled sentence with what the product says of it."""

    supported: bool
    score: float
    blocked: bool


def read_rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def judge(row: dict[str, object]) -> Judged:
    """Runs the check on one row. `about: sender` makes the evidence the writer's own; `kind` is a fact's kind."""
    evidence, sentence = [str(text) for text in row["evidence"]], str(row["sentence"])  # type: ignore[attr-defined]
    you = Contact(id="c-you", name=str(row.get("to", "The Reader")))
    me = Contact(id="c-me", name="The Writer", me=True)
    about = me.id if row.get("about") == "sender" else you.id
    kind = FactKind(str(row["kind"])) if "kind" in row else None
    known = tuple(
        Evidence(id=f"e{i}", source="fact" if kind else "own", about=about, text=text, quote=text, kind=kind)
        for i, text in enumerate(evidence)
    )
    request = DraftRequest(kind=DraftKind.COLD, to=you.id)
    material = Material(request=request, me=me, to=you, today=dt.date(2026, 11, 20), evidence=known)
    said = Sentence(text=sentence, evidence=tuple(one.id for one in known))
    message = Message(kind=DraftKind.COLD, sentences=(said,))
    return Judged(bool(row["supported"]), support(sentence, evidence), is_blocked(check_claims(message, material)))


def roc_auc(judged: Sequence[Judged]) -> float:
    """The chance that a supported sentence scores above an unsupported one; ties count half."""
    ranked = sorted(judged, key=lambda one: one.score)
    ranks: dict[float, list[int]] = {}
    for rank, one in enumerate(ranked, 1):
        ranks.setdefault(one.score, []).append(rank)
    mean = {score: sum(places) / len(places) for score, places in ranks.items()}
    good = [one for one in judged if one.supported]
    bad = len(judged) - len(good)
    if not good or not bad:
        return float("nan")
    return (sum(mean[one.score] for one in good) - len(good) * (len(good) + 1) / 2) / (len(good) * bad)


def measure(rows: Iterable[dict[str, object]]) -> dict[str, float | int]:
    """`auc` of the score; `found` of unsupported and `flagged` of supported sentences by the check that blocks."""
    judged = [judge(row) for row in rows]
    good = [one for one in judged if one.supported]
    bad = [one for one in judged if not one.supported]
    found = sum(one.blocked for one in bad) / len(bad) if bad else float("nan")
    flagged = sum(one.blocked for one in good) / len(good) if good else float("nan")
    return {
        "sentences": len(judged),
        "supported": len(good),
        "auc": round(roc_auc(judged), 4),
        "found": round(found, 4),
        "flagged": round(flagged, 4),
        "balanced_accuracy": round((found + 1 - flagged) / 2, 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.claims", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", nargs="?", type=Path, default=OWN_CASES, help="labelled sentences, one JSON a line")
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    arguments = parser.parse_args()
    figures = measure(read_rows(arguments.path))
    if arguments.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name:>18}  {value}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
