"""When the user and a person were in touch, as dated notes and kept interactions tell; and whether they ever were.

A note about somebody is not a note of a meeting: an article read or a talk watched is no contact. It must never take
what was read, heard or pasted for a time together.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import attrgetter

from sqlalchemy import Connection

from assistant.domain import Contact, Interaction, Note, Touch, make_id
from assistant.store import readings, records

_ONCE_A_DAY = ("meeting", "call")
# An untitled note of the ledger only ("- [gave] the data"), as `favour` keeps it.
_ONLY_TYPED = re.compile(r"(?:\s*[-*+]?\s*\[(?:gave|received|asked)\][^\n]*(?:\n|\Z))+\s*")

_NO_CONTACT = re.compile(
    r"\b(?:articles?|interview|programme|pages?|newsletter|recording|bio|about (?:me|her|him|them|his|her)|heard|copied"
    r"|pasted|profile|website|web ?site|linkedin|podcast|press|public call|announcement|blog|video of|read|watched"
    r"|search"
    r"|research|background|idea|ideas|to do|todo)\b",
    re.IGNORECASE,
)
_CHANNELS = (
    (
        "call",
        re.compile(
            r"\b(?:call|called|phone|phoned|telephone|voice note|zoom|teams|video|skype|facetime)\b", re.IGNORECASE
        ),
    ),
    ("email", re.compile(r"\b(?:(?:e-?)?mails?|letter|card)\b", re.IGNORECASE)),
    ("message", re.compile(r"\b(?:messages?|text|sms|whatsapp|signal|dm|chat)\b", re.IGNORECASE)),
    (
        "meeting",
        re.compile(
            r"\b(?:met|meet|meeting|coffee|lunch|dinner|breakfast|brunch|tea|beers?|drinks?|walk|visit|visited"
            r"|supper|pub"
            r"|reunion|party|wedding|swim|sat (?:next|beside)|shared a (?:table|train|taxi)|stayed|catch-?up|talked"
            r"|spoke"
            r"|hike|picnic|dined)\b",
            re.IGNORECASE,
        ),
    ),
)
# How one knows of somebody without ever having been in touch.
_ONLY_HEARD_OF = re.compile(
    r"^\s*(?:i )?(?:read|heard|saw|watched|found|follow|following|subscribe|know of|(?:his|her|their) (?:article"
    r"|book|talk"
    r"|podcast|blog|paper)|linkedin|online|twitter)\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\b(?:we|us|our)\b|\b(?:told|asked|showed|gave|sent|walked|taught|called|wrote|answered|hugged|took|invited"
    r"|helped) me\b"
    r"|\bmet\b|\bspoke with (?:her|him|them)\b|\btalked to (?:her|him|them)\b",
    re.IGNORECASE,
)

_CONNECTED = re.compile(r"\s*connected (?:on|via|through) linkedin\b", re.IGNORECASE)
_WROTE = re.compile(
    r"\b(?:wrote|written|mailed|e-?mailed|messaged|texted|rang|called|phoned|tried|asked|sent|chased|nudged"
    r"|reminded|left (?:a|two)"
    r" (?:voice ?mails?|messages?)|followed up|again|another|second|third)\b",
    re.IGNORECASE,
)
_SILENCE = re.compile(
    r"\b(?:no (?:answer|reply|response|word|news|joy)|nothing back|still nothing|nothing (?:yet|so far|since)"
    r"|never (?:heard|wrote"
    r"|got|came|answered|replied)(?: \w+)? ?(?:back)?|not (?:answered|replied|heard back|responded)|(?:hasn"
    r"|haven|didn|hadn)['’]?t"
    r" (?:\w+ )?(?:answered|answer|replied|reply|responded|respond|heard|written back|got back|come back)"
    r"|radio silence|silence"
    r"|unanswered|without (?:an )?(?:answer|reply)|ghosted|no sign of life|crickets|went quiet|gone quiet)\b",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"\b(?:(?:she|he|they) (?:\w+ )?(?:answered|replied|wrote back|rang back|called back|came back to me)"
    r"|(?:then|finally|at last)"
    r" (?:answered|replied|wrote back))\b",
    re.IGNORECASE,
)


def is_unanswered(text: str) -> bool:
    """Whether a note tells of a message of the user's that nobody answered: "Wrote to him. No answer."."""
    return bool(_WROTE.search(text) and _SILENCE.search(text)) and not _ANSWERED.search(text)


def has_met(contact: Contact, notes: Iterable[Note] = ()) -> bool:
    """Whether the record says how the two met, or a note of no date tells of it; "read her article" is no meeting."""
    if "cold" in contact.tags:
        return False
    told = [note for note in notes if note.contact_id == contact.id and not _NO_CONTACT.search(note.title)]
    by_record = bool(contact.how_met) and not (_ONLY_HEARD_OF.match(contact.how_met) or is_connected(contact))
    return by_record or any(_TOGETHER.search(note.text) for note in told)


def is_connected(contact: Contact) -> bool:
    """Whether the two are linked on a website, which is a way to write to somebody and no acquaintance."""
    return _CONNECTED.match(contact.how_met) is not None


def is_event(title: str) -> bool:
    """Whether a note's heading names an occasion others may have been at: neither a call nor a message nor a page."""
    other = any(pattern.search(title) for channel, pattern in _CHANNELS if channel != "meeting")
    return len(title.split()) > 1 and not other and not _NO_CONTACT.search(title)


def find_touches(contact: Contact, notes: Iterable[Note], kept: Sequence[Interaction] = ()) -> tuple[Interaction, ...]:
    """Every dated time the user and `contact` were in touch, oldest first, none of them twice."""
    logged = {one.note_id for one in kept if one.note_id}
    told = [
        Interaction(
            id=make_id("i", note.id),
            contact_id=contact.id,
            when=day,
            channel=channel,
            direction="out" if is_unanswered(note.text) else "both",
            note_id=note.id,
        )
        for note in notes
        if note.contact_id == contact.id and note.id not in logged
        for day, channel in _read_touch(note, contact)
    ]
    every = sorted((*told, *kept), key=lambda one: (one.when, one.id))
    counted = _counted([Touch(one.contact_id, one.when, one.direction, one.channel, one.at) for one in every])
    # What a note tells of the same meeting is not lost with the note's own touch.
    notes_at = {(one.when, one.channel): one.note_id for one in told}
    return tuple(
        one if one.note_id else one.model_copy(update={"note_id": notes_at.get((one.when, one.channel))})
        for one, is_one in zip(every, counted, strict=True)
        if is_one
    )


def all_touches(connection: Connection, today: dt.date, ids: Collection[str] | None = None) -> list[Touch]:
    """Every time in touch up to `today`, kept or told by a dated note, by day; of these contacts, or of everybody."""
    people = [one for one in records.load_contacts(connection) if ids is None or one.id in ids]
    kept, notes = readings.load_touches(connection, ids, until=today), records.load_notes(connection, ids)
    return join_touches(kept, people, notes, readings.load_logged(connection), today)


def join_touches(
    kept: Sequence[Touch], people: Iterable[Contact], notes: Iterable[Note], logged: Collection[str], today: dt.date
) -> list[Touch]:
    """The kept times in touch and those that only a dated note tells of, by day.

    A note and an event of one meeting are one touch; `logged` are the notes whose touch is kept as their own. What is
    still to come is no touch yet.
    """
    by_id = {one.id: one for one in people if not one.me}
    told = [
        Touch(note.contact_id, day, "out" if is_unanswered(note.text) else "both", channel)
        for note in notes
        if note.contact_id in by_id and note.id not in logged
        for day, channel in _read_touch(note, by_id[note.contact_id])
        if day <= today
    ]
    every = sorted((*kept, *told), key=attrgetter("day"))
    return [touch for touch, is_one in zip(every, _counted(every), strict=True) if is_one]


def _counted(touches: Sequence[Touch]) -> list[bool]:
    """Which of these count.

    Of one person, day and channel a meeting or a call counts once, whoever tells of it; mails count each, and what is
    known without its hour is one of them if there are any that day.
    """
    vague = {(one.contact_id, one.day, one.channel) for one in touches if one.at is None}
    ways: dict[tuple[str, dt.date, str], set[str]] = {}
    for one in touches:
        if vague and one.at is not None and (place := (one.contact_id, one.day, one.channel)) in vague:
            ways.setdefault(place, set()).add(one.direction)
    seen: set[tuple[str, dt.date, str]] = set()
    counted: list[bool] = []
    for one in touches:
        is_double = False
        if one.at is None:
            known = ways.get((one.contact_id, one.day, one.channel), set())
            is_double = bool(known & {one.direction, "both"}) or (one.direction == "both" and bool(known))
        if one.channel in _ONCE_A_DAY and not is_double:
            place = (one.contact_id, one.day, one.channel)
            is_double = place in seen
            seen.add(place)
        counted.append(not is_double)
    return counted


def _read_touch(note: Note, contact: Contact) -> Iterator[tuple[dt.date, str]]:
    """The day and the channel, if the note tells of a time in touch."""
    if note.date is not None and not _ONLY_TYPED.fullmatch(note.title + note.text):
        channel = _channel_of(note, contact)
        if channel:
            yield note.date, channel


def _channel_of(note: Note, contact: Contact) -> str:
    """`call`, `email`, `message` or `meeting`; empty where the note tells of no contact."""
    if _NO_CONTACT.search(note.title):
        return ""
    for channel, pattern in _CHANNELS:
        if pattern.search(note.title):
            return channel
    if has_met(contact) and note.title:
        return "meeting"  # a heading that names only a place or an event, of somebody one has met
    return "meeting" if _TOGETHER.search(note.text) and "cold" not in contact.tags else ""
