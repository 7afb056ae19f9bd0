"""The embedder on this machine: a text has one vector, whatever stands beside it, and is not reckoned twice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from assistant.store import embedder
from assistant.store.embedder import MiniLM, shared_minilm

TEXTS = ["She keeps bees.", "An accountant for small charities", "He rows.", "Who could teach letterpress printing?"]


def test_a_text_has_the_same_vector_alone_and_beside_others() -> None:
    reckon = shared_minilm()._embed_all
    beside = reckon([*TEXTS, "a long line about tide gauges in forty small harbours " * 9])[:-1]
    alone = np.concatenate([reckon([text]) for text in TEXTS[:2]])
    assert np.allclose(beside[:2], alone, atol=1e-5)
    assert np.allclose(np.linalg.norm(beside, axis=1), 1.0, atol=1e-5)


def test_what_was_embedded_of_late_is_not_reckoned_again(monkeypatch: pytest.MonkeyPatch) -> None:
    reckoned: list[str] = []

    def embed_all(texts: Sequence[str]) -> object:
        reckoned.extend(texts)
        return np.array([[float(len(text))] for text in texts], np.float32).reshape(len(texts), 1)

    known = MiniLM()
    monkeypatch.setattr(known, "_embed_all", embed_all)
    monkeypatch.setattr(embedder, "_MOST_KNOWN", 2)
    assert known.embed(["a", "bb", "a", "ccc"]).tolist() == [[1.0], [2.0], [1.0], [3.0]]
    assert known.embed(["ccc", "bb"]).tolist() == [[3.0], [2.0]] and reckoned == ["a", "bb", "ccc"]
    assert known.embed(["a"]).tolist() == [[1.0]] and reckoned[3:] == ["a"], "only so many are kept"
    assert known.embed([]).shape == (0, MiniLM.dimensions)


def test_a_process_reads_the_model_once() -> None:
    assert shared_minilm() is shared_minilm()
