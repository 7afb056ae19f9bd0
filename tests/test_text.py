from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from assistant.text import fold


@given(st.text(st.characters(max_codepoint=127)))
def test_folding_plain_letters_by_the_short_way_gives_what_the_long_way_gives(text: str) -> None:
    assert fold(text) == unicodedata.normalize("NFKD", text.casefold())


def test_folding_makes_one_of_letters_with_and_without_marks() -> None:
    assert fold("José’s Straße") == fold("JOSE's STRASSE")
