"""Whether two people may be introduced yet: only when both said yes, A before B is asked.

Where the user keeps no packet on the two, nothing is known of a yes, and the plan says so. It must never take a
standing wish, or the user's hurry, for a yes.
"""

from __future__ import annotations

from typing import NamedTuple

from assistant.domain import Contact, DraftKind, Material, Outcome, PacketState

_DONE = (PacketState.INTRODUCED, PacketState.OUTCOME)


class ConsentGap(NamedTuple):
    """Why the message has to wait, or must not be written."""

    outcome: Outcome
    text: str


def find_consent_gap(material: Material) -> ConsentGap | None:
    """What is missing for this message on the way to an introduction; None without a packet or where all is said."""
    packet, other, to, kind = material.packet, material.other, material.to, material.request.kind
    if packet is None or other is None or kind not in (DraftKind.INTRO, DraftKind.INTRO_ASK):
        return None
    if packet.state is PacketState.DECLINED:
        return ConsentGap(
            Outcome.REFUSED, f"{to.name} and {other.name}: one of them would rather not; leave it at that"
        )
    if packet.state in _DONE and not material.request.insist:
        return ConsentGap(
            Outcome.REFUSED, f"you introduced {to.name} and {other.name} on {packet.last}; insist to repeat"
        )
    if kind is DraftKind.INTRO_ASK:
        first = other if packet.a == other.id else to
        is_second = packet.b == to.id and packet.a not in packet.agreed
        return ConsentGap(Outcome.NEEDS_INPUT, _ask(first, to, other)) if is_second else None
    missing = next((one for one in (to, other) if one.id not in packet.agreed), None)
    return ConsentGap(Outcome.NEEDS_INPUT, _ask(missing, to, other)) if missing else None


def _ask(first: Contact, to: Contact, other: Contact) -> str:
    return (
        f"Has {first.name} said yes? Nothing is recorded. Ask first, and keep the answer with "
        f"`givefirst packet {to.emails[0] if to.emails else to.id} {other.emails[0] if other.emails else other.id}`."
    )
