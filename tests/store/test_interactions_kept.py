"""Times in touch by the hundred thousand: kept once by their source, moved with their calendar, gone with their person."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from releases import go_back
from sqlalchemy import delete

from assistant.domain import Interaction, Record, Touch, make_id
from assistant.store import readings, records
from assistant.store.database import FILE_NAME, Store, open_store
from assistant.store.schema import contacts

TODAY = dt.date(2026, 11, 20)
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def people(store: Store) -> tuple[str, str]:
    with store.write() as connection:
        ids = [records.save_record(connection, Record(name=n, source=n, where="")).contact_id for n in ("Ida", "Oda")]
    return ids[0], ids[1]


def touch(who: str, source: str = "mail:1@x", **more: object) -> Interaction:
    values = {"when": TODAY, "channel": "email", "direction": "in", "at": NOON, "thread": source, **more}
    return Interaction.model_validate({"id": make_id("i", who, source), "contact_id": who, "source": source, **values})


def kept(store: Store) -> tuple[Interaction, ...]:
    with store.read() as connection:
        return readings.load_interactions(connection)


def add(store: Store, *found: Interaction) -> int:
    with store.write() as connection:
        return readings.add_interactions(connection, found)


def replace(store: Store, *found: Interaction, is_whole: bool = True) -> tuple[int, int]:
    with store.write() as connection:
        since = TODAY - dt.timedelta(700)
        return tuple(readings.replace_series(connection, "calendar:u", since, found, is_whole))  # type: ignore[return-value]


def meeting(who: str, day: dt.date, key: str = "", title: str = "Walk") -> Interaction:
    return touch(who, f"calendar:u{key}", when=day, channel="meeting", direction="both", at=None, title=title)


def test_a_touch_comes_back_as_it_was_and_as_a_light_value(store: Store, people: tuple[str, str]) -> None:
    one = touch(people[0], words=12, title="Tide", note_id="n-1")
    assert add(store, one) == 1 and kept(store) == (one,)
    with store.read() as connection:
        assert readings.load_touches(connection) == [Touch(people[0], TODAY, "in", "email", NOON, "mail:1@x", 12)]
        assert readings.load_touches(connection, [people[1]]) == []


def test_what_is_to_come_is_no_touch_until_its_day(store: Store, people: tuple[str, str]) -> None:
    add(store, meeting(people[0], TODAY + dt.timedelta(1)))
    with store.read() as connection:
        assert readings.load_touches(connection, until=TODAY) == []
        assert len(readings.load_touches(connection, until=TODAY + dt.timedelta(1))) == 1


def test_the_same_mail_is_kept_once_a_person_and_what_is_logged_by_hand_always(
    store: Store, people: tuple[str, str]
) -> None:
    mails = [touch(people[0]), touch(people[1])]
    assert (add(store, *mails, mails[0]), add(store, *mails)) == (2, 0)
    with store.write() as connection:
        for number in range(2):
            by_hand = Interaction(id=f"i-{number}", contact_id=people[0], when=TODAY, channel="call", direction="both")
            readings.save_interaction(connection, by_hand)
    assert len(kept(store)) == 4


def test_a_series_replaces_what_was_kept_of_it_and_leaves_the_rest(store: Store, people: tuple[str, str]) -> None:
    ida, oda = people
    old = meeting(ida, TODAY - dt.timedelta(900), "#0")
    assert replace(store, old, meeting(ida, TODAY, "#1"), meeting(oda, TODAY, "#1"), meeting(ida, TODAY, "#2")) == (
        4,
        0,
    )
    add(store, touch(ida), touch(ida, "calendar:up", channel="meeting"))
    later = TODAY + dt.timedelta(3)
    assert replace(store, meeting(ida, later, "#1"), meeting(ida, TODAY, "#2")) == (0, 2)
    assert replace(store, meeting(ida, later, "#1"), meeting(ida, TODAY, "#2")) == (0, 0)
    found = {one.source: one.when for one in kept(store)}
    assert found["calendar:u#1"] == later and found["calendar:u#0"] == old.when, "older than the window stays"
    assert {"mail:1@x", "calendar:up"} <= found.keys() and len(kept(store)) == 5


def test_a_cancelled_event_is_dropped_however_long_ago_it_was(store: Store, people: tuple[str, str]) -> None:
    replace(store, meeting(people[0], TODAY - dt.timedelta(3000)))
    assert replace(store) == (0, 1) and kept(store) == ()


def test_a_single_occurrence_says_nothing_of_the_others(store: Store, people: tuple[str, str]) -> None:
    replace(store, meeting(people[0], TODAY, "#1"), meeting(people[0], TODAY, "#2"))
    assert replace(store, meeting(people[0], TODAY, "#2", "Talk"), is_whole=False) == (0, 1)
    assert sorted(one.title for one in kept(store)) == ["Talk", "Walk"]


def test_a_chain_of_answers_is_one_conversation_in_any_order(store: Store, people: tuple[str, str]) -> None:
    chain = [touch(people[0], f"mail:{n}", thread=f"mail:{max(0, n - 1)}") for n in range(20)]
    circle = [touch(people[1], "mail:a", thread="mail:b"), touch(people[1], "mail:b", thread="mail:a")]
    add(store, *reversed(chain), *circle)
    with store.write() as connection:
        readings.join_threads(connection)
    assert {one.thread for one in kept(store) if one.contact_id == people[0]} == {"mail:0"}


def test_what_passed_with_a_person_goes_with_them(store: Store, people: tuple[str, str]) -> None:
    add(store, touch(people[0], title="A secret subject"), touch(people[1]))
    with store.write() as connection:
        connection.execute(delete(contacts).where(contacts.c.id == people[0]))
    assert [one.contact_id for one in kept(store)] == [people[1]]
    store.close()
    assert b"secret subject" not in b"".join(one.read_bytes() for one in store.home.iterdir() if one.is_file())


def test_touches_kept_by_the_first_release_are_kept_on(tmp_path: Path) -> None:
    home = tmp_path / "home"
    store = open_store(home)
    with store.write() as connection:
        ida = records.save_record(connection, Record(name="Ida", source="ida", where="")).contact_id
    store.close()
    old = f'{{"id":"i-1","contact_id":"{ida}","when":"2026-03-12","channel":"email","direction":"out","note_id":null}}'
    go_back(home, "0001")
    raw = sqlite3.connect(home / FILE_NAME)
    raw.execute("INSERT INTO interactions (id, contact_id, kind, data) VALUES ('i-1', ?, 'email', ?)", (ida, old))
    raw.commit()
    raw.close()
    store = open_store(home)
    assert kept(store) == (
        Interaction(id="i-1", contact_id=ida, when=dt.date(2026, 3, 12), channel="email", direction="out"),
    )
    store.close()
