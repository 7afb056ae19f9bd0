"""Who knows whom in the book, as far as records, notes and conversations tell.

Named in what is noted of another, colleagues, guests of one event, parties to one conversation. A reason says which;
it must never quote a note, and never take a large firm, event or mailing for acquaintance.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from assistant.domain import Contact, Note, Touch
from assistant.find.fields import read_employer
from assistant.find.names import find_named, read_names
from assistant.find.touches import is_event
from assistant.text import fold

Links = Mapping[tuple[str, str], str]

MOST_IN_CIRCLE = 40  # of a firm or an event
MOST_IN_THREAD = 10


def find_links(
    people: Sequence[Contact], notes: Iterable[Note], touches: Iterable[Touch]
) -> dict[tuple[str, str], str]:
    """Why each pair of the book is thought to know each other, by their ids in order; the first reason found.

    Work grows with the people, the notes' words and the touches: large circles are left out.
    """
    links: dict[tuple[str, str], str] = {}
    told = sorted(notes, key=lambda one: (one.date or dt.date.min, one.id))
    for a, b, reason in _named(people, told):
        links.setdefault(_pair(a, b), reason)
    for circle, reason in (*_colleagues(people), *_guests(told), *_talkers(touches)):
        for a, b in combinations(sorted(circle), 2):
            links.setdefault((a, b), reason)
    return links


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def _named(people: Sequence[Contact], notes: Iterable[Note]) -> Iterable[tuple[str, str, str]]:
    """Whole names of others in what is noted of a person; a name two people bear is nobody's."""
    whole = read_names(people)
    names = {one.id: one.name for one in people}
    texts = [(one.id, one.how_met, "how you met") for one in people if one.how_met]
    texts += [
        (one.contact_id, one.text, f"your note of {one.date}" if one.date else "a note of yours")
        for one in notes
        if one.contact_id in names
    ]
    for contact, text, where in texts:
        for other in find_named(text, whole):
            if other.id != contact:
                yield contact, other.id, f"{other.name} is named in {where} on {names[contact]}"


def _colleagues(people: Iterable[Contact]) -> list[tuple[set[str], str]]:
    firms: dict[str, set[str]] = defaultdict(set)
    shown = {}
    for one in people:
        employer = read_employer(one)
        if employer:
            firms[employer].add(one.id)
            shown[employer] = one.org
    return [(who, f"both work at {shown[name]}") for name, who in firms.items() if 1 < len(who) <= MOST_IN_CIRCLE]


def _guests(notes: Iterable[Note]) -> list[tuple[set[str], str]]:
    """People with a note of the same day and heading: the same event."""
    events: dict[tuple[dt.date, str], set[str]] = defaultdict(set)
    shown = {}
    for one in notes:
        if one.date and is_event(one.title):
            place = (one.date, fold(one.title))
            events[place].add(one.contact_id)
            shown[place] = one.title
    return [(who, f"both were at “{shown[place]}”") for place, who in events.items() if 1 < len(who) <= MOST_IN_CIRCLE]


def _talkers(touches: Iterable[Touch]) -> list[tuple[set[str], str]]:
    begun: dict[str, str] = {}
    threads: dict[str, set[str]] = defaultdict(set)
    for one in touches:
        if one.thread and begun.setdefault(one.thread, one.contact_id) != one.contact_id:
            threads[one.thread] |= {begun[one.thread], one.contact_id}
    return [(who, "both took part in one conversation") for who in threads.values() if len(who) <= MOST_IN_THREAD]
