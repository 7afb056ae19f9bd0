"""One mail's headers, from bytes to an encounter: who, which way, when, in which conversation; or why it is none.

Our own reading of header lines: the stock parser takes fifteen times as long and drops what stands behind one malformed
line. It must never raise for a broken mail, read a body unless asked to, or take more of a header than its limit.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from assistant.domain import BadRecord, Direction, Encounter, Party, PassedOver
from assistant.sources.addresses import MOST_HEADER, decode_words, read_parties
from assistant.sources.mail_body import count_own_words
from assistant.sources.robots import KEPT, MANY, is_robot, why_no_letter
from assistant.text import strip_hidden

MOST_HEAD = 64 * 1024
MOST_WITH_BODY = 1_000_000
_MOST_SUBJECT = 1_000
_MOST_ID = 250
_LINE = re.compile(r"^([^\s:][^:\r\n]{0,99}):(.*(?:\r?\n[ \t].*)*)", re.MULTILINE)
_PEOPLE = ("from", "to", "cc", "bcc")
_WANTED = frozenset((*_PEOPLE, "subject", "date", "received", "message-id", "in-reply-to", "references", *KEPT))
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_ID = re.compile(r"<([^<>\s]+)>")
_FIRST_YEAR = 1971  # earlier dates are a broken clock


class Viewpoint(NamedTuple):
    """From where mails and events are seen: the user's addresses and time zone (the system's if none), and today."""

    mine: frozenset[str]
    zone: dt.tzinfo | None
    today: dt.date
    bodies: bool = False

    @property
    def most(self) -> int:
        """How many bytes of a mail are read."""
        return MOST_WITH_BODY if self.bodies else MOST_HEAD


def looks_like_mail(head: bytes) -> bool:
    """Whether a file that begins so is one mail: header lines, among them some that only mails have."""
    end = _HEAD_END.search(head)
    names = {name.rstrip().lower() for name, _ in _LINE.findall(_decode(head[: end.start()] if end else head))}
    return "from" in names and bool(names & {"message-id", "received", "date", "mime-version", "return-path"})


def read_mail(data: bytes, where: str, viewpoint: Viewpoint, uid: str = "") -> Encounter | PassedOver | BadRecord:
    """The mail that `data` begins with. `uid` is its key where it has no Message-ID of its own."""
    data = _start_of(data)
    end = _HEAD_END.search(data)
    headers = read_headers(data[: end.start()] if end else data[:MOST_HEAD])
    words = count_own_words(data) if viewpoint.bodies else 0
    return understand(headers, where, viewpoint, words, uid)


def _start_of(data: bytes) -> bytes:
    """Without what some programs write above a mail: a mark, empty lines, a "From " line, a count of bytes."""
    bare = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    first, _, rest = bare.partition(b"\n")
    return rest if first.startswith(b"From ") or first.strip().isdigit() else bare


def read_headers(head: bytes) -> dict[str, str]:
    """The headers that are wanted, on one line each, by their names in small letters; the first of each counts."""
    found: dict[str, str] = {}
    for name, value in _LINE.findall(_decode(head)):
        key = name.rstrip().lower()
        if key not in _WANTED:
            continue
        said = " ".join(value[:MOST_HEADER].split())
        if key in _PEOPLE and key != "from" and key in found:
            found[key] += f", {said}"
        else:
            found.setdefault(key, said)
    return found


def _decode(head: bytes) -> str:
    """Raw letters beyond ASCII are UTF-8 by the standard, and Windows' Western encoding in old mails."""
    try:
        return head.decode("utf-8")
    except UnicodeDecodeError:
        return head.decode("cp1252", "replace")


def understand(
    headers: Mapping[str, str], where: str, viewpoint: Viewpoint, words: int = 0, uid: str = ""
) -> Encounter | PassedOver | BadRecord:
    """What these headers tell of a mail."""
    if not headers.get("from") and not headers.get("to"):
        return BadRecord(where=where, reason="no mail: it has no From and no To")
    senders = read_parties(headers.get("from", ""))
    if not senders:
        return BadRecord(where=where, reason="no usable address in From")
    subject = strip_hidden(decode_words(headers.get("subject", "")[:_MOST_SUBJECT])).strip()
    reason = why_no_letter(headers, senders[0].email, subject)
    if reason:
        return PassedOver(where, reason)
    at = read_date(headers)
    if at is None:
        return BadRecord(where=where, reason="no date that can be read")
    found = _people(headers, senders, viewpoint.mine)
    if isinstance(found, str):
        return PassedOver(where, found)
    direction, people = found
    source = _source(headers, uid)
    thread = _conversation(headers) or source
    day = at.astimezone(viewpoint.zone).date()
    return Encounter(source, where, people, direction, "email", day, at, thread, words, subject)


def _people(
    headers: Mapping[str, str], senders: tuple[Party, ...], mine: frozenset[str]
) -> tuple[Direction, tuple[Party, ...]] | str:
    """Which way the mail went and who was on the other side; or why it counts for nobody."""
    addressed = {one.email: one for name in ("to", "cc", "bcc") for one in read_parties(headers.get(name, ""))}
    others = tuple(one for one in addressed.values() if one.email not in mine)
    if len(others) > MANY:
        return f"to more than {MANY} people"
    if not any(one.email in mine for one in senders):
        return "in", senders
    people = tuple(one for one in others if not is_robot(one.email))
    if not people:
        return "to nobody but yourself" if not others else "no-reply address"
    return "out", people


def read_date(headers: Mapping[str, str]) -> dt.datetime | None:
    """When the mail was written, in UTC; where its Date is none, when it arrived by the last server's word."""
    arrived = headers.get("received", "").rpartition(";")[2]
    for said in (headers.get("date", ""), arrived):
        try:
            at = parsedate_to_datetime(said[:200])
            at = (at if at.tzinfo else at.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
        except (ValueError, TypeError, IndexError, OverflowError):  # what the stock parser raises for no date
            continue
        if _FIRST_YEAR <= at.year <= dt.MAXYEAR - 1:
            return at.replace(microsecond=0)
    return None


def _source(headers: Mapping[str, str], uid: str) -> str:
    """The mail's key: its Message-ID, else `uid`, else a digest of date, sender and subject."""
    own = _ids(headers.get("message-id", ""))
    if own:
        return f"mail:{own[0]}"
    if uid:
        return uid
    parts = "\x1f".join(headers.get(name, "") for name in ("date", "from", "subject"))
    return f"mail:{hashlib.sha256(parts.encode('utf-8', 'replace')).hexdigest()[:32]}"


def _conversation(headers: Mapping[str, str]) -> str:
    """The key of the mail that began the conversation, or of the one this answers; empty where it answers none."""
    root = (*_ids(headers.get("references", "")), *_ids(headers.get("in-reply-to", "")))
    return f"mail:{root[0]}" if root else ""


def _ids(said: str) -> tuple[str, ...]:
    found = _ID.findall(said)
    bare = said.strip()
    if not found and bare and " " not in bare and "@" in bare:
        found = [bare.strip("<>")]
    return tuple(
        one if len(one) <= _MOST_ID else hashlib.sha256(one.encode("utf-8", "replace")).hexdigest() for one in found
    )
