"""Does `check` find the unsupported sentence? Labelled sentences with their evidence in, figures out.

Reads lines of `{"evidence": [..], "sentence": .., "supported": bool}` and asks the product's own claims check about
each. A line with `who` in place of `evidence` is a sentence in a message to that person of the fictional world, judged
by all checks of content as `Assistant.check` does (form is not in question). `support` is a score, so it is judged
by ROC-AUC; the check blocks or does not,
so it is judged by how many unsupported sentences it finds and how many supported ones it flags. It must never adjust
itself to the labels.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.app import Assistant
from assistant.check.claims import check_claims
from assistant.check.support import support
from assistant.check.verdict import is_blocked
from assistant.domain import Contact, DraftKind, DraftRequest, Evidence, FactKind, Material, Message, Sentence
from evals.drafts import opened_world
from evals.failures import Verdict
from evals.judge import Cases, read_cases

OWN_CASES = Path(__file__).parent / "cases" / "claims.jsonl"
WORLD_CASES = Path(__file__).parent / "cases" / "sentences.jsonl"
_FRAME = "Hi {first},\n\n{sentence}{asked}\n\nAll the best,"


class Judged(NamedTuple):
    """One labelled sentence with what the product says of it; `sentence` and `label` are there to read misses by."""

    supported: bool
    score: float
    blocked: bool
    sentence: str = ""
    label: str = ""


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
    blocked = is_blocked(check_claims(message, material))
    return Judged(bool(row["supported"]), support(sentence, evidence), blocked, sentence, str(row.get("label", "")))


def judge_in_world(assistant: Assistant, row: dict[str, object]) -> Judged:
    """Runs every check on the sentence within a short message to the person `who` of the world."""
    who, sentence = str(row["who"]), str(row["sentence"])
    kind = DraftKind(str(row.get("kind", DraftKind.GIVE_FIRST)))
    first = assistant.show(who).contact.first_name
    asked = "" if sentence.rstrip().endswith("?") else " Shall I send you more?"
    text = _FRAME.format(first=first, sentence=sentence, asked=asked)
    findings = assistant.check(text, kind, who, own=str(row.get("own", "")))
    blocked = is_blocked(one for one in findings if not one.rule.startswith("style."))
    return Judged(bool(row["supported"]), 0.0, blocked, f"{who}: {sentence}", str(row.get("label", "")))


def judge_all(rows: Sequence[dict[str, object]]) -> list[Judged]:
    """All rows judged, those with `who` in one opened world."""
    judged = [judge(row) for row in rows if "who" not in row]
    told = [row for row in rows if "who" in row]
    if told:
        with opened_world(embeddings="off") as assistant:
            judged += [judge_in_world(assistant, row) for row in told]
    return judged


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
    return count(judge_all(list(rows)))


def count(judged: Sequence[Judged]) -> dict[str, float | int]:
    """The figures of judged sentences."""
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


def judge_drafts(cases: Cases) -> list[Judged]:
    """Whole drafts written and labelled by hand: whether the check stops one that a person would send as it stands."""
    with opened_world(embeddings="off") as assistant:
        judged = []
        for one in cases.drafts:
            person = cases.people[one.to]
            who = person.email or person.name
            findings = assistant.check(one.body, one.kind, who, own=one.own, subject=one.subject)
            label = ", ".join(one.labels)
            judged.append(Judged(one.send is Verdict.SEND_READY, 0.0, is_blocked(findings), one.name, label))
    return judged


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.claims", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", nargs="?", type=Path, default=WORLD_CASES, help="labelled sentences, one JSON a line")
    parser.add_argument("--misses", action="store_true", help="print every sentence the check is wrong about")
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    parser.add_argument("--drafts", action="store_true", help="whole drafts of the judge's cases instead of sentences")
    arguments = parser.parse_args()
    judged = judge_drafts(read_cases()) if arguments.drafts else judge_all(read_rows(arguments.path))
    figures = count(judged)
    if arguments.misses:
        for one in judged:
            if one.blocked == one.supported:
                print(f"{'flagged' if one.supported else 'missed '}  {one.label or '-':>20}  {one.sentence}")
    if arguments.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name:>18}  {value}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
