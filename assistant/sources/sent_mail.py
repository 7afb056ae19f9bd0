"""One mail, from its bytes to what its writer said in it, or why it does not count.

Reads headers as text without understanding them further, and bodies only as far as they are words. It must never
raise for a broken mail, follow a part of one into another, or take more of one than its limits.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from collections.abc import Iterator
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from assistant.domain import BadRecord, SentMail, UnusedMail
from assistant.sources.html_text import read_html
from assistant.sources.identity import normal_email
from assistant.sources.own_text import find_own_text
from assistant.text import count_words, fold

MOST_MAIL_BYTES = 1_000_000
_MOST_TEXT = 200_000
_MOST_OWN = 20_000
_MOST_HEADER = 20_000
_MOST_SUBJECT = 1_000
_MOST_RECIPIENTS = 20
_MOST_PARTS, _MOST_DEPTH = 200, 30
# What the standard library's mail parser is known to raise for mails that break its rules.
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)

_AUTOMATIC_SUBJECT = re.compile(
    r"\s*(?:(?:re|aw|sv|antw|tr)\s*:\s*)?(?:auto(?:matic)?[ -]?(?:reply|response)|auto\s*:"
    r"|out of (?:the )?office|automatische (?:antwort|antwoord)"
    r"|automatisch antwoord|abwesenheits\w*|abwesend|réponse automatique|absence du bureau|message d['’]absence"
    r"|respuesta automática|fuera de (?:la )?oficina|risposta automatica|fuori sede|resposta automática"
    r"|fora do escritório"
    r"|autosvar|automatiskt? svar|automaattinen vastaus|autoodpowiedź|automatyczna odpowiedź|automatická odpověď"
    r"|автоответ|otomatik yanıt|自動応答|自动答复|undeliver(?:ed|able)|delivery status|read:|gelesen:|lu :"
    r"|mail delivery failed)",
    re.IGNORECASE,
)
_CALENDAR_SUBJECT = re.compile(
    r"\s*(?:accepted|declined|tentative(?:ly accepted)?|updated invitation|cancell?ed(?: event)?|invitation|zugesagt"
    r"|abgesagt|abgelehnt|mit vorbehalt|accepté|refusé|aceptad[oa]|rechazad[oa]|accettato|rifiutato|geaccepteerd"
    r"|afgewezen|einladung)\s*:\s*\S",
    re.IGNORECASE,
)
_NO_WORDS = "no words of your own in it"


def read_mail(data: bytes, where: str) -> SentMail | UnusedMail | BadRecord:
    """The mail in `data`; a `BadRecord` where it is none or too broken to read."""
    try:
        message = email.message_from_bytes(data[:MOST_MAIL_BYTES], policy=email.policy.compat32)
        return _read(message, where)
    except _BROKEN as error:
        what = "its parts are nested too deep" if isinstance(error, RecursionError) else "it breaks the rules of mail"
        return BadRecord(where=where, reason=f"not readable as a mail: {what}")


def _read(message: Message, where: str) -> SentMail | UnusedMail | BadRecord:
    if not any(name in message for name in ("From", "To", "Subject", "Date", "Message-ID")):
        return BadRecord(where=where, reason="no mail: it has no From, To, Subject or Date")
    subject = " ".join(read_header(message, "Subject", _MOST_SUBJECT).split())
    recipients = _addresses(message, "To", "Cc", "Bcc")
    parts = list(_parts(message))
    reason = _why_unused(message, subject, recipients, parts)
    if reason:
        return UnusedMail(where=where, reason=reason)
    name, sender = next(iter(_named(message, "From")), ("", ""))
    text = find_own_text(_body(parts), name)
    if not count_words(text):
        return UnusedMail(where=where, reason=_NO_WORDS)
    if len(text) > _MOST_OWN:
        return UnusedMail(where=where, reason="longer than a letter")
    return SentMail(
        where=where,
        text=text,
        subject=subject,
        sender=sender,
        sender_name=name,
        recipients=recipients,
        date=_read_date(message),
    )


def _why_unused(message: Message, subject: str, recipients: tuple[str, ...], parts: list[Message]) -> str:
    """The sort of mail that is no letter; empty for one that may be."""
    submitted = read_header(message, "Auto-Submitted").strip().lower()
    precedence = read_header(message, "Precedence").strip().lower()
    kinds = {_content_type(part) for part in parts} | {_content_type(message)}
    if (
        submitted not in ("", "no")
        or precedence in ("bulk", "junk", "auto_reply")
        or any(name in message for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply"))
        or "multipart/report" in kinds
        or _AUTOMATIC_SUBJECT.match(subject)
    ):
        return "automatic"
    if precedence == "list" or any(name in message for name in ("List-Id", "List-Post", "List-Unsubscribe")):
        return "to a list"
    if len(recipients) > _MOST_RECIPIENTS:
        return f"to more than {_MOST_RECIPIENTS} people"
    is_calendar = "text/calendar" in kinds or "calendar" in read_header(message, "Content-Class").lower()
    return "about a calendar entry" if is_calendar or _CALENDAR_SUBJECT.match(subject) else ""


# --- headers ----------------------------------------------------------------------------------------------------


def read_header(message: Message, name: str, most: int = _MOST_HEADER) -> str:
    """The header as text, at most `most` characters of it; bytes nobody can read become marks of replacement."""
    raw = _clean(str(message.get(name, "")))[:most]
    if "=?" not in raw:
        return raw
    try:
        pieces = decode_header(raw)
    except _BROKEN:
        return raw
    return "".join(piece if isinstance(piece, str) else decode_text(piece, charset or "") for piece, charset in pieces)


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _named(message: Message, *names: str) -> Iterator[tuple[str, str]]:
    """Names and folded addresses of these headers; what is no address is passed over."""
    raw = [_clean(str(value))[:_MOST_HEADER] for name in names for value in (message.get_all(name) or ())[:5]]
    for name, address in getaddresses(raw):
        bare = normal_email(address)
        if bare:
            yield (_decode_name(name), bare)


def _decode_name(name: str) -> str:
    if "=?" not in name:
        return name.strip()
    try:
        pieces = decode_header(name[:_MOST_SUBJECT])
    except _BROKEN:
        return ""
    return "".join(one if isinstance(one, str) else decode_text(one, charset or "") for one, charset in pieces).strip()


def _addresses(message: Message, *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for _, address in _named(message, *names)))


def _read_date(message: Message) -> dt.date | None:
    try:
        return parsedate_to_datetime(read_header(message, "Date", 200)).date()
    except (*_BROKEN, OverflowError):
        return None


# --- the body ---------------------------------------------------------------------------------------------------


def _content_type(part: Message) -> str:
    return part.get_content_type()


def _parts(message: Message) -> Iterator[Message]:
    """The parts that are no containers, in order; a mail inside the mail is not looked into."""
    waiting = [(message, 0)]
    seen = 0
    while waiting and seen < _MOST_PARTS:
        part, depth = waiting.pop()
        seen += 1
        inner = part.get_payload()
        if not isinstance(inner, list):
            yield part
        elif _content_type(part).startswith("multipart/") and depth < _MOST_DEPTH:
            waiting += [(one, depth + 1) for one in reversed(inner) if isinstance(one, Message)]


def _body(parts: list[Message]) -> str:
    """The plain text of the mail; the text of its HTML where it has no other."""
    words = [part for part in parts if not _is_attached(part)]
    plain = [_text_of(part) for part in words if _content_type(part) == "text/plain"]
    if any(text.strip() for text in plain):
        return "\n".join(plain)[:_MOST_TEXT]
    pages = (_text_of(part) for part in words if _content_type(part) == "text/html")
    return "\n".join(read_html(page) for page in pages)[:_MOST_TEXT]


def _is_attached(part: Message) -> bool:
    where = str(part.get("Content-Disposition", "")).strip().lower()
    return where.startswith("attachment") or bool(part.get_filename())


def _text_of(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    return decode_text(payload[: 2 * _MOST_TEXT], part.get_content_charset() or "")[:_MOST_TEXT]


def decode_text(data: bytes, charset: str) -> str:
    """The bytes as text: by their own name of a charset if it is one, else UTF-8, else Windows' Western one."""
    for name in (charset, "utf-8-sig"):
        try:
            if name:
                return _clean(data.decode(name, "strict" if name == "utf-8-sig" else "replace"))
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def is_answer(subject: str) -> bool:
    """Whether the subject answers or passes on: "Re: …", "AW: …", "Fwd: …"."""
    return bool(
        re.match(r"\s*(?:re|aw|sv|antw|tr|rv|r|fwd?|wg|vs|odp|回复|答复)\s*(?:\[\d+\])?\s*[:：]", fold(subject))
    )
