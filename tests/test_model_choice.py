from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from assistant.errors import SettingsError
from assistant.model_choice import ModelChoice, choose_model, is_readable_on_the_way, settings_with
from assistant.settings import read_settings

LOCAL = "http://127.0.0.1:11434/v1"
KEY = SecretStr("sk-very-secret-key")


def kept(home: Path) -> dict[str, Any]:
    return tomllib.loads((home / "settings.toml").read_text(encoding="utf-8"))


def test_a_key_is_written_only_where_the_user_wants_it(tmp_path: Path) -> None:
    choose_model(tmp_path, ModelChoice(model="gpt", url="", key=KEY))
    assert "model_key" not in kept(tmp_path)
    choose_model(tmp_path, ModelChoice(model="gpt", url="", key=KEY, keep_key=True))
    assert kept(tmp_path)["model_key"] == KEY.get_secret_value()


def test_a_key_never_goes_to_a_server_it_was_not_given_for(tmp_path: Path) -> None:
    choose_model(tmp_path, ModelChoice(model="gpt", url="", key=KEY, keep_key=True))
    moved = ModelChoice(model="tiny", url=LOCAL)
    assert not settings_with(read_settings(tmp_path), moved).model_key.get_secret_value()
    chosen = choose_model(tmp_path, moved)
    assert "model_key" not in kept(tmp_path) and "another server" in chosen.notes[0]
    assert KEY.get_secret_value() not in chosen.model_dump_json()


def test_the_same_server_keeps_its_key(tmp_path: Path) -> None:
    choose_model(tmp_path, ModelChoice(model="gpt", url="", key=KEY, keep_key=True))
    chosen = choose_model(tmp_path, ModelChoice(model="gpt-2"))
    assert kept(tmp_path) == {"model": "gpt-2", "model_url": "", "model_key": KEY.get_secret_value()}
    assert chosen.notes == ()


def test_no_address_is_a_setting_to_mend_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="model_url"):
        choose_model(tmp_path, ModelChoice(model="gpt", url="localhost:11434"))
    assert not (tmp_path / "settings.toml").exists()


@pytest.mark.parametrize(
    ("url", "open_to_all"),
    [
        (LOCAL, False),
        ("http://localhost:1/v1", False),
        ("http://[::1]:1/v1", False),
        ("https://api.example/v1", False),
        ("", False),
        ("http://10.0.0.7:11434/v1", True),
        ("http://127.0.0.1.example/v1", True),
    ],
)
def test_what_leaves_the_machine_without_encryption_is_said(tmp_path: Path, url: str, open_to_all: bool) -> None:
    assert is_readable_on_the_way(url) is open_to_all
    notes = choose_model(tmp_path, ModelChoice(model="m", url=url)).notes
    assert any("https://" in one for one in notes) is open_to_all
