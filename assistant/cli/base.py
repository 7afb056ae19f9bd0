"""What all commands share: the options, the open book, failing in one line, printing a value or JSON."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.domain import Channel, DraftKind, Value
from assistant.errors import GivefirstError, UsageError

if TYPE_CHECKING:
    from assistant.app import Assistant

app = typer.Typer(
    name="givefirst",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Finds common ground and ways to help in your own notes, and drafts the message. You read it, you send it.",
)

Home = Annotated[
    Path | None, typer.Option("--home", help="Folder of all data (default: GIVEFIRST_HOME or ~/.givefirst).")
]
Today = Annotated[str | None, typer.Option("--today", metavar="DATE", help="The day to reckon from, as 2026-11-20.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]
Who = Annotated[str, typer.Argument(help="A name, an email address or an id.")]
Kind = Annotated[str, typer.Argument(help=f"What to write: {', '.join(DraftKind)}.")]
About = Annotated[str, typer.Option("--about", help="Your own words: a reason or a purpose. They count as evidence.")]
With = Annotated[
    str | None, typer.Option("--with", help="The other person of an introduction, a blurb or an ask for consent.")
]
OnChannel = Annotated[str, typer.Option("--channel", help="email, message (300 characters) or call (a script).")]
Insist = Annotated[bool, typer.Option("--insist", help="Go on although the plan advises against it.")]
Use = Annotated[
    list[str] | None, typer.Option("--use", help="Id of evidence to use; may be given often. Default: all of the plan.")
]


DraftId = Annotated[str, typer.Argument(help="The id that `draft` printed.")]


@contextmanager
def failing_in_one_line() -> Iterator[None]:
    """Turns an expected failure into one line on standard error and its exit code."""
    try:
        yield
    except UsageError as error:
        typer.echo(f"givefirst: {error}", err=True)
        raise typer.Exit(2) from None
    except GivefirstError as error:
        typer.echo(f"givefirst: {error}", err=True)
        raise typer.Exit(1) from None


@contextmanager
def opened(home: Path | None, today: str | None) -> Iterator[Assistant]:
    """The assistant on this home, closed again."""
    with failing_in_one_line():
        from assistant.app import Assistant

        with Assistant.open(home=home, today=read_day(today)) as assistant:
            yield assistant


def read_day(text: str | None, option: str = "--today") -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise UsageError(f"{option} {text!r} is not a date; write it as 2026-11-20") from None


def read_kind(text: str) -> DraftKind:
    try:
        return DraftKind(text.replace("-", "_"))
    except ValueError:
        raise UsageError(f"{text!r} is no kind of message; known kinds: {', '.join(DraftKind)}") from None


def read_channel(text: str) -> Channel:
    try:
        return Channel(text)
    except ValueError:
        raise UsageError(f"--channel {text!r} is unknown; choose {', '.join(Channel)}") from None


def print_value(value: Any, as_json: bool, text: Callable[[], str]) -> None:
    if as_json:
        typer.echo(json.dumps(plain_value(value), ensure_ascii=False, indent=2))
    else:
        typer.echo(text())


def plain_value(value: Any) -> Any:
    if isinstance(value, Value):
        return value.model_dump(mode="json")
    if isinstance(value, list | tuple):
        return [plain_value(one) for one in value]
    return value


def read_text(file: str) -> str:
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise GivefirstError(f"{file}: cannot be read: {reason}; give a text file or -") from None
