"""Commands around a meeting: `brief`, `meetings`, `debrief`, `capture`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.base import AsJson, Home, Today, Who, opened, plain_value, print_value, read_day
from assistant.errors import GivefirstError, UsageError
from assistant.render.briefing import (
    render_briefings,
    render_capture,
    render_debriefed,
    render_html,
    render_markdown,
    render_meetings,
)
from assistant.render.lines import join_lines

if TYPE_CHECKING:
    from assistant.app import Assistant
    from assistant.find.briefing import Briefing
    from assistant.find.capture import Capture

commands = typer.Typer()
_PANEL = "Prepare a meeting"
_AHEAD_DAYS = 183


@commands.command("brief", rich_help_panel=_PANEL)
def brief_command(
    whos: Annotated[list[str] | None, typer.Argument(metavar="WHO…", help="Names, email addresses or ids.")] = None,
    coming: Annotated[bool, typer.Option("--next", help="The guests of your next meeting.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page to print, or to save as PDF from a browser.")
    ] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help="Write a PDF (needs the extra `pdf`).")] = None,
    shorten: Annotated[
        bool, typer.Option("--shorten", help="Let the model leave out the ends of long lines. Private ones stay here.")
    ] = False,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Show what to know before you meet people: a page each, every line with what it rests on."""
    with opened(home, today) as assistant:
        if bool(whos) is coming:
            raise UsageError("name the people you are going to meet, or --next for your next meeting")
        pages = assistant.brief(_next_guests(assistant) if coming else whos or [])
        if shorten:
            pages = _shorten(assistant, pages)
        if html is not None:
            _write_new(html, render_html(pages).encode())
            print_value({"html": str(html)}, as_json, lambda: f"Written: {html}. Open it in a browser and print it.")
            return
        if pdf is not None:
            from assistant.render.pdf import render_pdf

            _write_new(pdf, render_pdf(pages))
            print_value({"pdf": str(pdf)}, as_json, lambda: f"Written: {pdf}. Private lines are in it, marked.")
            return
        value = pages[0] if len(pages) == 1 else pages
        print_value(value, as_json, lambda: (render_markdown if markdown else render_briefings)(pages))


def _shorten(assistant: Assistant, pages: tuple[Briefing, ...]) -> tuple[Briefing, ...]:
    done = assistant.shorten(pages)
    if done.fault:
        typer.echo(f"givefirst: not all lines were shortened: {done.fault}", err=True)
    return done.pages


def _next_guests(assistant: Assistant) -> list[str]:
    coming = assistant.meetings(_AHEAD_DAYS)
    if not coming:
        raise GivefirstError("no meeting to come is kept; import your calendar first, or name the people")
    return [guest.contact_id for guest in coming[0].guests]


def _write_new(file: Path, data: bytes) -> None:
    """Writes a file that is not there yet."""
    try:
        with file.open("xb") as opened_file:
            opened_file.write(data)
    except FileExistsError:
        raise GivefirstError(f"{file}: exists already; choose another name") from None
    except OSError as error:
        raise GivefirstError(f"{file}: cannot be written: {error.strerror}; choose another place") from None


@commands.command("meetings", rich_help_panel=_PANEL)
def meetings_command(
    days: Annotated[int, typer.Option("--days", min=0, max=_AHEAD_DAYS, help="How many days ahead.")] = 14,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Show your next meetings with people of your book, from the calendars you imported."""
    with opened(home, today) as assistant:
        found = assistant.meetings(days)
        print_value(found, as_json, lambda: render_meetings(found))


@commands.command("debrief", rich_help_panel=_PANEL)
def debrief_command(
    who: Who,
    happened: Annotated[str, typer.Option("--happened", help="What happened, in your own words.")] = "",
    promised: Annotated[
        list[str] | None, typer.Option("--promised", help="What you promised; may be given often.")
    ] = None,
    needs: Annotated[list[str] | None, typer.Option("--needs", help="What they need; may be given often.")] = None,
    gave: Annotated[list[str] | None, typer.Option("--gave", help="What you gave them.")] = None,
    received: Annotated[
        list[str] | None, typer.Option("--received", help="What they did for you: you owe them.")
    ] = None,
    asked: Annotated[list[str] | None, typer.Option("--asked", help="What you asked of them.")] = None,
    private: Annotated[list[str] | None, typer.Option("--private", help="What is for your eyes only.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="The day you met (default: today).")] = None,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Keep what came of a meeting, in two minutes: a note, the meeting itself, promises and favours."""
    with opened(home, today) as assistant:
        from assistant.noting import Debrief

        told = Debrief(
            happened=happened,
            promised=tuple(promised or ()),
            needs=tuple(needs or ()),
            gave=tuple(gave or ()),
            received=tuple(received or ()),
            asked=tuple(asked or ()),
            private=tuple(private or ()),
        )
        kept = assistant.debrief(who, told, read_day(date, "--date"))
        print_value(kept, as_json, lambda: render_debriefed(kept))


@commands.command("capture", rich_help_panel=_PANEL)
def capture_command(
    text: Annotated[str, typer.Argument(help="One line, as you would jot it: “coffee with Ana: needs a notary”.")],
    who: Annotated[str, typer.Option("--who", help="Whom it is about, where the line does not settle it.")] = "",
    new: Annotated[
        bool, typer.Option("--new", help="A name spelt nearly like one of your book is somebody new.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Keep it without asking.")] = False,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Jot down one line and see what it tells: whom, facts, favours, promises, what is private; kept after your yes."""
    with opened(home, today) as assistant:
        proposal = assistant.capture(text, who, new)
        notes = assistant.keep_capture(proposal) if yes else ()
        if as_json:
            print_value({**plain_value(proposal), "kept": [one.id for one in notes]}, True, str)
            return
        typer.echo(render_capture(proposal))
        if not yes and sys.stdin.isatty():
            proposal = _settled(assistant, proposal, text) if proposal.question else proposal
            if not proposal.question and typer.confirm("Keep this?"):
                notes = assistant.keep_capture(proposal)
        typer.echo(_outcome(proposal, [one.id for one in notes]))


def _settled(assistant: Assistant, proposal: Capture, text: str) -> Capture:
    """The proposal once the user has said whom it is about."""
    answer = typer.prompt("A name, an email address or an id")
    settled = assistant.capture(text, answer)
    typer.echo(render_capture(settled))
    return settled if not settled.question else proposal


def _outcome(proposal: Capture, ids: list[str]) -> str:
    if ids:
        return join_lines([f"Noted ({', '.join(ids)})."])
    return "Nothing is kept yet." + ("" if proposal.question else " Add --yes to keep it.")
