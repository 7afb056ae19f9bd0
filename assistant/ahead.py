"""Answers of a large book reckoned ahead, in a process of their own, so that no page waits for them.

What takes seconds over 100,000 notes is asked here: a page gets the last answer at once, learns whether it is still
current, and a quiet process of low priority brings it up to date. It must never pass an old answer off as current, and
never run twice over one book at a time. Books of ordinary size are answered on the spot.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from filelock import FileLock, Timeout
from pydantic import TypeAdapter

from assistant.app import Assistant
from assistant.find.balance import ContactBalance
from assistant.find.due import DueContact
from assistant.find.introductions import Introduction
from assistant.find.network import Network
from assistant.find.suggestions import Candidate
from assistant.settings import read_settings
from assistant.store.kept import load_answer, lock_of

MOST_DUE = 40


class Question(NamedTuple):
    """How a question is asked of an open book, and the shape of its answer."""

    ask: Callable[[Assistant, str], Any]
    shape: TypeAdapter[Any]


QUESTIONS: Mapping[str, Question] = {
    "due": Question(lambda book, _: book.due(most=MOST_DUE), TypeAdapter(tuple[DueContact, ...])),
    "balance": Question(lambda book, _: book.balance(), TypeAdapter(tuple[ContactBalance, ...])),
    "candidates": Question(lambda book, _: book.candidates_today(), TypeAdapter(tuple[Candidate, ...])),
    "network": Question(lambda book, _: book.network(), TypeAdapter(Network)),
    "introductions": Question(lambda book, who: book.introduce(who), TypeAdapter(tuple[Introduction, ...])),
}
"""In the order they are reckoned: what stands on the first page comes first."""


_BEGUN: dict[tuple[str, str], subprocess.Popen[bytes]] = {}


class Answer(NamedTuple):
    """`value` is None where nothing was reckoned today yet; `is_current` says that no record changed since."""

    value: Any
    is_current: bool


def find_answer(assistant: Assistant, name: str, about: str = "") -> Answer:
    """The last answer to a question about the whole book; one that is missing or old is being reckoned from now on."""
    kept = load_answer(assistant.home, _key(name, about), assistant.today)
    known = kept is not None and kept.revision == assistant.revision
    if not known:
        begin(assistant, name, about)
    return Answer(_parse(name, kept.data) if kept else None, known)


@lru_cache(maxsize=8)
def _parse(name: str, data: bytes) -> Any:
    """An answer that is asked for with every look at a page; equal data is one answer."""
    return QUESTIONS[name].shape.validate_json(data)


def is_current(assistant: Assistant, name: str, about: str = "") -> bool:
    """Whether the kept answer still is one."""
    kept = load_answer(assistant.home, _key(name, about), assistant.today)
    return kept is not None and kept.revision == assistant.revision


def begin(assistant: Assistant, name: str = "", about: str = "") -> None:
    """Starts the process over this book, unless it runs already."""
    key = (str(assistant.home), about)
    if key in _BEGUN and _BEGUN[key].poll() is None:
        return
    command = [sys.executable, "-P", "-m", "assistant.ahead", "--day", assistant.today.isoformat()]
    if about:
        command += ["--name", name, "--about", about]
    place = {"GIVEFIRST_HOME": str(assistant.home)}
    _BEGUN[key] = subprocess.Popen(
        command,
        env=os.environ | place,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def reckon(assistant: Assistant, name: str, about: str = "", anew: bool = False) -> bool:
    """Answers one question and keeps the answer, unless the kept one is current; whether it did."""
    if is_current(assistant, name, about) and not anew:
        return False
    ask, shape = QUESTIONS[name]
    assistant.keep_answer(_key(name, about), lambda: shape.dump_json(ask(assistant, about)))
    return True


def reckon_all(assistant: Assistant) -> None:
    """Answers every question about the whole book that has no current answer."""
    answered = {name for name in QUESTIONS if reckon(assistant, name)}
    if "introductions" in answered:
        reckon(assistant, "candidates", anew=True)  # the first page need not wait for the pairs, but shall have them


def _key(name: str, about: str) -> str:
    return f"{name}:{about}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m assistant.ahead", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--day", required=True)
    parser.add_argument("--name", choices=sorted(QUESTIONS))
    parser.add_argument("--about", default="")
    parser.add_argument("--index", action="store_true")
    arguments = parser.parse_args()
    settings = read_settings(today=arguments.day)
    lock = FileLock(str(lock_of(settings.home, arguments.about)), timeout=0, mode=0o600)
    with contextlib.suppress(Timeout), lock:
        with contextlib.suppress(OSError):
            os.nice(10)
        with Assistant.open(settings=settings) as assistant:
            if arguments.index:
                assistant.build_index()
            elif arguments.name:
                reckon(assistant, arguments.name, arguments.about)
            else:
                reckon_all(assistant)
        if not (arguments.index or arguments.name):
            # Anew: an index must be written out of memory that holds nobody's vectors but those of the book.
            os.execv(sys.executable, [sys.executable, "-P", "-m", "assistant.ahead", "--day", arguments.day, "--index"])


if __name__ == "__main__":
    main()
