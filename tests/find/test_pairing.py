"""Who must not be brought together, and who wants to be asked before."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.domain import Contact, Evidence, FactKind, Visibility
from assistant.find.pairing import find_standing
from assistant.sources.acquaintance import count_first_names

TODAY = dt.date(2026, 11, 20)
A = Contact(id="c-a", name="Ada Berg", emails=("ada@berg.example",), org="Berg Kilns", location="Oslo, Norway")
B = Contact(id="c-b", name="Bram Lund", emails=("bo@lund.example",), org="Lund Boats", title="Investor")


def told(about: str, quote: str, kind: FactKind | None = None, private: bool = False) -> Evidence:
    seen = Visibility.PRIVATE if private else Visibility.PERSONAL
    source = "fact" if kind else "note"
    return Evidence(id=f"e-{quote}", source=source, about=about, text=quote, quote=quote, kind=kind, visibility=seen)  # type: ignore[arg-type]


def standing(*lines: Evidence, a: Contact = A, b: Contact = B):
    return find_standing(a, b, lines, count_first_names([a.name, b.name, "Cy Dahl"]), TODAY)


def test_nothing_noted_leaves_the_way_open() -> None:
    assert standing() == standing().model_copy(update={"closed": "", "asks_first": ()})


@pytest.mark.parametrize(
    "line",
    [
        told("c-a", "She rows with Bram on Sundays."),
        told("c-b", "Ada Berg taught him to glaze."),
        told("c-a", "Bram is her cousin.", private=True),
        told("c-a", "please no more introductions", FactKind.PREFERENCE),
        told("c-a", "no intros to investors", FactKind.PREFERENCE),
        told("c-a", "never put me together with Bram Lund", FactKind.PREFERENCE),
        told("c-b", "not before June 2027", FactKind.PREFERENCE),
        told("c-b", "He wants no more mail or calls from any of us."),
        told("c-x", "Ada lost the tender to Bram, still sore."),
    ],
)
def test_acquaintance_a_wish_or_a_conflict_closes_the_way(line: Evidence) -> None:
    assert standing(line).closed


@pytest.mark.parametrize(
    "line",
    [
        told("c-a", "She should meet Bram one day."),
        told("c-a", "not before June 2026", FactKind.PREFERENCE),
        told("c-a", "only by phone, never reads email", FactKind.PREFERENCE),
        told("c-x", "Ada and Bram are both coming to the fair."),
        told("c-a", "Never put clay and water together in frost."),
    ],
)
def test_what_is_no_obstacle_closes_nothing(line: Evidence) -> None:
    assert not standing(line).closed


def test_who_wants_to_be_asked_first_is_named() -> None:
    found = standing(told("c-b", "ask me first before passing on my name", FactKind.PREFERENCE))
    assert (found.closed, found.asks_first, found.open) == ("", ("c-b",), ())


def test_who_is_open_to_introductions_is_named() -> None:
    assert standing(told("c-a", "happy to be introduced", FactKind.PREFERENCE)).open == ("c-a",)


@pytest.mark.parametrize(
    "other",
    [
        B.model_copy(update={"name": "Ada Berg"}),
        B.model_copy(update={"name": "Nils Berg", "location": "Oslo, Norway"}),
        B.model_copy(update={"name": "Nils Berg", "emails": ("nils@berg.example",)}),
        B.model_copy(update={"do_not_contact": True}),
    ],
)
def test_one_person_twice_a_family_and_the_marked_are_left_alone(other: Contact) -> None:
    assert standing(b=other).closed


def test_a_common_family_name_alone_makes_no_family() -> None:
    assert not standing(b=B.model_copy(update={"name": "Nils Berg"})).closed


@pytest.mark.parametrize(
    "line", ["Never put Ada and the boatyard's Bram together.", "Don't seat Ada and Bram at one table."]
)
def test_a_wish_about_both_counts_though_two_people_bear_the_first_name(line: str) -> None:
    names = count_first_names([A.name, B.name, "Bram Dahl"])
    assert find_standing(A, B, [told("c-a", line)], names, TODAY).closed
