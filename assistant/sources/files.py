"""From paths to records and encounters: walks folders, tells a file's kind by name and content, picks the reader.

People come first (`read_files`), because whose mail it is can only be told when they are known (`read_encounters`). It
must never write, and never let one bad file stop the others: what cannot be read is a `BadRecord` that says where and
why.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from assistant.domain import BadRecord, Encounter, PassedOver, Record, Series
from assistant.errors import SourceError
from assistant.sources.calendar import read_calendar
from assistant.sources.linkedin import read_connections
from assistant.sources.mail import Viewpoint, looks_like_mail, read_mail
from assistant.sources.markdown import looks_like_notes, read_markdown
from assistant.sources.mbox import looks_like_mbox, read_mbox
from assistant.sources.vcard import read_vcards

_NOTES = (".md", ".markdown", ".txt")
_CARDS = (".vcf", ".vcard")
_RECORDS = (*_NOTES, *_CARDS, ".csv")
_MAILS = (".mbox", ".mbx", ".eml")
_CALENDARS = (".ics", ".ical", ".ifb")
_KNOWN = (*_RECORDS, *_MAILS, *_CALENDARS)
_MOST_BYTES = 50 * 1024 * 1024
Kind = Literal["record", "mail", "calendar", ""]


class SourceFile(NamedTuple):
    """A file and what is in it; `asked_for` says that the user named it, and not only a folder around it."""

    path: Path
    kind: Kind
    asked_for: bool


def find_files(paths: Sequence[Path]) -> tuple[SourceFile, ...]:
    """Every file that can be read. Raises `SourceError` for a path that is not there."""
    for path in paths:
        if not path.exists():
            raise SourceError(f"{path}: not found; give a file or a folder that exists")
    found: list[SourceFile] = []
    for path in paths:
        if path.is_dir():
            found += [SourceFile(file, kind, False) for file in _walk(path) if (kind := _kind_of(file))]
        else:
            found.append(SourceFile(path, _kind_of(path), True))
    return tuple(found)


def read_files(paths: Sequence[Path]) -> Iterator[Record | BadRecord]:
    """Every record of every path. Raises `SourceError` for a path that is not there, before anything is read."""
    for file in find_files(paths):
        if file.kind in ("record", ""):
            yield from _read_file(file.path, file.asked_for)


def read_encounters(
    files: Sequence[SourceFile], viewpoint: Viewpoint
) -> Iterator[Encounter | Series | PassedOver | BadRecord]:
    """The mails and events of every file that holds some, a mail at a time."""
    for file in files:
        if file.kind == "calendar":
            text = _read_text(file.path)
            yield from [text] if isinstance(text, BadRecord) else read_calendar(text, str(file.path), viewpoint)
        elif file.kind == "mail":
            yield from _read_mails(file.path, viewpoint)


def _read_mails(path: Path, viewpoint: Viewpoint) -> Iterator[Encounter | PassedOver | BadRecord]:
    try:
        with path.open("rb") as file:
            head = file.read(viewpoint.most)
        if not head.strip():
            yield BadRecord(where=f"{path}:0", reason="the file is empty")
        elif looks_like_mbox(head):
            for mail in read_mbox(path, viewpoint.most):
                yield read_mail(mail.data, f"{path}:{mail.offset}", viewpoint)
        else:
            yield read_mail(head, f"{path}:0", viewpoint)
    except OSError as error:
        yield BadRecord(where=f"{path}:0", reason=f"cannot be read: {error.strerror}")


def _kind_of(path: Path) -> Kind:
    """By the name where it says enough, else by what the file begins with; empty for what is none of them."""
    suffix = path.suffix.lower()
    if suffix in _RECORDS:
        return "record"
    if suffix in _CALENDARS:
        return "calendar"
    if suffix in _MAILS:
        return "mail"
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return ""
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:15].upper() == b"BEGIN:VCALENDAR":
        return "calendar"
    return "mail" if looks_like_mbox(head) or looks_like_mail(head) else ""


def _walk(folder: Path) -> Iterator[Path]:
    """Files of a known kind or of no kind by name (mail programs' own), in order; hidden folders are not looked into,
    nor links to folders."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and (name.lower().endswith(_KNOWN) or "." not in name):
                yield Path(place) / name


def _read_file(path: Path, asked_for: bool) -> Iterator[Record | BadRecord]:
    """`asked_for` files say why they cannot be read; in a folder, a text that is about nobody is passed over."""
    suffix = path.suffix.lower()
    if suffix not in _RECORDS:
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
