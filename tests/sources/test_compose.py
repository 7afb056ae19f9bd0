from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Record
from assistant.errors import GivefirstError
from assistant.sources.compose import compose_note_file
from assistant.sources.files import read_files
from assistant.text import strip_hidden

DAY = dt.date(2026, 11, 20)


def read_back(folder: Path, name: str, text: str) -> Record:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (found,) = read_files([path])
    assert isinstance(found, Record)
    return found


def test_what_was_typed_comes_back_as_a_person_with_a_dated_note(tmp_path: Path) -> None:
    name, text = compose_note_file(
        'Ana "Anita": Ferreira', " ana@marelivre.example ", "Coffee.\n- [need] a notary", DAY
    )
    found = read_back(tmp_path, name, text)
    assert (found.name, found.emails, found.me) == ('Ana "Anita": Ferreira', ("ana@marelivre.example",), False)
    assert [(one.date, one.text) for one in found.notes] == [(DAY, "Coffee.\n- [need] a notary")]


def test_the_users_own_file_is_theirs(tmp_path: Path) -> None:
    assert read_back(tmp_path, *compose_note_file("Dana Marlow", "", "- [offer] a desk", DAY, me=True)).me


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co"]), max_size=30))
def test_no_name_can_change_the_form_of_the_file(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("typed")
    if not name.strip():
        with pytest.raises(GivefirstError):
            compose_note_file(name, "", "", DAY)
        return
    found = read_back(folder, *compose_note_file(name, "", "", DAY))
    assert strip_hidden(found.name) == strip_hidden(" ".join(name.split())) and not found.me and not found.notes


def test_two_people_of_one_name_get_files_of_their_own() -> None:
    assert compose_note_file("Ana", "", "", DAY)[0] != compose_note_file("Ana", "", "", DAY)[0]
