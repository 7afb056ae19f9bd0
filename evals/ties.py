"""Does the strength of a relationship foretell contact? Events `from to second` in, AUC and AP out.

The protocol. The third column is seconds from the file's start (`--unit` names another: days, or Unix time); a day has
86,400. For each cut, every `--every` days from day 90 of the span while 30 days follow:

- history is the 90 days before the cut, the truth the 30 days from it on;
- a person's candidates are all with whom they had an event in the history, either way;
- a candidate is positive if in the truth both wrote to each other, at least once each way;
- each person's candidates are scored by the product's own `find_strengths`, which sees that person's own events only.

AUC is over all pairs of a cut; AP is a person's average precision (equal scores count as one step), a mean over those
with a positive. Both are means over the cuts; the least and the greatest cut are told too. Beside the product stand
three simple rules: the count of events, their recency, and the lesser of both sides' counts, fading by half in 30 days.
It must never show a scorer what lies after the cut.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np

from assistant.domain import Touch
from assistant.errors import GivefirstError
from assistant.find.history import read_history
from assistant.find.strength import find_strengths

HISTORY, TRUTH = 90, 30
_START = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)
_UNITS = {"seconds": 1, "hours": 3600, "days": 86400}

Scorer = Callable[[Sequence[Touch], dt.date], Mapping[str, float]]


class Event(NamedTuple):
    """One message; `second` counts from the first event of the file."""

    sender: str
    recipient: str
    second: int


class Cut(NamedTuple):
    """What a scorer may see at a cut, by person, and whom they will be in touch with both ways."""

    day: int
    seen: Mapping[str, Sequence[Touch]]
    truth: frozenset[tuple[str, str]]


def read_events(path: Path, unit: str = "seconds") -> list[Event]:
    """Events in order of time. Raises `GivefirstError` naming a line that is none."""
    events = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        fields = line.split()
        try:
            events.append(Event(fields[0], fields[1], int(float(fields[2]) * _UNITS[unit])))
        except (IndexError, ValueError):
            raise GivefirstError(f"{path}:{number}: not `from to time`; mend the line") from None
    if not events:
        raise GivefirstError(f"{path}: no events; give a file of `from to time` lines")
    first = min(one.second for one in events)
    moved = (one._replace(second=one.second - first) for one in events if one.sender != one.recipient)
    return sorted(moved, key=lambda one: one.second)


def make_events(people: int = 60, span: int = 150, seed: int = 7) -> list[Event]:
    """Our own events, made up: each person has a few others to write to at a rate of their own, and ties end and begin.

    A tie lives from a random day to a random day, and is answered at a rate of its own.
    """
    chance = random.Random(seed)
    events = []
    for person in range(people):
        for other in chance.sample(range(people), 8):
            rate, answered = chance.lognormvariate(-3.5, 1.2), chance.random()
            begin, end = sorted((chance.uniform(-span, span), chance.uniform(0, 2 * span)))
            for day in range(max(0, int(begin)), min(span, int(end))):
                if other != person and chance.random() < rate:
                    second = day * 86400 + chance.randrange(80000)
                    events.append(Event(str(person), str(other), second))
                    if chance.random() < answered:
                        events.append(Event(str(other), str(person), second + chance.randrange(6000)))
    return sorted(events, key=lambda one: one.second)


def make_cuts(events: Sequence[Event], every: int = 5) -> list[Cut]:
    """A cut each `every` days, from the first with a whole history to the last with a whole truth."""
    span = math.ceil((events[-1].second + 1) / 86400)
    days = range(HISTORY, span - TRUTH + 1, every)
    if not days:
        raise GivefirstError(f"the events span {span} days; {HISTORY + TRUTH} are needed")
    return [make_cut(events, day) for day in days]


def make_cut(events: Iterable[Event], day: int) -> Cut:
    seen: dict[str, list[Touch]] = defaultdict(list)
    after: set[tuple[str, str]] = set()
    for one in events:
        at_day = one.second // 86400
        if day - HISTORY <= at_day < day:
            seen[one.sender].append(_touch(one, one.recipient, "out"))
            seen[one.recipient].append(_touch(one, one.sender, "in"))
        elif day <= at_day < day + TRUTH:
            after.add((one.sender, one.recipient))
    return Cut(day, seen, frozenset((a, b) for a, b in after if (b, a) in after))


def _touch(event: Event, contact: str, direction: Literal["out", "in"]) -> Touch:
    at = _START + dt.timedelta(seconds=event.second)
    return Touch(contact, at.date(), direction, "email", at)


# --- the scorers ------------------------------------------------------------------------------------------------


def by_strength(touches: Sequence[Touch], today: dt.date) -> dict[str, float]:
    return {contact: one.score for contact, one in find_strengths(read_history(touches), today).items()}


def by_count(touches: Sequence[Touch], today: dt.date) -> dict[str, float]:
    return {contact: float(len(mine)) for contact, mine in _by_contact(touches).items()}


def by_recency(touches: Sequence[Touch], today: dt.date) -> dict[str, float]:
    return {
        contact: max(one.at.timestamp() for one in mine if one.at) for contact, mine in _by_contact(touches).items()
    }


def by_mutual_decay(touches: Sequence[Touch], today: dt.date) -> dict[str, float]:
    return {
        contact: min(
            sum(0.5 ** ((today - one.day).days / 30) for one in mine if one.direction == way) for way in ("out", "in")
        )
        for contact, mine in _by_contact(touches).items()
    }


def _by_contact(touches: Sequence[Touch]) -> dict[str, list[Touch]]:
    found: dict[str, list[Touch]] = defaultdict(list)
    for one in touches:
        found[one.contact_id].append(one)
    return found


SCORERS: dict[str, Scorer] = {
    "strength": by_strength,
    "count": by_count,
    "recency": by_recency,
    "mutual decay": by_mutual_decay,
}


# --- the figures ------------------------------------------------------------------------------------------------


def area_under_curve(truth: Sequence[bool], scores: Sequence[float]) -> float:
    """The chance that a positive stands above a negative; equal scores count one half (Mann and Whitney)."""
    labels = np.asarray(truth)
    _, place, counts = np.unique(np.asarray(scores), return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    positive = int(labels.sum())
    negative = len(labels) - positive
    if not positive or not negative:
        return math.nan
    return float((ranks[labels].sum() - positive * (positive + 1) / 2) / (positive * negative))


def average_precision(truth: Sequence[bool], scores: Sequence[float]) -> float:
    """Precision at each step of recall; equal scores are one step."""
    order = np.argsort(-np.asarray(scores), kind="stable")
    labels, ranked = np.asarray(truth)[order], np.asarray(scores)[order]
    last = np.append(np.diff(ranked) != 0, True)
    found = np.cumsum(labels)[last]
    precision = found / (np.flatnonzero(last) + 1)
    return float(np.sum(np.diff(found, prepend=0) * precision) / labels.sum())


def measure_cut(cut: Cut, scorer: Scorer) -> tuple[float, float, int]:
    """AUC over pairs, mean AP over persons, and the number of pairs."""
    today = (_START + dt.timedelta(days=cut.day - 1)).date()
    truth: list[bool] = []
    scores: list[float] = []
    precisions = []
    for person, touches in cut.seen.items():
        scored = scorer(touches, today)
        labels = [(person, contact) in cut.truth for contact in scored]
        truth += labels
        scores += scored.values()
        if any(labels):
            precisions.append(average_precision(labels, list(scored.values())))
    return area_under_curve(truth, scores), float(np.mean(precisions)) if precisions else math.nan, len(truth)


def measure(cuts: Sequence[Cut], scorer: Scorer = by_strength) -> dict[str, Any]:
    """Means over the cuts, with the least and the greatest cut of each figure."""
    figures = np.array([measure_cut(one, scorer) for one in cuts])
    auc, ap = figures[:, 0], figures[:, 1]
    return {
        "auc": round(float(np.nanmean(auc)), 4),
        "ap": round(float(np.nanmean(ap)), 4),
        "auc_range": [round(float(np.nanmin(auc)), 4), round(float(np.nanmax(auc)), 4)],
        "ap_range": [round(float(np.nanmin(ap)), 4), round(float(np.nanmax(ap)), 4)],
        "cuts": len(cuts),
        "pairs": round(float(figures[:, 2].mean())),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.ties", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", nargs="?", type=Path, help="lines `from to time`; without it, made-up ones")
    parser.add_argument("--unit", choices=sorted(_UNITS), default="seconds", help="of the time column")
    parser.add_argument("--every", type=int, default=5, help="days from one cut to the next")
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    arguments = parser.parse_args()
    events = read_events(arguments.path, arguments.unit) if arguments.path else make_events()
    cuts = make_cuts(events, max(1, arguments.every))
    figures = {name: measure(cuts, scorer) for name, scorer in SCORERS.items()}
    if arguments.json:
        print(json.dumps(figures))
        return
    first = figures["strength"]
    print(f"{first['cuts']} cuts of {HISTORY} days before and {TRUTH} after, {first['pairs']} pairs each")
    for name, one in figures.items():
        low, high = one["auc_range"], one["ap_range"]
        print(
            f"{name:>12}  AUC {one['auc']:.3f} ({low[0]:.3f} to {low[1]:.3f})  "
            f"AP {one['ap']:.3f} ({high[0]:.3f} to {high[1]:.3f})"
        )


if __name__ == "__main__":
    main()
