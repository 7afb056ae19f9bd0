"""Before, during and after a meeting, over the fictional world and on the command line."""

from __future__ import annotations

import datetime as dt
import html.parser
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.app import Assistant
from assistant.cli import app
from assistant.domain import FavourKind, Visibility
from assistant.errors import Ambiguous, GivefirstError
from assistant.find.briefing import Briefing
from assistant.find.meetings import Meeting
from assistant.noting import Debrief
from assistant.render.briefing import render_briefings, render_html, render_markdown
from evals.briefing import measure, read_cases
from evals.world import TODAY

RUN = CliRunner()
CALENDAR = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:quay
DTSTART:20261125T090000Z
SUMMARY:Quay walk
ORGANIZER:mailto:dana@tidewise.example
ATTENDEE:mailto:ana.ferreira@marelivre.example
ATTENDEE:mailto:bruno.costa@boiaviva.example
ATTENDEE:mailto:stranger@else.example
END:VEVENT
BEGIN:VEVENT
UID:past
DTSTART:20261101T090000Z
SUMMARY:Old talk
ORGANIZER:mailto:dana@tidewise.example
ATTENDEE:mailto:ana.ferreira@marelivre.example
END:VEVENT
BEGIN:VEVENT
UID:far
DTSTART:20270115T090000Z
SUMMARY:Harbour meeting
ORGANIZER:mailto:dana@tidewise.example
ATTENDEE:mailto:maren.holm@fjordverk.example
END:VEVENT
END:VCALENDAR
"""


def lines(page: Briefing, key: str) -> list[str]:
    return [line.text for section in page.sections if section.key == key for line in section.lines]


def run(home: Path, *arguments: str, code: int = 0) -> str:
    result = RUN.invoke(app, [*arguments, "--home", str(home), "--today", "2026-11-20"])
    assert result.exit_code == code, result.output
    return result.output


def run_json(home: Path, *arguments: str) -> Any:
    return json.loads(run(home, *arguments, "--json"))


@pytest.fixture
def calendar(assistant: Assistant, tmp_path: Path) -> Assistant:
    (tmp_path / "work.ics").write_text(CALENDAR.replace("\n", "\r\n"), encoding="utf-8")
    assistant.import_([tmp_path / "work.ics"])
    return assistant


# --- before -----------------------------------------------------------------------------------------------------


def test_everything_labelled_by_hand_stands_on_the_pages_and_nothing_is_mixed_up(assistant: Assistant) -> None:
    figures = measure(assistant, read_cases())
    assert figures["people"] >= 10
    assert figures["missing"] == []
    assert [figures[name] for name in ("without_evidence", "mixed_up", "unmarked", "wrong")] == [[], [], [], []]


def test_two_of_one_name_keep_to_their_own_pages(assistant: Assistant) -> None:
    berlin, ghent = assistant.brief(["tom.weber@spreeblatt.example", "tom@weberbrood.example"])
    assert berlin.contact == ghent.contact == "Tom Weber"
    shared = {one for section in berlin.sections for line in section.lines for one in line.evidence} & {
        one for section in ghent.sections for line in section.lines for one in line.evidence
    }
    mine = {fact.id for fact in assistant.show("dana@tidewise.example").facts}
    assert shared <= mine
    with pytest.raises(Ambiguous):
        assistant.brief(["Tom Weber"])


def test_naming_a_guest_twice_gives_one_page_and_nobody_is_briefed_on_themselves(assistant: Assistant) -> None:
    assert len(assistant.brief(["Ana Ferreira", "ana.ferreira@marelivre.example"])) == 1
    with pytest.raises(GivefirstError, match="this is you"):
        assistant.brief(["Dana Marlow"])


def test_one_guest_is_an_object_and_several_are_a_list(home: Path) -> None:
    one = run_json(home, "brief", "Ana Ferreira")
    assert (one["contact"], one["sections"][0]["title"]) == ("Ana Ferreira", "Who they are now")
    assert {"text", "evidence", "private"} <= set(one["sections"][0]["lines"][0])
    assert [page["contact"] for page in run_json(home, "brief", "Ana Ferreira", "Maren Holm")] == [
        "Ana Ferreira",
        "Maren Holm",
    ]


def test_a_page_in_the_terminal_and_in_markdown_marks_what_is_private(home: Path) -> None:
    assert "PRIVATE · Keep to yourself: thinking of leaving Mare Livre" in " ".join(
        run(home, "brief", "Ana Ferreira").split()
    )
    assert "**private** · Keep to yourself: thinking of leaving" in run(home, "brief", "Ana Ferreira", "--markdown")


class _Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_page_to_print_loads_nothing_and_shows_pasted_markup_as_text(assistant: Assistant) -> None:
    assistant.note("Bea Lindqvist", '- [interest] <script>alert(1)</script> <img src="http://tracker.example/x">')
    tags = _Tags()
    tags.feed(render_html(assistant.brief(["Bea Lindqvist", "Ana Ferreira"])))
    names = [tag for tag, _ in tags.found]
    assert names.count("article") == 2
    assert not {"script", "img", "link", "iframe", "a"} & set(names)
    assert all(not {"src", "href", "onload"} & set(attributes) for _, attributes in tags.found)


def test_the_page_is_written_once_and_never_over_a_file(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "ana.html"
    run(home, "brief", "Ana Ferreira", "--html", str(file))
    assert "Keep to yourself" in file.read_text(encoding="utf-8")
    assert "exists already" in run(home, "brief", "Ana Ferreira", "--html", str(file), code=1)


def test_every_line_of_every_person_has_evidence_and_fits_every_form(assistant: Assistant) -> None:
    pages = [page for one in assistant.people() for page in assistant.brief([one.id])]
    assert all(line.evidence and line.quotes for page in pages for section in page.sections for line in section.lines)
    assert all(render(pages) for render in (render_briefings, render_markdown, render_html))
    assert "\u200b" not in render_html(pages)


# --- meetings to come -------------------------------------------------------------------------------------------


def test_meetings_to_come_are_those_of_the_days_asked_for_with_people_of_the_book(calendar: Assistant) -> None:
    (walk,) = calendar.meetings()
    assert isinstance(walk, Meeting)
    assert (walk.title, walk.when) == ("Quay walk", dt.date(2026, 11, 25))
    assert [guest.contact for guest in walk.guests] == ["Ana Ferreira", "Bruno Costa"]
    assert [one.title for one in calendar.meetings(days=90)] == ["Quay walk", "Harbour meeting"]
    assert calendar.meetings(days=2) == ()


def test_the_guests_of_the_next_meeting_are_briefed_at_once(calendar: Assistant, home: Path) -> None:
    assert [page["contact"] for page in run_json(home, "brief", "--next")] == ["Ana Ferreira", "Bruno Costa"]
    assert "Quay walk: Ana Ferreira, Bruno Costa" in run(home, "meetings")


def test_a_meeting_to_come_is_no_last_time(calendar: Assistant) -> None:
    assert not any("25 November" in text for text in lines(calendar.brief(["Ana Ferreira"])[0], "last"))


def test_with_no_calendar_the_next_meeting_says_what_to_do(home: Path) -> None:
    assert "import your calendar" in run(home, "brief", "--next", code=1)
    assert "name the people" in run(home, "brief", code=2)
    assert "Import your calendar" in run(home, "meetings")


# --- after ------------------------------------------------------------------------------------------------------

TOLD = Debrief(
    happened="Walked the quay in the rain. She laughed at my boots.",
    promised=("the tide tables",),
    needs=("a diver for one day",),
    received=("showed me the old permits",),
    private=("her firm may close",),
)


def test_a_debrief_becomes_a_note_a_meeting_facts_and_favours(assistant: Assistant) -> None:
    kept = assistant.debrief("Ana Ferreira", TOLD)
    profile = assistant.show("Ana Ferreira")
    assert kept.note.text.startswith(TOLD.happened)
    assert (kept.interaction.when, kept.interaction.channel) == (TODAY, "meeting")
    assert [(one.kind, one.text) for one in kept.favours] == [(FavourKind.RECEIVED, "showed me the old permits")]
    assert "a diver for one day" in {fact.text for fact in profile.facts}
    hidden = [fact for fact in profile.facts if "may close" in fact.quote]
    assert hidden and all(fact.visibility is Visibility.PRIVATE for fact in hidden)


def test_the_next_briefing_knows_what_the_debrief_told(assistant: Assistant) -> None:
    assistant.debrief("Ana Ferreira", TOLD)
    (page,) = assistant.brief(["Ana Ferreira"])
    assert "You promised: the tide tables (noted November 2026)" in lines(page, "promises")
    assert lines(page, "last")[0].startswith("20 November 2026, meeting: “Walked the quay in the rain.")
    assistant.favour("Ana Ferreira", FavourKind.GAVE, "sent her the tide tables")
    assert lines(assistant.brief(["Ana Ferreira"])[0], "promises") == []


def test_the_same_debrief_again_keeps_nothing_more(assistant: Assistant) -> None:
    first = assistant.debrief("Ana Ferreira", TOLD)
    before = assistant.show("Ana Ferreira")
    again = assistant.debrief("Ana Ferreira", TOLD)
    assert (first.is_new, again.is_new, again.note.id) == (True, False, first.note.id)
    assert assistant.show("Ana Ferreira") == before


def test_a_debrief_beside_the_calendars_own_meeting_is_one_time_in_touch(calendar: Assistant) -> None:
    before = len(lines(calendar.brief(["Ana Ferreira"])[0], "last"))
    calendar.debrief("Ana Ferreira", TOLD, dt.date(2026, 11, 1))
    after = [text for text in lines(calendar.brief(["Ana Ferreira"])[0], "last") if text.startswith("1 November 2026")]
    assert len(after) == 1 and before >= 1


def test_a_debrief_that_says_nothing_or_lies_ahead_is_refused(assistant: Assistant) -> None:
    with pytest.raises(GivefirstError, match="nothing was said"):
        assistant.debrief("Ana Ferreira", Debrief(needs=("  ",)))
    with pytest.raises(GivefirstError, match="still to come"):
        assistant.debrief("Ana Ferreira", TOLD, dt.date(2026, 12, 1))


def test_a_debrief_on_the_command_line(home: Path) -> None:
    said = [
        "--happened",
        "Tea.",
        "--promised",
        "the deck",
        "--needs",
        "a desk",
        "--gave",
        "two buoys",
        "--date",
        "2026-11-18",
    ]
    kept = run_json(home, "debrief", "Bruno Costa", *said)
    assert kept["note"]["text"] == "Tea.\n\n- [need] a desk\n- [promised] the deck\n- [gave] two buoys"
    assert kept["interaction"]["when"] == "2026-11-18"
    assert "Kept before" in run(home, "debrief", "Bruno Costa", *said)


# --- capture ----------------------------------------------------------------------------------------------------

LINE = "coffee with Ana: needs a diver, I promised the data, keep her move to myself"


def test_a_captured_line_is_shown_and_kept_only_after_a_yes(home: Path) -> None:
    shown = run_json(home, "capture", LINE)
    assert (shown["kept"], shown["question"]) == ([], "")
    assert "Add --yes to keep it" in run(home, "capture", LINE)
    assert "diver" not in json.dumps(run_json(home, "show", "Ana Ferreira"))
    kept = run_json(home, "capture", LINE, "--yes")["kept"]
    assert len(kept) == 1
    assert run_json(home, "capture", LINE, "--yes")["kept"] == kept, "the same line of the same day is kept once"


def test_what_was_captured_reaches_drafts_and_briefings_but_the_confidence_does_not(assistant: Assistant) -> None:
    assistant.keep_capture(assistant.capture(LINE))
    open_facts = [fact for fact in assistant.show("Ana Ferreira").facts if fact.visibility is not Visibility.PRIVATE]
    assert "a diver" in {fact.text for fact in open_facts}
    assert not any("move" in fact.quote for fact in open_facts)
    (page,) = assistant.brief(["Ana Ferreira"])
    assert "You promised: the data (noted November 2026)" in lines(page, "promises")
    told = [line for section in page.sections for line in section.lines if "her move" in line.text]
    assert told and all(line.private for line in told)
    assert lines(page, "last")[0].startswith("20 November 2026, Coffee")


def test_a_new_person_is_added_with_what_was_told_of_them(assistant: Assistant) -> None:
    proposal = assistant.capture("met Priyanka Rao at the forum yesterday, loves open boats")
    assert "Priyanka Rao" not in {one.name for one in assistant.people()}
    assistant.keep_capture(proposal)
    profile = assistant.show("Priyanka Rao")
    assert [fact.text for fact in profile.facts] == ["open boats"]
    assert profile.notes[0].date == dt.date(2026, 11, 19)


def test_an_open_question_keeps_nothing_and_who_answers_it(home: Path) -> None:
    line = "Tom: wants a second oven"
    assert "Which Tom do you mean" in run(home, "capture", line, "--yes", code=1)
    kept = run_json(home, "capture", line, "--who", "tom@weberbrood.example", "--yes")
    assert kept["people"][0]["candidates"][0]["reason"] == "you said so"
    assert len(kept["kept"]) == 1


def test_several_people_in_one_line_get_a_note_each(assistant: Assistant) -> None:
    notes = assistant.keep_capture(
        assistant.capture("lunch with Ana and Bruno: Ana needs a diver; Bruno wants a crane")
    )
    assert len(notes) == 2
    assert "crane" not in notes[0].text and "diver" not in notes[1].text


def at_a_terminal(home: Path, line: str, answers: str) -> str:
    """What a person sees who runs `capture` at a terminal of their own and types `answers`."""
    main, own = pty.openpty()
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "capture", line, "--home", str(home)]
    with subprocess.Popen([*command, "--today", "2026-11-20"], stdin=own, stdout=subprocess.PIPE, text=True) as process:
        os.write(main, answers.encode())
        shown, _ = process.communicate(timeout=60)
    os.close(main)
    os.close(own)
    assert process.returncode == 0
    return shown


def test_at_a_terminal_a_yes_keeps_the_line_and_a_no_does_not(home: Path) -> None:
    assert "Nothing is kept yet." in at_a_terminal(home, "Ana needs a diver", "n\n")
    assert "Noted (n-" in at_a_terminal(home, "Ana needs a diver", "y\n")


def test_at_a_terminal_the_question_is_answered_on_the_spot(home: Path) -> None:
    shown = at_a_terminal(home, "Tom: wants a second oven", "tom@weberbrood.example\ny\n")
    assert "Which Tom do you mean" in shown and "Noted (n-" in shown
