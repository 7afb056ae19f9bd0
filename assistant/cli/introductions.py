"""Commands that bring people together: `introduce` suggests, `packet` keeps the way by consent of both."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.base import AsJson, Home, Today, Who, opened, print_value
from assistant.domain import PacketState
from assistant.errors import UsageError
from assistant.render.introductions import render_introductions, render_packet

commands = typer.Typer()
_PANEL = "See your network"


@commands.command("introduce", rich_help_panel=_PANEL)
def introduce_command(
    only: Annotated[str, typer.Option("--for", metavar="WHO", help="Only whom this person should meet.")] = "",
    k: Annotated[int, typer.Option("-k", min=1, help="How many to show.")] = 10,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Suggest who should meet whom, what each would gain, and the notes that say so."""
    with opened(home, today) as assistant:
        found = assistant.introduce(only, k)
        print_value(found, as_json, lambda: render_introductions(found, only))


@commands.command("packet", rich_help_panel=_PANEL)
def packet_command(
    who: Who,
    other: Annotated[str, typer.Argument(help="The other person: a name, an email address or an id.")],
    mark: Annotated[str, typer.Option("--mark", metavar="STEP", help=f"What happened: {', '.join(PacketState)}.")] = "",
    open_to: Annotated[
        list[str] | None, typer.Option("--open", metavar="WHO", help="Who told you that they need not be asked.")
    ] = None,
    clear: Annotated[
        list[str] | None, typer.Option("--clear", metavar="ID", help="What one agreed that the other may read.")
    ] = None,
    outcome: Annotated[str, typer.Option("--outcome", help="What came of it, in your own words.")] = "",
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Bring two people together by consent of both: what was said, what may be told, what comes next."""
    with opened(home, today) as assistant:
        step = _read_step(mark)
        found = assistant.packet(who, other, step, open_to=open_to or (), clear=clear or (), outcome=outcome)
        print_value(found, as_json, lambda: render_packet(found))


def _read_step(text: str) -> PacketState | None:
    try:
        return PacketState(text.replace("-", "_")) if text else None
    except ValueError:
        raise UsageError(f"--mark {text!r} is no step; choose {', '.join(PacketState)}") from None
