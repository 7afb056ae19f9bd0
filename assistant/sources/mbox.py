"""Cutting an mbox into its mails, at the speed of the disk and in a few megabytes whatever its size.

Finds where each mail begins and gives no more of it than is asked for, so that a long attachment costs time and no
memory. It must never hold a mailbox, lock it, or write to it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

_BLOCK = 1 << 20
_MOST_LINE = 1000  # a longer "From " line is none
_LOOK = 1200  # what must stand behind a "From " before it can be judged
_DATED = re.compile(rb"\d\d?:\d\d.*\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b.*\d\d?:\d\d")
_HEADER = re.compile(rb">?[A-Za-z][!-9;-~]{0,79}:")
_USUAL = re.compile(
    rb"(?:return-path|received|delivered-to|envelope-to|from|to|cc|subject|date|sender|reply-to|message-id|in-reply-to"
    rb"|references|mime-version|content-[a-z-]+|status|dkim-signature|authentication-results|arc-[a-z-]+|x-[\w-]+):",
    re.IGNORECASE,
)


class RawMail(NamedTuple):
    """The beginning of one mail without its "From " line, and how many bytes into the file it stands."""

    offset: int
    data: bytes


def looks_like_mbox(head: bytes) -> bool:
    """Whether a file that begins so is an mbox."""
    return head.startswith(b"From ") and _begins_mail(b"\n" + head, 1)


def read_mbox(path: Path, most: int) -> Iterator[RawMail]:
    """Each mail of the file, cut after `most` bytes. Raises `OSError` where the file cannot be read."""
    with path.open("rb") as scanned, path.open("rb", buffering=0) as picked:
        for start, end in itertools.pairwise(itertools.chain(_find_starts(scanned), (None,))):
            if start is not None:
                yield _pick(picked, start, most if end is None else min(most, end - start))


def _pick(file: BinaryIO, offset: int, size: int) -> RawMail:
    file.seek(offset)
    data = file.read(size)
    return RawMail(offset, data[data.find(b"\n") + 1 :])


def _find_starts(file: BinaryIO) -> Iterator[int]:
    """Where each mail begins, in bytes from the start of the file."""
    window, base = b"\n", -1  # as though a line ended before the file
    while True:
        block = file.read(_BLOCK)
        window += block
        place = window.find(b"\nFrom ")
        while place >= 0 and (len(window) - place >= _LOOK or not block):
            if _begins_mail(window, place + 1):
                yield base + place + 1
            place = window.find(b"\nFrom ", place + 5)
        if not block:
            return
        # A mark that could not be judged yet is looked at again, with the line before it.
        kept = max(0, (place if place >= 0 else len(window) - 6) - 4)
        window, base = window[kept:], base + kept


def _begins_mail(window: bytes, start: int) -> bool:
    """Whether the line at `start` begins a mail: not all programs mark a line "From …" within one.

    It has a date, and a header and an empty line beside it; one of the three may be weaker where the others are strong.
    """
    end = window.find(b"\n", start, start + _MOST_LINE)
    if end < 0:
        return False
    follows = window[end + 1 : end + 100]
    is_after_gap = start == 1 or window[start - 2 : start] == b"\n\n" or window[start - 3 : start] == b"\n\r\n"
    is_dated = bool(_DATED.search(window, start, end))
    if _USUAL.match(follows):
        return is_dated or is_after_gap
    return is_dated and is_after_gap and bool(_HEADER.match(follows))
