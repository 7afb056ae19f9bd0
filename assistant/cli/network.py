"""Commands on the network as a whole: `network`, `balance`."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.base import AsJson, Home, Today, opened, print_value
from assistant.render.network import render_balance, render_network

commands = typer.Typer()
_PANEL = "See your network"


@commands.command("network", rich_help_panel=_PANEL)
def network_command(home: Home = None, today: Today = None, as_json: AsJson = False) -> None:
    """Show your network as it is: who you are in touch with over a year, how strongly, and where it is thin."""
    with opened(home, today) as assistant:
        found = assistant.network()
        print_value(found, as_json, lambda: render_network(found))


@commands.command("balance", rich_help_panel=_PANEL)
def balance_command(
    who: Annotated[str, typer.Argument(help="A name, an email address or an id; without it, everybody.")] = "",
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Show what you gave, received and asked, and who would be glad of something from you."""
    with opened(home, today) as assistant:
        found = assistant.balance(who)
        print_value(found, as_json, lambda: render_balance(found))
