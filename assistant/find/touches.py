"""When the user and a person were in touch, as dated notes and kept interactions tell; and whether they ever were.

A note about somebody is not a note of a meeting: an article read or a talk watched is no contact. It must never take
what was read, heard or pasted for a time together.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from assistant.domain import Contact, Interaction, Note, Touch, make_id
from assistant.store import readings, records

_NO_CONTACT = re.compile(
    r"\b(?:articles?|interview|programme|pages?|newsletter|recording|bio|about (?:me|her|him|them|his|her)|heard|copied"
    r"|pasted|profile|website|web ?site|linkedin|podcast|press|public call|announcement|blog|video of|read|watched"
    r"|search"
    r"|research|background|idea|ideas|to do|todo)\b",
    re.IGNORECASE,
)
_CHANNELS = (
    ("call", re.compile(r"\b(?:call|called|phone|phoned|telephone|voice note|zoom|teams|video)\b", re.IGNORECASE)),
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


def has_met(contact: Contact, notes: Iterable[Note] = ()) -> bool:
    """Whether the record says how the two met, or a note of no date tells of it; "read her article" is no meeting."""
    if "cold" in contact.tags:
        return False
    told = [note for note in notes if note.contact_id == contact.id and not _NO_CONTACT.search(note.title)]
    by_record = bool(contact.how_met) and not _ONLY_HEARD_OF.match(contact.how_met)
    return by_record or any(_TOGETHER.search(note.text) for note in told)


def is_event(title: str) -> bool:
    """Whether a note's heading names an occasion others may have been at: neither a call nor a message nor a page."""
    other = any(pattern.search(title) for channel, pattern in _CHANNELS if channel != "meeting")
    return len(title.split()) > 1 and not other and not _NO_CONTACT.search(title)


def all_touches(connection: Connection, today: dt.date) -> list[Touch]:
    """Every time in touch with anybody up to `today`."""
    kept = readings.load_touches(connection, until=today)
    return join_touches(kept, records.load_contacts(connection), records.load_notes(connection), today)


def join_touches(
    kept: Sequence[Touch], people: Iterable[Contact], notes: Iterable[Note], today: dt.date
) -> list[Touch]:
    """Kept times in touch, and those that only a dated note tells of.

    A note of a day and channel that is kept already tells of the same meeting, which is counted once.
    """
    by_id = {one.id: one for one in people if not one.me}
    told: dict[tuple[str, dt.date, str], Touch] = {}
    for note in notes:
        contact = by_id.get(note.contact_id)
        read = _read_touch(note, contact) if contact else None
        if read and read.when <= today:
            place = (read.contact_id, read.when, read.channel)
            told.setdefault(place, Touch(read.contact_id, read.when, read.direction, read.channel))
    for one in kept if told else ():
        told.pop((one.contact_id, one.day, one.channel), None)
    return [*kept, *told.values()]


def find_touches(contact: Contact, notes: Iterable[Note], kept: Sequence[Interaction] = ()) -> tuple[Interaction, ...]:
    """Every dated time the user and `contact` were in touch, oldest first."""
    read = [touch for note in notes if note.contact_id == contact.id and (touch := _read_touch(note, contact))]
    return tuple(sorted((*read, *kept), key=lambda one: (one.when, one.id)))


def _read_touch(note: Note, contact: Contact) -> Interaction | None:
    if note.date is None:
        return None
    channel = _channel_of(note, contact)
    if not channel:
        return None
    return Interaction(
        id=make_id("i", note.id),
        contact_id=contact.id,
        when=note.date,
        channel=channel,
        direction="both",
        note_id=note.id,
    )


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
