"""Commands on whose turn it is: `due`, `snooze`, `digest`, `ics`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.base import AsJson, Home, Today, Who, opened, print_value, read_day
from assistant.errors import UsageError
from assistant.render.due import digest_subject, render_digest, render_due, render_snoozed

commands = typer.Typer()
_PANEL = "See your network"
_MOST_DAYS = 3660


@commands.command("due", rich_help_panel=_PANEL)
def due_command(
    within: Annotated[int, typer.Option("--within", min=0, max=_MOST_DAYS, help="Look so many days ahead.")] = 0,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Show with whom it is time to be in touch, why, and what to bring."""
    with opened(home, today) as assistant:
        found = assistant.due(within)
        print_value(found, as_json, lambda: render_due(found, within))


@commands.command("snooze", rich_help_panel=_PANEL)
def snooze_command(
    who: Who,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="The day to be reminded again.")] = None,
    days: Annotated[int | None, typer.Option("--days", min=1, max=_MOST_DAYS, help="Or so many days from now.")] = None,
    off: Annotated[bool, typer.Option("--off", help="End it.")] = False,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Put a person off until a day."""
    with opened(home, today) as assistant:
        if (until is not None) + (days is not None) + off != 1:
            raise UsageError("say until when: --until 2026-12-01, --days 30, or --off to end it")
        ahead = assistant.today + dt.timedelta(days=days) if days else None
        found = assistant.snooze(who, read_day(until, "--until") or ahead)
        print_value(found, as_json, lambda: render_snoozed(found))


@commands.command("digest", rich_help_panel=_PANEL)
def digest_command(
    mail: Annotated[Path | None, typer.Option("--mail", metavar="FILE", help="Write it as a mail file too.")] = None,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Say in one text who is due, whose birthday it is this week, and which promises wait; made for cron."""
    with opened(home, today) as assistant:
        found = assistant.digest()
        assistant.keep_digest(mail, digest_subject(found), render_digest(found, private=False) if mail else "")
        print_value(found, as_json, lambda: f"Written to {mail}" if mail else render_digest(found))


@commands.command("ics", rich_help_panel=_PANEL)
def ics_command(
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write it to a file.")] = None,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Give the due days of a year as a calendar to import or subscribe to."""
    with opened(home, today) as assistant:
        feed = assistant.calendar_feed(out)
        if as_json:
            print_value({"file": str(out) if out else None, "calendar": feed}, as_json, str)
        elif out:
            typer.echo(f"Written to {out}")
        else:
            typer.echo(feed.encode(), nl=False)
