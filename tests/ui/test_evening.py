from __future__ import annotations

from pathlib import Path

from small_book import ANA, TODAY
from test_pages import body_of, button, open_page, said

from assistant.app import Assistant

BRUNO = """---
name: Bruno Costa
email: bruno@boiaviva.example
---
## 2026-06-01 Lunch
- [offer] can teach open sea-level data
"""
CARLA = ANA.replace("Ana Ferreira", "Carla Reis").replace("ana.ferreira@", "carla@")


def three(book: Path, notes: Path) -> None:
    (notes / "bruno.md").write_text(BRUNO, encoding="utf-8")
    (notes / "carla.md").write_text(CARLA, encoding="utf-8")
    with Assistant.open(book, TODAY) as assistant:
        assistant.import_([notes / "bruno.md", notes / "carla.md"])


def test_an_evening_is_proposed_invited_to_kept_and_followed_up(book: Path, notes: Path) -> None:
    three(book, notes)
    at = open_page("ask")
    at.text_input(key="event_topic").input("open sea-level data")
    at = button(at, "Find who fits").click().run()
    assert "On open sea" in at.subheader[0].value and len([one for one in at.button if one.label == "Invite"]) == 3
    place = "held-open sea-level data"
    with Assistant.open(book, TODAY) as assistant:
        ids = {name: assistant.show(name).contact.id for name in ("Bruno Costa", "Ana Ferreira", "Carla Reis")}
    for key, name in (("taught", "Bruno Costa"), ("came", "Ana Ferreira"), ("missed", "Carla Reis")):
        box = at.multiselect(key=f"{place}-{key}")
        box.select(next(one for one in box.options if name in one))
    at = button(at, "Keep who was there").click().run()
    assert "Kept: 2 meetings, each with a note." in said(at)
    labels = [one.label for one in at.button]
    for label in ("Taught: draft the thanks", "Came: draft the follow-up", "Could not come: draft a short word"):
        assert label in labels
    with Assistant.open(book, TODAY) as assistant:
        titles = [one.title for one in assistant.show("Ana Ferreira").notes]
        assert "Came to my evening on open sea-level data" in titles
        assert len(assistant.show(ids["Carla Reis"]).notes) == 2, "who could not come was not there"
    at = at.button(key=f"{place}-{ids['Bruno Costa']}").click().run()
    at = button(at.switch_page("views/draft.py").run(), "Write draft").click().run()
    assert "Thank you for teaching at my evening on open sea-level data today." in body_of(at).value


def test_an_invitation_is_one_click_from_the_proposal(book: Path, notes: Path) -> None:
    three(book, notes)
    at = open_page("ask")
    at.text_input(key="event_topic").input("open sea-level data")
    at = button(at, "Find who fits").click().run()
    at = button(at, "Invite").click().run()
    assert at.selectbox(key="draft_kind").value == "event_invite"
    assert at.text_area(key="draft_about").value.startswith("a small evening on open sea-level data")


def test_an_evening_nobody_is_named_for_says_what_is_missing(book: Path) -> None:
    at = open_page("ask")
    at.text_input(key="event_topic").input("bell ringing")
    at = button(at, "Find who fits").click().run()
    at = button(at, "Keep who was there").click().run()
    assert "who was there" in at.error[0].value and not at.exception
