from __future__ import annotations

import datetime as dt

import pytest

from assistant.domain import Contact, Note, Touch
from assistant.find.diversity import Known, count_evenly, find_diversity, find_redundancy, read_generation
from assistant.find.fields import read_field, read_place, read_role
from assistant.find.links import MOST_IN_CIRCLE, find_links

TODAY = dt.date(2026, 11, 20)


def person(id: str, name: str = "", **more: object) -> Contact:
    return Contact(id=id, name=name or f"{id.title()} Lund", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("industry", "title", "org", "field"),
    [
        ("law", "Marine lawyer", "Mare Livre", "law and public service"),
        ("charity accounting", "", "", "finance and insurance"),
        ("falconry", "Head of marketing", "", "falconry"),
        ("", "Science journalist", "freelance", "media and publishing"),
        ("", "Clockmaker", "Uhrenwerkstatt", "engineering and making"),
        ("", "", "Quayside Vets Hospital", "health and care"),
        ("", "Portfolio manager", "", "business and sales"),
        ("", "", "North Quay", ""),
    ],
)
def test_a_field_is_read_from_industry_then_title_then_firm(industry: str, title: str, org: str, field: str) -> None:
    assert read_field(person("a", industry=industry, title=title, org=org)) == field


@pytest.mark.parametrize(
    ("location", "title", "place", "role"),
    [
        ("Porto, Portugal", "Founder and CEO", "Portugal", "founder or owner"),
        ("London, UK and Lagos, Nigeria", "Nurse educator", "UK", "teacher or carer"),
        ("Bristol", "Harbour engineer", "Bristol", "engineer or developer"),
        ("", "", "", ""),
    ],
)
def test_place_and_role_are_read_from_the_record(location: str, title: str, place: str, role: str) -> None:
    one = person("a", location=location, title=title)
    assert (read_place(one), read_role(one)) == (place, role)


@pytest.mark.parametrize(
    ("how_met", "first", "generation"),
    [
        ("", dt.date(2026, 1, 1), "known under a year"),
        ("Southampton, 2008, same corridor in halls", dt.date(2026, 1, 1), "known over 10 years"),
        ("FOSDEM 2023 in Brussels", None, "known 3 to 10 years"),
        ("a fair in Malmö, 2025", None, "known 1 to 3 years"),
        ("a fair in 2027", None, ""),
        ("", None, ""),
    ],
)
def test_a_tie_is_as_old_as_the_first_that_tells_of_it(how_met: str, first: dt.date | None, generation: str) -> None:
    assert read_generation(person("a", how_met=how_met), Known(first, first), TODAY) == generation


def test_ten_people_of_two_equal_fields_are_two_fields() -> None:
    assert count_evenly([5, 5]) == 2.0
    assert count_evenly([8, 1, 1]) == 1.5  # 100 / 66
    assert count_evenly([0, 0]) == 0.0


def test_effective_size_is_people_less_whom_each_knows_on_average() -> None:
    links = {("a", "b"): "", ("b", "c"): "", ("a", "x"): ""}
    found = find_redundancy({"a", "b", "c", "d"}, links)
    assert (found.people, found.ties, found.effective) == (4, 2, 3.0)  # 4 - 2 * 2 / 4
    everybody = {(a, b): "" for a in "abcd" for b in "abcd" if a < b}
    assert find_redundancy(set("abcd"), everybody).effective == 1.0
    assert find_redundancy(set(), links).effective == 0.0


def test_a_gap_is_told_with_those_who_could_bridge_it() -> None:
    people = [
        person("ana", industry="law"),
        person("bea", industry="law", how_met="a fair, 2020"),
        person("eva", industry="music", tags=("cold",)),
        person("ida", industry="music"),
        person("kim", industry="music"),
        person("lea", industry="music", do_not_contact=True),
    ]
    known = {
        "ana": Known(dt.date(2026, 1, 1), dt.date(2026, 11, 1)),
        "ida": Known(dt.date(2020, 1, 1), dt.date(2025, 3, 1)),
        "lea": Known(dt.date(2020, 1, 1), dt.date(2025, 9, 1)),
    }
    links = {("ana", "eva"): "both work at Quay"}
    found = find_diversity(people, {"ana"}, known, links, TODAY)
    gap = next(one for one in found.gaps if one.name == "arts and museums")
    assert (gap.kind, gap.book, gap.active) == ("industry", 4, 0)
    assert gap.said == "Of the 4 people of arts and museums in your book, you were in touch with none within the year."
    assert [(one.contact_id, one.kind, one.reason) for one in gap.bridges] == [
        ("ida", "dormant", "last in touch March 2025"),
        ("eva", "introduced", "Ana Lund may introduce you: both work at Quay"),
    ]
    assert "law and public service" not in {one.name for one in found.gaps}
    missing = [one for one in found.gaps if one.book == 0]
    assert len(missing) == 12 and missing[0].said == "Nobody in your book is of finance and insurance."


def test_a_sort_with_half_of_what_the_book_promises_is_not_thin() -> None:
    people = [person(f"m{n}", industry="music") for n in range(4)] + [person(f"l{n}", industry="law") for n in range(4)]
    active = {"m0", "l0", "l1", "l2"}  # two of each were to be expected
    assert not [one for one in find_diversity(people, active, {}, {}, TODAY).gaps if one.book]
    thin = find_diversity(people, {"m0", "l0", "l1", "l2", "l3"}, {}, {}, TODAY).gaps
    assert [one.name for one in thin if one.book] == ["arts and museums"]


# --- who knows whom -----------------------------------------------------------------------------------------------


def note(who: str, title: str, text: str = "", day: dt.date | None = dt.date(2025, 6, 18)) -> Note:
    return Note(id=f"n-{who}-{title}", contact_id=who, source="typed", key="k", title=title, text=text, date=day)


def test_people_are_linked_by_a_name_a_firm_an_event_and_a_talk() -> None:
    people = [
        person("a", "Ana Ferreira", org="Quay"),
        person("b", "Bruno Costa", org="QUAY"),
        person("c", "Carla Jiménez", how_met="Bruno Costa introduced us"),
        person("d", "Dev Patel"),
        person("e", "Elif Kaya"),
        person("f", "Freya Holm", org="freelance"),
        person("g", "Greta Lund", org="Freelance"),
    ]
    notes = [
        note("a", "Survey day, Marseille", "She rows with Dev Patel's brother."),
        note("e", "Survey day, Marseille"),
        note("f", "Video call"),
        note("g", "Video call"),
    ]
    touches = [Touch(who, TODAY, "out", "email", thread="t") for who in ("e", "f")]
    assert find_links(people, notes, touches) == {
        ("b", "c"): "Bruno Costa is named in how you met on Carla Jiménez",
        ("a", "d"): "Dev Patel is named in your note of 2025-06-18 on Ana Ferreira",
        ("a", "b"): "both work at QUAY",
        ("a", "e"): "both were at “Survey day, Marseille”",
        ("e", "f"): "both took part in one conversation",
    }


def test_a_name_two_people_bear_and_a_large_firm_link_nobody() -> None:
    twins = [person("t", "Tom Weber"), person("u", "Tom Weber"), person("a", "Ana Ferreira")]
    assert find_links(twins, [note("a", "Coffee", "Tom Weber was there.")], []) == {}
    crowd = [person(f"p{n}", org="Large") for n in range(MOST_IN_CIRCLE + 1)]
    assert find_links(crowd, [], []) == {}
    assert len(find_links(crowd[:3], [], [])) == 3
