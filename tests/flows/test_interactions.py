"""From mail and calendar files to times in touch with people of the book, and nobody added unasked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.domain import FavourKind
from assistant.errors import GivefirstError, SourceError, UsageError
from assistant.find.touches import all_touches
from assistant.settings import Settings
from evals.world import TODAY

HERE, ANA, TOM, EVE = (
    "Dana Marlow <dana@tidewise.example>",
    "Ana Ferreira <ana@mare.example>",
    "Tom <tom@weberbrood.example>",
    "Eve Stranger <eve@else.example>",
)
BOOK = {
    "me.md": "---\nme: true\nname: Dana Marlow\nemails: [dana@tidewise.example, dana@home.example]\n---\n",
    "ana.md": "---\nname: Ana Ferreira\nemails: [ana@mare.example, ana@private.example]\n---\n",
    "tom.md": "---\nname: Tom Weber\nemail: tom@weberbrood.example\n---\n",
}


def mail(number: int, sender: str, to: str, more: str = "", day: int = 10) -> str:
    return (
        f"From - Tue Nov {day} 10:00:00 2026\nFrom: {sender}\nTo: {to}\nSubject: Tide {number}\n"
        f"Date: {day} Nov 2026 10:00:00 +0000\nMessage-ID: <m{number}@x.example>\n{more}\nThree own words.\n\n"
    )


MAILS = "".join(
    [
        mail(1, HERE, ANA),
        mail(2, "Ana <ana@private.example>", HERE, "In-Reply-To: <m1@x.example>\n", day=11),
        mail(3, "dana@home.example", f"{ANA}, {TOM}", "In-Reply-To: <m2@x.example>\n", day=12),
        mail(4, EVE, HERE, "In-Reply-To: <m0@x.example>\n"),
        mail(5, HERE, EVE, day=13),
        mail(6, "Cold Caller <sales@cold.example>", HERE),
        mail(7, ANA, HERE, "List-Id: <talk.example>\n"),
        mail(8, "ana+boats@mare.example", HERE),
        "From - Tue Nov 10 10:00:00 2026\nFrom: nobody\nDate: never\n\n\n",
    ]
)
EVENTS = (
    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:walk\nDTSTART:20261119T090000Z\nRRULE:FREQ=WEEKLY;COUNT=3\nSUMMARY:Quay walk\n"
    "ORGANIZER:mailto:dana@tidewise.example\nATTENDEE:mailto:ana@private.example\nATTENDEE;CN=Eve:mailto:eve@else.example\n"
    "END:VEVENT\nBEGIN:VEVENT\nUID:bad\nDTSTART:soon\nATTENDEE:mailto:ana@mare.example\nEND:VEVENT\nEND:VCALENDAR\n"
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, text in BOOK.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "mail.mbox").write_text(MAILS, encoding="utf-8")
    (tmp_path / "walks.ics").write_text(EVENTS, encoding="utf-8")
    return tmp_path


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Assistant]:
    settings = Settings(home=tmp_path / "home", embeddings="off", timezone="Europe/Lisbon")
    with Assistant.open(settings=settings, today=TODAY) as opened:
        yield opened


def test_mails_and_events_of_a_folder_are_times_in_touch_with_people_of_the_book(files: Path, book: Assistant) -> None:
    report = book.import_([files])
    assert (report.read, report.added, report.mails, report.interactions) == (3, 3, 8, 8)
    assert report.left_out == {"with nobody of your book": 3, "mailing list": 1}
    found = book.show("Ana Ferreira").interactions
    assert [(one.when.day, one.direction, one.channel) for one in found] == [
        (10, "out", "email"), (10, "in", "email"), (11, "in", "email"), (12, "out", "email"),
        (19, "both", "meeting"), (26, "both", "meeting"), (3, "both", "meeting"),
    ]  # fmt: skip
    assert {one.thread for one in found if one.title in ("Tide 1", "Tide 2", "Tide 3")} == {"mail:m1@x.example"}
    assert [one.title for one in book.show("Tom Weber").interactions] == ["Tide 3"]


def test_what_cannot_be_read_is_a_line_with_its_place(files: Path, book: Assistant) -> None:
    rejected = {one.where.rpartition("/")[2]: one.reason for one in book.import_([files]).rejected}
    offset = MAILS.encode().rindex(b"From - ")
    assert rejected == {
        f"mail.mbox:{offset}": "no usable address in From",
        "walks.ics:11": "the event's DTSTART is no date that can be read",
    }


def test_importing_again_changes_nothing(files: Path, book: Assistant) -> None:
    book.import_([files])
    before = [book.show(one.id) for one in book.people()]
    again = book.import_([files, files / "mail.mbox"])
    assert (again.added, again.updated, again.interactions, again.changed) == (0, 0, 0, 0)
    assert [book.show(one.id) for one in book.people()] == before


def test_people_outside_the_book_are_proposed_and_added_only_when_asked(files: Path, book: Assistant) -> None:
    (eve,) = book.import_([files]).unknown_people
    assert (eve.email, eve.name, eve.sent, eve.received, eve.met) == ("eve@else.example", "Eve Stranger", 1, 1, 1)
    assert (eve.count, eve.first, eve.last) == (3, dt.date(2026, 11, 10), dt.date(2026, 11, 19))
    assert [one.name for one in book.people()] == ["Ana Ferreira", "Tom Weber"]
    report = book.import_([files], add_people=True)
    assert (report.added, report.interactions, report.unknown_people) == (1, 5, ())
    assert [one.name for one in book.people("eve")] == ["Eve Stranger"], "the cold caller was never written to"
    assert book.import_([files], add_people=True).interactions == 0


def test_a_meeting_to_come_is_shown_and_is_no_touch_yet(files: Path, book: Assistant) -> None:
    book.import_([files])
    with book._store.read() as connection:
        days = [one.day for one in all_touches(connection, TODAY) if one.channel == "meeting"]
        assert days == [dt.date(2026, 11, 19)]
        assert len(all_touches(connection, TODAY + dt.timedelta(30))) == 8


def test_an_event_that_is_moved_or_cancelled_is_moved_or_dropped(files: Path, book: Assistant) -> None:
    book.import_([files])
    (files / "walks.ics").write_text(EVENTS.replace("COUNT=3", "COUNT=2"), encoding="utf-8")
    assert book.import_([files / "walks.ics"]).changed == 1
    (files / "walks.ics").write_text(EVENTS.replace("UID:walk", "UID:walk\nSTATUS:CANCELLED"), encoding="utf-8")
    report = book.import_([files / "walks.ics"])
    assert (report.changed, report.left_out) == (2, {"a cancelled event": 1})
    assert {one.channel for one in book.show("Ana Ferreira").interactions} == {"email"}


def test_a_person_found_later_has_their_mails_after_the_next_import(files: Path, book: Assistant) -> None:
    book.import_([files])
    (files / "eve.md").write_text("---\nname: Eve\nemail: eve@else.example\n---\n", encoding="utf-8")
    assert book.import_([files]).interactions == 5


def test_the_words_of_mails_are_counted_only_when_asked(files: Path, book: Assistant) -> None:
    book.import_([files], bodies=True)
    assert {one.words for one in book.show("Tom Weber").interactions} == {3}


def test_mail_without_the_users_own_addresses_is_told_and_people_are_read_all_the_same(
    files: Path, book: Assistant
) -> None:
    (files / "me.md").unlink()
    report = book.import_([files])
    assert (
        report.added == 2
        and [one.reason[:35] for one in report.rejected] == ["your own addresses are not known: im"[:35]] * 2
    )


def test_a_path_that_is_not_there_stops_before_anything_is_read(files: Path, book: Assistant) -> None:
    with pytest.raises(SourceError, match=r"nowhere\.mbox: not found"):
        book.import_([files, files / "nowhere.mbox"])
    assert book.people() == ()


# --- by hand ----------------------------------------------------------------------------------------------------


def test_what_is_logged_is_kept_with_its_words_as_a_note(assistant: Assistant) -> None:
    kept = assistant.log("Ana Ferreira", "She needs a kiln too.", channel="call", date=dt.date(2026, 11, 1))
    profile = assistant.show("Ana Ferreira")
    assert kept in profile.interactions and kept.direction == "both"
    assert [one.text for one in profile.notes if one.id == kept.note_id] == ["She needs a kiln too."]
    assert assistant.log("Ana Ferreira", channel="email").direction == "out"
    with assistant._store.read() as connection:
        touches = all_touches(connection, TODAY, [kept.contact_id])
    assert [one.channel for one in touches if one.day == kept.when] == ["call"]


def test_a_favour_is_kept_verbatim_and_outlives_a_fresh_reading(assistant: Assistant) -> None:
    kept = assistant.favour("Dev Patel", FavourKind.GAVE, "the tide tables of 1890")
    assistant.reindex()
    profile = assistant.show("Dev Patel")
    assert profile.favours == (kept,) and kept.date == TODAY
    assert [one.text for one in profile.notes if one.id == kept.note_id] == ["- [gave] the tide tables of 1890"]
    assert profile.interactions == ()


def test_what_makes_no_sense_by_hand_is_one_line(assistant: Assistant) -> None:
    tomorrow = TODAY + dt.timedelta(1)
    with pytest.raises(GivefirstError, match="still to come"):
        assistant.log("Dev Patel", date=tomorrow)
    with pytest.raises(UsageError, match="choose meeting, call, email, message"):
        assistant.log("Dev Patel", channel="pigeon")
    with pytest.raises(GivefirstError, match="write what it was"):
        assistant.favour("Dev Patel", FavourKind.GAVE, " ")
