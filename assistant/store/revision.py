"""Which state the records are in, told without opening them: for those who keep what was reckoned from them.

It must never call two states one: where it cannot be told, there is no revision and nothing may be kept.
"""

from __future__ import annotations

from pathlib import Path

from assistant.store.database import Store


def read_revision(store: Store) -> str | None:
    """Changes with every commit of any process; None for a database server.

    SQLite appends each commit to the log beside the file or writes it into the file itself: size and time of one of
    the two change.
    """
    path = store.engine.url.database
    if not store.is_sqlite or not path:
        return None
    return " ".join(_state(Path(f"{path}{ending}")) for ending in ("", "-wal"))


def _state(path: Path) -> str:
    try:
        found = path.stat()
    except FileNotFoundError:
        return "-"
    return f"{found.st_ino}.{found.st_size}.{found.st_mtime_ns}"
