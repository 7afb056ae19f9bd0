"""Past days as hurried people name them: "yesterday", "last Friday", "on tues", "3 days ago", "12 March".

It must never take a day that is still to come, nor one that nobody named.
"""

from __future__ import annotations

import datetime as dt
import re

from assistant.sources.times import MONTHS, month_number

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_WEEKDAY = (
    r"(?P<weekday>mon(?:day)?|tue(?:s|sday)?|wed(?:s|nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_MONTH = "|".join((*MONTHS, *(one[:3] for one in MONTHS), "sept"))
_NUMBERS = {word: number for number, word in enumerate("a two three four five six seven eight nine ten".split(), 1)}
_NUMBERS |= {"one": 1, "a couple of": 2, "couple of": 2}
_DAY = re.compile(
    rf"""(?<![\w-])(?:
      (?:on\ )?(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
      |(?P<before>the\ day\ before\ yesterday)
      |(?P<yesterday>yesterday|last\ night|yday)
      |(?P<today>today|this\ (?:morning|afternoon|evening)|tonight|just\ now)
      |(?P<count>\d{{1,3}}|{"|".join(_NUMBERS)})\ (?P<unit>days?|weeks?)\ ago
      |(?P<which>last|next|this|on|every|until|till|by|before|from)?\ ?(?:the\ )?{_WEEKDAY}(?!['’\w])
      |(?:on\ )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\ (?:of\ )?(?P<month>{_MONTH})\b(?:\ (?P<year>20\d\d))?
      |(?:on\ )?(?P<month2>{_MONTH})\ (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\ (?P<year2>20\d\d))?
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_PAST = ("next", "this", "every", "until", "till", "by", "before", "from")


def find_past_day(text: str, today: dt.date) -> dt.date | None:
    """The first day `text` names that is not after `today`; a day without a year is the latest such one."""
    for match in _DAY.finditer(text):
        day = _read(match, today)
        if day and day <= today:
            return day
    return None


def without_days(text: str) -> str:
    """The text without the days it names."""
    return " ".join(_DAY.sub(" ", text).split())


def _read(match: re.Match[str], today: dt.date) -> dt.date | None:
    if match["iso"]:
        return _iso(match["iso"])
    for name, back in (("today", 0), ("yesterday", 1), ("before", 2)):
        if match[name]:
            return today - dt.timedelta(days=back)
    if match["count"]:
        count = _NUMBERS.get(match["count"].lower()) or int(match["count"])
        return today - dt.timedelta(days=count * (7 if match["unit"].lower().startswith("week") else 1))
    if match["weekday"]:
        return _weekday(match["weekday"], (match["which"] or "").lower(), today)
    year = match["year"] or match["year2"]
    return _of_month(int(match["day"] or match["day2"]), match["month"] or match["month2"], year, today)


def _iso(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _weekday(word: str, which: str, today: dt.date) -> dt.date | None:
    """The latest such day; "last Friday" said on a Friday is a week ago."""
    if which in _NOT_PAST or (word.lower() in ("sat", "sun", "wed", "mon") and not which and word.islower()):
        return None
    number = next(place for place, name in enumerate(_WEEKDAYS) if name.startswith(word.lower()[:3]))
    back = (today.weekday() - number) % 7
    return today - dt.timedelta(days=back or (7 if which == "last" else 0))


def _of_month(day: int, month: str, year: str | None, today: dt.date) -> dt.date | None:
    years = [int(year)] if year else [today.year, today.year - 1]
    for one in years:
        try:
            found = dt.date(one, month_number(month), day)
        except ValueError:
            continue
        if found <= today:
            return found
    return None
