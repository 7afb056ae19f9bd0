"""Mail headers out of the user's own mailbox: what came in and what they sent, read and left as it is.

Opens folders for reading only, so that nothing is marked as seen. It must never fetch a body.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.domain import BadRecord, Encounter, PassedOver
from assistant.mailbox import ImapSettings, open_mailbox
from assistant.sources.mail import Viewpoint, read_headers, understand

if TYPE_CHECKING:
    from imap_tools import BaseMailBox, MailMessage

_AT_ONCE = 200
_SENT = ("sent", "sent items", "sent mail", "sent messages")


def read_mailbox(
    settings: ImapSettings, since: dt.date, viewpoint: Viewpoint
) -> Iterator[Encounter | PassedOver | BadRecord]:
    """Every mail since that day in the inbox and in the folder of sent mail. Raises `MailboxError`.

    A mail without a Message-ID is known by its folder's UIDVALIDITY and its UID.
    """
    with open_mailbox(settings) as mailbox:
        sent = _find_sent(mailbox)
        if not sent:
            yield BadRecord(
                where=f"{settings.host}:INBOX", reason="no folder of sent mail is there; only INBOX was read"
            )
        for folder in ("INBOX", *([sent] if sent else [])):
            yield from _read_folder(mailbox, folder, since, viewpoint)


def _find_sent(mailbox: BaseMailBox) -> str:
    """The folder marked as that of sent mail (RFC 6154), else one of such a name."""
    folders = list(mailbox.folder.list())
    marked = (one for one in folders if any(flag.lower() == "\\sent" for flag in one.flags))
    named = (one for one in folders if one.name.split(one.delim or "/")[-1].lower() in _SENT)
    return next((str(one.name) for one in (*marked, *named)), "")


def _read_folder(
    mailbox: BaseMailBox, folder: str, since: dt.date, viewpoint: Viewpoint
) -> Iterator[Encounter | PassedOver | BadRecord]:
    from imap_tools import AND

    mailbox.folder.set(folder, readonly=True)
    validity = mailbox.folder.status(folder, ["UIDVALIDITY"])["UIDVALIDITY"]
    fetched = mailbox.fetch(AND(date_gte=since), mark_seen=False, headers_only=True, bulk=_AT_ONCE)
    for message in fetched:
        uid = f"imap:{folder}:{validity}:{message.uid}"
        yield understand(read_headers(_head(message)), f"{folder}:{message.uid}", viewpoint, uid=uid)


def _head(message: MailMessage) -> bytes:
    lines = (f"{name}:{value}" for name, value in message.obj.raw_items())
    return "\n".join(lines).encode("utf-8", "surrogateescape")
