"""People and what sources say of them: who is one person, what an import changes, what it must leave alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.domain import Contact, Note, NoteText, Record
from assistant.sources.markdown import read_markdown
from assistant.sources.vcard import read_vcards
from assistant.store import records
from assistant.store.database import Store, open_store

IDA = Record(
    name="Ida Lund",
    source="markdown:notes/ida.md",
    where="ida.md:1",
    emails=("ida@quay.example",),
    phones=("+442079460001",),
    links=("linkedin.com/in/ida-lund",),
    org="Quay",
    notes=(NoteText(key="a", text="She needs a kiln."), NoteText(key="b", text="Rain.")),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "home")
    yield opened
    opened.close()


def save(store: Store, *found: Record) -> list[records.Saved]:
    with store.write() as connection:
        return [records.save_record(connection, one) for one in found]


def book(store: Store) -> tuple[tuple[Contact, ...], tuple[Note, ...]]:
    with store.read() as connection:
        return records.load_contacts(connection), records.load_notes(connection)


def find(store: Store, who: str) -> list[str]:
    with store.read() as connection:
        return [one.name for one in records.find_people(connection, who)]


def test_importing_again_leaves_every_contact_and_note_as_it_was(store: Store) -> None:
    save(store, IDA)
    before = book(store)
    assert [one.change for one in save(store, IDA)] == ["unchanged"] and book(store) == before


def test_an_edited_record_keeps_its_contact_and_drops_what_it_no_longer_says(store: Store) -> None:
    first = save(store, IDA)[0]
    second = save(store, IDA.model_copy(update={"org": "", "emails": ("ida@new.example",), "name": "Ida Berg"}))[0]
    assert (second.contact_id, second.change) == (first.contact_id, "updated")
    (one,), _ = book(store)
    assert (one.name, one.org, one.emails) == ("Ida Berg", "", ("ida@new.example",))
    assert find(store, "ida@quay.example") == [] and find(store, "ida@new.example") == ["Ida Berg"]


@pytest.mark.parametrize("field", ["emails", "phones", "links"])
def test_an_equal_address_of_any_kind_makes_one_contact(store: Store, field: str) -> None:
    other = Record(name="I. Lund", source="vcard:1", where="", title="maker", **{field: getattr(IDA, field)})
    assert len({one.contact_id for one in save(store, IDA, other)}) == 1
    (one,), _ = book(store)
    assert (one.name, one.org, one.title) == ("Ida Lund", "Quay", "maker")


def test_the_users_own_notes_are_trusted_before_an_export(store: Store) -> None:
    export = Record(name="I. Lund", source="linkedin:x", where="", org="Mole", links=IDA.links)
    save(store, export, IDA)
    (one,), _ = book(store)
    assert (one.name, one.org) == ("Ida Lund", "Quay")


def test_a_name_alone_makes_two_contacts_in_any_order(store: Store) -> None:
    twin = Record(name="Ida Lund", source="vcard:1", where="", emails=("other@quay.example",))
    assert len({one.contact_id for one in save(store, twin, IDA)}) == 2
    assert find(store, "ida lund") == ["Ida Lund", "Ida Lund"]


def test_two_cards_of_one_name_in_a_file_are_two_people_each_with_their_note(store: Store) -> None:
    text = "BEGIN:VCARD\nFN:Jo Lee\nNOTE:makes lamps\nEND:VCARD\nBEGIN:VCARD\nFN:Jo Lee\nNOTE:sails\nEND:VCARD\n"
    cards = [one for one in read_vcards(text, "a.vcf") if isinstance(one, Record)]
    assert len({one.contact_id for one in save(store, *cards)}) == 2
    assert {note.text for note in book(store)[1]} == {"makes lamps", "sails"}
    assert [one.change for one in save(store, *cards)] == ["unchanged", "unchanged"]


def test_the_notes_of_a_source_are_replaced_and_those_of_others_stay(store: Store) -> None:
    other = Record(
        name="I. Lund", source="vcard:1", where="", emails=IDA.emails, notes=(NoteText(key="N", text="Sails."),)
    )
    save(store, IDA, other)
    kept = {note.text: note.id for note in book(store)[1]}
    save(store, IDA.model_copy(update={"notes": (NoteText(key="b", text="Rain."), NoteText(key="c", text="Snow."))}))
    now = {note.text: note.id for note in book(store)[1]}
    assert set(now) == {"Sails.", "Rain.", "Snow."}
    assert (now["Rain."], now["Sails."]) == (kept["Rain."], kept["Sails."])


def test_a_typed_note_outlives_every_import(store: Store) -> None:
    ida = save(store, IDA)[0].contact_id
    with store.write() as connection:
        records.add_note(connection, Note(id="n-typed", contact_id=ida, source=records.TYPED, key="k", text="Typed."))
    save(store, IDA.model_copy(update={"notes": ()}))
    assert [note.text for note in book(store)[1]] == ["Typed."]


def test_the_user_is_one_whatever_their_sources_say(store: Store) -> None:
    mine = [Record(name="Dana", source=f"markdown:{n}", where="", emails=(f"{n}@d.example",), me=True) for n in "ab"]
    assert len({one.contact_id for one in save(store, *mine)}) == 1
    with store.read() as connection:
        me = records.load_me(connection)
    assert me is not None and set(me.emails) == {"a@d.example", "b@d.example"}


def test_nothing_of_a_block_that_fails_is_saved(store: Store) -> None:
    with pytest.raises(KeyError), store.write() as connection:
        records.save_record(connection, IDA)
        raise KeyError("the caller failed")
    assert book(store) == ((), ())


@pytest.mark.parametrize("who", ["IDA@quay.example", "ida lund", "Ida", "lund", "Lund Ida", "  ida   LUND ", "Id"])
def test_a_person_is_found_by_address_and_by_any_part_of_the_name(store: Store, who: str) -> None:
    save(store, IDA, Record(name="Oda Berg", source="s", where=""))
    assert find(store, who) == ["Ida Lund"]


def test_a_name_is_found_without_its_accents_and_nobody_is_found_by_nothing(store: Store) -> None:
    save(store, Record(name="José Brañas", source="s", where=""))
    assert find(store, "jose branas") == ["José Brañas"] and find(store, " ") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.sampled_from(["a", "a (2)", "", "2026-03-12 Call", "## x", "- [need] a kiln"]), max_size=6))
def test_any_headings_of_a_file_can_be_saved_and_read_back(store: Store, headings: list[str]) -> None:
    text = "---\nname: Ida Lund\n---\n" + "".join(f"## {one}\ntext {i}\n" for i, one in enumerate(headings))
    (record,) = (one for one in read_markdown(text, "i.md", "markdown:i.md") if isinstance(one, Record))
    save(store, record)
    assert sorted(note.text for note in book(store)[1]) == sorted(note.text for note in record.notes)
