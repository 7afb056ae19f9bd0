"""Keeping what the user said yes to: a captured line, and the two minutes after a meeting.

Both become notes of the day through the same code as every other note. It must never keep one thing twice, and never
change a word of what was typed.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection

from assistant.domain import Contact, Favour, Interaction, Note, Record, Value
from assistant.errors import GivefirstError, NotFound
from assistant.find.capture import Capture, Captured
from assistant.intake import keep_note, log_interaction, read_again
from assistant.store import readings, records
from assistant.text import fold


class Debrief(Value):
    """What came of a meeting: what happened, and, each a few words, what was promised, needed, given, confided."""

    happened: str = ""
    promised: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    gave: tuple[str, ...] = ()
    received: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    private: tuple[str, ...] = ()


class Debriefed(Value):
    """What was kept of it. `is_new` is false where the same was kept before, and nothing was added."""

    note: Note
    interaction: Interaction
    favours: tuple[Favour, ...] = ()
    is_new: bool = True


_BULLETS = (
    ("need", "needs"),
    ("promised", "promised"),
    ("gave", "gave"),
    ("received", "received"),
    ("asked", "asked"),
    ("private", "private"),
)


def write_debrief(debrief: Debrief) -> str:
    """The note: what happened as it was typed, then a typed line for each of the rest. Empty where nothing was said."""
    bullets = [
        f"- [{kind}] {' '.join(text.split())}"
        for kind, field in _BULLETS
        for text in getattr(debrief, field)
        if text.strip()
    ]
    return "\n\n".join(part for part in (debrief.happened.strip("\r\n"), "\n".join(bullets)) if part.strip())


def keep_debrief(connection: Connection, contact: Contact, debrief: Debrief, day: dt.date) -> Debriefed:
    """Keeps the note and the meeting. The same debrief of the same day again keeps nothing and gives what is kept."""
    if contact.me:
        raise GivefirstError("this is you; name the person you met")
    text = write_debrief(debrief)
    if not text:
        raise GivefirstError("nothing was said; give --happened, --promised, --needs, --gave, --received or --asked")
    before = _find_kept(connection, contact, text, day)
    kept = before or log_interaction(connection, contact, text, "meeting", None, day)
    note = next(one for one in records.load_notes(connection, [contact.id]) if one.id == kept.note_id)
    favours = tuple(one for one in readings.load_favours(connection, [contact.id]) if one.note_id == note.id)
    return Debriefed(note=note, interaction=kept, favours=favours, is_new=before is None)


def _find_kept(connection: Connection, contact: Contact, text: str, day: dt.date) -> Interaction | None:
    same = {one.id for one in records.load_notes(connection, [contact.id]) if one.date == day and one.text == text}
    kept = readings.load_interactions(connection, [contact.id])
    return next((one for one in kept if one.note_id in same), None)


def keep_capture(connection: Connection, capture: Capture) -> tuple[Note, ...]:
    """Keeps one note for each person of the proposal; who is new is added. What is kept already is not kept again."""
    if capture.question:
        raise GivefirstError(f"{capture.question} Say it with --who, or --new for somebody new")
    return tuple(_keep_captured(connection, one) for one in capture.people)


def _keep_captured(connection: Connection, one: Captured) -> Note:
    contact = _find_or_add(connection, one)
    for note in records.load_notes(connection, [contact.id]):
        if (note.text, note.title, note.date, note.source) == (one.note, one.title, one.date, records.TYPED):
            return note
    return keep_note(connection, contact, one.note, one.title, one.date)


def _find_or_add(connection: Connection, one: Captured) -> Contact:
    if one.candidates:
        contact = records.load_contact(connection, one.candidates[0].contact_id)
        if contact is None:
            raise NotFound(f"{one.name} is no longer in your book; write the line again")
        return contact
    saved = records.save_record(connection, Record(name=one.name, source=f"typed:{fold(one.name)}", where=""))
    read_again(connection, saved.contact_id)
    added = records.load_contact(connection, saved.contact_id)
    if added is None:
        raise NotFound(f"{one.name} could not be added; write the line again")
    return added
