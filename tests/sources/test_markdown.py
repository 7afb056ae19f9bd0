"""One file a person: the head is read, the notes are kept word for word, one bad line costs only itself."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import BadRecord, Record
from assistant.sources.markdown import read_heading, read_markdown


def read(text: str) -> tuple[list[Record], list[BadRecord]]:
    found = list(read_markdown(text, "ida.md", "markdown:notes/ida.md"))
    return [one for one in found if isinstance(one, Record)], [one for one in found if isinstance(one, BadRecord)]


def person(text: str) -> Record:
    people, bad = read(text)
    assert bad == [] and len(people) == 1
    return people[0]


def test_the_head_becomes_the_persons_fields() -> None:
    one = person(
        "---\nname: Ida Lund\nemail: IDA@Quay.example, ida@home.example\nphone: +44 20 7946 0001\n"
        "linkedin: https://www.linkedin.com/in/Ida-Lund/?trk=x\ntags: ['#lamps', tides]\norg: Quay\n"
        "birthday: 1980-04-12\ndo_not_contact: yes\n---\n"
    )
    assert one.emails == ("ida@quay.example", "ida@home.example") and one.phones == ("+442079460001",)
    assert one.links == ("linkedin.com/in/ida-lund",) and one.tags == ("lamps", "tides")
    assert (one.org, one.birthday, one.do_not_contact, one.me) == ("Quay", "1980-04-12", True, False)


def test_a_file_without_a_head_is_named_by_its_title() -> None:
    one = person("# Ida Lund\nShe makes lamps.\n")
    assert one.name == "Ida Lund" and [note.text for note in one.notes] == ["She makes lamps."]


def test_a_file_that_names_nobody_says_what_to_add() -> None:
    people, bad = read("## 2026-03-12 Call\nShe needs a kiln.\n")
    assert people == [] and [one.where for one in bad] == ["ida.md:1"] and "add `name: …`" in bad[0].reason


def test_a_bad_line_of_the_head_is_named_by_its_number() -> None:
    people, bad = read("---\nname: Ida Lund\norg: Quay\ntags: [a\nemail: x\n---\nHello\n")
    assert people == [] and len(bad) == 1 and bad[0].where in ("ida.md:4", "ida.md:5")
    assert "\n" not in bad[0].reason


def test_windows_line_ends_make_no_difference_to_what_is_read() -> None:
    text = "---\nname: Ida Lund\n---\n## 2026-03-12 Call\n- [need] a kiln\n"
    plain, windows = person(text), person(text.replace("\n", "\r\n"))
    assert plain.notes == windows.notes and plain.name == windows.name


@pytest.mark.parametrize(
    ("heading", "day", "title"),
    [
        ("2026-03-12 Coffee in Porto", dt.date(2026, 3, 12), "Coffee in Porto"),
        ("2026-03-12: call", dt.date(2026, 3, 12), "call"),
        ("2026-03", dt.date(2026, 3, 1), ""),
        ("12 March 2026 – lunch", dt.date(2026, 3, 12), "lunch"),
        ("March 12, 2026", dt.date(2026, 3, 12), ""),
        ("2026-02-30 lunch", None, "2026-02-30 lunch"),
        ("How we met", None, "How we met"),
    ],
)
def test_a_heading_is_read_as_its_day_and_its_occasion(heading: str, day: dt.date | None, title: str) -> None:
    assert read_heading(heading) == (day, title)


def test_equal_and_empty_headings_still_make_notes_of_different_keys() -> None:
    notes = person("---\nname: Ida Lund\n---\nintro\n## A\na\n## A\nb\n## A (2)\nc\n## \nd\n").notes
    assert [note.text for note in notes] == ["intro", "a", "b", "c", "d"]
    assert len({note.key for note in notes}) == 5


def test_a_list_that_holds_itself_is_read_without_it() -> None:
    assert person("---\nname: Ida Lund\ntags: &a [lamps, *a]\n---\n").tags[0] == "lamps"


@given(st.text(max_size=300))
def test_no_line_of_a_note_is_changed_or_lost(body: str) -> None:
    text = f"---\nname: Ida Lund\n---\n## 2026-03-12 Call\n{body}"
    notes = person(text).notes
    assert all(note.text in text for note in notes)
    kept = "".join(note.text + note.key for note in notes)
    assert {char for char in body if char.isalnum()} <= set(kept)


@given(st.text(alphabet=st.sampled_from("name:[]{}&*!|>-#'\" \n\tx1"), max_size=80))
def test_any_head_gives_the_person_or_one_clear_line(head: str) -> None:
    people, bad = read(f"---\n{head}\n---\n# Ida Lund\n")
    assert len(people) == 1 or (len(bad) == 1 and bad[0].reason)
