"""Every question on the fictional world, beside the figures of the last baseline.

A figure that got worse than its baseline ends with exit 1. It must never write the baseline unless told to.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from assistant.store.embedder import MiniLM
from evals import claims, drafts, experts, hostile, introductions, judge, prose, retrieval, ties

BASELINE = Path(__file__).parent / "baselines" / "world.json"
_LOWER_IS_BETTER = ("through", "ungraded", "flagged", "framed", "traps")
_HOSTILE_PEOPLE = 4


def measure() -> dict[str, float]:
    """Each figure under `question.name`."""
    with drafts.opened_world() as assistant:
        report = drafts.run_cases(assistant)
        suggested = introductions.measure(assistant)
        advised = experts.ask_world(assistant)
    drafted, read = drafts.count(report), prose.measure(prose.read_report(report))
    attacked = hostile.count(*hostile.try_attacks(_HOSTILE_PEOPLE))
    claimed = claims.measure(claims.read_rows(claims.OWN_CASES))
    told = claims.measure(claims.read_rows(claims.WORLD_CASES))
    whole = claims.count(claims.judge_drafts(judge.read_cases()))
    found = retrieval.measure(retrieval.read_world(), MiniLM())
    foretold = ties.measure(ties.make_cuts(ties.make_events()))
    return {
        "drafts.passed": drafted["passed"] / drafted["cases"],
        "drafts.ungraded": len(drafted["ungraded"]),
        "prose.clean": read["clean"] / read["drafts"],
        "prose.framed": read["framed"],
        "hostile.replies": attacked["hostile"],
        "hostile.through": attacked["through"],
        "hostile.drafted": attacked["drafted"] / attacked["hostile"],
        "hostile.benign_used": attacked["benign_used"] / attacked["benign"],
        "claims.auc": claimed["auc"],
        "claims.found": claimed["found"],
        "claims.flagged": claimed["flagged"],
        "sentences.found": told["found"],
        "sentences.flagged": told["flagged"],
        "whole_drafts.found": whole["found"],
        "whole_drafts.flagged": whole["flagged"],
        "retrieval.r5": found["over_all"]["r5"],
        "retrieval.mrr": found["over_all"]["mrr"],
        "introductions.ndcg10": suggested["ndcg10"],
        "introductions.traps": suggested["traps_in_first_15"],
        "experts.fit": advised["fit"],
        "experts.first": advised["first"],
        "experts.left_open": advised["left_open"],
        "ties.auc": foretold["auc"],
        "ties.ap": foretold["ap"],
    }


def compare(figures: dict[str, float], baseline: dict[str, float]) -> list[str]:
    """The figures that got worse, as lines."""
    worse = []
    for name, before in baseline.items():
        now = figures.get(name, float("nan"))
        sign = -1 if name.rpartition(".")[2] in _LOWER_IS_BETTER else 1
        if not sign * now >= sign * before - 1e-6:
            worse.append(f"{name}: {now:.4g}, was {before:.4g}")
    return worse


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.all", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    parser.add_argument("--keep", action="store_true", help="write the figures as the new baseline")
    arguments = parser.parse_args()
    figures = {name: round(float(value), 4) for name, value in measure().items()}
    baseline: dict[str, Any] = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    if arguments.keep:
        BASELINE.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    if arguments.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:>20}  {value:<8g} baseline {baseline.get(name, '-')}")
    worse = [] if arguments.keep else compare(figures, baseline)
    if worse:
        sys.exit("worse than the baseline: " + "; ".join(worse))


if __name__ == "__main__":
    main()
