"""Where the introduction of two people stands: who was asked, who said yes, what one cleared for the other to see."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "packets",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("a_id", sa.String(32), sa.ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("b_id", sa.String(32), sa.ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_index("ix_packets_a_id", "packets", ["a_id"])
    op.create_index("ix_packets_b_id", "packets", ["b_id"])
