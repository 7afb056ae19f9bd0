"""Until which day a person shall not be brought up as due. Goes with the person; it must never hold a reason."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, delete, insert, select

from assistant.store.schema import snoozes


def save_snooze(connection: Connection, contact_id: str, until: dt.date) -> None:
    """Puts the person off until that day; a second time replaces the first."""
    drop_snooze(connection, contact_id)
    connection.execute(insert(snoozes).values(contact_id=contact_id, until=until))


def drop_snooze(connection: Connection, contact_id: str) -> bool:
    """Whether there was anything to drop."""
    return connection.execute(delete(snoozes).where(snoozes.c.contact_id == contact_id)).rowcount > 0


def load_snoozes(connection: Connection) -> dict[str, dt.date]:
    """The day until which each snoozed contact is put off, past days too."""
    return {row.contact_id: row.until for row in connection.execute(select(snoozes))}
