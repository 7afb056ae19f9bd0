from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.domain import Contact, NoteText, Record
from assistant.errors import StoreError
from assistant.sources.facts import read_facts
from assistant.store import readings, records
from assistant.store.database import FILE_NAME, Store, open_store
from assistant.store.embedder import WordEmbedder
from assistant.store.index import VectorIndex, audit_index
from assistant.store.vectors import embed_missing
from assistant.store.words import search_words

IDA = Record(
    name="Ida Lund",
    source="markdown:notes/ida.md",
    where="ida.md:1",
    emails=("ida@quay.example",),
    phones=("+442079460001",),
)
EMBEDDER = WordEmbedder()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "home")
    yield opened
    opened.close()


def save(store: Store, *found: Record) -> list[str]:
    with store.write() as connection:
        saved = [records.save_record(connection, one) for one in found]
        for one in saved:
            contact = records.load_contact(connection, one.contact_id)
            assert contact is not None
            reading = read_facts(contact, records.load_notes(connection, [contact.id]))
            readings.save_reading(connection, contact.id, reading.passages, reading.facts, reading.favours)
    embed_missing(store, EMBEDDER)
    return [one.change for one in saved]


def people(store: Store) -> tuple[Contact, ...]:
    with store.read() as connection:
        return records.load_contacts(connection)


def with_note(text: str, record: Record = IDA) -> Record:
    return record.model_copy(update={"notes": (NoteText(key="a", text=text),)})


# --- records ----------------------------------------------------------------------------------------------------


def test_saving_the_same_record_again_changes_nothing(store: Store) -> None:
    assert save(store, IDA) == ["added"]
    assert save(store, IDA.model_copy(update={"where": "ida.md:9"})) == ["unchanged"]


@pytest.mark.parametrize(
    "same",
    [{"emails": ("ida@quay.example",)}, {"phones": ("+442079460001",)}],
    ids=["email", "phone"],
)
def test_an_equal_address_makes_two_sources_one_person(store: Store, same: dict[str, tuple[str, ...]]) -> None:
    card = Record(name="I. Lund", source="vcard:1", where="a.vcf:1", org="Quay", **same)  # type: ignore[arg-type]
    assert save(store, IDA, card) == ["added", "updated"]
    assert [(one.name, one.org) for one in people(store)] == [("Ida Lund", "Quay")]


def test_an_equal_name_alone_makes_nobody_one(store: Store) -> None:
    save(store, IDA, Record(name="Ida Lund", source="vcard:1", where="a.vcf:1", emails=("other@quay.example",)))
    assert len(people(store)) == 2


def test_an_edited_source_replaces_just_what_it_said(store: Store) -> None:
    save(store, with_note("She needs a kiln."))
    assert save(store, with_note("She needs a boat.")) == ["updated"]
    with store.read() as connection:
        assert [one.text for one in readings.load_passages(connection)] == ["She needs a boat."]
        assert search_words(connection, "kiln", 5) == () and len(search_words(connection, "boat", 5)) == 1


def test_a_query_is_never_taken_for_syntax(store: Store) -> None:
    save(store, with_note("She needs a boat."))
    with store.read() as connection:
        for text in ('"', "boat OR", "NEAR(", "boat*", "text:boat", "-", "'; DROP TABLE notes;--"):
            assert len(search_words(connection, text, 5)) <= 1


# --- the folder -------------------------------------------------------------------------------------------------


def test_nobody_else_on_the_machine_can_read_the_folder(store: Store) -> None:
    save(store, with_note("She needs a boat."))
    VectorIndex(store, EMBEDDER).own()
    assert stat.S_IMODE(store.home.stat().st_mode) == 0o700
    modes = {stat.S_IMODE(one.stat().st_mode) for one in store.home.rglob("*") if one.is_file()}
    assert modes == {0o600}


def test_every_commit_is_on_the_disk_when_it_returns(store: Store) -> None:
    with store.read() as connection:
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_damaged_file_is_one_clear_line(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / FILE_NAME).write_bytes(b"this is no database" * 300)
    with pytest.raises(StoreError, match="damaged or no database; restore it from a backup"):
        open_store(home)


def test_records_of_a_newer_release_are_left_alone(tmp_path: Path) -> None:
    open_store(tmp_path / "home").close()
    with sqlite3.connect(tmp_path / "home" / FILE_NAME) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="upgrade givefirst"):
        open_store(tmp_path / "home")


def _write_until_killed(home: str, told: str) -> None:
    store = open_store(Path(home))
    with Path(told).open("a", encoding="utf-8") as file:
        for number in range(100_000):
            record = Record(
                name=f"Person {number}", source=f"typed{number}", where="", emails=(f"p{number}@quay.example",)
            )
            with store.write() as connection:
                records.save_record(connection, record)
            file.write(f"p{number}@quay.example\n")
            file.flush()


def test_a_process_killed_while_writing_loses_nothing_it_was_told_is_saved(tmp_path: Path) -> None:
    told = tmp_path / "told"
    told.touch()
    worker = multiprocessing.get_context("spawn").Process(
        target=_write_until_killed, args=(str(tmp_path / "home"), str(told))
    )
    worker.start()
    while len(told.read_text(encoding="utf-8").splitlines()) < 20 and worker.is_alive():
        time.sleep(0.01)
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    store = open_store(tmp_path / "home")
    kept = {email for one in people(store) for email in one.emails}
    store.close()
    acknowledged = [line for line in told.read_text(encoding="utf-8").split("\n")[:-1]]
    assert len(acknowledged) >= 20 and set(acknowledged) <= kept


# --- the index --------------------------------------------------------------------------------------------------


def near(index: VectorIndex, text: str) -> list[str]:
    return [hit.passage_id for hit in index.near(EMBEDDER.embed([text])[0], 3)]


def fill(store: Store) -> None:
    for number, thing in enumerate(("kiln", "boat", "cello", "orchard", "printer")):
        save(store, with_note(f"She needs a {thing}.", Record(name=f"P{number}", source=f"s{number}", where="")))


def test_the_second_process_is_no_owner_and_answers_the_same(store: Store) -> None:
    fill(store)
    owner, guest = VectorIndex(store, EMBEDDER), VectorIndex(store, EMBEDDER)
    assert owner.own() and not guest.own()
    assert near(owner, "a cello")[:1] == near(guest, "a cello")[:1] != []
    owner.release()
    assert guest.own()
    guest.release()


def test_what_is_saved_later_is_found_by_owner_and_guest(store: Store) -> None:
    fill(store)
    owner, guest = VectorIndex(store, EMBEDDER), VectorIndex(store, EMBEDDER)
    owner.own()
    save(store, with_note("She restores harmoniums.", Record(name="New", source="new", where="")))
    assert near(owner, "restores harmoniums")[0] == near(guest, "restores harmoniums")[0]
    owner.release()


def test_a_deleted_or_damaged_index_is_built_again(store: Store) -> None:
    fill(store)
    index = VectorIndex(store, EMBEDDER)
    index.own()
    before = near(index, "a boat")
    index.release()
    folder = next(store.home.glob("index-words-*"))
    assert audit_index(folder)
    for file in folder.rglob("*"):
        if file.is_file():
            file.write_bytes(b"garbage" * 50)
    again = VectorIndex(store, EMBEDDER)
    assert again.own() and near(again, "a boat")[:1] == before[:1] != []
    again.release()


def test_the_index_holds_no_word_of_a_note_and_no_name(store: Store) -> None:
    save(store, with_note("She restores harmoniums."))
    index = VectorIndex(store, EMBEDDER)
    index.own()
    index.release()
    data = b"".join(one.read_bytes() for one in next(store.home.glob("index-words-*")).rglob("*") if one.is_file())
    assert data and b"harmonium" not in data and b"Ida" not in data
