"""Whom the user put off, kept beside the times in touch; and these added up by the database as by hand."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from releases import go_back
from sqlalchemy import delete

from assistant.domain import Interaction, Record
from assistant.store import readings, records
from assistant.store.database import Store, open_store
from assistant.store.schema import contacts, interactions
from assistant.store.snoozes import drop_snooze, load_snoozes, save_snooze
from assistant.store.touch_days import load_day_sums, load_kept_days

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "home")
    yield opened
    opened.close()


def add(store: Store, *names: str) -> list[str]:
    with store.write() as connection:
        return [records.save_record(connection, Record(name=n, source=n, where="")).contact_id for n in names]


def kept(store: Store) -> dict[str, dt.date]:
    with store.read() as connection:
        return load_snoozes(connection)


def test_a_snooze_replaces_the_one_before_and_may_be_dropped(store: Store) -> None:
    ida, oda = add(store, "Ida", "Oda")
    with store.write() as connection:
        save_snooze(connection, ida, TODAY)
        save_snooze(connection, ida, TODAY + dt.timedelta(3))
        save_snooze(connection, oda, TODAY)
    assert kept(store) == {ida: TODAY + dt.timedelta(3), oda: TODAY}
    with store.write() as connection:
        assert (drop_snooze(connection, ida), drop_snooze(connection, ida)) == (True, False)
    assert kept(store) == {oda: TODAY}


def test_a_snooze_goes_with_its_person(store: Store) -> None:
    ida, oda = add(store, "Ida", "Oda")
    with store.write() as connection:
        save_snooze(connection, ida, TODAY)
        save_snooze(connection, oda, TODAY)
        connection.execute(delete(contacts).where(contacts.c.id == ida))
    assert kept(store) == {oda: TODAY}


def test_a_snooze_of_nobody_is_refused(store: Store) -> None:
    from assistant.errors import StoreError

    with pytest.raises(StoreError), store.write() as connection:
        save_snooze(connection, "c-nobody", TODAY)
    assert kept(store) == {}


def test_records_of_the_release_before_are_kept_and_may_be_snoozed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    store = open_store(home)
    (ida,) = add(store, "Ida")
    one = Interaction(id="i-1", contact_id=ida, when=TODAY, channel="call", direction="out")
    with store.write() as connection:
        readings.save_interaction(connection, one)
    store.close()
    go_back(home, "0003")
    store = open_store(home)
    with store.write() as connection:
        save_snooze(connection, ida, TODAY)
        assert readings.load_interactions(connection) == (one,)
        columns = connection.exec_driver_sql("PRAGMA index_info(ix_interactions_contact_day)").all()
    assert [row[2] for row in columns] == ["contact_id", "day", "direction", "channel"]
    assert kept(store) == {ida: TODAY}
    store.close()


# --- times in touch, added up -------------------------------------------------------------------------------------

_TOUCH = st.tuples(
    st.integers(0, 2), st.integers(-3, 12), st.sampled_from(["out", "in", "both"]), st.sampled_from(["email", "call"])
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_TOUCH, max_size=20))
def test_the_database_adds_up_as_one_would_by_hand(store: Store, touches: list[tuple[int, int, str, str]]) -> None:
    ids = add(store, "Ida", "Oda", "Una")
    since = TODAY - dt.timedelta(8)
    with store.write() as connection:
        connection.execute(delete(interactions))
        for number, (who, age, way, channel) in enumerate(touches):
            one = {"id": f"i-{number}", "contact_id": ids[who], "when": TODAY - dt.timedelta(age)}
            readings.save_interaction(
                connection, Interaction.model_validate({**one, "channel": channel, "direction": way})
            )
        found = load_kept_days(connection, TODAY, since)
        sums = load_day_sums(connection, ids[:2], TODAY, since, {"call": 2.0})
    for place, contact in enumerate(ids):
        mine = [(age, way) for who, age, way, _ in touches if who == place and age >= 0]
        late = [(age, way) for age, way in mine if age <= 8]
        if not mine:
            assert contact not in found
            continue
        one = found[contact]
        assert one.last == TODAY - dt.timedelta(min(age for age, _ in mine))
        assert one.first == (TODAY - dt.timedelta(max(age for age, _ in late)) if late else None)
        assert (one.out, one.into) == (any(w != "in" for _, w in late), any(w != "out" for _, w in late))
    counted = [
        (2.0 if channel == "call" else 1.0, way) for who, age, way, channel in touches if who < 2 and 0 <= age <= 8
    ]
    assert math.isclose(sum(one.out for one in sums), sum(much for much, way in counted if way != "in"))
    assert math.isclose(sum(one.into for one in sums), sum(much for much, way in counted if way != "out"))
    assert len(sums) == len({(who, age) for who, age, _, _ in touches if who < 2 and 0 <= age <= 8})
