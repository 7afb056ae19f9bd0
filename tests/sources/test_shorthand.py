"""The user's own words typed in a hurry: sentences, orders, short forms, capitals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.sources.shorthand import learn_capitals, learn_parts, read_own_words, split_hurried, write_out

CAPITALS = learn_parts(["Wendy Achebe", "Leith, UK"], {})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("van is yours sat 12 dec", "van is yours on Saturday 12 December"),
        ("will ring sunday", "will ring on Sunday"),
        ("free mondays & fridays", "free on Mondays and Fridays"),
        ("pls bring it thurs, thx", "please bring it on Thursday, thanks"),
        ("ok w/ 30 min in dec", "ok with 30 minutes in December"),
        ("wendy runs a hall in leith", "Wendy runs a hall in Leith"),
        ("i think i may march there", "I think I may march there"),
        ("she sat in the sun", "she sat in the sun"),
        ("by end of feb", "by end of February"),
        ("first week of march", "first week of March"),
        ("open house thurs 21 jan 6pm", "open house on Thursday 21 January at 6pm"),
        ("see https://leith.example/sat/12 on mon", "see https://leith.example/sat/12 on Monday"),
        ("over xmas", "over Christmas"),
    ],
)
def test_short_forms_are_written_out_and_names_get_their_capitals(typed: str, meant: str) -> None:
    assert write_out(typed, CAPITALS) == meant


def test_a_sentence_ends_even_before_a_small_letter() -> None:
    assert split_hurried("good to see it. set is 6m x 4m. ask dr. hall") == (
        "good to see it.",
        "set is 6m x 4m.",
        "ask dr. hall",
    )


@pytest.mark.parametrize(
    ("words", "said", "orders"),
    [
        ("ours is free Mondays. dont pitch the commission yet", ["ours is free Mondays."], 1),
        ("we have a room, keep it short", ["we have a room"], 1),
        ("keep it short and plain. I can lend a van", ["I can lend a van"], 1),
        ("not asking for money", ["not asking for money"], 0),
        ("don't worry about the date", ["don't worry about the date"], 0),
        ("please don't mention the price", [], 1),
        ("3 lines max", [], 1),
        ("something short to pass on to the city: we rank boilers", ["we rank boilers"], 1),
        ("nothing about the grant, just say the room is free", ["just say the room is free"], 1),
    ],
)
def test_an_order_to_the_writer_is_told_from_what_is_to_be_said(words: str, said: list[str], orders: int) -> None:
    pieces = read_own_words(words, {})
    assert [one.quote for one in pieces if not one.is_order] == said
    assert sum(one.is_order for one in pieces) == orders


def test_only_what_is_never_small_gets_a_capital() -> None:
    known = learn_capitals(["Leith Lights"], ["A tour to Oban in the rain.", "The hall in Oban is a hall.", "The Will"])
    assert known["oban"] == "Oban" and known["leith lights"] == "Leith Lights"
    assert "hall" not in known and "will" not in known


@given(st.text(max_size=200))
def test_every_word_of_the_user_is_in_a_piece_and_nothing_fails(words: str) -> None:
    pieces = read_own_words(words, CAPITALS)
    assert all(one.quote in " ".join(words.split()) or one.quote in words for one in pieces)
