"""Commands that keep the book well and show it: `forget`, `doctor`, `reindex`, `ui`, `demo`, `eval`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.base import (
    AsJson,
    Home,
    Today,
    Who,
    failing_in_one_line,
    opened,
    plain_value,
    print_value,
    read_day,
)
from assistant.domain import DraftKind
from assistant.errors import UsageError
from assistant.render.drafts import draft_value, render_demo
from assistant.render.forgetting import render_allowed, render_forgetting, render_forgotten
from assistant.render.records import progress, render_diagnoses, render_index

commands = typer.Typer()
_PANEL = "Keep well"


@commands.command("forget", rich_help_panel=_PANEL)
def forget_command(
    who: Who,
    yes: Annotated[bool, typer.Option("--yes", help="Forget without asking.")] = False,
    again: Annotated[
        bool, typer.Option("--allow-again", help="The way back: let somebody you forgot be imported again.")
    ] = False,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Take everything about a person out of the data folder for good, and keep a mark so that they stay out.

    Shows what would go and asks first. In notes about others their name and addresses become [forgotten]. Your own
    files are not touched.
    """
    with opened(home, today) as assistant:
        if again:
            count = assistant.allow_again(who)
            print_value({"allowed": count}, as_json, lambda: render_allowed(count))
            return
        if not yes:
            found = assistant.preview_forget(who)
            if not sys.stdin.isatty() or as_json:
                raise UsageError(f"forgetting {found.contact} cannot be undone; add --yes if you mean it")
            typer.echo(render_forgetting(found))
            if not typer.confirm(f"Forget {found.contact}? This cannot be undone."):
                typer.echo("Nothing was changed.")
                return
            who = found.contact_id
        gone = assistant.forget(who)
        print_value(gone, as_json, lambda: render_forgotten(gone))


@commands.command("doctor", rich_help_panel=_PANEL)
def doctor_command(home: Home = None, today: Today = None, as_json: AsJson = False) -> None:
    """Check the data folder, the records, the index and the settings."""
    with opened(home, today) as assistant:
        found = assistant.doctor()
        print_value(found, as_json, lambda: render_diagnoses(found))
        if not all(one.ok for one in found):
            typer.echo("givefirst: doctor found something to mend; see above", err=True)
            raise typer.Exit(1)


@commands.command("reindex", rich_help_panel=_PANEL)
def reindex_command(home: Home = None, today: Today = None, as_json: AsJson = False) -> None:
    """Build the search index again from the records."""
    with opened(home, today) as assistant, progress("Indexing", shown=not as_json) as tick:
        report = assistant.reindex(progress=tick)
        print_value(report, as_json, lambda: render_index(report))


@commands.command("ui", rich_help_panel=_PANEL)
def ui_command(
    port: Annotated[int, typer.Option("--port", min=1024, max=65535, help="Port on 127.0.0.1.")] = 8501,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser window.")] = True,
    home: Home = None,
    today: Today = None,
) -> None:
    """Open the screens in your browser; only this machine can reach them."""
    with failing_in_one_line():
        from assistant.launch import run_ui

        raise typer.Exit(run_ui(home, read_day(today), port, browser))


@commands.command("demo", rich_help_panel=_PANEL)
def demo_command(
    ui: Annotated[bool, typer.Option("--ui/--no-ui", help="Open the screens after the first draft.")] = True,
    port: Annotated[int, typer.Option("--port", min=1024, max=65535, help="Port on 127.0.0.1.")] = 8501,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open a browser window.")] = True,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Try it on a fictional network: import, a first draft with its evidence, the screens."""
    with failing_in_one_line():
        from assistant.launch import load_world, run_ui, world_day

        place = home or Path.home() / ".givefirst-demo"
        day = world_day()
        with opened(place, day.isoformat()) as assistant:
            report = load_world(assistant)
            draft = assistant.draft(DraftKind.GIVE_FIRST, "Ana Ferreira")
            value = {"home": str(place), "import": plain_value(report), "draft": draft_value(draft)}
            print_value(value, as_json, lambda: render_demo(report, draft))
        if ui:
            raise typer.Exit(run_ui(place, day, port, browser))


@commands.command(
    "eval", rich_help_panel=_PANEL, context_settings={"allow_extra_args": True, "ignore_unknown_options": True}
)
def eval_command(
    context: typer.Context,
    question: Annotated[
        str,
        typer.Argument(
            help="retrieval, claims, drafts, prose, hostile, injection, faults, ties, experts, introductions, "
            "briefing, speed, network_speed or all; more arguments go to it."
        ),
    ],
) -> None:
    """Measure the product on one question (needs the source checkout with the extra `evals`)."""
    with failing_in_one_line():
        from assistant.launch import run_eval

        raise typer.Exit(run_eval(question, context.args))
