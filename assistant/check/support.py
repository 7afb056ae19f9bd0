"""Whether words rest on evidence: the coverage of a sentence, word by word, and a score of it.

Every word that carries meaning must be found in the evidence (by stem, by shared meaning, or by what a kind of
evidence implies) or be free of meaning by itself. It must never judge style, people or visibility.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from assistant.check.lexicon import DELIVERABLES, FREE, IMPLIED, IMPLIED_BY_FIELD, MEETING, without_frames
from assistant.check.meanings import meanings
from assistant.domain import Evidence
from assistant.text import STOPWORDS, Span, content_stems, find_words, fold, split_sentences, stem, strip_hidden


class Ground(NamedTuple):
    """The words a piece of evidence lets a sentence use: `stems` of its text, `senses` with shared meanings."""

    evidence: Evidence
    stems: frozenset[str]
    senses: frozenset[str]


def read_ground(evidence: Evidence) -> Ground:
    """What may be said on this evidence: its phrase, its quote, its occasion and what its kind implies."""
    said = [evidence.text, evidence.quote, evidence.occasion]
    implied = IMPLIED.get(evidence.kind, "") if evidence.kind else IMPLIED_BY_FIELD.get(evidence.field, "")
    if MEETING.search(evidence.occasion) or MEETING.search(evidence.quote):
        implied += " meet talk speak see chat time"
    words = [part for text in said for part in (*_parts(text), *_money(text))]
    stems = frozenset(stem(word) for word in words)
    senses = frozenset().union(*(meanings(word) for word in [*words, *implied.split()]))
    return Ground(evidence, stems, senses)


def _parts(text: str) -> list[str]:
    return [part for word in find_words(strip_hidden(text)) for part in re.split(r"[-–/]", word.text) if part]


_MONEY = {"£": "pounds", "€": "euros", "$": "dollars"}


def _money(text: str) -> list[str]:
    """The word for each sign of money: "£2,000" are pounds."""
    return [word for sign, word in _MONEY.items() if sign in text]


_OFFERS_TO_SEND = re.compile(
    r"\s*(?:shall|should|may|could|can) (?:i|we) (?:send|forward|pass|share|show|give)\b[^.!]*\?\s*$", re.IGNORECASE
)


def content_words(text: str) -> tuple[Span, ...]:
    """The words of a sentence that need evidence: no stopword, no frame, no free word (unless it tells the past)."""
    bare = without_frames(text)
    words = find_words(bare)
    sends = _OFFERS_TO_SEND.match(text)
    kept: list[Span] = []
    for place, word in enumerate(words):
        if sends and stem(word.text) in DELIVERABLES:
            continue
        if not all(_is_free(part) for part in re.split(r"[-–/]", word.text)) or _tells_past(bare, words, place):
            kept.append(word)
    return tuple(kept)


def _is_free(part: str) -> bool:
    folded = fold(part).removesuffix("'s")
    return (
        not part
        or folded in STOPWORDS
        or re.sub(r"n't$|'(?:m|d|ll|ve|re)$", "", folded) in STOPWORDS
        or folded.removesuffix("'t") in STOPWORDS
        or stem(part) in FREE
    )


_PRONOUNS = frozenset("i you we they he she who it".split())
_NOT_PAST = frozenset("interested pleased need used thought wondered wanted hoped kind indeed sorted based".split())
_MODALS = frozenset("would could might may will shall should can to if be 'd i'd i'll we'd you'd let".split())


def _tells_past(text: str, words: Sequence[Span], place: int) -> bool:
    """Whether a free word is used to say that something happened: "I sent", "you have asked", "we talked"."""
    word = fold(words[place].text)
    is_past = (word.endswith("ed") and len(word) > 3) or (
        stem(word) != word and not word.endswith(("ing", "s", "e", "y", "ly")) and word in PAST_FORMS
    )
    if not is_past or word in _NOT_PAST:
        return False
    before = [fold(other.text) for other in words[max(0, place - 3) : place]]
    return any(one in _PRONOUNS or one.endswith("'ve") for one in before) and not any(one in _MODALS for one in before)


PAST_FORMS = frozenset(
    "said told sent showed spoke wrote met gave came went took knew felt saw heard held turned meant".split()
)


# That somebody said, heard or met is judged by who and to whom (`relations`), not by the word.
JUDGED_AS_RELATIONS = frozenset(
    stem(word)
    for word in "say tell mention speak talk chat write meet hear discuss wonder think hope thank note gather forget "
    "remember notice want".split()
)


def find_uncovered(
    words: Iterable[Span], grounds: Iterable[Ground], also: frozenset[str] = frozenset()
) -> tuple[Span, ...]:
    """The words that none of the grounds, nor the stems in `also`, lets one say."""
    senses = also.union(*(ground.senses for ground in grounds))
    return tuple(word for word in words if not _covers(senses, word.text))


def _covers(senses: frozenset[str], word: str) -> bool:
    if meanings(word) & senses:
        return True
    parts = re.split(r"[-–/]", word)
    return all(
        (_is_free(part) and (len(parts) > 1 or stem(part) in JUDGED_AS_RELATIONS))
        or bool(meanings(part) & senses)
        or _number_said(part, senses)
        for part in parts
    )


def _number_said(part: str, senses: frozenset[str]) -> bool:
    """Digits are judged by value with the other hard parts, not here."""
    return part.isdigit() or bool(re.fullmatch(r"\d+(?:st|nd|rd|th|k|m)", part.lower()))


def find_cover(
    words: Sequence[Span],
    grounds: Sequence[Ground],
    most: int = 3,
    prefer: Callable[[Ground], int] = lambda ground: 0,
) -> tuple[Ground, ...]:
    """The few grounds that together cover most of the words, best first: a greedy cover of at most `most`.

    Of grounds that cover as much, the one that `prefer` rates highest, then the one that says least besides.
    """
    chosen: list[Ground] = []
    left = list(words)
    while left and grounds and len(chosen) < most:
        best = max(grounds, key=lambda one: (_covered(left, one), prefer(one), -len(one.senses)))
        if not _covered(left, best):
            break
        chosen.append(best)
        left = [word for word in left if not _covers(best.senses, word.text)]
    return tuple(chosen)


def _covered(words: Sequence[Span], ground: Ground) -> int:
    return sum(_covers(ground.senses, word.text) for word in words)


def support(sentence: str, evidence: Sequence[str]) -> float:
    """How much of `sentence` the evidence bears, 0..1.

    The mean of three shares: of all its words that stand in the evidence; of its meaning words that stand together
    in one sentence of it; of the meaning words of its least borne part. A question states less: half. Measured in
    `evals.claims`; each share sees what the others miss (small words, recombination, an added half-sentence).
    """
    said = frozenset(stem(word.text) for text in evidence for word in find_words(text))
    together = [frozenset(content_stems(one.text)) for text in evidence for one in split_sentences(text)]
    parts = [content_stems(one.text) for one in split_sentences(sentence)]
    meant = [one for part in parts for one in part]
    if not meant or not together:
        return 0.0
    every = _share([stem(word.text) for word in find_words(sentence)], said)
    beside = max(_share(meant, one) for one in together)
    least = min(_share(part, said) for part in parts if part)
    asked = sentence.rstrip(" \"'”’)").endswith("?")
    return (every + beside + least) / 3 * (0.5 if asked else 1.0)


def _share(words: Sequence[str], known: frozenset[str]) -> float:
    return sum(one in known for one in words) / len(words)
