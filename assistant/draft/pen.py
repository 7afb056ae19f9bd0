"""What every frame of the plain writer needs to hand: the plan, the names, and a choice that is steady for a contact.

It must never say anything by itself: a sentence without evidence holds no fact.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from assistant.domain import Evidence, Material, Plan, Sentence
from assistant.draft import grammar
from assistant.draft.pronouns import pronoun_of
from assistant.text import strip_hidden


class Pen:
    """One message being written: the plan it follows and the people it is between."""

    def __init__(self, plan: Plan, material: Material) -> None:
        self.plan = plan
        self.material = material
        self.name = material.to.name
        self.first = material.to.first_name
        self.today = material.today
        self.pronoun = pronoun_of(material.to, material)

    @property
    def own(self) -> list[Evidence]:
        """The user's own words for this message, sentence by sentence; orders to the writer are none."""
        return [one for one in self.plan.evidence if one.source == "own" and one.field != "order"]

    def vary(self, *choices: str) -> str:
        """One of the choices: the same for the same contact and choices, different between contacts."""
        key = f"{self.material.to.id}|{self.plan.kind}|{choices[0]}"
        return choices[int(hashlib.sha256(key.encode()).hexdigest(), 16) % len(choices)]

    def to_you(self, phrase: str) -> str:
        """The phrase as said to the person it is about."""
        return grammar.to_second_person(phrase, self.name, self.pronoun)

    def need_object(self, need: str) -> str:
        """A need of theirs as what follows "looking for"."""
        return grammar.need_object(need, self.name, self.pronoun)


def say(text: str, *evidence: Evidence, paragraph: int = 1) -> Sentence:
    """A sentence with its first letter and its spaces in order, and the ids of what it rests on."""
    tidy = re.sub(r"\s+([,.;:?!])", r"\1", " ".join(strip_hidden(text).split()))
    tidy = re.sub(r"([?!.])\.$", r"\1", tidy)
    return Sentence(text=grammar.upper_first(tidy), evidence=tuple(one.id for one in evidence), paragraph=paragraph)


def asks(sentences: Iterable[Sentence]) -> bool:
    """Whether one of the sentences is a question."""
    return any(one.text.endswith("?") for one in sentences)
