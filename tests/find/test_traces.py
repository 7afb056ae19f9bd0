"""Finding and masking what one person would be known by, in text somebody typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Contact
from assistant.find.traces import Traces

JOSE = Contact(
    id="c-1",
    name="José Quintavalle",
    emails=("jose.q@gmail.com",),
    phones=("+442079460177",),
    links=("linkedin.com/in/jquintavalle",),
)
MARK = Contact(id="c-2", name="Mark Ostrander")
OTHERS = (Contact(id="c-3", name="José Prado", emails=("x.jose@far.example",)), Contact(id="c-4", name="Ida Lund"))


@pytest.mark.parametrize(("said", "read"), [
    ("Met Jose Quintavalle's team.", "Met [forgotten]'s team."),
    ("JOSE\u0301 QUINTAVALLE and Ida Lund", "[forgotten] and Ida Lund"),
    ("quintavalle, josé said", "[forgotten] said"),
    ("Mail Jo.Seq+kelp@googlemail.com now", "Mail [forgotten] now"),
    ("Ring 020 7946 0177 or 00442079460177.", "Ring [forgotten] or [forgotten]."),
    ("https://linkedin.com/in/JQuintavalle", "https://[forgotten]"),
    ("José Prado, and José by himself, x.jose@far.example", "José Prado, and José by himself, x.jose@far.example"),
    ("Josephine 120207946017799", "Josephine 120207946017799"),
])  # fmt: skip
def test_what_is_theirs_is_masked_and_what_is_not_stays(said: str, read: str) -> None:
    assert Traces(JOSE, OTHERS).mask(said) == read


def test_a_name_that_is_an_everyday_word_is_masked_only_where_it_is_a_name() -> None:
    said = "Mark the date. We met Mark and mark the walls; Mark Ostrander came."
    read = "Mark the date. We met [forgotten] and mark the walls; [forgotten] came."
    assert Traces(MARK, OTHERS).mask(said) == read


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(("José Quintavalle", "jose.q@gmail.com")))
def test_whatever_stands_around_it_stays_and_masking_again_changes_nothing(
    before: str, after: str, theirs: str
) -> None:
    traces = Traces(JOSE, OTHERS)
    once = traces.mask(f"{before} {theirs} {after}")
    assert theirs not in once and traces.mask(once) == once and not traces.stand_in(once)
