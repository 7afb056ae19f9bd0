"""A draft as a `mailto:` link (RFC 6068), which opens the user's own mail program. Nothing here sends.

Every character that could begin another field is percent-encoded, in the address too: what a name or a subject holds
must never become a header or a second recipient.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from assistant.domain import Contact
from assistant.outbox.eml import plain_header, read_address
from assistant.text import strip_hidden

_SAFE_IN_ADDRESS = ".-_~"


def render_mailto(recipients: Sequence[Contact], subject: str, body: str) -> str:
    """The link to a new mail. Raises `GivefirstError` if a recipient has no usable address."""
    addresses = [read_address(one) for one in recipients]
    to = ",".join(f"{quote(one.username, safe=_SAFE_IN_ADDRESS)}@{quote(one.domain, safe='.-')}" for one in addresses)
    lines = strip_hidden(body).rstrip().replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")
    return f"mailto:{to}?subject={quote(plain_header(subject), safe='')}&body={quote(lines, safe='')}"
