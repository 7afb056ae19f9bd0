"""What a sentence tells by how it is built, and what it only seems to tell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import FactKind
from assistant.sources.prose import Found, read_sentence


def read(sentence: str) -> list[Found]:
    return list(read_sentence(sentence, "Ida Lund"))


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("What she's really after is somebody who mends clocks.", "somebody who mends clocks"),
        ("A dry place for the loom is what he lacks.", "a dry place for the loom"),
        ("A second pair of hands would be a godsend.", "a second pair of hands"),
        ("He's short of spruce, old beams would be a godsend.", "old beams"),
        ("If only there were somebody who reads old maps.", "somebody who reads old maps"),
        ("Who could teach forty knitters to code?", "somebody to teach forty knitters to code"),
        ("Does anybody know a diver who works in winter, she asked.", "a diver who works in winter"),
        ("Forty bikes in a cellar and nobody there can weld.", "somebody who can weld"),
        ("What they lack is money for the roof and somebody who can read a survey.", "somebody who can read a survey"),
        ('"I need a van for two days," she said.', "a van for two days"),
        ('"I need to sit with people who mend nets," she said.', "people who mend nets"),
        ("Wants a bigger bandsaw, second hand.", "a bigger bandsaw"),
        ("She has no idea how to price a job.", "to know how to price a job"),
        ("On Sundays he bakes, and he'd be grateful for a patient pupil.", "a patient pupil"),
        ("Her readers' group would kill for a real translator.", "a real translator"),
    ],
)
def test_a_need_is_read_however_the_sentence_is_built(sentence: str, said: str) -> None:
    found = {one.text: one for one in read(sentence) if one.kind is FactKind.NEED}
    assert said in found, found
    assert not (found[said].negated or found[said].hearsay)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("He lends his trailer to anyone who asks.", "lends his trailer to anyone who asks"),
        ("He'd happily show people round the mill.", "show people round the mill"),
        ("The barn is empty from May.", "the barn empty from May"),
        ("There's a big vaulted room under the church standing empty all week.", "a big vaulted room under the church"),
        ("Six plots going begging since the spring.", "six plots going begging"),
        ("She does the books of two charities for nothing.", "does the books of two charities for nothing"),
        ("Visitors are welcome any afternoon.", "visitors are welcome any afternoon"),
    ],
)
def test_an_offer_is_read_however_the_sentence_is_built(sentence: str, said: str) -> None:
    offers = [one for one in read(sentence) if one.kind is FactKind.OFFER and not one.negated]
    assert [one.text for one in offers if one.text.startswith(said)], offers


@pytest.mark.parametrize(
    "sentence",
    [
        "Does he still live there?",
        "Does the house still stand for nothing, he wondered.",
        "Who could help me move the piano?",
        "Do you know whether we can get the hall?",
        "He doesn't lend his trailer to anyone.",
        "Never lends her tools to anybody.",
        "The barn was empty when we came.",
        "The hall is no longer free on Mondays.",
        "The house is cold in winter.",
        "If she had a van she would lend it.",
        "Read our articles for nothing and found two holes in them.",
        "Nobody can stand him.",
        "What she is after is nobody's business.",
        "If only there were a God, she said.",
        "Who could forget that evening?",
        "A holiday would be lovely, we agreed.",
        "A studio would be perfect for you, she told me.",
        "All he needs is love, as the song goes.",
        "What he needs is a good slap.",
        "He's short of breath these days.",
        "She wants a break.",
        "Wants the grandmother to stay silent to the end.",
        "She would happily leave him.",
        "Would have loved a stall.",
        "Her brother needs a van.",
        "We could do with a driver, and I know nobody.",
    ],
)
def test_what_is_denied_over_imagined_or_anothers_is_neither_need_nor_offer(sentence: str) -> None:
    live = [one for one in read(sentence) if not one.negated and not one.hearsay]
    assert not [one for one in live if one.kind in (FactKind.NEED, FactKind.OFFER)]


def test_a_question_that_is_told_of_is_no_offer() -> None:
    assert [one.kind for one in read("Does anybody know a diver who works in winter, she asked.")] == [FactKind.NEED]


@given(
    st.lists(st.sampled_from("what who if only she needs is the hall free a godsend would be nobody can , ?".split()))
)
def test_no_order_of_words_stops_the_reading(words: list[str]) -> None:
    assert all(one.text for one in read(" ".join(words)))
