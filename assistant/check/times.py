"""Times people name, as spans of days: "in the spring of 2021", "five years ago this month", "next May", "in two
weeks".

What a note says is reckoned from the day of the note, what a message says from today. It must never take a finer time
for said where the notes only have a coarser one.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from assistant.text import fold

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join([*_MONTHS, *(one[:3] for one in _MONTHS if one != "may"), "sept"])
_COUNTS = {
    word: count
    for count, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
        seventeen
        eighteen nineteen twenty""".split()
    )
} | {"a": 1, "an": 1, "a couple of": 2, "a few": 3, "thirty": 30, "forty": 40, "fifty": 50}
_COUNT = (
    r"(?:a couple of|a few|an?|"
    + "|".join(word for word in _COUNTS if " " not in word and len(word) > 2)
    + r"|\d{1,3})"
)
_ORDINALS = {
    word: day
    for day, word in enumerate(
        """zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
        fourteenth
        fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third
        twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth
        thirty-first""".split()
    )
}
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
_SEASON = (
    r"(?:spring|summer|autumn|winter|(?<=the )fall|(?<=this )fall|(?<=last )fall|(?<=next )fall|fall(?= of|,? \d{4}))"
)
_YEAR = r"(?:19|20)\d\d"
_TIME = re.compile(
    rf"""\b(?:
      (?P<iso>\d{{4}}-\d{{2}}(?:-\d{{2}})?)
      |(?P<ago>{_COUNT})\ (?P<agounit>day|week|month|year|decade)s?\ ago(?P<sharp>\ (?:this\ month|this\ week|today))?
      |in\ (?P<ahead>(?!an?\ (?:day|week)\b(?!['’]?s?\ time)){_COUNT})\ (?P<aheadunit>day|week|month|year)s?
        (?:['’]?\ time)?(?!\ (?:a|an|of|row|total)\b)
      |(?P<near>next|this|last|coming|past|this\ coming|this\ past)
        \         (?P<what>week|weekend|month|year|{_SEASON}|{_MONTH})\b
      |(?:the\ )?(?:(?P<ord>{_ORDINAL})|(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?)\ (?:of\ )?
        (?P<m1>{_MONTH})\b(?:,?\ (?P<y1>{_YEAR}))?
      |(?P<m2>{_MONTH})\ (?:the\ )?(?:(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?|(?P<ord2>{_ORDINAL}))\b(?!:)
        (?:,?\ (?P<y2>{_YEAR}))?
      |(?P<m3>{_MONTH})\b(?:\ (?:of\ )?(?:(?P<y3>{_YEAR})|(?P<rel>this|last|next)\ year))?
      |(?P<season>{_SEASON})(?:\ of|,)?(?:\ (?P<sy>{_YEAR}))?
      |(?P<day>today|yesterday|tomorrow)
      |(?P<y>{_YEAR})(?:[-–](?P<toy>\d{{2,4}}))?
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LOWER_IS_NO_MONTH = ("may", "march", "mar", "dec", "sep", "jan", "jun", "sat")
_VERB_FOLLOWS = re.compile(r" (?!(?:i|we|you|she|he|they|it|the|a|an|my|our|your|in|at|on|when)\b)[a-z]", re.IGNORECASE)
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30.4, "year": 365.25, "decade": 3652.5}


class Time(NamedTuple):
    """A time somebody named: where it stands, and the spans of days it may mean, widest reading first."""

    start: int
    end: int
    spans: tuple[tuple[dt.date, dt.date], ...]
    loose: bool  # "five years ago": about that long


@lru_cache(maxsize=8192)
def find_times(text: str, anchor: dt.date) -> tuple[Time, ...]:
    """The times named in `text`, reckoned from the day `anchor`."""
    return tuple(_read(text, anchor))


def _read(text: str, anchor: dt.date) -> Iterator[Time]:
    for match in _TIME.finditer(text):
        said = match.group()
        if said.split()[0] in _LOWER_IS_NO_MONTH and (match["m3"] or match["m2"]):
            continue
        if said.lower() == "this may" and said.endswith("may") and _VERB_FOLLOWS.match(text, match.end()):
            continue  # "This may be something for you"
        try:
            spans = tuple(_spans(match, anchor))
        except (ValueError, OverflowError):
            continue
        if spans:
            yield Time(match.start(), match.end(), spans, bool(match["ago"] or match["ahead"]) and not match["sharp"])


def _spans(match: re.Match[str], anchor: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    if match["iso"]:
        yield _iso(match["iso"])
    elif match["ago"]:
        yield _ago(match, anchor)
    elif match["ahead"]:
        days = _count(match["ahead"]) * _UNIT_DAYS[match["aheadunit"].lower()]
        yield _around(anchor + dt.timedelta(days=days), max(3, days * 0.25))
    elif match["near"]:
        yield from _near(match["near"].lower(), match["what"].lower(), anchor)
    elif match["season"]:
        yield from _season(match["season"].lower(), match["sy"], anchor)
    elif match["day"]:
        day = anchor + dt.timedelta(days={"today": 0, "yesterday": -1, "tomorrow": 1}[match["day"].lower()])
        yield day, day
    elif match["y"]:
        last = match["toy"] and int(match["toy"] if len(match["toy"]) == 4 else match["y"][:2] + match["toy"][-2:])
        yield dt.date(int(match["y"]), 1, 1), dt.date(last or int(match["y"]), 12, 31)
    else:
        yield from _dated(match, anchor)


def _iso(text: str) -> tuple[dt.date, dt.date]:
    year, month, *day = (int(part) for part in text.split("-"))
    return (dt.date(year, month, day[0]),) * 2 if day else _month(year, month)


def _month(year: int, month: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _around(day: dt.date, slack: float) -> tuple[dt.date, dt.date]:
    return day - dt.timedelta(days=slack), day + dt.timedelta(days=slack)


def _count(words: str) -> float:
    return float(words) if words.isdigit() else float(_COUNTS[" ".join(words.lower().split())])


def _ago(match: re.Match[str], anchor: dt.date) -> tuple[dt.date, dt.date]:
    count, unit = _count(match["ago"]), match["agounit"].lower()
    if match["sharp"] and unit == "year":
        return _month(anchor.year - int(count), anchor.month)
    days = count * _UNIT_DAYS[unit]
    return _around(anchor - dt.timedelta(days=days), max(1, _UNIT_DAYS[unit] * max(0.6, count * 0.07)))


def _near(near: str, what: str, anchor: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """ "Next May", "last spring", "this month": every reading people give it."""
    ahead, back = "next" in near or "coming" in near, "last" in near or "past" in near
    if what in ("week", "weekend", "month", "year"):
        days = _UNIT_DAYS["week" if what == "weekend" else what]
        low, high = (0.0, 2 * days) if ahead else (-2 * days, 0.0) if back else (-days, days)
        yield anchor + dt.timedelta(days=low), anchor + dt.timedelta(days=high)
        return
    spans = list(_month_spans(what, anchor) if what not in _SEASONS else _season(what, None, anchor))
    yield from (span for span in spans if (span[0] > anchor if ahead else span[1] < anchor if back else True))
    if ahead or back:  # "next May", said in March, may mean the year after
        step = 1 if ahead else -1
        yield from ((_shift(a, step), _shift(b, step)) for a, b in spans if (a > anchor) == ahead)


def _shift(day: dt.date, years: int) -> dt.date:
    return day.replace(year=day.year + years, day=min(day.day, 28))


def _month_spans(name: str, anchor: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    month = _number(name)
    for year in (anchor.year, anchor.year - 1, anchor.year + 1):
        first, last = _month(year, month)
        if -366 <= (first - anchor).days <= 366:
            yield first, last


def _number(name: str) -> int:
    return next(place for place, month in enumerate(_MONTHS, 1) if month.startswith(fold(name)[:3]))


def _season(name: str, year: str | None, anchor: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    low, high = _SEASONS[name]
    years = (int(year),) if year else (anchor.year, anchor.year - 1, anchor.year + 1)
    for one in years:
        first = dt.date(one, low, 1)
        last = _month(one + (high > 12), high - 12 if high > 12 else high)[1]
        if year or -400 <= (first - anchor).days <= 366:
            yield first, last


def _dated(match: re.Match[str], anchor: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    name = match["m1"] or match["m2"] or match["m3"]
    year = match["y1"] or match["y2"] or match["y3"]
    word = match["ord"] or match["ord2"]
    day = _ORDINALS[word.lower()] if word else int(match["d1"] or match["d2"] or 0)
    if match["rel"]:
        year = str(anchor.year + {"this": 0, "last": -1, "next": 1}[match["rel"].lower()])
    spans = [_month(int(year), _number(name))] if year else list(_month_spans(name, anchor))
    for first, last in spans:
        if not day:
            yield first, last
        elif day <= last.day:
            yield first.replace(day=day), first.replace(day=day)


# --- does it fit ------------------------------------------------------------------------------------------------


def time_fits(said: Time, noted: Iterable[tuple[dt.date, dt.date]]) -> bool:
    """Whether one of the noted spans lies within one that is said; of a year, a loose "five years ago" may be said."""
    return any(
        (low <= first and last <= high) or (said.loose and (last - first).days > 300 and low <= last and first <= high)
        for low, high in said.spans
        for first, last in noted
    )


def spans_in(texts: Iterable[str], day: dt.date | None, today: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """The spans of days a piece of evidence tells of: its own day, and what its words name, reckoned from that day."""
    if day:
        yield day, day
    for text in texts:
        anchor = day or today
        for time in find_times(text, anchor):
            past, ahead = _BEHIND.search(text), _AHEAD.search(text)
            for first, last in time.spans:
                if not ((ahead and not past and last < anchor) or (past and not ahead and first > anchor)):
                    yield first, last


_BEHIND = re.compile(
    r"\b(?:was|were|had|did|ago|last|came|went|gave|got|met|saw|took|left|[a-z]{3,}ed|since)\b", re.IGNORECASE
)
_AHEAD = re.compile(
    r"\b(?:will|next|coming|comes out|due|plans?|going to|hopes?|wants?|opens|starts|out in|is out|in print in)\b",
    re.IGNORECASE,
)
