"""Which facts a later one outdates: a new employer, a move, a need that was met, a plain denial.

It must never let an undated or hearsay note outdate a dated one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from assistant.domain import Fact, FactKind
from assistant.text import content_stems

# One lives in one place and has one employer and role at a time; a new one ends the old one.
_ONE_AT_A_TIME = (FactKind.EMPLOYER, FactKind.ROLE, FactKind.PLACE)
_FORMER = ("until", "former", "formerly", "to 19", "to 20", "grew up", "was at", "used to", "a year in", "years in")
# What one does beside one's work: "runs a lunch club on Wednesdays" ends no role.
_BESIDE = re.compile(r"(?:runs|leads|heads|manages|chairs|directs|founded) (?!.*\bnow\b)", re.IGNORECASE)
_MET = ("sorted", "solved", "found", "settled", "met", "done", "hired")


def mark_superseded(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The same facts, each with the id of the latest one that makes it untrue, if there is one."""
    later = sorted(facts, key=lambda one: one.date or dt.date.min)
    marked: dict[str, str] = {}
    for place, new in enumerate(later):
        if new.hearsay or new.date is None:
            continue
        for old in later[:place]:
            if (old.date is None or old.date < new.date or new.negated) and _outdates(new, old):
                marked[old.id] = new.id
    return tuple(one.model_copy(update={"superseded_by": marked.get(one.id)}) for one in facts)


def _outdates(new: Fact, old: Fact) -> bool:
    if new.kind is not old.kind or new.id == old.id or old.negated:
        return False
    if new.negated:
        return _same_thing(new, old)
    if new.kind is FactKind.ROLE and _BESIDE.match(new.text):
        return False
    return new.kind in _ONE_AT_A_TIME and _ends_others(new) and _ends_others(old) and not _same_thing(new, old)


def _same_thing(new: Fact, old: Fact) -> bool:
    """Whether both speak of one thing: most of the shorter phrase stands in the other."""
    mine, theirs = _stems(new), _stems(old)
    if new.kind is FactKind.NEED and _head(new.text) == _head(old.text) != "":
        return True
    if not mine:
        return any(word in new.quote.casefold() for word in _MET)
    return len(mine & theirs) * 2 >= min(len(mine), len(theirs)) > 0


def _head(phrase: str) -> str:
    """What the phrase names, without what it is for: "accountant" of "an accountant who knows charities"."""
    front = re.split(r"[,;:(]|\b(?:for|who|that|in|to|with|from|of|at|on|about)\b", phrase, maxsplit=1)[0]
    stems = content_stems(front)
    return stems[-1] if stems else ""


def _stems(fact: Fact) -> frozenset[str]:
    return frozenset(content_stems(fact.text)) - frozenset(content_stems("found sorted solved settled all now"))


def _ends_others(fact: Fact) -> bool:
    """A fact of the past, or one that is said to come on top, lives beside others."""
    said = f"{fact.text} {fact.quote}".casefold()
    return not any(word in said for word in (*_FORMER, " also ", "part-time", "on the side"))
