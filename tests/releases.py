"""A book as an earlier release left it: the tables of then, with what of today's they still hold."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from assistant.store import database

_READ = "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
Schema = dict[str, tuple[str, str]]  # name: its kind, the statement that made it


def schema_of(release: str) -> Schema:
    """What the migrations up to `release` make."""
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, release)
        found = {name: (kind, sql) for name, kind, sql in connection.exec_driver_sql(_READ)}
    engine.dispose()
    return found


def go_back(home: Path, release: str) -> None:
    """Drops from a closed book what was made or changed since `release`, and makes anew, empty, what stood instead."""
    then, raw = schema_of(release), sqlite3.connect(home / database.FILE_NAME)
    now: Schema = {name: (kind, sql) for name, kind, sql in raw.execute(_READ)}
    for name, (kind, sql) in now.items():
        if then.get(name) != (kind, sql):
            raw.execute(f"DROP {kind} IF EXISTS {name}")
    left = {name for name, *_ in raw.execute(_READ)}
    for name, (_, sql) in then.items():
        if name not in left:
            raw.execute(sql)
    raw.execute("UPDATE alembic_version SET version_num = ?", (release,))
    raw.commit()
    raw.close()
