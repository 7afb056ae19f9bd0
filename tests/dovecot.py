"""A real mail server on loopback for the tests that read from and append to a mailbox."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.mailbox import ImapSettings

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
  mailbox Gesendet {{
    special_use = \\Sent
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


@contextlib.contextmanager
def running_dovecot() -> Iterator[ImapSettings]:
    """An empty mailbox of "dana" on a free port; skips the test where dovecot is not installed."""
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        pytest.skip("dovecot is not installed; on Debian: apt-get install dovecot-imapd")
    import grp
    import pwd

    base = Path("/tmp") / f"gf-dovecot-{os.getpid()}-{free_port()}"  # dovecot's sockets need a short path
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
