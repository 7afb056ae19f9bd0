"""Looking whether the folder, the records, what reads them and what runs by a clock are well; if not, what to do.

It must never change what it looks at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from assistant.domain import Diagnosis
from assistant.errors import EmbedderError
from assistant.find.reminders import find_unread_cadences
from assistant.store import readings, records
from assistant.store.database import Store
from assistant.store.embedder import Embedder
from assistant.store.forgotten import count_forgotten, is_unfinished
from assistant.store.profiles import DIGEST_DAY, load_profile
from assistant.store.vectors import count_missing

_MOST_DIGEST_DAYS = 8  # a weekly digest, and a day's grace
_MOST_NAMED = 5


def diagnose(store: Store, embedder: Embedder | None, model: str, today: dt.date) -> Iterator[Diagnosis]:
    """One diagnosis a thing, each with what to do where it is not well. `model` is a name, or empty."""
    mode = store.home.stat().st_mode & 0o777
    yield Diagnosis(name="folder", ok=mode == 0o700, detail=f"{store.home} ({mode:o})", fix="chmod 700 it")
    with store.read() as connection:
        yield _diagnose_records(connection, store.is_sqlite)
        has_me = records.load_me(connection) is not None
        missing = count_missing(connection, embedder.name) if embedder else 0
        unread = find_unread_cadences(records.load_contacts(connection))
        digest_day = load_profile(connection, DIGEST_DAY)
        forgotten = _diagnose_forgotten(count_forgotten(connection), is_unfinished(connection))
    fix = "import a note about yourself with `me: true` in its front matter"
    yield Diagnosis(name="you", ok=has_me, detail="your own note is there" if has_me else "none", fix=fix)
    yield _diagnose_embedder(embedder, missing)
    yield Diagnosis(name="model", ok=True, detail=model or "none; the plain writer is used")
    yield _diagnose_cadences([f"{one.name} ({one.cadence!r})" for one in unread])
    yield _diagnose_digest(digest_day, today)
    yield forgotten


def _diagnose_records(connection: Connection, is_sqlite: bool) -> Diagnosis:
    verdict = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()) if is_sqlite else "ok"
    count, passages = records.count_contacts(connection), readings.count_passages(connection)
    detail = f"{count} contacts, {passages} passages" if verdict == "ok" else verdict
    return Diagnosis(name="records", ok=verdict == "ok", detail=detail, fix="restore the database from a backup")


def _diagnose_embedder(embedder: Embedder | None, missing: int) -> Diagnosis:
    if embedder is None:
        return Diagnosis(name="index", ok=True, detail="embeddings are off; search goes by words")
    try:
        embedder.embed(["ready"])
    except EmbedderError as error:
        return Diagnosis(name="index", ok=False, detail=str(error), fix="search goes by words until then")
    detail = f"{missing} passages wait to be embedded" if missing else "every passage has its vector"
    return Diagnosis(name="index", ok=not missing, detail=detail, fix="run `givefirst reindex`")


def _diagnose_cadences(unread: Sequence[str]) -> Diagnosis:
    more = f" and {len(unread) - _MOST_NAMED} more" if len(unread) > _MOST_NAMED else ""
    detail = f"not understood: {', '.join(unread[:_MOST_NAMED])}{more}" if unread else "every cadence is understood"
    fix = "write them as weekly, monthly, quarterly, yearly, every 6 weeks, every 10 days or never"
    return Diagnosis(name="cadences", ok=not unread, detail=detail, fix=fix)


def _diagnose_digest(day: str, today: dt.date) -> Diagnosis:
    """Silence is well for one who never ran it; for the others a clock may have stopped."""
    if not day:
        return Diagnosis(name="digest", ok=True, detail="never ran; `givefirst digest` in cron would remind you")
    days = (today - dt.date.fromisoformat(day)).days
    ago = {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    fix = "run `givefirst digest`, and look whether cron or the timer that runs it still does"
    return Diagnosis(name="digest", ok=days <= _MOST_DIGEST_DAYS, detail=f"last ran on {day}, {ago}", fix=fix)


def _diagnose_forgotten(count: int, unfinished: bool) -> Diagnosis:
    detail = f"{count} people forgotten; they stay out of every import" if count else "nobody was"
    if unfinished:
        detail = f"{count} people forgotten, but traces are left in the files"
    return Diagnosis(name="forgotten", ok=not unfinished, detail=detail, fix="close the screens and run this again")
