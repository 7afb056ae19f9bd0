"""Commands that look up people: `people`, `show`, `search`, `ground`."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.base import AsJson, Home, Today, Who, opened, print_value
from assistant.render.people import render_ground, render_hits, render_people, render_profile

commands = typer.Typer()
_PANEL = "Look up"


@commands.command("people", rich_help_panel=_PANEL)
def people_command(
    query: Annotated[str, typer.Argument(help="Part of a name, address, organisation, place or tag.")] = "",
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """List the people in your book."""
    with opened(home, today) as assistant:
        found = assistant.people(query)
        print_value(found, as_json, lambda: render_people(found))


@commands.command("show", rich_help_panel=_PANEL)
def show_command(who: Who, home: Home = None, today: Today = None, as_json: AsJson = False) -> None:
    """Show one person: facts with their quotes, notes, favours."""
    with opened(home, today) as assistant:
        profile = assistant.show(who)
        print_value(profile, as_json, lambda: render_profile(profile))


@commands.command("search", rich_help_panel=_PANEL)
def search_command(
    text: Annotated[str, typer.Argument(help="What to look for, in your own words.")],
    k: Annotated[int, typer.Option("-k", min=1, max=200, help="How many passages to show.")] = 10,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Search your notes by words and by meaning."""
    with opened(home, today) as assistant:
        hits = assistant.search(text, k=k)
        print_value(hits, as_json, lambda: render_hits(hits))


@commands.command("ground", rich_help_panel=_PANEL)
def ground_command(who: Who, home: Home = None, today: Today = None, as_json: AsJson = False) -> None:
    """Show what you and a person have in common, with quotes from both sides."""
    with opened(home, today) as assistant:
        found = assistant.ground(who)
        print_value(found, as_json, lambda: render_ground(found))
