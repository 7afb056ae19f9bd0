from __future__ import annotations

import subprocess
from pathlib import Path

from assistant.launch import ui_command


def test_a_folder_of_the_users_is_not_taken_for_ours(tmp_path: Path) -> None:
    for name in ("ui", "assistant", "streamlit"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise SystemExit('somebody else')", encoding="utf-8")
    python_and_module = ui_command(0)[:4]
    done = subprocess.run([*python_and_module, "--help"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0 and "Usage: streamlit" in done.stdout


def test_the_screens_listen_to_this_machine_alone() -> None:
    assert "--server.address=127.0.0.1" in ui_command(8501)
    assert [one for one in ui_command(8501) if "allowedHosts" in one] == [
        "--server.allowedHosts=localhost",
        "--server.allowedHosts=127.0.0.1",
    ]
