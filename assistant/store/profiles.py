"""What is known of the user themself, a row a subject (their voice, their last digest).

It must never hold a mail or a note.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from assistant.store.schema import profiles

DIGEST_DAY = "digest"
"""The key of the day the last digest ran, as 2026-11-20."""


def save_profile(connection: Connection, key: str, data: str) -> None:
    """Keeps `data`; the same key again replaces it."""
    drop_profile(connection, key)
    connection.execute(insert(profiles).values(key=key, data=data))


def load_profile(connection: Connection, key: str) -> str:
    """What is kept under `key`, or empty."""
    return str(connection.execute(select(profiles.c.data).where(profiles.c.key == key)).scalar() or "")


def drop_profile(connection: Connection, key: str) -> bool:
    """Whether there was anything to drop."""
    return connection.execute(delete(profiles).where(profiles.c.key == key)).rowcount > 0
