"""Does it read as if a person wrote it? Rules of plain English, asked of every draft, and of all drafts side by side.

Each rule finds one kind of slip that a careful reader stumbles over and shows the words. Rules are rough on purpose:
they point at what to read, they do not say whether a draft may be sent, and no figure of theirs is mixed with those of
`evals.drafts`. It must never use the product's own checks: what they miss has to show here.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_evals.reporting import EvaluationReport

from assistant.domain import CALL_HEADINGS, Draft, DraftKind, Outcome
from assistant.text import count_words, find_words, fold, split_sentences
from evals import frames, grammar
from evals.drafts import CASES, opened_world, run_cases
from evals.graders import Label, Request
from evals.grammar import Fault

_MOST_WORDS = 35
_PASTED, _PASTED_AFTER_COLON, _VERBATIM = 6, 4, 8  # words in a row, as the note has them
_MAY_READ_WELL = frozenset({"verbatim"})  # people do it too: shown, and no fault
_ECHO = 3  # words in a row said twice in one message
_FIRST_TO_LAST = slice(1, -1)


class Written(NamedTuple):
    """A message with what it was written from. `quotes` are of others than the writer; `known` is what it cites."""

    name: str
    who: str
    kind: DraftKind
    subject: str
    paragraphs: tuple[str, ...]
    quotes: tuple[str, ...] = ()
    known: str = ""
    titled: bool = True

    @property
    def body(self) -> str:
        """The paragraphs without greeting, headings and sign-off."""
        return "\n\n".join(self.paragraphs)


def read_draft(name: str, request: Request, draft: Draft) -> Written:
    """What of a draft is prose: no greeting, no sign-off, no heading of a script."""
    about = {draft.to, draft.plan.other}
    ids = {id for sentence in draft.sentences for id in sentence.evidence}
    cited = [one for one in draft.evidence if one.id in ids]
    blocks = [block for block in draft.body.split("\n\n") if block.strip()]
    scripted = any(block.startswith(CALL_HEADINGS[0]) for block in blocks)
    lines = [line for block in blocks for line in block.splitlines() if line not in CALL_HEADINGS]
    return Written(
        name=name,
        who=fold(request.who),
        kind=draft.kind,
        subject=draft.subject,
        paragraphs=tuple(lines if scripted else blocks[_FIRST_TO_LAST]),
        quotes=tuple(one.quote for one in draft.evidence if one.about in about and one.source != "own"),
        known=" ".join((request.about, request.other or "", *(f"{one.quote} {one.text}" for one in cited))),
        titled=bool(draft.subject),
    )


# --- rules that need the whole message --------------------------------------------------------------------------


def find_faults(written: Written) -> list[Fault]:
    """What a reader stumbles over in one message, in the order of the rules."""
    faults = [*_find_pasted(written), *_find_echoes(written), *_find_long(written), *grammar.find_slips(written.body)]
    if written.kind not in (DraftKind.INTRO, DraftKind.INTRO_ASK, DraftKind.BLURB):
        faults += grammar.find_wrong_pronouns(written.body)
    if written.titled:
        faults += grammar.find_subject_faults(written.subject)
    if not grammar.has_reason(written.body):
        faults.append(Fault("no_reason", written.body.split("\n")[0][:60], "why it is written, and why now"))
    return faults


def _plain(text: str) -> list[str]:
    """Folded words, with what a writer turns into "your" made alike."""
    words = [fold(word.text) for word in find_words(text)]
    return ["your" if word in ("his", "her", "their", "its", "your") else word for word in words]


def find_run(ours: Sequence[str], theirs: Sequence[str]) -> tuple[int, int]:
    """Start and length in `ours` of the longest run of words that both have."""
    best, before = (0, 0), [0] * (len(theirs) + 1)
    for place, word in enumerate(ours):
        now = [0] + [before[at] + 1 if word == other else 0 for at, other in enumerate(theirs)]
        longest = max(now)
        if longest > best[1]:
            best = (place - longest + 1, longest)
        before = now
    return best


def _find_pasted(written: Written) -> Iterator[Fault]:
    for sentence in split_sentences(written.body):
        found = (fault for quote in written.quotes if (fault := _read_pasted(sentence.text, quote)))
        yield from itertools.islice(found, 1)


def _read_pasted(sentence: str, quote: str) -> Fault | None:
    """A run of words as the note has them: `pasted` after a colon, without a verb or in the third person; `verbatim` is
    a longer one, which may still read well."""
    _, colon, after = sentence.partition(": ")
    start, length = find_run(_plain(after), _plain(quote)) if colon else (0, 0)
    if length >= _PASTED_AFTER_COLON:
        return Fault("pasted", _words(after, start, length), "the note's words after a colon")
    start, length = find_run(_plain(sentence), _plain(quote))
    if length >= _PASTED_AFTER_COLON and not grammar.has_verb(sentence):
        return Fault("pasted", sentence, "the note's words and no verb")
    said = _words(sentence, start, length) if length >= _PASTED else ""
    if set(fold(said).split()) & grammar.THIRD_PERSON:
        return Fault("pasted", said, "the note's words about the reader")
    return Fault("verbatim", said, f"{length} words as the note has them") if length >= _VERBATIM else None


def _words(text: str, start: int, length: int) -> str:
    words = find_words(text)
    return text[words[start].start : words[start + length - 1].end]


def _find_echoes(written: Written) -> Iterator[Fault]:
    """The same three words or more, twice in one message."""
    words = [fold(word.text) for word in find_words(written.body)]
    seen: dict[tuple[str, ...], int] = {}
    place = 0
    while place + _ECHO <= len(words):
        run = tuple(words[place : place + _ECHO])
        first = seen.get(run)
        if first is not None and sum(word not in grammar.FUNCTION_WORDS for word in run) >= 2:
            length = _ECHO
            while place + length < len(words) and words[first + length] == words[place + length]:
                length += 1
            yield Fault("echo", " ".join(words[place : place + length]), "said twice")
            place += length
            continue
        seen.setdefault(run, place)
        place += 1


def _find_long(written: Written) -> Iterator[Fault]:
    for sentence in split_sentences(written.body):
        if (words := count_words(sentence.text)) > _MOST_WORDS:
            yield Fault("long_sentence", sentence.text, f"{words} words")


# --- all of them ------------------------------------------------------------------------------------------------


def read_report(report: EvaluationReport[Request, Draft, Label]) -> list[Written]:
    """The ready drafts of a run of `evals.drafts`."""
    ready = [case for case in report.cases if case.output.outcome is Outcome.READY]
    return [read_draft(case.name, case.inputs, case.output) for case in ready]


def measure(drafts: Sequence[Written]) -> dict[str, Any]:
    """Drafts with a fault of each rule, `clean` ones with none but a long quotation, shared frames, faults by draft.

    `framed` is the share of the words of the middle draft that stand word for word in a message to somebody else, names
    and facts left out.
    """
    same = frames.find_same_subjects([(one.who, one.subject) for one in drafts if one.titled])
    faults = {
        one.name: find_faults(one)
        + [Fault("subject_same", one.subject, "also sent to another")] * (one.subject in same)
        for one in drafts
    }
    masked = [(one.who, frames.mask(one.body, f"{one.known} {one.who}")) for one in drafts]
    rules = Counter(rule for found in faults.values() for rule in {fault.rule for fault in found})
    return {
        "drafts": len(drafts),
        "clean": sum(all(fault.rule in _MAY_READ_WELL for fault in found) for found in faults.values()),
        "rules": {rule: rules[rule] for rule in grammar.RULES},
        "framed": frames.measure_shared(masked),
        "frames": [frame._asdict() for frame in frames.find_frames(masked)],
        "faults": {name: [fault._asdict() for fault in found] for name, found in faults.items() if found},
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.prose", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("path", nargs="?", type=Path, default=CASES, help="cases in the shape of cases/drafts.yaml")
    parser.add_argument("--frames", type=int, default=15, help="print so many of the most repeated frames")
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    arguments = parser.parse_args()
    with opened_world(model="") as assistant:
        figures = measure(read_report(run_cases(assistant, arguments.path)))
    if arguments.json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    print(f"{figures['clean']} of {figures['drafts']} ready drafts without a fault; {figures['framed']:.0%} framed")
    print("  " + ", ".join(f"{rule} {number}" for rule, number in figures["rules"].items() if number))
    for frame in figures["frames"][: arguments.frames]:
        print(f"  {frame['people']:>3} people: {frame['text']}")
    for name, faults in sorted(figures["faults"].items(), key=lambda item: -len(item[1])):
        print(f"{len(faults)} {name}")
        for fault in faults:
            print(f"    {fault['rule']}: {fault['text']!r} ({fault['why']})")


if __name__ == "__main__":
    main()
