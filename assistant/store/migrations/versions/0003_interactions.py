"""Interactions get columns of their own: by the hundred thousand they are asked for by day and person."""

from __future__ import annotations

import datetime as dt
import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    connection = op.get_bind()
    kept = [json.loads(row.data) for row in connection.execute(sa.text("SELECT data FROM interactions ORDER BY seq"))]
    op.drop_table("interactions")
    table = op.create_table(
        "interactions",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("contact_id", sa.String(32), sa.ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True)),
        sa.Column("direction", sa.String(4), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("thread", sa.String(320), nullable=False),
        sa.Column("words", sa.Integer, nullable=False),
        sa.Column("source", sa.String(320)),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("note_id", sa.String(32)),
    )
    op.create_index("ix_interactions_contact_day", "interactions", ["contact_id", "day"])
    op.create_index("ux_interactions_source", "interactions", ["source", "contact_id"], unique=True)
    if kept:
        connection.execute(sa.insert(table), [_row(one) for one in kept])


def _row(one: dict[str, str]) -> dict[str, object]:
    return {
        "id": one["id"],
        "contact_id": one["contact_id"],
        "day": dt.date.fromisoformat(one["when"]),
        "direction": one["direction"],
        "channel": one["channel"],
        "note_id": one.get("note_id"),
        "thread": "",
        "words": 0,
        "title": "",
    }
