"""The command line: reads arguments, makes one `Assistant` call, prints. A thin face of `app`.

Exit 0 done (an outcome `needs_input` is an answer: it asks you one question), 1 refused or not possible with one line
on standard error, 2 wrong usage. With `--json` standard output holds one JSON value and nothing else. It must never
decide anything, and `--help` must not pay for a vendor.
"""

from __future__ import annotations

import sys

import typer

from assistant.cli import asking, briefing, drafts, due, introductions, keeping, model, network, people, records, today
from assistant.cli.base import app

__all__ = ["app", "main"]

for _commands in (
    records.commands,
    people.commands,
    network.commands,
    today.commands,
    due.commands,
    introductions.commands,
    asking.commands,
    briefing.commands,
    drafts.commands,
    model.commands,
    keeping.commands,
):
    app.add_typer(_commands)


def main() -> None:
    """The entry point of the command `givefirst`.

    Only the commands beside the one that is asked for are built: building all takes longer than most answers.
    """
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    beside = [one for one in app.registered_groups if asked in _find_names(one.typer_instance)]
    app.registered_groups = beside or app.registered_groups
    app()


def _find_names(commands: typer.Typer | None) -> list[str | None]:
    return [one.name for one in commands.registered_commands] if commands else []
