"""The user's own words as sentences to the person: mended in grammar, never in matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_people import ANA, make_material

from assistant.domain import DraftKind, Plan
from assistant.draft.own import own_sentences, request_sentences
from assistant.draft.pen import Pen
from assistant.text import content_stems

PEN = Pen(Plan(kind=DraftKind.CHECK_IN, to=ANA.id), make_material(DraftKind.CHECK_IN))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("will ring on Sunday", ["I will ring on Sunday."]),
        ("not asking for money", ["I am not asking for money."]),
        ("good to see the loading bay", ["It was good to see the loading bay."]),
        ("read her third act on the train, the silent uncle is right", [
            "I read your third act on the train.",
            "The silent uncle is right.",
        ]),
        ("paid", ["It is paid."]),
        ("could the set sit in your bay?", ["Could the set sit in your bay?"]),
        ("van is yours on Saturday", ["The van is yours on Saturday."]),
        ("thought of her spring run", ["I thought of your spring run."]),
        ("The Salt House would fit her barn, no tower needed", ["The Salt House would fit your barn, no tower needed."]),
        ("we lend a unit to halls - would she like to see it?", ["We lend a unit to halls.", "Would you like to see it?"]),
        ("tell her the room is free", ["The room is free."]),
        ("thank her for the lamps", ["Thank you for the lamps."]),
        ("please offer it for the quintet", ["I would be glad to offer it for the quintet."]),
        ("want it before the meeting?", ["Do you want it before the meeting?"]),
        ("ask if she knows a printer", ["Do you know a printer?"]),
        ("might be a place to try it", ["It might be a place to try it."]),
        ("both ok with 30 minutes", ["Both are ok with 30 minutes."]),
        ("we rank boilers, looking for one pilot", ["We rank boilers.", "We are looking for one pilot."]),
    ],
)  # fmt: skip
def test_a_subject_left_out_is_put_back(typed: str, said: list[str]) -> None:
    assert own_sentences(PEN, typed) == said


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("borrow 6 lanterns for March", ["Could you borrow 6 lanterns for March?"]),
        ("can we borrow 6 lanterns?", ["Can we borrow 6 lanterns?"]),
        ("review our slides", ["Could you review our slides?"]),
        ("a look at our release", ["Could you help me with a look at our release?"]),
        ("could the set sit in your bay?", ["Could the set sit in your bay?"]),
    ],
)
def test_a_request_is_a_question(typed: str, asked: list[str]) -> None:
    assert request_sentences(PEN, typed) == asked


# The grammar words a sentence may gain; every other word of meaning is the user's.
_GRAMMAR = frozenset(
    content_stems("write writing glad good please can could help me with offer do you thank thanks wish be am is have")
)
_WORDS = st.lists(
    st.sampled_from(
        "will ring her sunday the van is yours good to see it paid not asking for money read play loved saw lend us six "
        "lamps could you she he they his their room free , . ? - ; and but thank tell say offer if when keep don't a my "
        "our both ok might be hope thought of want budget teach our workshop on 12 March".split()
    ),
    max_size=16,
)


@given(_WORDS, st.booleans(), st.booleans())
def test_no_word_of_meaning_is_added(words: list[str], as_offer: bool, turned: bool) -> None:
    typed = " ".join(words)
    said = " ".join(own_sentences(PEN, typed, as_offer=as_offer, turned=turned))
    assert set(content_stems(said)) <= set(content_stems(typed)) | _GRAMMAR


@given(st.text(max_size=160), st.booleans())
def test_any_words_are_said_without_failing(words: str, as_offer: bool) -> None:
    assert all(one.strip() for one in own_sentences(PEN, words, as_offer=as_offer))
    assert isinstance(request_sentences(PEN, words), list)
