"""The user's own Drafts folder: a real mail server gets the draft once, marked as one, and nothing else happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from dovecot import PASSWORD, free_port, running_dovecot
from imap_tools import MailBoxUnencrypted
from pydantic import SecretStr

from assistant.domain import Contact
from assistant.errors import OutboxError
from assistant.mailbox import ImapSettings
from assistant.outbox.eml import render_eml
from assistant.outbox.imap import append_draft

ME = Contact(id="c-me", name="Dana Marlow", emails=("dana@tidewise.example",), me=True)
ANA = Contact(id="c-ana", name="Ana Ferreira", emails=("ana@mare.example",))


@pytest.fixture(scope="module")
def mailbox() -> Iterator[ImapSettings]:
    with running_dovecot() as settings:
        yield settings


def draft(message_id: str = "m-1") -> bytes:
    now = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
    return render_eml(ME, ANA, "The notary", "Hi Ana,\n\nOlá.", now, message_id=message_id)


def test_a_draft_lands_once_in_the_folder_the_server_marks_as_drafts(mailbox: ImapSettings) -> None:
    folders = [append_draft(draft(), mailbox) for _ in range(3)]
    assert folders == ["Entwürfe"] * 3
    with MailBoxUnencrypted(mailbox.host, mailbox.port).login(mailbox.user, PASSWORD, "Entwürfe") as box:
        (kept,) = list(box.fetch(mark_seen=False))
    assert kept.to == ("ana@mare.example",) and kept.subject == "The notary" and "Olá." in kept.text
    assert {"\\Draft", "\\Seen"} <= set(kept.flags)


def test_a_wrong_password_is_one_line_that_does_not_hold_it(mailbox: ImapSettings) -> None:
    wrong = mailbox.model_copy(update={"password": SecretStr("not-the-one")})
    with pytest.raises(OutboxError, match="refused the user or the password") as caught:
        append_draft(draft(), wrong)
    assert "not-the-one" not in str(caught.value) and "\n" not in str(caught.value)


def test_a_folder_that_is_not_there_is_one_line(mailbox: ImapSettings) -> None:
    with pytest.raises(OutboxError, match="127.0.0.1"):
        append_draft(draft("m-2"), mailbox.model_copy(update={"folder": "Nowhere"}))


def test_nobody_at_home_is_one_line_that_names_the_place() -> None:
    place = ImapSettings(host="127.0.0.1", port=free_port(), user="d", password=SecretStr("p"), security="plain")
    with pytest.raises(OutboxError, match=f"127.0.0.1:{place.port}: cannot be reached"):
        append_draft(draft(), place)


def test_mail_without_encryption_goes_to_this_machine_only() -> None:
    place = ImapSettings(host="mail.example", user="d", password=SecretStr("p"), security="plain")
    with pytest.raises(OutboxError, match="without encryption is for this machine only"):
        append_draft(draft(), place)


def test_a_server_that_speaks_no_tls_is_one_line(mailbox: ImapSettings) -> None:
    with pytest.raises(OutboxError, match=f"127.0.0.1:{mailbox.port}: "):
        append_draft(draft(), mailbox.model_copy(update={"security": "tls"}))
