"""What was promised, by whom, and when it counts as given."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.domain import Favour, FavourKind, Passage
from assistant.find.promises import find_open_promises, find_promises, read_promise

DAY = dt.date(2026, 3, 12)


def passage(text: str, day: dt.date = DAY) -> Passage:
    return Passage(id=f"p-{text[:20]}", note_id="n-1", contact_id="c-ana", ordinal=0, text=text, date=day)


def gave(text: str, day: dt.date) -> Favour:
    return Favour(id=f"g-{text}", contact_id="c-ana", kind=FavourKind.GAVE, text=text, quote=text, date=day)


@pytest.mark.parametrize(
    ("sentence", "by", "what"),
    [
        ("I promised the data.", "you", "the data"),
        ("I promised her the tide tables by Easter.", "you", "the tide tables by Easter"),
        ("I said I would ask the notary.", "you", "ask the notary"),
        ("Told him I'd introduce him to Maren.", "you", "introduce him to Maren"),
        ("I'll send her the gauge readings.", "you", "send her the gauge readings"),
        ("Promised her a lift.", "you", "a lift"),
        ("- [promised] the deck", "you", "the deck"),
        ("She promised me the quay drawings.", "them", "the quay drawings"),
        ("He said he'd send the paper.", "them", "send the paper"),
        ("Ana promised to introduce me to a printer.", "them", "introduce me to a printer"),
    ],
)
def test_a_promise_is_read_with_whose_it_is(sentence: str, by: str, what: str) -> None:
    (found,) = find_promises([passage(sentence)], "Ana Ferreira")
    assert (found.by, found.text) == (by, what)
    assert found.evidence.quote in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "I promised nothing.",
        "A promising start.",
        "She would love a notary.",
        "I will be in Porto in May.",
        "> I promised him the moon.",
        "- [gave] promised data",
        "He asked whether I knew a notary.",
    ],
)
def test_what_is_no_promise_is_read_as_none(sentence: str) -> None:
    assert list(find_promises([passage(sentence)], "Ana Ferreira")) == []


def test_giving_what_was_promised_closes_it_and_giving_something_else_does_not() -> None:
    told = [passage("I promised her the tide tables.")]
    later = DAY + dt.timedelta(days=9)
    assert find_open_promises(told, "Ana", [gave("sent her the tide tables", later)]) == ()
    assert len(find_open_promises(told, "Ana", [gave("sent her a recipe", later)])) == 1
    assert len(find_open_promises(told, "Ana", [gave("sent her the tide tables", DAY - dt.timedelta(days=9))])) == 1


def test_their_promise_is_not_closed_by_what_the_user_gave() -> None:
    told = [passage("She promised me the tide tables.")]
    assert len(find_open_promises(told, "Ana", [gave("sent her the tide tables", DAY)])) == 1


def test_a_line_of_no_subject_that_promises_me_something_is_theirs() -> None:
    assert read_promise("promised to send me her slides", "Ana") == ("them", "send me her slides")
