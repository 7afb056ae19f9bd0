"""The derived vector index in Chroma: ids and vectors, no text, no names; a cache one may delete.

One process owns it by a lock and keeps it in step; every other process searches the stored vectors exactly. Two
processes on one Chroma folder lose vectors without a word, and damaged files can end the process that opens them, so
the owner has it audited by a child process first, and any doubt means building it again. It must never be the only
place where anything is kept.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from filelock import FileLock, Timeout

from assistant.errors import VectorIndexError
from assistant.store.database import Store
from assistant.store.embedder import Embedder
from assistant.store.forgotten import load_forgotten
from assistant.store.memo import remember
from assistant.store.vectors import Matrix, NearHit, find_near_exactly, load_indexed_ids, load_matrix, recall_matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection

COLLECTION = "passages"
MARK = "complete.json"
_BATCH = 4000
_AUDIT_SECONDS = 60


class VectorIndex:
    """Finds near passages: through Chroma where this process owns the index, exactly where it does not."""

    def __init__(self, store: Store, embedder: Embedder, server: str = "") -> None:
        self._store = store
        self._embedder = embedder
        self._server = server
        self._lock = FileLock(str(store.home / "index.lock"), mode=0o600)
        self._client: Any = None
        self._folder: Path | None = None
        self._collection: Any = None
        self._ids: frozenset[str] = frozenset()
        with store.read() as connection:
            self._forgotten = load_forgotten(connection)
        self._gave_up = False

    @property
    def is_owner(self) -> bool:
        return self._collection is not None

    def own(self, build: bool = True) -> bool:
        """Takes the lock and brings the index in step; False if another process has it. Never raises for damage.

        With `build` false an index that was never built is left to whoever has the time.
        """
        if self.is_owner:
            return True
        if self._gave_up or self._has_forgotten():
            return False
        if not build and not self._server and self._newest() is None:
            return False
        if not self._server:
            try:
                self._lock.acquire(timeout=0)
            except Timeout:
                return False
        try:
            self._open_or_build()
        except VectorIndexError:
            self.release()
            return False
        return True

    def release(self) -> None:
        """Closes the index and gives the lock back."""
        if self._client is not None:
            with contextlib.suppress(AttributeError), _translated():
                self._client.close()
        self._client = self._collection = self._folder = None
        self._ids = frozenset()
        if self._lock.is_locked:
            self._lock.release()

    def near(self, vector: NDArray[np.float32], k: int, within: Collection[str] | None = None) -> tuple[NearHit, ...]:
        """The `k` nearest passages, best first; `within` keeps to these ids."""
        with self._store.read() as connection:
            if not self.is_owner:
                return find_near_exactly(recall_matrix(connection, self._embedder), vector, k, within)
            present = self._load_present(connection)
        if not self._is_dropped() and present != self._ids:
            self.sync()
        if self._is_dropped():
            self.give_up()
            return self.near(vector, k, within)
        return self._query(vector, k, within)

    def _has_forgotten(self) -> bool:
        """Whether anybody was forgotten, by whatever process, since this one opened the records."""
        with self._store.read() as connection:
            return load_forgotten(connection) != self._forgotten

    def give_up(self) -> None:
        """Leaves the index to a process that starts anew, and searches exactly from here on.

        Chroma writes memory it has not filled into its files. In a process that once held the vectors of somebody who
        is forgotten, that may be those.
        """
        self.release()
        self._gave_up = True

    def _load_present(self, connection: Connection) -> frozenset[str]:
        name = self._embedder.name
        return remember(connection, "indexed ids", lambda: load_indexed_ids(connection, self._embedder), name)

    def _is_dropped(self) -> bool:
        """Whether another process took the folder away, as forgetting somebody does."""
        return self._folder is not None and not (self._folder / MARK).is_file()

    def _query(self, vector: NDArray[np.float32], k: int, within: Collection[str] | None) -> tuple[NearHit, ...]:
        wanted = list(self._ids & set(within)) if within is not None else None
        size = min(k, len(wanted) if wanted is not None else len(self._ids))
        if size <= 0:
            return ()
        with _translated():
            found = self._collection.query(query_embeddings=[vector], n_results=size, ids=wanted, include=["distances"])
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return tuple(sorted((NearHit(one, 1.0 - float(d)) for one, d in pairs), key=lambda hit: (-hit.score, hit[0])))

    def sync(self) -> None:
        """Adds what is missing and drops what is gone."""
        with self._store.read() as connection:
            matrix = load_matrix(connection, self._embedder)
        present = _passage_ids(matrix)
        with _translated():
            gone = list(self._ids - present)
            for start in range(0, len(gone), _BATCH):
                self._collection.delete(ids=gone[start : start + _BATCH])
            _add(self._collection, matrix, present - self._ids)
        self._ids = present

    def rebuild(self) -> int:
        """Builds the index again from the stored vectors, aside, and swaps it in; gives how many it holds."""
        if self._gave_up or self._has_forgotten():
            raise VectorIndexError(
                "somebody was forgotten while this was open; close givefirst, start it, and try again"
            )
        if not self.is_owner and not self._server:
            try:
                self._lock.acquire(timeout=5)
            except Timeout:
                raise VectorIndexError(
                    "another givefirst process owns the index; close the screens and try again"
                ) from None
        self._build()
        return len(self._ids)

    # --- files ------------------------------------------------------------------------------------------------

    def _open_or_build(self) -> None:
        with self._store.read() as connection:
            present = self._load_present(connection)
        if self._server:
            self._open_server()
            self.sync()
            return
        folder = self._newest()
        if folder is not None and audit_index(folder):
            self._open(folder)
            with _translated():
                self._ids = frozenset(self._collection.get(include=[])["ids"])
            if self._ids != present:
                self.sync()
        else:
            self._build()

    def _folders(self) -> list[Path]:
        found = self._store.home.glob(f"index-{self._embedder.name}-*")
        return sorted((one for one in found if one.name.rpartition("-")[2].isdigit()), key=_generation)

    def _newest(self) -> Path | None:
        whole = [one for one in self._folders() if (one / MARK).is_file()]
        return whole[-1] if whole else None

    def _build(self) -> None:
        folders = self._folders()
        # Never the number of a folder that is still open, even if it is gone: Chroma would give the old one again.
        number = max((_generation(one) for one in (*folders, *filter(None, [self._folder]))), default=0) + 1
        folder = self._store.home / f"index-{self._embedder.name}-{number}"
        before = self._folder
        folder.mkdir(mode=0o700)
        if self._client is not None:
            with contextlib.suppress(AttributeError), _translated():
                self._client.close()
        self._open(folder)
        with self._store.read() as connection:
            matrix = load_matrix(connection, self._embedder)
        with _translated():
            _add(self._collection, matrix, _passage_ids(matrix))
        self._ids = _passage_ids(matrix)
        (folder / MARK).write_text(json.dumps({"embedder": self._embedder.name}), encoding="utf-8")
        _close_to_others(folder)
        for old in (*folders, *filter(None, [before])):
            shutil.rmtree(old, ignore_errors=True)

    def _open(self, folder: Path) -> None:
        self._folder = folder
        with _translated():
            import chromadb
            from chromadb.config import Settings

            # Explicit settings: Chroma would read a `.env` of whatever folder the program was started in.
            settings = Settings(
                _env_file=None,
                anonymized_telemetry=False,
                is_persistent=True,
                persist_directory=str(folder),
            )
            self._client = chromadb.PersistentClient(path=str(folder), settings=settings)
            self._collection = _open_collection(self._client, self._embedder)

    def _open_server(self) -> None:
        from urllib.parse import urlsplit

        place = urlsplit(self._server)
        with _translated():
            import chromadb

            self._client = chromadb.HttpClient(
                host=place.hostname or "localhost", port=place.port or 8000, ssl=place.scheme == "https"
            )
            self._collection = _open_collection(self._client, self._embedder)
            self._ids = frozenset(self._collection.get(include=[])["ids"])


def drop_indexes(home: Path) -> bool:
    """Takes every index folder away, whoever has it open: its owner builds a new one. Whether all of them are gone."""
    folders = [one for one in home.glob("index-*-*") if one.is_dir()]
    for folder in folders:
        (folder / MARK).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
    return not any(one.exists() for one in folders)


def _passage_ids(matrix: Matrix) -> frozenset[str]:
    return frozenset(matrix.ids)


def _generation(folder: Path) -> int:
    return int(folder.name.rpartition("-")[2])


def _open_collection(client: Any, embedder: Embedder) -> Any:
    return client.get_or_create_collection(
        COLLECTION, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )


def _add(collection: Any, matrix: Matrix, wanted: Collection[str]) -> None:
    places = [place for place, one in enumerate(matrix.ids) if one in wanted]
    for start in range(0, len(places), _BATCH):
        batch = places[start : start + _BATCH]
        collection.upsert(ids=[matrix.ids[place] for place in batch], embeddings=matrix.rows[batch])


def _close_to_others(folder: Path) -> None:
    for one in folder.rglob("*"):
        one.chmod(0o700 if one.is_dir() else 0o600)


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    """Chroma's failures as ours: this is their one door."""
    try:
        from chromadb.errors import ChromaError
    except ImportError as error:
        raise VectorIndexError("chromadb is not installed; run `pip install givefirst` again") from error
    try:
        yield
    except (ChromaError, ValueError, RuntimeError, OSError, KeyError) as error:
        raise VectorIndexError(
            f"the vector index cannot be used ({type(error).__name__}); run `givefirst reindex`"
        ) from error


def audit_index(folder: Path) -> bool:
    """Whether a child process can open the index and find a sample of its vectors by themselves."""
    command = [sys.executable, "-P", "-m", "assistant.store.audit", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_AUDIT_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
