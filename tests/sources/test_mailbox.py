"""The user's own mailbox on a real mail server: headers are read, nothing is marked, nothing is read twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from dovecot import PASSWORD, free_port, running_dovecot
from imap_tools import MailBoxUnencrypted
from pydantic import SecretStr

from assistant.app import Assistant
from assistant.domain import Encounter, PassedOver
from assistant.errors import MailboxError, NotFound
from assistant.mailbox import ImapSettings
from assistant.settings import Settings
from assistant.sources.imap import read_mailbox
from assistant.sources.mail import Viewpoint

TODAY = dt.date(2026, 11, 20)
SEEN = Viewpoint(frozenset({"dana@tidewise.example"}), dt.UTC, TODAY)
HERE, THERE = "Dana <dana@tidewise.example>", "Ana Ferreira <ana@mare.example>"
BOOK = "---\nname: Ana Ferreira\nemail: ana@mare.example\n---\n"
ME = "---\nme: true\nname: Dana Marlow\nemail: dana@tidewise.example\n---\n"


def mail(number: int, sender: str, to: str, day: dt.date, more: str = "") -> bytes:
    own = f"Message-ID: <m{number}@x.example>\r\n" if number else ""
    head = f"From: {sender}\r\nTo: {to}\r\nSubject: Caf\u00e9 {number}\r\nDate: {day:%d %b %Y} 10:00:00 +0000\r\n{own}{more}"
    return f"{head}\r\nA secret body.\r\n".encode()


@pytest.fixture(scope="module")
def mailbox() -> Iterator[ImapSettings]:
    with running_dovecot() as settings:
        with MailBoxUnencrypted(settings.host, settings.port).login(settings.user, PASSWORD) as box:
            for folder, data, day in (
                ("INBOX", mail(1, THERE, HERE, TODAY), TODAY),
                ("INBOX", mail(0, THERE, HERE, TODAY), TODAY),
                ("INBOX", mail(2, THERE, HERE, TODAY, "List-Id: <talk.example>\r\n"), TODAY),
                ("INBOX", mail(3, THERE, HERE, TODAY - dt.timedelta(400)), TODAY - dt.timedelta(400)),
                ("Gesendet", mail(4, HERE, THERE, TODAY, "In-Reply-To: <m1@x.example>\r\n"), TODAY),
            ):
                box.append(data, folder, dt=dt.datetime.combine(day, dt.time(12), dt.UTC))
        yield settings


def test_inbox_and_sent_mail_are_read_since_the_day_and_left_unseen(mailbox: ImapSettings) -> None:
    found = list(read_mailbox(mailbox, TODAY - dt.timedelta(30), SEEN))
    mails = [one for one in found if isinstance(one, Encounter)]
    assert [(one.direction, one.title) for one in mails] == [
        ("in", "Caf\u00e9 1"),
        ("in", "Caf\u00e9 0"),
        ("out", "Caf\u00e9 4"),
    ]
    assert mails[1].source.startswith("imap:INBOX:") and mails[2].thread == mails[0].source == "mail:m1@x.example"
    assert [one.reason for one in found if isinstance(one, PassedOver)] == ["mailing list"] and len(found) == 4
    with MailBoxUnencrypted(mailbox.host, mailbox.port).login(mailbox.user, PASSWORD) as box:
        assert all("\\Seen" not in one.flags for one in box.fetch(mark_seen=False))


def test_importing_the_mailbox_again_changes_nothing(mailbox: ImapSettings, tmp_path: Path) -> None:
    (tmp_path / "me.md").write_text(ME, encoding="utf-8")
    (tmp_path / "ana.md").write_text(BOOK, encoding="utf-8")
    settings = Settings(
        home=tmp_path / "home",
        embeddings="off",
        timezone="UTC",
        imap_host=mailbox.host,
        imap_port=mailbox.port,
        imap_user=mailbox.user,
        imap_password=mailbox.password,
        imap_security="plain",
    )
    with Assistant.open(settings=settings, today=TODAY) as assistant:
        with pytest.raises(NotFound, match="your own addresses are not known"):
            assistant.import_([], imap_days=30)
        first = assistant.import_([tmp_path / "me.md", tmp_path / "ana.md"], imap_days=30)
        again = assistant.import_([], imap_days=500)
    assert (first.interactions, first.mails, again.interactions) == (3, 4, 1)


def test_nobody_at_home_is_one_line_that_names_the_place() -> None:
    place = ImapSettings(host="127.0.0.1", port=free_port(), user="d", password=SecretStr("p"), security="plain")
    with pytest.raises(MailboxError, match=f"127.0.0.1:{place.port}: cannot be reached"):
        list(read_mailbox(place, TODAY, SEEN))
