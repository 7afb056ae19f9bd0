"""Choosing the language model: what is written into the settings file for it, and what the user should know.

It must never send a key to a server it was not given for, and never write one into a file unasked.
"""

from __future__ import annotations

import ipaddress
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import SecretStr

from assistant.domain import Value
from assistant.llm import read_host
from assistant.settings import PREFIX, Settings, read_origins, read_settings
from assistant.settings_file import Given, save_settings

OPENAI = "https://api.openai.com/v1"


class ModelChoice(Value):
    """What the user wants. `url` None keeps the endpoint; `key` is written only where it is one to `keep_key`."""

    model: str
    url: str | None = None
    key: SecretStr = SecretStr("")
    keep_key: bool = False
    price_in: float | None = None
    price_out: float | None = None


class Chosen(Value):
    """Where it stands now, and what the user should know of it, a line each."""

    file: Path
    notes: tuple[str, ...] = ()


def settings_with(known: Settings, choice: ModelChoice) -> Settings:
    """The settings as they would be, to try them before anything is written. Raises `SettingsError`."""
    url = known.model_url if choice.url is None else choice.url
    read_host(url or OPENAI)
    key = choice.key if choice.key.get_secret_value() or _is_elsewhere(known, choice) else known.model_key
    return known.model_copy(update={"model": choice.model, "model_url": url, "model_key": key})


def choose_model(home: Path, choice: ModelChoice) -> Chosen:
    """Writes the choice into the settings file of `home`; an empty `model` switches to none. Raises `SettingsError`."""
    known = read_settings(home)
    wished = settings_with(known, choice)
    key = wished.model_key.get_secret_value()
    changes: dict[str, Given] = {"model": choice.model}
    wanted = (("model_url", choice.url), ("model_price_in", choice.price_in), ("model_price_out", choice.price_out))
    changes |= {name: value for name, value in wanted if value is not None}
    notes = []
    if choice.keep_key and key:
        changes["model_key"] = key
    elif _is_elsewhere(known, choice) and known.model_key.get_secret_value():
        changes["model_key"] = None
        notes.append("The old key was for another server; it is not in the settings file any more.")
    file = save_settings(known.home, changes)
    over = [one.name for one in read_origins(read_settings(home)) if one.name in changes and one.where == "environment"]
    if over:
        names = " and ".join(f"{PREFIX}{name.upper()}" for name in over)
        notes.append(f"The environment comes first, and sets {names}: take it out there.")
    if choice.model and is_readable_on_the_way(wished.model_url):
        notes.append("http:// to another machine: what is sent, a key too, can be read on the way. Use https://.")
    return Chosen(file=file, notes=tuple(notes))


def _is_elsewhere(known: Settings, choice: ModelChoice) -> bool:
    return choice.url is not None and read_host(choice.url or OPENAI) != read_host(known.model_url or OPENAI)


def is_readable_on_the_way(url: str) -> bool:
    """Whether what goes to this address leaves the machine without encryption."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "http" or host == "localhost":
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return True
