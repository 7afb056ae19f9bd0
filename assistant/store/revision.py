"""Which state the records are in, counted with every change: for those who keep what was reckoned from them.

It must never call two states one: where nobody counts (a database server), there is no revision and nothing may be
kept.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from assistant.store.database import Store

_READ = text("SELECT data FROM profiles WHERE key = 'revision'")


def read_revision(store: Store) -> str | None:
    """Changes with every transaction of any process that writes, and outlives restarts; None for a database server."""
    if not store.is_sqlite:
        return None
    with store.read() as connection:
        return find_revision(connection)


def find_revision(connection: Connection) -> str | None:
    """The same, of the state that this transaction sees."""
    if connection.dialect.name != "sqlite":
        return None
    return str(connection.execute(_READ).scalar() or "0")
