from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from small_book import ANA, ME, MODEL_REPLY, TODAY
from streamlit.testing.v1 import AppTest

import ui
from assistant.app import Assistant
from evals.model_server import ModelServer, answer_either
from ui.parts import escape

SCRIPT = Path(ui.__file__).parent / "app.py"
SECRET = "thinking of leaving Mare Livre"
READS_MARKDOWN = ("error", "warning", "info", "success", "caption", "header", "subheader", "title", "toast", "markdown")


def open_page(name: str = "") -> AppTest:
    at = AppTest.from_file(str(SCRIPT), default_timeout=60).run()
    return at.switch_page(f"views/{name}.py").run() if name else at


def said(at: AppTest) -> str:
    assert not at.exception, at.exception
    return "\n".join(one.value for one in at.text)


def pick(at: AppTest, key: str, name: str) -> AppTest:
    box = at.selectbox(key=key)
    return box.select_index(next(i for i, option in enumerate(box.options) if name in option)).run()


def button(at: AppTest, label: str) -> Any:
    return next(one for one in at.button if one.label == label)


def write_draft(at: AppTest, name: str = "Ana") -> AppTest:
    return button(pick(at, "draft_who", name), "Write draft").click().run()


def body_of(at: AppTest) -> Any:
    return next(one for one in at.text_area if one.label == "Body")


def is_downloadable(at: AppTest) -> bool:
    return bool(at.get("download_button"))


# --- people -------------------------------------------------------------------------------------------------------


def test_an_empty_book_says_how_to_begin(home: Path) -> None:
    at = open_page()
    assert not at.exception
    assert "Your book is empty" in [one.value for one in at.subheader]
    assert "me: true" in at.code[0].value


def test_draft_on_an_empty_book_points_to_people(home: Path) -> None:
    at = open_page("draft")
    assert not at.exception and "empty" in at.info[0].value


def test_uploaded_files_become_people_and_what_is_rejected_is_named(home: Path) -> None:
    at = open_page()
    files = [("me.md", ME.encode(), "text/markdown"), ("ana.md", ANA.encode(), "text/markdown")]
    at.file_uploader[0].set_value([*files, ("odd.md", b"nobody in particular\n", "text/markdown")])
    button(at, "Import").click().run()
    assert "Read 2: 2 added, 0 updated, 0 unchanged, 1 rejected" in said(at)
    assert at.selectbox(key="people_who").options == ["Ana Ferreira — Mare Livre"]
    assert any("odd.md:1" in frame.value.to_string() for frame in at.dataframe)


def test_a_person_is_shown_with_record_facts_notes_and_common_ground(book: Path) -> None:
    at = pick(open_page(), "people_who", "Ana")
    text = said(at)
    assert "Work: Marine lawyer, Mare Livre" in text
    assert "Long coffee by the river." in text
    assert "You: “know a notary in Lisbon” (About me, 2026-10-02)" in text
    assert "They: “She's hunting for a Portuguese-speaking notary for her parents' house in Faro.”" in text
    facts = at.dataframe[0].value
    assert list(facts[facts["text"].str.contains("leaving")]["who may know"]) == ["private"]


def test_search_finds_a_person_by_what_a_note_says(book: Path) -> None:
    at = open_page()
    at.text_input(key="people_query").input("notary Faro").run()
    assert at.selectbox(key="people_who").options == ["Ana Ferreira — Mare Livre"]
    assert "Faro" in at.dataframe[0].value.to_string()


def test_search_that_fits_nobody_says_so(book: Path) -> None:
    at = open_page()
    at.text_input(key="people_query").input("zzzzqqq").run()
    assert not at.exception and "Nobody fits" in at.info[0].value


def test_a_typed_note_is_kept_with_its_occasion_and_date(book: Path) -> None:
    at = pick(open_page(), "people_who", "Ana")
    next(one for one in at.text_area if "remember" in one.label).input("- [need] a calm desk in Bristol")
    next(one for one in at.text_input if one.label == "Occasion").input("A walk")
    button(at, "Save note").click().run()
    assert f"{TODAY} A walk" in said(at)
    with Assistant.open(book, TODAY) as assistant:
        assert "- [need] a calm desk in Bristol" in [one.text for one in assistant.show("Ana Ferreira").notes]


def test_an_empty_note_is_refused_in_one_line(book: Path) -> None:
    at = pick(open_page(), "people_who", "Ana")
    button(at, "Save note").click().run()
    assert at.error[0].value == escape("the note is empty; write what you want to remember")


def test_a_book_without_the_users_own_note_still_shows_people(home: Path, notes: Path) -> None:
    with Assistant.open(home, TODAY) as assistant:
        assistant.import_([notes / "ana.md"])
    at = open_page()
    assert "Name: Ana Ferreira" in said(at) and "your own note is missing" in at.error[0].value.replace("\\", "")
    assert "your own note is missing" in open_page("draft").error[0].value


def test_a_book_that_cannot_be_opened_says_why(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIVEFIRST_TODAY", "someday")
    at = open_page()
    assert not at.exception and "today" in at.error[0].value


@pytest.mark.parametrize("page", ["people", "draft"])
def test_hostile_names_and_notes_stay_plain_text(book: Path, page: str) -> None:
    at = pick(open_page(page), "draft_who" if page == "draft" else "people_who", "Mallory")
    assert not at.exception
    for kind in READS_MARKDOWN:
        for one in at.get(kind):
            assert "tracker" not in one.value.replace(escape("tracker.example"), "")
            assert "![" not in one.value and "<img" not in one.value
    for one in (*at.button, *at.checkbox, *at.radio, *at.expander):
        assert not set(re.sub(r"\u2060\\.", "", one.label)) & set("![]<>$")


def test_hostile_notes_are_shown_literally(book: Path) -> None:
    text = said(pick(open_page(), "people_who", "Mallory"))
    for literal in (
        "<img src=http://tracker.example/n.gif> and ![x](http://tracker.example/m.gif)",
        "[a](javascript:alert(1))",
        "Mallory ![x](http://tracker.example/p.gif) $x$ :smile:",
    ):
        assert literal in text


# --- draft --------------------------------------------------------------------------------------------------------


def test_the_plan_shows_what_is_given_asked_and_left_out(book: Path) -> None:
    text = said(pick(open_page("draft"), "draft_who", "Ana"))
    assert "You give: know a notary in Lisbon" in text
    assert "It meets: “She's hunting for a Portuguese-speaking notary" in text
    assert "You ask: whether they would like that" in text
    assert "“1 private note”: private: stays with you" in text


@pytest.mark.parametrize("kind", ["give_first", "cold"])
def test_a_written_draft_is_ready_and_shows_each_sentences_source(book: Path, kind: str) -> None:
    at = open_page("draft")
    at.selectbox(key="draft_kind").set_value(kind).run()
    write_draft(at)
    text = said(at)
    assert "Ready" in text.splitlines() and is_downloadable(at)
    assert "notary" in body_of(at).value
    assert "“know a notary in Lisbon” (About me, 2026-10-02)" in text
    assert SECRET not in text + body_of(at).value


def test_an_invented_claim_is_found_and_stops_the_download(book: Path) -> None:
    at = write_draft(open_page("draft"))
    body_of(at).input(f"We met at Davos. {body_of(at).value}").run()
    text = said(at)
    assert "Davos" in text and "Must change (body)" in text
    assert "Needs your input" in text.splitlines() and not is_downloadable(at)
    assert "cannot be handed over yet" in at.error[0].value.replace("\\", "").replace("\u2060", "")


def test_an_edit_survives_reruns_and_a_visit_to_another_page(book: Path) -> None:
    at = write_draft(open_page("draft"))
    edited = f"{body_of(at).value}\n\nTake care."
    body_of(at).input(edited).run()
    assert body_of(at.run()).value == edited
    at.switch_page("views/people.py").run()
    at.switch_page("views/draft.py").run()
    assert body_of(pick(at, "draft_who", "Ana")).value == edited


def test_what_is_downloaded_is_the_edited_text(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Any, ...]] = []
    eml = Assistant.eml
    monkeypatch.setattr(Assistant, "eml", lambda self, *given: asked.append(given) or eml(self, *given))
    at = write_draft(open_page("draft"))
    next(one for one in at.text_input if one.label == "Subject").input("A notary in Lisbon").run()
    assert asked[-1][1:] == ("A notary in Lisbon", body_of(at).value)
    assert at.code[0].value == f"A notary in Lisbon\n\n{body_of(at).value}"


def test_unticking_evidence_changes_the_plan(book: Path) -> None:
    at = pick(open_page("draft"), "draft_who", "Ana")
    for box in [one for one in at.checkbox if one.value]:
        box.uncheck()
    at.run()
    assert "Needs your input" in said(at) and button(at, "Write draft").disabled
    assert "What could you do for Ana?" in said(at)


def test_own_words_count_as_evidence(book: Path) -> None:
    at = pick(open_page("draft"), "draft_who", "Ana")
    for box in [one for one in at.checkbox if one.value]:
        box.uncheck()
    at.text_area(key="draft_about").input("I can lend you our projector in May").run()
    assert "You give: I can lend you our projector in May" in said(at)


def test_a_changed_plan_says_that_the_draft_is_older(book: Path) -> None:
    at = write_draft(open_page("draft"))
    assert not at.info
    at.text_area(key="draft_about").input("I will be in Porto in March 2027").run()
    assert "The plan has changed" in at.info[0].value


def test_somebody_marked_do_not_contact_is_refused_with_the_reason(book: Path) -> None:
    at = pick(open_page("draft"), "draft_who", "Mallory")
    text = said(at)
    assert "Refused" in text.splitlines() and "do-not-contact" in text
    assert button(at, "Write draft").disabled


def test_a_draft_stays_with_its_person(book: Path) -> None:
    at = write_draft(open_page("draft"))
    pick(at, "draft_who", "Mallory")
    assert not [one for one in at.text_area if one.label == "Body"]
    assert "Ana" in body_of(pick(at, "draft_who", "Ana")).value.splitlines()[0]


# --- with a model -------------------------------------------------------------------------------------------------


def test_a_draft_a_model_wrote_says_so_and_what_it_used(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIVEFIRST_MODEL", "local")
    monkeypatch.setenv("GIVEFIRST_MODEL_PRICE_OUT", "1000000")
    with ModelServer(answer_either(MODEL_REPLY)) as server:
        monkeypatch.setenv("GIVEFIRST_MODEL_URL", server.url)
        at = write_draft(open_page("draft"))
    text = said(at)
    assert server.asked[0].body["stream"] is True
    assert "by the language model · 11 tokens read, 7 written" in text and "cost 7.0000" in text
    assert "Ready" in text.splitlines() and "would be glad to put you in touch" in body_of(at).value
    assert not at.warning, "what was not approved is gone"
