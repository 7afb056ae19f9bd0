"""Looking whether folder, records, user, embedder and index are well, and saying what to do where they are not.

It must never change what it looks at.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from assistant.domain import Diagnosis
from assistant.errors import EmbedderError
from assistant.store import readings, records
from assistant.store.database import Store
from assistant.store.embedder import Embedder
from assistant.store.vectors import count_missing


def diagnose(store: Store, embedder: Embedder | None, model: str) -> Iterator[Diagnosis]:
    """One diagnosis a thing, each with what to do where it is not well. `model` is a name, or empty."""
    mode = store.home.stat().st_mode & 0o777
    yield Diagnosis(name="folder", ok=mode == 0o700, detail=f"{store.home} ({mode:o})", fix="chmod 700 it")
    with store.read() as connection:
        yield _diagnose_records(connection, store.is_sqlite)
        has_me = records.load_me(connection) is not None
        missing = count_missing(connection, embedder.name) if embedder else 0
    fix = "import a note about yourself with `me: true` in its front matter"
    yield Diagnosis(name="you", ok=has_me, detail="your own note is there" if has_me else "none", fix=fix)
    yield _diagnose_embedder(embedder, missing)
    yield Diagnosis(name="model", ok=True, detail=model or "none; the plain writer is used")


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
