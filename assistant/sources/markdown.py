"""Markdown notes, one file a person: front matter, dated headings, prose and typed bullets kept verbatim.

Reads one file's text. It must never change a note's text, and never lose a file's people to one bad line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import yaml

from assistant.domain import BadRecord, NoteText, Record
from assistant.sources.identity import normal_email, normal_link, normal_phone
from assistant.text import strip_hidden

_FRONT = re.compile(r"\A---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^##(?!#)[ \t]+(?P<heading>[^\n]*?)[ \t]*\r?$", re.MULTILINE)
_TITLE = re.compile(r"^#(?!#)[ \t]+(?P<name>[^\n]+?)[ \t]*\r?$", re.MULTILINE)
_SCALARS = ("org", "title", "location", "industry", "how_met", "cadence", "birthday", "language")


def looks_like_notes(text: str) -> bool:
    """Whether this is a person's file: front matter that names somebody, a dated heading, or typed bullets."""
    return bool(
        re.search(r"^(?:name|me)\s*:", text[:4000], re.MULTILINE)
        or re.search(r"^##[ \t]+\d{4}-\d{2}-\d{2}", text, re.MULTILINE)
        or re.search(r"^\s*[-*]\s+\[(?:need|offer|interest|private|gave|received|asked|role)\]", text, re.MULTILINE)
    )


def read_markdown(text: str, file: str, source: str) -> Iterator[Record | BadRecord]:
    """The person of one file. `file` names it in messages, `source` is its key in the store."""
    front = _FRONT.match(text)
    fields: dict[str, Any] = {}
    if front:
        try:
            loaded = yaml.safe_load(front.group("yaml")) or {}
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            yield BadRecord(where=f"{file}:{_yaml_line(error)}", reason=f"front matter is not YAML: {_short(error)}")
            return
        if not isinstance(loaded, dict):
            yield BadRecord(where=f"{file}:1", reason="front matter must be lines of `key: value`")
            return
        fields = {str(key).strip().lower(): value for key, value in loaded.items()}
    body_start = front.end() if front else 0
    title = _TITLE.search(text, body_start)
    name = _text(fields.get("name")) or (strip_hidden(title.group("name")).strip() if title else "")
    if not name:
        yield BadRecord(where=f"{file}:1", reason="nobody is named; add `name: …` to the front matter")
        return
    yield from _bad_addresses(fields, file)
    yield _record(fields, name, file, source, _notes(text, body_start))


def _record(fields: dict[str, Any], name: str, file: str, source: str, notes: tuple[NoteText, ...]) -> Record:
    emails = [*_list(fields.get("email")), *_list(fields.get("emails"))]
    phones = [*_list(fields.get("phone")), *_list(fields.get("phones"))]
    links = [*_list(fields.get("links")), *_list(fields.get("link")), *_list(fields.get("linkedin"))]
    return Record(
        name=name,
        source=source,
        where=f"{file}:1",
        emails=_normal(emails, normal_email),
        phones=_normal(phones, normal_phone),
        links=_normal(links, normal_link),
        tags=tuple(dict.fromkeys(tag.lstrip("#") for tag in _list(fields.get("tags")))),
        do_not_contact=_yes(fields.get("do_not_contact")),
        me=_yes(fields.get("me")),
        notes=notes,
        **{name: _text(fields.get(name)) for name in _SCALARS},
    )


def _bad_addresses(fields: dict[str, Any], file: str) -> Iterator[BadRecord]:
    for key in ("email", "emails"):
        for value in _list(fields.get(key)):
            if not normal_email(value):
                yield BadRecord(
                    where=f"{file}:1", reason=f"{value!r} is no email address; the person is kept without it"
                )


def _normal(values: list[str], normal: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for value in values if (found := normal(value))))


def _text(value: Any) -> str:
    """A field as one line of text; lists are joined, dates written as ISO; a list in a list may hold itself."""
    if value is None or isinstance(value, bool | dict):
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(_text(one) for one in value if not isinstance(one, list | tuple) and _text(one))
    if isinstance(value, dt.date):
        return value.isoformat()
    return " ".join(strip_hidden(str(value)).split())


def _list(value: Any) -> list[str]:
    if isinstance(value, list | tuple):
        return [_text(one) for one in value if _text(one)]
    return [part.strip() for part in re.split(r"[,;]", _text(value)) if part.strip()]


def _yes(value: Any) -> bool:
    return value is True or _text(value).lower() in ("true", "yes", "1", "y")


def _yaml_line(error: Exception) -> int:
    mark = getattr(error, "problem_mark", None)
    return int(mark.line) + 2 if mark else 1


def _short(error: Exception) -> str:
    return str(getattr(error, "problem", None) or type(error).__name__)


# --- sections ---------------------------------------------------------------------------------------------------


def _notes(text: str, start: int) -> tuple[NoteText, ...]:
    """What stands before the first `##` heading is one undated note; every heading begins another."""
    headings = list(_HEADING.finditer(text, start))
    ends = [heading.start() for heading in headings] + [len(text)]
    seen: set[str] = set()
    found = [_note("", text, start, ends[0], seen)]
    for heading, end in zip(headings, ends[1:], strict=True):
        found.append(_note(heading.group("heading"), text, heading.end(), end, seen))
    return tuple(note for note in found if note.text.strip() or note.title)


def _note(heading: str, text: str, start: int, end: int, seen: set[str]) -> NoteText:
    key, count = heading, 1
    while key in seen:
        count += 1
        key = f"{heading} ({count})"
    seen.add(key)
    day, title = read_heading(heading)
    body = _TITLE.sub("", text[start:end]) if not heading else text[start:end]
    return NoteText(key=key, text=body.strip("\r\n"), title=title, date=day, line=text.count("\n", 0, start) + 1)


_MONTHS = "january february march april may june july august september october november december".split()
_ISO = re.compile(r"^(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?\b")
_WORDS = re.compile(
    rf"^(?:(?P<day>\d{{1,2}})(?:st|nd|rd"
    rf"|th)? )?(?P<month>{'|'.join(_MONTHS)})(?: (?P<day2>\d{{1,2}}),?)? (?P<year>\d{{4}})\b",
    re.IGNORECASE,
)


def read_heading(heading: str) -> tuple[dt.date | None, str]:
    """The day a heading begins with, and the rest of it. A month alone is its first day."""
    for pattern in (_ISO, _WORDS):
        match = pattern.match(heading)
        if match:
            day = _day(match)
            if day:
                return day, heading[match.end() :].strip(" \t:–—-,")
    return None, heading.strip()


def _day(match: re.Match[str]) -> dt.date | None:
    parts = match.groupdict()
    month = parts["month"] or "1"
    number = int(month) if month.isdigit() else _MONTHS.index(month.lower()) + 1
    try:
        return dt.date(int(parts["year"]), number, int(parts.get("day") or parts.get("day2") or 1))
    except ValueError:
        return None
