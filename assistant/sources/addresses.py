"""The people in an address header: names and addresses, in time that grows with its length only.

The stock reader takes seconds for a header of fifty thousand addresses, and a comma in a name makes it see recipients
that are not there. It must never take a name for an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header
from functools import lru_cache

from assistant.domain import Party
from assistant.sources.identity import normal_email
from assistant.text import strip_hidden

MOST_HEADER = 20_000
_MOST_NAME = 120
_MOST_ENCODED = 1_000
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|<[^<>]*>?|\((?:[^()\\]|\\.)*\)?|[,;]|[^",;<(]+|.', re.DOTALL)
_GROUP = re.compile(r"^[^:@<]*:\s*")
_COMMENT = re.compile(r"\([^()]*\)")
_ANGLE = re.compile(r"<([^<>]*)>?$")
_LAST_FIRST = re.compile(r"(?P<last>[^\W\d_][\w'’ -]*), (?P<first>[^\W\d_][\w'’. -]*)")


def read_parties(header: str) -> tuple[Party, ...]:
    """Everybody in the header who has a usable address, each once, in order."""
    if not header:
        return ()
    found: dict[str, Party] = {}
    for part in _split(header[:MOST_HEADER]):
        for party in _read_part(part):
            found.setdefault(party.email, party)
    return tuple(found.values())


def _split(header: str) -> Iterator[str]:
    """The parts between commas and semicolons that stand outside quotes, angle brackets and comments."""
    part: list[str] = []
    for match in _TOKEN.finditer(header):
        token = match.group()
        if token in (",", ";"):
            yield "".join(part)
            part = []
        else:
            part.append(token)
    yield "".join(part)


@lru_cache(maxsize=20_000)
def _read_part(part: str) -> tuple[Party, ...]:
    """Mostly one; several where somebody left the commas out, none where there is no address."""
    said = _GROUP.sub("", part.strip())
    angle = _ANGLE.search(_COMMENT.sub("", said).rstrip())
    if angle:
        email = normal_email(_COMMENT.sub("", angle.group(1)))
        return (Party(email, _read_name(said[: said.rfind("<")])),) if email else ()
    comment = _COMMENT.search(said)
    name = _read_name(comment.group()[1:-1]) if comment else ""
    found = (normal_email(word) for word in _COMMENT.sub(" ", said).split() if "@" in word)
    return tuple(Party(email, name) for email in found if email)


def _read_name(said: str) -> str:
    """The name without quotes, decoded, in reading order; empty where it only repeats an address."""
    bare = re.sub(r"\\(.)", r"\1", said.strip().strip("\"'").strip())
    name = " ".join(strip_hidden(decode_words(bare)).split())[:_MOST_NAME]
    turned = _LAST_FIRST.fullmatch(name)
    if turned:
        name = f"{turned['first']} {turned['last']}"
    return "" if "@" in name else name


def decode_words(text: str) -> str:
    """The text with its encoded words decoded; as it stands where they cannot be, or are suspiciously many."""
    if "=?" not in text or len(text) > _MOST_ENCODED:
        return text
    try:
        pieces = decode_header(text)
        return "".join(
            piece if isinstance(piece, str) else piece.decode(name or "ascii", "replace") for piece, name in pieces
        )
    except (MessageError, ValueError, LookupError):  # what a broken encoding or an unknown character set raises
        return text
