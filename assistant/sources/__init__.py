"""READ: one reader a format, and the reading of facts out of a note's text."""
