"""The marks of people who were forgotten, and taking the traces of what was deleted out of the files.

A mark is a salted hash: it tells whether an address is one of them, never whose it is. It must never hold a name, an
address or the id of a contact.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Collection, Iterable
from typing import NamedTuple, cast

from sqlalchemy import Connection, delete, func, insert, select, text

from assistant.errors import StoreError
from assistant.store.database import Store
from assistant.store.profiles import load_profile, save_profile
from assistant.store.schema import forgotten

LAST_PROMPT = "last_prompt.json"
"""What was last sent to a model, kept in the data folder by some settings; it goes with anybody who is forgotten."""

_SALT = "forgotten_salt"
_UNFINISHED = "forget_unfinished"


class Known(NamedTuple):
    """A kind of mark (`email`, `phone`, `link`, `name`, `record`) and the normal form of what it stands for."""

    kind: str
    value: str


def save_marks(connection: Connection, known: Iterable[Known], day: dt.date) -> None:
    """Keeps the marks of one person."""
    salt, person = _make_salt(connection), secrets.token_hex(8)
    rows = [{"kind": one.kind, "mark": _hash(salt, one), "person": person, "day": day} for one in dict.fromkeys(known)]
    connection.execute(insert(forgotten), rows)


def find_marked(connection: Connection, known: Collection[Known]) -> dict[Known, dt.date]:
    """Which of these stand for somebody who was forgotten, and the day it was."""
    salt = load_profile(connection, _SALT)
    if not salt or not known:
        return {}
    by_mark = {_hash(salt, one): one for one in known}
    query = select(forgotten.c.kind, forgotten.c.mark, forgotten.c.day).where(forgotten.c.mark.in_(by_mark))
    return {by_mark[row.mark]: row.day for row in connection.execute(query) if by_mark[row.mark].kind == row.kind}


def drop_marks(connection: Connection, known: Collection[Known]) -> int:
    """Lifts every mark of the people whom these stand for; gives how many people that were."""
    salt = load_profile(connection, _SALT)
    marks = [_hash(salt, one) for one in known]
    people = connection.execute(select(forgotten.c.person).distinct().where(forgotten.c.mark.in_(marks))).scalars()
    found = list(people) if salt else []
    connection.execute(delete(forgotten).where(forgotten.c.person.in_(found)))
    return len(found)


def count_forgotten(connection: Connection) -> int:
    return int(connection.execute(select(func.count(forgotten.c.person.distinct()))).scalar_one())


def _make_salt(connection: Connection) -> str:
    salt = load_profile(connection, _SALT)
    if not salt:
        salt = secrets.token_hex(32)
        save_profile(connection, _SALT, salt)
    return salt


def _hash(salt: str, one: Known) -> str:
    said = f"{one.kind}\x1f{one.value}".encode("utf-8", "surrogatepass")
    return hmac.new(bytes.fromhex(salt), said, hashlib.sha256).hexdigest()


# --- the files ----------------------------------------------------------------------------------------------------


def begin_erasure(connection: Connection) -> None:
    """Keeps, in the transaction that deletes, that the files still have to be cleared: a kill cannot lose it."""
    save_profile(connection, _UNFINISHED, "yes")


def is_unfinished(connection: Connection) -> bool:
    return bool(load_profile(connection, _UNFINISHED))


def finish_erasure(store: Store) -> bool:
    """Clears what deleting left in the files of the folder: words, free pages, the log, the index, the last prompt.

    May be done again after a kill at any point. False where another process keeps the files in use; then it is still
    to be done. What a database server keeps (its log, its backups) is for whoever runs it to clear.
    """
    from assistant.store.index import drop_indexes

    (store.home / LAST_PROMPT).unlink(missing_ok=True)
    gone = drop_indexes(store.home)
    if store.is_sqlite:
        with store.write() as connection:
            connection.execute(text("INSERT INTO words(words) VALUES ('rebuild')"))
        gone = _rewrite_file(store) and gone
    if gone:
        with store.write() as connection:
            save_profile(connection, _UNFINISHED, "")
    return gone


def _rewrite_file(store: Store) -> bool:
    """Writes the whole file anew and empties the log; whether nobody else was reading from the log."""
    with store.read() as connection:
        raw = cast(sqlite3.Connection, connection.connection.driver_connection)
        try:
            raw.execute("VACUUM")
            busy = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                return False
            raise StoreError(f"the records cannot be written anew: {error}; free disk space, then try again") from error
    return not busy
