"""Each test gets a copy of the world's folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import Assistant
from evals.world import TODAY


@pytest.fixture
def home(world_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(world_home, tmp_path / "home"))


@pytest.fixture
def assistant(home: Path) -> Iterator[Assistant]:
    with Assistant.open(home, TODAY) as opened:
        yield opened
