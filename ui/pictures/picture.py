"""The form of a picture: a Vega-Lite chart, the same as a table, and one sentence that says what it shows.

Nothing may rest on colour alone: shape, place or a written word says it too. Names and notes only ever become data,
which Vega draws as plain text; they must never become part of a chart's own expressions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

Spec = dict[str, Any]
Row = dict[str, str]

# Light enough for dark paper and dark enough for light: 3 to 1 or better on both.
LEAF, BLOSSOM, WATER, STRAW, STONE = "#3f8f57", "#b3568d", "#4380ab", "#a5782c", "#7b8078"

_INK = {False: "#23291f", True: "#e7eae0"}  # the theme's text colours


class Picture(NamedTuple):
    """`rows` say in words everything the chart shows; `spec` is empty where there is nothing to draw."""

    said: str
    rows: list[Row]
    spec: Spec


def chart(layers: Sequence[Spec], height: int) -> Spec:
    """Layers on one ground, with no frame."""
    return {"layer": list(layers), "height": height, "config": {"view": {"stroke": None}}}


def with_ink(spec: Spec, dark: bool) -> Spec:
    """The chart with its words in the ink of the paper it is shown on."""
    ink = _INK[dark]
    words = {"labelColor": ink, "titleColor": ink}
    return {**spec, "config": {**spec["config"], "text": {"color": ink}, "axis": words, "legend": words}}


def values_of(rows: Sequence[dict[str, Any]]) -> Spec:
    return {"values": list(rows)}


def hidden_axis(field: str, low: float, high: float, down: bool = False) -> Spec:
    """A scale that only places things."""
    scale = {"domain": [low, high], "nice": False, "zero": False, "reverse": down}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": None}


def tooltips(**titles: str) -> list[Spec]:
    return [{"field": field, "type": "nominal", "title": title} for field, title in titles.items()]


def long_day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def count_of(count: int, one: str, many: str = "") -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"
