from __future__ import annotations

import datetime as dt
from pathlib import Path

from assistant.store.kept import FOLDER, KeptAnswer, drop_answers, load_answer, save_answer

TODAY = dt.date(2026, 11, 20)
ANSWER = KeptAnswer("7", b'["Ana"]\n["Maren"]')


def test_an_answer_is_given_as_it_was_kept_for_that_day_and_name_alone(tmp_path: Path) -> None:
    assert load_answer(tmp_path, "due:", TODAY) is None
    save_answer(tmp_path, "due:", TODAY, ANSWER)
    assert load_answer(tmp_path, "due:", TODAY) == ANSWER
    assert load_answer(tmp_path, "due:", TODAY + dt.timedelta(days=1)) is None
    assert load_answer(tmp_path, "balance:", TODAY) is None


def test_nobody_else_may_read_it_and_nothing_else_is_left(tmp_path: Path) -> None:
    for number in range(3):
        save_answer(tmp_path, "due:", TODAY, KeptAnswer(str(number), b"[]"))
    (file,) = (tmp_path / FOLDER).iterdir()
    assert file.stat().st_mode & 0o077 == 0 and file.parent.stat().st_mode & 0o077 == 0
    drop_answers(tmp_path)
    assert not (tmp_path / FOLDER).exists()


def test_a_damaged_answer_is_none(tmp_path: Path) -> None:
    save_answer(tmp_path, "due:", TODAY, ANSWER)
    (file,) = (tmp_path / FOLDER).iterdir()
    for data in (b"", b"{", b"[]\n[]", b"\x00" * 40, file.read_bytes().replace(b'"form": 1', b'"form": 0')):
        file.write_bytes(data)
        assert load_answer(tmp_path, "due:", TODAY) is None
