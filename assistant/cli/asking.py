"""Commands that put a question to the whole book: `ask`, `news`, `event`."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.base import AsJson, Home, Today, opened, print_value
from assistant.render.asking import render_advisors

commands = typer.Typer()
_PANEL = "See your network"


@commands.command("ask", rich_help_panel=_PANEL)
def ask_command(
    question: Annotated[str, typer.Argument(help="A question or a dilemma, in your own words.")],
    k: Annotated[int, typer.Option("-k", help="How many people at most.")] = 5,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Show who could advise you, by what you know of them: a few who differ, or nobody."""
    with opened(home, today) as assistant:
        found = assistant.ask(question, k)
        print_value(found, as_json, lambda: render_advisors(found))
