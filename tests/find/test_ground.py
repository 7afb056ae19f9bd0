from __future__ import annotations

import datetime as dt

import pytest

from assistant.domain import CommonGround, Contact, Evidence, FactKind, Note, Visibility
from assistant.find.ground import Book, find_ground, find_people_in_common, freshness
from assistant.find.names import read_names
from assistant.find.wants import offer_meets

TODAY = dt.date(2026, 11, 20)


def fact(about: str, kind: str, text: str, **more: object) -> Evidence:
    return Evidence(
        id=f"{about}-{kind}-{text}", source="fact", about=about, kind=FactKind(kind), text=text, quote=text, **more
    )  # type: ignore[arg-type]


def find(mine: Evidence, theirs: Evidence, *others: Evidence) -> tuple[CommonGround, ...]:
    return find_ground([mine], [theirs], Book((one.about, one.text) for one in (mine, theirs, *others)), TODAY)


@pytest.mark.parametrize(
    ("kind", "mine", "theirs", "said"),
    [
        (
            "education",
            "MSc Oceanography, University of Southampton, 2009",
            "studied at the University of Southampton",
            "University of Southampton",
        ),
        (
            "employer",
            "National Oceanography Centre, until 2019",
            "the National Oceanography Centre",
            "National Oceanography Centre",
        ),
        ("place", "grew up in Cork", "moved from Cork to Leuven", "Cork"),
        (
            "event",
            "Ocean Data Forum in Brest, June 2026",
            "a talk at the Ocean Data Forum in Brest",
            "Ocean Data Forum in Brest",
        ),
        ("interest", "open sea-level data", "open sea level data", "open sea level data"),
        ("interest", "cold-water swimming", "swimming", "swimming"),
    ],
)
def test_the_same_thing_on_both_sides_is_found_and_named(kind: str, mine: str, theirs: str, said: str) -> None:
    found = find(fact("me", kind, mine), fact("you", kind, theirs))
    assert [(one.kind, one.text) for one in found] == [(kind, said)]
    assert (found[0].mine.quote, found[0].theirs.quote) == (mine, theirs)


@pytest.mark.parametrize(
    ("kind", "mine", "theirs"),
    [
        ("education", "MSc Oceanography, Southampton", "PhD Oceanography, Kiel"),
        ("education", "University of Leeds", "University of Ghent"),
        ("employer", "Bristol Robotics", "Bristol Water"),
        ("event", "FOSDEM 2023 in Brussels", "FOSDEM 2025 in Brussels"),
        ("event", "a workshop in June", "a workshop in June"),
        ("interest", "open data", "data protection law and contracts"),
        ("place", "England", "England"),
    ],
)
def test_what_only_sounds_the_same_is_not_shared(kind: str, mine: str, theirs: str) -> None:
    assert find(fact("me", kind, mine), fact("you", kind, theirs)) == ()


@pytest.mark.parametrize(
    "flaw", [{"superseded": True}, {"negated": True}, {"hearsay": True}, {"visibility": Visibility.PRIVATE}]
)
def test_outdated_denied_private_and_hearsay_are_no_ground(flaw: dict[str, object]) -> None:
    assert find(fact("me", "interest", "letterpress"), fact("you", "interest", "letterpress", **flaw)) == ()


def test_two_towns_of_one_country_are_not_one_place() -> None:
    def lives(about: str, where: str) -> Evidence:
        return Evidence(id=about, source="record", about=about, field="location", text=where, quote=where)

    assert find(lives("me", "Bristol, UK"), lives("you", "Leeds, UK")) == ()
    assert [one.text for one in find(lives("me", "Bristol, UK"), lives("you", "Bristol"))] == ["Bristol"]


def test_what_everybody_shares_ranks_below_what_is_rare() -> None:
    mine = [fact("me", "interest", "sailing"), fact("me", "interest", "letterpress")]
    theirs = [fact("you", "interest", "sailing"), fact("you", "interest", "letterpress")]
    crowd = [fact(f"p{number}", "interest", "sailing") for number in range(20)]
    found = find_ground(mine, theirs, Book((one.about, one.text) for one in (*mine, *theirs, *crowd)), TODAY)
    assert [one.text for one in found] == ["letterpress", "sailing"]
    assert found[0].rarity == 1.0 and found[1].rarity < 0.1


def test_fresh_counts_more_than_old() -> None:
    assert freshness(TODAY, TODAY) == 1.0
    assert freshness(TODAY - dt.timedelta(days=548), TODAY) == pytest.approx(0.5)
    assert freshness(None, TODAY) < 0.5


MEETS = [
    ("a Portuguese-speaking notary", "know a notary in Lisbon"),
    ("a Portuguese-speaking notary for her parents' house in Faro", "know a notary in Lisbon"),
    ("someone to review her grant application", "can review grant applications"),
    ("ten years of tide-gauge data for a model", "can share ten years of tide-gauge data"),
    ("someone to teach Python to her students", "can teach Python to beginners"),
    ("a projector for a film evening", "can lend a projector"),
    ("workshop rooms in Bristol", "can host a workshop in our rooms"),
    ("someone who knows Norwegian port authorities", "know the Norwegian port authorities"),
    ("a translator for French survey forms", "can translate French"),
    ("an advisor on battery safety", "advice on battery safety"),
    ("a science journalist for a story", "know two science journalists"),
]
DOES_NOT_MEET = [
    ("an advisor for small charities", "know an accountant for small charities"),
    ("a flat in Lisbon", "know a notary in Lisbon"),
    ("a translator for Dutch", "can translate French"),
    ("a cheap tide gauge for the bay", "can share ten years of tide-gauge data"),
    ("science teachers", "know two science journalists"),
    ("funding for a workshop", "can host a workshop in our rooms"),
    ("a harbour pilot in Bristol", "a spare desk in our Bristol office"),
    ("advice on cooking for a crowd", "advice on battery safety"),
    ("", "know a notary in Lisbon"),
]


@pytest.mark.parametrize(("need", "offer"), MEETS)
def test_an_offer_meets_the_need_it_is_made_for(need: str, offer: str) -> None:
    assert offer_meets(need, offer) > 0.5


@pytest.mark.parametrize(("need", "offer"), DOES_NOT_MEET)
def test_a_shared_purpose_place_or_language_meets_nothing(need: str, offer: str) -> None:
    assert offer_meets(need, offer) == 0


def test_a_need_is_met_in_either_direction() -> None:
    need, offer = fact("you", "need", "a notary"), fact("me", "offer", "know a notary in Lisbon")
    assert [one.kind for one in find(offer, need)] == ["need_met"]
    assert [one.kind for one in find(fact("me", "need", "a notary"), fact("you", "offer", "know a notary"))] == [
        "offer_met"
    ]


def test_a_person_both_know_is_found_unless_two_bear_the_name() -> None:
    ida, tom, twin = (
        Contact(id=id, name=name) for id, name in (("you", "Ida Lund"), ("t", "Tom Weber"), ("t2", "Tom Weber"))
    )
    notes = [Note(id="n", contact_id="you", source="typed", key="a", text="She rows with Tom Weber on Sundays.")]
    found = find_people_in_common(ida, notes, read_names([ida, tom]), frozenset(), TODAY)
    assert [(one.kind, one.text, one.theirs.quote) for one in found] == [
        ("person", "Tom Weber", "She rows with Tom Weber on Sundays.")
    ]
    assert find_people_in_common(ida, notes, read_names([ida, tom, twin]), frozenset(), TODAY) == ()
    assert find_people_in_common(ida, notes, read_names([ida, tom]), frozenset({"n"}), TODAY) == ()
