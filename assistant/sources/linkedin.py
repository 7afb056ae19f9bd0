"""LinkedIn's Connections.csv, with its preamble: one connection a row, known again by the profile's link."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from assistant.domain import BadRecord, Record
from assistant.sources.identity import normal_email, normal_link
from assistant.text import strip_hidden

_WANTED = ("First Name", "Last Name", "URL")


def find_header(text: str) -> int | None:
    """The line number (from 0) of the header, wherever the preamble ends; None for another kind of CSV."""
    for number, line in enumerate(text.splitlines()[:200]):
        if all(name in line for name in _WANTED):
            return number
    return None


def read_connections(text: str, file: str) -> Iterator[Record | BadRecord]:
    """A record a row. A row that cannot be read is reported with its line and costs nothing else."""
    header = find_header(text)
    if header is None:
        wanted = ", ".join(_WANTED)
        yield BadRecord(where=f"{file}:1", reason=f"not LinkedIn's Connections.csv: no line with {wanted}")
        return
    body = "\n".join(text.splitlines()[header:])
    rows = csv.DictReader(io.StringIO(body), restkey="", restval="")
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadRecord(where=f"{file}:{header + rows.line_num}", reason=f"row cannot be read: {error}")
            continue
        yield from _read_row({key: _cell(value) for key, value in row.items() if key}, file, header + rows.line_num)


def _cell(value: object) -> str:
    return " ".join(strip_hidden(str(value or "")).split())


def _read_row(row: dict[str, str], file: str, line: int) -> Iterator[Record | BadRecord]:
    where = f"{file}:{line}"
    name = f"{row.get('First Name', '')} {row.get('Last Name', '')}".strip()
    if not any(row.values()):
        return
    if not name:
        yield BadRecord(where=where, reason="the row names nobody")
        return
    link, email = normal_link(row.get("URL", "")), normal_email(row.get("Email Address", ""))
    connected = row.get("Connected On", "")
    yield Record(
        name=name,
        source=f"linkedin:{link or email or name}",
        where=where,
        emails=(email,) if email else (),
        links=(link,) if link else (),
        org=row.get("Company", ""),
        title=row.get("Position", ""),
        how_met=f"Connected on LinkedIn, {connected}" if connected else "",
    )
