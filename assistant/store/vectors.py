"""Vectors beside the records, by text and embedder: what was embedded once is never embedded again.

The exact search over them is always right and always fresh; it is the answer of every process that does not own the
index, and of small books.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sqlalchemy import Connection, and_, delete, func, insert, select

from assistant.store.database import Store
from assistant.store.embedder import Embedder
from assistant.store.memo import remember
from assistant.store.schema import passages, vectors

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BATCH = 256


class Matrix(NamedTuple):
    """Passage ids and their vectors, row by row."""

    ids: tuple[str, ...]
    rows: NDArray[np.float32]


class NearHit(NamedTuple):
    """A passage's id and its cosine with the query, -1..1."""

    passage_id: str
    score: float


def embed_missing(store: Store, embedder: Embedder, progress: Callable[[int, int | None], None] | None = None) -> int:
    """Embeds every text that has no vector yet, batch by batch, each batch durable; gives how many."""
    with store.read() as connection:
        missing = _missing_texts(connection, embedder.name)
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        rows = embedder.embed([text for _, text in batch])
        with store.write() as connection:
            _save_vectors(connection, embedder.name, [key for key, _ in batch], rows)
        if progress:
            progress(start + len(batch), len(missing))
    return len(missing)


def _missing_texts(connection: Connection, embedder: str) -> list[tuple[str, str]]:
    known = and_(vectors.c.text_hash == passages.c.text_hash, vectors.c.embedder == embedder)
    query = (
        select(passages.c.text_hash, func.min(passages.c.text).label("text"))
        .outerjoin(vectors, known)
        .where(vectors.c.text_hash.is_(None))
        .group_by(passages.c.text_hash)
    )
    return [(row.text_hash, row.text) for row in connection.execute(query)]


def _save_vectors(connection: Connection, embedder: str, keys: list[str], rows: NDArray[np.float32]) -> None:
    # Another process may have embedded the same texts meanwhile; the vectors are equal, so either may stay.
    connection.execute(delete(vectors).where(vectors.c.embedder == embedder, vectors.c.text_hash.in_(keys)))
    # A text that was forgotten while it was being embedded must not come back as a vector.
    alive = set(connection.execute(select(passages.c.text_hash).where(passages.c.text_hash.in_(keys))).scalars())
    values = [
        {"embedder": embedder, "text_hash": key, "vector": row.astype("<f4").tobytes()}
        for key, row in zip(keys, rows, strict=True)
        if key in alive
    ]
    if values:
        connection.execute(insert(vectors), values)


def load_matrix(connection: Connection, embedder: Embedder) -> Matrix:
    """All passages that have a vector, in the order they were saved."""
    known = and_(vectors.c.text_hash == passages.c.text_hash, vectors.c.embedder == embedder.name)
    query = select(passages.c.id, vectors.c.vector).join(vectors, known).order_by(passages.c.seq)
    found = connection.execute(query).all()
    rows = np.frombuffer(b"".join(row.vector for row in found), dtype="<f4").reshape(-1, embedder.dimensions)
    return Matrix(tuple(row.id for row in found), rows)


def recall_matrix(connection: Connection, embedder: Embedder) -> Matrix:
    """The same, held in memory while no record changes."""
    return remember(connection, "matrix", lambda: load_matrix(connection, embedder), embedder.name)


def count_vectors(connection: Connection, embedder: str) -> int:
    """How many texts have a vector."""
    query = select(func.count()).select_from(vectors).where(vectors.c.embedder == embedder)
    return int(connection.execute(query).scalar_one())


def load_indexed_ids(connection: Connection, embedder: Embedder) -> frozenset[str]:
    """The ids of the passages that have a vector."""
    known = and_(vectors.c.text_hash == passages.c.text_hash, vectors.c.embedder == embedder.name)
    return frozenset(connection.execute(select(passages.c.id).join(vectors, known)).scalars())


def count_missing(connection: Connection, embedder: str) -> int:
    return len(_missing_texts(connection, embedder))


def find_near_exactly(
    matrix: Matrix, vector: NDArray[np.float32], k: int, within: Collection[str] | None = None
) -> tuple[NearHit, ...]:
    """The `k` nearest passages by cosine, best first; equal scores by id."""
    scores = matrix.rows @ vector
    if within is None:
        least = np.partition(scores, -k)[-k] if k < len(scores) else -np.inf
        places = np.flatnonzero(scores >= least).tolist()
    else:
        places = [i for i, one in enumerate(matrix.ids) if one in within]
    best = sorted(places, key=lambda place: (-float(scores[place]), matrix.ids[place]))[:k]
    return tuple(NearHit(matrix.ids[place], float(scores[place])) for place in best)


def drop_orphans(connection: Connection) -> int:
    """Forgets vectors whose text stands in no passage any more."""
    kept = select(passages.c.text_hash)
    return int(connection.execute(delete(vectors).where(vectors.c.text_hash.not_in(kept))).rowcount)
