"""Run as a process of its own: opens an index folder and says by its exit code whether it is sound.

A damaged index can end the process that opens it; as an exit code that is harmless. It must never write.
"""

from __future__ import annotations

import sys

from assistant.store.index import COLLECTION

_SAMPLE = 20


def is_sound(folder: str) -> bool:
    """Whether every id has a vector, and a sample of vectors find themselves."""
    import chromadb
    from chromadb.config import Settings

    settings = Settings(
        _env_file=None,
        anonymized_telemetry=False,
        is_persistent=True,
        persist_directory=folder,
    )
    client = chromadb.PersistentClient(path=folder, settings=settings)
    collection = client.get_collection(COLLECTION, embedding_function=None)
    ids = collection.get(include=[])["ids"]
    if not ids:
        return bool(collection.count() == 0)
    sample = ids[:: max(1, len(ids) // _SAMPLE)][:_SAMPLE]
    held = collection.get(ids=sample, include=["embeddings"])
    found = collection.query(query_embeddings=held["embeddings"], n_results=min(5, len(ids)), include=["distances"])
    return all(
        near and distances[0] < 1e-3 for near, distances in zip(found["ids"], found["distances"] or (), strict=True)
    )


if __name__ == "__main__":
    sys.exit(0 if is_sound(sys.argv[1]) else 1)
