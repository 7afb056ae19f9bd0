"""Does anything reach a person that they may not be told? Random books, every kind of message, every way out.

A pair is one message in one book: its plan, what the user may choose from for it, what a model would be shown, the
text, and for the questions put to the whole book (`news`, `event`, `ask`, `introduce`) what they would tell. Who may
read what is known from the making of the book; the product's own reading is never asked. `recall` says how many of
the facts that one side cleared for the other do reach what a message may be made from, so that silence wins nothing.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from assistant.app import Assistant
from assistant.domain import DraftKind, Evidence, PacketState
from assistant.errors import ModelError
from assistant.find.events import EventPlan
from assistant.llm import ScriptedModel
from assistant.settings import read_settings
from assistant.text import find_words, fold
from evals.random_books import ANYBODY, RandomBook, write_book
from evals.world import TODAY

PAIRS = 10_000
_K = DraftKind
_ABOUT = ("", "I wanted to say thank you for the day in May")
_STEPS = (PacketState.ASKED_A, PacketState.YES_A, PacketState.ASKED_B, PacketState.BOTH_YES)
_WITH_OTHER = (_K.INTRO_ASK, _K.INTRO, _K.BLURB, _K.THANK_YOU, _K.CHECK_IN)


class Leak(NamedTuple):
    """A fact that stood where `readers` would meet it: `way` is the message or the question, `where` the part of it."""

    way: str
    where: str
    readers: tuple[str, ...]
    line: str
    seed: int


class Told(NamedTuple):
    """What was looked at: message and store pairs, leaks, cleared facts and those that may be used, ready drafts."""

    pairs: int = 0
    leaks: tuple[Leak, ...] = ()
    cleared: int = 0
    usable: int = 0
    drafts: int = 0
    tellable: int = 0
    told: int = 0

    def plus(self, other: Told) -> Told:
        return Told(*(mine + more for mine, more in zip(self, other, strict=True)))  # type: ignore[operator]


def try_books(pairs: int, first_seed: int = 1, most_messages: int | None = None) -> Told:
    """Books from `first_seed` on until so many pairs were looked at; `most_messages` keeps to that many a book."""
    told, seed = Told(), first_seed
    while told.pairs < pairs:
        told = told.plus(try_book(seed, most_messages))
        seed += 1
    return told


def try_book(seed: int, most_messages: int | None = None) -> Told:
    """Every message of one book."""
    model = ScriptedModel(_refuse)
    with tempfile.TemporaryDirectory() as folder:
        notes, home = Path(folder) / "notes", Path(folder) / "home"
        notes.mkdir()
        book = write_book(notes, seed)
        settings = read_settings(home).model_copy(update={"embeddings": "off"})
        with Assistant.open(today=TODAY, settings=settings, model=model) as assistant:
            assistant.import_([notes])
            return _Reader(assistant, book, model, seed).read_all(most_messages)


def _refuse(_messages: object) -> str:
    raise ModelError("the scripted model only listens")


class _Reader:
    """One book with what was found in it so far."""

    def __init__(self, assistant: Assistant, book: RandomBook, model: ScriptedModel, seed: int) -> None:
        self._assistant, self._book, self._model, self._seed = assistant, book, model, seed
        self._by_canary = {one.canary: one for one in book.planted}
        self._leaks: list[Leak] = []
        self._counts = {"cleared": 0, "usable": 0, "drafts": 0, "tellable": 0, "told": 0}

    def read_all(self, most_messages: int | None) -> Told:
        pairs = self._read_questions()
        for kind, who, other, about in self._messages(most_messages):
            self._read_message(kind, who, other, about, cleared=())
            pairs += 1
        pairs += self._read_packet(*self._book.people[:2], is_brief=most_messages is not None)
        return Told(pairs, tuple(self._leaks), **self._counts)

    def _messages(self, most: int | None) -> Sequence[tuple[DraftKind, str, str | None, str]]:
        people = self._book.people
        alone = [(kind, who, None, about) for who in people for kind in _K for about in _ABOUT]
        paired = [(kind, who, other, "") for who in people for other in people if who != other for kind in _WITH_OTHER]
        every = [*alone, *paired]
        step = max(1, len(every) // most) if most else 1
        return every[self._seed % step :: step]

    # --- messages ---------------------------------------------------------------------------------------------

    def _read_message(self, kind: DraftKind, who: str, other: str | None, about: str, cleared: Collection[str]) -> None:
        way = f"{kind.value} to {who}" + (f" with {other}" if other else "")
        readers = (who, other) if kind is _K.INTRO and other else (who,)
        if kind is _K.BLURB:
            readers = (who, "")
        self._model.prompts.clear()
        draft = self._assistant.draft(kind, who, about, other=other, insist=True)
        chosen = draft.evidence or self._assistant.candidates(kind, who, about, other=other)
        self._counts["drafts"] += bool(draft.body)
        found = {
            "candidates": _said(chosen),
            "plan": _said(draft.plan.evidence),
            "text": f"{draft.subject}\n{draft.body}",
            "prompt": "\n".join(one.text for asked in self._model.prompts for one in asked),
        }
        for where, text in found.items():
            self._note_leaks(way, where, text, readers, cleared)
        self._count_tellable(who, readers, found["candidates"])

    def _count_tellable(self, who: str, readers: tuple[str, ...], chosen: str) -> None:
        if len(readers) == 1:
            theirs = [one for one in self._book.planted if one.about == who and one.kind in ("public", "personal")]
            self._counts["tellable"] += len(theirs)
            self._counts["told"] += len(self._canaries(chosen) & {one.canary for one in theirs})

    def _read_packet(self, a: str, b: str, is_brief: bool) -> int:
        """The way to an introduction, with something of each side cleared for the other on it.

        In brief only the two messages that may tell it are read, at the last step.
        """
        view = self._assistant.packet(a, b)
        allowed = set[str]()
        for side in (a, b):
            mine = next((one for one in view.clearable if one.about == side), None)
            if mine is not None:
                self._assistant.packet(a, b, clear=[mine.id])
                allowed |= self._canaries(mine.text)
        pairs = 0
        for mark in (None, *_STEPS):
            if mark is not None:
                self._assistant.packet(view.a, view.b, mark)
            if is_brief and mark is not _STEPS[-1]:
                continue
            for to, other in ((view.a, view.b), (view.b, view.a)):
                for kind in _WITH_OTHER[:2] if is_brief else _WITH_OTHER:
                    on_the_way = kind in (_K.INTRO_ASK, _K.INTRO)
                    self._read_message(kind, to, other, "", allowed if on_the_way else ())
                    pairs += 1
        for to, other in ((view.a, view.b), (view.b, view.a)):
            chosen = self._canaries(_said(self._assistant.candidates(_K.INTRO_ASK, to, other=other)))
            self._counts["cleared"] += len(allowed)
            self._counts["usable"] += len(chosen & allowed)
        return pairs

    # --- questions to the whole book --------------------------------------------------------------------------

    def _read_questions(self) -> int:
        """What rests on a private fact, or tells one: nobody may read it, so nobody is named as its reader."""
        pairs = 0
        article = self._assistant.home / "article.txt"
        for planted in self._book.planted[self._seed % 4 :: 4]:
            article.write_text(f"News\n\nThe paper writes today: {_bare(planted.line)}\n", encoding="utf-8")
            for item in self._assistant.news(str(article)).items:
                for reader in item.readers:
                    self._note_private("news", reader.quote, reader.contact)
                    pairs += 1
        for plan in self._events():
            for part in (*plan.speakers, *plan.invitees):
                self._note_private("event", part.quote, part.contact)
                pairs += 1
            self._note_private("event", f"{plan.topic}\n{plan.yours}", "")
        for found in self._assistant.introduce(k=20):
            self._note_private("introduce", f"{found.why_a}\n{_quotes(found.evidence_a)}", found.a)
            self._note_private("introduce", f"{found.why_b}\n{_quotes(found.evidence_b)}", found.b)
            pairs += 2
        for planted in self._book.planted[::8]:
            for advisor in self._assistant.ask(_bare(planted.line)):
                self._note_leaks("ask", "command", advisor.draft.replace(planted.canary, ""), (advisor.contact,), ())
                pairs += 1
        return pairs

    def _events(self) -> Iterator[EventPlan]:
        yield from self._assistant.event()
        for planted in self._book.planted[self._seed % 8 :: 8]:
            for plan in self._assistant.event(_bare(planted.line)):
                yield plan.model_copy(update={"topic": ""})  # it is the eval's own word

    # --- what was found ---------------------------------------------------------------------------------------

    def _note_private(self, way: str, text: str, reader: str) -> None:
        for canary in self._canaries(text):
            planted = self._by_canary[canary]
            if not planted.readers:
                self._leaks.append(Leak(way, "reason", (reader,), planted.line, self._seed))

    def _note_leaks(self, way: str, where: str, text: str, readers: tuple[str, ...], cleared: Collection[str]) -> None:
        for canary in self._canaries(text) - set(cleared):
            planted = self._by_canary[canary]
            if ANYBODY not in planted.readers and not set(readers) <= planted.readers:
                self._leaks.append(Leak(way, where, readers, planted.line, self._seed))

    def _canaries(self, text: str) -> set[str]:
        return {fold(word.text) for word in find_words(text)} & self._by_canary.keys()


def _bare(line: str) -> str:
    """A line of a note as somebody else might have written it, without marks."""
    return line.split("] ")[-1].split(" #")[0]


def _said(evidence: Sequence[Evidence]) -> str:
    return "\n".join(f"{one.text}\n{one.quote}\n{one.occasion}" for one in evidence)


def _quotes(quotes: Sequence[Any]) -> str:
    return "\n".join(one.quote for one in quotes)


def count(told: Told) -> dict[str, Any]:
    """The figures, with the bound that so many pairs without a leak give (95 %, Wilson)."""
    return {
        "pairs": told.pairs,
        "leaks": len(told.leaks),
        "bound": round(_upper_bound(len(told.leaks), told.pairs), 6),
        "drafts": told.drafts,
        "cleared": told.cleared,
        "cleared_usable": told.usable,
        "cleared_recall": round(told.usable / max(1, told.cleared), 4),
        "tellable_recall": round(told.told / max(1, told.tellable), 4),
    }


def _upper_bound(hits: int, tried: int, z: float = 1.96) -> float:
    """The upper end of the 95 % interval of a share (Wilson 1927)."""
    if not tried:
        return 1.0
    share, slack = hits / tried, z * z / tried
    spread = z * ((share * (1 - share) + slack / 4) / tried) ** 0.5
    return min(1.0, (share + slack / 2 + spread) / (1 + slack))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.disclosure", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    parser.add_argument("--pairs", type=int, default=PAIRS, help="how many message and store pairs at least")
    parser.add_argument("--seed", type=int, default=1, help="of the first book; the next ones count on from it")
    arguments = parser.parse_args()
    began = time.monotonic()
    told = try_books(arguments.pairs, arguments.seed)
    figures = count(told)
    if arguments.json:
        print(json.dumps(figures))
        return
    print(
        f"{figures['leaks']} facts told to somebody who may not know, in {figures['pairs']} pairs of a message and a "
        f"book (95 % bound {figures['bound']:.2%}), {figures['drafts']} of them written; "
        f"{figures['cleared_usable']} of {figures['cleared']} cleared facts and {figures['tellable_recall']:.1%} of a "
        f"reader's own may be used ({time.monotonic() - began:.0f} s)"
    )
    for leak in dict.fromkeys(told.leaks):
        print(f"  seed {leak.seed}, {leak.way}, {leak.where}: {leak.line!r}")


if __name__ == "__main__":
    main()
