"""What was read of the whole book, held in memory for as long as no record changes.

One value a name and open store, let go with the store. It must never answer a transaction that writes: what that has
changed so far has no revision yet.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from assistant.store.revision import find_revision

T = TypeVar("T")

_HELD: WeakKeyDictionary[Engine, dict[str, tuple[object, object]]] = WeakKeyDictionary()


def remember(
    connection: Connection, name: str, load: Callable[[], T], about: object = None, *, until: object = None
) -> T:
    """What `load` reads, read again only when a record has changed or `about` is another than the last time.

    `load` gives a frozen value: it is shared by all who ask. Without a revision everybody reads for themselves.
    `until` is for what may lag behind: with it, changes of records do not count, only that `until` is another.
    """
    revision = find_revision(connection)
    if revision is None or connection.get_execution_options().get("immediate"):
        return load()
    held = _HELD.setdefault(connection.engine, {})
    state = (revision, about) if until is None else (until, about)
    known = held.get(name)
    if known is None or known[0] != state:
        known = (state, load())
        held[name] = known
    return cast(T, known[1])
