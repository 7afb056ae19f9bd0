"""THINK: search and common ground by exact reasoning; no language model."""
