"""A small cleared and withheld set of evidence about one contact, for sentences labelled by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from assistant.domain import (
    Contact,
    DraftKind,
    DraftRequest,
    Evidence,
    FactKind,
    FavourKind,
    Material,
    Visibility,
)

ME = Contact(id="c-me", name="Dana Marlow", emails=("dana@tidewise.example",), me=True)
ANA = Contact(id="c-ana", name="Ana Ferreira", emails=("ana@mare.example",))
TODAY = dt.date(2026, 11, 20)
COFFEE = {"occasion": "Coffee in Porto", "date": dt.date(2026, 3, 12)}


def fact(id: str, about: Contact, kind: FactKind, text: str, quote: str, **more: object) -> Evidence:
    return Evidence(id=id, source="fact", about=about.id, kind=kind, text=text, quote=quote, **more)  # type: ignore[arg-type]


EVIDENCE = (
    fact("need", ANA, FactKind.NEED, "a Portuguese-speaking notary", "she's hunting for a Portuguese-speaking notary", **COFFEE),
    fact("role", ANA, FactKind.ROLE, "architect", "architect at Studio Maré", visibility=Visibility.PUBLIC),
    fact("project", ANA, FactKind.PROJECT, "turning a cork mill into flats", "turning a cork mill into 27 flats", **COFFEE),
    fact("old", ANA, FactKind.EMPLOYER, "Brightloom", "works at Brightloom", superseded=True, date=dt.date(2023, 5, 1)),
    fact("cofounder", ANA, FactKind.NEED, "a co-founder", "does not want a co-founder", negated=True, **COFFEE),
    fact("rumour", ANA, FactKind.PLACE, "Madeira", "Jonas says she may move to Madeira, not sure", hearsay=True, **COFFEE),
    fact("intro", ANA, FactKind.EVENT, "Priya introduced me to Ana", "Priya introduced me to Ana at the Harbour Fair", date=dt.date(2024, 9, 4)),
    fact("notary", ME, FactKind.OFFER, "know a notary in Lisbon", "know a notary in Lisbon"),
    fact("swim", ME, FactKind.INTEREST, "sea swimming", "sea swimming"),
    fact("porto", ME, FactKind.PLACE, "Porto", "lived in Porto from 2016 to 2018"),
    Evidence(id="gave", source="favour", about=ANA.id, kind=FavourKind.GAVE, text="the tide-gauge data", quote="sent her the tide-gauge data", date=dt.date(2026, 4, 2)),
    Evidence(id="org", source="record", about=ME.id, field="org", text="Tidewise", quote="Tidewise", visibility=Visibility.PUBLIC),
    Evidence(id="own", source="own", about=ME.id, text="I am in Porto in the first week of December", quote="I am in Porto in the first week of December"),
)  # fmt: skip
WITHHELD = (
    fact("secret", ANA, FactKind.PERSONAL, "leaving the practice", "thinking of leaving the practice and moving to São Tomé", visibility=Visibility.PRIVATE),
    fact("confidence", Contact(id="c-tom", name="Tom Weber"), FactKind.PERSONAL, "his brewery is for sale", "his brewery in Ghent is quietly for sale"),
)  # fmt: skip


@pytest.fixture
def material() -> Material:
    return Material(
        request=DraftRequest(kind=DraftKind.GIVE_FIRST, to=ANA.id),
        me=ME,
        to=ANA,
        today=TODAY,
        evidence=EVIDENCE,
        withheld=WITHHELD,
        known=True,
        names=("Ana Ferreira", "Tom Weber", "Priya Nair", "Viktor Hale", "Studio Maré"),
    )
