"""Forgetting a person: no byte of theirs in any file of the data folder, and they stay out of what is imported later."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.app import Assistant
from assistant.domain import DraftKind, Outcome
from assistant.errors import GivefirstError, NotFound, StoreError, VectorIndexError
from assistant.store.database import FILE_NAME
from evals.world import TODAY

ME = """---
me: true
name: Dana Marlow
email: dana@tidewise.example
---
- [offer] know a notary in Lisbon
- [interest] kelp forests

Quillon Varnaby introduced me to the harbour board.
"""

PIM = """---
name: Pim Dekker
email: pim@dekker.example
how_met: through Quillon Varnaby
---
## 2026-05-02 Lunch with Quillon Varnaby
We ate with QUILLON  VARNABY
and talked of kelp. Write to quillon.varnaby+kelp@zephyrquay.example or +44 (20) 7946-0177; Varnaby's boat is out.

## 2026-06-11 Call
- [need] a diver for the kelp survey
"""

WORDS = [f"zq{chr(97 + n // 26)}{chr(97 + n % 26)}word" for n in range(60)]
LINES = "\n\n".join(f"Told me the {one} is a matter of {one}ing before supper." for one in WORDS)
PERSON = f"""---
name: Quillon Varnaby
emails: [quillon.varnaby@zephyrquay.example, qvarnaby@oldmail.example]
phone: "+442079460177"
org: Zephyrquay Holdings
title: Chief Lampwright
location: Wexcombe Sands
tags: [lampwrightry, sandbank-walks]
how_met: on the Wexcombe ferry
---
## 2026-03-12 Tea at the Gannet
- [need] a Portuguese-speaking notary
- [interest] kelp forests
- [private] leaving Zephyrquay in spring
- [gave] the gannet photographs

{LINES}
"""
PLANTED = [
    *WORDS,
    *[f"Told me the {one} is" for one in WORDS[:20]],
    "Quillon", "Varnaby", "quillon.varnaby", "qvarnaby@oldmail", "oldmail.example", "zephyrquay.example", "442079460177",
    "7946-0177", "Zephyrquay Holdings", "Chief Lampwright", "Wexcombe Sands", "lampwrightry", "sandbank-walks",
    "Wexcombe ferry", "Tea at the Gannet", "gannet photographs", "leaving Zephyrquay", "quillon-varnaby", "Hi Quillon",
    "Call with Quillon",
]  # fmt: skip


def write_book(folder: Path) -> Path:
    folder.mkdir()
    for name, text in (("me", ME), ("pim", PIM), ("quillon-varnaby", PERSON)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return write_book(tmp_path / "notes")


@pytest.fixture
def home(tmp_path: Path, notes: Path) -> Path:
    """A book in which the person has left a trace wherever one can be left."""
    home = tmp_path / "home"
    with Assistant.open(home, TODAY, own_index=True) as assistant:
        assert assistant.import_([notes]).added == 3
        assistant.draft(DraftKind.GIVE_FIRST, "Quillon Varnaby", "Quillon, how is the boat?")
        assistant.draft(DraftKind.CHECK_IN, "Pim Dekker", "Quillon Varnaby asked after you.")
        assistant.log("Quillon Varnaby", "Call with Quillon about lamps", "call")
        assistant.favour("Pim Dekker", "gave", "Varnaby's address")
        assistant.snooze("Quillon Varnaby", TODAY.replace(year=2027))
        assert assistant.search("kelp forests")
        (home / "last_prompt.json").write_text('{"prompt": "Write to Quillon Varnaby"}', encoding="utf-8")
    return home


def vectors_of(home: Path) -> list[bytes]:
    """The vectors of what stands in the person's notes and in nobody else's."""
    with sqlite3.connect(home / FILE_NAME) as connection:
        rows = connection.execute(
            "SELECT v.vector FROM vectors v JOIN passages p ON p.text_hash = v.text_hash JOIN contacts c "
            "ON c.id = p.contact_id GROUP BY v.text_hash "
            "HAVING min(c.name_folded) = 'quillon varnaby' AND max(c.name_folded) = 'quillon varnaby'"
        ).fetchall()
    connection.close()
    return [row[0] for row in rows]


def find_bytes(home: Path, wanted: list[bytes]) -> list[str]:
    """What of this stands in which file, letters of either case."""
    found = []
    for file in (one for one in home.rglob("*") if one.is_file()):
        data = file.read_bytes()
        low = data.lower()
        found += [f"{file.name}: {one[:40]!r}" for one in wanted if one in data or one.lower() in low]
    return found


def in_every_form(words: list[str]) -> list[bytes]:
    return [word.encode(form) for word in words for form in ("utf-8", "utf-16-le", "utf-16-be")]


def test_no_byte_of_a_forgotten_person_is_left_in_any_file(home: Path) -> None:
    vectors = vectors_of(home)
    assert len(PLANTED) >= 100 and len(vectors) > 50
    before = find_bytes(home, in_every_form(PLANTED))
    assert {one.partition(":")[0] for one in before} >= {FILE_NAME, "last_prompt.json"}
    with Assistant.open(home, TODAY, own_index=True) as assistant:
        assert assistant.search("kelp")
        gone = assistant.forget("Quillon Varnaby")
        assert gone.finished and find_bytes(home, in_every_form(PLANTED)) == []
        assert assistant.search("kelp") and assistant.people() == (assistant.show("Pim Dekker").contact,)
    assert find_bytes(home, [*in_every_form(PLANTED), *vectors]) == []
    assert find_bytes(home, [gone.removed.contact_id.encode()]) == []


OWNER = """
import sys
from assistant.app import Assistant
with Assistant.open(sys.argv[1], own_index=True) as assistant:
    print(len(assistant.search("kelp")), assistant._index.is_owner, flush=True)
    for line in sys.stdin:
        print(len(assistant.search("kelp")), assistant._index.is_owner, flush=True)
"""


def test_nothing_is_left_while_another_process_owns_the_index(home: Path) -> None:
    vectors = vectors_of(home)
    command = [sys.executable, "-c", OWNER, str(home)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdin and owner.stdout
        assert owner.stdout.readline().endswith(" True\n")
        with Assistant.open(home, TODAY) as assistant:
            assert assistant.forget("Quillon Varnaby").finished
        assert find_bytes(home, [*in_every_form(PLANTED), *vectors]) == []
        owner.stdin.write("again\n")
        owner.stdin.flush()
        count, owns = owner.stdout.readline().split()
        assert int(count) > 0 and owns == "False", "its memory once held what is forgotten: it may write no index again"
        assert not [one for one in home.glob("index-*-*") if one.is_dir()]
        owner.stdin.close()
    assert owner.returncode == 0
    assert find_bytes(home, [*in_every_form(PLANTED), *vectors]) == []


KILLED = """
import os, signal, sys
from assistant.app import Assistant
import assistant.forgetting as forgetting, assistant.store.forgotten as files, assistant.store.index as index

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

step = sys.argv[2]
if step == "removing":
    forgetting.drop_orphans = die
elif step == "looking":
    forgetting._stop_at_a_trace = die
elif step == "before_files":
    forgetting.finish_erasure = die
elif step == "before_rewriting":
    files._rewrite_file = die
elif step == "after_rewriting":
    rewrite = files._rewrite_file
    files._rewrite_file = lambda store: die(rewrite(store))
with Assistant.open(sys.argv[1]) as assistant:
    assistant.forget("Quillon Varnaby")
"""


@pytest.mark.parametrize("step", ["removing", "looking", "before_files", "before_rewriting", "after_rewriting"])
def test_killed_at_any_step_the_next_open_finishes_or_nothing_was_done(home: Path, step: str) -> None:
    vectors = vectors_of(home)
    done = subprocess.run([sys.executable, "-c", KILLED, str(home), step], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    with Assistant.open(home, TODAY) as assistant:
        names = [one.name for one in assistant.people()]
        mark = next(one for one in assistant.doctor() if one.name == "forgotten")
        if step in ("removing", "looking"):
            assert "Quillon Varnaby" in names and mark.detail == "nobody was"
            assert assistant.show("Quillon Varnaby").facts
        else:
            assert names == ["Pim Dekker"] and mark.ok and mark.detail.startswith("1 people forgotten")
    if step not in ("removing", "looking"):
        assert find_bytes(home, [*in_every_form(PLANTED), *vectors]) == []


def test_a_reader_in_the_way_is_told_and_the_next_open_finishes(home: Path) -> None:
    reader = sqlite3.connect(home / FILE_NAME, isolation_level=None)
    with Assistant.open(home, TODAY) as assistant:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM contacts").fetchone()
        with assistant._store.read() as connection:
            connection.connection.driver_connection.execute("PRAGMA busy_timeout=10")  # type: ignore[union-attr]
        gone = assistant.forget("Quillon Varnaby")
        mark = next(one for one in assistant.doctor() if one.name == "forgotten")
    assert not gone.finished and not mark.ok and "Quillon" not in mark.detail + mark.fix
    reader.close()
    with Assistant.open(home, TODAY) as assistant:
        assert next(one for one in assistant.doctor() if one.name == "forgotten").ok
    assert find_bytes(home, in_every_form(PLANTED)) == []


def test_what_would_go_is_shown_first_and_nothing_has_changed(home: Path) -> None:
    with Assistant.open(home, TODAY) as assistant:
        before = assistant.show("Quillon Varnaby")
        found = assistant.preview_forget("Quillon Varnaby")
        assert (found.notes, found.interactions, found.favours, found.drafts, found.snoozes) == (2, 1, 1, 2, 1)
        assert found.facts == len(before.facts) and found.vectors > 50
        assert found.sources == ("markdown:notes/quillon-varnaby.md",)
        read = [one.text for one in found.mentions if one.contact == "Pim Dekker"]
        assert "Lunch with [forgotten]" in read
        assert any("Write to [forgotten] or [forgotten]; [forgotten]'s boat is out." in one for one in read)
        assert assistant.show("Quillon Varnaby") == before


def test_notes_about_others_keep_their_own_words_and_are_read_again(home: Path) -> None:
    with Assistant.open(home, TODAY) as assistant:
        assistant.forget("Quillon Varnaby")
        pim = assistant.show("Pim Dekker")
        text = "\n".join(one.text for one in pim.notes)
        assert "talked of kelp" in text and "a diver for the kelp survey" in text and "'s boat is out." in text
        assert any(one.text == "a diver for the kelp survey" for one in pim.facts)
        assert pim.contact.how_met == "through [forgotten]" and len(assistant.drafts()) == 0


VARIANTS = [
    "emails: [QUILLON.Varnaby@Zephyrquay.example]",
    "emails: [quillon.varnaby+news@zephyrquay.example]",
    "emails: [new@elsewhere.example, qvarnaby@oldmail.example]",
    'phone: "0044 20 7946 0177"',
]


@pytest.mark.parametrize("field", VARIANTS)
def test_a_forgotten_person_stays_out_of_what_is_imported_again(home: Path, tmp_path: Path, field: str) -> None:
    with Assistant.open(home, TODAY) as assistant:
        assistant.forget("Quillon Varnaby")
        (tmp_path / "q.md").write_text(f"---\nname: Quillon Varnaby\n{field}\n---\nHe rows.\n", encoding="utf-8")
        report = assistant.import_([tmp_path / "q.md", tmp_path / "notes"])
        assert (report.added, len(report.rejected)) == (0, 2)
        assert all("was forgotten on 2026-11-20 and stays out" in one.reason for one in report.rejected)
        assert [one.name for one in assistant.people()] == ["Pim Dekker"]


CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Q. Varnaby\nEMAIL:QVarnaby+x@oldmail.example\nEND:VCARD\n"
ROWS = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\nQ,V,,qvarnaby@oldmail.example,,,\n"
MAIL = (
    "From: Dana <dana@tidewise.example>\nTo: Q <qvarnaby@oldmail.example>, Eve <eve@else.example>\nSubject: Tide\n"
    "Date: 10 Nov 2026 10:00:00 +0000\nMessage-ID: <m1@x.example>\n\nHi.\n"
)


def test_every_reader_keeps_them_out_and_they_are_never_proposed(home: Path, tmp_path: Path) -> None:
    with Assistant.open(home, TODAY) as assistant:
        assistant.forget("Quillon Varnaby")
        for name, text in (("q.vcf", CARD), ("Connections.csv", ROWS)):
            (tmp_path / name).write_text(text, encoding="utf-8")
            assert len(assistant.import_([tmp_path / name]).rejected) == 1
        (tmp_path / "m.eml").write_text(MAIL, encoding="utf-8")
        report = assistant.import_([tmp_path / "m.eml"], add_people=True)
        assert [one.name for one in assistant.people()] == ["Eve", "Pim Dekker"] and report.added == 1


def test_a_namesake_is_taken_in_with_a_warning_and_an_office_number_bars_nobody(home: Path, tmp_path: Path) -> None:
    with Assistant.open(home, TODAY) as assistant:
        assistant.forget("Quillon Varnaby")
        (tmp_path / "a.md").write_text("---\nname: Quillon Varnaby\nemail: q@far.example\n---\n", encoding="utf-8")
        (tmp_path / "b.md").write_text('---\nname: Ida Lund\nphone: "+442079460177"\n---\n', encoding="utf-8")
        report = assistant.import_([tmp_path / "a.md", tmp_path / "b.md"])
        assert (report.added, report.rejected, len(report.warnings)) == (2, (), 1)
        assert "bears the name of somebody you forgot" in report.warnings[0].reason


def test_the_way_back_lets_them_in_again(home: Path, notes: Path) -> None:
    with Assistant.open(home, TODAY) as assistant:
        assistant.forget("Quillon Varnaby")
        with pytest.raises(NotFound, match="nobody was forgotten under"):
            assistant.allow_again("ida@lund.example")
        assert assistant.allow_again("QVarnaby@oldmail.example") == 1
        assert assistant.import_([notes]).added == 1


def test_no_message_goes_to_an_address_of_somebody_forgotten(home: Path, tmp_path: Path) -> None:
    (tmp_path / "late.md").write_text("---\nname: Late Comer\nemail: late@zephyr.example\n---\n- [need] kelp\n")
    with Assistant.open(home, TODAY) as assistant:
        assistant.import_([tmp_path / "late.md"])
        kept = assistant.draft(DraftKind.CHECK_IN, "Late Comer")
        with assistant._store.write() as connection:
            from assistant.store.forgotten import Known, save_marks

            save_marks(connection, [Known("email", "late@zephyr.example")], TODAY)
        assert assistant.plan(DraftKind.CHECK_IN, "Late Comer").outcome is Outcome.REFUSED
        assert assistant.draft(DraftKind.COLD, "Late Comer").outcome is Outcome.REFUSED
        with pytest.raises(GivefirstError, match="refused"):
            assistant.eml(kept.id)


def test_the_user_is_never_forgotten(home: Path) -> None:
    with Assistant.open(home, TODAY) as assistant:
        for act in (assistant.preview_forget, assistant.forget):
            with pytest.raises(GivefirstError, match="this is you"):
                act("Dana Marlow")
        assert assistant.show("Dana Marlow").facts


def test_a_trace_that_would_stay_undoes_it_all(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import assistant.forgetting as forgetting

    with Assistant.open(home, TODAY) as assistant:
        monkeypatch.setattr(forgetting, "_find_changes", lambda *_: [])
        with pytest.raises(StoreError, match="was not forgotten and nothing was changed"):
            assistant.forget("Quillon Varnaby")
        assert assistant.show("Quillon Varnaby").notes
        assert next(one for one in assistant.doctor() if one.name == "forgotten").detail == "nobody was"


def test_the_marks_differ_from_book_to_book(tmp_path: Path, notes: Path) -> None:
    found = []
    for name in ("one", "two"):
        with Assistant.open(tmp_path / name, TODAY) as assistant:
            assistant.import_([notes])
            assistant.forget("Quillon Varnaby")
        with sqlite3.connect(tmp_path / name / FILE_NAME) as connection:
            found.append({row[0] for row in connection.execute("SELECT mark FROM forgotten")})
        connection.close()
    assert found[0] and not found[0] & found[1]


def test_a_process_that_was_open_while_somebody_was_forgotten_writes_no_index(home: Path) -> None:
    with Assistant.open(home, TODAY, own_index=True) as screens:
        with Assistant.open(home, TODAY) as other:
            other.forget("Quillon Varnaby")
        assert screens.search("kelp") and not [one for one in home.glob("index-*-*") if one.is_dir()]
        with pytest.raises(VectorIndexError, match="start it, and try again"):
            screens.reindex()
    with Assistant.open(home, TODAY, own_index=True) as anew:
        assert anew.search("kelp") and [one for one in home.glob("index-*-*") if one.is_dir()]
