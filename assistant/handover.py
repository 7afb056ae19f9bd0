"""Handing a kept draft over: whether nothing stands against it, in whose name, to whom, and what became of it.

It must never hand over a text that a check blocks, nor one to somebody who wants no mail, and never send.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from sqlalchemy import Connection

from assistant.check import is_blocked
from assistant.domain import Channel, Contact, Draft, DraftKind, DraftState, Interaction, Outcome, make_id
from assistant.draft.consent import find_consent_gap
from assistant.errors import GivefirstError, NotFound
from assistant.find.book import find_user
from assistant.store import readings, records
from assistant.store.database import Store
from assistant.suppressing import barred_if_forgotten
from assistant.writing import check_text, gather


class Outgoing(NamedTuple):
    """A text that may go: from the user, to these people, with this subject and body."""

    draft: Draft
    me: Contact
    people: list[Contact]
    subject: str
    body: str


def find_draft(connection: Connection, draft_id: str) -> Draft:
    """The kept draft. Raises `NotFound`."""
    draft = readings.load_draft(connection, draft_id)
    if draft is None:
        raise NotFound(f"no draft has the id {draft_id!r}; write one with `givefirst draft`")
    return draft


def make_outgoing(store: Store, today: dt.date, draft_id: str, subject: str | None, body: str | None) -> Outgoing:
    """The draft, or the user's edited text of it, once nothing stands against handing it over; an edit is kept.

    Raises `GivefirstError` that says what stands against it.
    """
    with store.read() as connection:
        draft = find_draft(connection, draft_id)
        ids = [draft.to, *([draft.plan.other] if draft.kind is DraftKind.INTRO and draft.plan.other else [])]
        found = [one for item in ids if (one := records.load_contact(connection, item))]
        people = [barred_if_forgotten(connection, one) for one in found]
        me = find_user(connection)
    if len(people) < len(ids):
        raise NotFound("a recipient of this draft is no longer in your book")
    barred = next((one for one in people if one.do_not_contact), None)
    if draft.outcome is Outcome.REFUSED or barred:
        name = (barred or people[0]).name
        raise GivefirstError(f"{name}: this draft was refused: {'; '.join(draft.reasons) or 'do-not-contact'}")
    subject, body = draft.subject if subject is None else subject, draft.body if body is None else body
    is_edited = (subject, body) != (draft.subject, draft.body)
    _stop_without_consent(store, today, draft, people[0])
    if draft.outcome is not Outcome.READY or is_edited:
        _stop_if_blocked(store, today, draft, people[0], subject, body)
    if is_edited:
        with store.write() as connection:
            edited = draft.model_copy(update={"edited": (subject, body)})
            readings.save_draft(connection, edited, dt.datetime.now(dt.UTC))
    return Outgoing(draft, me, people, subject, body)


def _stop_without_consent(store: Store, today: dt.date, draft: Draft, to: Contact) -> None:
    """An introduction waits for both, even where it was written before one of them declined."""
    if draft.kind is not DraftKind.INTRO or not draft.plan.other:
        return
    with store.read() as connection:
        third = records.load_contact(connection, draft.plan.other)
        gap = find_consent_gap(gather(connection, today, draft.kind, to, draft.plan.about, third, draft.plan.channel))
    if gap:
        raise GivefirstError(f"this draft cannot be handed over yet: {gap.text}")


def _stop_if_blocked(store: Store, today: dt.date, draft: Draft, to: Contact, subject: str, body: str) -> None:
    plan = draft.plan
    with store.read() as connection:
        third = records.load_contact(connection, plan.other) if plan.other else None
        if plan.other and third is None:
            raise NotFound("the other person of this draft is no longer in your book")
        material = gather(connection, today, draft.kind, to, plan.about, third, plan.channel)
    blocking = next((one for one in check_text(store, material, body, subject) if is_blocked([one])), None)
    if not body.strip() or blocking:
        why = f"“{blocking.text[:60]}”: {blocking.message}; {blocking.fix}" if blocking else "it has no text"
        raise GivefirstError(f"this draft cannot be handed over yet: {why}")


def keep_state(connection: Connection, draft_id: str, state: DraftState, today: dt.date) -> Draft:
    """Keeps what became of a draft. A sent one is a time in touch, and so is its answer."""
    draft = find_draft(connection, draft_id).model_copy(update={"state": state})
    readings.save_draft(connection, draft, dt.datetime.now(dt.UTC))
    ways: tuple[Literal["out", "in"], ...] = ("out", "in")
    touches = [
        Interaction(
            id=make_id("i", draft.id, way),
            contact_id=draft.to,
            when=today,
            channel="email" if draft.plan.channel is Channel.EMAIL else draft.plan.channel.value,
            direction=way,
        )
        for way in ways
    ]
    kept = {DraftState.SENT: touches[:1], DraftState.REPLIED: touches}.get(state, [])
    readings.drop_interactions(connection, [one.id for one in touches if one not in kept])
    for one in kept:
        readings.save_interaction(connection, one)
    return draft
