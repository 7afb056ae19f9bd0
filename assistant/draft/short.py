"""A message of at most 300 characters, as a LinkedIn note takes it: the sentences that matter most, whole.

It must never cut a sentence in two, and never leave out the one question.
"""

from __future__ import annotations

from assistant.domain import Channel, Message, Sentence
from assistant.draft.pen import Pen

MOST_CHARACTERS = 300


def shorten(pen: Pen, body: list[Sentence]) -> Message:
    """Greeting, as many sentences as fit, and the name. The question stays; of the rest the first facts stay."""
    greeting = Sentence(text=f"Hi {pen.first},", paragraph=0)
    closing = Sentence(text=pen.material.me.first_name, paragraph=2)
    room = MOST_CHARACTERS - len(greeting.text) - len(closing.text) - 4
    one_paragraph = [one.model_copy(update={"paragraph": 1}) for one in body]
    kept = _choose(one_paragraph, room)
    return Message(kind=pen.plan.kind, channel=Channel.MESSAGE, sentences=(greeting, *kept, closing), cited=True)


def _choose(body: list[Sentence], room: int) -> list[Sentence]:
    """The question first, then what has evidence in order, then courtesies, as long as there is room."""

    def rank(pair: tuple[int, Sentence]) -> tuple[int, int]:
        place, one = pair
        return (0 if one.text.endswith("?") else 1 if one.evidence else 2, place)

    chosen: dict[int, Sentence] = {}
    for place, one in sorted(enumerate(body), key=rank):
        if len(one.text) + 1 <= room:
            chosen[place] = one
            room -= len(one.text) + 1
    return [chosen[place] for place in sorted(chosen)]
