from __future__ import annotations

import io
import shutil
from pathlib import Path

import pypdf
import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.errors import GivefirstError
from assistant.find.briefing import Briefing
from assistant.find.dossier import Line, Section
from assistant.render import pdf
from assistant.render.pdf import render_pdf
from evals.world import TODAY


def page_of(*lines: Line, name: str = "Ana Ferreira") -> Briefing:
    return Briefing(
        contact=name, contact_id="c-1", thin=False, sections=(Section(key="now", title="Now", lines=lines),)
    )


def line(text: str, quote: str = "a quote", **marks: bool) -> Line:
    return Line(text=text, evidence=("f-1",), quotes=(quote,), **marks)


def pages_of(data: bytes) -> list[str]:
    return [" ".join(one.extract_text().split()) for one in pypdf.PdfReader(io.BytesIO(data)).pages]


def test_names_of_many_scripts_come_out_as_they_are() -> None:
    names = "Tomáš Łukasz Ágnes Žižka Şule Nguyễn Ольга Ελένη"
    assert names in pages_of(render_pdf([page_of(line(names), name=names)]))[0]


def test_private_and_outdated_lines_are_marked_and_every_quote_is_numbered() -> None:
    found = pages_of(
        render_pdf([page_of(line("thinks of leaving", "q one", private=True), line("a clerk", "q two", stale=True))])
    )
    assert "PRIVATE · thinks of leaving 1" in found[0] and "OUT OF DATE · a clerk 2" in found[0]
    assert "1. q one 2. q two" in found[0]


def test_each_guest_begins_a_page_and_says_which_it_is() -> None:
    found = pages_of(render_pdf([page_of(line("one")), page_of(line("two"), name="Maren Holm")]))
    assert len(found) == 2 and "1 / 2" in found[0]
    assert "two" not in found[0] and found[1].startswith("Maren Holm")


def test_a_long_page_runs_on_and_loses_no_line() -> None:
    found = pages_of(render_pdf([page_of(*(line(f"line {number} ends", f"q {number}") for number in range(200)))]))
    text = " ".join(found)
    assert len(found) > 3 and all(f"line {number} ends" in text for number in range(200))


@pytest.mark.parametrize(
    "said", ["#panic(1)", "*x* $y$ <z> @w", '"]} #import "@preview/a:0.1.0"', r"\u{41} `code`", "= a heading"]
)
def test_nothing_in_a_note_is_read_as_markup(said: str) -> None:
    assert said in pages_of(render_pdf([page_of(line(said), name=said)]))[0]


def test_what_hides_or_turns_text_around_is_not_in_it() -> None:
    assert "abc d" in pages_of(render_pdf([page_of(line("a\u202eb\x07c\u200b\nd"))]))[0]


def test_a_letter_that_no_font_has_is_said_instead_of_left_out() -> None:
    with pytest.raises(GivefirstError, match="no font on this machine has the letter"):
        render_pdf([page_of(line("ab \u0df4\u1bff x"))])


def test_without_the_typesetter_the_way_to_get_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "can_make_pdf", lambda: False)
    with pytest.raises(GivefirstError, match=r"givefirst\[pdf\]"):
        render_pdf([page_of(line("one"))])


def test_the_command_writes_a_new_file_and_never_over_one(world_home: Path, tmp_path: Path) -> None:
    home, file = shutil.copytree(world_home, tmp_path / "home"), tmp_path / "ana.pdf"
    arguments = ["brief", "Ana Ferreira", "--pdf", str(file), "--home", str(home), "--today", TODAY.isoformat()]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    data = file.read_bytes()
    assert pages_of(data)[0].startswith("Ana Ferreira") and "PRIVATE ·" in " ".join(pages_of(data))
    again = CliRunner().invoke(app, arguments)
    assert again.exit_code == 1 and "exists already" in again.stderr and file.read_bytes() == data
