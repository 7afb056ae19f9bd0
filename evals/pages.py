"""How long does each page of the screens take in a large book, in a real browser, and how much memory does it hold?

10,000 people with 100,000 notes and 100,000 mails are made up and imported (some minutes, once: `--home` keeps them),
and what is reckoned ahead is reckoned, as the app does it by itself. First is the first page after a start, browser and
all; cold is a new browser that comes to screens which run; warm is the way there by a click. Bare is the first page of
screens that hold a title and nothing else: what Streamlit and the browser take on this machine. Seconds are of the
machine it ran on: it says so, and judges nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.ahead import reckon_all
from assistant.app import Assistant
from evals.large_book import address_of, write_book
from evals.speed import save_touches
from evals.world import TODAY

PAGES = "Today People Person Briefing Introductions Network Ask Draft Import Settings".split()
_PATHS = {"Today": "", "Person": "person?who={who}", "Briefing": "briefing?who={who}", "Draft": "draft?who={who}"}
_CHROMIUM = "/usr/bin/chromium"
_QUIET_FOR = """path => {
    const running = document.querySelector('[data-test-script-state=running], [data-testid=stSkeleton]');
    const drawn = document.querySelector('[data-testid=stHeading]');
    if (running || !drawn || !location.pathname.endsWith(path)) { window.quietSince = 0; return false; }
    window.quietSince = window.quietSince || performance.now();
    return performance.now() - window.quietSince > 200;
}"""
_QUIET = 0.2  # seconds that a page must have been quiet, taken off again


def make_home(home: Path, people: int) -> None:
    """Writes and imports the book, with its mails, and reckons ahead."""
    with tempfile.TemporaryDirectory(prefix="givefirst-large-") as place, Assistant.open(home, TODAY) as assistant:
        write_book(Path(place) / "notes", people)
        assistant.import_([Path(place) / "notes"])
        save_touches(assistant)


def screens_of(home: Path) -> Callable[[int], list[str]]:
    """The command of the screens at a port, as a user starts them."""
    code = "from assistant.cli import main; main()"
    place = ["--home", str(home), "--today", TODAY.isoformat()]
    return lambda port: [sys.executable, "-c", code, "ui", "--port", str(port), "--no-browser", *place]


@contextmanager
def served(command: Callable[[int], list[str]]) -> Iterator[tuple[str, int]]:
    """Runs the command at a free port: its address and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command(port), **quiet, start_new_session=True) as one:
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}", one.pid
        finally:
            os.killpg(one.pid, 15)
            one.wait(20)


def _wait(address: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def time_cold(browser: Any, address: str, path: str) -> float:
    page = browser.new_page()
    start = time.perf_counter()
    page.goto(f"{address}/{path}")
    _settle(page, path.partition("?")[0])
    took = time.perf_counter() - start - _QUIET
    _close(page)
    return took


def _close(page: Any) -> None:
    """Browser and screens clear up behind a page for a while, which is no part of the next one."""
    page.close()
    time.sleep(1)


def _settle(page: Any, path: str) -> None:
    """Waits until the page of this address is drawn and nothing has run for a while."""
    page.wait_for_function(_QUIET_FOR, arg=f"/{path}", timeout=600_000, polling=20)


def time_warm(browser: Any, address: str, who: str) -> dict[str, float]:
    """Every page twice by its link, from a page that stands; the second time counts."""
    page = browser.new_page()
    page.goto(f"{address}/{_PATHS['Person'].format(who=who)}")
    _settle(page, "person")
    took = {}
    for _ in range(2):
        for name in PAGES:
            start = time.perf_counter()
            page.evaluate("window.quietSince = 0")
            page.get_by_test_id("stSidebar").get_by_role("link", name=name, exact=True).click()
            _settle(page, "" if name == "Today" else name.lower())
            took[name] = time.perf_counter() - start - _QUIET
    _close(page)
    return took


def time_bare(browser: Any) -> float:
    """The first page of a Streamlit app of one line."""
    with tempfile.TemporaryDirectory(prefix="givefirst-bare-") as place:
        script = Path(place) / "bare.py"
        script.write_text("import streamlit as st\nst.title('Bare')\n", encoding="utf-8")
        flags = ["--server.headless=true", "--server.address=127.0.0.1", "--browser.gatherUsageStats=false"]
        with served(
            lambda port: [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", *flags]
        ) as (
            address,
            _,
        ):
            return time_cold(browser, address, "")


def measure(home: Path, people: int) -> dict[str, Any]:
    """Seconds of each page, first, cold and warm, and the memory of the app in MB when all were seen."""
    from playwright.sync_api import sync_playwright

    with Assistant.open(home, TODAY) as assistant:
        who = assistant.show(address_of(people // 2)).contact.id
        reckon_all(assistant)
    paths = {name: _PATHS.get(name, name.lower()).format(who=who) for name in PAGES}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        first = {}
        for name, path in paths.items():
            with served(screens_of(home)) as (address, _):
                first[name] = time_cold(browser, address, path)
        with served(screens_of(home)) as (address, process):
            warm, memory = time_warm(browser, address, who), _memory_of(process)
            cold = {name: time_cold(browser, address, path) for name, path in paths.items()}
        bare = round(min(time_bare(browser) for _ in range(3)), 2)
        browser.close()
    pages = {
        name: {"first": round(first[name], 2), "cold": round(cold[name], 2), "warm": round(warm[name], 2)}
        for name in PAGES
    }
    return {"people": people, "bare": bare, "pages": pages, "app_mb": memory}


def _memory_of(group: int) -> int:
    """What the app's processes hold, in MB; 0 where the machine does not tell."""
    pages = 0
    for one in Path("/proc").glob("[0-9]*/stat"):
        fields = one.read_text(encoding="utf-8").rpartition(")")[2].split()
        if int(fields[2]) == group:
            pages += int(fields[21])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.pages", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=10_000, help="size of the book, with ten notes each")
    parser.add_argument("--home", type=Path, help="where the book is kept for another time")
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="givefirst-pages-") as place:
        home = arguments.home or Path(place) / "home"
        if not home.exists():
            make_home(home, arguments.people)
        figures = measure(home, arguments.people)
    if arguments.json:
        print(json.dumps(figures))
        return
    print(f"a book of {figures['people']} people; the app holds {figures['app_mb']} MB when all pages were seen")
    print(f"a bare page takes {figures['bare']} s")
    for name, one in figures["pages"].items():
        print(f"{name:>14}  {one['first']:>6} s first  {one['cold']:>6} s cold  {one['warm']:>6} s warm")


if __name__ == "__main__":
    main()
