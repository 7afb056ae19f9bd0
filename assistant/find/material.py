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
    DraftRequest,
    Evidence,
    Favour,
    Interaction,
    Material,
    Note,
    Visibility,
    make_id,
    may_tell,
    read_by,
)


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
) -> Material:
    """`evidence` is all there is about the two people (and any third person named), cleared or not.

    `met` is what the record says of a first meeting; favours done and times in touch tell of one as well.
    """
    known = tuple({one.id: one for one in evidence}.values())
    own = (own_evidence(request.about, me.id),) if request.about.strip() else ()
    readers = read_by(request)
    return Material(
        request=request,
        me=me,
        to=to,
        other=other,
        today=today,
        evidence=(*(one for one in known if may_tell(one, readers, me.id)), *own),
        withheld=tuple(one for one in known if not may_tell(one, readers, me.id)),
        ground=tuple(ground),
        favours=tuple(favours),
        touches=tuple(touches),
        known=met or bool(touches) or any(one.contact_id == to.id for one in favours),
        names=tuple(names),
    )


def own_evidence(words: str, me: str) -> Evidence:
    """The user's own words for this message: they count as evidence, and as theirs to tell."""
    return Evidence(id=make_id("own", words), source="own", about=me, text=words.strip(), quote=words.strip())


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
