"""Everything the command line prints for people to read, by what it is about."""
