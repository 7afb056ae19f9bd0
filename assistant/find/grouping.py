"""Values by the contact they are of, in the order they came. It must never drop one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from assistant.domain import Evidence, Fact, Favour, Note, Passage, Touch

_Of = TypeVar("_Of", Fact, Favour, Note, Passage, Touch)


def by_contact(values: Iterable[_Of]) -> defaultdict[str, list[_Of]]:
    """Lists by contact id; a contact nothing is kept of has an empty one."""
    found: defaultdict[str, list[_Of]] = defaultdict(list)
    for one in values:
        found[one.contact_id].append(one)
    return found


def by_person(evidence: Iterable[Evidence]) -> defaultdict[str, list[Evidence]]:
    """Evidence by whom it is about."""
    found: defaultdict[str, list[Evidence]] = defaultdict(list)
    for one in evidence:
        found[one.about].append(one)
    return found


def by_note(passages: Iterable[Passage]) -> defaultdict[str, list[Passage]]:
    """Passages by the note they stand in."""
    found: defaultdict[str, list[Passage]] = defaultdict(list)
    for one in passages:
        found[one.note_id].append(one)
    return found
