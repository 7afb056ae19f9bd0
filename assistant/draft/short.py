"""A message of at most 300 characters, as a LinkedIn note takes it: the sentences that matter most, whole.

It must never cut a sentence in two, and never leave out the one question.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Channel, Message, Sentence
from assistant.draft.pen import Pen

MOST_CHARACTERS = 300


def shorten(pen: Pen, body: Sequence[Sentence]) -> Message:
    """Greeting, as many sentences as fit, and the name."""
    greeting = Sentence(text=f"Hi {pen.first},", paragraph=0)
    closing = Sentence(text=pen.material.me.first_name, paragraph=2)
    room = MOST_CHARACTERS - len(greeting.text) - len(closing.text) - 4
    kept = _choose([one.model_copy(update={"paragraph": 1}) for one in body], _matter(pen), room)
    return Message(kind=pen.plan.kind, channel=Channel.MESSAGE, sentences=(greeting, *kept, closing), cited=True)


def _matter(pen: Pen) -> frozenset[str]:
    """The ids of what the message is for: the give, the thanks, the user's own words."""
    plan = pen.plan
    sides = (plan.give.offer, plan.give.need) if plan.give else ()
    own = [one for one in plan.evidence if one.source == "own"]
    return frozenset(one.id for one in (*sides, plan.thanks, *own) if one is not None)


def _choose(body: Sequence[Sentence], matter: frozenset[str], room: int) -> list[Sentence]:
    """The question first, then what the message is for, then other facts in order, then courtesies, while they fit."""

    def rank(pair: tuple[int, Sentence]) -> tuple[int, int]:
        place, one = pair
        if one.text.endswith("?"):
            return 0, place
        return (1 if matter & set(one.evidence) else 2 if one.evidence else 3), place

    chosen: dict[int, Sentence] = {}
    for place, one in sorted(enumerate(body), key=rank):
        if len(one.text) + 1 <= room:
            chosen[place] = one
            room -= len(one.text) + 1
    return [chosen[place] for place in sorted(chosen)]
