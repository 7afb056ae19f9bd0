"""Keeping where the introduction of two people stands: one packet a pair, gone with either of them."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from assistant.domain import Packet, make_id
from assistant.store.schema import packets


def save_packet(connection: Connection, packet: Packet) -> None:
    """Keeps the packet; the same pair again replaces it."""
    key = _key(packet.a, packet.b)
    connection.execute(delete(packets).where(packets.c.id == key))
    row = {"id": key, "a_id": packet.a, "b_id": packet.b, "data": packet.model_dump_json()}
    connection.execute(insert(packets).values(row))


def load_packet(connection: Connection, one: str, other: str) -> Packet | None:
    """The packet of two contacts, in whichever order they are named; None where there is none."""
    data = connection.execute(select(packets.c.data).where(packets.c.id == _key(one, other))).scalar()
    return Packet.model_validate_json(data) if data else None


def load_packets(connection: Connection) -> tuple[Packet, ...]:
    """Every packet, by id."""
    rows = connection.execute(select(packets.c.data).order_by(packets.c.id)).scalars()
    return tuple(Packet.model_validate_json(data) for data in rows)


def _key(one: str, other: str) -> str:
    return make_id("k", *sorted((one, other)))
