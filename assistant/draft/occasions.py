"""When and on what occasion two people were in touch, as one says it: "over coffee in Porto in March".

Reads a note's heading and its date. It must never make a meeting of a heading that tells of none.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple


class Occasion(NamedTuple):
    """Ways to name one occasion; each is empty where English has none for it.

    `clause`: "we had coffee in Porto". `at`: "over coffee in Porto". `since`: "the coffee in Porto". `thing`: what one
    gives thanks for, "the coffee in Porto". `theirs` says that it was a message of theirs.
    """

    clause: str = ""
    at: str = ""
    since: str = ""
    thing: str = ""
    theirs: bool = False


_SIZE = r"(?:(?:a|an|the|our|first|second|another|quick|long|short|late|early|working) )*"
_MEAL = re.compile(
    rf"{_SIZE}(?P<what>coffee|lunch|dinner|breakfast|brunch|tea|drinks?|supper|beers?|pint|pints)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_CALL = re.compile(
    rf"{_SIZE}(?:(?:phone|video|zoom|teams|skype|telephone|catch-?up) ?)?"
    r"(?:call|chat on the phone|phone|zoom|skype|teams|telephone|facetime)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_WALK = re.compile(rf"{_SIZE}(?P<what>walk|stroll|hike|bike ride|swim|sail)\b(?P<rest>.*)", re.IGNORECASE)
_MET = re.compile(rf"(?:we )?{_SIZE}(?:met|meeting) (?P<rest>(?:at|in|on|during|through)\b.*)", re.IGNORECASE)
_THEIR_MAIL = re.compile(
    r"(?:an? |the )?(?:(?P<a>e-?mail|mail|letter|message|card|postcard|voice note|text|note) from (?:her|him|them|\w+)"
    r"|(?:her|his|their) (?:first |last |short |long )?(?P<b>e-?mail|mail|letter|message|card|postcard|voice note|text"
    r"|note))(?P<rest>.*)",
    re.IGNORECASE,
)
# What people go to together or come across each other at; the place follows after a comma or a preposition.
_EVENT_NOUN = (
    r"(?:fair|school|premi[eè]re|evening|workshop|conference|festival|party|wedding|train|meet-?up|forum|opening"
    r"|exhibition|concert|rehearsal|class|course|seminar|retreat|launch|reunion|show|studio|group|panel|match|race"
    r"|regatta|hackathon|demo day|summit|congress|symposium|hearing|market|picnic|barbecue|open day|gig|reading|lecture"
    r"|site visit|visit|tour|dinner|talk|ceremony|assembly|trip|weekend|day|night|session|gathering|breakfast"
    r"|hike|game|practice|recital|tournament|ride)"
)
_EVENT = re.compile(
    rf"(?P<what>(?:[\w'’&.-]+ ){{0,4}}?{_EVENT_NOUN})"
    r"(?:(?:,| in| at| to) (?P<place>(?:the )?[A-Z][\w'’.-]*(?: [\w'’.-]+){0,3}))?",
    re.IGNORECASE,
)
# An event of the user's own, as it is kept of everybody who came when it took place.
_HOSTED = re.compile(rf"came to my (?P<what>(?:[\w'’-]+ ){{0,3}}?{_EVENT_NOUN}) on (?P<topic>[^;:()]+)", re.IGNORECASE)
_NAMED = re.compile(r"(?P<what>[A-Z][A-Za-z]*[A-Z]\w*(?: \d{4})?)(?:(?:,| in| at) (?P<place>[A-Z][\w'’.-]+))?$")
_OWN = re.compile(r"\b(?:her|his|their|she|he|they)\b|[;:(]", re.IGNORECASE)
_NOT_TOGETHER = re.compile(
    r"\b(?:recording|article|interview|programme|page|newsletter|copied|pasted|bio|press|watched|read|heard"
    r"|video of|podcast|about|idea|ideas|notes?|open house listing)\b",
    re.IGNORECASE,
)
_NO_REST = re.compile(r"[,;:]|\b(?:with|about|from|before|after|re)\b")


def read_occasion(title: str) -> Occasion:
    """The ways to name the occasion of a heading; all empty where it names none."""
    title = " ".join(title.strip().rstrip(".;,!").split())
    for read in (_read_meal, _read_call, _read_walk, _read_met, _read_mail, _read_hosted, _read_event):
        found = read(title)
        if found:
            return found
    return Occasion()


def _rest(match: re.Match[str]) -> str | None:
    """What follows the occasion's word where it is a place; None where it tells more than that."""
    rest = re.sub(r"^,\s*(?=[A-Z])", " in ", match["rest"].rstrip())
    return None if _NO_REST.search(rest) or re.search(r"\b(?:her|his|their)\b", rest) else rest


def _read_meal(title: str) -> Occasion | None:
    match = _MEAL.fullmatch(title)
    rest = _rest(match) if match else None
    if match is None or rest is None:
        return None
    what = match["what"].lower()
    had = f"a {what}" if what in ("drink", "pint", "beer") else what
    return Occasion(f"we had {had}{rest}", f"over {had}{rest}", f"our {what}{rest}", f"the {what}{rest}")


def _read_call(title: str) -> Occasion | None:
    match = _CALL.fullmatch(title)
    if match is None or _OWN.search(match["rest"]):
        return None
    tool = re.match(rf"{_SIZE}(zoom|skype|teams|facetime|video)\b", title, re.IGNORECASE)
    if tool and tool[1].lower() == "video":
        return Occasion("we spoke by video", "by video", "our video call", "the video call")
    if tool:
        name = tool[1].capitalize()
        return Occasion(f"we spoke on {name}", f"on {name}", f"our {name} call", "the call" if name == "Zoom" else "")
    # "Call about the model": what it was about stands in the note and need not be told them.
    if re.match(r"\s+(?:with|from|to|re|about)\b", match["rest"]) or not match["rest"].strip():
        return Occasion("we spoke on the phone", "on the phone", "our call", "the call")
    return None


def _read_walk(title: str) -> Occasion | None:
    match = _WALK.fullmatch(title)
    rest = _rest(match) if match else None
    if match is None or rest is None:
        return None
    what = match["what"].lower()
    return Occasion(f"we went for a {what}{rest}", f"on our {what}{rest}", f"our {what}{rest}", f"the {what}{rest}")


def _read_met(title: str) -> Occasion | None:
    match = _MET.fullmatch(title)
    if match is None or _NO_REST.search(match["rest"]) or _OWN.search(match["rest"]):
        return None
    return Occasion(clause=f"we met {match['rest']}", since=f"we met {match['rest']}")


def _read_mail(title: str) -> Occasion | None:
    match = _THEIR_MAIL.fullmatch(title)
    if match is None:
        return None
    what = (match["a"] or match["b"]).lower()
    what = "mail" if what in ("email", "e-mail") else what
    return Occasion(at=f"in your {what}", since=f"your {what}", thing=f"your {what}", theirs=True)


def _read_hosted(title: str) -> Occasion | None:
    match = _HOSTED.fullmatch(title)
    if match is None or _OWN.search(title):
        return None
    said = f"my {match['what'].lower()} on {match['topic']}"
    return Occasion(f"you came to {said}", f"at {said}", said, f"coming to {said}")


def _read_event(title: str) -> Occasion | None:
    match = _EVENT.fullmatch(title) or _NAMED.fullmatch(title)
    if match is None or _OWN.search(title) or _NOT_TOGETHER.search(title):
        return None
    what, place = match["what"], match["place"]
    first, *more = what.split()
    plain = first[1:].islower() and all(word[:1].islower() for word in more)
    named = _NAMED.fullmatch(title) is not None
    said = what if named else f"the {what[0].lower() + what[1:] if plain else what}"
    said = re.sub(r"^the (?=(?:the|our|my|a|an) )", "", said, flags=re.IGNORECASE)
    travels = re.search(r"\b(?:train|ride|trip|tour)$", said)
    to = "to" if travels else "at" if (place or "").lower().startswith("the ") else "in"
    where = f" {to} {place}" if place else ""
    return Occasion(at=f"{'on' if travels else 'at'} {said}{where}", since=f"{said}{where}")


def when(day: dt.date | None, today: dt.date) -> str:
    """ "earlier this month", "in March", with the year if it is not within the last eleven months."""
    if day is None or day > today:
        return ""
    if (day.year, day.month) == (today.year, today.month):
        return "today" if day == today else "yesterday" if (today - day).days == 1 else "earlier this month"
    return f"in {day:%B}" if (today - day).days < 330 else f"in {day:%B %Y}"
