"""A draft put into the Drafts folder of the user's own mailbox, where they find, read and send it.

Speaks IMAP through imap-tools and only ever appends. It must never delete, move or send a message, never put the
password or a server's words into an error, and never talk without encryption but to this machine.
"""

from __future__ import annotations

import contextlib
import email
import email.policy
import imaplib
import ssl
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import SecretStr

from assistant.domain import Value
from assistant.errors import OutboxError

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

_SECONDS = 20.0
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class ImapSettings(Value):
    """Where the mailbox is. `folder` is found by itself if empty; `plain` is for this machine only."""

    host: str
    user: str
    password: SecretStr
    port: int = 993
    folder: str = ""
    security: Literal["tls", "starttls", "plain"] = "tls"


def append_draft(data: bytes, settings: ImapSettings) -> str:
    """Appends the mail to the Drafts folder, once however often it is called; gives the folder's name.

    Raises `OutboxError` naming what failed, at which server, and what to do.
    """
    if settings.security == "plain" and settings.host not in _LOOPBACK:
        raise OutboxError(f"{settings.host}: mail without encryption is for this machine only; use tls or starttls")
    with _opened(settings) as mailbox:
        folder = settings.folder or _find_drafts(mailbox, settings.host)
        message_id = str(email.message_from_bytes(data, policy=email.policy.compat32)["Message-ID"] or "")
        if not _holds(mailbox, folder, message_id):
            from imap_tools import MailMessageFlags

            mailbox.append(data, folder, dt=None, flag_set=[MailMessageFlags.DRAFT, MailMessageFlags.SEEN])
            if not _holds(mailbox, folder, message_id):
                raise OutboxError(
                    f"{settings.host}: the draft is not in {folder!r} after saving it; look there, or use --eml"
                )
        return folder


@contextlib.contextmanager
def _opened(settings: ImapSettings) -> Iterator[BaseMailBox]:
    """The mailbox, logged in; every fault of the wire or the server as one line of ours."""
    from imap_tools import ImapToolsError, MailboxLoginError

    where = f"{settings.host}:{settings.port}"
    try:
        mailbox = _connect(settings)
        with contextlib.closing(_Wire(mailbox)):
            mailbox.login(settings.user, settings.password.get_secret_value(), initial_folder=None)
            yield mailbox
    except MailboxLoginError:
        raise OutboxError(f"{where}: the mailbox refused the user or the password; check both") from None
    except ssl.SSLCertVerificationError:
        raise OutboxError(f"{where}: the server's certificate is not trusted; check the host name") from None
    except ssl.SSLError:
        raise OutboxError(f"{where}: no encrypted connection; check port and security (tls or starttls)") from None
    except imaplib.IMAP4.error:
        raise OutboxError(f"{where}: the mail server broke off or answered wrongly; try again, or use --eml") from None
    except TimeoutError:
        raise OutboxError(f"{where}: no answer within {_SECONDS:g} seconds; check host and port") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutboxError(f"{where}: cannot be reached ({reason}); check host, port and network") from None
    except ImapToolsError as error:
        raise OutboxError(f"{where}: the mail server refused ({type(error).__name__}); use --eml instead") from None


class _Wire:
    """The connection of a mailbox, closed whatever happened: imap-tools leaves it open where a login fails."""

    def __init__(self, mailbox: BaseMailBox) -> None:
        self._client = mailbox.client

    def close(self) -> None:
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            self._client.logout()
        with contextlib.suppress(OSError):
            self._client.shutdown()


def _connect(settings: ImapSettings) -> BaseMailBox:
    from imap_tools import MailBox, MailBoxStartTls, MailBoxUnencrypted

    if settings.security == "plain":
        return MailBoxUnencrypted(settings.host, settings.port, timeout=_SECONDS)
    context = ssl.create_default_context()
    if settings.security == "starttls":
        return MailBoxStartTls(settings.host, settings.port, timeout=_SECONDS, ssl_context=context)
    return MailBox(settings.host, settings.port, timeout=_SECONDS, ssl_context=context)


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
