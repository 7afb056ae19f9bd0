"""Whom "she" and "his" mean in words about two people."""

from __future__ import annotations

import pytest
from two_people import ANA, GWEN, make_material

from assistant.domain import Contact, DraftKind, Evidence, Material, Outcome
from assistant.draft.plan import plan_message
from assistant.draft.pronouns import find_unclear, name_both, pronoun_of
from assistant.find.material import own_evidence

ROB = Contact(id="c-rob", name="Rob Ashby", emails=("rob@ashby.example",))


def told(about: Contact, *quotes: str) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(id=f"q-{about.id}-{place}", source="note", about=about.id, text=quote, quote=quote)
        for place, quote in enumerate(quotes)
    )


def material_of(other: Contact, *evidence: Evidence) -> Material:
    return make_material(DraftKind.INTRO, other=other, evidence=evidence)


def test_each_pronoun_becomes_the_person_whose_notes_use_it() -> None:
    material = material_of(ROB, *told(ANA, "She runs a hall.", "Her stage is old."), *told(ROB, "He mends stages."))
    words = "her stage needs a carpenter, his lad Jamie needs a job, he could ask her"
    assert name_both(words, material) == "Ana's stage needs a carpenter, Rob's lad Jamie needs a job, Rob could ask Ana"
    assert not find_unclear(words, material)


def test_a_pronoun_that_may_be_either_is_asked_about() -> None:
    material = material_of(GWEN, *told(ANA, "She runs a hall."), *told(GWEN, "She keeps books."))
    own = own_evidence("her stage needs a carpenter", "c-me")
    assert find_unclear(own.text, material) == "her"
    plan = plan_message(material.model_copy(update={"evidence": (*material.evidence, own)}))
    assert plan.outcome is Outcome.NEEDS_INPUT and "Whom does “her” mean" in plan.questions[0]


@pytest.mark.parametrize(
    ("quotes", "tags", "pronoun"),
    [(("She sings.", "Her dog."), (), "she"), (("Sings.",), (), ""), (("He and she.",), ("they",), "they")],
)
def test_no_pronoun_is_guessed_from_a_name(quotes: tuple[str, ...], tags: tuple[str, ...], pronoun: str) -> None:
    person = ROB.model_copy(update={"tags": tags})
    assert pronoun_of(person, material_of(person, *told(person, *quotes))) == pronoun
