"""All that is known of one guest, loaded once, and the one door through which a line of their briefing is made.

A line cites what it rests on, and nothing else makes lines. It must never let through a line that rests on what is
noted of anybody but the guest and the user: with several guests at a table, that is how they stay apart.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from assistant.domain import (
    CommonGround,
    Contact,
    Evidence,
    Fact,
    FactKind,
    Favour,
    Interaction,
    Note,
    Passage,
    Value,
    Visibility,
    make_id,
)
from assistant.text import content_stems, fold, strip_hidden


class Line(Value):
    """One thing to know, with the ids and the verbatim quotes of what it rests on.

    `private` lines are for the user's eyes only; `stale` ones were true once, and say what took their place.
    """

    text: str
    evidence: tuple[str, ...]
    quotes: tuple[str, ...] = ()
    private: bool = False
    stale: bool = False


class Section(Value):
    """Lines under one title; `key` names the section whatever its title says."""

    key: str
    title: str
    lines: tuple[Line, ...]


class Dossier(NamedTuple):
    """Everything known of one guest: what notes, records, ledger and kept times in touch tell.

    `records` are the contact's own fields; `said` is what notes say in passing; `secrets` the sentences of private
    passages; `touches` are oldest first and none is to come; `names` are the people of the book, the guest and the user
    left out.
    """

    contact: Contact
    me: Contact | None
    today: dt.date
    facts: tuple[Fact, ...] = ()
    passages: tuple[Passage, ...] = ()
    notes: tuple[Note, ...] = ()
    records: tuple[Evidence, ...] = ()
    headings: tuple[Evidence, ...] = ()
    said: tuple[Evidence, ...] = ()
    secrets: tuple[Evidence, ...] = ()
    ledger: tuple[Favour, ...] = ()
    touches: tuple[Interaction, ...] = ()
    ground: tuple[CommonGround, ...] = ()
    names: tuple[Contact, ...] = ()

    @property
    def first(self) -> str:
        return self.contact.first_name


Source = Evidence | Fact | Interaction | Favour | Contact


class _Cited(NamedTuple):
    id: str
    about: str
    quote: str
    private: bool


def cite(
    dossier: Dossier, text: str, *sources: Source | None, private: bool = False, stale: bool = False
) -> tuple[Line, ...]:
    """One line that rests on `sources`; none where there is no source, where one is about a third person, or where none
    is about the guest. What rests on anything private is private."""
    cited = [_cited(one) for one in sources if one is not None]
    ours = {dossier.contact.id, *([dossier.me.id] if dossier.me else [])}
    if not text or not all(one.about in ours for one in cited):
        return ()
    if not any(one.about == dossier.contact.id for one in cited):
        return ()
    line = Line(
        text=strip_hidden(" ".join(text.split())),
        evidence=tuple(dict.fromkeys(one.id for one in cited)),
        quotes=tuple(dict.fromkeys(one.quote for one in cited if one.quote)) or (_undescribed(sources),),
        private=private or any(one.private for one in cited),
        stale=stale,
    )
    return (line,)


def _cited(one: Source) -> _Cited:
    if isinstance(one, Evidence):
        return _Cited(one.id, one.about, one.quote, one.visibility is Visibility.PRIVATE)
    if isinstance(one, Fact):
        return _Cited(one.id, one.contact_id, one.quote, one.visibility is Visibility.PRIVATE)
    if isinstance(one, Favour):
        return _Cited(one.id, one.contact_id, one.quote or one.text, one.visibility is Visibility.PRIVATE)
    if isinstance(one, Interaction):
        return _Cited(one.id, one.contact_id, one.title, False)
    return _Cited(make_id("r", one.id, "name"), one.id, one.name, False)


def _undescribed(sources: Iterable[Source | None]) -> str:
    """What stands for the quote of a time in touch of which no word was kept."""
    return next((f"{one.channel}, {one.when}" for one in sources if isinstance(one, Interaction)), "")


# --- what still stands ------------------------------------------------------------------------------------------


def is_standing(fact: Fact) -> bool:
    """Whether a line may be built on the fact: it holds, the guest is its source, and it may be spoken of."""
    is_over = fact.superseded_by is not None or fact.negated or fact.hearsay
    return not is_over and fact.visibility is not Visibility.PRIVATE


def standing_facts(dossier: Dossier, *kinds: FactKind) -> list[Fact]:
    """Those of these kinds, newest first, each thing once: of two that say the same, the fuller one."""
    found = [one for one in dossier.facts if one.kind in kinds and is_standing(one)]
    found.sort(key=lambda one: (-(one.date or dt.date.min).toordinal(), kinds.index(one.kind), one.id))
    return [
        one
        for place, one in enumerate(found)
        if not any(_says_no_more(one, other, earlier=at < place) for at, other in enumerate(found) if other is not one)
    ]


def _says_no_more(one: Fact, other: Fact, earlier: bool) -> bool:
    mine, theirs = frozenset(content_stems(one.text)), frozenset(content_stems(other.text))
    return mine < theirs or (mine == theirs and earlier)


def without_repeats(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Each text once, in order."""
    return tuple({fold(one.text): one for one in reversed(tuple(lines))}.values())[::-1]


def on_day(day: dt.date | None) -> str:
    """ "12 March 2026"; empty for no day."""
    return f"{day.day} {day:%B %Y}" if day else ""


def noted(day: dt.date | None) -> str:
    """ " (noted March 2026)"; empty for no day."""
    return f" (noted {day:%B %Y})" if day else ""


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
