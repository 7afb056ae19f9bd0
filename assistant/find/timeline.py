"""Everything that is dated about one person as one line of time: notes, times in touch, favours.

What a note tells stands once, as the note. It must never leave out a note: undated ones come last.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from assistant.domain import FavourKind, Profile, Value

MomentKind = Literal["note", "touch", "favour"]
_WAYS = {"out": "from you", "in": "from them", "both": ""}
_FAVOURS = {FavourKind.GAVE: "you gave", FavourKind.RECEIVED: "you received", FavourKind.ASKED: "you asked"}


class Moment(Value):
    """`title` says what it was in a few words; `text` is the note verbatim, or what the favour was."""

    day: dt.date | None
    kind: MomentKind
    title: str
    text: str = ""


def build_timeline(profile: Profile) -> tuple[Moment, ...]:
    """The newest first, what has no date last."""
    moments = [Moment(day=one.date, kind="note", title=one.title, text=one.text) for one in profile.notes]
    for touch in profile.interactions:
        if touch.note_id is None:
            way = " ".join(part for part in (touch.channel, _WAYS[touch.direction]) if part)
            moments.append(Moment(day=touch.when, kind="touch", title=f"{way}: {touch.title}" if touch.title else way))
    for favour in profile.favours:
        if favour.note_id is None:
            moments.append(Moment(day=favour.date, kind="favour", title=_FAVOURS[favour.kind], text=favour.text))
    return tuple(sorted(moments, key=lambda one: one.day or dt.date.min, reverse=True))
