"""The command line: reads arguments, makes one `Assistant` call, prints. A thin face of `app`.

Exit 0 done (an outcome `needs_input` is an answer: it asks you one question), 1 refused or not possible with one line
on standard error, 2 wrong usage. With `--json` standard output holds one JSON value and nothing else. It must never
decide anything, and `--help` must not pay for a vendor.
"""

from __future__ import annotations

from assistant.cli import drafts, introductions, keeping, network, people, records
from assistant.cli.base import app

__all__ = ["app", "main"]

for _commands in (
    records.commands,
    people.commands,
    network.commands,
    introductions.commands,
    drafts.commands,
    keeping.commands,
):
    app.add_typer(_commands)


def main() -> None:
    """The entry point of the command `givefirst`."""
    app()
