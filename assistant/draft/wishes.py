"""What a contact has asked for, as the notes tell it: facts that decide whether a message may be written at all.

Read from preference facts, private ones too: a wish binds even where it may not be repeated.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import NamedTuple

from assistant.domain import Evidence, FactKind

_MONTHS = "january february march april may june july august september october november december".split()


class Wish(NamedTuple):
    """A wish that stands against this message, and the better way."""

    evidence: Evidence
    reason: str
    instead: str


_NO_CONTACT = re.compile(
    r"\b(?:do not|don't|please don't|asked (?:me )?not to|does not want to be|doesn't want to be"
    r"|no longer wants to be) "
    r"(?:be )?(?:contact(?:ed)?|writ(?:e|ten)(?: to)?|approach(?:ed)?)\b|\bno (?:more )?(?:contact|messages)\b"
    r"|\bleave (?:her|him|them) alone\b",
    re.IGNORECASE,
)
_NO_MAIL = re.compile(
    r"\b(?:only|just|strictly|better) (?:by |via |on the |over the )?(?:phone|telephone|call|calls|text|sms"
    r"|whatsapp|signal|in person)\b"
    r"|\b(?:phone|call|text|calls) only\b|\b(?:never|does not|doesn't|hardly ever|rarely) (?:reads?|answers?"
    r"|checks?|opens?) (?:\w+ ){0,2}?(?:e-?)?mails?\b"
    r"|\bno (?:e-?)?mails?\b|\bhates (?:e-?)?mails?\b|\b(?:do not|don't|never) (?:e-?)?mail (?:her|him|them)\b",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"\b(?:not|nothing|no \w+|don't \w+(?: \w+)?|do not \w+(?: \w+)?|leave (?:her|him|them) (?:alone|in peace)"
    r"|away|on leave|unreachable|sabbatical)\b"
    rf"[^.;]{{0,40}}?\b(?:before|until|till)\b (?:the )?(?:end of |mid-?|early "
    rf"|late )?(?P<month>{'|'.join(_MONTHS)})?\s*(?P<year>20\d\d)?",
    re.IGNORECASE,
)


def find_wish(evidence: Iterable[Evidence], channel: str, today: dt.date) -> Wish | None:
    """The first standing wish that forbids a message by `channel` on `today`, if any."""
    for one in evidence:
        if one.kind is FactKind.PREFERENCE and not one.superseded:
            wish = _read_wish(one, channel, today)
            if wish:
                return wish
    return None


def _read_wish(one: Evidence, channel: str, today: dt.date) -> Wish | None:
    if _NO_CONTACT.search(one.quote):
        return Wish(one, "asked not to be written to", "wait until they write to you")
    if channel == "email" and _NO_MAIL.search(one.quote):
        return Wish(one, "does not want mail", "call instead, or say it when you meet")
    match = _NOT_BEFORE.search(one.quote)
    until = _first_day(match, one, today) if match else None
    if until and today < until:
        return Wish(one, f"asked to be left in peace until {until:%B %Y}", f"write after {until:%-d %B %Y}")
    return None


def _first_day(match: re.Match[str], one: Evidence, today: dt.date) -> dt.date | None:
    """The first day the wish allows; a month without a year is the next such month after the note."""
    year, month = match.group("year"), match.group("month")
    if not year and not month:
        return None
    number = _MONTHS.index(month.lower()) + 1 if month else 1
    if year:
        return dt.date(int(year), number, 1)
    noted = one.date or today
    return dt.date(noted.year + (number <= noted.month), number, 1)
