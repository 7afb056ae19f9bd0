from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Contact, FactKind, Note
from assistant.sources.facts import read_facts
from assistant.sources.retelling import propose_retold, says_i

BIO = (
    "I'm Robin Achterberg, an acoustic engineer in Rotterdam. I run Quiet Rooms. I help museums with old halls, and "
    "I'm always happy to look over plans. I studied physics in Delft. I love tide mills."
)


def read(me: bool) -> list[tuple[FactKind, str, str]]:
    contact = Contact(id="c1", name="Robin Achterberg", me=me)
    note = Note(id="n1", contact_id="c1", source="typed", key="1", text=BIO)
    return [(one.kind, one.text, one.quote) for one in read_facts(contact, [note]).facts]


def test_the_users_own_bio_is_read_where_it_says_i_and_quoted_as_it_stands() -> None:
    found = read(me=True)
    assert [one[:2] for one in found] == [
        (FactKind.ROLE, "an acoustic engineer in Rotterdam"),
        (FactKind.ROLE, "runs Quiet Rooms"),
        (FactKind.OFFER, "help museums with old halls"),
        (FactKind.OFFER, "look over plans"),
        (FactKind.EDUCATION, "physics in Delft"),
        (FactKind.INTEREST, "tide mills"),
    ]
    assert all(quote in BIO for _, _, quote in found)


def test_in_a_note_about_a_contact_i_stays_the_user() -> None:
    assert read(me=False) == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("I teach music.", "Ana teaches music."),
        ("I've moved to Porto and I am after a flat.", "Ana has moved to Porto and is after a flat."),
        ("Curator\nI carry boats. Ask me!", "Curator\nAna carries boats. Ask me!"),
        ("In my free time I sing.", "In their free time Ana sings."),
        ("My dog knows I work late.", "Their dog knows Ana works late."),
        ("Ana runs a school.", "Ana runs a school."),
    ],
)
def test_a_bio_is_proposed_as_told_of_its_writer(said: str, told: str) -> None:
    assert propose_retold(said, "Ana") == told


def test_an_i_inside_quotation_marks_is_somebody_elses_word() -> None:
    assert not says_i("She said “I love it”.") and says_i("I love it.")


@given(st.text(alphabet="I 'am’run.\nmyAZé", max_size=60))
def test_what_is_proposed_says_i_no_more(text: str) -> None:
    assert not says_i(propose_retold(text, "Ana"))


def test_what_others_say_of_the_user_makes_no_hearsay_of_what_the_user_says() -> None:
    note = Note(id="n1", contact_id="c1", source="typed", key="1", text="I love swimming when they say I should not.")
    (fact,) = read_facts(Contact(id="c1", name="Dana", me=True), [note]).facts
    assert not fact.hearsay
