"""The year by cadence, what flows in and out, favours both ways, and the fields of the active network.

Lengths carry the figures and figures stand beside the lengths. It must never compare people with each other by anything
but what they and the user did.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.find.balance import ContactBalance
from assistant.find.cadence import Cadence, TrendPoint
from assistant.find.diversity import Share
from assistant.find.network import Network
from ui.pictures.picture import LEAF, STONE, STRAW, Picture, Spec, chart, count_of, values_of

MOST_PEOPLE = 12
MOST_FIELDS = 14
_CLASSES = [one.value for one in Cadence if one is not Cadence.SILENT]
_SHADES = ["#123f26", "#26683f", "#3f8f57", "#78b488", "#b4d6bc"]  # the finer the darker: it reads in grey too
_ROW = 38  # pixels


# --- the year ---------------------------------------------------------------------------------------------------


def draw_year(network: Network) -> Picture:
    """How many people were in touch over the year before each of five days, by how often."""
    rows = [
        {
            "year until": point.day.isoformat(),
            "in touch": str(point.active),
            "at least every quarter": str(point.regular),
            **{name.value: str(count) for name, count in point.classes.items()},
        }
        for point in network.trend
    ]
    drawn = any(point.active for point in network.trend)
    return Picture(say_year(network.trend), rows, _stack(network.trend) if drawn else {})


def say_year(trend: Sequence[TrendPoint]) -> str:
    """Whether the number of people in touch rose or fell over the year, and how many are regular."""
    if not trend or not any(point.active for point in trend):
        return "No time in touch is noted in the last two years."
    first, last = trend[0], trend[-1]
    regular = f"{last.regular or 'none'} of them at least every quarter"
    if first.active == last.active:
        return f"{count_of(last.active, 'person', 'people')} in touch over the year, as a year ago; {regular}."
    way = "rose" if last.active > first.active else "fell"
    return f"The number of people in touch over a year {way} from {first.active} to {last.active}; {regular}."


def _stack(trend: Sequence[TrendPoint]) -> Spec:
    bars = [
        {"day": f"{point.day:%b %Y}", "class": name.value, "order": order, "count": count, "said": f"{count} {name}"}
        for point in trend
        for order, (name, count) in enumerate(point.classes.items())
        if count
    ]
    totals = [{"day": f"{point.day:%b %Y}", "total": point.active} for point in trend]
    days = [f"{point.day:%b %Y}" for point in trend]
    x = {"field": "day", "type": "ordinal", "sort": days, "axis": {"title": None, "labelAngle": 0, "grid": False}}
    y = {"type": "quantitative", "axis": {"title": None, "tickMinStep": 1}}
    shades = {"domain": _CLASSES, "range": _SHADES}
    legend = {"title": None, "orient": "bottom", "columns": 3, "symbolType": "square", "symbolStrokeWidth": 0}
    return chart(
        [
            {
                "data": values_of(bars),
                "mark": {"type": "bar", "width": {"band": 0.6}, "stroke": STONE, "strokeWidth": 0.5},
                "encoding": {
                    "x": x,
                    "y": {"field": "count", **y},
                    "color": {"field": "class", "scale": shades, "legend": legend},
                    "order": {"field": "order"},
                    "tooltip": [{"field": "day", "title": "Year until"}, {"field": "said", "title": "People"}],
                },
            },
            {
                "data": values_of(totals),
                "mark": {"type": "text", "dy": -8, "fontWeight": "bold", "fontSize": 13},
                "encoding": {"x": x, "y": {"field": "total", **y}, "text": {"field": "total"}},
            },
        ],
        300,
    )


# --- what flows -------------------------------------------------------------------------------------------------


def draw_flow(network: Network) -> Picture:
    """What went to people and came from them within the year; a meeting or a call counts both ways."""
    busy = sorted((one for one in network.contacts if one.days), key=lambda one: -(one.sent + one.received))
    rows = [
        {"person": one.contact, "from you": str(one.sent), "from them": str(one.received), "last": str(one.last or "")}
        for one in busy
    ]
    sides = [_side(one.contact_id, one.contact, one.sent, one.received) for one in busy[:MOST_PEOPLE]]
    sent, received = sum(one.sent for one in busy), sum(one.received for one in busy)
    return Picture(say_flow(sent, received, len(busy)), rows, _two_sided(sides) if sides else {})


def say_flow(sent: int, received: int, people: int) -> str:
    if not people:
        return "Nothing went either way within the year, as far as is noted."
    among = f"with {count_of(people, 'person', 'people')} this year"
    if sent == received:
        return f"As much went out as came in {among}: {sent} each way, meetings and calls counted both ways."
    more = "you reached out more than others did" if sent > received else "others reached out more than you did"
    return f"{sent} went out and {received} came in {among}: {more}."


def draw_favours(balance: Sequence[ContactBalance]) -> Picture:
    """What was given and received; asked ones stand in the table. Whom you owe comes first, as in `balance`."""
    rows = [
        {
            "person": one.contact,
            "you gave": str(one.gave),
            "you received": str(one.received),
            "you asked": str(one.asked),
            "how it stands": one.said,
        }
        for one in balance
    ]
    sides = [_side(one.contact_id, one.contact, one.gave, one.received) for one in balance if one.gave or one.received]
    return Picture(say_favours(balance), rows, _two_sided(sides[:MOST_PEOPLE]) if sides else {})


def say_favours(balance: Sequence[ContactBalance]) -> str:
    """How many wait for something good from the user, told as a chance."""
    gave, received = sum(one.gave for one in balance), sum(one.received for one in balance)
    owed = sum(one.standing == "you_owe" for one in balance)
    asked = sum(one.standing == "only_asked" for one in balance)
    if not balance:
        return "No favour is noted yet, in either direction."
    parts = [f"{count_of(owed, 'person', 'people')} did more for you than you for them" if owed else ""]
    parts += [f"{count_of(asked, 'person', 'people')} you have only asked so far" if asked else ""]
    told = " and ".join(part for part in parts if part)
    chance = f": {told}. Good places to give next." if told else "; nobody waits for something in return."
    return f"You gave {count_of(gave, 'favour')} and received {received}{chance}"


def _side(key: str, name: str, out: int, into: int) -> Spec:
    said = {"out_said": str(out or ""), "in_said": str(into or "")}
    return {"key": key, "name": name, "out": out, "in": into, "left": -into, **said}


def _two_sided(rows: Sequence[Spec]) -> Spec:
    """Bars from a middle line: to the left what came, to the right what went, each with its figure."""
    most = max(max(row["out"], row["in"]) for row in rows) * 1.2
    y = {
        "field": "place",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [-0.6, len(rows) * 2 - 0.4], "reverse": True, "nice": False},
    }
    rows = [{**row, "place": 2 * place + 1, "above": 2 * place + 0.15} for place, row in enumerate(rows)]
    scale = {"domain": [-most, most], "nice": False}
    at: Spec = {"type": "quantitative", "scale": scale, "axis": None}
    told = [
        {"field": "name", "title": "Person"},
        {"field": "out", "title": "from you"},
        {"field": "in", "title": "to you"},
    ]
    heads = [{"x": -most, "said": "◂ came to you"}, {"x": most, "said": "from you ▸"}]
    layers: list[Spec] = []
    for field, figure, colour, align, dx in (
        ("left", "in_said", STRAW, "right", -5),
        ("out", "out_said", LEAF, "left", 5),
    ):
        place = {"y": y, "x": {"field": field, **at}, "tooltip": told}
        bar = {**place, "x2": {"datum": 0}}
        layers.append({"mark": {"type": "bar", "color": colour, "height": 9}, "encoding": bar})
        said = {"type": "text", "align": align, "dx": dx}
        layers.append({"mark": said, "encoding": {**place, "text": {"field": figure}}})
    layers.append(
        {
            "mark": {"type": "text", "fontSize": 12},
            "encoding": {"y": {**y, "field": "above"}, "x": {"datum": 0, **at}, "text": {"field": "name"}},
        }
    )
    for head, align in zip(heads, ("left", "right"), strict=True):
        layers.append(
            {
                "data": values_of([head]),
                "mark": {"type": "text", "align": align, "fontWeight": "bold", "y": 4},
                "encoding": {"x": {"field": "x", **at}, "text": {"field": "said"}},
            }
        )
    return {**chart(layers, _ROW * len(rows) + 24), "data": values_of(rows)}


# --- fields -----------------------------------------------------------------------------------------------------


def draw_fields(network: Network) -> Picture:
    """Of the people of each field in the book, how many are in touch."""
    shares = network.industries
    rows = [{"field": one.name, "in your book": str(one.book), "in touch": str(one.active)} for one in shares]
    return Picture(say_fields(network), rows, _inside(shares[:MOST_FIELDS]) if shares else {})


def say_fields(network: Network) -> str:
    shares = network.industries
    if not shares:
        return "No field of work can be read from your book yet: an industry, a title or an organisation tells it."
    alive = [one for one in shares if one.active]
    said = f"You are in touch with people of {len(alive)} of the {len(shares)} fields in your book"
    silent = [one for one in shares if not one.active]
    if silent:
        largest = max(silent, key=lambda one: one.book)
        return f"{said}; with nobody of {largest.name}, where you know {largest.book}."
    thin = min(shares, key=lambda one: (one.active / one.book, -one.book))
    return f"{said}; least of all of {thin.name}: {thin.active} of {thin.book}."


def _inside(shares: Sequence[Share]) -> Spec:
    """The book's bar as a frame, the active part of it filled."""
    bars = [
        {"name": one.name, "book": one.book, "active": one.active, "said": f"{one.active} of {one.book}"}
        for one in shares
    ]
    y = {
        "field": "name",
        "type": "nominal",
        "sort": [one.name for one in shares],
        "axis": {"title": None, "labelLimit": 130, "ticks": False, "domain": False, "grid": False},
    }
    x = {
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, max(one.book for one in shares) * 1.3]},
    }
    told = [{"field": "name", "title": "Field"}, {"field": "said", "title": "In touch, of those in your book"}]
    book, active = {"field": "book", **x}, {"field": "active", **x}
    frame = {"type": "bar", "filled": False, "stroke": STONE, "strokeWidth": 1, "height": 16}
    return {
        **chart(
            [
                {"mark": frame, "encoding": {"y": y, "x": book, "tooltip": told}},
                {
                    "mark": {"type": "bar", "color": LEAF, "height": 16},
                    "encoding": {"y": y, "x": active, "tooltip": told},
                },
                {
                    "mark": {"type": "text", "align": "left", "dx": 5},
                    "encoding": {"y": y, "x": book, "text": {"field": "said"}},
                },
            ],
            26 * len(shares) + 10,
        ),
        "data": values_of(bars),
    }
