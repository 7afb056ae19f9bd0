from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Contact, Evidence, FactKind, Visibility
from assistant.find.advisors import (
    BEST_PASSAGES,
    choose_panel,
    draw_towards,
    find_advisors,
    read_sorts,
    score_people,
    sum_best,
    weigh_passages,
)
from assistant.find.corpus import Corpus, find_closeness, make_corpus, sentences_of


def vectors(*rows: list[float]) -> np.ndarray:
    found = np.array(rows, np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


def test_a_passage_counts_against_the_mean_passage() -> None:
    weights = weigh_passages(np.array([3.0, 1.0, 1.0, 1.0], np.float32))
    assert weights[0] > 0 > weights[1] == weights[3]
    assert weigh_passages(np.array([2.0, 2.0], np.float32)).tolist() == [0.0, 0.0], "where all are alike, none speaks"


def test_meaning_counts_beside_words_and_what_is_left_out_weighs_nothing() -> None:
    words = np.array([1.0, 0.0, 0.0], np.float32)
    rows, vector = vectors([1, 0], [0, 1], [1, 1]), vectors([0, 1])[0]
    weights = weigh_passages(words, rows, vector)
    assert weights.argmax() == 1, "meaning weighs more than words"
    assert weigh_passages(words, rows, vector, left_out=[1])[1] == 0.0


def test_a_person_is_worth_their_few_best_passages_and_not_the_mean_of_all() -> None:
    weights = np.array([5.0, 0.0, 0.0, *[2.0] * (BEST_PASSAGES + 5)])
    held = {"deep": [0, 1, 2], "broad": list(range(3, len(weights))), "unknown": []}
    scores = score_people(weights, held)
    assert scores == {"deep": 5.0, "broad": 2.0 * BEST_PASSAGES, "unknown": 0.0}
    assert sum_best(np.array([3.0, -1.0])) == 2.0


def test_a_question_is_drawn_towards_its_nearest_passages_only_in_a_book_large_enough() -> None:
    few, vector = vectors([1, 0], [0, 1]), vectors([1, 0.2])[0]
    assert draw_towards(vector, few, few @ vector) is vector
    many = vectors(*[[1, 1]] * 50, *[[-1, 0.1]] * 50)
    drawn = draw_towards(vector, many, many @ vector)
    assert float(drawn @ many[0]) > float(vector @ many[0])
    assert np.linalg.norm(drawn) == pytest.approx(1)


def test_a_panel_differs_though_the_likest_score_best() -> None:
    scores = {"a": 10.0, "b": 9.0, "c": 5.0}
    sorts = {"a": {"law", "lawyer"}, "b": {"law", "lawyer"}, "c": {"ports"}}
    assert choose_panel(scores, sorts, 2) == ("a", "c")
    assert choose_panel(scores, sorts, 3) == ("a", "c", "b")
    assert choose_panel({}, {}, 3) == ()


def test_people_are_alike_by_field_role_firm_and_country() -> None:
    one = Contact(id="c-1", name="Ana Lund", title="Notary", org="Mare Livre", location="Porto, Portugal")
    assert read_sorts(one) == {
        "field: law and public service",
        "role: adviser or official",
        "firm: mare livre",
        "place: Portugal",
    }
    assert read_sorts(Contact(id="c-2", name="Bo Lund")) == frozenset()


# --- a question to the book -----------------------------------------------------------------------------------------

WORDS = "cork buoys battery cells letterpress printing seagrass permits pilot boats sourdough".split()


def corpus(*told: tuple[str, str, Visibility]) -> Corpus:
    pieces = tuple(
        Evidence(
            id=f"f-{number}",
            source="fact",
            about=who,
            text=quote,
            quote=quote,
            kind=FactKind.INTEREST,
            date=dt.date(2026, 3, 1),
            visibility=visibility,
        )
        for number, (who, quote, visibility) in enumerate(told)
    )
    people = {who: Contact(id=who, name=f"{who} Lund") for who, *_ in told}
    return make_corpus(pieces, people)


def test_whose_evidence_answers_is_named_with_the_quote() -> None:
    book = corpus(("Ana", "cork buoys", Visibility.PERSONAL), ("Bo", "sourdough", Visibility.PERSONAL))
    ((advisor, _),) = find_advisors(book, "Do cork buoys float?", None)
    assert (advisor.contact, advisor.evidence[0].quote) == ("Ana Lund", "cork buoys")
    assert advisor.why == "You noted of Ana: “cork buoys” (March 2026)."


def test_nobody_is_named_where_nothing_answers() -> None:
    book = corpus(("Ana", "cork buoys", Visibility.PERSONAL))
    assert find_advisors(book, "Who flies a helicopter?", None) == ()
    assert find_advisors(corpus(), "Who flies a helicopter?", None) == ()


def test_a_confidence_is_marked_and_stands_behind_what_is_none() -> None:
    book = corpus(
        ("Ana", "cork buoys", Visibility.PRIVATE),
        ("Ana", "cork buoys in Faro", Visibility.PERSONAL),
        ("Bo", "sourdough", Visibility.PERSONAL),
    )
    ((advisor, _),) = find_advisors(book, "cork buoys", None)
    assert [one.private for one in advisor.evidence] == [False, True]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Ana", "Bo", "Cy", "Di"]),
            st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
            st.sampled_from(Visibility),
        ),
        max_size=14,
    ),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
)
def test_nobody_is_named_of_whom_only_a_confidence_speaks(
    told: list[tuple[str, str, Visibility]], question: str
) -> None:
    book = corpus(*told)
    for advisor, _ in find_advisors(book, question, None):
        assert not advisor.evidence[0].private
        open_quotes = {
            quote for who, quote, visibility in told if who == advisor.contact_id and visibility != "private"
        }
        assert set(question.split()) & {word for quote in open_quotes for word in quote.split()}
        assert advisor.evidence[0].quote in advisor.why


def test_a_text_is_read_sentence_by_sentence() -> None:
    assert sentences_of("One buoy. One buoy. And a boat!", 5) == ("One buoy.", "And a boat!")
    book = corpus(("Ana", "cork buoys", Visibility.PERSONAL))
    (link,) = find_closeness(book, [0], ["Bread is cheap.", "Cork buoys float."], None, of_piece=True)
    assert (link.sentence, link.strength) == ("Cork buoys float.", 1.0)
