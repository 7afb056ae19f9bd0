"""Needs and what meets them, found by blocks of words and by blocked products."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.find.exchange import Item, find_best, make_side, match, shorten, weigh_roots

NEED = Item("n", 0, "need", "an accountant for small charities", "q")
OFFER = Item("o", 1, "offer", "accounts for small charities", "q")
BOAT = Item("b", 2, "offer", "a boat for a day", "q")


def sides(*items: Item, vectors: dict[str, np.ndarray] | None = None):
    weights = weigh_roots(items)
    wants = make_side([one for one in items if one.kind == "need"], weights, vectors or {}, ("need",))
    return wants, make_side([one for one in items if one.kind != "need"], weights, vectors or {}, ("offer",))


def test_a_need_is_held_against_those_who_share_a_word_of_it() -> None:
    wants, haves = sides(NEED, OFFER, BOAT)
    found = match(wants, haves)
    assert [haves.items[at].id for at in found.have] == ["o"]
    assert found.words[0] > 0.5


def test_nobody_meets_their_own_need() -> None:
    wants, haves = sides(NEED, OFFER._replace(person=0))
    assert not len(match(wants, haves).want)


def test_without_a_shared_word_nearness_in_meaning_finds_the_offer() -> None:
    need, offer = NEED._replace(text="a bookkeeper", passage="p1"), OFFER._replace(text="ledgers", passage="p2")
    noise = [Item(f"x{i}", 3 + i, "offer", f"thing{i}", "q", passage=f"v{i}") for i in range(3)]
    other = Item("m", 9, "need", "zeppelin", "q", passage="w")
    axes = np.eye(6, dtype=np.float32)
    vectors = {"p1": axes[0] + axes[1], "p2": axes[0] + axes[1], "w": axes[5]}
    vectors |= {f"v{i}": axes[2 + i] for i in range(3)}
    wants, haves = sides(need, other, offer, *noise, vectors=vectors)
    found = match(wants, haves)
    ours = [(float(m), haves.items[h].id) for w, h, m in zip(found.want, found.have, found.meaning, strict=True)
            if wants.items[w].id == "n"]  # fmt: skip
    assert max(ours)[1] == "o"


def test_one_person_is_matched_on_both_sides_only() -> None:
    second = Item("n2", 2, "need", "accounts", "q")
    wants, haves = sides(NEED, second, OFFER, BOAT)
    found = match(wants, haves, who=2)
    assert {(wants.items[w].person, haves.items[h].person) for w, h in zip(found.want, found.have, strict=True)} == {
        (2, 1)
    }


def test_a_common_word_does_not_bring_the_table_of_all_pairs() -> None:
    needs = [Item(f"n{i}", i, "need", "a boat", "q") for i in range(300)]
    offers = [Item(f"o{i}", 300 + i, "offer", "a boat", "q") for i in range(300)]
    wants, haves = sides(*needs, *offers, Item("z", 999, "offer", "a kiln", "q"))
    found = match(wants, haves)
    assert len(found.want) == 300 * 16


@given(st.integers(1, 20), st.integers(1, 700), st.integers(0, 2**32 - 1))
def test_the_best_columns_are_found_whatever_the_width(rows: int, width: int, seed: int) -> None:
    scores = np.random.default_rng(seed).random((rows, width), dtype=np.float32)
    k = min(6, width)
    found = np.sort(np.take_along_axis(scores, find_best(scores, k), axis=1), axis=1)
    assert found == pytest.approx(np.sort(scores, axis=1)[:, -k:])


def test_many_vectors_are_shortened_and_few_are_not() -> None:
    rng = np.random.default_rng(1)
    items = [Item(f"o{i}", i, "offer", f"thing {i}", "q", passage=f"p{i}") for i in range(2100)]
    vectors = {f"p{i}": rng.random(64, dtype=np.float32) for i in range(2100)}
    side = make_side(items, weigh_roots(items), vectors, ("offer",))
    few = make_side(items[:10], weigh_roots(items), vectors, ("offer",))
    assert shorten(side, side)[0].short.shape == (2100, 48)  # type: ignore[union-attr]
    assert shorten(few, few)[0].short.shape == (10, 64)  # type: ignore[union-attr]
