"""Forgetting a person on their page: shown first, and not before the name is typed."""

from __future__ import annotations

from pathlib import Path

from small_book import TODAY
from streamlit.testing.v1 import AppTest

import ui
from assistant.app import Assistant

SCRIPT = Path(ui.__file__).parent / "app.py"


def test_forgetting_shows_what_goes_and_waits_for_the_name(book: Path) -> None:
    at = AppTest.from_file(str(SCRIPT), default_timeout=60).switch_page("views/person.py").run()
    box = at.selectbox(key="person_who")
    at = box.select_index(next(i for i, one in enumerate(box.options) if "Ana" in one)).run()
    at = next(one for one in at.button if one.label == "Forget …").click().run()
    assert any("What would go of Ana Ferreira: 2 notes" in one.value for one in at.text), at.exception
    button = next(one for one in at.button if one.label == "Forget for good")
    assert button.disabled
    with Assistant.open(book, TODAY) as assistant:
        assert "Ana Ferreira" in [one.name for one in assistant.people()]
