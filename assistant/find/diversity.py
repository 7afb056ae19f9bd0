"""Who the active network is made of, against the address book: fields, places, roles, old ties and new; and its gaps.

A gap is told with those who could bridge it: people of that sort one has lost touch with, and people one has never been
in touch with whom somebody active knows. How redundant the active ties are is R. Burt's effective size of a network
(Structural Holes, 1992), in S. Borgatti's form for ties without weight (1997): `n - 2t / n`, where `t` pairs of the `n`
people know each other. How spread they are is the number of fields of equal size that would be as diverse: the inverse
of P. Blau's concentration (1977), M. Hill's number of order two (1973). It must never propose somebody who asked not to
be written to.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from assistant.domain import DORMANT_DAYS, Contact, Value
from assistant.find.fields import FIELDS, read_field, read_first_year, read_place, read_role
from assistant.find.links import Links
from assistant.find.touches import has_met, is_connected

GapKind = Literal["industry", "place", "role", "generation"]

MOST_BRIDGES = 3
_LEAST_BOOK: dict[GapKind, int] = {"industry": 1, "place": 2, "role": 2, "generation": 2}
_LEAST_MEASURED = 3  # of fewer people no share is a measure
_THIN = 0.5  # active people of a sort are thin at less than this share of what the book would lead one to expect
_GENERATIONS = ((1, "known under a year"), (3, "known 1 to 3 years"), (10, "known 3 to 10 years"))
_OLDEST = "known over 10 years"


class Share(Value):
    """How many people of a sort the book holds, and how many of them are active."""

    name: str
    book: int
    active: int


class Bridge(Value):
    """Somebody who could bridge a gap, and why: `dormant` (lost touch) or `introduced` (known to somebody active)."""

    contact: str
    contact_id: str
    kind: Literal["dormant", "introduced"]
    reason: str
    through: str = ""


class Gap(Value):
    """A sort of people of whom the active network has few or none."""

    kind: GapKind
    name: str
    book: int
    active: int
    said: str
    bridges: tuple[Bridge, ...] = ()


class Redundancy(Value):
    """`effective` of the `people` bring something the others do not; `ties` of their pairs know each other."""

    people: int
    ties: int
    effective: float
    said: str


class Spread(Value):
    """As many fields of equal size would be as diverse as the book, and as its active part."""

    book: float
    active: float


class Diversity(Value):
    """The active network against the book, by sort."""

    industries: tuple[Share, ...]
    places: tuple[Share, ...]
    roles: tuple[Share, ...]
    generations: tuple[Share, ...]
    spread: Spread
    gaps: tuple[Gap, ...]
    redundancy: Redundancy


class Known(NamedTuple):
    """When the user was first and last in touch with somebody; None where never."""

    first: dt.date | None = None
    last: dt.date | None = None


def find_diversity(
    people: Sequence[Contact],
    active: Collection[str],
    known: Mapping[str, Known],
    links: Links,
    today: dt.date,
) -> Diversity:
    """`people` are the book without the user, `active` ids of those in touch within the year."""
    readers: dict[GapKind, Callable[[Contact], str]] = {
        "industry": read_field,
        "place": read_place,
        "role": read_role,
        "generation": lambda one: read_generation(one, known.get(one.id, Known()), today),
    }
    sorts = {kind: {one.id: name for one in people if (name := read(one))} for kind, read in readers.items()}
    shares = {kind: count_shares(names, active) for kind, names in sorts.items()}
    bridges = find_bridges(people, active, known, links, today)
    gaps = [gap for kind in readers for gap in _find_gaps(kind, shares[kind], sorts[kind], bridges)]
    return Diversity(
        industries=shares["industry"],
        places=shares["place"],
        roles=shares["role"],
        generations=shares["generation"],
        spread=Spread(
            book=count_evenly(one.book for one in shares["industry"]),
            active=count_evenly(one.active for one in shares["industry"]),
        ),
        gaps=tuple(gaps),
        redundancy=find_redundancy(active, links),
    )


def read_generation(contact: Contact, known: Known, today: dt.date) -> str:
    """How long the tie has lasted, from the first time in touch or the year they met; empty where neither is known."""
    year = read_first_year(contact)
    days = [one for one in (known.first, dt.date(year, 1, 1) if year else None) if one and one <= today]
    if not days:
        return ""
    years = (today - min(days)).days / 365.25
    return next((name for most, name in _GENERATIONS if years < most), _OLDEST)


def count_shares(names: Mapping[str, str], active: Collection[str]) -> tuple[Share, ...]:
    """Each sort with its people in the book and among the active, the most frequent first."""
    book = Counter(names.values())
    alive = Counter(name for contact, name in names.items() if contact in active)
    rows = (Share(name=name, book=count, active=alive[name]) for name, count in book.items())
    return tuple(sorted(rows, key=lambda one: (-one.book, one.name)))


def count_evenly(counts: Iterable[int]) -> float:
    """As many sorts of equal size would be as diverse: one over the sum of squared shares; 0 where there is nobody."""
    present = [one for one in counts if one]
    total = sum(present)
    return round(total**2 / sum(one**2 for one in present), 1) if present else 0.0


# --- gaps -------------------------------------------------------------------------------------------------------


def find_bridges(
    people: Sequence[Contact], active: Collection[str], known: Mapping[str, Known], links: Links, today: dt.date
) -> dict[str, Bridge]:
    """Everybody who could bridge a gap, those last in touch most lately first."""
    names = {one.id: one.name for one in people}
    through = _through(active, links)
    bridges = {}
    for one in sorted(people, key=lambda one: (-_last_day(known.get(one.id)), one.name, one.id)):
        last = known.get(one.id, Known()).last
        if one.do_not_contact:
            continue
        if last and (today - last).days >= DORMANT_DAYS:
            reason = f"last in touch {last:%B %Y}"
            bridges[one.id] = Bridge(contact=one.name, contact_id=one.id, kind="dormant", reason=reason)
        elif last is None and has_met(one):
            reason = f"no contact noted since you met ({one.how_met})"
            bridges[one.id] = Bridge(contact=one.name, contact_id=one.id, kind="dormant", reason=reason)
        elif last is None and is_connected(one):
            reason = f"no contact noted ({one.how_met})"
            bridges[one.id] = Bridge(contact=one.name, contact_id=one.id, kind="dormant", reason=reason)
        elif last is None and one.id in through:
            friend, why = through[one.id]
            reason = f"{names[friend]} may introduce you: {why}"
            bridges[one.id] = Bridge(
                contact=one.name, contact_id=one.id, kind="introduced", reason=reason, through=names[friend]
            )
    return bridges


def _last_day(known: Known | None) -> int:
    return known.last.toordinal() if known and known.last else 0


def _through(active: Collection[str], links: Links) -> dict[str, tuple[str, str]]:
    """For each person somebody active who knows them, and why that is thought."""
    found: dict[str, tuple[str, str]] = {}
    for (a, b), why in links.items():
        for friend, other in ((a, b), (b, a)):
            if friend in active and other not in active:
                found.setdefault(other, (friend, why))
    return found


def _find_gaps(
    kind: GapKind, shares: Sequence[Share], names: Mapping[str, str], bridges: Mapping[str, Bridge]
) -> list[Gap]:
    """Sorts with nobody active, or half of what the book would lead one to expect; fields nobody in the book is of."""
    total, alive = sum(one.book for one in shares), sum(one.active for one in shares)
    able: dict[str, list[Bridge]] = defaultdict(list)
    for contact, bridge in bridges.items():
        able[names.get(contact, "")].append(bridge)
    gaps = [
        Gap(kind=kind, **one.model_dump(), said=_said(kind, one), bridges=tuple(able[one.name][:MOST_BRIDGES]))
        for one in shares
        if one.book >= _LEAST_BOOK[kind] and _is_thin(one, one.book * alive / total)
    ]
    if kind == "industry" and shares:
        missing = FIELDS.keys() - {one.name for one in shares}
        gaps += [_missing(name) for name in FIELDS if name in missing]
    return gaps


def _is_thin(one: Share, expected: float) -> bool:
    return not one.active or (one.book >= _LEAST_MEASURED and one.active < _THIN * expected)


def _missing(field: str) -> Gap:
    return Gap(kind="industry", name=field, book=0, active=0, said=f"Nobody in your book is of {field}.")


def _said(kind: GapKind, one: Share) -> str:
    of = {"industry": f"of {one.name}", "place": f"in {one.name}", "role": f"who is a {one.name}"}.get(kind, one.name)
    people = "the one person" if one.book == 1 else f"the {one.book} people"
    many = "none" if not one.active else f"only {one.active}"
    return f"Of {people} {of} in your book, you were in touch with {many} within the year."


def find_redundancy(active: Collection[str], links: Links) -> Redundancy:
    """Burt's effective size of the active network: people less the mean number of the others each one knows."""
    people = len(active)
    ties = sum(a in active and b in active for a, b in links)
    effective = round(people - 2 * ties / people, 1) if people else 0.0
    pairs = "one pair of them seems" if ties == 1 else f"{ties or 'no'} pairs of them seem"
    said = f"Your {people} active ties bring as much as {effective:g} strangers would; {pairs} to know each other."
    return Redundancy(people=people, ties=ties, effective=effective, said=said if people else "Nobody is active yet.")
