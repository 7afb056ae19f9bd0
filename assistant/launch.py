"""Starting what runs beside the assistant: the screens, the fictional world of the demo, the evals.

Starts processes and finds shipped files. It must never open a port to another machine: the screens listen on
127.0.0.1 and accept requests for this machine's names only.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib.util
import os
import re
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.domain import ImportReport
from assistant.errors import GivefirstError, UsageError

if TYPE_CHECKING:
    from assistant.app import Assistant

_PACKAGE = Path(__file__).parent

# Set on the command line, so that no file of the user's can weaken them.
UI_FLAGS = {
    "server.address": "127.0.0.1",
    "server.allowedHosts": "localhost,127.0.0.1",
    "server.enableXsrfProtection": "true",
    "server.maxUploadSize": "50",
    # With a head Streamlit would offer, in the page, to install things for programmers on the user's machine.
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "server.showEmailPrompt": "false",
    "browser.gatherUsageStats": "false",
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
}


def run_ui(home: Path | None, today: dt.date | None, port: int, browser: bool) -> int:
    """Runs the screens until they are stopped; gives the exit code."""
    environment = dict(os.environ)
    if home:
        environment["GIVEFIRST_HOME"] = str(home.absolute())
    if today:
        environment["GIVEFIRST_TODAY"] = today.isoformat()
    if browser:
        threading.Thread(target=_open_when_it_answers, args=(port,), daemon=True).start()
    try:
        return subprocess.call(ui_command(port), env=environment)
    except KeyboardInterrupt:
        return 0


def ui_command(port: int) -> list[str]:
    """What runs the screens. With -P: a folder `ui` where the user happens to stand is not ours."""
    flags = [f"--{name}={value}" for name, value in UI_FLAGS.items() if name != "server.allowedHosts"]
    flags += [f"--server.allowedHosts={host}" for host in UI_FLAGS["server.allowedHosts"].split(",")]
    script = _find_screens() / "app.py"
    return [sys.executable, "-P", "-m", "ui.serve", "run", str(script), *flags, f"--server.port={port}"]


def _open_when_it_answers(port: int, patience: float = 60) -> None:
    """Opens the screens in the user's browser as soon as somebody listens on the port; gives up after `patience` s."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            webbrowser.open(f"http://127.0.0.1:{port}")
            return
        time.sleep(0.2)


def _find_screens() -> Path:
    """The folder of the screens, found without importing them."""
    spec = importlib.util.find_spec("ui")
    if spec is None or spec.origin is None:
        raise GivefirstError("the screens are not installed; install givefirst again")
    return Path(spec.origin).parent


def find_world() -> Path:
    """The folder of the fictional world: in the package, or beside it in a checkout."""
    for folder in (_PACKAGE / "world", _PACKAGE.parent / "evals" / "world"):
        if (folder / "notes").is_dir():
            return folder
    raise GivefirstError("the example world is not installed; install givefirst again")


def world_day() -> dt.date:
    """The day the world is written for."""
    text = (find_world() / "__init__.py").read_text(encoding="utf-8")
    match = re.search(r"TODAY = (?:dt\.)?date\((\d+), (\d+), (\d+)\)", text)
    if not match:
        raise GivefirstError("the example world has no TODAY; install givefirst again")
    return dt.date(*(int(part) for part in match.groups()))


def load_world(assistant: Assistant) -> ImportReport:
    """Imports the fictional world into the assistant's home."""
    world = find_world()
    return assistant.import_([world / "notes", world / "contacts.vcf", world / "Connections.csv"])


def run_eval(question: str, arguments: Sequence[str]) -> int:
    """Runs `python -m evals.<question>`; gives its exit code."""
    name = f"evals.{question}"
    if not question.isidentifier() or importlib.util.find_spec("evals") is None:
        raise UsageError(f"eval {question!r}: needs the source checkout; run `make eval` there")
    if importlib.util.find_spec(name) is None:
        raise UsageError(f"eval {question!r} is unknown; see the folder evals for the questions there are")
    return subprocess.call([sys.executable, "-m", name, *arguments])
