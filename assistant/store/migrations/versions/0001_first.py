"""The first release: contacts, their sources, notes and what is read out of them, drafts, vectors, words."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _contact() -> sa.Column[str]:
    return sa.Column(
        "contact_id", sa.String(32), sa.ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True
    )


def upgrade() -> None:
    op.create_table(
        "contacts",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name_folded", sa.Text, nullable=False, index=True),
        sa.Column("me", sa.Boolean, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_table(
        "addresses",
        sa.Column("kind", sa.String(8), primary_key=True),
        sa.Column("value", sa.String(320), primary_key=True),
        _contact(),
    )
    op.create_table(
        "records",
        sa.Column("source", sa.String(500), primary_key=True),
        _contact(),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.String(32), primary_key=True),
        _contact(),
        sa.Column("source", sa.String(500), nullable=False, index=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("date", sa.Date),
        sa.Column("ordinal", sa.Integer, nullable=False),
    )
    op.create_table(
        "passages",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(32), nullable=False, unique=True),
        sa.Column("note_id", sa.String(32), sa.ForeignKey("notes.id", ondelete="CASCADE"), nullable=False, index=True),
        _contact(),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False, index=True),
        sa.Column("date", sa.Date),
        sa.Column("visibility", sa.String(8), nullable=False),
        sqlite_autoincrement=True,
    )
    for name in ("facts", "favours", "interactions"):
        op.create_table(
            name,
            sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
            sa.Column("id", sa.String(32), nullable=False, unique=True),
            _contact(),
            sa.Column("kind", sa.String(16), nullable=False),
            sa.Column("data", sa.Text, nullable=False),
        )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(32), primary_key=True),
        _contact(),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
    )
    op.create_table(
        "vectors",
        sa.Column("embedder", sa.String(64), primary_key=True),
        sa.Column("text_hash", sa.String(64), primary_key=True),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )
    op.create_index("ix_vectors_text", "vectors", ["text_hash"])
    _create_words()


def _create_words() -> None:
    """Full-text search in the same transaction as the passages, kept by the writer in `records`."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize = 'porter unicode61 remove_diacritics 2')")
    else:
        op.execute("CREATE INDEX ix_passages_words ON passages USING gin (to_tsvector('english', text))")
