"""Questions put to the whole book: who could advise, who would care about this news, what event would bring people on.

Loads, lets `find` do the thinking, and leaves out whom a standing wish or do-not-contact keeps from being written to.
It must never list somebody of whom only a confidence speaks.
"""

from __future__ import annotations

import datetime as dt
import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from assistant.domain import (
    Channel,
    Contact,
    Draft,
    DraftKind,
    DraftRequest,
    DraftState,
    Evidence,
    FactKind,
    Favour,
    FavourKind,
    make_id,
)
from assistant.errors import EmbedderError, GivefirstError
from assistant.find.advisors import KNOWING, Advisor, choose_panel, find_advisors, read_sorts
from assistant.find.balance import load_ledger, weigh_balance
from assistant.find.corpus import Embed, load_corpus
from assistant.find.events import (
    SHARING,
    EventPart,
    EventPlan,
    choose_plans,
    find_sides,
    find_topics,
    holds,
    plan_event,
)
from assistant.find.evidence import fact_evidence, private_evidence
from assistant.find.grouping import by_contact
from assistant.find.history import read_history
from assistant.find.news import CARING, NewsItem, NewsMatches, NewsReader, find_readers, find_seen
from assistant.find.sentences import note_evidence
from assistant.find.strength import find_strengths
from assistant.find.touches import all_touches
from assistant.sources.articles import Article
from assistant.sources.wishes import find_wish
from assistant.store import readings, records
from assistant.store.articles import MOST_ARTICLES, ArticleReader, KeptArticle, save_articles
from assistant.store.database import Store
from assistant.store.embedder import Embedder
from assistant.store.memo import remember
from assistant.store.vectors import Matrix, recall_matrix

_YEAR = 365
_CHANNELS = (Channel.EMAIL, Channel.CALL, Channel.MESSAGE)


def ask_network(
    connection: Connection, embedder: Embedder | None, question: str, k: int, today: dt.date
) -> tuple[Advisor, ...]:
    """At most `k` people who could advise and differ in field and background; empty where nobody's evidence answers."""
    if not question.strip():
        raise GivefirstError("nothing is asked; write your question")
    if k < 1:
        raise GivefirstError(f"{k} people are none; ask for one at least")
    matrix, embed = load_meaning(connection, embedder)
    found = find_advisors(load_corpus(connection, matrix, embed, KNOWING, private=True), question, embed)
    ways = find_ways(connection, [contact for _, contact in found], DraftKind.ASK, question, today)
    open_to = {one.contact_id: (one, contact) for one, contact in found if one.contact_id in ways}
    chosen = choose_panel(
        {one: advisor.score for one, (advisor, _) in open_to.items()},
        {one: read_sorts(contact) for one, (_, contact) in open_to.items()},
        k,
    )
    warmth = load_warmth(connection, today)
    ledger = load_ledger(connection, chosen)
    names = find_names(connection)
    return tuple(
        _complete(*open_to[one], question, ways[one], warmth.get(one, 0.0), ledger, names, today) for one in chosen
    )


def _complete(
    advisor: Advisor,
    contact: Contact,
    question: str,
    channel: Channel,
    warmth: float,
    ledger: Sequence[Favour],
    names: Mapping[str, str],
    today: dt.date,
) -> Advisor:
    mine = [one for one in ledger if one.contact_id == contact.id]
    asked = [one for one in mine if one.kind is FavourKind.ASKED]
    lately = sum(one.date is None or 0 <= (today - one.date).days < _YEAR for one in asked)
    return advisor.model_copy(
        update={
            "warmth": warmth,
            "load": lately,
            "balance": weigh_balance(contact, mine).said,
            "channel": channel,
            "draft": draft_command(DraftKind.ASK, names[contact.id], question, channel),
        }
    )


# --- news -------------------------------------------------------------------------------------------------------

MOST_READERS = 10  # of one article


def match_news(
    connection: Connection, embedder: Embedder | None, articles: Sequence[Article], today: dt.date
) -> NewsMatches:
    """Who would care about each article, with why; articles nobody would care about come last."""
    matrix, embed = load_meaning(connection, embedder)
    corpus = load_corpus(connection, matrix, embed, CARING, private=False)
    sent = [
        one
        for one in readings.load_drafts_in(connection, (DraftState.SENT, DraftState.REPLIED))
        if one.kind is DraftKind.NEWS_SHARE
    ]
    warmth, names = load_warmth(connection, today), find_names(connection)
    items = []
    for article in articles:
        found = find_readers(corpus, article, embed)
        ways = find_ways(connection, [contact for _, contact in found], DraftKind.NEWS_SHARE, article.title, today)
        readers = [one for one, _ in found if one.contact_id in ways][:MOST_READERS]
        seen = _find_seen(connection, sent, article)
        items.append(
            NewsItem(
                title=article.title,
                link=article.link,
                date=article.date,
                readers=tuple(_share(one, article, seen, ways, warmth, names) for one in readers),
            )
        )
    return NewsMatches(items=tuple(sorted(items, key=lambda one: -max((r.score for r in one.readers), default=0.0))))


def keep_news(store: Store, found: NewsMatches, today: dt.date) -> None:
    """Remembers the articles somebody would care about, without their text; writes nothing where all is kept."""
    kept = [
        KeptArticle(
            make_id("w", one.link or one.title),
            one.title,
            one.link,
            one.date,
            today,
            tuple(
                ArticleReader(
                    reader.contact_id,
                    reader.evidence,
                    reader.quote,
                    reader.date,
                    reader.note_id,
                    reader.sentence,
                    reader.score,
                )
                for reader in one.readers
            ),
        )
        for one in found.items[:MOST_ARTICLES]
        if one.readers
    ]
    if kept:
        with store.write() as connection:
            save_articles(connection, kept, today)


def _find_seen(connection: Connection, sent: Sequence[Draft], article: Article) -> dict[str, dt.date | None]:
    days = {one.id: one.when for one in readings.load_interactions(connection, [one.to for one in sent])}
    return find_seen(sent, article, days)


def _share(
    reader: NewsReader,
    article: Article,
    seen: Mapping[str, dt.date | None],
    ways: Mapping[str, Channel],
    warmth: Mapping[str, float],
    names: Mapping[str, str],
) -> NewsReader:
    """The command holds the headline, what in it speaks to this one, and the link; the view on it is the user's own."""
    more = reader.sentence.rstrip(".") + "." if reader.sentence != article.title else ""
    about = " ".join(part for part in (f"{article.title}." if more else article.title, more, article.link) if part)
    who = reader.contact_id
    command = draft_command(DraftKind.NEWS_SHARE, names[who], about, ways[who])
    return reader.model_copy(
        update={
            "warmth": warmth.get(who, 0.0),
            "seen": who in seen,
            "seen_on": seen.get(who),
            "draft": "" if who in seen else command,
        }
    )


# --- events -----------------------------------------------------------------------------------------------------


def propose_events(
    connection: Connection, embedder: Embedder | None, topic: str, today: dt.date
) -> tuple[EventPlan, ...]:
    """The event on a topic, if anybody would teach or learn it; without one the best few topics of themselves."""
    matrix, embed = load_meaning(connection, embedder)
    corpus = load_corpus(connection, matrix, embed, SHARING, private=False)
    me = records.load_me(connection)
    mine = [
        one
        for one in (fact_evidence(readings.load_facts(connection, [me.id])) if me else ())
        if one.kind in SHARING and one.kind is not FactKind.NEED and not (one.superseded or one.negated)
    ]
    topics = (" ".join(topic.split()),) if topic.strip() else find_topics(corpus, mine)
    sides = {one: find_sides(corpus, one, embed) for one in topics}
    who = {person for one in sides.values() for person in (*one.teaching, *one.learning)}
    people = [corpus.people[one] for one in sorted(who)]
    ways = find_ways(connection, people, DraftKind.EVENT_INVITE, topic, today)
    plans = [plan_event(corpus, one, read, mine, ways) for one, read in sides.items()]
    if topic.strip():
        chosen = tuple(one for one in plans if one.speakers or one.invitees)
    else:
        chosen = choose_plans([one for one in plans if holds(one)])
    warmth, names = load_warmth(connection, today), find_names(connection)
    return tuple(_invited(one, ways, warmth, names) for one in chosen)


def _invited(
    plan: EventPlan, ways: Mapping[str, Channel], warmth: Mapping[str, float], names: Mapping[str, str]
) -> EventPlan:
    """The same with the tie to each and the command that drafts the invitation."""

    def invited(part: EventPart, about: str) -> EventPart:
        channel = ways[part.contact_id]
        command = draft_command(DraftKind.EVENT_INVITE, names[part.contact_id], about, channel)
        tie = warmth.get(part.contact_id, 0.0)
        return part.model_copy(update={"warmth": tie, "draft": command, "about": about, "channel": channel})

    about = f"a small evening on {plan.topic}"
    speaking = f"{about}, would you tell us a little of what you know of it?"
    return plan.model_copy(
        update={
            "speakers": tuple(invited(one, speaking) for one in plan.speakers),
            "invitees": tuple(invited(one, about) for one in plan.invitees),
        }
    )


# --- what all three need ----------------------------------------------------------------------------------------


def load_meaning(connection: Connection, embedder: Embedder | None) -> tuple[Matrix | None, Embed | None]:
    """The vectors of the notes and the way to make more; neither where there is no embedder: then words alone count."""
    if embedder is None:
        return None, None
    try:
        embedder.embed(["a"])
    except EmbedderError:
        return None, None
    return recall_matrix(connection, embedder), _remembering(embedder)


def _remembering(embedder: Embedder) -> Embed:
    """Embeds each text once: the articles of a feed are held against the same few pieces again and again."""
    known: dict[str, NDArray[np.float32]] = {}

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        new = [one for one in dict.fromkeys(texts) if one not in known]
        known.update(zip(new, embedder.embed(new), strict=True))
        return np.stack([known[one] for one in texts]) if texts else np.zeros((0, embedder.dimensions), np.float32)

    return embed


def load_warmth(connection: Connection, today: dt.date) -> dict[str, float]:
    """The strength of every tie, 0..1, as `network` shows it; reckoned once while the book does not change."""
    return remember(connection, "warmth", lambda: _read_warmth(connection, today), today)


def _read_warmth(connection: Connection, today: dt.date) -> dict[str, float]:
    history = read_history(all_touches(connection, today))
    strengths = find_strengths(history, today, load_ledger(connection))
    return {contact: round(one.score, 3) for contact, one in strengths.items()}


def find_names(connection: Connection) -> dict[str, str]:
    """What to type for each person: the name, or where two bear it an address or the id."""
    people = records.load_contacts(connection)
    bearers = Counter(one.name for one in people)
    return {one.id: one.name if bearers[one.name] == 1 else (one.emails[0] if one.emails else one.id) for one in people}


def draft_command(kind: DraftKind, name: str, about: str, channel: Channel = Channel.EMAIL) -> str:
    """The command that goes on from here, safe to paste into a shell."""
    way = "" if channel is Channel.EMAIL else f" --channel {channel.value}"
    return f"givefirst draft {kind.value} {shlex.quote(name)} --about {shlex.quote(' '.join(about.split()))}{way}"


def find_ways(
    connection: Connection, people: Sequence[Contact], kind: DraftKind, about: str, today: dt.date
) -> dict[str, Channel]:
    """How each of these may be written to; who wants no message of this kind has no entry."""
    evidence = _load_wishes(connection, people)
    ways: dict[str, Channel] = {}
    for one in people:
        told = evidence.get(one.id, ())
        for channel in _CHANNELS:
            request = DraftRequest(kind=kind, to=one.id, about=about, channel=channel)
            if not one.do_not_contact and find_wish(told, request, today, one) is None:
                ways[one.id] = channel
                break
    return ways


def _load_wishes(connection: Connection, people: Iterable[Contact]) -> dict[str, tuple[Evidence, ...]]:
    """All a wish may be read out of, private lines too: it binds even where it may not be repeated."""
    people = list(people)
    ids = [one.id for one in people]
    facts = by_contact(readings.load_facts(connection, ids))
    passages = by_contact(readings.load_passages_of(connection, ids))
    notes = by_contact(records.load_notes(connection, ids))
    return {
        one.id: (
            *fact_evidence(facts[one.id]),
            *note_evidence(passages[one.id], facts[one.id], [one], notes[one.id]),
            *private_evidence(passages[one.id]),
        )
        for one in people
    }
