"""Writing `settings.toml`: the values given are put in, every other line of the user's stays as it is.

It must never leave half a file, widen who may read it, or change a setting that was not named.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.atomic import write_atomically
from assistant.errors import SettingsError
from assistant.settings import FILE_NAME, read_settings

Given = str | float | None
"""What a setting is to be; None takes it out of the file, so that its default holds again."""


def save_settings(home: Path, changes: Mapping[str, Given]) -> Path:
    """Puts `changes` into the settings file of `home`, made 0600 where there is none; gives its place.

    Raises `SettingsError` for a value no setting takes, and for a file that cannot be read or written.
    """
    read_settings(home, **{name: value for name, value in changes.items() if value is not None})
    path = home / FILE_NAME
    before = _read(path)
    after = before
    for name, value in changes.items():
        after = _put(after, name, value)
    if _parse(after, path) != _merge(_parse(before, path), changes):
        raise SettingsError(f"{path}: written in a way that is not understood here; put the setting in by hand")
    write_private(path, after.encode())
    return path


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not readable ({error}); mend or delete it") from error


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not readable as TOML ({error}); mend or delete it") from error


def _merge(known: Mapping[str, Any], changes: Mapping[str, Given]) -> dict[str, Any]:
    return {name: value for name, value in {**known, **changes}.items() if value is not None}


def _put(text: str, name: str, value: Given) -> str:
    """The text with the line of `name` replaced, added at its end, or taken out."""
    # JSON's strings and numbers are TOML's too; what is not, the parse above finds.
    line = "" if value is None else f"{name} = {json.dumps(value, ensure_ascii=False)}\n"
    found = re.compile(rf"^[ \t]*{re.escape(name)}[ \t]*=.*(?:\n|\Z)", re.MULTILINE)
    if found.search(text):
        return found.sub(lambda _old: line, text, count=1)
    return text + ("\n" if text and not text.endswith("\n") and line else "") + line


def write_private(path: Path, data: bytes) -> None:
    """Replaces a file at once by one that only the user may read (0600), durable at return. Raises `SettingsError`."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(path, data)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written: {error.strerror}; make room, or mend who owns it") from error
