"""The user's own Drafts folder: a real mail server gets the draft once, marked as one, and nothing else happens."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from imap_tools import MailBoxUnencrypted
from pydantic import SecretStr

from assistant.domain import Contact
from assistant.errors import OutboxError
from assistant.outbox.eml import render_eml
from assistant.outbox.imap import ImapSettings, append_draft

ME = Contact(id="c-me", name="Dana Marlow", emails=("dana@tidewise.example",), me=True)
ANA = Contact(id="c-ana", name="Ana Ferreira", emails=("ana@mare.example",))
PASSWORD = "high-water-at-noon"
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {login}
default_internal_group = {group}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{base}/mail
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={base}/home
}}
namespace inbox {{
  inbox = yes
  mailbox Entwürfe {{
    special_use = \\Drafts
    auto = create
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, server: subprocess.Popen[bytes]) -> bool:
    for _ in range(100):
        if server.poll() is not None:
            return False
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


@pytest.fixture(scope="module")
def mailbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ImapSettings]:
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        pytest.skip("dovecot is not installed; on Debian: apt-get install dovecot-imapd")
    import grp
    import pwd

    base = Path("/tmp") / f"gf-dovecot-{os.getpid()}"  # dovecot's sockets need a short path
    for folder in ("run", "state", "mail", "home"):
        (base / folder).mkdir(parents=True, exist_ok=True)
    port = free_port()
    # dovecot never serves a mailbox as root; on Debian it brings users of its own.
    owner = pwd.getpwnam("dovecot") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    group = grp.getgrgid(owner.pw_gid).gr_name
    for folder in ("mail", "home"):
        os.chown(base / folder, owner.pw_uid, owner.pw_gid)
    config = CONFIG.format(
        base=base,
        user=owner.pw_name,
        login="dovenull" if os.getuid() == 0 else owner.pw_name,
        group=group,
        uid=owner.pw_uid,
        gid=owner.pw_gid,
        port=port,
        password=PASSWORD,
    )
    (base / "dovecot.conf").write_text(config, encoding="utf-8")
    server = subprocess.Popen(
        [program, "-F", "-c", str(base / "dovecot.conf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        if not wait_for(port, server):
            log = (base / "log").read_text(errors="replace") if (base / "log").exists() else "no log"
            pytest.skip(f"dovecot does not start here: {log[-300:]}")
        yield ImapSettings(host="127.0.0.1", port=port, user="dana", password=SecretStr(PASSWORD), security="plain")
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(base, ignore_errors=True)


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
