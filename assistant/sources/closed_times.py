"""What a person asked for as to being written to: not at all, not before a day, not in some months.

Reads one sentence of a note. It must never read a day that nobody named, nor take what is outdated, only hearsay or
the user's own words for a wish.
"""

from __future__ import annotations

import datetime as dt
import re

from assistant.domain import Evidence, FactKind
from assistant.sources.times import MONTH, MONTHS, find_stretch

_NO_CONTACT = re.compile(
    r"\b(?:do not|don['’]t|never) (?:contact|approach|bother|disturb|write to|get in touch with) (?:me|us|her|him"
    r"|them)\b"
    r"|^\W*(?:please )?(?:do not|don['’]t) (?:contact|write|approach|bother|disturb)\b"
    r"|\b(?:asked|asks|begged|told) (?:me |us )?not to (?:be )?(?:contact(?:ed)?|writ(?:e|ten)(?: to)?|approach(?:ed)?"
    r"|bothered|disturbed)\b"
    r"|\b(?:does not want to be|doesn['’]t want to be|no longer wants to be|(?:prefers|would rather) not (?:to )?be)"
    r" (?:contacted|written to|approached|bothered|disturbed)\b"
    r"|\bno (?:more )?(?:contact|messages|mail or calls|calls or mail)\b(?! (?:yet|so far|from|for))"
    r"|\bwants? (?:no|nothing) (?:more )?(?:mail|calls?|contact|from (?:me|us|any of us))\b"
    r"|\bleave (?:her|him|them|me) alone\b"
    r"|\b(?:asked|wants) to be (?:taken off|removed from|left off)\b",
    re.IGNORECASE,
)
_LEAVE_ME = (
    r"(?:not|nothing|no (?:more )?\w+|don['’]?t \w+(?: \w+)?|do not \w+(?: \w+)?|never \w+|leave (?:her|him|them"
    r"|me) (?:alone"
    r"|in peace|be)|away|on leave|unreachable|off grid|out of reach|sabbatical|on (?:maternity|parental"
    r"|paternity|sick) leave"
    r"|travell?ing|buried|snowed under|swamped|too busy|no time|hold off|wait|not available|unavailable|quiet)"
)
_NOT_BEFORE = re.compile(
    rf"\b{_LEAVE_ME}\b[^.;]{{0,60}}?\b(?P<link>before|until|till|til|after|from)\b (?P<when>[^.;]*)", re.IGNORECASE
)
_NOT_IN = re.compile(
    rf"\b(?:never|not|nothing|no (?:mail|calls|contact|messages)) (?:in|during) (?P<months>(?:{MONTH})(?:(?:,| and"
    rf"| or|-| to) (?:{MONTH}))*)\b",
    re.IGNORECASE,
)


def may_hold_wish(one: Evidence) -> bool:
    """Whether a wish may be read out of this evidence at all."""
    if one.superseded or one.hearsay or one.source == "own":
        return False
    return one.kind is FactKind.PREFERENCE or one.source == "note" or one.field == "private"


def asks_for_no_contact(said: str) -> bool:
    """Whether the sentence says that they want no contact at all."""
    return bool(_NO_CONTACT.search(said))


def find_first_day(said: str, noted: dt.date) -> dt.date | None:
    """The first day the wish allows; a time without a year is the next such time after the note."""
    for match in _NOT_BEFORE.finditer(said):
        if match["link"].lower() in ("after", "from") and not re.search(
            r"\b(?:not|until|till)\b", match.group(), re.IGNORECASE
        ):
            continue
        stretch = find_stretch(f"{match['link']} {match['when']}", noted)
        if stretch is not None:
            after = match["link"].lower() == "after" or re.match(
                r"(?:after|the end of|end of)\b", match["when"], re.IGNORECASE
            )
            return stretch.last + dt.timedelta(days=1) if after else stretch.first
    return None


def find_closed_months(said: str) -> frozenset[int]:
    """The months (1 to 12) the wish closes; "never in June to August" holds July."""
    match = _NOT_IN.search(said)
    if not match:
        return frozenset()
    text = match["months"].lower()
    named = [MONTHS.index(word) for word in re.findall(MONTH, text)]
    if len(named) == 2 and re.search(r"-| to ", text):
        span = (named[1] - named[0]) % 12
        named = [(named[0] + step) % 12 for step in range(span + 1)]
    return frozenset(one + 1 for one in named)
