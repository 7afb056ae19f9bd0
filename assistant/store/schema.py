"""The tables. Records are the truth; passages, facts and favours are read out of notes and can be read again.

Holds table definitions only; changes go through `migrations`, never by editing a released version there.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()

contacts = Table(
    "contacts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name_folded", Text, nullable=False, index=True),
    Column("me", Boolean, nullable=False, default=False),
    Column("data", Text, nullable=False),
)

# An email, phone or profile link belongs to one person: this is how two sources are known to speak of the same.
addresses = Table(
    "addresses",
    metadata,
    Column("kind", String(8), primary_key=True),
    Column("value", String(320), primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
)

# What each source says of a person, so that importing an edited file replaces just what that file said.
records = Table(
    "records",
    metadata,
    Column("source", String(500), primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("digest", String(64), nullable=False),
    Column("data", Text, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("source", String(500), nullable=False, index=True),
    Column("key", Text, nullable=False),
    Column("title", Text, nullable=False, default=""),
    Column("text", Text, nullable=False),
    Column("date", Date),
    Column("ordinal", Integer, nullable=False, default=0),
)

passages = Table(
    "passages",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("note_id", ForeignKey("notes.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_hash", String(64), nullable=False, index=True),
    Column("date", Date),
    Column("visibility", String(8), nullable=False),
    sqlite_autoincrement=True,  # a number is never given twice: it tells that passages have changed
)


def _derived(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("seq", Integer, primary_key=True, autoincrement=True),
        Column("id", String(32), nullable=False, unique=True),
        Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
        Column("kind", String(16), nullable=False),
        Column("data", Text, nullable=False),
    )


facts = _derived("facts")
favours = _derived("favours")

# Times in touch are asked for by the hundred thousand, so they have columns of their own. `source` is null for what was
# logged by hand; of one source each person has one. `at` is UTC.
interactions = Table(
    "interactions",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False),
    Column("day", Date, nullable=False),
    Column("at", DateTime(timezone=True)),
    Column("direction", String(4), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("thread", String(320), nullable=False, default=""),
    Column("words", Integer, nullable=False, default=0),
    Column("source", String(320)),
    Column("title", Text, nullable=False, default=""),
    Column("note_id", String(32)),
)

# Who was last in touch when, and which way, is read from this index alone.
Index(
    "ix_interactions_contact_day",
    interactions.c.contact_id,
    interactions.c.day,
    interactions.c.direction,
    interactions.c.channel,
)
Index("ux_interactions_source", interactions.c.source, interactions.c.contact_id, unique=True)

drafts = Table(
    "drafts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("data", Text, nullable=False),
)

# Until which day a person shall not be brought up as due: at most one row each, kept beside the times in touch.
snoozes = Table(
    "snoozes",
    metadata,
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True),
    Column("until", Date, nullable=False),
)

# Where the introduction of two people stands, a pair once, whoever was asked first.
packets = Table(
    "packets",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("a_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("b_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("data", Text, nullable=False),
)

# What was suggested on how many `days`, the `last` of them, and when it was `dismissed`: `until` a day, or for good.
suggestions = Table(
    "suggestions",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("a_id", ForeignKey("contacts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("b_id", ForeignKey("contacts.id", ondelete="CASCADE"), index=True),
    Column("kind", String(16), nullable=False),
    Column("why", Text, nullable=False),
    Column("days", Integer, nullable=False),
    Column("last", Date, nullable=False),
    Column("dismissed", Date),
    Column("until", Date),
)

# Introductions as they were last found: finding them in a large book takes longer than a page may.
found_pairs = Table(
    "found_pairs",
    metadata,
    Column("a_id", ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True),
    Column("b_id", ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("day", Date, nullable=False),
    Column("data", Text, nullable=False),
)

# The user's own news of late, without its text, and who would care about it.
articles = Table(
    "articles",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("title", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("date", Date),
    Column("kept", Date, nullable=False),
)

article_readers = Table(
    "article_readers",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("contact_id", ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("data", Text, nullable=False),
)

# Who was forgotten: a salted hash of each address, and of the name. `person` is a random word that holds them together.
forgotten = Table(
    "forgotten",
    metadata,
    Column("kind", String(8), primary_key=True),
    Column("mark", String(64), primary_key=True),
    Column("person", String(32), primary_key=True, index=True),
    Column("day", Date, nullable=False),
)

# What is known of the user themself, a row of JSON a subject.
profiles = Table(
    "profiles",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("data", Text, nullable=False),
)

# Beside the records, so that the index is rebuilt without embedding again.
vectors = Table(
    "vectors",
    metadata,
    Column("embedder", String(64), primary_key=True),
    Column("text_hash", String(64), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

Index("ix_vectors_text", vectors.c.text_hash)
