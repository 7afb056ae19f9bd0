"""Commands that put a question to the whole book: `ask`, `news`, `event`."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.base import AsJson, Home, Today, opened, print_value, read_day, read_text
from assistant.errors import UsageError
from assistant.render.asking import render_advisors, render_events, render_held, render_news

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


@commands.command("news", rich_help_panel=_PANEL)
def news_command(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE|-|URL",
            help="A text, a saved page or a feed; - for standard input; a web address if GIVEFIRST_FETCH=on.",
        ),
    ],
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Show who would care about an article or a feed, and why."""
    with opened(home, today) as assistant:
        found = assistant.news(f"{read_text(source)}\n\n" if source == "-" else source)
        print_value(found, as_json, lambda: render_news(found))


@commands.command("event", rich_help_panel=_PANEL)
def event_command(
    topic: Annotated[str, typer.Argument(help="What it is about; without it, the best topics of your book.")] = "",
    held: Annotated[
        str | None, typer.Option("--held", metavar="DATE", help="It took place: keep who was there, and go on.")
    ] = None,
    came: Annotated[
        list[str] | None, typer.Option("--came", metavar="WHO", help="Who came; may be given often.")
    ] = None,
    taught: Annotated[
        list[str] | None, typer.Option("--taught", metavar="WHO", help="Who taught; may be given often.")
    ] = None,
    missed: Annotated[
        list[str] | None, typer.Option("--missed", metavar="WHO", help="Who could not come; may be given often.")
    ] = None,
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Propose a small event to share knowledge: who could teach, who wants to learn, from several circles.

    With --held DATE, keep who was there, and get the next message for each: thanks, a follow-up, a short word.
    """
    with opened(home, today) as assistant:
        day = read_day(held, "--held")
        if day is not None:
            kept = assistant.hold_event(topic, day, came=came or (), taught=taught or (), missed=missed or ())
            print_value(kept, as_json, lambda: render_held(kept))
            return
        if came or taught or missed:
            raise UsageError("say when it was: --held DATE goes with --came, --taught and --missed")
        found = assistant.event(topic)
        print_value(found, as_json, lambda: render_events(found, topic))
