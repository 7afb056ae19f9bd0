"""No fact reaches a person who may not know it, in random books and in every kind of message."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import Evidence, Visibility
from assistant.find import material
from evals import disclosure
from evals.random_books import ANYBODY, write_book


def test_no_message_of_a_random_book_tells_what_its_reader_may_not_know() -> None:
    told = disclosure.try_book(seed=7, most_messages=36)
    assert told.leaks == ()
    assert told.pairs >= 40 and told.drafts >= 15
    assert told.usable == told.cleared > 0, "what was cleared gets through"
    assert told.told == told.tellable > 0, "and so does what is the reader's own"


@pytest.mark.slow
def test_ten_thousand_messages_tell_nobody_what_they_may_not_know() -> None:
    told = disclosure.try_books(disclosure.PAIRS)
    assert told.pairs >= disclosure.PAIRS
    assert told.leaks == ()
    assert told.usable == told.cleared > 0


def test_the_measure_sees_a_product_that_tells_everything_but_private_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    def tells(one: Evidence, *_: object) -> bool:
        return one.visibility is not Visibility.PRIVATE

    monkeypatch.setattr(material, "may_tell", tells)
    told = disclosure.try_book(seed=7, most_messages=8)
    assert {leak.where for leak in told.leaks} >= {"candidates"}


def test_every_made_up_word_stands_in_one_fact_only(tmp_path: Path) -> None:
    book = write_book(tmp_path, seed=3)
    text = "\n".join(one.read_text(encoding="utf-8") for one in tmp_path.iterdir()).casefold()
    assert all(text.count(one.canary) == 1 for one in book.planted)
    assert {ANYBODY} in [set(one.readers) for one in book.planted]
    assert any(not one.readers for one in book.planted)
