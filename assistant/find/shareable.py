"""News the user read of late that somebody would care about and has not had from them yet.

It must never name anybody by what is private, outdated or hearsay by now, nor bring news to somebody who wants none,
and it reads no article: who would care was found when the article was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import Connection

from assistant.domain import Channel, Contact, DraftKind, DraftRequest, DraftState, Evidence, Visibility
from assistant.store import readings, records
from assistant.store.articles import ArticleReader, KeptArticle, load_articles

_MOST = 40  # pairs looked at closely, the closest first
_SENT = (DraftState.SENT, DraftState.REPLIED)


class Shareable(NamedTuple):
    """An article and one who would care about it."""

    article: KeptArticle
    reader: ArticleReader


def load_shareable(
    connection: Connection, people: Iterable[Contact], today: dt.date, ids: Collection[str] | None = None
) -> tuple[Shareable, ...]:
    """What could be shared with these `people` (of them only `ids`), the closest first. Work is bounded."""
    articles = load_articles(connection, today)
    if not articles:
        return ()
    open_to = {one.id: one for one in people if not (one.me or one.do_not_contact) and (ids is None or one.id in ids)}
    pairs = [Shareable(one, reader) for one in articles for reader in one.readers if reader.contact_id in open_to]
    pairs = sorted(pairs, key=lambda one: (-one.reader.score, one.article.id, one.reader.contact_id))[:_MOST]
    readers = {one.reader.contact_id for one in pairs}
    told = {one: _load_told(connection, open_to[one]) for one in sorted(readers)}
    seen = _find_seen(connection, articles, readers)
    return tuple(
        one
        for one in pairs
        if (one.article.id, one.reader.contact_id) not in seen
        and is_standing(one.reader.evidence, told[one.reader.contact_id])
        and not _wants_none(open_to[one.reader.contact_id], told[one.reader.contact_id], one.article.title, today)
    )


def is_standing(evidence_id: str, told: Iterable[Evidence]) -> bool:
    """Whether this evidence is still told, and may count."""
    return any(
        one.id == evidence_id
        and not (one.superseded or one.negated or one.hearsay or one.visibility is Visibility.PRIVATE)
        for one in told
    )


def _load_told(connection: Connection, contact: Contact) -> tuple[Evidence, ...]:
    from assistant.find.book import load_evidence
    from assistant.find.corpus import record_line

    facts, notes = readings.load_facts(connection, [contact.id]), records.load_notes(connection, [contact.id])
    line = record_line(contact)
    return (*load_evidence(connection, [contact], facts, notes), *((line,) if line else ()))


def _find_seen(
    connection: Connection, articles: Iterable[KeptArticle], readers: Collection[str]
) -> set[tuple[str, str]]:
    """Article and contact of all that was sent already."""
    if not readers:
        return set()
    from assistant.find.news import find_seen
    from assistant.sources.articles import Article

    drafts = readings.load_drafts_in(connection, _SENT, readers)
    sent = [one for one in drafts if one.kind is DraftKind.NEWS_SHARE]
    return {
        (one.id, who)
        for one in articles
        for who in find_seen(sent, Article(title=one.title, text="", link=one.link), {})
    }


def _wants_none(contact: Contact, told: tuple[Evidence, ...], title: str, today: dt.date) -> bool:
    from assistant.sources.wishes import find_wish

    requests = (
        DraftRequest(kind=DraftKind.NEWS_SHARE, to=contact.id, about=title, channel=one)
        for one in (Channel.EMAIL, Channel.CALL)
    )
    return all(find_wish(told, one, today, contact) is not None for one in requests)
