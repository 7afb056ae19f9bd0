"""The ring: people of the network in a circle, a line between two who seem to know each other.

Those who know each other stand side by side. Filled dots are in touch with the user, empty ones are not. It must never
draw more than sixty people, for more cannot be read.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from assistant.find.acquaintances import Acquaintance
from assistant.find.network import Network, NetworkContact
from ui.pictures.picture import LEAF, Picture, Spec, chart, count_of, hidden_axis, tooltips, values_of

MOST_PEOPLE = 60
SIZE = 640  # pixels
_RADIUS = 0.6
_STEPS = 12
_BEND = 0.8  # of a line right across the ring: how far its middle is drawn to the ring's; less for a shorter line


def choose_ring(network: Network) -> tuple[str, ...]:
    """The ids of those who are drawn: the strongest, then those who are only in the book."""
    return tuple(one.contact_id for one in network.contacts[:MOST_PEOPLE])


def draw_ring(network: Network, pairs: Sequence[Acquaintance]) -> Picture:
    """Everybody of `choose_ring` who is in touch or knows somebody of them."""
    linked = {id for one in pairs for id in (one.a_id, one.b_id)}
    drawn = [one for one in network.contacts[:MOST_PEOPLE] if one.days or one.contact_id in linked]
    order = order_ring([one.contact_id for one in drawn], pairs)
    rows = [{"person": one.a, "knows": one.b, "why that is thought": one.why} for one in pairs]
    by_id = {one.contact_id: one for one in drawn}
    spec = _ring([by_id[id] for id in order], pairs) if pairs else {}
    return Picture(say_ring(len(drawn), pairs), rows, spec)


def say_ring(people: int, pairs: Sequence[Acquaintance]) -> str:
    """How many know each other, and who knows most."""
    if not pairs:
        return f"Of these {count_of(people, 'person', 'people')} nobody is noted to know another."
    linked: dict[str, int] = defaultdict(int)
    names = {id: name for one in pairs for id, name in ((one.a_id, one.a), (one.b_id, one.b))}
    for one in pairs:
        linked[one.a_id] += 1
        linked[one.b_id] += 1
    said = f"{len(linked)} of these {people} people seem to know somebody else here"
    most = max(linked, key=lambda id: (linked[id], names[id]))
    return f"{said}; {names[most]} knows most of them ({linked[most]})." if linked[most] > 1 else f"{said}."


def order_ring(ids: Sequence[str], pairs: Sequence[Acquaintance]) -> list[str]:
    """Circles of acquaintances together, the largest first; within one by steps from its first."""
    near: dict[str, list[str]] = defaultdict(list)
    for one in pairs:
        near[one.a_id].append(one.b_id)
        near[one.b_id].append(one.a_id)
    circles, seen = [], set()
    for id in ids:
        if id in seen:
            continue
        circle, seen = [id], seen | {id}
        for member in circle:  # grows as it is walked
            fresh = [other for other in near[member] if other not in seen]
            circle += dict.fromkeys(fresh)
            seen |= set(fresh)
        circles.append(circle)
    return [id for circle in sorted(circles, key=lambda one: -len(one)) for id in circle]


def _ring(people: Sequence[NetworkContact], pairs: Sequence[Acquaintance]) -> Spec:
    dots = [_dot(one, math.tau * place / len(people)) for place, one in enumerate(people)]
    at = {one["id"]: one for one in dots}
    lines = [point for number, one in enumerate(pairs) for point in _arc(number, one, at)]
    place = {"x": hidden_axis("x", -1, 1), "y": hidden_axis("y", -1, 1)}
    told = tooltips(name="Person", state="This year", strength="Strength")
    state = {
        "field": "state",
        "legend": None,
        "scale": {"domain": ["in touch", "silent"], "range": [LEAF, "transparent"]},
    }
    layers: list[Spec] = [
        {
            "data": values_of(lines),
            "mark": {"type": "line", "color": LEAF, "strokeWidth": 1.6, "opacity": 0.85},
            "encoding": {
                **place,
                "detail": {"field": "pair"},
                "order": {"field": "step"},
                "tooltip": tooltips(names="Know each other", why="Why that is thought"),
            },
        },
        {
            "data": values_of(dots),
            "mark": {"type": "point", "size": 70, "stroke": LEAF, "strokeWidth": 1.5, "opacity": 1},
            "encoding": {**place, "fill": state, "tooltip": told},
        },
    ]
    for side, align, dx in (("right", "left", 9), ("left", "right", -9)):
        names = [one for one in dots if one["side"] == side]
        mark = {"type": "text", "align": align, "baseline": "middle", "dx": dx, "fontSize": 11, "limit": 150}
        angle = {"field": "angle", "type": "quantitative", "scale": None}
        layers.append(
            {
                "data": values_of(names),
                "mark": mark,
                "encoding": {**place, "angle": angle, "text": {"field": "name"}, "tooltip": told},
            }
        )
    return chart(layers, SIZE)


def _dot(one: NetworkContact, turn: float) -> Spec:
    """Where a person stands, and the angle of their name: it points away from the middle and is never upside down."""
    x, y = math.sin(turn), math.cos(turn)
    right = x >= 0
    return {
        "id": one.contact_id,
        "name": one.contact,
        "x": _RADIUS * x,
        "y": _RADIUS * y,
        "side": "right" if right else "left",
        "angle": math.degrees(turn) - (90 if right else 270),
        "state": "in touch" if one.days else "silent",
        "strength": f"{one.strength:.2f}",
    }


def _arc(number: int, one: Acquaintance, at: Mapping[str, Spec]) -> list[Spec]:
    """A curve from one to the other, bent towards the middle of the ring."""
    if one.a_id not in at or one.b_id not in at:
        return []
    start, end = at[one.a_id], at[one.b_id]
    told = {"pair": number, "names": f"{one.a} and {one.b}", "why": one.why}
    across = math.hypot(start["x"] - end["x"], start["y"] - end["y"]) / (2 * _RADIUS)
    points = []
    for step in range(_STEPS + 1):
        part = step / _STEPS
        near = 2 * part * (1 - part) * (1 - _BEND * across)
        first, last = (1 - part) ** 2 + near / 2, part**2 + near / 2
        points.append(
            {
                **told,
                "step": step,
                "x": first * start["x"] + last * end["x"],
                "y": first * start["y"] + last * end["y"],
            }
        )
    return points
