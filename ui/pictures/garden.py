"""The garden: everybody you are or were in touch with, by how lately (the bed) and how close (size and place in it).

The strongest stand first in their bed. Shape and heading name the bed, so that it reads without colour. It must never
say that somebody is neglected: a bed tells when, the user knows why.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import NamedTuple

from assistant.find.network import Network, NetworkContact
from ui.pictures.picture import (
    BLOSSOM,
    LEAF,
    STONE,
    STRAW,
    WATER,
    Picture,
    Spec,
    chart,
    count_of,
    hidden_axis,
    long_day,
    tooltips,
    values_of,
)

MOST_PLANTS = 60
CLOSEST = 10
_COLUMNS = 3
_HEAD, _ROW, _GAP = 30, 34, 14  # pixels
_ANGLES = [math.tau * turn / 5 for turn in range(5)]
_FLOWER = " ".join(
    f"M{0.5 * math.sin(turn) - 0.42:.3f},{-0.5 * math.cos(turn):.3f}a.42,.42 0 1 0 .84,0a.42,.42 0 1 0 -.84,0Z"
    for turn in _ANGLES
)
_SPROUT = "M-.1,1L-.1,.1C-.9,.2 -1,-.5 -1,-.8C-.3,-.8 0,-.4 0,-.1C0,-.4 .3,-.9 1,-1C1,-.5 .8,.1 .1,.2L.1,1Z"
_DROP = "M0,-1C.4,-.4 .7,0 .7,.35A.7,.65 0 1 1 -.7,.35C-.7,0 -.4,-.4 0,-1Z"


class Bed(NamedTuple):
    """Who was last in touch at most `days` ago; `shape` is a Vega symbol or a path."""

    name: str
    when: str
    days: float
    shape: str
    colour: str


BEDS = (
    Bed("In bloom", "in touch within a month", 31, _FLOWER, BLOSSOM),
    Bed("Growing", "within three months", 92, _SPROUT, LEAF),
    Bed("Could do with water", "within half a year", 183, _DROP, WATER),
    Bed("Dry", "within a year", 365, "cross", STRAW),
    Bed("Resting", "longer ago", math.inf, "circle", STONE),
)


def find_bed(days: int) -> Bed:
    """The bed of somebody last in touch that many days ago."""
    return next(bed for bed in BEDS if days <= bed.days)


def draw_garden(network: Network) -> Picture:
    """Everybody ever in touch, up to the 60 strongest; the table holds them all."""
    today = network.window.end
    plants = [one for one in network.contacts if one.last]
    planted = [(bed, [one for one in plants[:MOST_PLANTS] if _bed_of(one, today) is bed]) for bed in BEDS]
    rows = [
        {
            "bed": _bed_of(one, today).name,
            "person": one.contact,
            "last in touch": str(one.last or ""),
            "strength (0 to 1)": f"{one.strength:.2f}",
            "days in touch this year": str(one.days),
            "more of it from": _leaning(one),
        }
        for one in plants
    ]
    return Picture(say_garden(plants, today, network.book), rows, _plant(planted, today) if plants else {})


def _bed_of(one: NetworkContact, today: dt.date) -> Bed:
    return find_bed((today - (one.last or today)).days)


def _leaning(one: NetworkContact) -> str:
    """Whose effort is the greater, from the parts of the strength; nobody's where they are near each other."""
    effort = {part.name: part.value for part in one.parts}
    mine = effort.get("mine", 0) + effort.get("gave", 0)
    theirs = effort.get("theirs", 0) + effort.get("received", 0)
    return "both" if one.mutual >= 0.5 else "you" if mine > theirs else "them"


def say_garden(plants: Sequence[NetworkContact], today: dt.date, book: int) -> str:
    """How many of the closest were in touch lately, and who of them has waited longest."""
    if not plants:
        return f"Nothing grows here yet: {count_of(book, 'person', 'people')} in your book, and no time in touch noted."
    close = plants[:CLOSEST]
    lately = sum((today - (one.last or today)).days <= 92 for one in close)
    oldest = min(close, key=lambda one: (one.last or today, one.contact))
    said = f"{lately} of your {len(close)} closest people were in touch within three months"
    if len(close) == 1:
        return f"{oldest.contact} is the one person you were in touch with, last on {long_day(oldest.last or today)}."
    return f"{said}; of them {oldest.contact} has waited longest, since {long_day(oldest.last or today)}."


def _plant(planted: Sequence[tuple[Bed, Sequence[NetworkContact]]], today: dt.date) -> Spec:
    heads, plants, top = [], [], 0
    strongest = max(one.strength for _, people in planted for one in people) or 1.0
    for bed, people in planted:
        if not people:
            continue
        heads.append({"x": 0.0, "y": top + _HEAD / 2, "head": f"{bed.name}: {bed.when} ({len(people)})"})
        for place, one in enumerate(people):
            plants.append(
                {
                    "x": (place % _COLUMNS) / _COLUMNS + 0.03,
                    "y": top + _HEAD + _ROW * (place // _COLUMNS) + _ROW / 2,
                    "name": one.contact,
                    "bed": bed.name,
                    "size": 90 + 380 * one.strength / strongest,
                    "strength": f"{one.strength:.2f}",
                    "last": f"{one.last} ({(today - (one.last or today)).days} days ago)",
                }
            )
        top += _HEAD + _ROW * math.ceil(len(people) / _COLUMNS) + _GAP
    return chart(_layers(heads, plants, top), top)


def _layers(heads: Sequence[Spec], plants: Sequence[Spec], height: int) -> list[Spec]:
    place = {"x": hidden_axis("x", 0, 1), "y": hidden_axis("y", 0, height, down=True)}
    names, shapes, colours = ([getattr(bed, part) for bed in BEDS] for part in ("name", "shape", "colour"))
    told = tooltips(name="Person", bed="Bed", strength="Strength", last="Last in touch")
    return [
        {
            "data": values_of(heads),
            "mark": {"type": "text", "align": "left", "fontWeight": "bold", "fontSize": 14},
            "encoding": {**place, "text": {"field": "head"}},
        },
        {
            "data": values_of(plants),
            "mark": {"type": "point", "filled": True, "opacity": 1},
            "encoding": {
                **place,
                "shape": {"field": "bed", "scale": {"domain": names, "range": shapes}, "legend": None},
                "color": {"field": "bed", "scale": {"domain": names, "range": colours}, "legend": None},
                "size": {"field": "size", "type": "quantitative", "scale": None, "legend": None},
                "tooltip": told,
            },
        },
        {
            "data": values_of(plants),
            "mark": {
                "type": "text",
                "align": "left",
                "dx": 16,
                "fontSize": 13,
                "limit": {"expr": f"width / {_COLUMNS} - 30"},
            },
            "encoding": {**place, "text": {"field": "name"}, "tooltip": told},
        },
    ]
