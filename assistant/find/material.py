"""Gathering what a message may be made from, and what it must be held against: cleared and withheld evidence.

One place decides who may be told what, before any writer sees a word. It must never put private evidence, or another
person's confidence, among the cleared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from assistant.domain import (
    CommonGround,
    Contact,
    DraftKind,
    DraftRequest,
    Evidence,
    Favour,
    Interaction,
    Material,
    Note,
    Packet,
    Visibility,
    make_id,
    may_tell,
    read_by,
)
from assistant.sources.shorthand import OwnPiece, learn_capitals, learn_parts, read_own_words


def gather_material(
    request: DraftRequest,
    me: Contact,
    to: Contact,
    evidence: Iterable[Evidence],
    today: dt.date,
    *,
    other: Contact | None = None,
    ground: Sequence[CommonGround] = (),
    names: Sequence[str] = (),
    favours: Sequence[Favour] = (),
    touches: Sequence[Interaction] = (),
    met: bool = False,
    packet: Packet | None = None,
) -> Material:
    """`evidence` is all there is about the two people (and any third person named), cleared or not.

    `met` is what the record says of a first meeting; favours done and times in touch tell of one as well. What one of
    two people cleared for the other is told on the way to their introduction, unless it is private.
    """
    known = tuple({one.id: one for one in evidence}.values())
    own = read_own_evidence(request.about, me, (to, *((other,) if other else ())), known, names)
    readers = read_by(request)
    cleared = packet.cleared if packet and request.kind in (DraftKind.INTRO_ASK, DraftKind.INTRO) else ()

    def may_read(one: Evidence) -> bool:
        return may_tell(one, readers, me.id) or (one.id in cleared and one.visibility is not Visibility.PRIVATE)

    return Material(
        request=request,
        me=me,
        to=to,
        other=other,
        today=today,
        evidence=(*(one for one in known if may_read(one)), *own),
        withheld=tuple(one for one in known if not may_read(one)),
        ground=tuple(ground),
        favours=tuple(favours),
        touches=tuple(touches),
        packet=packet,
        known=met or bool(touches) or any(one.contact_id == to.id for one in favours),
        names=tuple(names),
    )


def own_evidence(words: str, me: str, text: str = "", is_order: bool = False) -> Evidence:
    """The user's own words for this message: they count as evidence, and as theirs to tell.

    `text` is the words written out; an order to the writer ("keep it short") has the field `order`.
    """
    field = "order" if is_order else ""
    said = words.strip()
    return Evidence(id=make_id("own", words), source="own", about=me, text=text or said, quote=said, field=field)


def read_own_evidence(
    words: str, me: Contact, people: Sequence[Contact], known: Sequence[Evidence], names: Sequence[str]
) -> tuple[Evidence, ...]:
    """One evidence for each sentence of the user's words, with the capitals that the book and the notes show."""
    if not words.strip():
        return ()
    capitals = learn_capitals(names, [one.quote for one in known])
    learn_parts([part for one in (me, *people) for part in (one.name, one.location)], capitals)
    pieces = read_own_words(words, capitals)
    return tuple({one.id: one for one in (_own_piece(piece, me.id) for piece in pieces)}.values())


def _own_piece(piece: OwnPiece, me: str) -> Evidence:
    return own_evidence(piece.quote, me, piece.text, piece.is_order)


def heading_evidence(notes: Iterable[Note], private: frozenset[str]) -> tuple[Evidence, ...]:
    """The headings of notes ("Coffee in Porto", with its date); `private` holds ids of notes that are private whole."""
    return tuple(
        Evidence(
            id=make_id("h", note.id),
            source="record",
            about=note.contact_id,
            text=note.title,
            quote=note.title,
            field="heading",
            date=note.date,
            occasion=note.title,
            note_id=note.id,
            visibility=Visibility.PRIVATE if note.id in private else Visibility.PERSONAL,
        )
        for note in notes
        if note.title
    )


def favour_evidence(favours: Iterable[Favour]) -> tuple[Evidence, ...]:
    """What was given, received or asked, as evidence for thanks and for following up."""
    return tuple(
        Evidence(
            id=favour.id,
            source="favour",
            about=favour.contact_id,
            text=favour.text,
            quote=favour.quote or favour.text,
            kind=favour.kind,
            date=favour.date,
            note_id=favour.note_id,
            visibility=favour.visibility,
        )
        for favour in favours
    )
