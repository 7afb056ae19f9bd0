"""Whether two people may be brought together at all: what stands against it, and who wants to be asked before.

Two who know each other, or are one person or one family, need no introduction; a wish, a conflict or a standing
do-not-contact closes the way. Read from every line about them, private ones too: a confidence binds, it is never shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from assistant.domain import Contact, Evidence, Value
from assistant.nicknames import may_be_called
from assistant.sources.acquaintance import speaks_of
from assistant.sources.wishes import are_at_odds, find_stance
from assistant.text import fold

_SHARED_HOSTS = frozenset("gmail googlemail outlook hotmail live yahoo icloud me proton protonmail gmx web aol".split())


class Standing(Value):
    """How two people stand to an introduction. `closed` says why not; empty where the way is open."""

    closed: str = ""
    asks_first: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


def find_standing(
    a: Contact, b: Contact, told: Sequence[Evidence], first_names: Mapping[str, int], today: dt.date
) -> Standing:
    """`told` is all that is noted of the two, and of third people what names both. Names are ids of contacts."""
    closed = (
        _marked(a, b)
        or ("they may be one person, or of one family" if are_kin(a, b) else "")
        or _acquainted(a, b, told, first_names)
        or ("a note says that they are at odds" if are_at_odds(told, a, b) else "")
    )
    if closed:
        return Standing(closed=closed)
    stances = {one.id: find_stance(told, today, one, other) for one, other in ((a, b), (b, a))}
    wish = next((stance.closed for stance in stances.values() if stance.closed), None)
    return Standing(
        closed=wish.reason if wish else "",
        asks_first=tuple(one for one, stance in stances.items() if stance.asks_first),
        open=tuple(one for one, stance in stances.items() if stance.is_open),
    )


def _marked(a: Contact, b: Contact) -> str:
    marked = next((one for one in (a, b) if one.do_not_contact), None)
    return f"{marked.name} is marked do-not-contact" if marked else ""


def are_kin(a: Contact, b: Contact) -> bool:
    """Whether the two share a whole name, a family name and a home, or a number: one person, or one family."""
    if set(a.phones) & set(b.phones) or set(a.links) & set(b.links):
        return True
    ours, theirs = fold(a.name).split(), fold(b.name).split()
    if not ours or not theirs or ours[-1] != theirs[-1] or len(ours) < 2 or len(theirs) < 2:
        return fold(a.name) == fold(b.name)
    first, other = ours[0], theirs[0]
    same = first == other or may_be_called(first, other) or may_be_called(other, first)
    at_home = bool(a.location) and fold(a.location) == fold(b.location)
    return same or at_home or bool(_own_hosts(a) & _own_hosts(b))


def _own_hosts(one: Contact) -> set[str]:
    hosts = {fold(address.rpartition("@")[2]) for address in one.emails}
    return {host for host in hosts if host.split(".")[0] not in _SHARED_HOSTS}


def _acquainted(a: Contact, b: Contact, told: Sequence[Evidence], first_names: Mapping[str, int]) -> str:
    for person, other in ((a, b), (b, a)):
        for one in told:
            if one.about == person.id and speaks_of(one.quote, other, first_names):
                return f"what you noted of {person.name} speaks of {other.name}"
    return ""
