"""The pictures from values: what is drawn, what the table says, and the sentence, which must follow the figures."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_book import HOSTILE, TODAY

from assistant.domain import Contact, Favour, FavourKind, Note, Touch
from assistant.find.acquaintances import Acquaintance
from assistant.find.balance import weigh_balance
from assistant.find.network import Network, find_network
from ui.pictures.charts import draw_favours, draw_fields, draw_flow, draw_year
from ui.pictures.garden import BEDS, MOST_PLANTS, draw_garden, find_bed
from ui.pictures.picture import Picture, with_ink
from ui.pictures.ring import MOST_PEOPLE, choose_ring, draw_ring, order_ring

NAMES = ("Ana Ferreira", "Bob Stone", "Cleo Marsh", "Dev Patel")


def person(name: str, **more: str) -> Contact:
    return Contact(id=f"c-{name.split()[0].lower()}", name=name, **more)  # type: ignore[arg-type]


def touch(name: str, ago: int, direction: Any = "both", channel: str = "meeting") -> Touch:
    return Touch(f"c-{name}", TODAY - dt.timedelta(days=ago), direction, channel)


def network_of(*touches: Touch, people: tuple[Contact, ...] = tuple(map(person, NAMES))) -> Network:
    notes: list[Note] = []
    return find_network(people, touches, (), notes, TODAY)


def drawn(picture: Picture, field: str) -> list[Any]:
    """Every value of a field anywhere in the chart's data."""
    found: list[Any] = []

    def look(value: Any) -> None:
        if isinstance(value, dict):
            if "values" in value:
                found.extend(row[field] for row in value["values"] if field in row)
            for one in value.values():
                look(one)
        elif isinstance(value, list):
            for one in value:
                look(one)

    look(picture.spec)
    return found


# --- the garden ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "bed"), [(0, 0), (31, 0), (32, 1), (92, 1), (93, 2), (183, 2), (184, 3), (365, 3), (366, 4), (4000, 4)]
)
def test_the_bed_follows_the_days_since_the_last_time_in_touch(days: int, bed: int) -> None:
    assert find_bed(days) is BEDS[bed]


def test_every_bed_has_a_name_a_shape_and_a_colour_of_its_own() -> None:
    for part in ("name", "shape", "colour"):
        assert len({getattr(bed, part) for bed in BEDS}) == len(BEDS)


def test_the_garden_says_who_of_the_closest_has_waited_longest() -> None:
    picture = draw_garden(network_of(touch("ana", 5), touch("bob", 200), touch("bob", 210)))
    assert picture.said == (
        "1 of your 2 closest people were in touch within three months; "
        "of them Bob Stone has waited longest, since 4 May 2026."
    )
    assert {row["person"]: row["bed"] for row in picture.rows} == {"Ana Ferreira": "In bloom", "Bob Stone": "Dry"}
    assert drawn(picture, "head") == ["In bloom: in touch within a month (1)", "Dry: within a year (1)"]


def test_a_garden_with_nobody_in_touch_draws_nothing_and_says_so() -> None:
    picture = draw_garden(network_of())
    assert picture.spec == {} and picture.rows == []
    assert picture.said == "Nothing grows here yet: 4 people in your book, and no time in touch noted."


def test_a_garden_draws_no_more_plants_than_can_be_read_and_tables_them_all() -> None:
    people = tuple(person(f"P{number} Stone") for number in range(80))
    picture = draw_garden(network_of(*(touch(f"p{number}", 5 + number) for number in range(80)), people=people))
    assert len(set(drawn(picture, "name"))) == MOST_PLANTS and len(picture.rows) == 80


# --- year, flow, favours, fields ----------------------------------------------------------------------------------


def test_the_year_says_whether_the_network_grew() -> None:
    grew = draw_year(network_of(touch("ana", 5), touch("bob", 20), touch("bob", 400)))
    assert grew.said.startswith("The number of people in touch over a year rose from 1 to 2;")
    fell = draw_year(network_of(touch("bob", 400)))
    assert fell.said.startswith("The number of people in touch over a year fell from 1 to 0;")
    assert draw_year(network_of()).spec == {}
    assert [row["in touch"] for row in grew.rows][-1] == "2"


def test_the_flow_says_who_reached_out_more() -> None:
    out = [touch("ana", day, "out", "email") for day in range(3)]
    picture = draw_flow(network_of(*out, touch("ana", 9, "in", "email")))
    assert picture.said == "3 went out and 1 came in with 1 person this year: you reached out more than others did."
    assert picture.rows[0]["from you"] == "3"
    assert (drawn(picture, "out"), drawn(picture, "left")) == ([3], [-1])
    assert draw_flow(network_of(touch("ana", 1))).said.startswith("As much went out as came in")


def test_favours_name_the_good_places_to_give_and_never_scold() -> None:
    ana, bob = person("Ana Ferreira"), person("Bob Stone")

    def favour(one: Contact, kind: FavourKind) -> Favour:
        return Favour(id=f"g-{one.id}-{kind}", contact_id=one.id, kind=kind, text="a thing", date=TODAY)

    rows = (
        weigh_balance(ana, [favour(ana, FavourKind.RECEIVED)]),
        weigh_balance(bob, [favour(bob, FavourKind.ASKED)]),
    )
    picture = draw_favours(rows)
    assert picture.said == (
        "You gave 0 favours and received 1: 1 person did more for you than you for them and 1 person you have only "
        "asked so far. Good places to give next."
    )
    assert [row["person"] for row in picture.rows] == ["Ana Ferreira", "Bob Stone"]
    assert draw_favours(()).said == "No favour is noted yet, in either direction."


def test_fields_say_where_nobody_is_in_touch() -> None:
    people = (person("Ana Ferreira", industry="law"), person("Bob Stone", industry="education"))
    picture = draw_fields(network_of(touch("ana", 5), people=people))
    assert picture.said == (
        "You are in touch with people of 1 of the 2 fields in your book; with nobody of education, where you know 1."
    )
    assert sorted(set(drawn(picture, "said"))) == ["0 of 1", "1 of 1"]


# --- who knows whom -----------------------------------------------------------------------------------------------


def pair(a: str, b: str) -> Acquaintance:
    return Acquaintance(a=a, b=b, a_id=f"c-{a.split()[0].lower()}", b_id=f"c-{b.split()[0].lower()}", why="colleagues")


def test_the_ring_says_who_knows_most_of_the_others() -> None:
    network = network_of(touch("ana", 5), touch("dev", 9))
    picture = draw_ring(network, [pair("Ana Ferreira", "Bob Stone"), pair("Ana Ferreira", "Cleo Marsh")])
    assert picture.said == ("3 of these 4 people seem to know somebody else here; Ana Ferreira knows most of them (2).")
    assert set(drawn(picture, "state")) == {"in touch", "silent"}
    assert draw_ring(network, []).spec == {}


def test_the_ring_has_no_more_people_than_can_be_read() -> None:
    people = tuple(person(f"P{number} Stone") for number in range(200))
    network = network_of(*(touch(f"p{number}", 5) for number in range(200)), people=people)
    assert len(choose_ring(network)) == MOST_PEOPLE
    ids = choose_ring(network)
    one = Acquaintance(a="a", b="b", a_id=ids[0], b_id=ids[1], why="colleagues")
    assert len(set(drawn(draw_ring(network, [one]), "id"))) == MOST_PEOPLE


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=20))
def test_everybody_stands_in_the_ring_once_and_circles_stand_together(edges: list[tuple[int, int]]) -> None:
    ids = [f"c-{number}" for number in range(10)]
    pairs = [Acquaintance(a="", b="", a_id=ids[a], b_id=ids[b], why="") for a, b in edges if a != b]
    order = order_ring(ids, pairs)
    assert sorted(order) == sorted(ids)
    groups = {id: {id} for id in ids}
    for one in pairs:
        joined = groups[one.a_id] | groups[one.b_id]
        groups |= dict.fromkeys(joined, joined)
    for group in groups.values():
        places = sorted(order.index(id) for id in group)
        assert places == list(range(places[0], places[0] + len(places)))


# --- every picture ------------------------------------------------------------------------------------------------


def every_picture(network: Network) -> list[Picture]:
    pairs = [pair("Ana Ferreira", "Bob Stone")]
    return [
        draw_garden(network),
        draw_year(network),
        draw_flow(network),
        draw_fields(network),
        draw_ring(network, pairs),
    ]


def test_hostile_names_are_data_and_nothing_else() -> None:
    people = tuple(Contact(id=f"c-{number}", name=name, org=name, industry=name) for number, name in enumerate(HOSTILE))
    network = network_of(*(Touch(one.id, TODAY, "both", "call") for one in people), people=people)
    for picture in every_picture(network):
        bare = json.loads(json.dumps(picture.spec))

        def strip(value: Any) -> Any:
            if isinstance(value, dict):
                return {key: strip(one) for key, one in value.items() if key not in ("values", "domain", "sort")}
            return [strip(one) for one in value] if isinstance(value, list) else value

        assert not any(name in json.dumps(strip(bare)) for name in HOSTILE if len(name) > 6)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.1, relative luminance and contrast ratio."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("dark", "paper"), [(False, "#fbfaf6"), (True, "#141a15")])
def test_words_and_shapes_stand_out_on_light_and_on_dark_paper(dark: bool, paper: str) -> None:
    for bed in BEDS:
        assert contrast(bed.colour, paper) >= 3
    ink = with_ink(draw_garden(network_of(touch("ana", 5))).spec, dark)["config"]["text"]["color"]
    assert contrast(ink, paper) >= 7
