"""The command of the morning: `today`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.base import AsJson, Home, Today, opened, print_value
from assistant.errors import UsageError
from assistant.render.today import render_dismissals, render_suggestions

if TYPE_CHECKING:
    from assistant.app import Assistant

commands = typer.Typer()


@commands.command("today", rich_help_panel="See your network")
def today_command(
    k: Annotated[int, typer.Option("-k", min=1, help="How many at most.")] = 5,
    not_this: Annotated[
        list[str] | None, typer.Option("--not-this", metavar="N|KEY", help="Never suggest this one again.")
    ] = None,
    not_now: Annotated[
        list[str] | None, typer.Option("--not-now", metavar="N|KEY", help="Send this one away for a while.")
    ] = None,
    days: Annotated[int, typer.Option("--days", min=1, max=3660, help="For how long --not-now is.")] = 30,
    bring_back: Annotated[
        list[str] | None, typer.Option("--bring-back", metavar="KEY", help="Take a --not-this or --not-now back.")
    ] = None,
    dismissed: Annotated[bool, typer.Option("--dismissed", help="List what you sent away, with its keys.")] = False,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Suggest a few things worth doing today, each with its reason and the way to do it."""
    with opened(home, today) as assistant:
        for key in _find_keys(assistant, not_this, k):
            assistant.dismiss(key, None)
        for key in _find_keys(assistant, not_now, k):
            assistant.dismiss(key, days)
        for key in bring_back or ():
            assistant.bring_back(key)
        if dismissed:
            away = assistant.dismissed()
            print_value(away, as_json, lambda: render_dismissals(away))
            return
        found = assistant.suggestions(k, thorough=True)
        print_value(found, as_json, lambda: render_suggestions(found, assistant.today))


def _find_keys(assistant: Assistant, wanted: list[str] | None, k: int) -> list[str]:
    """Keys as they are, numbers as those of the list before anything is sent away."""
    if not any(one.isdigit() for one in wanted or ()):
        return wanted or []
    listed = assistant.suggestions(k, thorough=True)
    numbers = [int(one) for one in wanted or () if one.isdigit()]
    if bad := next((one for one in numbers if not 1 <= one <= len(listed)), None):
        raise UsageError(f"{bad} is no number of the list; there are {len(listed)} suggestions today")
    return [listed[int(one) - 1].key if one.isdigit() else one for one in wanted or ()]
