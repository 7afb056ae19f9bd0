"""The way to an introduction, by consent of both: who is asked when, what each cleared, and what comes next.

A packet goes suggested, asked_a, yes_a, asked_b, both_yes, introduced, outcome; or declined at any point before, which
costs nothing and tells the other side nothing. It must never let a step be taken before the one it rests on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from assistant.domain import (
    Contact,
    Draft,
    DraftKind,
    DraftState,
    Evidence,
    Packet,
    PacketState,
    PacketStep,
    Value,
    Visibility,
)
from assistant.errors import GivefirstError
from assistant.find.book import find_person, load_evidence, load_told_by_both
from assistant.find.pairing import find_standing
from assistant.packet_texts import PacketText, find_texts, handle
from assistant.sources.acquaintance import count_first_names
from assistant.store import readings, records
from assistant.store.packets import load_packet, load_packets, save_packet

ANSWER_DAYS = 7  # after so many days without an answer, a reminder
MAKE_DAYS = 2  # after two yeses, the introduction is written
OUTCOME_DAYS = 30  # then one asks how it went
_S = PacketState
_AFTER: Mapping[PacketState, tuple[PacketState, ...]] = {
    _S.SUGGESTED: (_S.ASKED_A,),
    _S.ASKED_A: (_S.YES_A,),
    _S.YES_A: (_S.ASKED_B,),
    _S.ASKED_B: (_S.BOTH_YES,),
    _S.BOTH_YES: (_S.INTRODUCED,),
    _S.INTRODUCED: (_S.OUTCOME,),
    _S.OUTCOME: (_S.OUTCOME,),
    _S.DECLINED: (_S.SUGGESTED,),
}
_CLEARABLE = ("need", "offer", "interest", "project", "role")


class NextStep(Value):
    """What the user could do now, or from `due` on.

    `kind`, `to` and `other` (addresses or ids) name the draft for it, `to_id` and `other_id` the same two by id; all
    empty where none is needed.
    """

    text: str
    due: dt.date
    kind: str = ""
    to: str = ""
    other: str = ""
    to_id: str = ""
    other_id: str = ""


class Clearable(Value):
    """Something noted of one side that the other may read only if this side agrees."""

    id: str
    about: str
    text: str
    cleared: bool


class PacketView(Value):
    """An introduction on its way: `a` is asked first. `agreed` are the names of those who said yes or are open.

    `following` are the steps that may come next, `texts` the messages for where it stands; `caution` is what stands
    against it by the notes: they know each other, or one of them asked for no introductions.
    """

    a: str
    b: str
    a_id: str
    b_id: str
    state: PacketState
    agreed: tuple[str, ...]
    steps: tuple[PacketStep, ...]
    clearable: tuple[Clearable, ...]
    next: NextStep | None
    following: tuple[PacketState, ...] = ()
    texts: tuple[PacketText, ...] = ()
    outcome: str = ""
    caution: str = ""


def show_packet(connection: Connection, who: str, other: str, today: dt.date) -> PacketView:
    """Where the introduction of two people stands; a new one is not kept before its first step."""
    return _view(_open(connection, who, other, today), today)


def move_packet(
    connection: Connection,
    who: str,
    other: str,
    today: dt.date,
    mark: PacketState | None = None,
    open_to: Collection[str] = (),
    clear: Collection[str] = (),
    outcome: str = "",
) -> PacketView:
    """Keeps a step, who need not be asked (`open_to`: names), what one side cleared (ids of facts), what came of it.

    Raises `GivefirstError` for a step that rests on one not taken yet, or for what cannot be cleared.
    """
    opened = _open(connection, who, other, today)
    packet, people = opened.packet, opened.people
    ids = [find_person(connection, one).id for one in open_to]
    if strange := [one for one in ids if one not in (packet.a, packet.b)]:
        raise GivefirstError(f"{strange[0]} is not one of the two; name {people[0].name} or {people[1].name}")
    packet = packet.model_copy(update={"open": tuple(dict.fromkeys((*packet.open, *ids)))})
    packet = _cleared(packet, opened.told, clear)
    if outcome and mark is None:
        mark = PacketState.OUTCOME
    if mark is not None:
        packet = take_step(packet, mark, today)
    packet = packet.model_copy(update={"outcome": outcome or packet.outcome})
    save_packet(connection, packet)
    return _view(opened._replace(packet=packet), today)


def list_packets(connection: Connection, today: dt.date) -> tuple[PacketView, ...]:
    """Every introduction that is kept and not closed, by the day of its next step."""
    views = [show_packet(connection, one.a, one.b, today) for one in load_packets(connection)]
    return tuple(sorted((one for one in views if one.next), key=lambda one: (one.next and one.next.due, one.a, one.b)))


def take_step(packet: Packet, mark: PacketState, today: dt.date) -> Packet:
    """The packet one step on. Raises `GivefirstError` that names the steps which are possible."""
    allowed = next_states(packet)
    if mark not in allowed:
        listed = ", ".join(allowed)
        raise GivefirstError(f"{mark.value} does not follow {packet.state.value}; possible now: {listed}")
    return packet.model_copy(update={"steps": (*packet.steps, PacketStep(state=mark, day=today))})


def next_states(packet: Packet) -> tuple[PacketState, ...]:
    """The steps that may follow. Whoever is open to introductions need not be asked."""
    state, agreed = packet.state, packet.agreed
    following = list(_AFTER[state])
    before = state in (_S.SUGGESTED, _S.ASKED_A, _S.YES_A, _S.ASKED_B)
    if before and packet.a in agreed and packet.b in agreed:
        following.append(_S.INTRODUCED)
    elif state is _S.SUGGESTED and packet.a in agreed:
        following.append(_S.ASKED_B)
    if state not in (_S.INTRODUCED, _S.OUTCOME, _S.DECLINED):
        following.append(_S.DECLINED)
    return tuple(following)


def follow_draft(connection: Connection, draft: Draft, today: dt.date) -> None:
    """Moves the packet of the two along with a draft that was marked as sent, where that step is possible."""
    other = draft.plan.other
    packet = load_packet(connection, draft.to, other) if other else None
    if packet is None or draft.state not in (DraftState.SENT, DraftState.REPLIED):
        return
    asked = _S.ASKED_A if draft.to == packet.a else _S.ASKED_B
    reached = {DraftKind.INTRO_ASK: asked, DraftKind.INTRO: _S.INTRODUCED}.get(draft.kind)
    if reached is not None and reached in next_states(packet):
        save_packet(connection, take_step(packet, reached, today))


class _Opened(NamedTuple):
    """A packet with both people in its order, what is noted of them, and what stands against bringing them together."""

    packet: Packet
    people: tuple[Contact, Contact]
    told: tuple[Evidence, ...]
    caution: str


def _open(connection: Connection, who: str, other: str, today: dt.date) -> _Opened:
    """The packet of the two, kept or new. Raises `GivefirstError` where there can be none."""
    a, b = find_person(connection, who), find_person(connection, other)
    if a.id == b.id or a.me or b.me:
        raise GivefirstError("an introduction needs two different people besides you")
    if barred := next((one for one in (a, b) if one.do_not_contact), None):
        raise GivefirstError(f"{barred.name} is marked do-not-contact; leave them out of it")
    ids = [a.id, b.id]
    facts, notes = readings.load_facts(connection, ids), records.load_notes(connection, ids)
    told = load_evidence(connection, [a, b], facts, notes)
    names = count_first_names(one.name for one in records.load_contacts(connection))
    standing = find_standing(a, b, (*told, *load_told_by_both(connection, a, b, ids)), names, today)
    packet = load_packet(connection, a.id, b.id)
    if packet is None:
        if standing.asks_first == (b.id,):  # whoever wants to be asked before is asked before
            a, b = b, a
        packet = Packet(a=a.id, b=b.id, open=standing.open)
    people = (a, b) if packet.a == a.id else (b, a)
    return _Opened(packet, people, told, standing.closed)


def _cleared(packet: Packet, told: Sequence[Evidence], clear: Collection[str]) -> Packet:
    known = {one.id: one for one in told}
    for wanted in clear:
        one = known.get(wanted)
        if one is None or one.visibility is Visibility.PRIVATE or one.about not in (packet.a, packet.b):
            raise GivefirstError(f"{wanted} cannot be cleared; only what stands in the list of this packet can")
    return packet.model_copy(update={"cleared": tuple(dict.fromkeys((*packet.cleared, *clear)))})


def _view(opened: _Opened, today: dt.date) -> PacketView:
    packet, people, told, caution = opened
    a, b = people
    names = {one.id: one.name for one in people}
    return PacketView(
        a=a.name,
        b=b.name,
        a_id=a.id,
        b_id=b.id,
        state=packet.state,
        agreed=tuple(one.name for one in people if one.id in packet.agreed),
        steps=packet.steps,
        clearable=tuple(
            Clearable(id=one.id, about=names[one.about], text=one.text, cleared=one.id in packet.cleared)
            for one in told
            if one.kind in _CLEARABLE
            and one.visibility is Visibility.PERSONAL
            and not (one.superseded or one.negated or one.hearsay)
        ),
        next=find_next(packet, a, b, today),
        following=next_states(packet),
        texts=find_texts(packet, a, b),
        outcome=packet.outcome,
        caution=caution,
    )


def find_next(packet: Packet, a: Contact, b: Contact, today: dt.date) -> NextStep | None:
    """The next step with its draft, and the day for it; None where the packet is closed."""
    state, last = packet.state, packet.last or today
    if state is _S.DECLINED:
        return None
    if state in (_S.INTRODUCED, _S.OUTCOME):
        return _after_introduction(state, last, a, b, today)
    missing = next((one for one in (a, b) if one.id not in packet.agreed), None)
    if missing is None:
        text = f"both said yes: introduce {a.first_name} and {b.first_name}"
        return _write(text, last + dt.timedelta(days=MAKE_DAYS), DraftKind.INTRO, a, b)
    other = b if missing is a else a
    if state is (_S.ASKED_A if missing is a else _S.ASKED_B):
        due = last + dt.timedelta(days=ANSWER_DAYS)
        text = f"waiting for {missing.first_name}; remind once from {due} on, or let it rest: a no costs nothing"
        return NextStep(text=text, due=due)
    text = f"ask {missing.first_name} whether to be introduced to {other.first_name}"
    return _write(text, today, DraftKind.INTRO_ASK, missing, other)


def _write(text: str, due: dt.date, kind: DraftKind, to: Contact, other: Contact | None = None) -> NextStep:
    """A step that needs a draft."""
    with_whom = {"other": handle(other), "other_id": other.id} if other else {}
    return NextStep(text=text, due=due, kind=kind, to=handle(to), to_id=to.id, **with_whom)


def _after_introduction(state: PacketState, last: dt.date, a: Contact, b: Contact, today: dt.date) -> NextStep:
    if state is _S.INTRODUCED:
        due = last + dt.timedelta(days=OUTCOME_DAYS)
        return _write(f"ask {a.first_name} or {b.first_name} how it went", due, DraftKind.CHECK_IN, a)
    text = f"thank {a.first_name} and {b.first_name}, and close the loop"
    return _write(text, today, DraftKind.THANK_YOU, a)
