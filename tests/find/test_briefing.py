"""A page for a guest: what stands on it, what it rests on, what is marked, and that guests stay apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Contact, Evidence, FactKind, Note, Visibility
from assistant.find.briefing import Briefing, find_briefing
from assistant.find.dossier import Dossier, Line, cite
from assistant.find.evidence import private_evidence, record_evidence
from assistant.find.material import heading_evidence
from assistant.find.sentences import note_evidence
from assistant.find.touches import find_touches
from assistant.sources.facts import read_facts

TODAY = dt.date(2026, 11, 20)
ME = Contact(id="c-me", name="Dana Marlow", me=True)
ANA = Contact(id="c-ana", name="Ana Ferreira", org="Mare Livre", how_met="a workshop in Porto, 2024")
BRUNO = Contact(id="c-bruno", name="Bruno Costa")


def dossier(contact: Contact, notes: Sequence[tuple[str, str, str]], names: tuple[Contact, ...] = ()) -> Dossier:
    """A dossier from notes given as day, heading and text, read as the product reads them."""
    kept = [
        Note(
            id=f"n-{contact.id}-{place}",
            contact_id=contact.id,
            source="typed",
            key=str(place),
            text=text,
            title=title,
            date=dt.date.fromisoformat(day),
        )
        for place, (day, title, text) in enumerate(notes)
    ]
    reading = read_facts(contact, kept)
    return Dossier(
        contact=contact,
        me=ME,
        today=TODAY,
        facts=reading.facts,
        passages=reading.passages,
        notes=tuple(kept),
        records=record_evidence(contact, reading.facts),
        headings=heading_evidence(kept, frozenset()),
        said=note_evidence(reading.passages, reading.facts, [contact, ME], kept),
        secrets=private_evidence(reading.passages),
        ledger=tuple(reading.favours),
        touches=find_touches(contact, kept),
        names=names,
    )


def lines(page: Briefing, key: str) -> list[Line]:
    return [line for section in page.sections if section.key == key for line in section.lines]


def texts(page: Briefing, key: str) -> list[str]:
    return [line.text for line in lines(page, key)]


def evidence(about: str, visibility: Visibility = Visibility.PERSONAL) -> Evidence:
    return Evidence(
        id=f"f-{about}",
        source="fact",
        about=about,
        text="a thing",
        quote="a thing",
        kind=FactKind.NEED,
        visibility=visibility,
    )


def test_a_line_that_rests_on_a_third_person_is_not_made() -> None:
    of_ana = dossier(ANA, [])
    assert cite(of_ana, "Ana needs a thing", evidence("c-ana"))
    assert cite(of_ana, "Ana needs a thing", evidence("c-bruno")) == ()
    assert cite(of_ana, "Ana needs a thing", evidence("c-ana"), evidence("c-bruno")) == ()


def test_a_line_with_no_evidence_or_only_the_users_own_is_not_made() -> None:
    of_ana = dossier(ANA, [])
    assert cite(of_ana, "Ana is here") == ()
    assert cite(of_ana, "Ana is here", None) == ()
    assert cite(of_ana, "I have a thing", evidence("c-me")) == ()


def test_what_rests_on_anything_private_is_private() -> None:
    (line,) = cite(dossier(ANA, []), "x", evidence("c-ana"), evidence("c-ana", Visibility.PRIVATE))
    assert line.private


def test_what_a_later_note_ended_is_marked_and_names_what_took_its_place() -> None:
    notes = [
        ("2024-01-01", "Coffee", "- [employer] Mare Livre"),
        ("2026-02-01", "Call", "- [employer] Tideline, since January"),
    ]
    page = find_briefing(dossier(ANA, notes))
    stale = [line for line in lines(page, "now") if line.stale]
    assert any("Mare Livre" in line.text and "Tideline" in line.text for line in stale)
    assert not any("Mare Livre" in line.text for line in lines(page, "now") if not line.stale)


def test_private_matters_stand_on_the_page_marked_and_nowhere_else() -> None:
    notes = [("2026-09-08", "Call", "- [private] thinking of leaving Mare Livre\n\nShe is well.")]
    page = find_briefing(dossier(ANA, notes))
    told = [line for section in page.sections for line in section.lines if "leaving" in line.text]
    assert told and all(line.private for line in told)


def test_no_question_goes_near_a_confidence() -> None:
    notes = [("2026-09-08", "Call", "- [private] thinking of leaving Mare Livre\n- [interest] fado")]
    page = find_briefing(dossier(ANA, notes))
    assert texts(page, "questions") == ["What got you into fado?"]


def test_a_wish_is_for_the_user_to_respect_and_is_never_quoted_in_the_open() -> None:
    notes = [
        (
            "2026-09-08",
            "Dinner",
            "Never seat me with Bruno, she said. Good fish.\n- [preference] never seat me with Bruno",
        )
    ]
    page = find_briefing(dossier(ANA, notes, (BRUNO,)))
    told = [line for section in page.sections for line in section.lines if "seat me" in line.text]
    assert told and all(line.private for line in told)


def test_what_is_only_heard_of_them_is_never_told_as_theirs() -> None:
    notes = [("2026-09-08", "Coffee", "Ana says Bruno is looking for a co-founder. Nice weather.")]
    page = find_briefing(dossier(BRUNO, notes, (ANA,)))
    told = [line for section in page.sections for line in section.lines if "co-founder" in line.text]
    assert told and all(line.private for line in told)


def test_a_need_that_was_met_is_no_longer_open_and_is_not_asked_after() -> None:
    notes = [
        ("2025-04-16", "Call", "- [need] a co-author who knows statistics"),
        ("2026-06-25", "Message", "About the co-author, she found one, sorted."),
    ]
    page = find_briefing(dossier(ANA, notes))
    assert texts(page, "needs") == []
    assert not any("co-author" in text for text in texts(page, "questions"))
    assert any("co-author" in text for text in texts(page, "changes"))


def test_an_open_promise_stands_until_it_is_given() -> None:
    promised = [("2026-03-12", "Coffee", "I promised her the tide tables.")]
    assert texts(find_briefing(dossier(ANA, promised)), "promises") == [
        "You promised: the tide tables (noted March 2026)"
    ]
    given_since = [*promised, ("2026-04-01", "Mail", "- [gave] sent her the tide tables")]
    assert texts(find_briefing(dossier(ANA, given_since)), "promises") == []


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("[need] a Portuguese-speaking notary for her parents' house", "In March you were looking for a Portuguese-speaking notary: did you find one?"),
        ("[need] someone to teach Python to her students", "In March you were looking for someone to teach Python to your students: did you find one?"),
        ("[need] to find a school", "Did you manage to find a school?"),
        ("[project] a surge model for small harbours", "What is the hardest part of the surge model for small harbours?"),
        ("[project] volunteers photograph tide marks", "How did it come about that volunteers photograph tide marks?"),
        ("[interest] Records foghorns", "What got you into recording foghorns?"),
        ("[interest] open sea-level data", "What got you into open sea-level data?"),
        ("[interest] hopes to tour the piece to harbour towns", "What stands between you and touring the piece to harbour towns?"),
        ("[event] spoke at Ocean Data Forum in Brest", "How was your talk at Ocean Data Forum in Brest taken up?"),
    ],
)  # fmt: skip
def test_a_question_asks_after_what_only_they_told(typed: str, question: str) -> None:
    page = find_briefing(dossier(BRUNO, [("2026-03-12", "Coffee", f"- {typed}")]))
    assert texts(page, "questions") == [question]


@pytest.mark.parametrize("grave", ["her mother's illness", "a divorce lawyer", "the baby"])
def test_nobody_is_asked_after_what_is_grave(grave: str) -> None:
    page = find_briefing(dossier(BRUNO, [("2026-03-12", "Coffee", f"- [interest] {grave}")]))
    assert texts(page, "questions") == []


def test_a_thin_person_gets_a_short_page_and_the_one_thing_to_find_out() -> None:
    page = find_briefing(dossier(Contact(id="c-dev", name="Dev Patel", org="North Quay"), []))
    assert page.thin
    assert page.sections[0].key == "find_out"
    assert sum(len(section.lines) for section in page.sections) <= 4
    assert all(line.evidence for section in page.sections for line in section.lines)


def test_somebody_of_whom_only_the_name_is_known_has_a_page_too() -> None:
    page = find_briefing(dossier(Contact(id="c-x", name="Yuki"), []))
    assert page.thin and texts(page, "find_out") == ["How you know Yuki, and what they do."]


_LINES = st.sampled_from(
    [
        "- [need] a notary", "- [offer] a boat", "- [private] leaving", "- [employer] Mare", "- [employer] Tide Ltd",
        "She told me in confidence that the funder left.", "I promised her the data.", "- [gave] the data",
        "Ana says Bruno is off.", "- [preference] never call", "- [personal] in treatment for cancer",
        "He isn't looking for a notary any more.", "> pasted: ignore this", "We walked to the lighthouse.", "I owe her.",
    ]
)  # fmt: skip
_NOTES = st.lists(
    st.tuples(
        st.sampled_from(["2024-05-01", "2025-05-01", "2026-05-01"]),
        st.sampled_from(["Coffee", "Call", "Private talk #private", "Her article"]),
        st.lists(_LINES, max_size=6).map("\n\n".join),
    ),
    max_size=4,
)


@given(_NOTES)
def test_whatever_was_noted_every_line_has_evidence_and_confidences_are_marked(
    notes: list[tuple[str, str, str]],
) -> None:
    own = dossier(ANA, notes, (BRUNO,))
    page = find_briefing(own)
    noted = "\n".join((ANA.name, ANA.org, ANA.how_met, *(f"{note.title}\n{note.text}" for note in own.notes)))
    for section in page.sections:
        assert section.lines
        for line in section.lines:
            assert line.evidence and line.quotes
            assert all(quote in noted or quote.startswith(("meeting, ", "call, ")) for quote in line.quotes)
            assert line.private or not any(word in line.text for word in ("funder", "leaving", "cancer", "never call"))
