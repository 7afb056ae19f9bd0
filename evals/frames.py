"""Frames: the words that messages to different people share once names and facts are taken out.

A frame that everybody gets is what makes a reader feel written to by a machine. Pure functions on words; it must never
know where a message came from.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from assistant.text import find_words, fold
from evals.grammar import FUNCTION_WORDS

GAP = "_"  # stands for one word or more of evidence
_SHORTEST = 6  # words of a frame, gaps not counted
_NUMBER = re.compile(r"\d")
_MONTHS = frozenset("january february march april may june july august september october november december".split())

Masked = tuple[str, Sequence[str]]  # who reads it, and its words


class Frame(NamedTuple):
    """A run of words in the messages of so many people; `drafts` counts the messages."""

    text: str
    people: int
    drafts: int


def mask(body: str, known: str) -> list[str]:
    """The words of `body`, those of the evidence and its names, months and numbers made gaps."""
    theirs = {fold(word.text) for word in find_words(known)} - FUNCTION_WORDS
    masked: list[str] = []
    for word in find_words(body):
        folded = fold(word.text)
        hides = folded.removesuffix("'s") in theirs | _MONTHS or bool(_NUMBER.search(folded))
        if not (hides and masked and masked[-1] == GAP):
            masked.append(GAP if hides else folded)
    return masked


Run = tuple[str, ...]


def _places(texts: Sequence[Masked], length: int) -> dict[Run, list[tuple[int, int]]]:
    """Message and place of each run of `length` words, for runs that at least two people get."""
    places: dict[Run, list[tuple[int, int]]] = defaultdict(list)
    for number, (_, words) in enumerate(texts):
        for start in range(len(words) - length + 1):
            places[tuple(words[start : start + length])].append((number, start))
    return {run: where for run, where in places.items() if len({texts[number][0] for number, _ in where}) > 1}


def find_frames(texts: Sequence[Masked]) -> list[Frame]:
    """The frames, those that most people get first; a run is left out if a longer one goes to all of its readers."""
    frames: dict[Run, Frame] = {}
    runs = _frames_of(texts, _SHORTEST)
    while runs:
        longer = _frames_of(texts, len(next(iter(runs))) + 1)
        covered = {
            part for run, frame in longer.items() for part in (run[1:], run[:-1]) if runs[part].people == frame.people
        }
        frames |= {_trim(run): frame for run, frame in runs.items() if run not in covered}
        runs = longer
    kept = [frame for run, frame in frames.items() if sum(word != GAP for word in run) >= _SHORTEST]
    return sorted(kept, key=lambda frame: (-frame.people, -len(frame.text), frame.text))


def _frames_of(texts: Sequence[Masked], length: int) -> dict[Run, Frame]:
    return {
        run: Frame(
            " ".join(_trim(run)), len({texts[number][0] for number, _ in where}), len({number for number, _ in where})
        )
        for run, where in _places(texts, length).items()
    }


def _trim(run: Run) -> Run:
    """The run without gaps at its ends."""
    start, end = 0, len(run)
    while start < end and run[start] == GAP:
        start += 1
    while end > start and run[end - 1] == GAP:
        end -= 1
    return run[start:end]


def measure_shared(texts: Sequence[Masked]) -> float:
    """Of the middle message: the share of its words, gaps left out, that stand in a run somebody else gets too."""
    covered: dict[int, set[int]] = defaultdict(set)
    for run, where in _places(texts, _SHORTEST).items():
        for number, start in where:
            covered[number] |= set(range(start, start + len(run)))
    shares = []
    for number, (_, words) in enumerate(texts):
        said = {place for place, word in enumerate(words) if word != GAP}
        shares.append(len(said & covered[number]) / len(said) if said else 0.0)
    return round(median(shares), 4) if shares else 0.0


def find_same_subjects(subjects: Sequence[tuple[str, str]]) -> frozenset[str]:
    """The subjects that two people or more get, word for word; each comes as (who, subject)."""
    readers: dict[str, set[str]] = defaultdict(set)
    for who, subject in subjects:
        readers[subject].add(who)
    return frozenset(subject for subject, people in readers.items() if len(people) > 1)
