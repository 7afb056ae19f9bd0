from __future__ import annotations

import pytest

from evals.experts import Asked, ask_all, kendall_loss, measure, precision_at_ten

BENCH = {
    "candidates": ["ana", "bo", "cy"],
    "items": [
        {"id": "d1", "text": "cork buoys that float upright", "people": ["ana"]},
        {"id": "d2", "text": "a week of sourdough baking", "people": ["bo", "stranger"]},
        {"id": "d3", "text": "the seagrass permits of Porto", "people": ["ana"]},
    ],
    "queries": [
        {"id": "q1", "text": "do cork buoys float", "exclude": [], "relevance": {"ana": 1}},
        {"id": "q2", "text": "sourdough", "exclude": ["d2"], "relevance": {"bo": 1}},
    ],
}


def test_people_are_ranked_by_their_items_and_what_is_excluded_says_nothing() -> None:
    first, second = ask_all(BENCH, None)
    assert first.scores["ana"] > first.scores["bo"] > 0 - 1 and first.scores["cy"] == 0.0
    assert second.scores["bo"] == 0.0, "the one item that answers is left out"


def test_precision_counts_the_first_ten() -> None:
    scores = {f"p{number:02}": float(-number) for number in range(20)}
    assert precision_at_ten(Asked("q", scores, {"p00": 3, "p09": 1, "p10": 1, "p01": 0})) == pytest.approx(0.2)


def test_the_loss_weighs_a_pair_by_how_far_its_grades_are_apart() -> None:
    asked = [
        Asked("q1", {"ana": 3.0}, {"ana": 5.0}),
        Asked("q2", {"ana": 1.0}, {"ana": 2.0}),
        Asked("q3", {"ana": 2.0}, {"ana": 1.0}),
    ]
    assert kendall_loss(asked) == (pytest.approx(1 / (3 + 4 + 1)), pytest.approx(1 / 8))
    ties = [one._replace(scores={"ana": 0.0}) for one in asked]
    assert kendall_loss(ties)[0] == pytest.approx(0.5)
    assert kendall_loss([]) == (0.0, 0.0)


def test_subjects_stay_together_in_the_folds() -> None:
    asked = ask_all(BENCH, None)
    figures = measure([*asked, asked[0]._replace(query="q3")])
    assert figures["queries"] == 3
    assert figures["folds"][1]["p10"] == 0.1
