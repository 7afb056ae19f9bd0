"""A small event at which people of the book share what they know: a topic, who can teach it, who wants to learn it.

Teaching shows in offers, work and projects, the wish to learn in needs and interests. A topic is one where both come
together; the guests are chosen from several circles (fields of work), because a room of one field learns little. It
must never read a confidence, and never take a need for something to teach.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Container, Sequence
from typing import NamedTuple

import numpy as np

from assistant.domain import Channel, Evidence, FactKind, Value
from assistant.find.advisors import choose_panel
from assistant.find.corpus import Corpus, Embed, Link, find_closeness, shown_quote
from assistant.find.fields import read_field, read_place
from assistant.text import content_stems, find_words, fold

SHARING = frozenset(
    {FactKind.INTEREST, FactKind.PROJECT, FactKind.NEED, FactKind.OFFER, FactKind.ROLE, FactKind.EDUCATION}
)
FLOOR = 0.55
FLOOR_OF_WORDS = 0.6
SPEAKERS = 2
MOST_GUESTS = 8
LEAST_GUESTS = 2
MOST_TOPICS = 5
_LEARNING = (FactKind.NEED, FactKind.INTEREST)
_WEIGHT = {FactKind.OFFER: 1.1, FactKind.NEED: 1.1, FactKind.PROJECT: 0.95}
_IN_PASSING = 0.8
_OF_TOPICS = (*_LEARNING, FactKind.OFFER, FactKind.PROJECT)  # a post or a degree is no subject for an evening
_LEAST_HOLDERS = 3  # people whose facts hold the words of a topic
_MOST_TRIED = 24
_LONGEST_TOPIC = 4  # telling words
_MOST_LOOKED_AT = 120
_SAME_PEOPLE = 0.5  # share of the people of two topics from which on they are one


class EventPart(Value):
    """Somebody who could come, and the quote that says why. `circle` is their field, `draft` the command to invite.

    `about` is what the invitation says it is on, `channel` the way they want to be reached.
    """

    contact: str
    contact_id: str
    quote: str
    why: str
    circle: str = ""
    score: float = 0.0
    date: dt.date | None = None
    note_id: str | None = None
    warmth: float = 0.0
    draft: str = ""
    about: str = ""
    channel: Channel = Channel.EMAIL


class EventPlan(Value):
    """A topic with at most two who can teach and those who want to learn. `yours` is what you could teach yourself.

    `balance` says in a sentence how the circles are mixed, and what is missing.
    """

    topic: str
    speakers: tuple[EventPart, ...]
    invitees: tuple[EventPart, ...]
    yours: str = ""
    circles: tuple[tuple[str, int], ...] = ()
    balance: str = ""
    score: float = 0.0


class Sides(NamedTuple):
    """Each person's best piece for teaching a topic and for learning it, with its score."""

    teaching: dict[str, Link]
    learning: dict[str, Link]


def plan_event(
    corpus: Corpus, topic: str, read: Sides, mine: Sequence[Evidence], may_come: Container[str]
) -> EventPlan:
    """The event on this topic, as `find_sides` read it. `mine` is what the user offers and does; `may_come` has ids."""
    teaching = {who: link for who, link in read.teaching.items() if who in may_come}
    learning = {who: link for who, link in read.learning.items() if who in may_come}
    sorts = {who: _circles(corpus, who) for who in {**teaching, **learning}}
    speakers = choose_panel({who: link.strength for who, link in teaching.items()}, sorts, SPEAKERS)
    left = {who: link for who, link in learning.items() if who not in speakers}
    guests = choose_panel({who: link.strength for who, link in left.items()}, sorts, MOST_GUESTS)
    parts = [_part(corpus, who, teaching[who]) for who in speakers], [_part(corpus, who, left[who]) for who in guests]
    circles = Counter(one.circle for part in parts for one in part if one.circle)
    yours = find_own_part(topic, mine)
    return EventPlan(
        topic=topic,
        speakers=tuple(parts[0]),
        invitees=tuple(parts[1]),
        yours=yours,
        circles=tuple(sorted(circles.items(), key=lambda one: (-one[1], one[0]))),
        balance=_balance(circles, len(speakers), len(guests), bool(yours)),
        score=round(sum(one.score for part in parts for one in part), 3),
    )


def holds(plan: EventPlan) -> bool:
    """Whether it would be an event: somebody teaches (you may), and a few want to learn."""
    return bool(plan.speakers or plan.yours) and len(plan.invitees) >= LEAST_GUESTS


def find_sides(corpus: Corpus, topic: str, embed: Embed | None) -> Sides:
    """Who could teach the topic and who wants to learn it, by their best piece above the floor."""
    floor = FLOOR if embed else FLOOR_OF_WORDS
    best = Sides({}, {})
    for link in find_closeness(corpus, _nearest(corpus, topic, embed), [topic], embed, of_piece=False):
        piece = corpus.pieces[link.place]
        scored = link._replace(strength=link.strength * _weight(piece))
        side = best.learning if piece.kind in _LEARNING else best.teaching
        if scored.strength >= floor and (piece.about not in side or scored.strength > side[piece.about].strength):
            side[piece.about] = scored
    return best


def _weight(piece: Evidence) -> float:
    if isinstance(piece.kind, FactKind):
        return _WEIGHT.get(piece.kind, 1.0)
    return 1.0 if piece.source == "record" else _IN_PASSING


def _nearest(corpus: Corpus, topic: str, embed: Embed | None) -> list[int]:
    words = corpus.ranking.word_scores(topic)
    chosen = list(np.argsort(-words, kind="stable")[: _MOST_LOOKED_AT // 2])
    if embed is not None and corpus.rows is not None and len(corpus.pieces):
        near = corpus.rows @ embed([topic])[0]
        chosen += list(np.argsort(-near, kind="stable")[: _MOST_LOOKED_AT // 2])
    return list(dict.fromkeys(int(one) for one in chosen))


def _circles(corpus: Corpus, who: str) -> frozenset[str]:
    contact = corpus.people[who]
    return frozenset(one for one in (read_field(contact), read_place(contact)) if one)


def _part(corpus: Corpus, who: str, link: Link) -> EventPart:
    piece, contact = corpus.pieces[link.place], corpus.people[who]
    learns = piece.kind in _LEARNING
    what = "is looking for" if piece.kind is FactKind.NEED else "cares about" if learns else "knows it"
    when = f" ({piece.date:%B %Y})" if piece.date else ""
    said = f"{contact.first_name} {what}{'' if learns else ':'} “{shown_quote(piece)}”{when}."
    return EventPart(
        contact=contact.name,
        contact_id=who,
        quote=" ".join(piece.quote.split()),
        why=said,
        circle=read_field(contact),
        score=round(link.strength, 3),
        date=piece.date,
        note_id=piece.note_id,
    )


def find_own_part(topic: str, mine: Sequence[Evidence]) -> str:
    """What the user offers or does that has most of the topic's words, at least half; empty where nothing has."""
    wanted = set(content_stems(topic))
    able = (one for one in mine if one.kind not in _LEARNING)
    fits = [(len(wanted & set(content_stems(one.quote))), one) for one in able]
    shared, best = max(fits, key=lambda one: (one[0], one[1].kind is FactKind.OFFER), default=(0, None))
    return shown_quote(best) if best is not None and wanted and shared * 2 >= len(wanted) else ""


def _balance(circles: Counter[str], speakers: int, guests: int, yours: bool) -> str:
    people = speakers + guests
    largest = max(circles.values(), default=0)
    heads = "one person" if people == 1 else f"{people} people"
    fields = "one field" if len(circles) == 1 else f"{len(circles)} fields"
    said = [f"{heads.capitalize()} of {fields}." if circles else f"{heads.capitalize()}."]
    if circles and largest * 2 > people > 2:
        said.append(f"More than half are of {circles.most_common(1)[0][0]}; somebody from elsewhere would help.")
    if not speakers:
        said.append("You would teach it yourself." if yours else "Nobody you know could teach it.")
    elif speakers == 1 and not yours:
        said.append("Only one could teach it; a second voice is missing.")
    if guests < LEAST_GUESTS:
        said.append("Too few are known to care for an evening; a call among them may do.")
    return " ".join(said)


# --- topics of themselves ---------------------------------------------------------------------------------------


def find_topics(corpus: Corpus, mine: Sequence[Evidence]) -> tuple[str, ...]:
    """Phrases that several people's facts share, the most shared first: what somebody cares about, and word pairs.

    Work grows with the facts: a phrase's holders are those of its rarest word.
    """
    holders: dict[str, set[str]] = defaultdict(set)
    phrases: dict[frozenset[str], str] = {}
    for one in (one for one in (*corpus.pieces, *mine) if one.kind in _OF_TOPICS):
        for stem in set(content_stems(one.text)):
            holders[stem].add(one.about)
        for stems, said in _phrases(one):
            if stems not in phrases or _as_topic(said) < _as_topic(phrases[stems]):
                phrases[stems] = said
    counted = {
        stems: len(set.intersection(*(holders[stem] for stem in sorted(stems, key=lambda one: len(holders[one])))))
        for stems in phrases
    }
    wanted = [stems for stems, count in counted.items() if count >= _LEAST_HOLDERS]
    best = sorted(wanted, key=lambda stems: (-counted[stems] * len(stems) ** 0.5, phrases[stems]))
    return tuple(phrases[stems] for stems in best[:_MOST_TRIED])


def _as_topic(said: str) -> tuple[bool, int, str]:
    """An evening is on gauges, not on a gauge: the plural first, then the shorter."""
    return not said.endswith("s"), len(said), said


def _phrases(one: Evidence) -> list[tuple[frozenset[str], str]]:
    """The short phrase of an interest or offer, and each pair of neighbouring telling words."""
    text = shown_quote(one.model_copy(update={"quote": one.text}))
    stems = content_stems(text)
    found = []
    if one.kind is FactKind.INTEREST and 2 <= len(set(stems)) <= _LONGEST_TOPIC:
        found.append((frozenset(stems), text))
    words = find_words(text)
    for a, b in zip(words, words[1:], strict=False):
        pair = frozenset((*content_stems(a.text), *content_stems(b.text)))
        beside = re.fullmatch(r"[ -]", text[a.end : b.start]) is not None
        if beside and content_stems(a.text) and content_stems(b.text) and 2 <= len(pair) <= _LONGEST_TOPIC:
            found.append((pair, fold(text[a.start : b.end])))
    return found


def choose_plans(plans: Sequence[EventPlan]) -> tuple[EventPlan, ...]:
    """The best few that would bring different people together."""
    chosen: list[EventPlan] = []
    for plan in sorted(plans, key=lambda one: (-one.score, one.topic)):
        if len(chosen) < MOST_TOPICS and all(_overlap(plan, one) < _SAME_PEOPLE for one in chosen):
            chosen.append(plan)
    return tuple(chosen)


def _overlap(a: EventPlan, b: EventPlan) -> float:
    people = [{part.contact_id for part in (*one.speakers, *one.invitees)} for one in (a, b)]
    return len(people[0] & people[1]) / max(1, min(map(len, people)))
