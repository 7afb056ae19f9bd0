"""Saying in one sentence what somebody would gain from being introduced, and what that rests on.

It must never say more than the items do, nor claim a gain where there is none to speak of.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Contact
from assistant.find.exchange import Item
from assistant.find.introduction_gains import Gain
from assistant.find.introductions import ONE_SIDED, total_worth
from assistant.find.wants import read_want


def say_why(gains: Sequence[Gain], person: Contact, other: Contact) -> tuple[str, tuple[Item, ...]]:
    """One plain sentence on what `person` would gain, and what it rests on; where there is nothing, it says that."""
    if total_worth(gains) < ONE_SIDED:
        return f"{person.first_name} would do it for {other.first_name}: your notes show no gain of their own.", ()
    best = gains[0]
    return _sentence(best, person.first_name, other.first_name), (best.mine, best.theirs)


def _sentence(gain: Gain, name: str, other: str) -> str:
    mine, theirs = gain.mine.text.rstrip("."), gain.theirs.text.rstrip(".")
    if gain.kind in ("met", "near"):
        return f"{_seeks(mine, name)}; {_has(gain.theirs, other)}."
    if gain.kind == "mutual":
        return f"{_seeks(mine, name)}; {_seeks(theirs, other)}: each could be that for the other."
    if gain.kind == "shared" and gain.theirs.kind == gain.mine.kind:
        same = mine == theirs or read_want(mine).whole == read_want(theirs).whole
        return f"{name} and {other} share an interest: {mine}." if same else _both(gain, name, other)
    return _both(gain, name, other)


def _seeks(need: str, name: str) -> str:
    return f"{name} wants {need}" if need.startswith("to ") else f"{name} looks for {need}"


def _both(gain: Gain, name: str, other: str) -> str:
    return f"{_has(gain.mine, name)}; {_has(gain.theirs, other)}."


def _has(one: Item, name: str) -> str:
    said = one.text.rstrip(".")
    forms = {
        "offer": f"{name} offers: {said}",
        "role": f"{name}'s work: {said}",
        "project": f"{name} works on: {said}",
        "interest": f"{name} cares about {said}",
        "skill": f"of {name} you noted: {said}",
        "said": f"of {name} you noted: “{said}”",
    }
    return forms.get(one.kind, f"{name}: {said}")
