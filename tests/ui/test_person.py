from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from small_book import TODAY
from streamlit.testing.v1 import AppTest
from test_pages import button, id_of, open_briefing, open_page, pick, said, unfold

from assistant.app import Assistant
from ui.parts import escape, in_screen_words


def fill(at: AppTest, label: str, text: str) -> None:
    next(one for one in at.text_input if one.label == label).input(text)


def open_details(book: Path) -> AppTest:
    return unfold(pick(open_page("person"), "person_who", "Ana"), f"details-{id_of(book)}")


def save_details(at: AppTest) -> AppTest:
    return button(at, "Save").click().run()


def test_an_address_and_an_organisation_can_be_added_on_the_page(book: Path) -> None:
    at = open_details(book)
    fill(at, "Another email address", " Ana@New.example ")
    fill(at, "Organisation", "Sea Court")
    at = save_details(at)
    assert not at.error and "Email: ana@new.example, ana.ferreira@marelivre.example" in said(at)
    with Assistant.open(book, TODAY) as assistant:
        (ana,) = assistant.people("Sea Court")
        assert (ana.name, ana.title) == ("Ana Ferreira", "Marine lawyer")
        assert set(ana.emails) == {"ana@new.example", "ana.ferreira@marelivre.example"}


def test_an_address_of_somebody_else_says_whose_it_is(book: Path) -> None:
    at = open_details(book)
    fill(at, "Another email address", "mallory@tracker.example")
    fill(at, "Organisation", "Sea Court")
    at = save_details(at)
    assert "the address of Mallory" in at.error[0].value.replace("\u2060\\", "")
    with Assistant.open(book, TODAY) as assistant:
        assert assistant.people("Sea Court") == ()
    fill(at, "Another email address", "dana@tidewise.example")
    assert "your own address" in save_details(at).error[0].value


@pytest.mark.parametrize("text", ["nobody at all", "ana@", "@place.example"])
def test_what_is_no_address_is_refused_in_one_line(book: Path, text: str) -> None:
    at = open_details(book)
    fill(at, "Another email address", text)
    assert "is no email address" in save_details(at).error[0].value.replace("\u2060\\", "")


def test_somebody_with_no_address_at_all_gets_one(home: Path, tmp_path: Path) -> None:
    (tmp_path / "ben.md").write_text("---\nname: Ben Otter\n---\n", encoding="utf-8")
    with Assistant.open(home, TODAY) as assistant:
        assistant.import_([tmp_path / "ben.md"])
    at = open_page("person")
    fill(at, "Email address", "ben@otter.example")
    at = save_details(at)
    assert "Email: ben@otter.example" in said(at)
    with Assistant.open(home, TODAY) as assistant:
        assert [one.emails for one in assistant.people()] == [("ben@otter.example",)]


def test_somebody_forgotten_does_not_come_back_by_their_address(book: Path) -> None:
    with Assistant.open(book, TODAY) as assistant:
        assistant.forget("Mallory")
    at = open_details(book)
    fill(at, "Another email address", "mallory@tracker.example")
    at = save_details(at)
    assert "was forgotten on" in at.error[0].value.replace("\u2060\\", "")
    with Assistant.open(book, TODAY) as assistant:
        assert assistant.show("Ana").contact.emails == ("ana.ferreira@marelivre.example",)


def test_the_labels_of_common_ground_are_words_for_people(book: Path) -> None:
    at = pick(open_page("person"), "person_who", "Ana")
    assert "You could help with: " in said(at) and "need met" not in said(at)


@pytest.mark.parametrize(("days", "ago"), [(0, "today"), (1, "yesterday"), (5, "5 days ago")])
def test_how_long_ago_is_said_as_people_say_it(book: Path, days: int, ago: str) -> None:
    with Assistant.open(book, TODAY) as assistant:
        assistant.log("Ana", channel="call", date=TODAY - dt.timedelta(days=days))
    at = pick(open_page("person"), "person_who", "Ana")
    assert f", {ago}." in said(at) and "no day" not in said(at)


def test_without_a_note_of_the_users_own_the_page_leads_to_one(home: Path, notes: Path) -> None:
    with Assistant.open(home, TODAY) as assistant:
        assistant.import_([notes / "ana.md"])
    at = open_page("person")
    assert not at.error and "me: true" not in said(at)
    assert [one.label for one in at.get("page_link") if "yourself" in one.label] == ["**Tell about yourself**"]


def test_the_next_move_names_nothing_of_the_terminal(home: Path, tmp_path: Path) -> None:
    (tmp_path / "me.md").write_text("---\nme: true\nname: Dana Marlow\n---\n", encoding="utf-8")
    (tmp_path / "ben.md").write_text("---\nname: Ben Otter\n---\n", encoding="utf-8")
    with Assistant.open(home, TODAY) as assistant:
        assistant.import_([tmp_path / "me.md", tmp_path / "ben.md"])
    at = open_page("person")
    assert "First find out:" in said(at) and "--" not in said(at)


def test_a_debrief_is_kept_without_naming_an_id(book: Path) -> None:
    at = open_briefing(book, "Ana Ferreira")
    next(one for one in at.text_area if one.label == "What happened").input("We planned the workshop.")
    at = button(at, "Keep the debrief").click().run()
    assert "Kept: a meeting on 2026-11-20 and a note of it." in said(at)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("your own note is missing; import a Markdown file with `me: true` and `name: …` at its head", "page Draft"),
        ("add one, or write a cold mail: `givefirst draft cold`.", "write a cold mail."),
        ("it or `givefirst mark DRAFT replied`; or insist", "mark the draft as answered"),
        ("nobody is called 'x'; `givefirst people` lists everybody", "the page People lists everybody"),
    ],
)
def test_what_a_terminal_would_say_is_said_for_the_screens(line: str, shown: str) -> None:
    told = in_screen_words(line)
    assert shown in told and "`" not in told


def test_what_is_no_address_is_shown_as_plain_text(book: Path) -> None:
    at = open_details(book)
    fill(at, "Another email address", "![x](http://tracker.example/p.gif)")
    told = save_details(at).error[0].value
    assert "![" not in told and escape("![x]") in told


def test_in_a_book_of_thousands_a_person_is_looked_for_by_name(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.parts.MOST_OFFERED", 1)
    at = pick(open_page("person"), "person_who", "Ana")
    find = next(one for one in at.text_input if one.label == "Find among 2 people")
    at = find.input("mallory").run()
    offered = next(one for one in at.selectbox if one.key == "person_who")
    assert [one.split()[0] for one in offered.options] == ["Ana", "Mallory"], "who is chosen stays"
    at = pick(at, "person_who", "Mallory")
    assert at.title[0].value.startswith("Mallory")
    at = next(one for one in at.text_input if one.label == "Find among 2 people").input("nobody at all").run()
    assert "Nobody is called that" in at.caption[0].value and at.title[0].value.startswith("Mallory")


@pytest.mark.parametrize("page", ["briefing", "introductions", "draft"])
def test_every_list_of_people_can_be_narrowed_in_a_book_of_thousands(
    book: Path, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.parts.MOST_OFFERED", 1)
    at = open_page(page)
    at = next(one for one in at.text_input if one.label == "Find among 2 people").input("mall").run()
    assert not at.exception
    lists = [one for one in (*at.selectbox, *at.multiselect) if one.key in ("draft_who", "introduce_for", "brief_who")]
    assert any(option.startswith("Mallory") for option in lists[0].options) and len(lists[0].options) <= 2


def test_somebody_chosen_and_then_forgotten_is_offered_no_more_in_a_book_of_thousands(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.parts.MOST_OFFERED", 0)
    at = open_page("briefing")
    at = next(one for one in at.multiselect if one.key == "brief_who").set_value([id_of(book)]).run()
    with Assistant.open(book, TODAY) as assistant:
        assistant.forget("Ana Ferreira")
    at = at.run()
    assert not at.exception
