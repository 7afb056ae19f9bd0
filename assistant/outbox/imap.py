"""A draft put into the Drafts folder of the user's own mailbox, where they find, read and send it.

Only ever appends. It must never delete, move or send a message.
"""

from __future__ import annotations

import email
import email.policy
from typing import TYPE_CHECKING

from assistant.errors import MailboxError, OutboxError
from assistant.mailbox import ImapSettings, open_mailbox

if TYPE_CHECKING:
    from imap_tools import BaseMailBox


def append_draft(data: bytes, settings: ImapSettings) -> str:
    """Appends the mail to the Drafts folder, once however often it is called; gives the folder's name.

    Raises `OutboxError` naming what failed, at which server, and what to do.
    """
    try:
        with open_mailbox(settings) as mailbox:
            return _append_once(mailbox, data, settings)
    except MailboxError as error:
        raise OutboxError(f"{error}; or use --eml") from None


def _append_once(mailbox: BaseMailBox, data: bytes, settings: ImapSettings) -> str:
    from imap_tools import MailMessageFlags

    folder = settings.folder or _find_drafts(mailbox, settings.host)
    message_id = str(email.message_from_bytes(data, policy=email.policy.compat32)["Message-ID"] or "")
    if not _holds(mailbox, folder, message_id):
        mailbox.append(data, folder, dt=None, flag_set=[MailMessageFlags.DRAFT, MailMessageFlags.SEEN])
        if not _holds(mailbox, folder, message_id):
            raise OutboxError(
                f"{settings.host}: the draft is not in {folder!r} after saving it; look there, or use --eml"
            )
    return folder


def _find_drafts(mailbox: BaseMailBox, host: str) -> str:
    """The folder marked as Drafts (RFC 6154), else one of that name."""
    folders = list(mailbox.folder.list())
    for one in folders:
        if any(flag.lower() == "\\drafts" for flag in one.flags):
            return str(one.name)
    for one in folders:
        if one.name.split(one.delim or "/")[-1].lower() == "drafts":
            return str(one.name)
    raise OutboxError(f"{host}: no Drafts folder is there; name one with GIVEFIRST_IMAP_FOLDER")


def _holds(mailbox: BaseMailBox, folder: str, message_id: str) -> bool:
    """Whether a message of this id is in the folder."""
    from imap_tools import AND, Header

    mailbox.folder.set(folder, readonly=True)
    return bool(mailbox.uids(AND(header=Header("Message-ID", message_id)))) if message_id else False
