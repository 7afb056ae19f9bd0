"""What was shown and sent away, introductions found, and the user's own news: kept, and gone with the people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select

from assistant.domain import Record
from assistant.store import records, schema
from assistant.store.articles import ArticleReader, KeptArticle, load_articles, save_articles
from assistant.store.database import Store, open_store
from assistant.store.revision import read_revision
from assistant.store.suggestions import (
    FoundPair,
    ShownSuggestion,
    load_found_pairs,
    load_shown,
    save_dismissal,
    save_found_pairs,
    save_shown,
)

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def two(store: Store) -> tuple[str, str]:
    with store.write() as connection:
        ids = [
            records.save_record(connection, Record(name=name, source=name, where=name)).contact_id
            for name in ("Ana Ferreira", "Kwame Mensah")
        ]
    return ids[0], ids[1]


def row(key: str, people: tuple[str, ...], **more: object) -> ShownSuggestion:
    return ShownSuggestion(key, people, "give", "why", 1, TODAY)._replace(**more)


def article(number: int, readers: tuple[ArticleReader, ...] = (), kept: dt.date = TODAY) -> KeptArticle:
    return KeptArticle(f"w-{number:03}", f"Title {number}", f"https://news.example/{number}", TODAY, kept, readers)


def test_a_dismissal_is_kept_and_taken_back(store: Store, two: tuple[str, str]) -> None:
    with store.write() as connection:
        save_shown(connection, [row("u-1", two[:1]), row("u-2", two)], TODAY)
        assert save_dismissal(connection, "u-1", TODAY, None)
        assert not save_dismissal(connection, "u-9", TODAY, None)
    with store.read() as connection:
        first, second = load_shown(connection)
    assert (first.dismissed, first.until, first.is_away(TODAY + dt.timedelta(days=4000))) == (TODAY, None, True)
    assert second.people == two and not second.is_away(TODAY)
    with store.write() as connection:
        save_dismissal(connection, "u-1", None, None)
        assert not load_shown(connection)[0].is_away(TODAY)


def test_a_suggestion_is_away_until_its_day_and_not_on_it() -> None:
    one = row("u-1", ("c-1",), dismissed=TODAY, until=TODAY + dt.timedelta(days=30))
    assert one.is_away(TODAY + dt.timedelta(days=29)) and not one.is_away(TODAY + dt.timedelta(days=30))


def test_what_was_shown_long_ago_is_dropped_unless_it_was_sent_away_for_good(
    store: Store, two: tuple[str, str]
) -> None:
    old = TODAY - dt.timedelta(days=200)
    with store.write() as connection:
        save_shown(
            connection,
            [row("u-old", two, last=old), row("u-away", two, last=old, dismissed=old), row("u-new", two)],
            TODAY,
        )
        assert [one.key for one in load_shown(connection)] == ["u-away", "u-new"]


def test_everything_goes_with_either_person(store: Store, two: tuple[str, str]) -> None:
    reader = ArticleReader(two[1], "f-1", "tide gauges", TODAY, "n-1", "Gauges are cheap.", 0.8)
    with store.write() as connection:
        save_shown(connection, [row("u-1", two)], TODAY)
        save_found_pairs(connection, [FoundPair(*two, TODAY, "{}")])
        save_articles(connection, [article(1, (reader,))], TODAY)
        connection.execute(delete(schema.contacts).where(schema.contacts.c.id == two[1]))
        for table in (schema.suggestions, schema.found_pairs, schema.article_readers):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 0


def test_the_latest_twenty_articles_are_kept_for_thirty_days(store: Store) -> None:
    with store.write() as connection:
        save_articles(connection, [article(n, kept=TODAY - dt.timedelta(days=n)) for n in range(40)], TODAY)
        assert [one.id for one in load_articles(connection, TODAY)] == [f"w-{n:03}" for n in range(20)]
        save_articles(connection, [], TODAY + dt.timedelta(days=15))
        left = connection.execute(select(schema.articles.c.id)).scalars().all()
    assert sorted(left) == [f"w-{n:03}" for n in range(15)]


def test_keeping_the_same_article_again_writes_nothing(store: Store, two: tuple[str, str]) -> None:
    reader = ArticleReader(two[0], "f-1", "tide gauges", None, None, "Gauges are cheap.", 0.8)
    with store.write() as connection:
        save_articles(connection, [article(1, (reader,))], TODAY)
    before = read_revision(store)
    with store.write() as connection:
        save_articles(connection, [article(1, (reader,))], TODAY)
        assert load_articles(connection, TODAY) == (article(1, (reader,)),)
    assert read_revision(store) == before


def test_pairs_found_anew_replace_those_found_before(store: Store, two: tuple[str, str]) -> None:
    with store.write() as connection:
        save_found_pairs(connection, [FoundPair(*two, TODAY, "1")])
        save_found_pairs(connection, [FoundPair(two[1], two[0], TODAY, "2")])
        assert [one.data for one in load_found_pairs(connection, TODAY)] == ["2"]
        assert load_found_pairs(connection, TODAY + dt.timedelta(days=1)) == ()
