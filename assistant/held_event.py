"""After an event of the user's own: who taught, who came, who could not, and the next message for each.

Everybody who was there gets a time in touch and a short note, once; who taught has done the user a favour. It must
never guess who came, keep half a list where a name is unclear, or write to somebody who wants no such message.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from sqlalchemy import Connection

from assistant.asking import draft_command, find_names, find_ways, load_meaning
from assistant.domain import Channel, Contact, DraftKind, Evidence, FactKind, Note, Outcome, Value
from assistant.draft import grammar, plan_message
from assistant.errors import GivefirstError, UsageError
from assistant.find.book import find_person
from assistant.find.corpus import load_corpus
from assistant.find.events import SHARING, find_sides
from assistant.intake import keep_note, keep_touch
from assistant.store import records
from assistant.store.embedder import Embedder
from assistant.writing import gather

Part = Literal["taught", "came", "missed"]
_CAME = "Came to the evening."  # the topic stays in the heading: who came to learn is no expert on it


class EventGuest(Value):
    """Somebody who taught, came or could not, and what to write next: `kind` and `about`; None with `why` if nothing.

    `note_id` is the note that is kept of it, `is_new` whether it was kept now; `draft` is the command that goes on.
    """

    contact: str
    contact_id: str
    part: Part
    note_id: str | None = None
    is_new: bool = False
    kind: DraftKind | None = None
    about: str = ""
    channel: Channel = Channel.EMAIL
    draft: str = ""
    why: str = ""


class HeldEvent(Value):
    """An event that took place, those who taught first, then those who came, then those who could not."""

    topic: str
    held: dt.date
    guests: tuple[EventGuest, ...]


class _Next(NamedTuple):
    kind: DraftKind
    about: str = ""


def keep_event(
    connection: Connection,
    topic: str,
    held: dt.date,
    taught: Sequence[str],
    came: Sequence[str],
    missed: Sequence[str],
) -> tuple[tuple[Part, Contact, Note | None, bool], ...]:
    """Keeps who was there; the same again keeps nothing. Raises `GivefirstError` before anything is kept."""
    if not topic:
        raise UsageError("say what the event was about: `givefirst event TOPIC --held DATE --came WHO`")
    parts = _read_parts(connection, taught, came, missed)
    if not parts:
        raise UsageError("say who was there: --came WHO, --taught WHO; and --missed WHO for who could not")
    return tuple((part, contact, *_keep_part(connection, topic, held, part, contact)) for contact, part in parts)


def _read_parts(
    connection: Connection, taught: Sequence[str], came: Sequence[str], missed: Sequence[str]
) -> list[tuple[Contact, Part]]:
    """Each once, in the order of parts: who taught also came."""
    found: dict[str, tuple[Contact, Part]] = {}
    given: tuple[tuple[Part, Sequence[str]], ...] = (("taught", taught), ("came", came), ("missed", missed))
    for part, whos in given:
        for contact in (find_person(connection, who) for who in whos):
            if contact.me:
                raise GivefirstError("this is you; name your guests only")
            _, before = found.setdefault(contact.id, (contact, part))
            if part == "missed" and before != "missed":
                raise UsageError(f"{contact.name} cannot both have come and not; say one of the two")
    return list(found.values())


def _keep_part(
    connection: Connection, topic: str, held: dt.date, part: Part, contact: Contact
) -> tuple[Note | None, bool]:
    """The note of somebody's part and whether it is new; none for who was not there."""
    if part == "missed":
        return None, False
    title = f"Came to my evening on {topic}"
    text = f"- [received] taught at my evening on {topic}" if part == "taught" else _CAME
    before = [one for one in records.load_notes(connection, [contact.id]) if one.date == held and one.title == title]
    same = next((one for one in before if part == "came" or one.text == text), None)
    if same is not None:
        return same, False
    note = keep_note(connection, contact, text, title, held)
    if not before:
        keep_touch(connection, contact, "meeting", "both", held, note.id)
    return note, True


# --- what to write next -----------------------------------------------------------------------------------------


def follow_event(
    connection: Connection,
    embedder: Embedder | None,
    topic: str,
    held: dt.date,
    kept: Sequence[tuple[Part, Contact, Note | None, bool]],
    today: dt.date,
) -> HeldEvent:
    """Thanks to who taught, to who came a word on what they wanted to learn, to who could not a short word."""
    names = find_names(connection)
    wanted = _load_wanted(connection, embedder, topic) if any(part == "came" for part, *_ in kept) else {}
    guests = []
    for part, contact, note, is_new in kept:
        guest = EventGuest(
            contact=contact.name,
            contact_id=contact.id,
            part=part,
            note_id=note.id if note else None,
            is_new=is_new,
        )
        then = _choose_next(connection, part, contact, topic, wanted.get(contact.id), today)
        guests.append(guest.model_copy(update=_as_draft(connection, contact, then, names[contact.id], today)))
    return HeldEvent(topic=topic, held=held, guests=tuple(guests))


def _load_wanted(connection: Connection, embedder: Embedder | None, topic: str) -> Mapping[str, Evidence]:
    """What each wanted to learn of the topic; no confidence is among it."""
    matrix, embed = load_meaning(connection, embedder)
    corpus = load_corpus(connection, matrix, embed, SHARING, private=False)
    return {who: corpus.pieces[link.place] for who, link in find_sides(corpus, topic, embed).learning.items()}


def _choose_next(
    connection: Connection, part: Part, contact: Contact, topic: str, wanted: Evidence | None, today: dt.date
) -> _Next:
    if part == "taught":
        return _Next(DraftKind.THANK_YOU)
    if part == "missed":
        return _choose_missed(connection, contact, topic, today)
    if wanted is None or wanted.kind is not FactKind.NEED:
        return _Next(DraftKind.FOLLOW_UP, "What would you have liked to hear more of?")
    plan = plan_message(gather(connection, today, DraftKind.FOLLOW_UP, contact))
    if plan.outcome is Outcome.READY and plan.give and plan.give.need and plan.give.need.id == wanted.id:
        return _Next(DraftKind.FOLLOW_UP)  # the user can give it themselves: the plan says so
    sought = grammar.need_object(wanted.text, contact.first_name)
    return _Next(DraftKind.FOLLOW_UP, f"You were looking for {sought}. Did the evening bring you closer to it?")


def _choose_missed(connection: Connection, contact: Contact, topic: str, today: dt.date) -> _Next:
    about = f"You were missed at my evening on {topic}. Shall I tell you what came up?"
    if gather(connection, today, DraftKind.CHECK_IN, contact, about).known:
        return _Next(DraftKind.CHECK_IN, about)
    return _Next(DraftKind.GIVE_FIRST, f"I can send you a short note of what came up at my evening on {topic}.")


def _as_draft(connection: Connection, contact: Contact, then: _Next, name: str, today: dt.date) -> dict[str, object]:
    channel = find_ways(connection, [contact], then.kind, then.about, today).get(contact.id)
    if channel is None:
        return {"why": f"{contact.first_name} wants no such message, so there is none to write."}
    command = draft_command(then.kind, name, then.about, channel).replace(" --about ''", "")
    return {"kind": then.kind, "about": then.about, "channel": channel, "draft": command}
