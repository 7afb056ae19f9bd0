"""Hurried lines: whom they are about, when, what they tell, and what is to be kept quiet."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Contact, Note, Visibility
from assistant.find.capture import Capture, read_capture
from assistant.find.hurried import split_clauses
from assistant.sources.facts import read_facts

TODAY = dt.date(2026, 11, 20)  # a Friday
ANA = Contact(id="c-ana", name="Ana Ferreira", org="Mare Livre", title="Marine lawyer", location="Porto, Portugal")
PEOPLE = (
    ANA,
    Contact(id="c-bruno", name="Bruno Costa", org="Boia Viva", title="Buoy maker"),
    Contact(id="c-berlin", name="Tom Weber", org="Spreeblatt", title="Journalist", location="Berlin, Germany"),
    Contact(id="c-ghent", name="Tom Weber", org="Weber Brood", title="Baker", location="Ghent, Belgium"),
    Contact(id="c-maren", name="Maren Holm", org="Fjordverk"),
    Contact(id="c-siobhan", name="Siobhán O'Connor"),
    Contact(id="c-pip", name="Philippa Thorne"),
    Contact(id="c-will", name="Will Reed"),
    Contact(id="c-ines", name="Inês Duarte"),
    Contact(id="c-me", name="Dana Marlow", me=True),
)


def capture(line: str) -> Capture:
    return read_capture(line, PEOPLE, TODAY)


def told(line: str) -> list[str]:
    """What the first person's proposal tells, a `!` before what is private."""
    (one, *_) = capture(line).people
    return [
        f"{'!' if item.visibility is Visibility.PRIVATE else ''}{getattr(item.kind, 'value', item.kind)}: {item.text}"
        for item in one.items
    ]


# The line, whom it is about (ids, `new:` for somebody new), the day, and what it tells.
LINES: list[tuple[str, str, str, list[str]]] = [
    ("coffee with Ana: needs a notary, I promised the data, keep her move to myself", "c-ana", "11-20",
     ["need: a notary", "promised: the data", "!personal: her move"]),
    ("coffee w/ ana yesterday. shes looking for a notary, sent her the data", "c-ana", "11-19",
     ["need: a notary", "gave: sent her the data"]),
    ("Ana called, wants the number of our accountant. she's moving to Berlin but that's between us", "c-ana", "11-20",
     ["need: the number of our accountant", "!place: Berlin"]),
    ("call with Tom the baker - needs someone to print labels", "c-ghent", "11-20", ["need: someone to print labels"]),
    ("Tom from spreeblatt rang on tuesday, needs a harbour master", "c-berlin", "11-17", ["need: a harbour master"]),
    ("met Priyanka Rao at the forum, works at Tideline, loves open boats", "new:Priyanka Rao", "11-20",
     ["employer: Tideline", "interest: open boats"]),
    ("coffee with priyanka: knows a printer", "new:Priyanka", "11-20", ["offer: a printer"]),
    ("Pip rang, asked me for a projector, told her i'd look into it", "c-pip", "11-20",
     ["need: a projector", "promised: look into it"]),
    ("siobhan's mother is ill, keep it to yourself", "c-siobhan", "11-20", ["!personal: siobhan's mother is ill"]),
    ("Maren sent me the quay drawings, owe her one", "c-maren", "11-20", ["received: sent me the quay drawings"]),
    ("asked Bruno for a bed at new year", "c-bruno", "11-20", ["asked: asked Bruno for a bed at new year"]),
    ("will: can lend a van", "c-will", "11-20", ["offer: lend a van"]),
    ("quick zoom w/ maren on tues, she needs gauge data asap, will send her the csv", "c-maren", "11-17",
     ["need: gauge data as soon as possible", "promised: send her the csv"]),
    ("email from Inês 12 nov: prefers short mails", "c-ines", "11-12", ["preference: prefers short mails"]),
    ("Bruno found a harbour, so that's done", "c-bruno", "11-20", ["need: a harbour"]),
    ("Ana Ferreira: confidential: thinking of leaving Mare Livre. Loves seagrass", "c-ana", "11-20",
     ["!personal: thinking of leaving Mare Livre", "interest: seagrass"]),
    ("spoke to Ana. I gave her the tide tables. She promised to send me her slides.", "c-ana", "11-20",
     ["gave: gave her the tide tables", "they_promised: send me her slides"]),
    ("coffee w/ bruno fri, he's between jobs (keep quiet), i owe him lunch", "c-bruno", "11-20",
     ["!personal: he's between jobs"]),
    ("lunch in Porto with Ana Ferreira on 3 nov. Has a new office. keep all of this between us", "c-ana", "11-03",
     ["!personal: Has a new office"]),
    ("lunch with maren last friday; she needs a diver", "c-maren", "11-13", ["need: a diver"]),
    ("Maren: i'll send her the gauge csv", "c-maren", "11-20", ["promised: send her the gauge csv"]),
    ("Inês needs someone to explain flood maps", "c-ines", "11-20", ["need: someone to explain flood maps"]),
    ("saw Will 3 days ago. He lives in Leeds now", "c-will", "11-17", ["place: Leeds"]),
    ("Bruno helped me with the crane, asked him for two buoys", "c-bruno", "11-20",
     ["received: helped me with the crane", "asked: asked him for two buoys"]),
    ("ran into siobhan, hates long mails", "c-siobhan", "11-20", ["preference: hates long mails"]),
    ("ana f needs a room for six on 12 dec", "c-ana", "11-20", ["need: a room for six on 12 December"]),
    ("Lunch w/ Pip. could use a hand with her stock list", "c-pip", "11-20", ["need: a hand with her stock list"]),
    ("Ana told me in confidence she's expecting", "c-ana", "11-20", ["!personal: Ana told me in confidence she's expecting"]),
    ("lent Bruno the drill", "c-bruno", "11-20", ["gave: lent Bruno the drill"]),
    ("Maren joined Havnetilsyn", "c-maren", "11-20", ["employer: Havnetilsyn"]),
    ("message from Will: can't find a carpenter", "c-will", "11-20", ["need: a carpenter"]),
    ("dinner with Ana. she loves fado and is writing a book on mooring law", "c-ana", "11-20",
     ["interest: fado", "project: writing a book on mooring law"]),
    ("Ana, looking for a sublet in Faro", "c-ana", "11-20", ["need: a sublet in Faro"]),
    ("bruno doesn't want a co-founder", "c-bruno", "11-20", ["need: a co-founder"]),
    ("Siobhán asked me not to call before ten", "c-siobhan", "11-20", ["preference: asked me not to call before ten"]),
    ("phoned Inês 2026-11-02, said i'd send the flood map", "c-ines", "11-02", ["promised: send the flood map"]),
    ("coffee with Ana", "c-ana", "11-20", []),
    ("Ana", "c-ana", "11-20", []),
]  # fmt: skip


@pytest.mark.parametrize(("line", "who", "day", "expected"), LINES, ids=[line[0][:40] for line in LINES])
def test_a_hurried_line_tells_whom_when_and_what(line: str, who: str, day: str, expected: list[str]) -> None:
    found = capture(line)
    assert found.question == ""
    (one,) = found.people
    known = [other.contact_id for other in one.candidates]
    assert known == ([] if who.startswith("new:") else [who])
    assert one.name == who.removeprefix("new:") or not who.startswith("new:")
    assert one.date == dt.date.fromisoformat(f"2026-{day}")
    assert told(line) == expected


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("Tom: needs bread labels printed", "Which Tom"),
        ("she needs a notary", "Who is this about"),
        ("the notary rang", "Who is this about"),
        ("ok", "Who is this about"),
        ("note to self: buy milk", "Who is this about"),
        ("Anna needs a tent", "Do you mean Ana Ferreira"),
        ("lunch with Ana and Bruno: needs a notary", "Who is each thing about"),
        ("coffee with Ana and Bruno, he promised me a buoy", "Who is each thing about"),
        ("", "What happened"),
        ("…", "What happened"),
    ],
)
def test_what_is_not_clear_is_asked_in_one_question(line: str, asked: str) -> None:
    question = capture(line).question
    assert question.startswith(asked)
    assert question.count("?") <= 1


def test_several_people_each_get_their_own_part_and_nothing_of_the_other() -> None:
    ana, bruno = capture("lunch with Ana and Bruno: Ana needs a notary; Bruno wants a harbour for ten buoys").people
    assert (ana.name, bruno.name) == ("Ana Ferreira", "Bruno Costa")
    assert "notary" in ana.note and "harbour" not in ana.note
    assert "harbour" in bruno.note and "notary" not in bruno.note
    assert ana.note.startswith("lunch with Ana and Bruno") and bruno.note.startswith("lunch with Ana and Bruno")


def test_a_time_together_with_nothing_told_is_everybodys() -> None:
    people = capture("Dinner with Maren, Bruno and Inês in Lisbon").people
    assert [one.candidates[0].contact_id for one in people] == ["c-maren", "c-bruno", "c-ines"]
    assert {one.title for one in people} == {"Dinner in Lisbon"}


def test_an_ambiguous_name_is_settled_by_what_stands_beside_it_and_the_reason_says_so() -> None:
    (one,) = capture("coffee with Tom in Ghent").people
    assert [other.contact_id for other in one.candidates] == ["c-ghent"]
    assert "“ghent” fits" in one.candidates[0].reason


def test_what_is_open_beside_a_confidence_stays_usable_and_the_confidence_does_not() -> None:
    (one,) = capture("coffee with Ana: needs a notary, I promised the data, keep her move to myself").people
    note = Note(id="n-1", contact_id="c-ana", source="typed", key="", text=one.note, date=TODAY)
    facts = read_facts(ANA, [note]).facts
    assert {fact.text for fact in facts if fact.visibility is not Visibility.PRIVATE} == {"a notary"}
    assert not any("move" in fact.quote for fact in facts if fact.visibility is not Visibility.PRIVATE)


def test_a_plain_line_is_kept_just_as_it_was_typed() -> None:
    line = "Ana needs a notary"
    assert capture(line).people[0].note == line


def test_a_request_for_silence_in_another_paragraph_makes_the_note_private() -> None:
    (one,) = capture("Ana: she's leaving Mare Livre\n\nkeep it to myself").people
    note = Note(id="n-1", contact_id="c-ana", source="typed", key="", text=one.note, date=TODAY)
    reading = read_facts(ANA, [note])
    assert {passage.visibility for passage in reading.passages} == {Visibility.PRIVATE}


def test_saying_whom_it_is_about_answers_the_question() -> None:
    found = read_capture("needs bread labels printed", PEOPLE, TODAY, PEOPLE[3])
    assert found.question == ""
    assert found.people[0].candidates[0].contact_id == "c-ghent"


def test_a_near_spelling_may_be_somebody_new() -> None:
    found = read_capture("Anna needs a tent", PEOPLE, TODAY, is_new=True)
    assert (found.question, found.people[0].name, found.people[0].candidates) == ("", "Anna", ())


_WORDS = st.sampled_from(
    "coffee with Ana Bruno and Maren needs a notary , : ; . keep it to myself i promised the data she he yesterday "
    "last friday between us lunch \n \n\n Tom wants (quiet) - sent her me asked will Priyanka's confidential 12 nov".split(" ")
)  # fmt: skip


def words_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


@settings(max_examples=300, deadline=None)
@given(st.lists(_WORDS, max_size=24).map(" ".join) | st.text(max_size=80))
def test_any_text_gives_a_proposal_or_a_question_and_loses_no_word(text: str) -> None:
    found = capture(text)
    assert found.text == text
    assert found.people or found.question
    assert found.question.strip() == found.question
    if found.people:
        kept = Counter[str]()
        for one in found.people:
            kept |= words_of(one.note)
        assert words_of(text) - kept == Counter()
    for one in found.people:
        assert one.date <= TODAY
        assert all(item.quote in text for item in one.items)


@settings(max_examples=300, deadline=None)
@given(st.lists(_WORDS, max_size=24).map(" ".join) | st.text(max_size=80))
def test_clauses_put_together_are_the_line(text: str) -> None:
    clauses = split_clauses(text)
    assert "".join(text[one.start : one.end] for one in clauses) == text
    assert all(one.text in text for one in clauses)
