"""Who knows about something, by their own evidence: passages weighed against a question, people by their best ones.

A passage counts by the words it shares with the question (BM25) and by its meaning (cosine), each measured against the
mean passage, so that a question all passages resemble lifts nobody. The question is first drawn towards the passages
nearest to it (J. Rocchio's relevance feedback, 1971, without a judge), because one text rarely uses all the words of
its subject. A person's score is the sum over their few best passages (CombSUM of E. Fox and J. Shaw, 1994, cut off as
in C. Macdonald and I. Ounis, Voting for Candidates, 2006): several passages say more than one, and the many that are
about something else say nothing. Pure functions on arrays and values; no store, no model. It must never name somebody
of whom only a confidence speaks, and never take a need for knowledge.

The few numbers were chosen on queries of one bibliography by `evals.experts`, where figures stayed flat over wide
ranges of each.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Channel, Contact, Evidence, FactKind, FavourKind, Value, Visibility
from assistant.find.corpus import Corpus, Embed, Link, find_closeness, sentences_of, shown_quote
from assistant.find.fields import read_employer, read_field, read_place, read_role

WORDS_WEIGHT = 0.5  # of words beside meaning
BEST_PASSAGES = 8  # of a person
_FEEDBACK = 20  # passages the question is drawn towards, and at most a fiftieth of all
_FEEDBACK_SHARE = 50
_FEEDBACK_WEIGHT = 1.0

Person = TypeVar("Person", bound=Hashable)


def weigh_passages(
    words: NDArray[np.float32],
    rows: NDArray[np.float32] | None = None,
    vector: NDArray[np.float32] | None = None,
    left_out: Collection[int] = (),
) -> NDArray[np.float64]:
    """How much each passage speaks to the question, in standard deviations above the mean passage.

    `words` are word scores, `rows` the passages' vectors (a row of zeros where there is none) and `vector` the
    question's, all of unit length; without vectors words alone count. The places in `left_out` weigh nothing.
    """
    counted = np.ones(len(words), bool)
    counted[list(left_out)] = False
    weights = WORDS_WEIGHT * _standardised(words.astype(np.float64), counted)
    if rows is not None and vector is not None:
        drawn = draw_towards(vector, rows, np.where(counted, rows @ vector, -np.inf))
        weights = weights + _standardised((rows @ drawn).astype(np.float64), counted)
    return np.where(counted, weights, 0.0)


def draw_towards(
    vector: NDArray[np.float32], rows: NDArray[np.float32], cosines: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The question's vector, drawn towards the mean of the passages nearest to it; unit length."""
    many = min(_FEEDBACK, len(rows) // _FEEDBACK_SHARE)
    if not many:
        return vector
    nearest = np.argsort(-cosines, kind="stable")[:many]
    mean = rows[nearest].mean(axis=0)
    drawn = vector + _FEEDBACK_WEIGHT * mean / max(float(np.linalg.norm(mean)), 1e-9)
    return np.asarray(drawn / max(float(np.linalg.norm(drawn)), 1e-9), dtype=np.float32)


def _standardised(scores: NDArray[np.float64], counted: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Standard deviations above the mean of those that count; 0 where all are alike."""
    if not counted.any():
        return np.zeros_like(scores)
    spread = float(scores[counted].std())
    return (scores - scores[counted].mean()) / spread if spread > 1e-9 else np.zeros_like(scores)


def score_people(weights: NDArray[np.float64], held: Mapping[Person, Sequence[int]]) -> dict[Person, float]:
    """Each person's score: the sum of their best passages' weights. `held` gives the places of a person's passages."""
    return {person: sum_best(weights[list(places)]) if places else 0.0 for person, places in held.items()}


def sum_best(weights: NDArray[np.float64]) -> float:
    """The sum of the greatest few; one below the mean passage takes away, so that what is far off shows as such."""
    return float(np.sort(weights)[::-1][:BEST_PASSAGES].sum())


# --- a panel ----------------------------------------------------------------------------------------------------

_SAME = 0.7  # what is left of a score where somebody of the same sort is on the panel already


def choose_panel(
    scores: Mapping[Person, float], sorts: Mapping[Person, Collection[str]], k: int, likeness: float = _SAME
) -> tuple[Person, ...]:
    """At most `k` people who score well and differ: each sort (a field, a role, a firm) shared with one chosen counts.

    Greedy, as in J. Carbonell and J. Goldstein's maximal marginal relevance (1998): the first is the best of all.
    """
    chosen: list[Person] = []
    left = dict(scores)

    def worth(person: Person) -> float:
        alike = max((len(set(sorts[person]) & set(sorts[one])) for one in chosen), default=0)
        return float(left[person] * likeness**alike)

    while left and len(chosen) < k:
        best = min(left, key=lambda person: (-worth(person), str(person)))
        chosen.append(best)
        del left[best]
    return tuple(chosen)


def read_sorts(contact: Contact) -> frozenset[str]:
    """What makes two advisors alike: field, part played there, firm and country."""
    read = {
        "field": read_field(contact),
        "role": read_role(contact),
        "firm": read_employer(contact),
        "place": read_place(contact),
    }
    return frozenset(f"{name}: {said}" for name, said in read.items() if said)


# --- a question to the book -------------------------------------------------------------------------------------

# Below these nothing in the evidence answers the question: calibrated on questions of both sorts (`evals.experts`).
FLOOR = 0.45
FLOOR_OF_WORDS = 0.35
_SECOND_FLOOR = 0.7  # of the best piece's closeness, for anybody else's
_MOST_WEIGHED = 24  # people looked at closely
_PIECES_EACH = 6
_MOST_SENTENCES = 6
_MOST_QUOTED = 3
KNOWING = frozenset(FactKind) - {FactKind.NEED, FactKind.PREFERENCE, FactKind.PERSONAL}  # a need is no knowledge


class Quoted(Value):
    """Evidence as it is shown: verbatim, with its day and note. A private one is for the user's eyes."""

    quote: str
    date: dt.date | None = None
    note_id: str | None = None
    private: bool = False


class Advisor(Value):
    """Somebody who could advise. `warmth` is the tie's strength 0..1, `load` how often they were asked within a year.

    `balance` says how things stand between you, `channel` is the way they want to be reached, and `draft` the command
    to go on with.
    """

    contact: str
    contact_id: str
    score: float
    evidence: tuple[Quoted, ...]
    warmth: float = 0.0
    load: int = 0
    why: str = ""
    field: str = ""
    balance: str = ""
    channel: Channel = Channel.EMAIL
    draft: str = ""


def find_advisors(corpus: Corpus, question: str, embed: Embed | None) -> tuple[tuple[Advisor, Contact], ...]:
    """Everybody whose evidence answers the question, best first; empty where nobody's does.

    At least one piece that is no confidence must answer it.
    """
    if not corpus.pieces:
        return ()
    vector = embed([question])[0] if embed and corpus.rows is not None else None
    weights = weigh_passages(corpus.ranking.word_scores(question), corpus.rows, vector)
    scores = score_people(weights, corpus.held)
    asked = (question, *sentences_of(question, _MOST_SENTENCES))
    links = _find_answers(corpus, weights, scores, tuple(dict.fromkeys(asked)), embed)
    found = []
    for contact_id, answers in links.items():
        contact = corpus.people[contact_id]
        pieces = [corpus.pieces[one.place] for one in answers]
        advisor = Advisor(
            contact=contact.name,
            contact_id=contact_id,
            score=round(scores[contact_id], 2),
            evidence=tuple(quote_piece(one) for one in pieces),
            why=_why(contact, next(one for one in pieces if one.visibility is not Visibility.PRIVATE)),
            field=read_field(contact),
        )
        found.append((advisor, contact))
    return tuple(sorted(found, key=lambda one: (-one[0].score, one[0].contact, one[0].contact_id)))


def _find_answers(
    corpus: Corpus,
    weights: NDArray[np.float64],
    scores: Mapping[str, float],
    asked: Sequence[str],
    embed: Embed | None,
) -> dict[str, list[Link]]:
    """For each person their closest pieces above the floor; people with nothing but confidences are left out."""
    # By their best piece as well as by all: somebody with one line that answers must not be missed.
    by_sum = sorted(scores, key=lambda one: (-scores[one], one))
    by_best = sorted(scores, key=lambda one: (-float(weights[list(corpus.held[one])].max()), one))
    looked_at = dict.fromkeys((*by_sum[:_MOST_WEIGHED], *by_best[:_MOST_WEIGHED]))
    places = [
        place
        for person in looked_at
        for place in sorted(corpus.held[person], key=lambda place: -float(weights[place]))[:_PIECES_EACH]
    ]
    floor = FLOOR if embed else FLOOR_OF_WORDS
    close = [one for one in find_closeness(corpus, places, asked, embed, of_piece=False) if one.strength >= floor]
    found: dict[str, list[Link]] = {}
    for link in sorted(close, key=lambda one: (-one.strength, one.place)):
        found.setdefault(corpus.pieces[link.place].about, []).append(link)
    told = {person: links for person, links in found.items() if any(not _is_private(corpus, one) for one in links)}
    best = max((one.strength for links in told.values() for one in links), default=0.0)
    return {
        person: links[:_MOST_QUOTED] if not _is_private(corpus, links[0]) else _with_open(corpus, links)
        for person, links in told.items()
        if any(one.strength >= _SECOND_FLOOR * best and not _is_private(corpus, one) for one in links)
    }


def _is_private(corpus: Corpus, link: Link) -> bool:
    return corpus.pieces[link.place].visibility is Visibility.PRIVATE


def _with_open(corpus: Corpus, links: Sequence[Link]) -> list[Link]:
    """The first of them that is no confidence comes first."""
    ordered = sorted(links, key=lambda one: _is_private(corpus, one))
    return ordered[:_MOST_QUOTED]


def quote_piece(one: Evidence) -> Quoted:
    return Quoted(
        quote=" ".join(one.quote.split()),
        date=one.date,
        note_id=one.note_id,
        private=one.visibility is Visibility.PRIVATE,
    )


def _why(contact: Contact, piece: Evidence) -> str:
    """One sentence, with the evidence it rests on."""
    first, quote = contact.first_name, shown_quote(piece)
    when = f" ({piece.date:%B %Y})" if piece.date else ""
    if piece.source == "record":
        return f"Your record of {first} says: {quote}."
    if piece.kind is FavourKind.RECEIVED:
        return f"{first} has helped you before: “{quote}”{when}."
    if piece.kind is FactKind.OFFER:
        return f"{first} offers it: “{quote}”{when}."
    return f"You noted of {first}: “{quote}”{when}."
