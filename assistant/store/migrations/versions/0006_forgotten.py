"""Who was forgotten, as salted hashes only: enough to know the same address again, too little to tell whose it was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "forgotten",
        sa.Column("kind", sa.String(8), primary_key=True),
        sa.Column("mark", sa.String(64), primary_key=True),
        sa.Column("person", sa.String(32), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
    )
    op.create_index("ix_forgotten_person", "forgotten", ["person"])
