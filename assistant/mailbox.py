"""The connection to the user's own mailbox, for reading headers and for saving drafts.

It must never put the password or a server's words into an error, never talk without encryption but to this machine, and
never leave a connection open.
"""

from __future__ import annotations

import contextlib
import imaplib
import ssl
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from pydantic import SecretStr

from assistant.domain import Value
from assistant.errors import MailboxError
from assistant.settings import Settings

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

_SECONDS = 20.0
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


class ImapSettings(Value):
    """Where the mailbox is. `folder` is that of drafts, found by itself if empty; `plain` is for this machine only."""

    host: str
    user: str
    password: SecretStr
    port: int = 993
    folder: str = ""
    security: Literal["tls", "starttls", "plain"] = "tls"


def own_mailbox(settings: Settings) -> ImapSettings:
    """The user's own mailbox. Raises `MailboxError` where none is set."""
    if not settings.imap_host or not settings.imap_user:
        raise MailboxError("no mailbox is set; set GIVEFIRST_IMAP_HOST, GIVEFIRST_IMAP_USER, GIVEFIRST_IMAP_PASSWORD")
    return ImapSettings(
        host=settings.imap_host,
        user=settings.imap_user,
        password=settings.imap_password,
        port=settings.imap_port,
        folder=settings.imap_folder,
        security=settings.imap_security,
    )


@contextlib.contextmanager
def open_mailbox(settings: ImapSettings) -> Iterator[BaseMailBox]:
    """The mailbox, logged in; every fault of the wire or the server as a `MailboxError` of one line."""
    from imap_tools import ImapToolsError, MailboxLoginError

    if settings.security == "plain" and settings.host not in _LOOPBACK:
        raise MailboxError(f"{settings.host}: mail without encryption is for this machine only; use tls or starttls")
    where = f"{settings.host}:{settings.port}"
    try:
        mailbox = _connect(settings)
        with contextlib.closing(_Wire(mailbox)):
            mailbox.login(settings.user, settings.password.get_secret_value(), initial_folder=None)
            yield mailbox
    except MailboxLoginError:
        raise MailboxError(f"{where}: the mailbox refused the user or the password; check both") from None
    except ssl.SSLCertVerificationError:
        raise MailboxError(f"{where}: the server's certificate is not trusted; check the host name") from None
    except ssl.SSLError:
        raise MailboxError(f"{where}: no encrypted connection; check port and security (tls or starttls)") from None
    except imaplib.IMAP4.error:
        raise MailboxError(f"{where}: the mail server broke off or answered wrongly; try again") from None
    except TimeoutError:
        raise MailboxError(f"{where}: no answer within {_SECONDS:g} seconds; check host and port") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise MailboxError(f"{where}: cannot be reached ({reason}); check host, port and network") from None
    except ImapToolsError as error:
        raise MailboxError(f"{where}: the mail server refused ({type(error).__name__})") from None


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
