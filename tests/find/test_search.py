from __future__ import annotations

import numpy as np

from assistant.find.search import SearchIndex, SearchText

TEXTS = [
    SearchText(id="a", text="She asked whether anybody had a kiln.", who="Ida Lund", thread="n1", ordinal=0),
    SearchText(id="b", text="Yes, in the shed.", who="Ida Lund", thread="n1", ordinal=1),
    SearchText(id="c", text="He keeps bees on the roof.", who="Oda Berg", thread="n2", ordinal=0),
    SearchText(id="d", text="Rain all day.", who="Oda Berg", thread="n3", ordinal=0),
]


def found(index: SearchIndex, text: str, **more: object) -> list[str]:
    return [one.id for one in index.rank(text, **more)]  # type: ignore[arg-type]


def test_words_are_found_in_any_of_their_forms() -> None:
    assert found(SearchIndex(TEXTS), "keeping a bee")[0] == "c"


def test_the_line_below_the_words_of_the_question_is_found_too() -> None:
    assert found(SearchIndex(TEXTS), "kilns")[:2] == ["a", "b"]


def test_a_person_named_in_the_question_lifts_what_is_theirs() -> None:
    assert set(found(SearchIndex(TEXTS), "what about Oda's day")) == {"c", "d"}


def test_meaning_finds_what_shares_no_word() -> None:
    rows = np.eye(4, dtype=np.float32)
    assert found(SearchIndex(TEXTS, rows), "honey", vector=rows[2])[0] == "c"
    assert found(SearchIndex(TEXTS), "honey", near={"c": 0.9, "gone": 1.0})[0] == "c"


def test_within_keeps_to_the_given_passages() -> None:
    assert found(SearchIndex(TEXTS), "bees kiln", within=["d", "c"]) == ["c"]


def test_an_empty_book_finds_nothing() -> None:
    assert SearchIndex([]).rank("anything") == ()
