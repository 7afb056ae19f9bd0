"""From paths to records: walks folders, tells a file's kind by its name and its content, picks the reader.

It must never write, and never let one bad file stop the others: what cannot be read is a `BadRecord` that says where
and why.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.domain import BadRecord, Record
from assistant.errors import SourceError
from assistant.sources.linkedin import read_connections
from assistant.sources.markdown import looks_like_notes, read_markdown
from assistant.sources.vcard import read_vcards

_NOTES = (".md", ".markdown", ".txt")
_CARDS = (".vcf", ".vcard")
_KNOWN = (*_NOTES, *_CARDS, ".csv")
_MOST_BYTES = 50 * 1024 * 1024


def read_files(paths: Sequence[Path]) -> Iterator[Record | BadRecord]:
    """Every record of every path. Raises `SourceError` for a path that is not there, before anything is read."""
    for path in paths:
        if not path.exists():
            raise SourceError(f"{path}: not found; give a file or a folder that exists")
    for path in paths:
        if path.is_dir():
            for file in _walk(path):
                yield from _read_file(file, asked_for=False)
        else:
            yield from _read_file(path, asked_for=True)


def count_files(paths: Sequence[Path]) -> int:
    """How many files `read_files` will look at."""
    return sum(len(list(_walk(path))) if path.is_dir() else 1 for path in paths if path.exists())


def _walk(folder: Path) -> Iterator[Path]:
    """Files of a known kind, in order; hidden folders (an editor's own) are not looked into, nor links to folders."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(_KNOWN) and not name.startswith("."):
                yield Path(place) / name


def _read_file(path: Path, asked_for: bool) -> Iterator[Record | BadRecord]:
    """`asked_for` files say why they cannot be read; in a folder, a text that is about nobody is passed over."""
    suffix = path.suffix.lower()
    if suffix not in _KNOWN:
        kinds = ", ".join(_KNOWN)
        yield BadRecord(where=f"{path}:1", reason=f"unknown kind of file; known are {kinds}")
        return
    text = _read_text(path)
    if isinstance(text, BadRecord):
        yield text
    elif suffix in _CARDS:
        yield from _read_cards(text, path)
    elif suffix == ".csv":
        yield from read_connections(text, str(path))
    elif looks_like_notes(text):
        yield from read_markdown(text, str(path), f"markdown:{path.parent.name}/{path.name}")
    elif asked_for:
        reason = "no note about a person: add front matter with `name: …`"
        yield BadRecord(where=f"{path}:1", reason=reason)


def _read_cards(text: str, path: Path) -> Iterator[Record | BadRecord]:
    if "BEGIN:VCARD" not in text.upper():
        yield BadRecord(where=f"{path}:1", reason="no vCard: there is no BEGIN:VCARD in it")
        return
    yield from read_vcards(text, str(path))


def _read_text(path: Path) -> str | BadRecord:
    """The file as text: UTF-8 or what its mark says, else the Western encoding old programs wrote."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            return BadRecord(where=f"{path}:1", reason="larger than 50 MB; split it")
        data = path.read_bytes()
    except OSError as error:
        return BadRecord(where=f"{path}:1", reason=f"cannot be read: {error.strerror}")
    if not data.strip():
        return BadRecord(where=f"{path}:1", reason="the file is empty")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    half = _half_of_zeros(data[:200])
    if half:
        return data.decode(half, "replace")
    if b"\x00" in data[:4096]:
        return BadRecord(where=f"{path}:1", reason="no text file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _half_of_zeros(data: bytes) -> str:
    """The UTF-16 a text without a mark is in: nearly every other byte of Western text is zero then."""
    for name, zeros, letters in (("utf-16-le", data[1::2], data[::2]), ("utf-16-be", data[::2], data[1::2])):
        if len(zeros) > 3 and zeros.count(0) > 0.6 * len(zeros) and letters.count(0) == 0:
            return name
    return ""
