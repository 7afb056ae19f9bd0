"""WRITE: plan, then a plain or a model writer, sentences that cite."""
