"""Writing a file that another program reads: whole or not at all, and for the user's eyes only."""

from __future__ import annotations

from pathlib import Path

from assistant.atomic import write_atomically
from assistant.errors import OutboxError


def replace_file(path: Path, data: bytes) -> Path:
    """Puts `data` in the place of what was there, at once. Raises `OutboxError`, and then the old file still stands."""
    try:
        write_atomically(path, data)
    except OSError as error:
        raise OutboxError(f"{path}: cannot be written: {error.strerror}; choose another place") from None
    return path
