"""Answers reckoned ahead by a process of its own, over the world."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import ahead
from assistant.ahead import QUESTIONS, find_answer, is_current, reckon, reckon_all
from assistant.app import Assistant
from evals.world import TODAY


@pytest.fixture
def assistant(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    monkeypatch.setenv("GIVEFIRST_EMBEDDINGS", "off")
    with Assistant.open(home, TODAY) as opened:
        yield opened


def wait_for(assistant: Assistant, name: str, about: str = "") -> None:
    until = time.monotonic() + 120
    while not is_current(assistant, name, about):
        assert time.monotonic() < until, "the process has answered nothing"
        time.sleep(0.1)


def test_what_was_never_asked_is_on_its_way_and_then_there_as_if_asked_on_the_spot(assistant: Assistant) -> None:
    assert find_answer(assistant, "due") == (None, False)
    wait_for(assistant, "due")
    assert find_answer(assistant, "due") == (assistant.due(most=ahead.MOST_DUE), True)
    for process in ahead._BEGUN.values():
        assert process.wait(120) == 0


def test_every_answer_is_the_one_given_on_the_spot(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "begin", lambda *_: None)
    reckon_all(assistant)
    for name, question in QUESTIONS.items():
        assert find_answer(assistant, name) == (question.ask(assistant, ""), True), name
    reckon(assistant, "introductions", "Ana Ferreira")
    found = find_answer(assistant, "introductions", "Ana Ferreira").value
    assert found == assistant.introduce("Ana Ferreira") and found


def test_after_a_note_the_old_answer_stands_and_is_said_to_be_old(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = []
    monkeypatch.setattr(ahead, "begin", lambda *about: begun.append(about[1:]))
    reckon(assistant, "due")
    before = find_answer(assistant, "due").value
    assistant.note("Ana Ferreira", "Coffee; she is well.")
    assert find_answer(assistant, "due") == (before, False) and begun == [("due", "")]
    reckon(assistant, "due")
    now = find_answer(assistant, "due")
    assert now.is_current and now.value == assistant.due(most=ahead.MOST_DUE)


def test_suggestions_from_what_was_gathered_heed_what_was_sent_away_since(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "begin", lambda *_: None)
    reckon(assistant, "candidates")
    given = find_answer(assistant, "candidates").value
    first = assistant.suggestions(given=given)
    assert first
    assistant.dismiss(first[0].key, None)
    assert first[0].key not in {one.key for one in assistant.suggestions(given=given)}
    away = next(one for one in assistant.suggestions(given=given) if one.kind != "introduction").people[0].id
    assistant.snooze(away, TODAY.replace(month=12))
    assert all(away not in {person.id for person in one.people} for one in assistant.suggestions(given=given))


def test_no_answer_outlives_the_forgetting_of_a_person(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "begin", lambda *_: None)
    reckon(assistant, "network")
    assert b"Ana Ferreira" in b"".join(one.read_bytes() for one in (assistant.home / "kept").iterdir())

    def forget_meanwhile() -> bytes:
        told = b'"Ana Ferreira"'
        assistant.forget("Ana Ferreira")
        return told

    assistant.keep_answer("network:", forget_meanwhile)
    kept = assistant.home / "kept"
    assert not kept.exists() or not any(b"Ana Ferreira" in one.read_bytes() for one in kept.iterdir())
