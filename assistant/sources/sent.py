"""Sent mail from where it lies: mbox files, mail files, folders of them, or text somebody pasted.

Reads a mail at a time and holds no more than one, so that a mailbox may be of any size. It must never write or lock a
file, and never let one broken mail stop the others.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from assistant.domain import BadRecord, SentMail, UnusedMail
from assistant.errors import SourceError
from assistant.sources.identity import normal_email
from assistant.sources.letter import is_closing, is_greeting, is_name
from assistant.sources.own_text import find_own_text
from assistant.sources.sent_mail import MOST_MAIL_BYTES, decode_text, read_mail
from assistant.text import count_words

Sent = SentMail | UnusedMail | BadRecord
_SUFFIXES = (".eml", ".mbox", ".mbx", ".txt", "")
_MOST_PASTED = 5_000_000
_MOST_LINE = 100_000
_SEPARATOR = re.compile(rb"From (?:\S.{0,200}\d:\d\d|\S+@\S+\s*$|-\s)")
_HEADER_START = re.compile(rb">?[A-Za-z][A-Za-z0-9-]{1,40}:|>From ")
_MARKED = re.compile(rb">+From ")
_HEADER = re.compile(r"(?P<name>[A-Za-z][A-Za-z-]{1,40}):(?:[ \t](?P<value>.*))?$")
_REAL_HEADERS = frozenset(("received", "return-path", "message-id", "mime-version", "content-type", "delivered-to"))
_PASTED_HEADERS = frozenset(("from", "to", "cc", "bcc", "subject", "date", "sent", "reply-to"))
_CUT = re.compile(r"\s*(?:-{3,}|={3,}|\*{3,}|_{3,}|#{3,}|\f)\s*$")


def read_sent(paths: Sequence[Path], mine: Collection[str] = ()) -> Iterator[Sent]:
    """Every mail of every path; `mine` are the user's addresses, as for `read_pasted`.

    Raises `SourceError` for a path that is not there, before anything is read.
    """
    for path in paths:
        if not path.exists():
            raise SourceError(f"{path}: not found; give an mbox file, a mail file or a folder of them")
    for path in paths:
        if path.is_dir():
            for file in _walk(path):
                yield from _read_file(file, mine, asked_for=False)
        else:
            yield from _read_file(path, mine, asked_for=True)


def _walk(folder: Path) -> Iterator[Path]:
    """Files that may hold mail, in order. A mail in a Maildir folder has a name with no known ending."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            is_maildir = Path(place).name in ("cur", "new")
            if not name.startswith(".") and (is_maildir or Path(name).suffix.lower() in _SUFFIXES):
                yield Path(place) / name


def _read_file(path: Path, mine: Collection[str], asked_for: bool) -> Iterator[Sent]:
    """By what the file holds, not by its name; in a folder, a file that holds no mail is passed over."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
            file.seek(0)
            if _SEPARATOR.match(head.split(b"\n", 1)[0]):
                yield from _read_mbox(file, str(path))
            elif path.suffix.lower() == ".eml" or _looks_like_mail(head):
                yield read_mail(file.read(MOST_MAIL_BYTES), f"{path}:1")
            elif not asked_for:
                return
            elif not head.strip():
                yield BadRecord(where=f"{path}:1", reason="the file is empty")
            elif b"\x00" in head and head[:2] not in (b"\xff\xfe", b"\xfe\xff"):
                yield BadRecord(where=f"{path}:1", reason="no mail and no text; export it as mbox or .eml")
            else:
                yield from read_pasted(_decode(file.read(_MOST_PASTED)), mine, str(path))
    except OSError as error:
        yield BadRecord(where=f"{path}:1", reason=f"cannot be read: {error.strerror}")


def _decode(data: bytes) -> str:
    return decode_text(data, "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "")


def _looks_like_mail(head: bytes) -> bool:
    """Whether a raw mail begins here: header lines, one of them such as only mail programs write."""
    names: set[str] = set()
    for line in head.decode("latin-1").splitlines():
        if line[:1] in (" ", "\t") and names:
            continue
        match = _HEADER.match(line)
        if not match:
            break
        names.add(match["name"].lower())
    return len(names) >= 2 and bool(names & _REAL_HEADERS)


def _read_mbox(file: BinaryIO, where: str) -> Iterator[Sent]:
    """The mails of an mbox, each cut at its limit; a long attachment costs time, not memory.

    A line "From …" begins a mail where a header follows it: not all programs mark such a line within a mail.
    """
    kept: list[bytes] = []
    size, start, is_after_gap = 0, 1, True
    held = b""
    for number, line in enumerate(iter(lambda: file.readline(_MOST_LINE), b""), 1):
        if held and _HEADER_START.match(line):
            if kept:
                yield read_mail(b"".join(kept), f"{where}:{start}")
            kept, size, start = [], 0, number - 1
        elif held:
            kept, size = _keep(kept, size, held)
        held = line if is_after_gap and _SEPARATOR.match(line) else b""
        if not held:
            kept, size = _keep(kept, size, line)
        is_after_gap = not line.strip()
    if kept:
        yield read_mail(b"".join(kept), f"{where}:{start}")


def _keep(kept: list[bytes], size: int, line: bytes) -> tuple[list[bytes], int]:
    """The line added, until the mail is full. An mbox writes ">From" for a line of a mail that begins with "From"."""
    if size < MOST_MAIL_BYTES:
        kept.append(line[1:] if _MARKED.match(line) else line)
    return kept, size + len(line)


# --- pasted text ------------------------------------------------------------------------------------------------


def read_pasted(text: str, mine: Collection[str] = (), where: str = "pasted") -> Iterator[Sent]:
    """The mails in a text: raw mails, or letters one after another, each with or without its header lines.

    A header from somebody who is not in `mine` (the user's addresses) stands above a quotation.
    """
    data = text[:_MOST_PASTED].encode("utf-8", "replace")
    if _SEPARATOR.match(data.lstrip().split(b"\n", 1)[0]):
        from io import BytesIO

        yield from _read_mbox(BytesIO(data.lstrip()), where)
    elif _looks_like_mail(data[:4096].lstrip()):
        yield read_mail(data.lstrip(), f"{where}:1")
    else:
        lines = re.split(r"\r\n|\r|\n", data.decode("utf-8"))
        for start, end in _cut_letters(lines, frozenset(mine)):
            yield from _read_letter(lines[start:end], f"{where}:{start + 1}")


def _cut_letters(lines: Sequence[str], mine: frozenset[str]) -> Iterator[tuple[int, int]]:
    """First and last line of each letter; dashes, header lines or a greeting behind a sign-off begin the next."""
    start, is_closed, is_top = 0, False, True
    for place, line in enumerate(lines):
        if _CUT.match(line):
            yield start, place
            start, is_closed, is_top = place + 1, False, True
            continue
        if not line.strip():
            continue
        gap = place == 0 or not lines[place - 1].strip()
        begins = gap and (_begins_header(lines, place, mine) or (is_closed and is_greeting(line)))
        if begins and not is_top:
            yield start, place
            start, is_closed = place, False
        is_top = False
        is_closed = _still_closed(is_closed, line)
    yield start, len(lines)


def _still_closed(is_closed: bool, line: str) -> bool:
    """A sign-off closes a letter, and the name below it leaves it closed."""
    return is_closing(line) or (is_closed and (is_name(line) or len(line.split()) <= 8))


def _begins_header(lines: Sequence[str], place: int, mine: frozenset[str]) -> bool:
    fields = _read_fields(lines[place : place + 8])
    if "from" in fields and not fields.keys() & {"subject", "to", "date", "sent"}:
        return False
    if "from" in fields:
        return bool({normal_email(one) for one in re.findall(r"[^\s<>\"(),;]+@[^\s<>\"(),;]+", fields["from"])} & mine)
    return "subject" in fields


def _read_fields(lines: Sequence[str]) -> dict[str, str]:
    """The header lines a letter begins with, by name in small letters."""
    fields: dict[str, str] = {}
    for line in lines:
        match = _HEADER.match(line.strip())
        if not match or match["name"].lower() not in _PASTED_HEADERS:
            break
        fields.setdefault(match["name"].lower(), (match["value"] or "").strip())
    return fields


def _read_letter(lines: Sequence[str], where: str) -> Iterator[Sent]:
    """One letter; its header lines, if it has some, are read as those of a mail are."""
    begin = next((place for place, line in enumerate(lines) if line.strip()), None)
    if begin is None:
        return
    head = len(_read_fields(lines[begin : begin + 8]))
    if head:
        block = [line.strip() for line in lines[begin : begin + head]]
        raw = "\n".join([*block, "", *lines[begin + head :]])
        header = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n"
        yield read_mail((header + raw).encode("utf-8", "replace"), where)
        return
    own = find_own_text("\n".join(lines[begin:]))
    if count_words(own):
        yield SentMail(where=where, text=own)
    else:
        yield UnusedMail(where=where, reason="no words of your own in it")
