"""Whether a message repeats an example its writer was shown: an example shows how the user writes, never what is so.

Looks at words alone. It must never ask what an example meant: whatever of it stands in a message without evidence of
its own is a leak.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.check.atoms import find_atoms, find_names
from assistant.check.claim import Fault, bare_word, people_of, texts_of
from assistant.check.lexicon import PLAIN_OPENERS
from assistant.domain import Finding, Material, Message, Sentence
from assistant.text import Span, find_words, fold

RUN = 5  # words in a row
_RULE = "claims.example_leak"
_FIX = "say it in your own words, from the evidence"
# What everybody writes: a run that lies wholly within one of these tells nothing and belongs to nobody.
_COURTESIES = (
    "i would be very happy to",
    "i would be happy to be able to",
    "and would be happy to",
    "i would be glad to",
    "please let me know if you would like to",
    "please let me know what you think of it",
    "let me know what works for you",
    "let me know if that works for you",
    "please feel free to say no",
    "i hope all is well with you",
    "thank you so much for the",
    "thank you very much for your",
    "looking forward to hearing from you",
    "it would be great if you could",
    "i wanted to ask if you could",
    "i was wondering if you could",
    "i would love to hear from you",
)


def check_echo(message: Message, material: Material, examples: Sequence[str]) -> tuple[Finding, ...]:
    """Blocking findings for what the message has from `examples` and from no evidence, in order of place.

    Found are five words in a row, any name, number, date, link or quotation of an example, and a gap ("…").
    """
    if not examples:
        return ()
    evidence = {one.id: texts_of(one) for one in material.evidence}
    every = [text for texts in evidence.values() for text in texts]
    findings, offset = [], 0
    for piece, sentence in zip(message.pieces(), message.sentences, strict=True):
        start = offset + len(piece) - len(sentence.text)
        offset += len(piece)
        cited = [text for one in sentence.evidence for text in evidence.get(one, ())] if message.cited else every
        faults = find_echoes(sentence, cited, examples, people_of(material))
        findings += [_finding(fault, sentence.text, start) for fault in faults]
    used = [text for one in message.subject_evidence for text in evidence.get(one, ())] if message.cited else every
    subject = find_echoes(Sentence(text=message.subject), used, examples, people_of(material))
    return (*(_finding(fault, message.subject, 0, "subject") for fault in subject), *findings)


def find_echoes(
    sentence: Sentence, evidence: Iterable[str], examples: Sequence[str], people: frozenset[str] = frozenset()
) -> list[Fault]:
    """What the sentence has from the examples and not from its evidence; `people` are words of names it may say."""
    known = list(evidence)
    faults = _find_runs(sentence.text, known, examples) or _find_filled(sentence.text, examples)
    said = {fold(text) for text in _hard_parts(examples)} - {fold(text) for text in _hard_parts(known)}
    for span in _hard_spans(sentence.text):
        is_ours = people.issuperset(bare_word(word.text) for word in find_words(span.text))
        if fold(span.text) in said and not is_ours:
            faults.append(_fault(span.start, span.end, f"{span.text!r} is from an earlier mail, not from the evidence"))
    faults += [
        _fault(gap.start(), gap.end(), "this is a gap of an earlier mail") for gap in re.finditer("…", sentence.text)
    ]
    return sorted(faults, key=lambda one: one.start)


def _find_runs(text: str, evidence: Sequence[str], examples: Sequence[str]) -> list[Fault]:
    """Runs of words that stand in an example, joined where they overlap."""
    copied = _runs(examples) - _runs(evidence) - _runs(_COURTESIES)
    words, folded = find_words(text), _words(text)
    found: list[tuple[int, int]] = []
    for place in range(len(words) - RUN + 1):
        if tuple(folded[place : place + RUN]) in copied:
            start, end = words[place].start, words[place + RUN - 1].end
            joined = bool(found) and start <= found[-1][1]
            found[-1:] = [(found[-1][0], end)] if joined else [*found[-1:], (start, end)]
    return [_fault(start, end, "these words stand in an earlier mail, not in the evidence") for start, end in found]


def _find_filled(text: str, examples: Sequence[str]) -> list[Fault]:
    """A line of an example with its gaps filled or closed: all its parts in order, five words in all.

    Small words alone stand in any sentence: one part has three words, or two have two.
    """
    words, folded = find_words(text), _words(text)
    for line in (line for example in examples for line in re.split(r"[.!?\n]", example)):
        parts = [part for part in (_words(one) for one in line.split("…")) if part]
        long = sorted(len(part) for part in parts)[-2:]
        if len(parts) < 2 or sum(map(len, parts)) < RUN or (long[-1] < 3 and long[0] < 2):
            continue
        places = _place_in_order(parts, folded)
        if places:
            start, end = words[places[0]].start, words[places[-1] + len(parts[-1]) - 1].end
            return [_fault(start, end, "this is a line of an earlier mail with other words in its gaps")]
    return []


def _place_in_order(parts: Sequence[Sequence[str]], words: Sequence[str]) -> list[int]:
    """Where each part stands, each behind the one before; empty where one does not."""
    places: list[int] = []
    begin = 0
    for part in parts:
        found = next(
            (at for at in range(begin, len(words) - len(part) + 1) if words[at : at + len(part)] == part), None
        )
        if found is None:
            return []
        places.append(found)
        begin = found + len(part)
    return places


def _words(text: str) -> list[str]:
    return [fold(word.text) for word in find_words(text)]


def _runs(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """Every run of five words; a gap or the end of a line ends one."""
    runs: set[tuple[str, ...]] = set()
    for text in texts:
        for part in re.split("…|\n", text):
            words = _words(part)
            runs.update(tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1))
    return runs


def _hard_spans(text: str) -> list[Span]:
    names = [Span(one.start, one.end, one.text) for one in find_names(text, PLAIN_OPENERS)]
    return [*names, *(Span(one.start, one.end, one.text) for one in find_atoms(text))]


def _hard_parts(texts: Iterable[str]) -> set[str]:
    """Names, numbers, dates, links and quotations of the texts, and each word of a name."""
    spans = [span for text in texts for span in _hard_spans(text)]
    return {span.text for span in spans} | {word.text for span in spans for word in find_words(span.text)}


def _fault(start: int, end: int, message: str) -> Fault:
    return Fault(_RULE, start, end, message, _FIX)


def _finding(fault: Fault, text: str, offset: int, field: str = "body") -> Finding:
    return Finding(
        rule=fault.rule,
        severity=fault.severity,
        span=(offset + fault.start, offset + fault.end),
        text=text[fault.start : fault.end],
        message=fault.message,
        fix=fault.fix,
        field="subject" if field == "subject" else "body",
    )
