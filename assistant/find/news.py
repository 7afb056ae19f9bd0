"""Who would care about a piece of news, and why: their own facts held against the sentences of the article.

Somebody is named with the quote of what is known of them and the sentence that speaks to it. It must never name anybody
by a confidence: what is private is not even read here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from assistant.domain import Contact, Draft, Evidence, FactKind, Value, make_id
from assistant.find.corpus import Corpus, Embed, Link, find_closeness, sentences_of, shown_quote
from assistant.sources.articles import Article
from assistant.text import fold

# Below these an article says nothing to anybody in particular: calibrated on texts of both sorts (tests/find).
FLOOR = 0.56
FLOOR_OF_WORDS = 0.75
SECOND_FLOOR = 0.55  # of the best reader's score, for anybody else's
CARING = frozenset({FactKind.INTEREST, FactKind.PROJECT, FactKind.NEED, FactKind.OFFER, FactKind.ROLE, FactKind.EVENT})
_STRONGEST = (FactKind.INTEREST, FactKind.PROJECT, FactKind.NEED)
_OTHERWISE = 0.9  # what another fact or the record counts beside what somebody cares about
_IN_PASSING = 0.8  # and what is but a sentence of a note
_MOST_LOOKED_AT = 160  # pieces
_MOST_SENTENCES = 40


class NewsReader(Value):
    """Somebody who would care: `quote` is known of them, `sentence` stands in the article. `seen`: you sent it before.

    `warmth` is the tie's strength 0..1; `draft` is the command to go on with, to which you add your own view.
    `evidence` is the id of what is known.
    """

    contact: str
    contact_id: str
    score: float
    why: str
    quote: str
    sentence: str
    date: dt.date | None = None
    note_id: str | None = None
    warmth: float = 0.0
    seen: bool = False
    seen_on: dt.date | None = None
    draft: str = ""
    evidence: str = ""


class NewsItem(Value):
    """An article and its readers, best first."""

    title: str
    link: str = ""
    date: dt.date | None = None
    readers: tuple[NewsReader, ...] = ()


class NewsMatches(Value):
    """Every article of what was given, those with readers first."""

    items: tuple[NewsItem, ...]


def find_readers(corpus: Corpus, article: Article, embed: Embed | None) -> tuple[tuple[NewsReader, Contact], ...]:
    """Everybody who would care, best first. `corpus` must hold nothing private."""
    sentences = _sentences(article)
    places = _nearest(corpus, sentences, embed)
    floor = FLOOR if embed else FLOOR_OF_WORDS
    best: dict[str, tuple[float, Link]] = {}
    for link in find_closeness(corpus, places, sentences, embed, of_piece=True):
        piece = corpus.pieces[link.place]
        score = link.strength * _weight(piece)
        if score >= floor and score > best.get(piece.about, (0.0, link))[0]:
            best[piece.about] = (score, link)
    floor = SECOND_FLOOR * max((score for score, _ in best.values()), default=0.0)
    found = [
        (_reader(corpus, score, link), corpus.people[contact_id])
        for contact_id, (score, link) in best.items()
        if score >= floor
    ]
    return tuple(sorted(found, key=lambda one: (-one[0].score, one[0].contact, one[0].contact_id)))


def _weight(piece: Evidence) -> float:
    if piece.kind in _STRONGEST:
        return 1.0
    return _IN_PASSING if piece.source == "note" else _OTHERWISE


def _sentences(article: Article) -> tuple[str, ...]:
    return tuple(dict.fromkeys((article.title, *sentences_of(article.text, _MOST_SENTENCES))))


def _nearest(corpus: Corpus, sentences: Sequence[str], embed: Embed | None) -> list[int]:
    """The places of the pieces that are worth a closer look, by words and by meaning; favours are no interest."""
    words = corpus.ranking.word_scores(" ".join(sentences))
    chosen = list(np.argsort(-words, kind="stable")[: _MOST_LOOKED_AT // 2])
    if embed is not None and corpus.rows is not None and len(corpus.pieces):
        near = (corpus.rows @ embed(list(sentences)).T).max(axis=1)
        chosen += list(np.argsort(-near, kind="stable")[: _MOST_LOOKED_AT // 2])
    return [place for place in dict.fromkeys(int(one) for one in chosen) if corpus.pieces[place].source != "favour"]


def _reader(corpus: Corpus, score: float, link: Link) -> NewsReader:
    piece = corpus.pieces[link.place]
    contact = corpus.people[piece.about]
    return NewsReader(
        contact=contact.name,
        contact_id=contact.id,
        score=round(score, 3),
        why=_why(contact, piece, link.sentence),
        quote=" ".join(piece.quote.split()),
        sentence=link.sentence,
        date=piece.date,
        note_id=piece.note_id,
        evidence=piece.id,
    )


def _why(contact: Contact, piece: Evidence, sentence: str) -> str:
    when = f" ({piece.date:%B %Y})" if piece.date else ""
    where = "your record says" if piece.source == "record" else "you noted"
    return f"Of {contact.first_name} {where} “{shown_quote(piece)}”{when}; the article says “{sentence.rstrip('.')}”."


# --- who saw it already -------------------------------------------------------------------------------------------


def find_seen(sent: Iterable[Draft], article: Article, days: Mapping[str, dt.date]) -> dict[str, dt.date | None]:
    """To whom one of these sent drafts brought the article, by its link or its headline; `days` are of interactions."""
    told = {}
    for draft in sent:
        body = draft.edited[1] if draft.edited else draft.body
        said = fold(f"{draft.subject}\n{draft.plan.about}\n{body}")
        if _is_told(said, (article.link, article.title)):
            told[draft.to] = days.get(make_id("i", draft.id, "out"))
    return told


def _is_told(said: str, marks: Collection[str]) -> bool:
    return any(len(mark) >= 12 and fold(mark.strip().rstrip("/.")) in said for mark in marks)
