"""The user's own news of late: headline, link and date of each article, and who of the book would care.

The latest few are kept, for a month. It must never hold an article's text, nor fetch one.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from assistant.store.schema import article_readers, articles

MOST_ARTICLES = 20
KEPT_DAYS = 30


class ArticleReader(NamedTuple):
    """Somebody who would care: `evidence` is the id of what is known of them, `sentence` stands in the article."""

    contact_id: str
    evidence: str
    quote: str
    date: dt.date | None
    note_id: str | None
    sentence: str
    score: float


class KeptArticle(NamedTuple):
    """An article and its readers; `kept` is the day it was last brought in."""

    id: str
    title: str
    link: str
    date: dt.date | None
    kept: dt.date
    readers: tuple[ArticleReader, ...]


def load_articles(connection: Connection, today: dt.date) -> tuple[KeptArticle, ...]:
    """The articles of the last days, the latest first."""
    since = today - dt.timedelta(days=KEPT_DAYS)
    rows = connection.execute(
        select(articles).where(articles.c.kept > since).order_by(articles.c.kept.desc(), articles.c.id)
    ).all()
    readers: dict[str, list[ArticleReader]] = {row.id: [] for row in rows}
    if rows:
        query = select(article_readers).where(article_readers.c.article_id.in_(list(readers)))
        for row in connection.execute(query.order_by(article_readers.c.contact_id)):
            readers[row.article_id].append(_reader(row.contact_id, row.data))
    return tuple(KeptArticle(row.id, row.title, row.link, row.date, row.kept, tuple(readers[row.id])) for row in rows)


def _reader(contact_id: str, data: str) -> ArticleReader:
    read = json.loads(data)
    day = dt.date.fromisoformat(read["date"]) if read["date"] else None
    return ArticleReader(**{**read, "contact_id": contact_id, "date": day})


def save_articles(connection: Connection, found: Sequence[KeptArticle], today: dt.date) -> None:
    """Keeps these, known ones anew, and drops what is too old or too much. Writes nothing where nothing changes."""
    known = {one.id: one for one in load_articles(connection, today)}
    for one in found:
        ordered = one._replace(readers=tuple(sorted(one.readers, key=lambda reader: reader.contact_id)))
        if known.get(one.id) != ordered:
            connection.execute(delete(articles).where(articles.c.id == one.id))
            _insert(connection, one)
    drop_old_articles(connection, today)


def _insert(connection: Connection, one: KeptArticle) -> None:
    values = {name: getattr(one, name) for name in ("id", "title", "link", "date", "kept")}
    connection.execute(insert(articles).values(values))
    rows = [
        {
            "article_id": one.id,
            "contact_id": reader.contact_id,
            "data": json.dumps({**reader._asdict(), "date": reader.date.isoformat() if reader.date else None}),
        }
        for reader in one.readers
    ]
    if rows:
        connection.execute(insert(article_readers), rows)


def drop_old_articles(connection: Connection, today: dt.date) -> None:
    """Drops what is older than a month or not among the latest."""
    latest = [one.id for one in load_articles(connection, today)[:MOST_ARTICLES]]
    old = connection.execute(select(articles.c.id).where(articles.c.id.not_in(latest))).scalars().all()
    if old:
        connection.execute(delete(articles).where(articles.c.id.in_(old)))
