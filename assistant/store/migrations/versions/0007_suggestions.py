"""What was suggested and dismissed, the introductions last found, and the user's own news with who would care."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def _contact(name: str, primary_key: bool = False, nullable: bool = False) -> sa.Column[str]:
    key = sa.ForeignKey("contacts.id", ondelete="CASCADE")
    return sa.Column(name, sa.String(32), key, primary_key=primary_key, nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "suggestions",
        sa.Column("key", sa.String(32), primary_key=True),
        _contact("a_id"),
        _contact("b_id", nullable=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("days", sa.Integer, nullable=False),
        sa.Column("last", sa.Date, nullable=False),
        sa.Column("dismissed", sa.Date),
        sa.Column("until", sa.Date),
    )
    op.create_index("ix_suggestions_a_id", "suggestions", ["a_id"])
    op.create_index("ix_suggestions_b_id", "suggestions", ["b_id"])
    op.create_table(
        "found_pairs",
        _contact("a_id", primary_key=True),
        _contact("b_id", primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_index("ix_found_pairs_b_id", "found_pairs", ["b_id"])
    op.create_table(
        "articles",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("date", sa.Date),
        sa.Column("kept", sa.Date, nullable=False),
    )
    op.create_table(
        "article_readers",
        sa.Column("article_id", sa.String(32), sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
        _contact("contact_id", primary_key=True),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_index("ix_article_readers_contact_id", "article_readers", ["contact_id"])
