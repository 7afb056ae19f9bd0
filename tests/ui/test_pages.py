from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from small_book import ANA, ME, MODEL_REPLY, TODAY
from streamlit.testing.v1 import AppTest

import ui
from assistant.app import Assistant
from assistant.domain import DraftKind, FavourKind
from assistant.launch import find_world
from assistant.model_trial import QUESTION
from evals.model_server import ModelServer, answer_either
from ui.parts import escape

SCRIPT = Path(ui.__file__).parent / "app.py"
MAIL = b"""From: Dana <dana@tidewise.example>
To: Ana <ana.ferreira@marelivre.example>, Bob Stone <bob@stone.example>
Date: Thu, 12 Nov 2026 09:00:00 +0000
Message-ID: <1@tidewise.example>
Subject: A notary

Hello both.
"""
SECRET = "thinking of leaving Mare Livre"
READS_MARKDOWN = ("error", "warning", "info", "success", "caption", "header", "subheader", "title", "toast", "markdown")


def open_page(name: str = "") -> AppTest:
    at = AppTest.from_file(str(SCRIPT), default_timeout=60)
    if name == "bring_in":  # its address is another word, which is only known once the menu has been drawn
        at = at.run()
    return (at.switch_page(f"views/{name}.py") if name else at).run()


def unfold(at: AppTest, key: str) -> AppTest:
    at.session_state[f"unfold-{key}"] = True
    return at.run()


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


# --- the beginning ------------------------------------------------------------------------------------------------

EVERY_PAGE = (
    "today",
    "people",
    "person",
    "briefing",
    "introductions",
    "network",
    "ask",
    "draft",
    "bring_in",
    "settings",
)


@pytest.mark.parametrize("page", ["today", "people", "person", "briefing", "introductions", "network", "ask", "draft"])
def test_every_page_of_an_empty_book_offers_three_ways_to_begin(home: Path, page: str) -> None:
    at = open_page(page)
    assert not at.exception
    assert [one.value for one in at.subheader] == ["Look around", "Bring yours", "Write one note"]
    assert button(at, "Try the example world") and button(at, "Save and see them")


def test_the_example_world_opens_beside_the_users_own_book_and_closes_again(home: Path) -> None:
    at = button(open_page(), "Try the example world").click().run()
    assert not at.exception
    assert "Friday, 20 November 2026" in said(at) and any("invented" in one.value for one in at.markdown)
    at.switch_page("views/person.py").run()
    assert len(at.selectbox(key="person_who").options) == 55
    with Assistant.open(home, TODAY) as assistant:
        assert assistant.people() == ()
    at = button(at, "Back to my own book").click().run()
    assert button(at, "Try the example world")


def test_one_note_is_enough_for_a_first_draft(home: Path) -> None:
    at = open_page()
    for label, text in (
        ("Who is it about?", 'Ana "Anita" Ferreira: lawyer'),
        ("Their address, if you have it", "ana@marelivre.example"),
        ("Your name", "Dana Marlow"),
        ("One thing you could offer", "know a notary in Lisbon"),
    ):
        next(one for one in at.text_input if one.label == label).input(text)
    next(one for one in at.text_area if "remember" in one.label).input("Coffee in Porto: she is looking for a notary")
    at = button(at, "Save and see them").click().run()
    assert at.title[0].value == escape('Ana "Anita" Ferreira: lawyer')
    assert "You could give: know a notary in Lisbon" in said(at)
    at.switch_page("views/draft.py").run()
    button(at, "Write draft").click().run()
    assert "notary" in body_of(at).value


def test_a_note_about_nobody_is_refused_in_one_line(home: Path) -> None:
    at = button(open_page(), "Save and see them").click().run()
    assert at.error[0].value == escape("the name is empty; write whom it is about")


def test_a_book_that_cannot_be_opened_says_why(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIVEFIRST_TODAY", "someday")
    at = open_page()
    assert not at.exception and "today" in at.error[0].value


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_page_has_one_title_and_no_heading_level_is_skipped(book: Path, page: str) -> None:
    at = open_page(page)
    assert not at.exception
    assert len(at.title) == 1 and (at.header or not at.subheader)


# --- today --------------------------------------------------------------------------------------------------------


def test_today_shows_whom_the_user_owes_and_drafts_that_wait(book: Path) -> None:
    with Assistant.open(book, TODAY) as assistant:
        assistant.favour("Ana Ferreira", FavourKind.RECEIVED, "read my grant application")
        draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
    at = open_page()
    assert "Ana did something for you once" in said(at)
    assert escape(draft.subject) in [one.label for one in at.get("page_link")]


def test_a_draft_marked_as_sent_waits_for_its_answer(book: Path) -> None:
    at = button(write_draft(open_page("draft")), "I sent it").click().run()
    assert "You sent this." in said(at)
    at.switch_page("views/today.py").run()
    links = [one.label for one in at.get("page_link")]
    assert any("notary" in one for one in links)
    assert "None. A draft you wrote and did not send would stand here." in said(at)


# --- one line -----------------------------------------------------------------------------------------------------


def jot(at: AppTest, line: str) -> AppTest:
    next(one for one in at.text_input if one.label == "Jot one line").input(line)
    return button(at, "Read it").click().run()


def notes_of(book: Path, name: str) -> list[str]:
    with Assistant.open(book, TODAY) as assistant:
        return [one.text for one in assistant.show(name).notes]


def test_a_jotted_line_is_shown_as_read_and_kept_only_after_a_click(book: Path) -> None:
    line = "coffee with Ana: needs a surveyor, I promised the data, keep her move to myself"
    before = notes_of(book, "Ana Ferreira")
    at = jot(open_page(), line)
    assert "They need: a surveyor (“needs a surveyor”)" in said(at) and "You promised: the data" in said(at)
    assert any(one.startswith("• PRIVATE · ") and "move" in one for one in said(at).splitlines())
    assert notes_of(book, "Ana Ferreira") == before
    at = button(at, "Save this").click().run()
    assert "Kept of Ana Ferreira." in said(at)
    assert any(one.startswith(line) for one in notes_of(book, "Ana Ferreira"))


def test_a_line_that_may_mean_several_people_asks_which(book: Path) -> None:
    with Assistant.open(book, TODAY) as assistant:
        assistant.keep_capture(assistant.capture("lunch with Ana Moreira: likes tea"))
    at = jot(open_page(), "Ana: needs a surveyor")
    assert "Which Ana do you mean" in said(at) and button(at, "Save this").disabled
    box = next(one for one in at.selectbox if one.label == "It is")
    box.select("Ana Moreira").run()
    at = button(at, "Save this").click().run()
    assert "Kept of Ana Moreira." in said(at) and "Ana: needs a surveyor" in notes_of(book, "Ana Moreira")


def test_a_line_on_a_persons_page_is_about_them_and_can_be_dropped(book: Path) -> None:
    at = jot(pick(open_page("person"), "person_who", "Ana"), "needs ![x](http://tracker.example/c.gif)")
    assert "![x](http://tracker.example/c.gif)" in said(at)
    at = button(at, "Drop it").click().run()
    assert not at.exception and not [one for one in at.button if one.label == "Save this"]


# --- people -------------------------------------------------------------------------------------------------------


def test_people_are_listed_with_what_they_do_and_where(book: Path) -> None:
    at = open_page("people")
    assert "Marine lawyer, Mare Livre · Porto, Portugal" in said(at)
    assert at.get("page_link")[0].query_string == f"who={id_of(book)}"


def test_search_finds_a_person_by_what_a_note_says(book: Path) -> None:
    at = open_page("people")
    at.text_input(key="people_query").input("notary Faro").run()
    labels = [one.label for one in at.get("page_link")]
    assert labels[0] == "**Ana Ferreira**" and not [one for one in labels if "Mallory" in one]
    assert "notary for her parents' house in Faro" in said(at)


def test_search_that_fits_nobody_says_so(book: Path) -> None:
    at = open_page("people")
    at.text_input(key="people_query").input("zzzzqqq").run()
    assert not at.exception and "Nobody fits" in at.info[0].value


def test_a_person_is_added_once(book: Path) -> None:
    at = open_page("people")
    next(one for one in at.text_input if one.label == "Name").input("ana  ferreira")
    button(at, "Add").click().run()
    assert "in your book already" in at.error[0].value.replace("\\", "")
    next(one for one in at.text_input if one.label == "Name").input("Bob Stone")
    at = button(at, "Add").click().run()
    assert at.title[0].value == "Bob Stone"


# --- person -------------------------------------------------------------------------------------------------------


def id_of(book: Path, name: str = "Ana Ferreira") -> str:
    with Assistant.open(book, TODAY) as assistant:
        return assistant.people(name)[0].id


def test_a_link_to_a_person_opens_their_page_and_the_choice_changes_the_address(book: Path) -> None:
    at = AppTest.from_file(str(SCRIPT), default_timeout=60).switch_page("views/person.py")
    at.query_params["who"] = id_of(book, "Mallory")
    at.run()
    assert "do not contact" in said(at)
    pick(at, "person_who", "Ana")
    assert at.query_params["who"] == id_of(book)
    assert at.title[0].value == "Ana Ferreira"


def test_a_link_to_nobody_says_so(book: Path) -> None:
    at = AppTest.from_file(str(SCRIPT), default_timeout=60).switch_page("views/person.py")
    at.query_params["who"] = "c-gone"
    at.run()
    assert not at.exception and "not in this book" in at.info[0].value


def test_a_person_is_shown_with_record_facts_notes_and_common_ground(book: Path) -> None:
    at = pick(open_page("person"), "person_who", "Ana")
    text = said(at)
    assert "Work: Marine lawyer, Mare Livre" in text
    assert "Long coffee by the river." in text
    assert "You: “know a notary in Lisbon” (About me, 2 October 2026)" in text
    assert "They: “She's hunting for a Portuguese-speaking notary for her parents' house in Faro.”" in text
    (leaving,) = [one.value for one in at.text if "thinking of leaving" in one.value and "may know" in one.value]
    assert leaving.endswith("private: only you may know")


def test_the_next_good_move_links_to_a_draft_of_that_kind(book: Path) -> None:
    at = pick(open_page("person"), "person_who", "Ana")
    assert "You could give: know a notary in Lisbon" in said(at)
    link = next(one for one in at.get("page_link") if "Draft it" in one.label)
    assert link.query_string == f"kind=give_first&who={id_of(book)}"


def test_nobody_marked_do_not_contact_has_a_next_move_to_draft(book: Path) -> None:
    at = pick(open_page("person"), "person_who", "Mallory")
    assert "do-not-contact" in said(at)
    assert not [one for one in at.get("page_link") if "Draft it" in one.label]


def test_a_typed_note_is_kept_with_its_occasion_and_date(book: Path) -> None:
    at = pick(open_page("person"), "person_who", "Ana")
    next(one for one in at.text_area if "want to remember" in one.label).input("- [need] a calm desk in Bristol")
    next(one for one in at.text_input if one.label == "Occasion").input("A walk")
    button(at, "Save note").click().run()
    assert "20 November 2026 — A walk" in said(at)
    with Assistant.open(book, TODAY) as assistant:
        assert "- [need] a calm desk in Bristol" in [one.text for one in assistant.show("Ana Ferreira").notes]


def test_a_time_in_touch_and_a_favour_are_kept(book: Path) -> None:
    at = unfold(pick(open_page("person"), "person_who", "Ana"), f"touch-{id_of(book)}")
    at = unfold(at, f"favour-{id_of(book)}")
    next(one for one in at.selectbox if one.label == "How").set_value("call")
    button(at, "Keep it").click().run()
    next(one for one in at.text_input if one.label == "What it was").input("the tide-gauge data")
    button(at, "Keep the favour").click().run()
    assert "20 November 2026 — call" in said(at) and "You gave 1, received 0, asked 0." in said(at)
    with Assistant.open(book, TODAY) as assistant:
        profile = assistant.show("Ana Ferreira")
    assert [one.channel for one in profile.interactions] == ["call"]
    assert [one.text for one in profile.favours] == ["the tide-gauge data"]


def test_an_empty_note_is_refused_in_one_line(book: Path) -> None:
    at = pick(open_page("person"), "person_who", "Ana")
    button(at, "Save note").click().run()
    assert at.error[0].value == escape("the note is empty; write what you want to remember")


def test_a_book_without_the_users_own_note_still_shows_people(home: Path, notes: Path) -> None:
    with Assistant.open(home, TODAY) as assistant:
        assistant.import_([notes / "ana.md"])
    at = open_page("person")
    assert at.title[0].value == "Ana Ferreira"
    assert "Nothing is known of you yet." in said(at) and not at.error
    at = open_page("draft")
    assert "Your first draft, in two pastes" in [one.value for one in at.header] and not at.error


def fill_first_draft(at: AppTest, theirs: str) -> AppTest:
    next(one for one in at.text_input if one.label == "Your name").input("Dana Marlow")
    boxes = {one.label: one for one in at.text_area}
    boxes["About you"].input("I'm a founder in Bristol. I help museums with the acoustics of old halls.")
    boxes["About them"].input(theirs)
    next(one for one in at.selectbox if one.label == "Who").select_index(0)
    return button(at, "Write my first draft").click().run()


def test_two_bios_give_a_short_message_to_somebody_without_an_address(home: Path, tmp_path: Path) -> None:
    (tmp_path / "ben.md").write_text("---\nname: Ben Otter\nlinkedin: https://www.linkedin.com/in/ben-otter\n---\n")
    with Assistant.open(home, TODAY) as assistant:
        assistant.import_([tmp_path / "ben.md"])
    at = fill_first_draft(
        open_page("draft"), "Ben is looking for someone who can advise on the acoustics of a stone hall."
    )
    assert not at.exception and not at.error
    assert at.selectbox(key="draft_channel").value == "message"
    assert "I can help museums with the acoustics of old halls" in body_of(at).value
    assert "Ready" in said(at).splitlines()


def test_a_bio_that_says_i_is_shown_as_told_of_them_before_it_is_kept(home: Path, notes: Path) -> None:
    with Assistant.open(home, TODAY) as assistant:
        assistant.import_([notes / "ana.md"])
    at = fill_first_draft(open_page("draft"), "I run a sailing school, and I'm looking for a notary. I love my boat.")
    shown = next(one for one in at.text_area if one.label == "About them").value
    assert shown == "Ana runs a sailing school, and is looking for a notary. Ana loves their boat."
    with Assistant.open(home, TODAY) as assistant:
        assert assistant.me() is None and len(assistant.show("Ana Ferreira").notes) == 2
    at = button(at, "Write my first draft").click().run()
    with Assistant.open(home, TODAY) as assistant:
        assert shown in [one.text for one in assistant.show("Ana Ferreira").notes]


def test_what_the_first_draft_still_needs_is_named_at_once(home: Path, notes: Path) -> None:
    with Assistant.open(home, TODAY) as assistant:
        assistant.import_([notes / "ana.md"])
    at = button(open_page("draft"), "Write my first draft").click().run()
    needed = "still needed: your name, something about you, whom to write to, something about them"
    assert at.error[0].value == escape(needed)


@pytest.mark.parametrize("page", ["people", "person", "network", "draft"])
def test_hostile_names_and_notes_stay_plain_text(book: Path, page: str) -> None:
    at = open_page(page)
    if page in ("person", "draft"):
        at = pick(at, f"{page}_who", "Mallory")
    assert not at.exception
    for kind in READS_MARKDOWN:
        for one in at.get(kind):
            assert "tracker" not in one.value.replace(escape("tracker.example"), "")
            assert "![" not in one.value and "<img" not in one.value
    for one in (*at.button, *at.checkbox, *at.radio, *at.expander, *at.get("page_link")):
        assert not set(re.sub(r"\u2060\\.", "", one.label)) & set("![]<>$")


def test_hostile_notes_are_shown_literally(book: Path) -> None:
    at = pick(open_page("person"), "person_who", "Mallory")
    for literal in (
        "<img src=http://tracker.example/n.gif> and ![x](http://tracker.example/m.gif)",
        "[a](javascript:alert(1))",
    ):
        assert literal in said(at)
    assert at.title[0].value == escape("Mallory ![x](http://tracker.example/p.gif) $x$ :smile:")


# --- briefing -----------------------------------------------------------------------------------------------------

CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1@tidewise.example
DTSTART:20261125T090000Z
SUMMARY:Notary ![x](http://tracker.example/e.gif)
ORGANIZER:mailto:dana@tidewise.example
ATTENDEE:mailto:ana.ferreira@marelivre.example
END:VEVENT
END:VCALENDAR
"""


def open_briefing(book: Path, *names: str) -> AppTest:
    at = AppTest.from_file(str(SCRIPT), default_timeout=60).switch_page("views/briefing.py")
    at.query_params["who"] = [id_of(book, name) for name in names]
    return at.run()


def test_the_next_meetings_lead_to_the_briefing_of_their_guests(book: Path, tmp_path: Path) -> None:
    (tmp_path / "plans.ics").write_text(CALENDAR, encoding="utf-8")
    with Assistant.open(book, TODAY) as assistant:
        assistant.import_([tmp_path / "plans.ics"])
    at = open_page("briefing")
    assert "Wednesday, 25 November, 09:00 UTC\nAna Ferreira" in said(at)
    link = next(one for one in at.get("page_link") if "Notary" in one.label)
    assert link.query_string == f"who={id_of(book)}" and "![" not in link.label


def test_each_guest_has_a_page_with_private_lines_marked_and_quotes(book: Path) -> None:
    at = open_briefing(book, "Ana Ferreira", "Mallory")
    assert [one.value for one in at.header[1:]] == [
        escape(name) for name in ("Ana Ferreira", "Mallory ![x](http://tracker.example/p.gif) $x$ :smile:")
    ]
    private = [line for line in said(at).splitlines() if SECRET in line and line.startswith("•")]
    assert private and all(line.startswith("• PRIVATE · ") for line in private)
    assert any(one.label.startswith("What this rests on (") for one in at.expander)
    assert len(at.get("download_button")) == 3


def test_what_came_of_a_meeting_is_kept_once(book: Path) -> None:
    at = open_briefing(book, "Ana Ferreira")
    next(one for one in at.text_area if one.label == "What happened").input("Lunch by the river.")
    next(one for one in at.text_area if one.label == "What you promised").input("the tide data\na map")
    at = button(at, "Keep the debrief").click().run()
    assert "Kept: a meeting on 2026-11-20" in said(at) and "the tide data" in said(at)
    with Assistant.open(book, TODAY) as assistant:
        profile = assistant.show("Ana Ferreira")
    assert [one.channel for one in profile.interactions] == ["meeting"]
    assert any("- [promised] the tide data\n- [promised] a map" in one.text for one in profile.notes)


def test_an_empty_debrief_is_refused_in_one_line(book: Path) -> None:
    at = button(open_briefing(book, "Ana Ferreira"), "Keep the debrief").click().run()
    assert "nothing was said" in at.error[0].value.replace("\\", "").replace("\u2060", "")


# --- introductions ------------------------------------------------------------------------------------------------

BOB = """---
name: Bob Stone
email: bob@stone.example
---
## 2026-09-10 Lunch
- [offer] a Portuguese-speaking notary, his cousin in Faro
- [interest] sea charts
"""


@pytest.fixture
def with_bob(book: Path, notes: Path) -> Path:
    (notes / "bob.md").write_text(BOB, encoding="utf-8")
    (notes / "ana.md").write_text(ANA + "- [need] a Portuguese-speaking notary in Faro\n", encoding="utf-8")
    with Assistant.open(book, TODAY) as assistant:
        assistant.import_([notes])
    return book


def test_a_suggestion_says_why_for_each_side_with_quotes(with_bob: Path) -> None:
    text = said(open_page("introductions"))
    assert "For Ana Ferreira\nAna looks for" in text and "For Bob Stone\n" in text
    assert "his cousin in Faro" in text and SECRET not in text


def test_an_introduction_goes_step_by_step_and_links_the_draft_of_the_next(with_bob: Path) -> None:
    at = button(open_page("introductions"), "Bring them together").click().run()
    assert "Nobody is asked yet." in said(at)
    link = next(one for one in at.get("page_link") if "Draft it" in one.label)
    with Assistant.open(with_bob, TODAY) as assistant:
        (pair,) = assistant.introduce()
        view = assistant.packet(pair.a_id, pair.b_id)
    first, ids = view.next, {id_of(with_bob), id_of(with_bob, "Bob Stone")}
    assert first and {first.to_id, first.other_id} == ids
    assert link.query_string == f"kind=intro_ask&who={first.to_id}&with={first.other_id}"
    asked = next(one for one in at.button if one.label.startswith("I asked"))
    at = asked.click().run()
    assert "is asked, since 20 November 2026." in said(at)
    with Assistant.open(with_bob, TODAY) as assistant:
        (kept,) = assistant.packets()
    assert kept.state == "asked_a" and "On its way, as it stands above." in said(at)
    assert not [one for one in at.button if one.label == "I introduced them"]


def test_the_draft_page_takes_the_other_person_from_the_address(with_bob: Path) -> None:
    at = AppTest.from_file(str(SCRIPT), default_timeout=60).switch_page("views/draft.py")
    for name, value in (("kind", "intro_ask"), ("who", id_of(with_bob)), ("with", id_of(with_bob, "Bob Stone"))):
        at.query_params[name] = value
    at.run()
    assert not at.exception
    assert at.selectbox(key="draft_with").value == id_of(with_bob, "Bob Stone")


# --- network ------------------------------------------------------------------------------------------------------


def test_the_network_shows_its_true_size_beside_the_book(book: Path) -> None:
    at = open_page("network")
    assert [(one.label, one.value) for one in at.metric] == [
        ("In touch this year", "1"),
        ("Every quarter", "0"),
        ("In your book", "2"),
    ]
    assert "Your network is the 1 person" in said(at)
    assert len(at.get("vega_lite_chart")) >= 4


def test_the_network_is_reckoned_once_and_again_only_when_the_book_changes(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    network = Assistant.network
    monkeypatch.setattr(Assistant, "network", lambda self: asked.append(1) or network(self))
    at = open_page("network").run()
    assert len(asked) == 1
    with Assistant.open(book, TODAY) as assistant:
        assistant.log("Ana Ferreira", channel="call")
    assert said(at.run()) and len(asked) == 2


# --- ask ----------------------------------------------------------------------------------------------------------


def test_a_question_names_who_could_advise_and_leads_to_its_draft(book: Path) -> None:
    at = open_page("ask")
    at.text_input(key="ask_question").input("Who knows about open sea-level data?")
    at = button(at, "Ask").click().run()
    assert "**Ana Ferreira**" in [one.label for one in at.get("page_link")]
    at = button(at, "Draft the question").click().run()
    assert at.selectbox(key="draft_kind").value == DraftKind.ASK
    assert at.text_area(key="draft_about").value == "Who knows about open sea-level data?"


def test_a_question_nobody_can_answer_says_so(book: Path) -> None:
    at = open_page("ask")
    at.text_input(key="ask_question").input("Who repairs church organs?")
    assert "Nobody in your book is known to know" in said(button(at, "Ask").click().run())


def test_an_article_names_who_would_care(book: Path) -> None:
    at = open_page("ask")
    at.text_area(key="news_text").input(
        "Open sea-level data for every port\n\nA new archive of open sea-level data opens."
    )
    at = button(at, "Find readers").click().run()
    assert "**Ana Ferreira**" in [one.label for one in at.get("page_link")]


# --- import and settings ------------------------------------------------------------------------------------------


def test_uploaded_files_become_people_and_what_is_rejected_is_named(home: Path) -> None:
    at = open_page("bring_in")
    files = [("me.md", ME.encode(), "text/markdown"), ("ana.md", ANA.encode(), "text/markdown")]
    at.file_uploader[0].set_value([*files, ("odd.md", b"nobody in particular\n", "text/markdown")])
    button(at, "Import").click().run()
    assert "Read 2: 2 added, 1 rejected." in said(at)
    assert any("odd.md:1" in frame.value.to_string() for frame in at.dataframe)
    at.switch_page("views/person.py").run()
    assert at.selectbox(key="person_who").options == ["Ana Ferreira — Mare Livre"]


def test_mail_counts_and_people_who_are_not_in_the_book_are_proposed(book: Path) -> None:
    at = open_page("bring_in")
    at.file_uploader[0].set_value([("a.eml", MAIL, "message/rfc822")])
    button(at, "Import").click().run()
    assert "From 1 mails and 0 events: 1 times in touch." in said(at)
    assert any("bob@stone.example" in frame.value.to_string() for frame in at.dataframe)


def test_a_folder_on_this_computer_is_read(home: Path, notes: Path) -> None:
    at = open_page("bring_in")
    next(one for one in at.text_input if "folder" in one.label).input(str(notes))
    button(at, "Import").click().run()
    assert "Read 3: 3 added" in said(at)


def test_a_path_that_is_not_there_is_named(home: Path) -> None:
    at = open_page("bring_in")
    next(one for one in at.text_input if "folder" in one.label).input("/nowhere/at/all")
    button(at, "Import").click().run()
    assert "nowhere" in at.error[0].value and not at.exception


def test_settings_say_what_is_set_and_from_where_and_hide_secrets(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIVEFIRST_IMAP_PASSWORD", "hunter2")
    at = unfold(open_page("settings"), "settings")
    rows = {row["setting"]: row for row in at.dataframe[0].value.to_dict("records")}
    assert rows["imap_password"]["value"] == "set (not shown)" and rows["imap_password"]["from"] == "environment"
    assert rows["model"]["from"] == "default"
    assert "hunter2" not in said(at) + at.dataframe[0].value.to_string()


def test_the_models_test_sends_one_fixed_question(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIVEFIRST_MODEL", "local")
    with ModelServer(answer_either("ready")) as server:
        monkeypatch.setenv("GIVEFIRST_MODEL_URL", server.url)
        at = button(open_page("settings"), "Test the model").click().run()
    assert "It answered “ready”" in said(at)
    assert [one["content"] for one in server.asked[0].body["messages"]] == [QUESTION]


def test_the_users_voice_is_learnt_and_forgotten(book: Path) -> None:
    at = open_page("settings")
    at.file_uploader[0].set_value([("sent.mbox", (find_world() / "sent.mbox").read_bytes(), "application/mbox")])
    at = button(at, "Learn from these").click().run()
    assert "Learnt from" in said(at)
    at = button(at, "Forget my voice").click().run()
    assert "Nothing is known of it yet." in said(at)


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
    assert "“know a notary in Lisbon” (About me, 2 October 2026)" in text
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


def test_a_kept_draft_opens_from_its_link_with_what_it_was_written_for(book: Path) -> None:
    with Assistant.open(book, TODAY) as assistant:
        draft = assistant.draft(DraftKind.COLD, "Ana Ferreira")
    at = AppTest.from_file(str(SCRIPT), default_timeout=60).switch_page("views/draft.py")
    at.query_params["draft"] = draft.id
    at.run()
    assert body_of(at).value == draft.body
    assert at.selectbox(key="draft_kind").value == DraftKind.COLD


def test_a_link_sets_kind_and_person(book: Path) -> None:
    at = AppTest.from_file(str(SCRIPT), default_timeout=60).switch_page("views/draft.py")
    at.query_params["kind"], at.query_params["who"] = "check_in", id_of(book, "Mallory")
    at.run()
    assert at.selectbox(key="draft_kind").value == DraftKind.CHECK_IN
    assert at.selectbox(key="draft_who").value == id_of(book, "Mallory")


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
