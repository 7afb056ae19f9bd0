"""The screens in a real browser: started as `givefirst ui` starts them, watched so that no request leaves the machine."""

from __future__ import annotations

import datetime as dt
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import ui
from assistant.launch import ui_command

CHROMIUM = "/usr/bin/chromium"
QUIET = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
SHOTS = Path(ui.__file__).parents[1] / "artefacts"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"streamlit did not start: {log.read_text(encoding='utf-8')}")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The screens, running as `givefirst ui` runs them, in the environment as it is now."""
    port, log = free_port(), folder / "streamlit.log"
    with log.open("wb") as out:
        server = subprocess.Popen(ui_command(port), stdout=out, stderr=out, env=dict(os.environ), cwd=folder)
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}", server, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.kill()  # they would say goodbye for some seconds
            server.wait(20)


@contextmanager
def at_home(home: Path, today: dt.date) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIVEFIRST_HOME", str(home))
        patch.setenv("GIVEFIRST_TODAY", today.isoformat())
        patch.setenv("GIVEFIRST_EMBEDDINGS", "off")
        yield


@contextmanager
def opened_page(browser: Any, address: str, **how: Any) -> Iterator[Any]:
    """A browser's page on the screens; when it is closed, no request may have gone anywhere else."""
    asked: list[str] = []
    context = browser.new_context(**{"viewport": {"width": 1400, "height": 2600}, "accept_downloads": True, **how})
    try:
        context.on("request", lambda request: asked.append(request.url))
        opened = context.new_page()
        opened.on("websocket", lambda channel: asked.append(channel.url))
        opened.goto(address)
        with shown_when_it_fails(opened):
            yield opened
    finally:
        context.close()
    assert len(asked) > 10
    assert [url for url in asked if not is_local(url)] == []


@contextmanager
def shown_when_it_fails(page: Any) -> Iterator[None]:
    """Keeps a picture of the page, and prints its words, where the test does not get what it waits for."""
    try:
        yield
    except BaseException:
        shoot(page, f"failed-{urlsplit(page.url).port}", whole=False)
        print(page.url, page.inner_text("body"), sep="\n")
        raise


def is_local(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob") or parts.hostname in ("127.0.0.1", "localhost")


def shoot(page: Any, name: str, whole: bool = True) -> None:
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=whole)


def visit(page: Any, name: str) -> None:
    page.get_by_test_id("stSidebar").get_by_role("link", name=name, exact=True).click()
    page.get_by_role("heading", name=name, exact=True).wait_for()
    settle(page)


def choose(page: Any, name: str) -> None:
    page.get_by_role("combobox", name="Person").click()
    page.get_by_role("option").filter(has_text=name).first.click()
    settle(page)


# True once the script has not run for a while: after a click the browser takes some milliseconds to start it.
_QUIET_FOR = """() => {
    const running = document.querySelector('[data-test-script-state=running]');
    if (running || !window.quietSince) window.quietSince = performance.now();
    return !running && performance.now() - window.quietSince > 250;
}"""


def settle(page: Any) -> None:
    """Waits until no rerun is under way, nor about to begin."""
    page.evaluate("window.quietSince = 0")
    page.wait_for_function(_QUIET_FOR)


def see(page: Any, said: str) -> None:
    """Waits until this stands on the page: how soon a click comes to something depends on the machine."""
    page.get_by_test_id("stMain").get_by_text(said).first.wait_for()


def texts(page: Any) -> str:
    """All plain text on the page, read in one go: a rerun may take an element away between two questions."""
    return "\n".join(page.get_by_test_id("stText").all_inner_texts())
