"""Full-text search over passages, kept in the same transaction as they are.

FTS5 with Porter stems on SQLite, `to_tsvector` on PostgreSQL. It must never take a user's words for query syntax.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Select, bindparam, text

from assistant.text import STOPWORDS, find_words, fold


class WordHit(NamedTuple):
    """A passage's id and how well it fits; higher is better."""

    passage_id: str
    score: float


def add_words(connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """`rows` are a passage's sequence number and its text."""
    if rows and connection.dialect.name == "sqlite":
        statement = text("INSERT INTO words(rowid, text) VALUES (:seq, :text)")
        connection.execute(statement, [{"seq": seq, "text": said} for seq, said in rows])


def drop_words(connection: Connection, chosen: Select[tuple[int]]) -> None:
    """Forgets the passages whose sequence numbers `chosen` selects."""
    if connection.dialect.name == "sqlite":
        numbers = [{"seq": row[0]} for row in connection.execute(chosen)]
        if numbers:
            connection.execute(text("DELETE FROM words WHERE rowid = :seq"), numbers)


def purge_words(connection: Connection) -> None:
    """Merges the word index, so that dropped words leave the file: FTS5 keeps them in old segments until then."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO words(words) VALUES ('optimize')"))


def search_words(connection: Connection, query: str, k: int) -> tuple[WordHit, ...]:
    """The `k` passages that share most with the query's words, best first (BM25 on SQLite)."""
    terms = query_terms(query)
    if not terms:
        return ()
    if connection.dialect.name == "sqlite":
        statement = text(
            "SELECT p.id AS id, -bm25(words) AS score FROM words JOIN passages p ON p.seq = words.rowid "
            "WHERE words MATCH :query ORDER BY bm25(words), p.id LIMIT :k"
        )
        wanted = " OR ".join(f'"{term}"' for term in terms)
    else:
        statement = text(
            "SELECT id, ts_rank_cd(to_tsvector('english', text), to_tsquery('english', :query)) AS score FROM passages "
            "WHERE to_tsvector('english', text) @@ to_tsquery('english', :query) ORDER BY score DESC, id LIMIT :k"
        )
        wanted = " | ".join(terms)
    rows = connection.execute(statement.bindparams(bindparam("query", wanted), bindparam("k", k)))
    return tuple(WordHit(row.id, float(row.score)) for row in rows)


def query_terms(query: str) -> tuple[str, ...]:
    """The words of a query as bare letters and digits, at most 64; all of them if only stopwords are there."""
    words = [part for word in find_words(query) for part in re.findall(r"[^\W_]+", fold(word.text))]
    telling = [word for word in words if word not in STOPWORDS]
    return tuple(dict.fromkeys(telling or words))[:64]
