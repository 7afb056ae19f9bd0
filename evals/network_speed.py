"""How long does a mailbox of 100,000 mails take, and how much memory, beside reading its headers and nothing else?

The mails are made up: 2,000 people with three addresses each. The floor cuts the same file with the standard library's
`mailbox` and parses each mail's headers with its quick policy. Each runs in a process of its own, so that the peak of
memory is its own. Seconds are shown for the reader and never judged.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from email.utils import format_datetime
from pathlib import Path
from typing import Any

TODAY = dt.date(2026, 11, 20)
PEOPLE = 2000
_ME = "dana@tidewise.example"
_COMMON = ("seconds", "cpu_seconds", "peak_mb")
_DOMAINS = ("mare.example", "post.example", "work.example")


def make_book(folder: Path) -> None:
    """The user's own note, and an address book of people with three addresses each."""
    folder.mkdir()
    (folder / "me.md").write_text(f"---\nme: true\nname: Dana Marlow\nemail: {_ME}\n---\n", encoding="utf-8")
    cards = []
    for number in range(PEOPLE):
        mails = "".join(f"EMAIL:p{number}@{domain}\n" for domain in _DOMAINS)
        cards.append(f"BEGIN:VCARD\nVERSION:3.0\nFN:Person{number} Number{number}\nUID:p{number}\n{mails}END:VCARD\n")
    (folder / "people.vcf").write_text("".join(cards), encoding="utf-8")


def make_mbox(path: Path, mails: int) -> None:
    """Two years of mail both ways, with conversations, robots and strangers, 2 kB each and now and then 200 kB."""
    chance = random.Random(7)
    begun: list[str] = []
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number in range(mails):
            at = dt.datetime(2024, 11, 20, tzinfo=dt.UTC) + dt.timedelta(seconds=63_000_000 * number // mails)
            answers = chance.choice(begun[-500:]) if begun and chance.random() < 0.6 else ""
            begun.append(f"{number}.{chance.getrandbits(40)}@post.example")
            file.write(_mail(begun[-1], answers, at, chance))


def _mail(own: str, answers: str, at: dt.datetime, chance: random.Random) -> str:
    person = min(int(chance.expovariate(1 / 250)), PEOPLE - 1)
    them = f"Person{person} Number{person} <p{person}@{chance.choice(_DOMAINS)}>"
    kind = chance.random()
    if kind < 0.08:
        them = f"Stranger <s{chance.randrange(5000)}@else.example>"
    sender, to = (f"Dana Marlow <{_ME}>", them) if chance.random() < 0.45 else (them, f"Dana Marlow <{_ME}>")
    extra = "List-Id: <talk.example>\n" if 0.08 <= kind < 0.2 else ""
    extra += f"In-Reply-To: <{answers}>\nReferences: <{answers}>\n" if answers else ""
    size = 100 if chance.random() < 0.01 else 1
    return (
        f"From - {at:%a %b %d %H:%M:%S %Y}\n"
        f"Return-Path: <x@post.example>\nReceived: from mx.post.example (mx.post.example [192.0.2.1])\n"
        f"\tby mx.tidewise.example with ESMTPS id {own[:8]}; {format_datetime(at)}\n"
        f"DKIM-Signature: v=1; a=rsa-sha256; d=post.example;\n\tb={'a' * 70}\n\t {'b' * 70}\n"
        f"From: {sender}\nTo: {to}\nSubject: The {chance.choice(['tide', 'boat', 'grant', 'quay'])}\n"
        f"Date: {format_datetime(at)}\nMessage-ID: <{own}>\n{extra}MIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\n\n" + f"{'Water rises and falls. ' * 85}\n" * size + "\n"
    )


# --- what is measured, each in a process of its own -------------------------------------------------------------


def run_floor(place: Path) -> dict[str, Any]:
    """The standard library cuts the file and parses every mail's headers."""
    import email.policy
    import mailbox
    from email.parser import BytesHeaderParser

    parser = BytesHeaderParser(policy=email.policy.compat32)
    box = mailbox.mbox(place / "mail.mbox", factory=lambda file: parser.parse(file), create=False)
    with contextlib.closing(box):
        return {"mails": sum(1 for one in box if one["Message-ID"])}


def run_import(place: Path) -> dict[str, Any]:
    """The product imports the same file."""
    from assistant.app import Assistant

    with Assistant.open(place / "home", TODAY) as assistant:
        report = assistant.import_([place / "mail.mbox"])
    return {"mails": report.mails, "interactions": report.interactions, "unknown": len(report.unknown_people)}


def run_touches(place: Path) -> dict[str, Any]:
    """Every time in touch is loaded, as `network` needs it."""
    from assistant.find.touches import all_touches
    from assistant.store.database import open_store

    store = open_store(place / "home")
    with store.read() as connection:
        found = all_touches(connection, TODAY)
    store.close()
    return {"touches": len(found)}


_RUNS: dict[str, Callable[[Path], dict[str, Any]]] = {"floor": run_floor, "import": run_import, "touches": run_touches}


def _in_child(name: str, place: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "evals.network_speed", "--run", name, str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def _run(name: str, place: Path) -> dict[str, Any]:
    start = time.perf_counter()
    result = _RUNS[name](place)
    took = time.perf_counter() - start
    return {**result, "seconds": round(took, 2), "cpu_seconds": round(time.process_time(), 2), "peak_mb": _peak_mb()}


def _peak_mb() -> int:
    """The most memory this process ever held, in MB, without its parent's as `getrusage` has it; 0 if unknown."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


def measure(mails: int) -> dict[str, Any]:
    """Seconds and peak of memory of each run, and the ratio of the import to its floor."""
    from assistant.app import Assistant

    with tempfile.TemporaryDirectory(prefix="givefirst-network-") as name:
        place = Path(name)
        make_book(place / "book")
        make_mbox(place / "mail.mbox", mails)
        size = (place / "mail.mbox").stat().st_size
        with Assistant.open(place / "home", TODAY) as assistant:
            assistant.import_([place / "book"])
        figures = {run: _in_child(run, place) for run in ("floor", "import", "touches")}
        figures["again"] = _in_child("import", place)
    ratio = figures["import"]["seconds"] / max(figures["floor"]["seconds"], 0.01)
    return {"mails": mails, "megabytes": round(size / 1e6), "ratio": round(ratio, 2), **figures}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.network_speed", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--mails", type=int, default=100_000, help="size of the mailbox")
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    parser.add_argument("--run", nargs=2, metavar=("NAME", "PLACE"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.run:
        print(json.dumps(_run(arguments.run[0], Path(arguments.run[1]))))
        return
    figures = measure(arguments.mails)
    if arguments.json:
        print(json.dumps(figures))
        return
    print(f"{figures['mails']} mails, {figures['megabytes']} MB; import is {figures['ratio']} x the floor")
    for name in ("floor", "import", "again", "touches"):
        one = figures[name]
        rest = ", ".join(f"{count} {what}" for what, count in one.items() if what not in _COMMON)
        print(f"{name:>8}  {one['seconds']:>7} s ({one['cpu_seconds']} s of work)  {one['peak_mb']:>5} MB  {rest}")


if __name__ == "__main__":
    main()
