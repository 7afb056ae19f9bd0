"""A person may be put off until a day; and one index tells who was last in touch when, and which way."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "snoozes",
        sa.Column("contact_id", sa.String(32), sa.ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("until", sa.Date, nullable=False),
    )
    op.drop_index("ix_interactions_contact_day", "interactions")
    op.create_index("ix_interactions_contact_day", "interactions", ["contact_id", "day", "direction", "channel"])
