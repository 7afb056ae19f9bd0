"""Two people and what is known of them, as a planner and a writer get it."""

from __future__ import annotations

import datetime as dt

from assistant.domain import (
    CommonGround,
    Contact,
    DraftKind,
    DraftRequest,
    Evidence,
    FactKind,
    Material,
    Visibility,
)

ME = Contact(id="c-me", name="Dana Marlow", emails=("dana@tidewise.example",), me=True)
ANA = Contact(id="c-ana", name="Ana Ferreira", emails=("ana@mare.example",))
TODAY = dt.date(2026, 11, 20)


def fact(id: str, about: Contact, kind: FactKind, text: str, quote: str, **more: object) -> Evidence:
    return Evidence(id=id, source="fact", about=about.id, kind=kind, text=text, quote=quote, **more)  # type: ignore[arg-type]


def record(field: str, text: str) -> Evidence:
    return Evidence(
        id=f"me-{field}",
        source="record",
        about=ME.id,
        field=field,
        text=text,
        quote=text,
        visibility=Visibility.PUBLIC,
    )


NEED = fact(
    "need",
    ANA,
    FactKind.NEED,
    "a Portuguese-speaking notary",
    "she's hunting for a Portuguese-speaking notary",
    occasion="Coffee in Porto",
    date=dt.date(2026, 3, 12),
)
OFFER = fact("offer", ME, FactKind.OFFER, "know a notary in Lisbon", "know a notary in Lisbon")
TALK = fact(
    "talk",
    ANA,
    FactKind.EVENT,
    "talk on cork mills in Leiden",
    "heard her talk on cork mills in Leiden",
    date=dt.date(2026, 6, 2),
)
STUDY = fact("study", ANA, FactKind.EDUCATION, "University of Southampton", "studied at the University of Southampton")
MY_STUDY = fact("my-study", ME, FactKind.EDUCATION, "University of Southampton", "University of Southampton, BSc 2009")
RECORDS = (record("title", "Founder"), record("org", "Tidewise"), record("location", "Bristol, UK"))
MATCH = CommonGround(kind="need_met", text="notary", mine=OFFER, theirs=NEED, rarity=1, strength=0.9)
SAME_SCHOOL = CommonGround(
    kind="education", text="the University of Southampton", mine=MY_STUDY, theirs=STUDY, rarity=0.8, strength=0.6
)


def make_material(kind: DraftKind = DraftKind.GIVE_FIRST, **changes: object) -> Material:
    material = Material(
        request=DraftRequest(kind=kind, to=ANA.id),
        me=ME,
        to=ANA,
        today=TODAY,
        evidence=(NEED, OFFER, TALK, STUDY, MY_STUDY, *RECORDS),
        ground=(MATCH, SAME_SCHOOL),
        names=("Ana Ferreira", "Tom Weber"),
    )
    return material.model_copy(update=changes)
