"""A day ahead on which something of theirs falls due: what makes now the time to write.

Reads the sentences of a note. It must never take a day that is over, nor one that nobody named.
"""

from __future__ import annotations

import datetime as dt
import re

_WHAT = (
    r"(?:deadline|evening|event|opening|premi[eè]re|launch|show|concert|festival|conference|meeting|hearing|exam|move"
    r"|tour|wedding|party|match|race|bid|application|vote|pitch|demo|audit|inspection|submission|fair|workshop|talk"
    r"|course|term|form|draft|proposal|report|manuscript|entry|entries|tender|paper|season|closing date|due date"
    r"|election|recital|rehearsals?|exhibition|harvest|trial|pilot)"
)
_DEADLINE = re.compile(
    rf"(?P<what>(?:(?:the|her|his|their|its) )?(?:[a-z-]+ ){{0,2}}?{_WHAT})"
    r" (?P<verb>(?:is|are|falls)(?: due)?|opens|starts|begins|closes|ends) (?P<link>on |in |at |by "
    r"|from )?(?P<when>[^,;.]*)",
    re.IGNORECASE,
)
_MONTHS = "january february march april may june july august september october november december".split()
_DAY = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{'|'.join(_MONTHS)})\b(?: (?P<year>20\d\d))?", re.IGNORECASE
)
_SOON_DAYS = 200


def read_deadline(sentence: str, today: dt.date) -> str:
    """The clause that names the day ("the deadline is 15 January 2027"); empty where the sentence names none ahead."""
    match = _DEADLINE.match(sentence)
    day = _DAY.search(match["when"]) if match else None
    if match is None or day is None or not _is_ahead(day, today):
        return ""
    when = re.sub(r" (?:(?:she|he|they) says?|and .*|but .*|so .*)$", "", match["when"].strip())
    link = match["link"] or ("on " if "due" in match["verb"] and when[:1].isdigit() else "")
    what = match["what"][0].lower() + match["what"][1:]
    what = what if re.match(r"(?:the|her|his|their|its) ", what) else f"the {what}"
    return f"{what} {match['verb']} {link}{when}"


def _is_ahead(match: re.Match[str], today: dt.date) -> bool:
    month = _MONTHS.index(match["month"].lower()) + 1
    year = int(match["year"] or (today.year if month >= today.month else today.year + 1))
    try:
        day = dt.date(year, month, int(match["day"] or 28))
    except ValueError:
        return False
    return 0 <= (day - today).days <= _SOON_DAYS
