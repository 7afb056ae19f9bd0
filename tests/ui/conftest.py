"""A home for the screens, empty or with the small book in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from small_book import ANA, MALLORY, ME, TODAY

from assistant.app import Assistant


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
