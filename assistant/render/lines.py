"""Lines of text for a terminal: joined, wrapped, dated. It must never decide what is shown."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable

from assistant.text import strip_hidden

_WIDTH = 92


def join_lines(lines: Iterable[str]) -> str:
    return "\n".join(strip_hidden(line) for line in lines)


def wrapped(text: str, indent: str = "") -> str:
    return textwrap.fill(strip_hidden(text), _WIDTH, initial_indent=indent, subsequent_indent=indent)


def day(day: dt.date | None) -> str:
    return day.isoformat() if day else "undated   "


def times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
