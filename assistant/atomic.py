"""Writing a file at once: whole or not at all, durable at return, and for the user's eyes only.

It must never leave half a file or a stray one. Whoever writes says in their own words what went wrong.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


def write_atomically(path: Path, data: bytes) -> None:
    """Puts `data` in the place of what was there, readable by the user alone (0600). Raises `OSError`; then the old
    file still stands."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.absolute().parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    finally:
        with contextlib.suppress(OSError):  # gone where it took its place
            os.unlink(name)
