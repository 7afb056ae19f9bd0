"""A draft as a mail file that mail programs open as an unsent draft. Nothing here sends.

Recipients come from the contact book as `Address` parts that have been checked letter by letter; subject and names
may hold no line break and no encoded word, because this language's own mail writer can be made to turn those into
headers (CVE-2024-6923 is open on Python 3.11.7).
"""

from __future__ import annotations

import datetime as dt
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from assistant.domain import Contact
from assistant.errors import GivefirstError
from assistant.text import strip_hidden

_ADDRESS = re.compile(
    r"(?P<user>[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64})@(?P<domain>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?)"
)
_ENCODED_WORD = re.compile(r"=\?[^?\s]*\?[bq]\?[^?]*\?=|=\?|\?=", re.IGNORECASE)


def render_eml(
    sender: Contact,
    recipient: Contact,
    subject: str,
    body: str,
    now: dt.datetime,
    other: Contact | None = None,
    message_id: str = "",
    unsent: bool = True,
) -> bytes:
    """The message as bytes, CRLF lines, UTF-8 text, `X-Unsent: 1`; to one recipient, and `other` in an introduction.

    `message_id` (letters, digits and hyphens) makes the same draft the same message; a mail to oneself that is to be
    read, not edited, is not `unsent`. Raises `GivefirstError` if a
    recipient has no usable address.
    """
    message = EmailMessage(policy=SMTP)
    message["To"] = tuple(read_address(one) for one in (recipient, other) if one is not None)
    if sender.emails:
        message["From"] = (read_address(sender),)
    message["Subject"] = plain_header(subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = (
        f"<{message_id}@givefirst.invalid>" if message_id else make_msgid(domain="givefirst.invalid")
    )
    if unsent:
        message["X-Unsent"] = "1"
    message.set_content(strip_hidden(body).rstrip() + "\n", cte="quoted-printable")
    return message.as_bytes()


def read_address(contact: Contact) -> Address:
    """The contact's first address with its name. Raises `GivefirstError` naming the contact if there is none."""
    match = _ADDRESS.fullmatch(contact.emails[0].strip()) if contact.emails else None
    if not match or ".." in match.group("domain"):
        raise GivefirstError(f"{contact.name} has no usable email address; add one to the contact first")
    name = re.sub(r"[^\w .'’-]", " ", plain_header(contact.name))
    return Address(display_name=" ".join(name.split()), username=match.group("user"), domain=match.group("domain"))


def plain_header(text: str) -> str:
    """One line without control characters, hidden characters or anything a mail writer takes for an encoded word."""
    line = " ".join(strip_hidden(text).split())
    while _ENCODED_WORD.search(line):
        line = " ".join(_ENCODED_WORD.sub(" ", line).split())
    return line
