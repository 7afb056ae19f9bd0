"""Opening the records: the folder, the engine, the pragmas, the schema's version.

SQLite in the home folder by default, PostgreSQL by URL. It must never leave a file that others on the machine may
read, and never open a database of a version it does not know.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from assistant.errors import StoreBusy, StoreError

HEAD = "0007"
FILE_NAME = "givefirst.db"

_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA busy_timeout=10000",
)


# The number of changes outlives restarts, as neither size nor time of the files does. A server has no such row: there
# every writer would wait for it.
_COUNT_CHANGE = text(
    "INSERT INTO profiles (key, data) VALUES ('revision', '1')"
    " ON CONFLICT (key) DO UPDATE SET data = CAST(data AS INTEGER) + 1"
)


class Store:
    """An open database and the folder it lives in. `read` and `write` give connections; `write` commits at the end."""

    def __init__(self, home: Path, engine: Engine) -> None:
        self.home = home
        self.engine = engine

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        with _translated(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self, derived: bool = False) -> Iterator[Connection]:
        """One transaction: all of it is durable when the block ends, or none of it happened.

        Whoever keeps only what was reckoned from the records says so with `derived`: it is no change of them.
        """
        with _translated(), self.engine.execution_options(immediate=True).begin() as connection:
            before = _count_changed_rows(connection)
            yield connection
            if not derived and _count_changed_rows(connection) != before:
                connection.execute(_COUNT_CHANGE)

    def close(self) -> None:
        self.engine.dispose()


def _count_changed_rows(connection: Connection) -> int:
    """How many rows this connection ever changed; 0 where the driver does not count."""
    return int(getattr(connection.connection.driver_connection, "total_changes", 0))


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if "locked" in str(error.orig):
            raise StoreBusy("the records are in use by another process; try again in a moment") from error
        raise StoreError(
            f"the records cannot be used: {error.orig}; check disk space and rights, then `doctor`"
        ) from error
    except SQLAlchemyError as error:
        raise StoreError(f"the records cannot be used ({type(error).__name__}); run `givefirst doctor`") from error


def open_store(home: Path, database: str = "") -> Store:
    """Opens, and on first use makes, the records. Raises `StoreError` saying which file or server, and what to do."""
    _make_private(home)
    path = home / FILE_NAME
    if not database and path.exists() and path.is_dir():
        raise StoreError(f"{path} is a folder; move it away")
    engine = _make_engine(path, database)
    store = Store(home, engine)
    try:
        with _translated():
            _upgrade(store, database or f"sqlite:///{path}")
        if not database:
            _close_to_others(path)
    except StoreError:
        engine.dispose()
        raise
    return store


def _make_private(home: Path) -> None:
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        home.chmod(0o700)
    except OSError as error:
        raise StoreError(
            f"{home}: cannot be made or used: {error.strerror}; choose another folder with --home"
        ) from error


def _close_to_others(path: Path) -> None:
    for file in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        if file.exists():
            file.chmod(0o600)


def _make_engine(path: Path, database: str) -> Engine:
    if database and not database.startswith("sqlite"):
        return create_engine(database, pool_pre_ping=True)
    if not database and not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    engine = create_engine(database or f"sqlite:///{path}", connect_args={"timeout": 10})
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin_at_once)
    return engine


def _set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver's own transaction handling would let a read turn into a write too late to wait for the lock.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_at_once(connection: Connection) -> None:
    """A writer takes the lock at its first word: a reader that turned writer half-way could not wait for it."""
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _upgrade(store: Store, url: str) -> None:
    """Brings the schema to `HEAD`; alembic is imported only if there is something to do."""
    version = _read_version(store)
    if version == HEAD:
        return
    if version and version > HEAD:
        raise StoreError(f"the records were written by a newer givefirst (schema {version}); upgrade givefirst")
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _read_version(store: Store) -> str:
    try:
        with store.engine.connect() as connection:
            return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")
    except DatabaseError as error:
        if "no such table" in str(error) or "does not exist" in str(error):
            return ""
        if "not a database" in str(error) or "malformed" in str(error):
            raise StoreError(f"{store.home / FILE_NAME} is damaged or no database; restore it from a backup") from error
        raise
