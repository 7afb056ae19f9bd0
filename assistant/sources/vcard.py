"""vCard 2.1, 3.0 and 4.0, many cards a file, as real address books write them.

Our own reading of content lines: the stock parser refuses a third of what phones and mail programs export. It reads
line by line, so nesting costs nothing. It must never lose a card silently: one that names nobody is reported.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assistant.domain import BadRecord, NoteText, Record
from assistant.sources.identity import normal_email, normal_link, normal_phone
from assistant.text import strip_hidden


class Property(NamedTuple):
    """One content line: its name without group, its parameters, its value as it stands, its line number."""

    name: str
    parameters: dict[str, str]
    value: str
    line: int


_BEGIN = re.compile(r"^(?:[\w-]+\.)?begin:\s*vcard\s*$", re.IGNORECASE)
_END = re.compile(r"^(?:[\w-]+\.)?end:\s*vcard\s*$", re.IGNORECASE)


def read_vcards(text: str, file: str) -> Iterator[Record | BadRecord]:
    """A record a card. `file` names the place in messages. Cards of equal name without a UID are told apart."""
    given: dict[str, Record] = {}
    for one in _read_cards(text, file):
        if isinstance(one, Record):
            one = _told_apart(one, given)
            given[one.source] = one
        yield one


def _told_apart(record: Record, given: Mapping[str, Record]) -> Record:
    """The record under a source of its own; the same card twice keeps the one it has."""
    source, count = record.source, 1
    has_uid = not source.startswith(f"vcard:{record.name}")
    while not has_uid and (known := given.get(source)):
        if known == record.model_copy(update={"source": source, "where": known.where}):
            break
        count += 1
        source = f"{record.source} ({count})"
    return record.model_copy(update={"source": source})


def _read_cards(text: str, file: str) -> Iterator[Record | BadRecord]:
    card: list[Property] | None = None
    begun = 0
    for number, line in _unfold(text):
        if _BEGIN.match(line):
            if card is not None and card:
                yield from _read_card(card, file, begun)
            card, begun = [], number
        elif _END.match(line):
            if card is not None:
                yield from _read_card(card, file, begun)
            card = None
        elif card is not None:
            found = _read_line(line, number)
            if found:
                card.append(found)
    if card is not None:
        yield BadRecord(where=f"{file}:{begun}", reason="the card has no END:VCARD; what could be read is kept")
        yield from _read_card(card, file, begun)


def _unfold(text: str) -> Iterator[tuple[int, str]]:
    """Whole content lines with the number of their first line; quoted-printable lines are joined at a last `=`."""
    held, begun = "", 0
    for number, raw in enumerate(text.splitlines(), 1):
        soft = held.endswith("=") and "QUOTED-PRINTABLE" in held.partition(":")[0].upper()
        if soft:
            held = held[:-1] + raw
        elif raw[:1] in (" ", "\t") and held:
            held += raw[1:]
        else:
            if held:
                yield begun, held
            held, begun = raw, number
    if held:
        yield begun, held


def _read_line(line: str, number: int) -> Property | None:
    head, colon, value = _split_head(line)
    if not colon:
        return None
    name, *rest = head.split(";")
    parameters: dict[str, str] = {}
    for part in rest:
        key, equals, said = part.partition("=")
        key, said = (key.upper(), said.strip('"')) if equals else ("TYPE", key)
        if not equals and said.upper() in ("QUOTED-PRINTABLE", "BASE64", "B"):
            key = "ENCODING"
        parameters[key] = f"{parameters[key]},{said}" if key in parameters else said
    return Property(name.rpartition(".")[2].upper().strip(), parameters, value, number)


def _split_head(line: str) -> tuple[str, str, str]:
    """Splits at the first colon that stands outside quotes."""
    quoted = False
    for place, char in enumerate(line):
        if char == '"':
            quoted = not quoted
        elif char == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def decode(one: Property) -> str:
    """The value as text: quoted-printable and base64 decoded by the line's charset."""
    encoding = one.parameters.get("ENCODING", "").upper()
    charset = one.parameters.get("CHARSET", "utf-8")
    data: bytes
    if encoding == "QUOTED-PRINTABLE":
        data = quopri.decodestring(one.value.encode("utf-8", "surrogateescape"))
    elif encoding in ("B", "BASE64"):
        try:
            data = base64.b64decode(one.value, validate=False)
        except (binascii.Error, ValueError):
            return one.value
    else:
        return one.value
    try:
        return data.decode(charset)
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def _unescape(text: str) -> str:
    said = re.sub(r"\\([nN,;:\\])", lambda match: "\n" if match.group(1) in "nN" else match.group(1), text)
    return strip_hidden(said).strip()


def _parts(text: str, mark: str = ";") -> list[str]:
    """The parts of a structured value; an escaped mark does not part."""
    return [_unescape(part) for part in re.split(rf"(?<!\\){mark}", text)]


_NAMED = {"ORG": "org", "TITLE": "title", "CATEGORIES": "tags", "BDAY": "birthday", "NOTE": "note", "NICKNAME": "nick"}
_LINKS = ("URL", "X-SOCIALPROFILE", "SOCIALPROFILE", "IMPP")


def _read_card(card: list[Property], file: str, begun: int) -> Iterator[Record | BadRecord]:
    values: dict[str, list[str]] = {}
    for one in card:
        if one.name not in ("PHOTO", "LOGO", "KEY", "SOUND"):
            values.setdefault(one.name, []).append(decode(one))
    name = _name(values)
    emails = _normal(values.get("EMAIL", []), normal_email)
    where = f"{file}:{begun}"
    if not name:
        if not emails:
            yield BadRecord(where=where, reason="the card names nobody and has no email address")
            return
        name = emails[0]
    for value in values.get("EMAIL", []):
        if value.strip() and not normal_email(_unescape(value)):
            yield BadRecord(where=where, reason=f"{value.strip()!r} is no email address; the person is kept without it")
    yield _record(name, values, emails, file, where)


def _record(name: str, values: dict[str, list[str]], emails: tuple[str, ...], file: str, where: str) -> Record:
    phones = _normal(values.get("TEL", []), normal_phone)
    links = _normal([link for key in _LINKS for link in values.get(key, [])], normal_link)
    uid = _unescape(next(iter(values.get("UID", [])), ""))
    notes = [_unescape(text) for text in values.get("NOTE", []) if text.strip()]
    first = {key: _unescape(next(iter(found), "")) for key, found in values.items()}
    org = ", ".join(part for part in _parts(next(iter(values.get("ORG", [])), "")) if part)
    return Record(
        name=name,
        source=f"vcard:{uid or ' '.join((name, *emails[:1], *phones[:1])) or file}",
        where=where,
        emails=emails,
        phones=phones,
        links=links,
        org=org,
        title=first.get("TITLE", "") or first.get("ROLE", ""),
        location=_place(values.get("ADR", [])),
        tags=tuple(tag for text in values.get("CATEGORIES", []) for tag in _parts(text, ",") if tag),
        birthday=_birthday(first.get("BDAY", "")),
        notes=tuple(NoteText(key=f"NOTE {i}", text=text) for i, text in enumerate(notes, 1)),
    )


def _name(values: dict[str, list[str]]) -> str:
    for text in values.get("FN", []):
        if _unescape(text):
            return " ".join(_unescape(text).split())
    for text in values.get("N", []):
        family, given, middle, *_ = [*_parts(text), "", "", ""]
        if family or given:
            return " ".join(f"{given} {middle} {family}".split())
    for key in ("NICKNAME", "ORG"):
        for text in values.get(key, []):
            if _unescape(text):
                return " ".join(part for part in _parts(text) if part)
    return ""


def _place(addresses: list[str]) -> str:
    """Town and country of the first address that has one: box, extension, street, town, region, code, country."""
    for text in addresses:
        parts = [*_parts(text), *[""] * 7]
        place = ", ".join(part for part in (parts[3], parts[6]) if part)
        if place:
            return " ".join(place.split())
    return ""


def _birthday(text: str) -> str:
    """`YYYY-MM-DD`, or `--MM-DD` without a year; empty for anything else."""
    match = re.match(r"^(?P<year>\d{4}|--)-?(?P<month>\d{2})-?(?P<day>\d{2})(?:T.*)?$", text)
    if not match:
        return ""
    year = "-" if match.group("year") == "--" else match.group("year")
    return f"{year}-{match.group('month')}-{match.group('day')}"


def _normal(values: list[str], normal: object) -> tuple[str, ...]:
    assert callable(normal)
    return tuple(dict.fromkeys(found for value in values if (found := normal(_unescape(value)))))
