"""The sections of a briefing that tell what passes between guest and user: needs and what could meet them, what is owed
both ways, promises, common ground, and what not to bring up. It must never leave a private line unmarked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from assistant.domain import (
    CommonGround,
    Evidence,
    Fact,
    FactKind,
    FavourKind,
    Visibility,
    make_id,
)
from assistant.find.balance import weigh_balance
from assistant.find.dossier import Dossier, Line, cite, noted, on_day, standing_facts
from assistant.find.promises import find_open_promises
from assistant.sources.times import is_over
from assistant.text import content_stems, fold

_MOST_ENTRIES = 6
_MOST_NEEDS = 6
_MOST_GROUND = 6
_YOU = {FavourKind.GAVE: "You gave", FavourKind.RECEIVED: "You received", FavourKind.ASKED: "You asked"}
_OWE = re.compile(r"\b(?:i|we) (?:still |really )?owe (?:her|him|them)\b|\bowes? me\b", re.IGNORECASE)


def open_needs(dossier: Dossier) -> list[Fact]:
    """What they look for and, as far as the notes go, have not found; what was for a time that is past is left out."""
    found: list[Fact] = []
    for one in standing_facts(dossier, FactKind.NEED):
        if not is_over(one.quote, one.date, dossier.today) and not any(_is_same(one, other) for other in found):
            found.append(one)
    return found


def _is_same(need: Fact, other: Fact) -> bool:
    """Whether one note says one need twice in different words."""
    shared = frozenset(content_stems(need.text)) & frozenset(content_stems(other.text))
    return need.note_id == other.note_id and len(shared) >= 2


_SETTLED = re.compile(r"\b(?:sorted|found|solved|settled|hired|done|no longer|said yes)\b", re.IGNORECASE)


def find_settled(dossier: Dossier, need: Fact) -> Evidence | None:
    """A later sentence that seems to say that the need was met, whoever it has that from."""
    head = next(iter(content_stems(re.split(r" (?:for|to|who|that|in|with) ", need.text)[0])[-1:]), "")
    for one in dossier.said:
        is_later = one.date and (need.date or dt.date.min) < one.date
        if is_later and head in content_stems(one.quote) and _SETTLED.search(one.quote):
            return one
    return None


def tell_needs(dossier: Dossier) -> Iterator[Line]:
    """Each open need with those of the user's offers that could meet it, then what the guest could give."""
    for need in open_needs(dossier)[:_MOST_NEEDS]:
        mine = [one.mine for one in dossier.ground if one.kind == "need_met" and one.theirs.id == need.id]
        could = f". Yours that could meet it: {'; '.join(one.text for one in mine)}" if mine else ""
        settled = find_settled(dossier, need)
        doubt = f". Perhaps settled since: “{settled.quote}”" if settled else ""
        yield from cite(dossier, f"Looking for {need.text}{noted(need.date)}{could}{doubt}", need, settled, *mine)
    helped = [one for one in dossier.ground if one.kind == "offer_met"]
    for ground in helped:
        text = f"Theirs that could help you: {ground.theirs.text} (you look for {ground.mine.text})"
        yield from cite(dossier, text, ground.theirs, ground.mine)
    used = {one.theirs.id for one in helped}
    for offer in standing_facts(dossier, FactKind.OFFER):
        if offer.id not in used:
            yield from cite(dossier, f"Offers: {offer.text}{noted(offer.date)}", offer)


def tell_owed(dossier: Dossier) -> Iterator[Line]:
    """How the ledger stands, its latest entries, and where a note says who owes whom."""
    entries = dossier.ledger
    if entries:
        yield from cite(dossier, weigh_balance(dossier.contact, entries).said, *entries)
    for one in list(reversed(entries))[:_MOST_ENTRIES]:
        when = f", {on_day(one.date)}" if one.date else ""
        yield from cite(dossier, f"{_YOU[one.kind]}{when}: {one.text}", one)
    for said in dossier.said:
        if _OWE.search(said.quote):
            yield from cite(dossier, f"{on_day(said.date) or 'Undated'}: “{said.quote}”", said)


def tell_promises(dossier: Dossier) -> Iterator[Line]:
    """What either side promised and no later entry of the ledger gives."""
    for one in find_open_promises(dossier.passages, dossier.contact.name, dossier.ledger):
        who = "You promised" if one.by == "you" else f"{dossier.first} promised"
        yield from cite(dossier, f"{who}: {one.text}{noted(one.evidence.date)}", one.evidence)


# --- common ground ----------------------------------------------------------------------------------------------

_SHARED = {
    "employer": "Both of you, at some time, at {}",
    "education": "Both of you studied at {}",
    "place": "Both of you know {}",
    "event": "Both of you were at {}",
    "interest": "Both of you care for {}",
}


def tell_ground(dossier: Dossier) -> Iterator[Line]:
    """What both have, strongest first; needs and people in common have sections of their own."""
    shared = [one for one in dossier.ground if one.kind in _SHARED]
    for one in shared[:_MOST_GROUND]:
        yield from cite(dossier, _shared(dossier, one), one.theirs, one.mine)


def _shared(dossier: Dossier, one: CommonGround) -> str:
    """Two who were at one event need not have met there: the caveat goes where the notes say that they did."""
    places = " ".join(fold(text) for text in (dossier.contact.how_met, *(note.title for note in dossier.notes)))
    met_there = bool(dossier.touches) and " ".join(fold(one.text).split()[:2]) in places
    caveat = "" if one.kind != "event" or met_there else ", as far as the notes tell; not that you met there"
    return f"{_SHARED[one.kind].format(one.text)}{caveat}"


# --- what not to bring up ---------------------------------------------------------------------------------------


def tell_quiet(dossier: Dossier) -> Iterator[Line]:
    """Standing wishes, what was told in confidence, what touches health and the like, and what is only hearsay.

    Every line is private: it is for the user to know and not to say.
    """
    if dossier.contact.do_not_contact:
        text = f"{dossier.first} is marked do-not-contact: let them come to you"
        yield from cite(dossier, text, _do_not_contact(dossier), private=True)
    for wish in (one for one in dossier.facts if one.kind is FactKind.PREFERENCE and _binds(one)):
        yield from cite(dossier, f"Asked for: {wish.text}", wish, private=True)
    opened = {(one.note_id, one.kind, one.text) for one in dossier.facts if one.visibility is not Visibility.PRIVATE}
    told = [one for one in dossier.facts if _is_confidence(one) and (one.note_id, one.kind, one.text) not in opened]
    for fact in told:
        yield from cite(dossier, f"Keep to yourself: {_worded(fact)}{noted(fact.date)}", fact, private=True)
    wishes = [one for one in dossier.facts if one.kind is FactKind.PREFERENCE and _binds(one)]
    quoted = [fold(one.quote) for one in (*told, *wishes)]
    said = [one for one in (*dossier.secrets, *_sensitive(dossier)) if not any(q in fold(one.quote) for q in quoted)]
    for one in said:
        yield from cite(dossier, f"Keep to yourself: “{one.quote}”{noted(one.date)}", one, private=True)
    for rumour in _rumours(dossier):
        yield from cite(dossier, f"Only heard, not from {dossier.first}: “{rumour.quote}”", rumour, private=True)


def _worded(fact: Fact) -> str:
    """The short reading where it says most of the sentence, else the sentence."""
    return fact.text if len(fact.text) * 2 >= len(fact.quote) else f"“{fact.quote}”"


def _do_not_contact(dossier: Dossier) -> Evidence:
    one = dossier.contact
    return Evidence(
        id=make_id("r", one.id, "do_not_contact"),
        source="record",
        about=one.id,
        text="do not contact",
        quote="do_not_contact: true",
        field="do_not_contact",
    )


def _binds(wish: Fact) -> bool:
    return not (wish.superseded_by or wish.negated or wish.hearsay)


def _is_confidence(fact: Fact) -> bool:
    hidden = fact.visibility is Visibility.PRIVATE and fact.kind is not FactKind.PREFERENCE
    return hidden and fact.superseded_by is None and not fact.hearsay


def _sensitive(dossier: Dossier) -> list[Evidence]:
    known = {fold(one.quote) for one in dossier.secrets}
    private = [one for one in dossier.said if one.visibility is Visibility.PRIVATE and not one.hearsay]
    return [one for one in private if not any(fold(one.quote) in said for said in known)]


def _rumours(dossier: Dossier) -> list[Evidence | Fact]:
    facts: list[Evidence | Fact] = [one for one in dossier.facts if one.hearsay and one.superseded_by is None]
    quoted = {fold(one.quote) for one in facts}
    return [*facts, *(one for one in dossier.said if one.hearsay and fold(one.quote) not in quoted)]
