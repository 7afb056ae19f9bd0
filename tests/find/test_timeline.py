from __future__ import annotations

import datetime as dt

from assistant.domain import Contact, Favour, FavourKind, Interaction, Note, Profile
from assistant.find.timeline import build_timeline

ANA = Contact(id="c-ana", name="Ana Ferreira")
DAY = dt.date(2026, 5, 20)


def note(name: str, day: dt.date | None) -> Note:
    return Note(id=name, contact_id=ANA.id, source="md:ana.md", key=name, text=f"text of {name}", title=name, date=day)


def test_the_newest_comes_first_and_what_has_no_date_last() -> None:
    profile = Profile(contact=ANA, notes=(note("undated", None), note("old", DAY), note("new", DAY.replace(year=2027))))
    assert [one.title for one in build_timeline(profile)] == ["new", "old", "undated"]


def test_what_a_note_tells_already_stands_once() -> None:
    told = Interaction(id="i-1", contact_id=ANA.id, when=DAY, channel="call", direction="both", note_id="n")
    mail = Interaction(id="i-2", contact_id=ANA.id, when=DAY, channel="email", direction="in", title="A notary")
    favours = (
        Favour(id="g-1", contact_id=ANA.id, kind=FavourKind.GAVE, text="the data", date=DAY, note_id="n"),
        Favour(id="g-2", contact_id=ANA.id, kind=FavourKind.ASKED, text="a reference"),
    )
    profile = Profile(contact=ANA, notes=(note("n", DAY),), interactions=(told, mail), favours=favours)
    found = build_timeline(profile)
    assert sorted(one.title for one in found) == ["email from them: A notary", "n", "you asked"]
    assert next(one for one in found if one.kind == "note").text == "text of n"
