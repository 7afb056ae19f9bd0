"""The command `model`: find one on this machine, try it, use it, and read the exact bytes it was sent."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.base import (
    About,
    AsJson,
    Home,
    OnChannel,
    Today,
    With,
    failing_in_one_line,
    opened,
    plain_value,
    print_value,
    read_channel,
    read_kind,
)
from assistant.errors import GivefirstError, UsageError
from assistant.render.model import render_found, render_model, render_trial

if TYPE_CHECKING:
    from assistant.model_choice import ModelChoice

commands = typer.Typer()
_PANEL = "Keep well"
_ACTIONS = {"show": (0,), "find": (0,), "test": (0,), "use": (1,), "off": (0,), "prompt": (0, 2)}
_WORDS = "show (what is set and used), find (an Ollama on this machine), test, use NAME, off, prompt [KIND WHO]."


@commands.command("model", rich_help_panel=_PANEL)
def model_command(
    action: Annotated[str, typer.Argument(help=_WORDS)] = "show",
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help="For use: the model's name. For prompt: nothing for the last one that was sent, or a kind and a "
            "person for what would be sent."
        ),
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", help="For use: the endpoint, as http://127.0.0.1:11434/v1.")
    ] = None,
    price_in: Annotated[
        float | None, typer.Option("--price-in", min=0, help="For use: your price of a million tokens read.")
    ] = None,
    price_out: Annotated[
        float | None, typer.Option("--price-out", min=0, help="For use: your price of a million tokens written.")
    ] = None,
    keep_key: Annotated[
        bool, typer.Option("--keep-key", help="For use: keep GIVEFIRST_MODEL_KEY in the settings file (0600).")
    ] = False,
    about: About = "",
    other: With = None,
    channel: OnChannel = "email",
    home: Home = None,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Set up a language model (none is needed), and see what it is sent, byte for byte, and what it used.

    A key is read from GIVEFIRST_MODEL_KEY, never from an argument, which others could see.
    """
    given = words or []
    with failing_in_one_line():
        _check_words(action, given)
        if action == "find":
            from assistant.llm import find_local_models

            found = find_local_models()
            print_value(found, as_json, lambda: render_found(found))
        elif action in ("use", "off"):
            from assistant.model_choice import ModelChoice

            name = given[0] if given else ""
            choice = ModelChoice(model=name, url=url, keep_key=keep_key, price_in=price_in, price_out=price_out)
            _use(home, choice, as_json)
        elif action == "test":
            _test(home, as_json)
        elif action == "prompt":
            _show_prompt(home, today, given, about, other, channel)
        else:
            _show(home, today, as_json)


def _check_words(action: str, given: list[str]) -> None:
    if action not in _ACTIONS:
        raise UsageError(f"model {action!r} is unknown; choose {', '.join(_ACTIONS)}")
    if len(given) not in _ACTIONS[action]:
        says = {"use": "the model's name", "prompt": "a kind and a person, or nothing for the last prompt"}
        raise UsageError(f"model {action} takes {says.get(action, 'nothing more')}")


def _show(home: Path | None, today: str | None, as_json: bool) -> None:
    with opened(home, today) as assistant:
        known, use = assistant.settings, assistant.model_use()
        value = {"model": known.model, "url": known.model_url, "use": plain_value(use)}
        print_value(value, as_json, lambda: render_model(known, use))


def _test(home: Path | None, as_json: bool) -> None:
    from assistant.model_trial import try_model
    from assistant.settings import read_settings

    found = try_model(read_settings(home))
    print_value(found, as_json, lambda: render_trial(found))


def _use(home: Path | None, choice: ModelChoice, as_json: bool) -> None:
    from assistant.model_choice import choose_model
    from assistant.settings import read_settings

    known = read_settings(home)
    if choice.keep_key:
        choice = choice.model_copy(update={"key": known.model_key})
        if not known.model_key.get_secret_value():
            raise UsageError("--keep-key keeps GIVEFIRST_MODEL_KEY, and that is not set")
    chosen = choose_model(known.home, choice)
    done = f"{choice.model} is used from now on." if choice.model else "No model is used."
    print_value(chosen, as_json, lambda: "\n".join((f"Written: {chosen.file}. {done}", *chosen.notes)))


def _show_prompt(
    home: Path | None, today: str | None, given: list[str], about: str, other: str | None, channel: str
) -> None:
    """The very bytes, which are one JSON value: with --json and without, nothing else is printed."""
    with opened(home, today) as assistant:
        if given:
            kind = read_kind(given[0])
            body = assistant.preview(kind, given[1], about, other=other, channel=read_channel(channel))
        else:
            last = assistant.last_prompt()
            if last is None:
                raise GivefirstError("nothing was sent to a model yet, or it was forgotten; name a kind and a person")
            body = last
    typer.echo(body.decode("utf-8"), nl=sys.stdout.isatty())
