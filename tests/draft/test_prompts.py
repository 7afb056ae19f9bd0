from __future__ import annotations

import pytest

from assistant.domain import Channel, DraftKind
from assistant.draft.prompts import find_prompts, load_prompt


@pytest.mark.parametrize("name", sorted(path.stem for path in find_prompts().glob("*.md")))
def test_a_prompt_loads_under_its_name_and_stays_short(name: str) -> None:
    prompt = load_prompt(name)
    assert prompt.label.startswith(f"{name}@") and len(prompt.text.splitlines()) < 60


def test_every_kind_and_channel_has_its_prompt() -> None:
    assert all(load_prompt(one.value) for one in (*DraftKind, *Channel))
