from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Contact, Fact, FactKind, Note, Visibility
from assistant.sources.facts import Reading, read_facts

IDA = Contact(id="c-ida", name="Ida Lund")


def note(text: str, day: str = "2026-03-12", title: str = "Call") -> Note:
    return Note(
        id=f"n-{day}",
        contact_id=IDA.id,
        source="typed",
        key=day,
        text=text,
        title=title,
        date=dt.date.fromisoformat(day),
    )


def read(*notes: Note) -> Reading:
    return read_facts(IDA, notes)


def one_fact(text: str) -> Fact:
    facts = read(note(text)).facts
    assert len(facts) == 1, facts
    return facts[0]


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("- [need] a Portuguese-speaking notary #legal", FactKind.NEED, "a Portuguese-speaking notary"),
        ("- [offer] can review grant applications", FactKind.OFFER, "can review grant applications"),
        ("She's hunting for a Portuguese-speaking notary.", FactKind.NEED, "a Portuguese-speaking notary"),
        ("Ida is looking for a kiln.", FactKind.NEED, "a kiln"),
    ],
)
def test_bullets_and_prose_become_typed_facts(text: str, kind: FactKind, said: str) -> None:
    fact = one_fact(text)
    assert (fact.kind, fact.text) == (kind, said) and fact.quote in text


@pytest.mark.parametrize(
    "text",
    [
        "- [private] thinking of leaving",
        "She's looking for a new job, keep it to yourself.",
        "She told me in confidence that she needs a lawyer.",
        "Off the record: she is looking for a buyer.",
        "- [personal] she has cancer",
        "- [personal] lymphoma, treatment since May",
    ],
)
def test_what_asks_for_silence_is_private(text: str) -> None:
    reading = read(note(text))
    private = [fact.visibility is Visibility.PRIVATE for fact in reading.facts]
    assert all(private) and (private or reading.passages[0].visibility is Visibility.PRIVATE)


def test_a_typed_role_is_public_and_a_need_is_not() -> None:
    facts = read(note("- [role] lamp maker\n- [need] a kiln")).facts
    assert [fact.visibility for fact in facts] == [Visibility.PUBLIC, Visibility.PERSONAL]


def test_a_new_employer_outdates_the_old_one() -> None:
    old, new = read(note("- [employer] Quay", "2024-01-01"), note("- [employer] Mole", "2026-01-01")).facts
    assert old.superseded_by == new.id and new.superseded_by is None


def test_a_need_that_was_met_is_outdated_by_the_note_that_says_so() -> None:
    facts = read(
        note("- [need] an accountant who knows charities", "2025-07-10"),
        note("She's found an accountant, so that's done.", "2026-01-21"),
    ).facts
    need = next(fact for fact in facts if not fact.negated)
    assert need.superseded_by is not None


def test_what_she_does_not_want_is_no_need() -> None:
    facts = read(note("She does not want a co-founder.")).facts
    assert all(fact.negated for fact in facts)


def test_what_somebody_else_says_is_marked_as_hearsay() -> None:
    facts = read(note("Ida is looking for a co-founder, I think.")).facts
    assert facts and all(fact.hearsay for fact in facts)


def test_favours_are_read_from_the_users_side() -> None:
    reading = read(note("- [gave] sent her the data\n- [received] a day of her time\n- [asked] a reference"))
    assert [favour.kind.value for favour in reading.favours] == ["gave", "received", "asked"]


@given(st.text(max_size=400))
def test_every_fact_and_passage_stands_word_for_word_in_its_note(text: str) -> None:
    reading = read(note(text))
    assert all(fact.quote in text for fact in reading.facts)
    assert all(passage.text in text for passage in reading.passages)


@given(
    st.lists(
        st.sampled_from(["She needs a kiln.", "- [need] a boat", "He lives in Bergen.", "keep to myself", "\n", "## x"])
    )
)
def test_reading_twice_gives_the_same(parts: list[str]) -> None:
    text = "\n".join(parts)
    assert read(note(text)) == read(note(text))


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("They're writing a guide to kilns and hate every page.", FactKind.PROJECT, "writing a guide to kilns"),
        ("Her page says she's looking for a room.", FactKind.NEED, "a room"),
        ("She was after a studio.", FactKind.NEED, "a studio"),
        ("Wanted an assistant director for the autumn.", FactKind.NEED, "an assistant director for the autumn"),
        (
            "He builds cedar canoes in a garage and swears at them.",
            FactKind.INTEREST,
            "builds cedar canoes in a garage",
        ),
        ("According to the leaflet she hopes to tour the islands.", FactKind.INTEREST, "hopes to tour the islands"),
        ("Can't find a bandsaw under two grand.", FactKind.NEED, "a bandsaw under two grand"),
    ],
)
def test_a_phrase_ends_before_what_comes_next(text: str, kind: FactKind, said: str) -> None:
    fact = one_fact(text)
    assert (fact.kind, fact.text, fact.hearsay) == (kind, said, False)


@pytest.mark.parametrize(
    "text",
    [
        "Her daughter Rosalind is seventeen and wants a week backstage.",
        "His lad Jamie starts in August and needs a first job.",
        "Her niece has got into drama school and is looking for a room.",
    ],
)
def test_what_is_told_of_somebody_elses_child_is_not_the_contacts(text: str) -> None:
    assert not read(note(text)).facts


def test_a_need_ends_where_one_was_found_and_a_role_does_not_end_beside_another() -> None:
    found = read(note("Wanted a clerk for the mill.", "2025-06-30"), note("Found one: Shona.", "2026-01-15"))
    assert found.facts[0].superseded_by == found.facts[1].id
    beside = read(note("- [role] hall manager", "2025-01-01"), note("Runs a lunch club on Wednesdays.", "2026-01-01"))
    assert beside.facts[0].superseded_by is None


def test_a_hidden_character_does_not_cut_a_word_in_two() -> None:
    assert one_fact("- [need] a car\u200bpenter").text == "a carpenter"


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("Now he's writing a chapter on ropewalks, due in May.", FactKind.PROJECT, "writing a chapter on ropewalks"),
        ("She's surveying two chapels in Mull this winter.", FactKind.PROJECT, "surveying two chapels in Mull this winter"),
        ("He's arranging ferry songs for next season.", FactKind.PROJECT, "arranging ferry songs for next season"),
        ("These days she is cataloguing harbour maps.", FactKind.PROJECT, "cataloguing harbour maps"),
        ("She is short a tide gauge.", FactKind.NEED, "a tide gauge"),
        ("Harbour master at Quay Trust now, looks after nine piers.", FactKind.ROLE, "Harbour master at Quay Trust"),
        ("They're short of two looms.", FactKind.NEED, "two looms"),
        ("She could really use a second kiln.", FactKind.NEED, "a second kiln"),
        ("He wouldn't say no to a hand with the nets.", FactKind.NEED, "a hand with the nets"),
        ("Ida would welcome a reader for the score.", FactKind.NEED, "a reader for the score"),
        ("She wants monthly wind readings for public moorings, to see which drag.", FactKind.NEED,
         "monthly wind readings for public moorings"),
    ],
)  # fmt: skip
def test_ways_to_say_what_is_lacked_or_made_are_read(text: str, kind: FactKind, said: str) -> None:
    fact = one_fact(text)
    assert (fact.kind, fact.text, fact.negated, fact.hearsay) == (kind, said, False, False)


@pytest.mark.parametrize(
    "text",
    [
        "She wants more time for her children.",
        "He wants nothing from the council.",
        "She wants out for good.",
        "He wants her for the choir.",
        "She's leaving a meeting early.",
        "He is seeing a doctor.",
        "The harbour is done up for the feast.",
    ],
)
def test_a_wish_for_oneself_or_a_passing_deed_is_no_need_and_no_project(text: str) -> None:
    assert not [fact for fact in read(note(text)).facts if fact.kind in (FactKind.NEED, FactKind.PROJECT)]


@pytest.mark.parametrize(
    "said",
    [
        "The kiln's sorted, a potter in Leith said yes.",
        "Her kiln has been found.",
        "The kiln is finally taken care of, and now she needs a wheel.",
    ],
)
def test_a_thing_that_is_sorted_ends_the_need_for_it(said: str) -> None:
    facts = read(note("- [need] a kiln that fires at night", "2025-07-10"), note(said, "2026-01-21")).facts
    need = next(fact for fact in facts if "fires at night" in fact.text)
    assert need.superseded_by is not None


def test_a_thing_that_is_sorted_tells_nothing_where_nobody_needed_it() -> None:
    facts = read(
        note("- [need] a kiln", "2025-07-10"), note("The ferry's sorted. The roof is done.", "2026-01-21")
    ).facts
    assert [(fact.text, fact.superseded_by) for fact in facts] == [("a kiln", None)]


def test_a_clause_after_what_is_settled_is_still_read() -> None:
    facts = read(note("The kiln is sorted and now she needs a wheel.")).facts
    assert [fact.text for fact in facts] == ["a wheel"]


def test_the_month_of_may_is_no_hearsay() -> None:
    assert not one_fact("She needs a wheel in May.").hearsay


def test_a_possessive_before_a_full_stop_ends_its_sentence() -> None:
    assert one_fact("Back from Mull, two weeks at her uncle's. She wants old looms for a class.").text == (
        "old looms for a class"
    )


def test_a_dinner_somewhere_is_no_post() -> None:
    assert not read(note("Dinner at Ana's now and then. Letter to Ana's sister now.")).facts
