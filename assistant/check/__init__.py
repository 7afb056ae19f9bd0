"""GUARD: claims, disclosure, safety, style; a message and its evidence in, findings out."""
