from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.check.shortened import CUT, is_shortened, list_shorter

LINE = "12 March 2026, Coffee (meeting): “Long coffee by the river. Her boat is blue. We talked about seagrass.”"


def test_sentences_may_be_left_out_at_the_end_with_a_mark_in_their_place() -> None:
    assert list_shorter(LINE) == (
        "12 March 2026, Coffee (meeting): “Long coffee by the river. Her boat is blue. …”",
        "12 March 2026, Coffee (meeting): “Long coffee by the river. …”",
    )


@pytest.mark.parametrize(
    "proposed",
    [
        "12 March 2026, Coffee (meeting): “Long coffee by the river.”",
        "12 March 2026, Coffee (meeting): “Her boat is blue. …”",
        "12 March 2026, Coffee (meeting): “Long coffee by the river. We talked about seagrass. …”",
        "12 March 2026, Coffee (meeting): “Long tea by the river. …”",
        "13 March 2026, Coffee (meeting): “Long coffee by the river. …”",
        "12 March 2026, Coffee (meeting): “Long coffee by the river. …” She owes you.",
        "12 March 2026, Coffee (meeting): “Long coffee by the river. …",
        "12 March 2026, Coffee (meeting): “Long coffee by the\u200b river. …”",
        "",
        "…",
        LINE,
    ],
)
def test_anything_else_is_no_shortening(proposed: str) -> None:
    assert not is_shortened(LINE, proposed)


@pytest.mark.parametrize(
    "last",
    [
        "He was lying.",
        "But he did not pay.",
        "Or so Tom says.",
        "It was a joke.",
        "Keep it to yourself.",
        "Is that true?",
        "If the grant comes.",
    ],
)
def test_what_takes_back_or_limits_the_rest_stays_with_it(last: str) -> None:
    assert list_shorter(f"Call: “He paid the bill. {last}”") == ()


def test_one_sentence_cannot_be_shortened() -> None:
    assert list_shorter("Looking for a notary (noted March 2026)") == ()


@given(st.lists(st.text(alphabet="ab .!?“”()…,\nN'", min_size=1, max_size=30), min_size=1, max_size=4))
def test_what_is_left_is_always_the_lines_own_beginning(parts: list[str]) -> None:
    line = " ".join(parts)
    for one in list_shorter(line):
        before, _, after = one.rpartition(f" {CUT}")
        assert line.startswith(before) and line.endswith(after) and len(one) < len(line)
