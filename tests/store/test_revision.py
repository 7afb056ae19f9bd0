from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import make_url

from assistant.domain import Record
from assistant.store import records
from assistant.store.database import open_store
from assistant.store.revision import read_revision


def test_the_revision_changes_with_every_commit_of_any_process_and_not_by_reading(tmp_path: Path) -> None:
    mine, other = open_store(tmp_path), open_store(tmp_path)
    seen = [read_revision(mine)]
    for number in range(20):
        with other.write() as connection:
            records.save_record(connection, Record(name="Ana", source="test", where="", org=f"Firm {number}"))
        seen.append(read_revision(mine))
        with mine.read() as connection:
            assert records.count_contacts(connection) == 1
        assert read_revision(mine) == seen[-1]
    assert len(set(seen)) == len(seen)
    mine.close()
    other.close()


@pytest.mark.parametrize("url", ["postgresql+psycopg://host/book", "sqlite://"])
def test_where_no_file_tells_it_there_is_no_revision(url: str) -> None:
    store = SimpleNamespace(engine=SimpleNamespace(url=make_url(url)), is_sqlite=url.startswith("sqlite"))
    assert read_revision(store) is None  # type: ignore[arg-type]
