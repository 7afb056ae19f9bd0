from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.errors import OutboxError
from assistant.outbox.files import replace_file


def test_a_file_is_replaced_whole_and_is_the_users_own(tmp_path: Path) -> None:
    path = tmp_path / "digest.eml"
    path.write_bytes(b"yesterday's, and much longer")
    assert replace_file(path, b"today's") == path
    assert path.read_bytes() == b"today's" and path.stat().st_mode & 0o777 == 0o600
    assert os.listdir(tmp_path) == ["digest.eml"]


def test_a_fault_leaves_what_was_there_and_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "digest.eml"
    path.write_bytes(b"yesterday's")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutboxError, match="No space left on device; choose another place"):
        replace_file(path, b"today's")
    assert path.read_bytes() == b"yesterday's" and os.listdir(tmp_path) == ["digest.eml"]


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutboxError, match="cannot be written"):
        replace_file(tmp_path / "nowhere" / "digest.eml", b"")
