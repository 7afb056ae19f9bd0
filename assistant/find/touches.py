"""When the user and a person were in touch, as dated notes and kept interactions tell; and whether they ever were.

A note about somebody is not a note of a meeting: an article read or a talk watched is no contact. It must never take
what was read, heard or pasted for a time together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.domain import Contact, Interaction, Note, make_id

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
    ("email", re.compile(r"\b(?:e-?mails?|letter|card)\b", re.IGNORECASE)),
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
    by_record = bool(contact.how_met) and not _ONLY_HEARD_OF.match(contact.how_met)
    return by_record or any(_TOGETHER.search(note.text) for note in told)


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
        direction="out" if is_unanswered(note.text) else "both",
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
