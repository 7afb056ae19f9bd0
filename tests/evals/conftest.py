"""One draft of the fictional world, to be spoilt one way at a time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.app import Assistant
from assistant.domain import Draft, DraftKind
from evals.drafts import opened_world


@pytest.fixture(scope="session")
def world() -> Iterator[Assistant]:
    with opened_world(embeddings="off") as assistant:
        yield assistant


@pytest.fixture(scope="session")
def good(world: Assistant) -> Draft:
    return world.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
