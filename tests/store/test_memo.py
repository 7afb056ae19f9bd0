from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from assistant.domain import Record
from assistant.store import records
from assistant.store.database import Store, open_store
from assistant.store.memo import remember


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def keep(connection: Connection, org: str) -> None:
    records.save_record(connection, Record(name="Ana", source="test", where="", org=org))


class Loader:
    """Counts how often it was asked."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> int:
        self.calls += 1
        return self.calls


def test_it_is_read_once_while_nothing_changes(store: Store) -> None:
    load = Loader()
    for _ in range(3):
        with store.read() as connection:
            assert remember(connection, "count", load) == 1


def test_it_is_read_again_after_a_change_by_any_process_or_about_something_else(store: Store) -> None:
    load, other = Loader(), open_store(store.home)
    with store.read() as connection:
        remember(connection, "count", load)
    with other.write() as connection:
        keep(connection, "Mare Livre")
    other.close()
    with store.read() as connection:
        assert remember(connection, "count", load) == 2
        assert remember(connection, "count", load, "today") == 3


def test_whoever_writes_sees_what_they_have_just_written(store: Store) -> None:
    with store.write() as connection:
        keep(connection, "Mare Livre")
    with store.read() as connection:
        assert [one.org for one in records.load_contacts(connection)] == ["Mare Livre"]
    with store.write() as connection:
        keep(connection, "Havnetilsyn")
        assert [one.org for one in records.load_contacts(connection)] == ["Havnetilsyn"]
    with store.read() as connection:
        assert [one.org for one in records.load_contacts(connection)] == ["Havnetilsyn"]


def test_what_only_keeps_an_answer_is_no_change(store: Store) -> None:
    load = Loader()
    with store.read() as connection:
        remember(connection, "count", load)
    with store.write(derived=True) as connection:
        keep(connection, "Mare Livre")
    with store.read() as connection:
        assert remember(connection, "count", load) == 1


def test_what_may_lag_behind_is_read_again_only_when_its_own_measure_is_another(store: Store) -> None:
    load = Loader()
    with store.read() as connection:
        remember(connection, "count", load, until="about ten")
    with store.write() as connection:
        keep(connection, "Mare Livre")
    with store.read() as connection:
        assert remember(connection, "count", load, until="about ten") == 1
        assert remember(connection, "count", load, until="about twenty") == 2
