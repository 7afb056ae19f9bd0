"""The fictional world, imported once; each test gets a copy of its folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.launch import load_world
from evals.world import TODAY


@pytest.fixture(scope="session")
def world_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("world") / "home"
    with Assistant.open(home, TODAY) as assistant:
        load_world(assistant)
    return home


@pytest.fixture
def home(world_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(world_home, tmp_path / "home"))


@pytest.fixture
def assistant(home: Path) -> Iterator[Assistant]:
    with Assistant.open(home, TODAY) as opened:
        yield opened
