"""The texts that a step of an introduction calls for: to whom, which kind of message, in which words.

Each is a draft like any other, checked like any other. It must never name to one side what the other answered: a no is
thanked for to its giver alone.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from assistant.domain import Contact, DraftKind, Packet, PacketState, Value

_S = PacketState


class PacketText(Value):
    """A message of this step. `to` and `other` are addresses or ids for a command, `about` the words it is drafted on.

    `text` says in a line what it is for.
    """

    text: str
    kind: DraftKind
    to: str
    to_id: str
    other: str = ""
    other_id: str = ""
    about: str = ""

    @property
    def command(self) -> str:
        """The command that drafts it, safe to paste into a shell."""
        other = f" --with {shlex.quote(self.other)}" if self.other else ""
        about = f" --about {shlex.quote(self.about)}" if self.about else ""
        return f"givefirst draft {self.kind.value} {shlex.quote(self.to)}{other}{about}"


def find_texts(packet: Packet, a: Contact, b: Contact) -> tuple[PacketText, ...]:
    """The texts for where the packet of the two stands; none where all is said. `a` is asked first."""
    sides = ((a, b), (b, a))
    if packet.state is _S.DECLINED:
        who = _who_declined(packet)
        return tuple(_thank_for_answer(one, other) for one, other in sides if one.id == who)
    if packet.state is _S.INTRODUCED:
        return tuple(_ask_how_it_went(one, other) for one, other in sides)
    if packet.state is _S.OUTCOME:
        return tuple(_thank_for_yes(one, other, one.id in packet.open) for one, other in sides)
    return tuple(_on_the_way(packet, a, b))


def _who_declined(packet: Packet) -> str:
    """Whose answer was awaited before the no; empty where the steps do not tell."""
    before = packet.steps[-2].state if len(packet.steps) > 1 else None
    if before in (_S.ASKED_A, _S.YES_A):
        return packet.a
    return packet.b if before is _S.ASKED_B else ""


def _on_the_way(packet: Packet, a: Contact, b: Contact) -> Iterator[PacketText]:
    missing = next((one for one in (a, b) if one.id not in packet.agreed), None)
    if missing is None:
        yield _text(f"introduce {a.first_name} and {b.first_name} to each other", DraftKind.INTRO, a, b)
        return
    other = b if missing is a else a
    if packet.state is (_S.ASKED_A if missing is a else _S.ASKED_B):
        words = f"Did you have a moment to think about meeting {other.first_name}? A no is fine"
        yield _text(f"remind {missing.first_name} once", DraftKind.FOLLOW_UP, missing, about=words)
        return
    text = f"ask {missing.first_name} whether to be introduced to {other.first_name}"
    yield _text(text, DraftKind.INTRO_ASK, missing, other)


def _thank_for_answer(one: Contact, other: Contact) -> PacketText:
    words = f"for your plain answer about {other.first_name}"
    return _text(f"thank {one.first_name} for the plain answer", DraftKind.THANK_YOU, one, about=words)


def _ask_how_it_went(one: Contact, other: Contact) -> PacketText:
    words = f"How did it go with {other.first_name}?"
    return _text(f"ask {one.first_name} how it went", DraftKind.CHECK_IN, one, about=words)


def _thank_for_yes(one: Contact, other: Contact, is_open: bool) -> PacketText:
    words = f"for {'being open' if is_open else 'saying yes'} to meeting {other.first_name}"
    return _text(f"thank {one.first_name}, and close the loop", DraftKind.THANK_YOU, one, about=words)


def _text(text: str, kind: DraftKind, to: Contact, other: Contact | None = None, about: str = "") -> PacketText:
    with_whom = {"other": handle(other), "other_id": other.id} if other else {}
    return PacketText(text=text, kind=kind, to=handle(to), to_id=to.id, about=about, **with_whom)


def handle(one: Contact) -> str:
    """What names exactly this person to a command."""
    return one.emails[0] if one.emails else one.id
