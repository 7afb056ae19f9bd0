"""How many words of a mail are its writer's own: without quotations, forwarded mails and the signature.

Counts and forgets. It must never keep or give out a word of a body.
"""

from __future__ import annotations

import email
import email.policy
import re
from email.message import Message

from assistant.text import count_words

_MOST_PARTS, _MOST_DEPTH, _MOST_TEXT = 100, 20, 200_000
# What the standard library's mail parser is known to raise for mails that break its rules.
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
_QUOTED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
_REST_IS_NOT_OWN = re.compile(
    r"^(?:-- ?|_{10,}|-{2,} ?(?:original message|forwarded message|ursprüngliche nachricht|message d'origine).*"
    r"|begin forwarded message:|(?:on|am|le|el|il|op|den) .{4,120}(?:wrote|schrieb|écrit|escribió|scritto|schreef"
    r"|skrev).{0,40}:)[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_HIDDEN_ELEMENT = re.compile(r"<(style|script|head|blockquote)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_ELEMENT = re.compile(r"<[^<>]{0,2000}>")


def count_own_words(data: bytes) -> int:
    """Words of the mail's own text; 0 where it has none that can be read."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        text = _text(message)
    except _BROKEN:
        return 0
    ends = _REST_IS_NOT_OWN.search(text)
    return count_words(_QUOTED.sub("", text[: ends.start()] if ends else text))


def _text(message: Message) -> str:
    """The plain text, or the text of the HTML where there is no other."""
    page = ""
    waiting = [(message, 0)]
    for _ in range(_MOST_PARTS):
        if not waiting:
            break
        part, depth = waiting.pop()
        inner = part.get_payload()
        if isinstance(inner, list):
            if depth < _MOST_DEPTH and part.get_content_maintype() == "multipart":
                waiting += [(one, depth + 1) for one in reversed(inner) if isinstance(one, Message)]
        elif not part.get_filename() and part.get_content_type() == "text/plain":
            return _decoded(part)
        elif part.get_content_type() == "text/html" and not page:
            page = _decoded(part)
    return _ELEMENT.sub(" ", _HIDDEN_ELEMENT.sub(" ", page))


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload[: 4 * _MOST_TEXT] if isinstance(payload, bytes) else b""
    try:
        return data.decode(part.get_content_charset() or "utf-8")[:_MOST_TEXT]
    except (LookupError, UnicodeError):
        return data.decode("cp1252", "replace")[:_MOST_TEXT]
