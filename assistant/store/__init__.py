"""KEEP: records in SQL are the truth; vectors in Chroma are derived."""
