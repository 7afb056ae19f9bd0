"""Reminders as the user meets them: due, put off, reset by a word, in a digest, a mail file, a calendar; offline."""

from __future__ import annotations

import datetime as dt
import json
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from assistant.app import Assistant
from assistant.cli import app
from assistant.errors import GivefirstError, SettingsError
from assistant.find.due import DueContact
from evals.world import TODAY

RUN = CliRunner()


def due(assistant: Assistant, within: int = 0) -> dict[str, DueContact]:
    return {one.contact: one for one in assistant.due(within)}


def bring_in(assistant: Assistant, folder: Path, **notes: str) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in notes.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    assistant.import_([folder])


@pytest.mark.parametrize("direction", ["out", "in", None])
def test_a_logged_contact_resets_whichever_way_it_went(assistant: Assistant, direction: Any) -> None:
    assert "Maren Holm" in due(assistant)
    assistant.log("Maren Holm", channel="message", direction=direction)
    assert "Maren Holm" not in due(assistant)
    assert due(assistant, within=30)["Maren Holm"].due == TODAY + dt.timedelta(30)


def test_a_dated_note_of_a_meeting_resets_too(assistant: Assistant) -> None:
    assistant.note("Maren Holm", "We had lunch at the quay.", "Lunch", TODAY - dt.timedelta(1))
    assert "Maren Holm" not in due(assistant)


def test_what_is_put_off_comes_back_on_its_day(assistant: Assistant) -> None:
    until = TODAY + dt.timedelta(10)
    assert assistant.snooze("Maren Holm", until).until == until
    for ahead, is_due in ((0, False), (9, False), (10, True), (11, True)):
        with Assistant.open(assistant.home, TODAY + dt.timedelta(ahead)) as later:
            assert ("Maren Holm" in due(later)) is is_due
    row = due(assistant, within=10)["Maren Holm"]
    assert (row.due, row.late_days) == (until, -10) and "you put it off to 30 November 2026" in row.why
    assert assistant.snooze("Maren Holm", None).until is None
    assert due(assistant)["Maren Holm"].late_days == 16


def test_one_cannot_be_put_off_to_a_day_that_is_past(assistant: Assistant) -> None:
    for day in (TODAY, TODAY - dt.timedelta(1)):
        with pytest.raises(GivefirstError, match="is not to come"):
            assistant.snooze("Maren Holm", day)


def test_a_standing_wish_moves_the_day(assistant: Assistant, tmp_path: Path) -> None:
    """Elif wrote in October that she wants nothing before June 2027."""
    address = assistant.show("Elif Kaya").contact.emails[0]
    bring_in(assistant, tmp_path / "more", elif_kaya=f"---\nname: Elif Kaya\nemail: {address}\ncadence: weekly\n---\n")
    assert "Elif Kaya" not in due(assistant)
    row = due(assistant, within=300)["Elif Kaya"]
    assert row.due == dt.date(2027, 6, 1) and row.why.endswith("it had to wait until 1 June 2027, as they asked.")


def test_who_asked_for_no_contact_is_not_due_however_late(assistant: Assistant) -> None:
    assistant.note("Maren Holm", "She asked not to be contacted for now.", date=TODAY - dt.timedelta(20))
    assert "Maren Holm" not in due(assistant, within=400)


IDA = """---
name: Ida Lund
email: ida@lund.example
tags: [choir]
birthday: 1990-11-23
---
## 2026-09-01 Coffee
- [need] a quiet place to record

I promised her the recording of the concert.

## 2026-09-02 Call
- [private] needs a notary in Lisbon, her landlord must not hear of it
"""


def test_tags_have_a_cadence_by_setting(assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(assistant, tmp_path / "more", ida=IDA)
    monkeypatch.setenv("GIVEFIRST_CADENCES", "choir=every 6 weeks, press=weekly")
    monkeypatch.setenv("GIVEFIRST_CADENCE", "never")
    with Assistant.open(assistant.home, TODAY) as opened:
        found = due(opened)
    assert "Lena Fischer" not in found
    assert found["Ida Lund"].why == (
        "You want to be in touch with “choir” every 6 weeks, Ida among them; "
        "the last time was 2 September 2026, 79 days ago."
    )


@pytest.mark.parametrize(("name", "value"), [("CADENCE", "now and then"), ("CADENCES", "choir=soonish")])
def test_a_setting_nobody_understands_is_named(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"GIVEFIRST_{name}", value)
    with pytest.raises(SettingsError, match=rf"setting '{name.lower()}'.*is no cadence; write it as"):
        Assistant.open(assistant.home, TODAY)


@pytest.fixture
def with_ida(assistant: Assistant, tmp_path: Path) -> Assistant:
    bring_in(assistant, tmp_path / "more", ida=IDA.replace("tags: [choir]", "cadence: monthly"))
    return assistant


def test_promise_birthday_and_need_are_brought_and_private_things_marked(with_ida: Assistant) -> None:
    assert due(with_ida)["Ida Lund"].bring == (
        "[private] Your offer “know a notary in Lisbon” meets a need: “a notary in Lisbon” (noted 2 September 2026).",
        "You promised, 1 September 2026: “I promised her the recording of the concert.”",
        "Birthday on 23 November.",
    )


def test_a_promise_kept_is_not_brought_again(with_ida: Assistant) -> None:
    with_ida.favour("Ida Lund", "gave", "the recording of the concert")  # type: ignore[arg-type]
    assert not any("promised" in line for line in due(with_ida)["Ida Lund"].bring)


def test_a_promise_to_somebody_who_is_not_due_waits_in_the_digest(with_ida: Assistant) -> None:
    with_ida.log("Ida Lund", channel="call")
    found = with_ida.digest()
    assert [one.contact for one in found.birthdays] == ["Ida Lund"]
    with Assistant.open(with_ida.home, TODAY + dt.timedelta(7)) as later:
        found = later.digest()
    assert "Ida Lund" in [one.contact for one in found.promises]


# --- the command line ---------------------------------------------------------------------------------------------


def run(home: Path, *arguments: str, today: dt.date = TODAY) -> Any:
    result = RUN.invoke(app, [*arguments, "--home", str(home), "--today", today.isoformat()])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_due_prints_the_contract_and_more(home: Path) -> None:
    rows = json.loads(run(home, "due", "--json"))
    assert rows[0] | {"evidence": [], "urgency": 0} == {
        "contact": "Maren Holm", "contact_id": rows[0]["contact_id"], "due": "2026-11-04", "late_days": 16,
        "overdue": True, "every_days": 30, "longest_days": 45, "last": "2026-10-05", "why": rows[0]["why"],
        "bring": rows[0]["bring"], "evidence": [], "urgency": 0,
    }  # fmt: skip
    assert {"contact", "due", "late_days", "why", "bring"} <= set(rows[0])
    said = run(home, "due", "--within", "30")
    assert "Maren Holm: 16 days late, and past the 45 days it should take at most" in said
    assert "Oleksandr Koval: due today" in said and "Ana Ferreira: due in 18 days, on 8 December 2026" in said


def test_an_empty_book_says_how_to_be_reminded(tmp_path: Path) -> None:
    assert "cadence: monthly" in run(tmp_path / "home", "due")


def test_snooze_takes_a_day_or_so_many_or_off(home: Path) -> None:
    assert run(home, "snooze", "Maren Holm", "--days", "30") == "Maren Holm is put off until 20 December 2026.\n"
    value = json.loads(run(home, "snooze", "Maren Holm", "--until", "2026-12-01", "--json"))
    assert (value["contact"], value["until"]) == ("Maren Holm", "2026-12-01")
    assert run(home, "snooze", "Maren Holm", "--off") == "Maren Holm is not put off any more.\n"
    for wrong in ((), ("--off", "--days", "3"), ("--until", "soon")):
        assert RUN.invoke(app, ["snooze", "Maren Holm", *wrong, "--home", str(home)]).exit_code == 2


def test_the_digest_is_a_mail_from_the_user_to_the_user_without_private_lines(
    with_ida: Assistant, tmp_path: Path
) -> None:
    path = tmp_path / "digest.eml"
    assert "[private] Your offer" in run(with_ida.home, "digest")
    assert run(with_ida.home, "digest", "--mail", str(path)) == f"Written to {path}\n"
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert message["From"].addresses == message["To"].addresses
    assert message["To"].addresses[0].addr_spec == "dana@tidewise.example"
    assert message["Subject"] == "Givefirst, 20 November 2026: 6 overdue, 4 due"
    assert message["X-Unsent"] is None
    text = message.get_content()
    assert "Maren Holm: 16 days late" in text and "Promises waiting" in text and "Harriet Boyd" in text
    assert "private" not in text and "landlord" not in text and "a notary in Lisbon" not in text
    run(with_ida.home, "digest", "--mail", str(path), today=TODAY + dt.timedelta(1))
    again = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert "21 November 2026" in again["Subject"] and again["Message-ID"] != message["Message-ID"]


def test_a_digest_with_nothing_to_say_says_so(tmp_path: Path) -> None:
    assert "Nobody is due, nobody has a birthday this week" in run(tmp_path / "home", "digest")


def test_doctor_says_when_the_digest_ran_and_when_that_is_too_long_ago(assistant: Assistant) -> None:
    def state(ahead: int) -> tuple[bool, str]:
        with Assistant.open(assistant.home, TODAY + dt.timedelta(ahead)) as later:
            return next((one.ok, one.detail) for one in later.doctor() if one.name == "digest")

    assert state(0) == (True, "never ran; `givefirst digest` in cron would remind you")
    assistant.digest()
    assert state(0)[1].startswith("never ran"), "looking is no run"
    run(assistant.home, "digest")
    assert state(0) == (True, "last ran on 2026-11-20, today")
    assert state(8) == (True, "last ran on 2026-11-20, 8 days ago")
    assert state(9) == (False, "last ran on 2026-11-20, 9 days ago")


def test_a_digest_that_could_not_be_written_did_not_run(assistant: Assistant, tmp_path: Path) -> None:
    result = RUN.invoke(app, ["digest", "--mail", str(tmp_path / "no" / "x.eml"), "--home", str(assistant.home)])
    assert result.exit_code == 1 and "cannot be written" in result.stderr
    assert next(one.detail for one in assistant.doctor() if one.name == "digest").startswith("never ran")


def test_doctor_names_a_cadence_nobody_understands(assistant: Assistant, tmp_path: Path) -> None:
    bring_in(assistant, tmp_path / "more", ida="---\nname: Ida Lund\ncadence: montly\n---\n")
    found = next(one for one in assistant.doctor() if one.name == "cadences")
    assert (found.ok, found.detail) == (False, "not understood: Ida Lund ('montly')")


def events(feed: str) -> dict[str, tuple[str, dt.date, str]]:
    return {
        str(one["SUMMARY"]): (str(one["UID"]), one.decoded("DTSTART"), str(one["DESCRIPTION"]))
        for one in Calendar.from_ical(feed).walk("VEVENT")
    }


def test_the_calendar_holds_every_due_day_of_a_year_and_moves_with_it(with_ida: Assistant, tmp_path: Path) -> None:
    path = tmp_path / "due.ics"
    assert run(with_ida.home, "ics", "--out", str(path)) == f"Written to {path}\n"
    before = events(path.read_bytes().decode())
    assert before["Be in touch with Ana Ferreira"][1] == dt.date(2026, 12, 8)
    assert before["Be in touch with Maren Holm"][1] == TODAY, "who is late stands on today"
    assert len(before) == len(with_ida.due(366)) and len({uid for uid, _, _ in before.values()}) == len(before)
    with_ida.snooze("Ana Ferreira", dt.date(2027, 1, 5))
    after = events(run(with_ida.home, "ics"))
    assert after["Be in touch with Ana Ferreira"][:2] == (
        before["Be in touch with Ana Ferreira"][0],
        dt.date(2027, 1, 5),
    )
    assert "[private]" not in str(after) and "landlord" not in str(after)
    assert (
        "recording" in after["Be in touch with Ida Lund"][2] and "notary" not in after["Be in touch with Ida Lund"][2]
    )
