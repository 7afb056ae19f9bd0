"""Questions put to the whole book: who could advise, who would care about this news, what event would bring people on.

Loads, lets `find` do the thinking, and leaves out whom a standing wish or do-not-contact keeps from being written to.
It must never list somebody of whom only a confidence speaks.
"""

from __future__ import annotations

import datetime as dt
import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection

from assistant.domain import Channel, Contact, DraftKind, DraftRequest, Evidence, Favour, FavourKind
from assistant.draft.wishes import find_wish
from assistant.errors import EmbedderError, GivefirstError
from assistant.find.advisors import KNOWING, Advisor, choose_panel, find_advisors, read_sorts
from assistant.find.balance import load_ledger, weigh_balance
from assistant.find.corpus import Embed, load_corpus
from assistant.find.evidence import fact_evidence, private_evidence
from assistant.find.history import read_history
from assistant.find.sentences import note_evidence
from assistant.find.strength import find_strengths
from assistant.find.touches import all_touches
from assistant.store import readings, records
from assistant.store.embedder import Embedder
from assistant.store.vectors import Matrix, load_matrix

PANEL = (3, 5)  # a few heads that differ; more is a survey
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


# --- what all three need ----------------------------------------------------------------------------------------


def load_meaning(connection: Connection, embedder: Embedder | None) -> tuple[Matrix | None, Embed | None]:
    """The vectors of the notes and the way to make more; neither where there is no embedder: then words alone count."""
    if embedder is None:
        return None, None
    try:
        embedder.embed(["a"])
    except EmbedderError:
        return None, None
    return load_matrix(connection, embedder), embedder.embed


def load_warmth(connection: Connection, today: dt.date) -> dict[str, float]:
    """The strength of every tie, 0..1, as `network` shows it."""
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
    told = {}
    for one in people:
        ids = [one.id]
        facts = readings.load_facts(connection, ids)
        passages = readings.load_passages_of(connection, ids)
        sentences = note_evidence(passages, facts, [one], records.load_notes(connection, ids))
        told[one.id] = (*fact_evidence(facts), *sentences, *private_evidence(passages))
    return told
