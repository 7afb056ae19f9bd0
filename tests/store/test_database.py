"""Opening the records: what others may read, what damage and a kill leave behind, who waits for whom."""

from __future__ import annotations

import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from assistant.domain import Record
from assistant.errors import StoreBusy, StoreError
from assistant.store import records
from assistant.store.database import FILE_NAME, HEAD, open_store
from assistant.store.schema import metadata

CHILD = """
import sys
from pathlib import Path
from assistant.domain import NoteText, Record
from assistant.store import records
from assistant.store.database import open_store

store = open_store(Path(sys.argv[1]))
for number in range(100_000):
    note = NoteText(key="a", text="lamp " * 200)
    with store.write() as connection:
        records.save_record(connection, Record(name=f"P{number}", source=f"s{number}", where="", notes=(note,)))
    print(number, flush=True)
"""


def fill(home: Path, count: int = 50) -> None:
    store = open_store(home)
    with store.write() as connection:
        for number in range(count):
            records.save_record(connection, Record(name=f"P{number} {'x' * 500}", source=f"s{number}", where=""))
    store.close()


def test_the_folder_is_the_users_own_even_if_it_was_open_before(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o755)
    store = open_store(home)
    with store.write() as connection:
        records.save_record(connection, Record(name="Ida Lund", source="s", where=""))
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in home.iterdir()}
    store.close()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert FILE_NAME in modes and set(modes.values()) == {0o600}


def test_every_connection_has_the_pragmas(tmp_path: Path) -> None:
    store = open_store(tmp_path / "home")
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 10000}
    for connect in (store.read, store.write):
        store.engine.dispose()
        with connect() as connection:
            assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted
    store.close()


def test_the_first_migration_makes_the_tables_the_code_knows(tmp_path: Path) -> None:
    store = open_store(tmp_path / "home")
    found = inspect(store.engine)
    for table in metadata.tables.values():
        assert {one["name"] for one in found.get_columns(table.name)} == set(table.columns.keys())
    with store.read() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD
    store.close()


@pytest.mark.parametrize("damage", ["garbage", "header", "cut", "middle"])
def test_a_damaged_file_never_ends_in_anything_but_a_store_error(tmp_path: Path, damage: str) -> None:
    home = tmp_path / "home"
    fill(home)
    path = home / FILE_NAME
    data = path.read_bytes()
    bad = {
        "garbage": b"no database " * 500,
        "header": b"x" * 100 + data[100:],
        "cut": data[: len(data) // 3],
        "middle": data[:4096] + b"\xff" * (len(data) - 4096),
    }[damage]
    path.write_bytes(bad)
    with pytest.raises(StoreError) as caught:
        store = open_store(home)
        try:
            with store.read() as connection:
                records.load_contacts(connection)
        finally:
            store.close()
    assert "\n" not in str(caught.value)
    assert path.read_bytes()[:4096] == bad[:4096]


@pytest.mark.parametrize("in_the_way", ["file", "folder"])
def test_what_stands_in_the_way_is_named(tmp_path: Path, in_the_way: str) -> None:
    home = tmp_path / "home"
    if in_the_way == "file":
        home.write_text("mine", encoding="utf-8")
    else:
        (home / FILE_NAME).mkdir(parents=True)
    with pytest.raises(StoreError, match=str(home)):
        open_store(home)


def test_records_of_a_newer_release_are_refused_and_left_as_they_are(tmp_path: Path) -> None:
    home = tmp_path / "home"
    fill(home, 1)
    with sqlite3.connect(home / FILE_NAME) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(StoreError, match="newer givefirst .schema 9999.; upgrade"):
        open_store(home)
    reader = sqlite3.connect(home / FILE_NAME)
    assert reader.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)
    reader.close()


def test_a_locked_file_is_busy_and_not_broken(tmp_path: Path) -> None:
    fill(tmp_path / "home", 1)
    first, second = open_store(tmp_path / "home"), open_store(tmp_path / "home")
    with second.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=0")
    with first.write() as writer:
        records.save_record(writer, Record(name="Ida", source="ida", where=""))
        with pytest.raises(StoreBusy), second.write() as other:
            records.save_record(other, Record(name="Oda", source="oda", where=""))
        with second.read() as reader:
            assert [one.name[:2] for one in records.load_contacts(reader)] == ["P0"]
    first.close()
    second.close()


def test_a_process_killed_in_the_middle_of_commits_leaves_all_it_acknowledged(tmp_path: Path) -> None:
    home = tmp_path / "home"
    command = [sys.executable, "-c", CHILD, str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(30)]
        child.send_signal(signal.SIGKILL)
        told += child.stdout.readlines()
    assert child.returncode == -signal.SIGKILL
    acknowledged = {f"P{int(line)}" for line in told if line.endswith("\n")}
    store = open_store(home)
    with store.read() as connection:
        kept = {one.name for one in records.load_contacts(connection)}
        notes = {one.contact_id for one in records.load_notes(connection)}
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    store.close()
    assert len(acknowledged) >= 30 and acknowledged <= kept and len(notes) == len(kept)
