"""A home for the screens, empty or with the small book in it; the browser, and screens that are shared."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from screens import CHROMIUM, QUIET, at_home, served
from small_book import ANA, MALLORY, ME, TODAY

from assistant.app import Assistant
from assistant.launch import world_day


@pytest.fixture(autouse=True)
def _main_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page run by AppTest becomes `__main__`: a process that another test spawns later would run it again."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    for name, text in (("me.md", ME), ("ana.md", ANA), ("mallory.md", MALLORY)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home that the screens will open; what they opened is closed when the test ends."""
    place = tmp_path / "home"
    monkeypatch.setenv("GIVEFIRST_HOME", str(place))
    monkeypatch.setenv("GIVEFIRST_TODAY", TODAY.isoformat())
    monkeypatch.setenv("GIVEFIRST_EMBEDDINGS", "off")
    st.cache_resource.clear()
    yield place
    st.cache_resource.clear()


@pytest.fixture
def book(home: Path, notes: Path) -> Path:
    """The home with the two people and the user in it."""
    with Assistant.open(home, TODAY) as assistant:
        report = assistant.import_([notes])
    assert (report.added, report.rejected) == (3, ())
    return home


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser comes first: it is the longest piece of work, and nobody should wait for it at the end."""
    items.sort(key=lambda one: "browser" not in getattr(one, "fixturenames", ()))


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Closed with its module: as long as it is open, an event loop runs that other tests could not have."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not shutil.which(CHROMIUM):
        pytest.skip(f"no browser: {CHROMIUM} is missing (apt install chromium)")
    with api.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=QUIET.split())
        try:
            yield opened
        finally:
            opened.close()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The screens on the small book, for tests that write nothing another one reads."""
    folder = tmp_path_factory.mktemp("shared")
    notes = [folder / f"{name}.md" for name in ("me", "ana", "mallory")]
    for path, text in zip(notes, (ME, ANA, MALLORY), strict=True):
        path.write_text(text, encoding="utf-8")
    with ExitStack() as running:
        with at_home(folder / "home", TODAY):
            with Assistant.open() as assistant:
                assistant.import_(notes)
            address = running.enter_context(served(folder))
        yield address


@pytest.fixture(scope="session")
def world(world_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The screens on the example world, for tests that only look."""
    home = shutil.copytree(world_home, tmp_path_factory.mktemp("screens") / "home")
    with ExitStack() as running:
        with at_home(home, world_day()):
            address = running.enter_context(served(home))
        yield address
