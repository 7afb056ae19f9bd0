"""What notes say of a person, said to that person: pronouns, verbs, articles, dates."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.draft import grammar
from assistant.draft.occasions import read_occasion, when
from assistant.verbs import Shape, shape_of

TODAY = dt.date(2026, 11, 20)


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("someone to teach her kids chess", "someone to teach your kids chess"),
        ("help with his grant text", "help with your grant text"),
        ("she works at a mill", "you work at a mill"),
        ("she teaches her son", "you teach your son"),
        ("he studies moss", "you study moss"),
        ("she's building a boat", "you are building a boat"),
        ("they have two kilns", "you have two kilns"),
        ("Ana's sister", "your sister"),
        ("a ride for her and a dog", "a ride for you and a dog"),
        ("a book about herself", "a book about yourself"),
        ("the others", "the others"),
        ("a theatre where the heating works", "a theatre where the heating works"),
    ],
)
def test_a_note_is_turned_to_the_person(noted: str, said: str) -> None:
    assert grammar.to_second_person(noted, "Ana Ferreira") == said


@pytest.mark.parametrize(
    ("offer", "clause"),
    [
        ("know a notary in Lisbon", "I know a notary in Lisbon"),
        ("can review grant applications", "I can review grant applications"),
        ("review grant applications", "I can review grant applications"),
        ("a spare desk in the studio", "I have a spare desk in the studio"),
        ("introductions to local journalists", "I can make introductions to local journalists"),
        ("happy to teach chess", "I would be happy to teach chess"),
        ("teaching chess to beginners", "I can help with teaching chess to beginners"),
        ("I can drive", "I can drive"),
        ("Know a good roofer.", "I know a good roofer"),
    ],
)
def test_an_offer_becomes_a_clause(offer: str, clause: str) -> None:
    assert grammar.offer_clause(offer) == clause


@pytest.mark.parametrize(
    ("need", "sought"),
    [
        ("notary who speaks Portuguese", "a notary who speaks Portuguese"),
        ("a notary", "a notary"),
        ("Portuguese-speaking notary", "a Portuguese-speaking notary"),
        ("apprentice", "an apprentice"),
        ("help with her grant text", "help with your grant text"),
        ("volunteers for the harvest", "volunteers for the harvest"),
        ("advice on pensions", "advice on pensions"),
        ("to find a school for her son", "a school for your son"),
        ("Someone to look after the bees", "someone to look after the bees"),
    ],
)
def test_a_need_follows_looking_for(need: str, sought: str) -> None:
    assert grammar.need_object(need, "Ana Ferreira") == sought


@pytest.mark.parametrize(
    ("heading", "clause"),
    [
        ("Coffee in Porto", "we had coffee in Porto"),
        ("Lunch at the mill", "we had lunch at the mill"),
        ("Call", "we spoke on the phone"),
        ("Met at the Harbour Fair", "we met at the Harbour Fair"),
        ("Long walk along the river", "we went for a walk along the river"),
        ("Her talk in Leiden", ""),
        ("Coffee with Tom about money", ""),
        ("", ""),
    ],
)
def test_only_a_heading_that_tells_of_a_meeting_becomes_one(heading: str, clause: str) -> None:
    assert read_occasion(heading).clause == clause


def test_a_month_of_last_year_says_its_year() -> None:
    assert when(dt.date(2026, 3, 12), TODAY) == "in March"
    assert when(dt.date(2025, 11, 20), TODAY) == "in November 2025"
    assert when(dt.date(2027, 1, 1), TODAY) == ""
    assert when(None, TODAY) == ""


@given(st.text(max_size=120), st.text(max_size=20))
def test_any_phrase_is_turned_without_failing(phrase: str, name: str) -> None:
    assert grammar.to_second_person(phrase, name).count("\n") <= phrase.count("\n")
    assert re.match(r"(?:I|we|you)\b", grammar.offer_clause(phrase), re.IGNORECASE)
    assert isinstance(grammar.need_object(phrase, name), str)
    assert "{" not in "".join(str(way) for way in read_occasion(phrase.replace("{", "")))


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("someone to teach her budgets", "someone to teach you budgets"),
        ("someone to teach her students", "someone to teach your students"),
        ("would look at his for free", "would look at yours for free"),
        ("will ring her on Sunday", "will ring you on Sunday"),
        ("a way to rank them by age", "a way to rank them by age"),
    ],
)
def test_what_is_hers_is_told_from_what_she_is_given(noted: str, said: str) -> None:
    pronoun = "he" if " his" in noted else "she"
    assert grammar.to_second_person(noted, "Ana Ferreira", pronoun) == said


@pytest.mark.parametrize(
    ("phrase", "shape"),
    [
        ("funding for village halls", Shape.NOUN),
        ("recording of tides", Shape.NOUN),
        ("training", Shape.NOUN),
        ("funding three halls", Shape.GERUND),
        ("writing a guide", Shape.GERUND),
        ("builds cedar canoes", Shape.FINITE),
    ],
)
def test_a_thing_is_told_from_a_deed(phrase: str, shape: Shape) -> None:
    assert shape_of(phrase) is shape


def test_the_title_of_a_work_keeps_its_capitals() -> None:
    assert grammar.lower_first("The Salt House, a play") == "The Salt House, a play"
    assert grammar.lower_first("A Casa do Sal") == "A Casa do Sal"
    assert grammar.lower_first("The notary in Lisbon") == "the notary in Lisbon"


@pytest.mark.parametrize(
    ("offer", "clause"),
    [
        ("our rehearsal room in Govan, free on Mondays", "we have a rehearsal room in Govan, free on Mondays"),
        ("a box room for visiting artists", "I have a box room for visiting artists"),
        ("half an hour on charity law", "I can offer half an hour on charity law"),
        ("intros to bakers", "I can make introductions to bakers"),
    ],
)
def test_what_one_has_is_not_what_one_can_do(offer: str, clause: str) -> None:
    assert grammar.offer_clause(offer) == clause


def test_one_is_founder_of_a_house_and_ceo_at_it() -> None:
    assert grammar.is_founder("Founder") and grammar.is_founder("co-founder")
    assert not grammar.is_founder("founder and CEO") and not grammar.is_founder("")


@pytest.mark.parametrize(
    ("favour", "said"),
    [
        ("telling us about tide tables", "telling us about tide tables"),
        ("meeting Kwame", "meeting Kwame"),
        ("meeting in Porto", "the meeting in Porto"),
    ],
)
def test_a_deed_that_is_named_as_one_takes_no_article(favour: str, said: str) -> None:
    assert grammar.favour_gerund(favour) == said
