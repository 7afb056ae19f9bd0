"""Which of two fits stands higher: what is looked for, and not what it is looked for for."""

from __future__ import annotations

import numpy as np

from assistant.domain import Contact
from assistant.find.exchange import Item, ItemKind, make_side, weigh_roots
from assistant.find.introductions import Pair, Ties, find_pairs

# Others, so that a word two of them use is a rare one.
OTHERS = ("knitting", "falconry", "chess", "baroque dance", "mosses", "kites", "old maps", "radio plays")


def pairs_of(*said: tuple[ItemKind, str]) -> list[Pair]:
    """The pairs of a book in which each has one thing said of them, found by words alone, as if for the first."""
    lines = (*said, *(("interest", one) for one in OTHERS))
    items = [
        Item(id=f"e{at}", person=at, kind=kind, text=text, quote=text, fresh=1.0)  # type: ignore[arg-type]
        for at, (kind, text) in enumerate(lines)
    ]
    people = [Contact(id=f"c{at}", name=f"Person {at}") for at in range(len(lines))]
    weights = weigh_roots(items)
    wants, haves, themes = (
        make_side([one for one in items if one.kind in kinds], weights, {}, ())
        for kinds in (("need",), ("offer", "role", "project", "interest"), ("role", "project", "interest"))
    )
    ties = Ties(people, np.ones(len(people)), np.ones(len(people), bool), {}, frozenset(), {})
    return find_pairs(wants, haves, themes, ties, 0)


def worth(pairs: list[Pair], other: int) -> float:
    return next((one.score for one in pairs if {one.a, one.b} == {0, other}), 0.0)


def test_who_shares_only_the_purpose_stands_below_who_is_looked_for() -> None:
    found = pairs_of(
        ("need", "tuba players for a shipyard"), ("role", "tuba player"), ("role", "surveyor of shipyards")
    )
    assert worth(found, 1) > 4 * worth(found, 2)


def test_another_kind_of_the_same_calling_is_a_weak_fit() -> None:
    found = pairs_of(("need", "backend engineers"), ("role", "backend engineer"), ("role", "bridge engineer"))
    assert worth(found, 1) > 3 * worth(found, 2)


def test_words_added_to_an_interest_do_not_make_it_another() -> None:
    found = pairs_of(("interest", "beekeeping"), ("interest", "beekeeping, has four hives on a roof"))
    assert found[0].gains_a[0].worth > 0.25
