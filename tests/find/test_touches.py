"""Times in touch that notes, mails and calendars tell: each once, none before its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain import Interaction, Note, Record
from assistant.find.touches import all_touches, find_touches
from assistant.store import readings, records
from assistant.store.database import Store, open_store

TODAY = dt.date(2026, 11, 20)
DAY = dt.date(2026, 11, 12)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "home")
    yield opened
    opened.close()


def told(store: Store, notes: list[tuple[str, str]], kept: list[dict[str, object]]) -> list[tuple[str, str]]:
    """Channel and direction of every touch, as both ways of asking must tell it."""
    with store.write() as connection:
        ida = records.save_record(connection, Record(name="Ida", source="ida", where="")).contact_id
        for number, (title, text) in enumerate(notes):
            note = Note(
                id=f"n-{number}", contact_id=ida, source="typed", key=str(number), title=title, text=text, date=DAY
            )
            records.add_note(connection, note)
        for number, values in enumerate(kept):
            base = {"id": f"i-{number}", "contact_id": ida, "when": DAY, "channel": "meeting", "direction": "both"}
            readings.save_interaction(connection, Interaction.model_validate(base | values))
    with store.read() as connection:
        every = all_touches(connection, TODAY)
        contact = records.load_contact(connection, ida)
        assert contact is not None
        past = [one for one in readings.load_interactions(connection) if one.when <= TODAY]
        same = find_touches(contact, records.load_notes(connection), past)
        assert all_touches(connection, TODAY, [ida]) == every and all_touches(connection, TODAY, []) == []
    assert sorted((one.channel, one.direction) for one in same) == sorted((one.channel, one.direction) for one in every)
    assert [one.day for one in every] == sorted(one.day for one in every)
    return sorted((one.channel, one.direction) for one in every)


def at(hour: int, way: str, **more: object) -> dict[str, object]:
    return {"at": dt.datetime(2026, 11, 12, hour, tzinfo=dt.UTC), "channel": "email", "direction": way, **more}


BOTH = ("meeting", "both")


@pytest.mark.parametrize(
    ("notes", "kept", "expected"),
    [
        ([("Coffee in Porto", "We talked.")], [], [BOTH]),
        ([("Coffee in Porto", "We talked.")], [{"source": "calendar:1"}], [BOTH]),
        ([("Coffee in Porto", "We talked.")], [at(9, "both", channel="meeting")], [BOTH]),
        ([("Call", "We talked.")], [{}], [("call", "both"), BOTH]),
        ([], [{}, {"source": "calendar:1"}, at(9, "both", channel="meeting")], [BOTH]),
        ([("", "We met.")], [{"note_id": "n-0", "channel": "call"}], [("call", "both")]),
        ([("", "- [gave] helped me with the boat")], [], []),
        ([], [at(9, "out"), at(10, "in"), at(11, "out")], [("email", "in"), ("email", "out"), ("email", "out")]),
        ([("Email", "About the tide.")], [at(9, "in")], [("email", "in")]),
        ([], [{"channel": "email", "direction": "out"}, at(9, "out")], [("email", "out")]),
        ([], [{"channel": "email", "direction": "out"}, at(9, "in")], [("email", "in"), ("email", "out")]),
        ([], [{"when": TODAY + dt.timedelta(1)}], []),
        ([("Article", "Read her piece.")], [], []),
    ],
)
def test_one_time_in_touch_is_counted_once(
    store: Store, notes: list[tuple[str, str]], kept: list[dict[str, object]], expected: list[tuple[str, str]]
) -> None:
    assert told(store, notes, kept) == expected


def test_a_meeting_of_the_calendar_keeps_what_the_note_tells_of_it(store: Store) -> None:
    told(store, [("Coffee in Porto", "We talked.")], [at(9, "both", channel="meeting")])
    with store.read() as connection:
        (contact,) = records.load_contacts(connection)
        found = find_touches(contact, records.load_notes(connection), readings.load_interactions(connection))
    assert [(one.note_id, one.at is not None) for one in found] == [("n-0", True)]


def test_a_ledger_of_many_bullets_is_looked_at_in_no_time(store: Store) -> None:
    assert told(store, [("", "[gave] " * 4000 + "\nwe met")], []) == [BOTH]
