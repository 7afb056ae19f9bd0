from __future__ import annotations

import datetime as dt
from pathlib import Path

from assistant.app import Assistant

TODAY = dt.date(2026, 11, 20)
PEOPLE = {
    "ana": "---\nname: Ana Ferreira\norg: Mare Livre\n---\n## 2026-03-12 Coffee\nShe works with Bob Stone.\n",
    "bob": "---\nname: Bob Stone\n---\n- [interest] tides\n",
    "cleo": "---\nname: Cleo Marsh\norg: Mare Livre\n---\n- [interest] tides\n",
    "dev": "---\nname: Dev Patel\n---\n## 2026-04-12 Lunch\nCleo Marsh came up.\n",
}


def test_pairs_are_told_among_those_asked_for_only(tmp_path: Path) -> None:
    for name, text in PEOPLE.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    with Assistant.open(tmp_path / "home", TODAY) as assistant:
        assistant.import_([tmp_path / f"{name}.md" for name in PEOPLE])
        ids = {one.name: one.id for one in assistant.people()}
        found = assistant.acquaintances([ids[name] for name in ("Ana Ferreira", "Bob Stone", "Cleo Marsh")])
        assert assistant.acquaintances([]) == ()
    assert [(one.a, one.b) for one in found] == [("Ana Ferreira", "Bob Stone"), ("Ana Ferreira", "Cleo Marsh")]
    assert found[0].why == "Bob Stone is named in your note of 2026-03-12 on Ana Ferreira"
    assert "She works with" not in found[0].why
