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
    FavourKind,
    Interaction,
    Material,
    Visibility,
)
from assistant.find.material import own_evidence

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


GWEN = Contact(id="c-gwen", name="Gwen Pritchard", emails=("gwen@books.example",))
GWEN_RECORDS = tuple(
    Evidence(
        id=f"gwen-{field}",
        source="record",
        about=GWEN.id,
        field=field,
        text=text,
        quote=text,
        visibility=Visibility.PUBLIC,
    )
    for field, text in (("title", "Accountant"), ("org", "Pritchard Books"), ("location", "Cardiff, UK"))
)
THANKS = Evidence(
    id="thanks",
    source="favour",
    about=ANA.id,
    kind=FavourKind.RECEIVED,
    text="explained the mooring licence to me",
    quote="explained the mooring licence to me",
    date=dt.date(2024, 10, 17),
)
COFFEE = Evidence(
    id="coffee",
    source="record",
    about=ANA.id,
    field="heading",
    text="Coffee in Porto",
    quote="Coffee in Porto",
    occasion="Coffee in Porto",
    note_id="n-coffee",
    date=dt.date(2026, 3, 12),
)
# What the user says of the matter, for the kinds that cannot do without.
ABOUT = {
    DraftKind.ASK: "review our leaflet on moorings",
    DraftKind.NEWS_SHARE: "I read that a Portuguese notary now works by video https://notary.example/video",
    DraftKind.EVENT_INVITE: "an evening with a Portuguese notary in Bristol on 12 March 2027",
    DraftKind.FOLLOW_UP: "I promised you the address of the notary.",
    DraftKind.INTRO_ASK: "both of you look after small harbours",
    DraftKind.INTRO: "both said yes, both look after small harbours",
    DraftKind.BLURB: "I am looking for a printer in Bristol.",
    DraftKind.RECONNECT: "I can send you the harbour plans now.",
}


def make_material(kind: DraftKind = DraftKind.GIVE_FIRST, **changes: object) -> Material:
    about = ABOUT.get(kind, "")
    other = GWEN if kind in (DraftKind.INTRO_ASK, DraftKind.INTRO) else None
    own = (own_evidence(about, ME.id),) if about else ()
    touch = Interaction(
        id="i-1", contact_id=ANA.id, when=COFFEE.date or TODAY, channel="meeting", direction="both", note_id="n-coffee"
    )
    material = Material(
        request=DraftRequest(kind=kind, to=ANA.id, about=about, other=other.id if other else None),
        other=other,
        touches=(touch,),
        known=kind is not DraftKind.COLD,
        me=ME,
        to=ANA,
        today=TODAY,
        evidence=(NEED, OFFER, TALK, STUDY, MY_STUDY, THANKS, COFFEE, *RECORDS, *(GWEN_RECORDS if other else ()), *own),
        ground=(MATCH, SAME_SCHOOL),
        names=("Ana Ferreira", "Tom Weber"),
    )
    return material.model_copy(update=changes)
