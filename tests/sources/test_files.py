from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import BadRecord, Record
from assistant.errors import SourceError
from assistant.sources.files import read_files

CARD_21 = (
    "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Tr=C3=A4ger;J=C3=B8rn\r\n"
    "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B8rn Tr=C3=A4ger\r\nEMAIL;INTERNET:jorn@quay.example\r\nEND:VCARD\r\n"
)
CARD_30 = (
    "BEGIN:VCARD\nVERSION:3.0\nFN:Ida Lund\nORG:A very long name of a so\n ciety for lamps;\nEMAIL;TYPE=WORK:ida@quay.example\n"
    "TEL;TYPE=CELL:+44 20 7946 0001\nEND:VCARD\n"
)
CARD_40 = "BEGIN:VCARD\nVERSION:4.0\nKIND:individual\nFN:Oda Berg\nTEL;VALUE=uri:tel:+44-20-7946-0002\nBDAY:--0412\nEND:VCARD\n"
CSV = (
    'Notes:\n"Some addresses are missing, because people hide them."\n\n'
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    'Zoë,Brand,https://www.linkedin.com/in/zoe-brand,,"Lamps, Ltd",Lamp maker,03 Feb 2024\n'
    "Ida,Lund,https://www.linkedin.com/in/ida-lund,ida@quay.example,Quay,,04 Feb 2024\n"
)


def put(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(path: Path) -> tuple[list[Record], list[BadRecord]]:
    found = list(read_files([path]))
    return [one for one in found if isinstance(one, Record)], [one for one in found if isinstance(one, BadRecord)]


def test_a_card_file_holds_many_people_of_every_version(tmp_path: Path) -> None:
    people, bad = read(put(tmp_path, "a.vcf", CARD_21 + CARD_30 + CARD_40))
    assert [one.name for one in people] == ["Jørn Träger", "Ida Lund", "Oda Berg"] and bad == []
    assert people[1].org == "A very long name of a society for lamps"
    assert people[1].phones == ("+442079460001",) and people[2].phones == ("+442079460002",)


def test_a_card_without_a_name_is_reported_with_its_line_and_the_others_are_read(tmp_path: Path) -> None:
    people, bad = read(put(tmp_path, "a.vcf", CARD_30 + "BEGIN:VCARD\nVERSION:3.0\nTEL:1\nEND:VCARD\n" + CARD_40))
    assert [one.name for one in people] == ["Ida Lund", "Oda Berg"]
    assert len(bad) == 1 and bad[0].where.endswith("a.vcf:9") and bad[0].reason


def test_a_card_file_in_utf_16_is_read_with_and_without_its_mark(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
        people, bad = read(put(tmp_path, f"{encoding}.vcf", CARD_40.encode(encoding)))
        assert [one.name for one in people] == ["Oda Berg"] and bad == []


def test_connections_are_read_behind_their_preamble(tmp_path: Path) -> None:
    people, bad = read(put(tmp_path, "Connections.csv", CSV))
    assert [(one.name, one.org, one.emails) for one in people] == [
        ("Zoë Brand", "Lamps, Ltd", ()),
        ("Ida Lund", "Quay", ("ida@quay.example",)),
    ]
    assert bad == []


def test_a_table_that_is_no_list_of_connections_is_one_clear_line(tmp_path: Path) -> None:
    people, bad = read(put(tmp_path, "sums.csv", "a,b\n1,2\n"))
    assert people == [] and len(bad) == 1 and "First Name" in bad[0].reason


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("photo.jpg", b"\xff\xd8\xff", "unknown kind of file"),
        ("empty.md", b"  \n", "the file is empty"),
        ("binary.md", b"\x00\x01\x02\x03" * 20, "no text file"),
        ("shopping.md", b"milk\neggs\n", "no note about a person"),
        ("other.vcf", b"hello\n", "no vCard"),
        ("front.md", b"---\nname: [a\n---\n", "not YAML"),
    ],
)
def test_a_file_of_the_wrong_kind_is_one_clear_line(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    people, bad = read(put(tmp_path, name, data))
    assert people == [] and len(bad) == 1
    assert says in bad[0].reason and name in bad[0].where and "\n" not in bad[0].reason


def test_a_missing_path_stops_before_anything_is_read(tmp_path: Path) -> None:
    path = put(tmp_path, "ida.md", "---\nname: Ida Lund\n---\n")
    with pytest.raises(SourceError, match="not found"):
        list(read_files([path, tmp_path / "gone.md"]))


def test_a_folder_is_walked_and_what_is_about_nobody_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "ida.md", "---\nname: Ida Lund\n---\n")
    put(tmp_path, "shopping.md", "milk\n")
    (tmp_path / ".obsidian").mkdir()
    put(tmp_path / ".obsidian", "hidden.md", "---\nname: Nobody\n---\n")
    people, bad = read(tmp_path)
    assert [one.name for one in people] == ["Ida Lund"] and bad == []


def test_headings_part_a_file_into_dated_notes_kept_word_for_word(tmp_path: Path) -> None:
    body = "## 2026-03-12 Coffee in Porto\n- [need] a kiln\n\n  She laughed.\n\n## 2026-04-01\nRain.\n"
    people, _ = read(put(tmp_path, "ida.md", f"---\nname: Ida Lund\n---\n{body}"))
    first, second = people[0].notes
    assert (str(first.date), first.title, str(second.date)) == ("2026-03-12", "Coffee in Porto", "2026-04-01")
    assert "- [need] a kiln\n\n  She laughed." in first.text and first.line == 4


def test_an_address_that_is_none_is_reported_and_the_person_kept(tmp_path: Path) -> None:
    people, bad = read(put(tmp_path, "ida.md", "---\nname: Ida Lund\nemail: ida at quay\n---\n"))
    assert people[0].emails == () and "no email address" in bad[0].reason
