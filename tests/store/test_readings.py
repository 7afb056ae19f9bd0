"""What is read out of notes comes back as it was saved, is found by its words, and is forgotten when it is gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.domain import (
    Contact,
    Draft,
    DraftKind,
    NoteText,
    Outcome,
    Plan,
    Record,
    Sentence,
    Visibility,
)
from assistant.sources.facts import Reading, read_facts
from assistant.store import readings, records
from assistant.store.database import Store, open_store
from assistant.store.words import purge_words, search_words

TEXT = "- [need] a kiln #pots\n- [gave] the tide data\n\nShe loves sailing.\n\n- [private] is leaving the firm"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "home")
    yield opened
    opened.close()


def save(store: Store, text: str, name: str = "Ida Lund") -> tuple[Contact, Reading]:
    note = NoteText(key="a", text=text, title="Call", date=dt.date(2026, 3, 12))
    with store.write() as connection:
        saved = records.save_record(connection, Record(name=name, source=name, where="", notes=(note,)))
        contact = records.load_contact(connection, saved.contact_id)
        assert contact is not None
        reading = read_facts(contact, records.load_notes(connection, [contact.id]))
        readings.save_reading(connection, contact.id, reading.passages, reading.facts, reading.favours)
    return contact, reading


def found(store: Store, query: str) -> list[str]:
    with store.read() as connection:
        hits = [hit.passage_id for hit in search_words(connection, query, 10)]
        return [one.text for one in readings.load_passages(connection, hits)]


def test_passages_facts_and_favours_come_back_as_they_were(store: Store) -> None:
    ida, reading = save(store, TEXT)
    assert reading.facts and reading.favours and reading.passages
    with store.read() as connection:
        assert readings.load_passages(connection) == reading.passages
        assert readings.load_facts(connection, [ida.id]) == reading.facts
        assert readings.load_favours(connection) == reading.favours
        assert readings.load_facts(connection, ["c-nobody"]) == ()
        assert readings.count_passages(connection) == len(reading.passages)


def test_private_passages_of_the_people_asked_for_are_given(store: Store) -> None:
    ida, _ = save(store, TEXT)
    oda, _ = save(store, "- [private] sold the boat", "Oda Berg")
    with store.read() as connection:
        hidden = readings.load_private_passages(connection, [ida.id])
        assert readings.load_private_passages(connection, []) == ()
    assert [(one.text, one.visibility) for one in hidden] == [("- [private] is leaving the firm", Visibility.PRIVATE)]
    assert oda.id != ida.id


def test_words_are_found_in_other_forms_and_without_accents(store: Store) -> None:
    save(store, "She sails a felucca.\n\nShe met José in the café.")
    assert found(store, "sailing") == ["She sails a felucca."]
    assert found(store, "jose CAFE") == ["She met José in the café."]
    assert found(store, "") == found(store, "?!") == []


def test_what_was_edited_away_is_found_no_more_and_once_purged_stands_in_no_file(store: Store) -> None:
    save(store, "She restores harmoniums.")
    save(store, "She sails.")
    assert found(store, "harmoniums") == [] and found(store, "sails") == ["She sails."]
    with store.write() as connection:
        purge_words(connection)
    store.close()
    left = b"".join(one.read_bytes() for one in store.home.iterdir() if one.is_file())
    assert b"sails" in left and b"harmonium" not in left


def test_replacing_one_persons_reading_leaves_the_others(store: Store) -> None:
    save(store, "She sails.", "Ida Lund")
    save(store, "He sails too.", "Oda Berg")
    save(store, "She rows.", "Ida Lund")
    assert found(store, "sails") == ["He sails too."] and found(store, "rows") == ["She rows."]


def test_the_state_tells_every_change_even_of_the_last_passage(store: Store) -> None:
    seen = []
    for text in ("She sails.", "She rows.", "She sails.", "", "She rows."):
        save(store, text)
        with store.read() as connection:
            seen.append(readings.read_state(connection))
    assert len(set(seen)) == len(seen)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_text_is_saved_and_any_question_is_asked(store: Store, text: str) -> None:
    _, reading = save(store, text)
    with store.read() as connection:
        assert readings.load_passages(connection) == reading.passages
        ids = {one.id for one in reading.passages}
        assert {hit.passage_id for hit in search_words(connection, text, 10)} <= ids


def test_a_draft_comes_back_with_its_plan_and_the_same_id_replaces_it(store: Store) -> None:
    ida, _ = save(store, TEXT)
    plan = Plan(kind=DraftKind.COLD, to=ida.id, ask="a call", questions=("What moved you?",))
    draft = Draft(
        id="d-1",
        kind=DraftKind.COLD,
        to=ida.id,
        subject="The kiln",
        body="Hi Ida,",
        sentences=(Sentence(text="Hi Ida,", evidence=("f-1",), paragraph=0),),
        findings=(),
        outcome=Outcome.READY,
        plan=plan,
    )
    now = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    with store.write() as connection:
        readings.save_draft(connection, draft, now)
        readings.save_draft(connection, draft.model_copy(update={"subject": "A kiln"}), now)
    with store.read() as connection:
        assert readings.load_draft(connection, "d-1") == draft.model_copy(update={"subject": "A kiln"})
        assert readings.load_draft(connection, "d-2") is None
