from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.errors import SettingsError
from assistant.settings import read_settings
from assistant.settings_file import save_settings, write_private


def test_what_is_saved_is_read_again_and_only_the_user_may_read_the_file(tmp_path: Path) -> None:
    file = save_settings(tmp_path, {"model": "llama3.2", "model_price_in": 0.15})
    known = read_settings(tmp_path)
    assert (known.model, known.model_price_in) == ("llama3.2", 0.15)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_other_lines_of_the_user_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('# mine\nmodel = "old"  # was slow\nfetch = "on"', encoding="utf-8")
    save_settings(tmp_path, {"model": "new", "model_url": "http://127.0.0.1:1/v1"})
    text = (tmp_path / "settings.toml").read_text(encoding="utf-8")
    assert text == '# mine\nmodel = "new"\nfetch = "on"\nmodel_url = "http://127.0.0.1:1/v1"\n'


def test_a_setting_taken_out_has_its_default_again(tmp_path: Path) -> None:
    save_settings(tmp_path, {"model": "one", "model_key": "k"})
    save_settings(tmp_path, {"model_key": None})
    assert (tmp_path / "settings.toml").read_text(encoding="utf-8") == 'model = "one"\n'


@pytest.mark.parametrize("text", ['model = """\none\n"""\n', "model = [\n", "= 3\n"])
def test_a_file_written_in_another_way_is_left_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        save_settings(tmp_path, {"model": "new"})
    assert (tmp_path / "settings.toml").read_text(encoding="utf-8") == text


def test_a_value_no_setting_takes_is_never_written(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="model_price_in"):
        save_settings(tmp_path, {"model_price_in": -1.0})
    assert not (tmp_path / "settings.toml").exists()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=30))
def test_whatever_a_model_is_called_it_is_read_as_it_was_given_or_refused(tmp_path: Path, name: str) -> None:
    try:
        file = save_settings(tmp_path, {"model": name})
    except (SettingsError, UnicodeEncodeError):
        return
    assert tomllib.loads(file.read_text(encoding="utf-8"))["model"] == name


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_private(tmp_path / "a.json", b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SettingsError, match="No space left"):
        write_private(tmp_path / "a.json", b"new")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.json", b"old")]
