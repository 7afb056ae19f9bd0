"""Cards as phones and mail programs write them: encodings, folding, several values, one bad card among good ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import BadRecord, Record
from assistant.sources.files import read_files
from assistant.sources.vcard import read_vcards


def read(text: str) -> tuple[list[Record], list[BadRecord]]:
    found = list(read_vcards(text, "a.vcf"))
    return [one for one in found if isinstance(one, Record)], [one for one in found if isinstance(one, BadRecord)]


def card(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VCARD", *lines, "END:VCARD", ""))


def person(*lines: str) -> Record:
    people, bad = read(card(*lines))
    assert bad == [] and len(people) == 1
    return people[0]


def test_quoted_printable_lines_are_joined_and_decoded() -> None:
    one = person(
        "VERSION:2.1",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;",
        "NOTE;CHARSET=UTF-8;QUOTED-PRINTABLE:likes caf=C3=A9s and=",
        " long walks",
    )
    assert one.name == "Jörg Müller" and [note.text for note in one.notes] == ["likes cafés and long walks"]


def test_a_western_charset_is_decoded_by_its_name() -> None:
    assert person("FN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:J=F8rn").name == "Jørn"


@pytest.mark.parametrize("charset", ["undefined", "idna", "rot13", "no-such"])
def test_a_charset_nobody_can_use_costs_no_card(charset: str) -> None:
    assert person(f"FN;CHARSET={charset};ENCODING=QUOTED-PRINTABLE:J=C3=B8rn").name == "Jørn"


def test_folded_lines_groups_and_escapes_are_undone() -> None:
    one = person("VERSION:3.0", "FN:Ida L", " und", "item1.ORG:Lamps\\, Ltd;Re", " pairs", "NOTE:one\\ntwo\\; three")
    assert (one.name, one.org) == ("Ida Lund", "Lamps, Ltd, Repairs")
    assert one.notes[0].text == "one\ntwo; three"


def test_a_card_of_version_4_gives_its_numbers_links_and_birthday() -> None:
    one = person(
        "VERSION:4.0",
        "FN:Oda Berg",
        'TEL;VALUE=uri;TYPE="voice,work":tel:+44-20-7946-0002;ext=7',
        "URL:https://www.linkedin.com/in/Oda-Berg/",
        "BDAY:--0412",
        "ADR:;;1 Quay Street;Bergen;;5003;Norway",
        "CATEGORIES:lamps,tides",
    )
    assert one.phones == ("+442079460002",) and one.links == ("linkedin.com/in/oda-berg",)
    assert (one.birthday, one.location, one.tags) == ("--04-12", "Bergen, Norway", ("lamps", "tides"))


def test_a_photo_is_never_read_as_text() -> None:
    one = person("FN:Ida Lund", "PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ", " SkZJRgABAQ")
    assert one.notes == () and one.name == "Ida Lund"


def test_one_bad_card_is_reported_by_its_line_and_the_others_are_read() -> None:
    people, bad = read(card("FN:Ida Lund") + card("TEL:123456") + card("FN:Oda Berg"))
    assert [one.name for one in people] == ["Ida Lund", "Oda Berg"]
    assert [one.where for one in bad] == ["a.vcf:4"] and "names nobody" in bad[0].reason


def test_a_card_cut_off_is_kept_and_reported() -> None:
    people, bad = read(card("FN:Ida Lund") + "BEGIN:VCARD\r\nFN:Oda Berg\r\nTEL:+442079460002\r\n")
    assert [one.name for one in people] == ["Ida Lund", "Oda Berg"] and people[1].phones == ("+442079460002",)
    assert [one.where for one in bad] == ["a.vcf:4"] and "no END:VCARD" in bad[0].reason


def test_an_address_that_is_none_is_reported_and_the_person_kept() -> None:
    people, bad = read(card("FN:Ida Lund", "EMAIL:ida at quay"))
    assert people[0].emails == () and "'ida at quay' is no email address" in bad[0].reason


def test_two_people_of_one_name_in_a_file_have_sources_of_their_own() -> None:
    people, _ = read(card("FN:Ida Lund", "NOTE:makes lamps") + card("FN:Ida Lund", "NOTE:sails"))
    assert len({one.source for one in people}) == 2


def test_the_same_card_twice_has_one_source() -> None:
    people, _ = read(card("FN:Ida Lund", "NOTE:sails") * 2)
    assert len({one.source for one in people}) == 1


def test_a_card_keeps_its_source_when_it_is_edited_under_its_uid() -> None:
    before, after = person("UID:u-1", "FN:Ida Lund"), person("UID:u-1", "FN:Ida Berg", "ORG:Quay")
    assert before.source == after.source


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-8"])
def test_a_card_is_read_in_any_unicode_and_any_script(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.vcf"
    path.write_bytes(card("VERSION:3.0", "FN:Иван Петров", "N:Петров;Иван;;;", "ORG:Набережная").encode(encoding))
    assert [one.name for one in read_files([path]) if isinstance(one, Record)] == ["Иван Петров"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["FN", "N;QUOTED-PRINTABLE", "TEL", "EMAIL", "URL", "BDAY", "ADR", "NOTE;ENCODING=b"]),
            st.text(max_size=40),
        )
    )
)
def test_every_card_gives_a_person_or_says_why_not(lines: list[tuple[str, str]]) -> None:
    people, bad = read(card(*(f"{name}:{' '.join(value.split())}" for name, value in lines)))
    assert people or bad
    assert all(one.name for one in people) and all(one.where == "a.vcf:1" for one in bad)
