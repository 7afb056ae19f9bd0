"""Answers of the whole book, reckoned ahead and kept in files of their own beside the records, each with its revision.

They may be deleted at any time. It must never give an answer of another day, and never be taken for the truth: whoever
loads one sees whether the records have changed since.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from pathlib import Path
from typing import NamedTuple

from assistant.atomic import write_atomically

FOLDER = "kept"
_FORM = 1  # of what is kept; counted up when an answer gets another shape


class KeptAnswer(NamedTuple):
    """An answer as JSON, and the revision of the records it was reckoned from."""

    revision: str
    data: bytes


def save_answer(home: Path, name: str, day: dt.date, answer: KeptAnswer) -> None:
    """Puts the answer in the place of the one before, at once; readable by the user alone."""
    _make_folder(home)
    write_atomically(_path(home, name), _head(name, day, answer.revision) + b"\n" + answer.data)


def load_answer(home: Path, name: str, day: dt.date) -> KeptAnswer | None:
    """The answer of that day, of whatever revision; None where there is none, or none that can be read."""
    try:
        head, _, data = _path(home, name).read_bytes().partition(b"\n")
        revision = str(json.loads(head)["revision"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return KeptAnswer(revision, data) if head == _head(name, day, revision) else None


def lock_of(home: Path, name: str) -> Path:
    """Where whoever reckons this holds a lock; it goes with the answers."""
    return _make_folder(home) / f"{_path(home, name).name}.lock"


def drop_answers(home: Path) -> None:
    """Removes all of them, as forgetting somebody must."""
    shutil.rmtree(home / FOLDER, ignore_errors=True)


def _make_folder(home: Path) -> Path:
    folder = home / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _head(name: str, day: dt.date, revision: str) -> bytes:
    return json.dumps({"form": _FORM, "name": name, "day": day.isoformat(), "revision": revision}).encode()


def _path(home: Path, name: str) -> Path:
    return home / FOLDER / hashlib.sha256(name.encode()).hexdigest()[:32]
