"""How much slower than the bare work is the product? Ratios to a floor measured in the same run.

Import against embedding the same texts and inserting the same rows; search against one matrix product and reading the
texts; common ground against parsing the same facts; introductions against the bare blocked products of the same needs,
offers, work and interests; the network of 100,000 times in touch against reading these rows and passing over them
once; who is due among them against the same pass. Seconds are for the reader, and never judged.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.app import Assistant
from assistant.domain import Fact, Interaction
from assistant.store import readings
from assistant.store.embedder import MiniLM
from assistant.store.vectors import load_matrix
from evals.world import TODAY

_THINGS = (
    "boat kiln notary pump drill choir orchard printer harbour ledger cello tent bridge loom archive turbine".split()
)
_PLACES = "Porto Bergen Ghent Accra Busan Cork Brno Delft Izmir Taipei Valencia Gdansk".split()


_FLOOR = MiniLM()
TOUCHES = 100_000
_BATCH = 5_000


def make_note(number: int, chance: random.Random) -> str:
    """A person of a synthetic book: front matter, two needs, two offers, a role, an interest, a line of prose."""
    thing, other, place = chance.choice(_THINGS), chance.choice(_THINGS), chance.choice(_PLACES)
    third, fourth, year = chance.choice(_THINGS), chance.choice(_THINGS), chance.randint(1850, 2020)
    return (
        f"---\nname: Person{number} Number{number}\nemail: p{number}@bench.example\norg: Org {number % 400}\n"
        f"location: {place}\n---\n## 2026-0{chance.randint(1, 9)}-1{chance.randint(0, 9)} Coffee in {place}\n"
        f"- [need] a {thing} for number {number}\n- [offer] know a {other} maker in {place}\n"
        f"- [need] advice on the {third} of {year}\n- [offer] can repair any {fourth} of street {number}\n"
        f"- [role] {other} maker\n- [interest] the history of the {third} in {place}\n\n"
        f"She told me about the {thing} and the {other} of street {number}.\n"
    )


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The least of `times` runs, in seconds."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return min(took)


def measure(people: int) -> dict[str, Any]:
    """Ratios and seconds for a book of so many people."""
    chance = random.Random(7)
    with tempfile.TemporaryDirectory(prefix="givefirst-speed-") as place:
        folder = Path(place) / "notes"
        folder.mkdir()
        (folder / "me.md").write_text(f"---\nme: true\n{make_note(0, chance)[4:]}", encoding="utf-8")
        for number in range(1, people + 1):
            (folder / f"{number}.md").write_text(make_note(number, chance), encoding="utf-8")
        with Assistant.open(Path(place) / "home", TODAY) as assistant:
            imported = seconds(lambda: assistant.import_([folder]))
            return {"people": people, **_compare(assistant, Path(place), imported, people)}


def _compare(assistant: Assistant, place: Path, imported: float, people: int) -> dict[str, Any]:
    with assistant._store.read() as connection:
        texts = [one.text for one in readings.load_passages(connection)]
        facts = [one.model_dump_json() for one in readings.load_facts(connection)]
        rows = load_matrix(connection, _FLOOR).rows
    query = "who knows a cello maker"
    assistant.search(query)
    who = f"p{people // 2}@bench.example"
    save_touches(assistant)
    assistant.introduce()
    pairs = {
        "import": (imported, seconds(lambda: _bare_import(texts, place / "bare.db"))),
        "search": (seconds(lambda: assistant.search(query), 5), seconds(lambda: _bare_search(rows, query), 5)),
        "network": (seconds(assistant.network, 3), seconds(lambda: _bare_pass(assistant.home / "givefirst.db"), 3)),
        "due": (seconds(assistant.due, 3), seconds(lambda: _bare_pass(assistant.home / "givefirst.db"), 3)),
        "introduce": (seconds(assistant.introduce, 3), seconds(lambda: _bare_products(assistant), 3)),
        "ground": (seconds(lambda: assistant.ground(who), 3), seconds(lambda: _bare_parse(facts), 3)),
    }
    return {
        name: {"ratio": round(ours / floor, 2), "seconds": round(ours, 3), "floor_seconds": round(floor, 3)}
        for name, (ours, floor) in pairs.items()
    }


def _bare_import(texts: list[str], path: Path) -> None:
    rows = _FLOOR.embed(list(dict.fromkeys(texts)))
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t(text TEXT, vector BLOB)")
    connection.executemany(
        "INSERT INTO t VALUES (?, ?)", [(text, row.tobytes()) for text, row in zip(texts, rows, strict=False)]
    )
    connection.commit()
    connection.close()


def _bare_search(rows: Any, query: str) -> Any:
    return np.argpartition(-(rows @ _FLOOR.embed([query])[0]), 10)[:10]


def _bare_products(assistant: Assistant) -> list[Any]:
    """Each want against each have, each theme against each theme, and the best of every row: the same comparisons."""
    book = assistant._introductions.book
    assert book is not None, "introduce has run before"
    best = []
    for left, right in ((book.wants, book.haves), (book.themes, book.themes)):
        if left.rows is not None and right.rows is not None:
            columns, rows = np.ascontiguousarray(right.rows[right.dense].T), left.rows[left.asks]
            best += [(rows[at : at + 1024] @ columns).argmax(axis=1) for at in range(0, len(rows), 1024)]
    return best


def _bare_parse(facts: list[str]) -> list[Fact]:
    return [Fact.model_validate_json(one) for one in facts]


def save_touches(assistant: Assistant) -> None:
    """So many mails of four years with everybody in the book, some much more than others, in threads of about four."""
    chance = random.Random(11)
    ids = [one.id for one in assistant.people()]
    for start in range(0, TOUCHES, _BATCH):
        batch = [_make_mail(number, ids, chance) for number in range(start, min(start + _BATCH, TOUCHES))]
        with assistant._store.write() as connection:
            readings.add_interactions(connection, batch)


def _make_mail(number: int, ids: Sequence[str], chance: random.Random) -> Interaction:
    at = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC) - dt.timedelta(minutes=chance.randrange(4 * 365 * 24 * 60))
    who = ids[int(len(ids) * chance.random() ** 3)]
    return Interaction(
        id=f"i-{number}",
        contact_id=who,
        when=at.date(),
        channel="email",
        direction=chance.choice(("out", "in")),
        at=at,
        thread=f"{who} {chance.randrange(1 + TOUCHES // len(ids) // 4)}",
        source=f"mail:{number}@bench.example",
    )


def _bare_pass(path: Path) -> dict[str, int]:
    connection = sqlite3.connect(path)
    counts: dict[str, int] = {}
    for row in connection.execute("SELECT * FROM interactions"):
        counts[row[2]] = counts.get(row[2], 0) + 1
    connection.close()
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.speed", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=2000, help="size of the book")
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")
    arguments = parser.parse_args()
    figures = measure(arguments.people)
    if arguments.json:
        print(json.dumps(figures))
        return
    print(f"a book of {figures.pop('people')} people")
    for name, one in figures.items():
        print(f"{name:>8}  {one['ratio']:>6} x the floor  ({one['seconds']} s against {one['floor_seconds']} s)")


if __name__ == "__main__":
    main()
