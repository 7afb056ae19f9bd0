"""Which of two fits stands higher: what is looked for, and not what it is looked for for."""

from __future__ import annotations

import numpy as np

from assistant.domain import Contact
from assistant.find.exchange import WANTS, Item, ItemKind, make_side, weigh_roots
from assistant.find.introduction_gains import Ties
from assistant.find.introduction_reasons import say_why
from assistant.find.introductions import Pair, find_pairs

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
        for kinds in (WANTS, ("offer", "role", "project", "interest", "skill"), ("role", "project", "interest"))
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
    same = pairs_of(("interest", "beekeeping"), ("interest", "beekeeping"))
    assert found[0].gains_a[0].worth > 0.8 * same[0].gains_a[0].worth


def test_one_word_of_two_kinds_is_little_in_common() -> None:
    found = pairs_of(("interest", "cork boats"), ("interest", "classic motor boats"), ("interest", "cork boats"))
    assert worth(found, 2) > 3 * worth(found, 1)


def test_who_only_does_the_same_with_something_else_is_a_weak_fit() -> None:
    found = pairs_of(
        ("need", "someone to teach her budgets"),
        ("offer", "can teach budgets"),
        ("skill", "teaches sound on Thursdays"),
    )
    assert worth(found, 1) > 3 * worth(found, 2)


def test_what_somebody_does_to_a_thing_is_not_the_thing() -> None:
    found = pairs_of(("need", "a short play"), ("offer", "can lend a play"), ("offer", "can mix a play"))
    assert worth(found, 1) > 1.3 * worth(found, 2) > 0


def test_somebody_for_a_deed_is_found_among_those_who_do_it() -> None:
    found = pairs_of(("need", "somebody who can weld"), ("skill", "welds gates"), ("interest", "gates"))
    assert worth(found, 1) > 0.2 > worth(found, 2)


def test_an_aim_is_helped_by_less_than_a_need_would_be() -> None:
    aim = pairs_of(("aim", "to sell cheese to grocers"), ("role", "grocer"))
    need = pairs_of(("need", "to sell cheese to grocers"), ("role", "grocer"))
    assert worth(need, 1) > worth(aim, 1) > 0


def said_of(*lines: tuple[int, ItemKind, str]) -> list[Pair]:
    """The pairs of a book where several things may be said of one person."""
    others = [(100 + at, "interest", one) for at, one in enumerate(OTHERS)]
    places = {person: at for at, person in enumerate(dict.fromkeys(one[0] for one in (*lines, *others)))}
    items = [
        Item(id=f"e{at}", person=places[person], kind=kind, text=text, quote=text, fresh=1.0)  # type: ignore[arg-type]
        for at, (person, kind, text) in enumerate((*lines, *others))
    ]
    weights = weigh_roots(items)
    wants, haves, themes = (
        make_side([one for one in items if one.kind in kinds], weights, {}, ())
        for kinds in (("need",), ("offer", "role", "project", "interest", "said"), ("role", "project", "interest"))
    )
    people = [Contact(id=f"c{at}", name=f"Person {at}") for at in range(len(places))]
    ties = Ties(people, np.ones(len(people)), np.ones(len(people), bool), {}, frozenset(), {})
    return find_pairs(wants, haves, themes, ties, 0)


def test_whoever_deals_with_a_subject_in_two_ways_can_answer_for_it() -> None:
    found = said_of(
        (0, "need", "to know if barnacles can be kept off a buoy over winter"),
        (1, "role", "marine biologist"),
        (1, "interest", "barnacles under old piers"),
        (1, "said", "Spent a year counting barnacles in Mull."),
        (2, "interest", "barnacles"),
    )
    assert worth(found, 1) > worth(found, 2) and worth(found, 1) > 0.2


def test_one_who_asks_for_hands_is_not_answered_by_a_shared_word() -> None:
    found = said_of(
        (0, "need", "someone to print herring labels on a press"),
        (1, "role", "press officer"),
        (1, "said", "She keeps the press waiting."),
    )
    assert worth(found, 1) < 0.12


def test_a_shared_rank_is_no_shared_calling() -> None:
    found = said_of(
        (0, "need", "two harbour managers for a panel"),
        (1, "role", "managing director"),
        (2, "role", "harbour manager"),
    )
    assert worth(found, 2) > 4 * worth(found, 1)


def test_a_shared_modifier_is_not_the_thing_looked_for() -> None:
    found = said_of(
        (0, "need", "kelp readings for a year"),
        (1, "project", "a film about the last kelp burners"),
        (2, "project", "twenty years of kelp readings"),
    )
    assert worth(found, 2) > 5 * worth(found, 1)


def test_a_need_to_know_is_told_as_a_wish() -> None:
    found = said_of(
        (0, "need", "to know if barnacles sink a buoy"),
        (1, "interest", "barnacles under piers"),
        (1, "project", "a barnacle count on buoys"),
    )
    a, b = Contact(id="c0", name="Ida Lund"), Contact(id="c1", name="Bo Falk")
    gains = found[0].gains_a if found[0].a == 0 else found[0].gains_b
    assert say_why(gains, a, b)[0].startswith("Ida wants to know if barnacles sink a buoy; Bo ")
