"""Commands that bring in: `init`, `import`, `note`, `log`, `favour`, `voice`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.base import AsJson, Home, Today, Who, opened, print_value, read_day, read_text
from assistant.domain import Direction, FavourKind
from assistant.errors import UsageError
from assistant.render.records import progress, render_favour, render_import, render_logged, render_note, render_voice

commands = typer.Typer()
_PANEL = "Bring in"


@commands.command("init", rich_help_panel=_PANEL)
def init_command(home: Home = None, today: Today = None, as_json: AsJson = False) -> None:
    """Make the data folder, or check that it opens."""
    with opened(home, today) as assistant:
        print_value({"home": str(assistant.home)}, as_json, lambda: f"Ready: {assistant.home}")


@commands.command("import", rich_help_panel=_PANEL)
def import_command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Notes, vCards, Connections.csv, .mbox, .eml, .ics, or folders of them."),
    ] = None,
    imap: Annotated[bool, typer.Option("--imap", help="Read the headers of your own mailbox too.")] = False,
    days: Annotated[int, typer.Option("--days", min=1, max=36500, help="With --imap: how many days back.")] = 365,
    add_people: Annotated[
        bool, typer.Option("--add-people", help="Add the people you write with who are not in your book.")
    ] = False,
    bodies: Annotated[bool, typer.Option("--bodies", help="Count the words of mails too; no text is kept.")] = False,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Read people, notes, mail and calendars; importing again changes nothing, importing an edited file updates."""
    with opened(home, today) as assistant, progress("Reading", shown=not as_json) as tick:
        if not paths and not imap:
            raise UsageError("nothing to import; give files or folders, or --imap")
        report = assistant.import_(
            paths or [], tick, add_people=add_people, bodies=bodies, imap_days=days if imap else None
        )
        print_value(report, as_json, lambda: render_import(report))


@commands.command("note", rich_help_panel=_PANEL)
def note_command(
    who: Who,
    text: Annotated[str, typer.Argument(help="What you want to remember, in your own words; typed bullets work too.")],
    title: Annotated[str, typer.Option("--title", help="The occasion, such as 'Coffee in Porto'.")] = "",
    date: Annotated[str | None, typer.Option("--date", help="The day it is about (default: today).")] = None,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Add a note about a person."""
    with opened(home, today) as assistant:
        note = assistant.note(who, text, title=title, date=read_day(date, "--date"))
        print_value(note, as_json, lambda: render_note(note))


@commands.command("voice", rich_help_panel=_PANEL)
def voice_command(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Your sent mail: mbox files, .eml files, folders, or - to paste some.")
    ] = None,
    forget: Annotated[bool, typer.Option("--forget", help="Drop what was learnt.")] = False,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Learn how you write from your own sent mail; with no path, show what was learnt. No mail is kept."""
    with opened(home, today) as assistant:
        if forget and paths:
            raise UsageError("--forget takes no path; forget first, then learn again")
        if forget:
            dropped = assistant.forget_voice()
            print_value(
                {"forgotten": dropped}, as_json, lambda: "Forgotten." if dropped else "There was nothing to forget."
            )
            return
        text = read_text("-") if "-" in (paths or []) else ""
        report = assistant.voice([path for path in paths or [] if path != "-"], text)
        print_value(report, as_json, lambda: render_voice(report))


@commands.command("log", rich_help_panel=_PANEL)
def log_command(
    who: Who,
    text: Annotated[str, typer.Argument(help="What it was about, in your own words; it is kept as a note.")] = "",
    channel: Annotated[str, typer.Option("--channel", help="meeting, call, email or message.")] = "meeting",
    direction: Annotated[
        str | None,
        typer.Option("--direction", help="out, in or both (default: both; out for email and message)."),
    ] = None,
    date: Annotated[str | None, typer.Option("--date", help="The day it was (default: today).")] = None,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Keep that you were in touch with a person."""
    with opened(home, today) as assistant:
        kept = assistant.log(who, text, channel, _read_direction(direction), read_day(date, "--date"))
        print_value(kept, as_json, lambda: render_logged(kept))


def _read_direction(text: str | None) -> Direction | None:
    known: dict[str, Direction] = {"out": "out", "in": "in", "both": "both"}
    if text is not None and text not in known:
        raise UsageError(f"--direction {text!r} is unknown; choose {', '.join(known)}")
    return known[text] if text else None


@commands.command("favour", rich_help_panel=_PANEL)
def favour_command(
    who: Who,
    kind: Annotated[str, typer.Argument(help=f"Seen from you: {', '.join(FavourKind)}.")],
    text: Annotated[str, typer.Argument(help="What it was, in your own words.")],
    date: Annotated[str | None, typer.Option("--date", help="The day it was (default: today).")] = None,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Keep what you gave to, received from or asked of a person."""
    with opened(home, today) as assistant:
        if kind not in list(FavourKind):
            raise UsageError(f"{kind!r} is no kind of favour; choose {', '.join(FavourKind)}")
        kept = assistant.favour(who, FavourKind(kind), text, read_day(date, "--date"))
        print_value(kept, as_json, lambda: render_favour(kept))
