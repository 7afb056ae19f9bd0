from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from assistant.cli import app
from evals.world import FOLDER

RUN = CliRunner()
COMMANDS = [
    "init",
    "import",
    "note",
    "voice",
    "log",
    "favour",
    "people",
    "show",
    "search",
    "ground",
    "network",
    "balance",
    "today",
    "due",
    "snooze",
    "digest",
    "ics",
    "ask",
    "news",
    "event",
    "brief",
    "meetings",
    "debrief",
    "capture",
    "introduce",
    "packet",
    "plan",
    "draft",
    "check",
    "out",
    "drafts",
    "mark",
    "model",
    "forget",
    "doctor",
    "reindex",
    "ui",
    "demo",
    "eval",
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("cli") / "home"
    before = {name: os.environ.get(name) for name in ("GIVEFIRST_HOME", "GIVEFIRST_TODAY")}
    result = RUN.invoke(app, ["demo", "--no-ui", "--home", str(home), "--json"])
    assert result.exit_code == 0, result.output
    yield home
    for name, value in before.items():
        assert os.environ.get(name) == value


def run(home: Path, *arguments: str, stdin: str = "") -> Any:
    return RUN.invoke(app, [*arguments, "--home", str(home), "--today", "2026-11-20"], input=stdin)


def json_of(home: Path, *arguments: str, stdin: str = "") -> Any:
    result = run(home, *arguments, "--json", stdin=stdin)
    return json.loads(result.stdout)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    result = RUN.invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 4


def test_the_list_of_commands_is_whole() -> None:
    assert set(typer.main.get_command(app).commands) == set(COMMANDS)


def test_help_does_not_pay_for_a_vendor() -> None:
    code = (
        "import sys\nfrom assistant.cli import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        "bad = {'chromadb', 'langchain_core', 'langchain_openai', 'openai', 'streamlit', 'onnxruntime', 'sqlalchemy'}\n"
        "sys.exit(','.join(sorted(bad & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("asked", "code", "says"), [
    (["balance", "--help"], 0, "what you gave, received and asked"),
    (["--help"], 0, "reindex"),
    (["balanec"], 2, "balance"),
    ([], 2, "snooze"),
])  # fmt: skip
def test_the_entry_point_knows_every_command(asked: list[str], code: int, says: str) -> None:
    run_main = f"import sys\nfrom assistant.cli import main\nsys.argv = ['givefirst', *{asked!r}]\nmain()"
    done = subprocess.run([sys.executable, "-c", run_main], capture_output=True, text=True, check=False)
    assert done.returncode == code and says in done.stdout + done.stderr


def test_due_does_not_pay_for_what_it_does_not_use(home: Path) -> None:
    code = (
        "import sys\nfrom assistant.cli import app\n"
        f"try:\n    app(['due', '--home', {str(home)!r}, '--today', '2026-11-20'])\nexcept SystemExit:\n    pass\n"
        "bad = {'chromadb', 'langchain_core', 'openai', 'streamlit', 'onnxruntime', 'numpy', 'alembic', 'yaml', "
        "'icalendar', 'assistant.draft', 'assistant.check', 'assistant.llm', 'assistant.intake', "
        "'assistant.sources.shorthand', 'assistant.sources.prose'}\n"
        "sys.exit(','.join(sorted(bad & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "") and "Maren Holm: 16 days late" in done.stdout


def test_the_demo_prints_a_draft_with_its_evidence(tmp_path: Path) -> None:
    result = RUN.invoke(app, ["demo", "--no-ui", "--home", str(tmp_path / "home")])
    assert result.exit_code == 0
    assert "Hi Ana" in result.stdout or "Ana," in result.stdout
    assert re.search(r"\[1\] “.*notary", result.stdout)


def test_import_counts_and_reports(home: Path, tmp_path: Path) -> None:
    (tmp_path / "new.md").write_text("---\nname: Ida Lund\n---\n- [need] a kiln\n", encoding="utf-8")
    (tmp_path / "bad.md").write_text("---\nname: [x\n---\n", encoding="utf-8")
    value = json_of(home, "import", str(tmp_path))
    assert (value["read"], value["added"], len(value["rejected"])) == (1, 1, 1)
    assert "bad.md:" in value["rejected"][0]["where"] and value["rejected"][0]["reason"]


MAIL = (
    "From: Dana <dana@tidewise.example>\nTo: Ana <ana@marelivre.example>, Eve <eve@else.example>\nSubject: Tide\n"
    "Date: 10 Nov 2026 10:00:00 +0000\nMessage-ID: <m1@x.example>\n\nHi.\n"
)


def test_import_counts_mails_and_proposes_people_without_adding_them(home: Path, tmp_path: Path) -> None:
    address = json_of(home, "show", "Ana Ferreira")["contact"]["emails"][0]
    (tmp_path / "a.eml").write_text(MAIL.replace("ana@marelivre.example", address), encoding="utf-8")
    (tmp_path / "b.eml").write_text(MAIL.replace("Date", "X-Date").replace("m1@", "m2@"), encoding="utf-8")
    value = json_of(home, "import", str(tmp_path))
    assert (value["mails"], value["interactions"], value["left_out"]) == (1, 1, {})
    assert value["rejected"] == [{"where": f"{tmp_path / 'b.eml'}:0", "reason": "no date that can be read"}]
    proposed = {"email": "eve@else.example", "name": "Eve", "count": 1, "sent": 1, "received": 0, "met": 0}
    assert value["unknown_people"] == [proposed | {"first": "2026-11-10", "last": "2026-11-10"}]
    said = run(home, "import", str(tmp_path)).stdout
    assert "0 new times in touch" in said and "Eve <eve@else.example>: once" in said and "--add-people" in said
    assert json_of(home, "people", "eve@else.example") == []
    assert json_of(home, "import", str(tmp_path), "--add-people")["added"] == 1
    shown = json_of(home, "show", "Eve")
    assert [one["title"] for one in shown["interactions"]] == ["Tide"]
    assert "email, out Tide" in run(home, "show", "Eve").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["import"], 2, "give files or folders, or --imap"),
        (["import", "--imap"], 1, "no mailbox is set"),
        (["log", "Ana Ferreira", "--direction", "up"], 2, "choose out, in, both"),
        (["log", "Ana Ferreira", "--date", "2026-11-21"], 1, "still to come"),
        (["log", "Ana Ferreira", "--date", "soon"], 2, "--date 'soon' is not a date"),
        (["favour", "Ana Ferreira", "gave", " "], 1, "the favour is empty"),
    ],
)
def test_what_cannot_be_kept_is_one_line_that_says_what_to_do(
    home: Path, arguments: list[str], code: int, says: str
) -> None:
    result = run(home, *arguments)
    assert (result.exit_code, result.stderr.count("\n"), result.stdout) == (code, 1, "")
    assert says in result.stderr


def test_show_has_the_promised_shape(home: Path) -> None:
    value = json_of(home, "show", "Ana Ferreira")
    assert {"contact", "facts", "notes", "interactions", "favours"} <= set(value)
    assert {"kind", "text", "quote", "date", "visibility", "superseded_by", "note_id"} <= set(value["facts"][0])


def test_search_has_the_promised_shape(home: Path) -> None:
    value = json_of(home, "search", "notary", "-k", "3")
    assert len(value) == 3 and {"contact", "note_id", "date", "text", "score", "source"} <= set(value[0])


def test_ground_has_the_promised_shape(home: Path) -> None:
    value = json_of(home, "ground", "Ana Ferreira")
    assert value[0]["mine"]["quote"] and value[0]["theirs"]["quote"]
    assert {"kind", "text", "rarity", "strength"} <= set(value[0])


def test_network_has_the_promised_shape_and_says_the_sizes_in_words(home: Path) -> None:
    value = json_of(home, "network")
    assert {"window", "book", "active", "contacts", "industries", "gaps"} <= set(value)
    wanted = "contact cadence days weeks months quarters sent received strength mutual".split()
    assert set(wanted) <= set(value["contacts"][0])
    text = run(home, "network").stdout
    assert f"Your book holds {value['book']} people." in text and f"in touch with {value['active']} of them" in text
    assert "Where it is thin" in text and max(map(len, text.splitlines())) <= 120


def test_balance_has_the_promised_shape_and_shows_the_entries_of_one(home: Path) -> None:
    value = json_of(home, "balance")
    assert {"contact", "gave", "received", "asked"} <= set(value[0]) and len(value) > 5
    text = run(home, "balance", "Harriet Boyd").stdout
    assert "Harriet did something for you twice" in text
    assert "2025-05-08  received  put me in touch with an editor" in text


def test_an_empty_book_is_told_what_to_do(tmp_path: Path) -> None:
    assert "import" in run(tmp_path / "new", "network").stdout
    assert "[gave]" in run(tmp_path / "new", "balance").stdout


def test_a_draft_has_the_promised_shape_and_its_sentences_hold_their_evidence(home: Path) -> None:
    value = json_of(home, "draft", "cold", "Kwame Mensah")
    assert {"kind", "to", "subject", "body", "sentences", "findings", "outcome", "questions", "model", "prompt"} <= set(
        value
    )
    assert value["outcome"] == "ready"
    assert any(one["quote"] for sentence in value["sentences"] for one in sentence["evidence"])


def test_a_refused_draft_is_an_answer_and_exit_1(home: Path) -> None:
    result = run(home, "draft", "cold", "Sam Okoro", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["outcome"] == "refused"
    assert result.stderr.count("\n") == 1 and "do-not-contact" in result.stderr


def test_a_thin_contact_needs_input_and_exit_0(home: Path) -> None:
    result = run(home, "draft", "cold", "Dev Patel", "--json")
    assert (result.exit_code, json.loads(result.stdout)["outcome"]) == (0, "needs_input")


def test_check_reads_standard_input(home: Path) -> None:
    value = json_of(home, "check", "-", "--kind", "cold", "--to", "Ana Ferreira", stdin="We met at Davos.")
    davos = next(one for one in value if one["text"] == "Davos")
    assert davos["severity"] == "block" and {"rule", "span", "message", "fix"} <= set(davos)


def test_a_voice_is_learnt_from_files_and_from_pasted_text_shown_and_forgotten(home: Path) -> None:
    value = json_of(home, "voice", str(FOLDER / "sent.mbox"))
    assert (value["read"], value["used"], value["senders"]) == (16, 12, ["dana@tidewise.example"])
    assert {"left_out", "rejected", "notes", "figures", "classes", "examples"} <= set(value)
    assert "greeting: Hi {first}, (10)" in run(home, "voice").stdout
    assert json_of(home, "voice", "-", stdin="Dear Ida,\n\nThe lamps came.\n\nBest,\nDana\n")["used"] == 1
    assert json_of(home, "voice", "--forget") == {"forgotten": True}
    assert run(home, "voice", "--forget", "x").exit_code == 2


def test_out_writes_a_mail_file(home: Path, tmp_path: Path) -> None:
    draft = json_of(home, "draft", "give_first", "Ana Ferreira")
    assert json_of(home, "out", draft["id"], "--eml", str(tmp_path / "a.eml")) == {"eml": str(tmp_path / "a.eml")}
    assert b"X-Unsent: 1" in (tmp_path / "a.eml").read_bytes()


@pytest.mark.parametrize(
    "arguments",
    [
        ("init",),
        ("people", "weber"),
        ("plan", "cold", "Ana Ferreira"),
        ("due", "--within", "30"),
        ("snooze", "Dev Patel", "--days", "3"),
        ("digest",),
        ("ics",),
        ("doctor",),
        ("reindex",),
        ("note", "Dev Patel", "He rows."),
        ("log", "Dev Patel", "He rows again.", "--channel", "call", "--direction", "in", "--date", "2026-11-19"),
        ("favour", "Dev Patel", "received", "a seat in the boat", "--date", "2026-11-19"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_json_is_one_value_and_nothing_else(home: Path, arguments: tuple[str, ...]) -> None:
    assert json_of(home, *arguments)


BAD = {
    "init": (["--home", "/dev/null/x"], 1, "choose another folder"),
    "import": (["nowhere.md"], 1, "not found; give a file"),
    "note": (["Nobody", "text"], 1, "nobody in your book"),
    "voice": (["nowhere.mbox"], 1, "not found; give an mbox file"),
    "log": (["Ana Ferreira", "--channel", "pigeon"], 2, "choose meeting, call, email, message"),
    "favour": (["Ana Ferreira", "lent", "a boat"], 2, "choose gave, received, asked"),
    "people": (["--today", "soon"], 2, "write it as 2026-11-20"),
    "show": (["Tom Weber"], 1, "name one by email or id"),
    "search": ([" "], 1, "give a few words"),
    "ground": (["Nobody"], 1, "nobody in your book"),
    "network": (["--today", "soon"], 2, "not a date"),
    "introduce": (["--for", "Nobody Known"], 1, "givefirst people"),
    "packet": (["Tom Weber", "Ana Ferreira"], 1, "may be 2 people"),
    "brief": (["Tom Weber"], 1, "may be 2 people"),
    "meetings": (["--today", "tomorrow"], 2, "is not a date"),
    "debrief": (["Ana Ferreira"], 1, "nothing was said"),
    "capture": (["Tom: needs labels", "--yes"], 1, "Which Tom"),
    "balance": (["Nobody Known"], 1, "givefirst people"),
    "today": (["--bring-back", "u-nothing"], 1, "givefirst today --dismissed"),
    "due": (["--today", "soon"], 2, "not a date"),
    "snooze": (["Ana Ferreira"], 2, "say until when: --until 2026-12-01"),
    "digest": (["--mail", "/dev/null/x.eml"], 1, "cannot be written"),
    "ics": (["--out", "/dev/null/x.ics"], 1, "cannot be written"),
    "ask": ([" "], 1, "write your question"),
    "news": (["https://news.example/a"], 1, "set GIVEFIRST_FETCH=on"),
    "event": (["--today", "soon"], 2, "not a date"),
    "plan": (["poem", "Ana Ferreira"], 2, "known kinds: cold, give_first"),
    "draft": (["cold", "Ana Ferreira", "--writer", "ghost"], 2, "choose auto, plain or model"),
    "check": (["nowhere.txt", "--kind", "cold", "--to", "Ana Ferreira"], 1, "cannot be read"),
    "out": (["d-nothing", "--eml", "x.eml"], 1, "no draft has the id"),
    "drafts": (["--today", "x"], 2, "is not a date"),
    "mark": (["d-nothing", "lost"], 2, "choose draft, sent, replied, dropped"),
    "model": (("sing",), 2, "choose show, find, test, use, off, prompt"),
    "forget": (["Ana Ferreira"], 2, "add --yes if you mean it"),
    "doctor": (["--today", "2026-13-40"], 2, "is not a date"),
    "reindex": (["--today", "x"], 2, "is not a date"),
    "ui": (["--today", "x"], 2, "is not a date"),
    "demo": (["--no-ui", "--home", "/dev/null/x"], 1, "choose another folder"),
    "eval": (["../poetry"], 2, "make eval"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_bad_input_is_one_line_that_says_what_to_do(home: Path, command: str) -> None:
    arguments, code, says = BAD[command]
    place = [] if "--home" in arguments or command == "eval" else ["--home", str(home)]
    result = RUN.invoke(app, [command, *arguments, *place])
    assert result.exit_code == code, result.output
    assert says in result.stderr and result.stderr.count("\n") == 1 and result.stdout == ""
