from __future__ import annotations

import ast
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_book import ANA, HOSTILE, TODAY

import ui
from assistant.app import Assistant
from assistant.text import strip_hidden
from ui.parts import escape, import_uploads, one_line

SPECIAL = r"\`*_{}[]()#+-.!|~<>$:&"


def as_seen(escaped: str) -> str:
    """What CommonMark makes of backslash escapes, without the invisible joiner."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped).replace("\u2060", "")


@given(st.text())
def test_escaped_text_reads_as_the_text_that_went_in(text: str) -> None:
    assert as_seen(escape(text)) == one_line(text)


@given(st.text(alphabet=st.sampled_from([*SPECIAL, "a", " ", "\n", "1"])))
def test_every_special_character_has_a_backslash_and_a_joiner_before_it(text: str) -> None:
    rest = re.sub(r"\u2060\\.", "", escape(text))
    assert not set(rest) & set(SPECIAL)


@given(st.text())
def test_escaped_text_is_one_line_that_a_browser_can_be_sent(text: str) -> None:
    escaped = escape(text)
    assert len(escaped.splitlines()) <= 1
    assert escaped == escaped.strip()
    escaped.encode("utf-8")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_literally(text: str) -> None:
    assert as_seen(escape(text)) == text


def test_half_characters_and_direction_marks_do_not_reach_the_screen() -> None:
    assert one_line("a\ud800b\u202ec") == "a?bc"
    assert not strip_hidden(one_line("\u2060\u200b"))


def test_uploading_the_same_file_twice_changes_nothing(home: Path) -> None:
    file = SimpleNamespace(name="ana.md", getvalue=ANA.encode)
    with Assistant.open(home, TODAY) as assistant:
        assert import_uploads(assistant, [file]).added == 1
        assert import_uploads(assistant, [file]).unchanged == 1


def test_two_uploads_of_one_name_are_both_read(home: Path) -> None:
    bob = SimpleNamespace(name="a.md", getvalue=lambda: b"---\nname: Bob Stone\nemail: bob@stone.example\n---\n- hi\n")
    ana = SimpleNamespace(name="a.md", getvalue=ANA.encode)
    with Assistant.open(home, TODAY) as assistant:
        assert import_uploads(assistant, [bob, ana]).added == 2


def test_an_upload_cannot_be_written_outside_the_temporary_folder(home: Path, tmp_path: Path) -> None:
    files = [SimpleNamespace(name=name, getvalue=ANA.encode) for name in ("../../a.md", "..\\..\\b.md", "/tmp/c.md")]
    with Assistant.open(home, TODAY) as assistant:
        assert import_uploads(assistant, files).read == 3
    assert not list(tmp_path.rglob("*.md")) and not Path("/tmp/c.md").exists()


def test_a_rejected_upload_is_named_by_its_file_and_not_by_our_folder(home: Path) -> None:
    file = SimpleNamespace(name="odd.md", getvalue=lambda: b"nobody in particular\n")
    with Assistant.open(home, TODAY) as assistant:
        (bad,) = import_uploads(assistant, [file]).rejected
    assert bad.where.startswith("odd.md:")


READS_MARKDOWN = {
    "write", "markdown", "caption", "title", "header", "subheader", "info", "warning", "error", "success", "toast",
    "button", "expander", "metric", "html", "latex", "checkbox", "radio", "download_button", "form_submit_button", "link_button", "status", "badge",
}  # fmt: skip


def markdown_calls() -> list[tuple[str, int, ast.expr]]:
    """What every call in the screens that reads Markdown is given: its first argument, or its label."""
    found = []
    for path in Path(ui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "unfold":
                found.append((path.name, node.lineno, node.args[0]))
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner = node.func.value
            if not (isinstance(owner, ast.Name) and owner.id == "st"):
                continue
            given = node.args[:1] if node.func.attr in READS_MARKDOWN else []
            given += [one.value for one in node.keywords if one.arg in ("label", "help")]
            found += [(path.name, node.lineno, one) for one in given]
    return found


def is_ours(value: ast.expr) -> bool:
    """A constant, a count, or something that went through `escape`."""
    if isinstance(value, ast.Constant):
        return True
    if isinstance(value, ast.IfExp):
        return is_ours(value.body) and is_ours(value.orelse)
    if isinstance(value, ast.JoinedStr):
        return all(is_ours(part.value if isinstance(part, ast.FormattedValue) else part) for part in value.values)
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        return value.func.id in ("escape", "len")
    return isinstance(value, ast.Name) and value.id in ("count", "label")


def test_no_screen_hands_unescaped_text_to_anything_that_reads_markdown() -> None:
    calls = markdown_calls()
    assert len(calls) > 20
    assert [(name, line) for name, line, value in calls if not is_ours(value)] == []
