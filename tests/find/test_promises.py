from __future__ import annotations

import datetime as dt

import pytest

from assistant.domain import Evidence, Favour, FavourKind
from assistant.find.promises import find_promises, is_promise, may_promise

MARCH = dt.date(2026, 3, 12)


@pytest.mark.parametrize(
    "said",
    [
        "I promised her the recording.",
        "Promised to send the slides.",
        "I said I'd look for the chart.",
        "I told him I would ask Bruno.",
        "I'll send her the drawings next week.",
        "We will lend them the projector.",
        "That's twice now, I owe her.",
    ],
)
def test_what_the_user_said_they_would_do_is_a_promise(said: str) -> None:
    assert is_promise(said) and may_promise(f"We talked. {said} It rained.")


@pytest.mark.parametrize(
    "said",
    [
        "She promised me the recording.",
        "Promised me a jar.",
        "I promised nothing.",
        "He said he would ask Bruno.",
        'She said "I\'ll send it on Monday".',
        "I told her I will not come.",
        "I'll never understand the rules.",
    ],
)
def test_what_somebody_else_promised_or_nobody_is_none(said: str) -> None:
    assert not is_promise(said)


def told(said: str, hearsay: bool = False) -> Evidence:
    return Evidence(id="q-1", source="note", about="c-1", text=said, quote=said, date=MARCH, hearsay=hearsay)


def gave(text: str, after: int, kind: FavourKind = FavourKind.GAVE) -> Favour:
    return Favour(id="g-1", contact_id="c-1", kind=kind, text=text, date=MARCH + dt.timedelta(days=after))


@pytest.mark.parametrize(
    ("ledger", "waits"),
    [
        ([], True),
        ([gave("sent her the recording of the talk", 0)], False),
        ([gave("the recording", 40)], False),
        ([gave("the recording", -1)], True),  # before the promise
        ([gave("a jar of honey", 40)], True),  # something else
        ([gave("the recording", 40, FavourKind.RECEIVED)], True),
    ],
)
def test_a_promise_waits_until_the_same_is_given(ledger: list[Favour], waits: bool) -> None:
    found = find_promises("Ana", [told("I promised her the recording.")], ledger)
    assert bool(found) == waits


def test_a_debt_that_names_nothing_is_paid_by_anything() -> None:
    assert find_promises("Ana", [told("I owe her.")], [gave("a jar of honey", 1)]) == []


def test_a_promise_is_told_with_its_words_and_day_and_once() -> None:
    (one,) = find_promises("Ana", [told("I owe her."), told("I owe her.")], [])
    assert (one.contact, one.text, one.date, one.evidence) == ("Ana", "I owe her.", MARCH, "q-1")
    assert find_promises("Ana", [told("I owe her.", hearsay=True)], []) == []
