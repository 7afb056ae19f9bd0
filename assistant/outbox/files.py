"""Writing a file that another program reads: whole or not at all, and for the user's eyes only."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from assistant.errors import OutboxError


def replace_file(path: Path, data: bytes) -> Path:
    """Puts `data` in the place of what was there, at once. Raises `OutboxError`, and then the old file still stands."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.absolute().parent)
    except OSError as error:
        raise OutboxError(f"{path}: cannot be written: {error.strerror}; choose another place") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise OutboxError(f"{path}: cannot be written: {error.strerror}; choose another place") from None
    return path
