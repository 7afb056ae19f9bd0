from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from assistant.domain import Record
from assistant.store import records
from assistant.store.database import open_store
from assistant.store.revision import read_revision


def test_the_revision_changes_with_every_commit_of_any_process_and_not_by_reading(tmp_path: Path) -> None:
    mine, other = open_store(tmp_path), open_store(tmp_path)
    seen = [read_revision(mine)]
    for number in range(20):
        with other.write() as connection:
            records.save_record(connection, Record(name="Ana", source="test", where="", org=f"Firm {number}"))
        seen.append(read_revision(mine))
        with mine.read() as connection:
            assert records.count_contacts(connection) == 1
        assert read_revision(mine) == seen[-1]
    assert len(set(seen)) == len(seen)
    mine.close()
    other.close()


def test_it_outlives_a_restart_and_a_write_that_changes_nothing(tmp_path: Path) -> None:
    seen = []
    for _ in range(3):
        store = open_store(tmp_path)
        with store.write() as connection:
            records.save_record(connection, Record(name="Ana", source="test", where=""))
        seen.append(read_revision(store))
        store.close()
    assert seen == [seen[0]] * 3


def test_with_a_server_there_is_no_revision() -> None:
    assert read_revision(SimpleNamespace(is_sqlite=False)) is None  # type: ignore[arg-type]
