"""Settings, read once: argument > environment (`GIVEFIRST_…`) > `settings.toml` in the home folder > default.

`GIVEFIRST_HOME` moves everything. Only `app.py` reads settings; every other module is given values.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import tomllib
from pathlib import Path
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

from assistant.errors import SettingsError
from assistant.intervals import NEVER, CadenceRules, read_interval, read_tag_intervals

PREFIX = "GIVEFIRST_"
FILE_NAME = "settings.toml"


class Settings(BaseModel):
    """Every setting of the product. The environment's name is `GIVEFIRST_` and the field's name in capitals."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    home: Path = Field(description="folder of all data; made 0700")
    database: str = Field("", description="SQLAlchemy URL; empty means SQLite in the home folder")
    chroma: str = Field("", description="URL of a Chroma server; empty means an index in the home folder")
    embeddings: str = Field("minilm", description="`minilm` on this machine, `off`, or `openai:MODEL`")
    model: str = Field("", description="language model's name; empty means the plain writer")
    model_url: str = Field("", description="OpenAI-compatible endpoint, such as http://127.0.0.1:11434/v1")
    model_key: SecretStr = Field(SecretStr(""), description="key of the endpoint; local servers need none")
    model_seconds: float = Field(60.0, gt=0, le=600, description="time budget of one draft, in seconds")
    model_price_in: float | None = Field(None, ge=0, description="price of a million tokens the model reads")
    model_price_out: float | None = Field(None, ge=0, description="price of a million tokens the model writes")

    imap_host: str = Field("", description="your mail server, for drafts put into your own Drafts folder")
    imap_port: int = Field(993, gt=0, le=65535, description="its port")
    imap_user: str = Field("", description="your user name there")
    imap_password: SecretStr = Field(SecretStr(""), description="your password there, or an app password")
    imap_folder: str = Field("", description="the folder for drafts; empty means the one marked as such")
    imap_security: Literal["tls", "starttls", "plain"] = Field("tls", description="`plain` only for this machine")
    fetch: Literal["on", "off"] = Field("off", description="`on` lets `news` fetch the page or feed you name")
    timezone: str = Field("", description="your time zone, such as Europe/Lisbon; empty means the system's")
    daily_days: int = Field(180, ge=1, le=365, description="days of a year in touch that make a contact a daily one")
    weekly_weeks: int = Field(26, ge=1, le=53, description="seven-day blocks of a year that make a weekly one")
    monthly_months: int = Field(8, ge=1, le=13, description="calendar months of a year that make a monthly one")
    quarterly_quarters: int = Field(3, ge=1, le=4, description="quarters of a year that make a quarterly one")
    cadence: str = Field(
        "quarterly", description="how often for people really in touch with no cadence; `never` for none"
    )
    cadences: str = Field("", description="how often by tag, such as `family=monthly, client=every 6 weeks`")
    today: dt.date | None = Field(None, description="the day to reckon from; empty means the clock's")

    @field_validator("home", mode="after")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @field_validator("timezone", mode="after")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            return str(ZoneInfo(name)) if name else ""
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("no time zone has this name; write it as Europe/Lisbon") from None

    @field_validator("cadence", mode="after")
    @classmethod
    def _known_cadence(cls, words: str) -> str:
        if read_interval(words) is None:
            raise ValueError(f"{words!r} is no cadence; write it as quarterly, every 6 weeks or never")
        return words

    @field_validator("cadences", mode="after")
    @classmethod
    def _known_cadences(cls, text: str) -> str:
        read_tag_intervals(text)
        return text

    @property
    def cadence_rules(self) -> CadenceRules:
        """How often to be in touch with whoever has no cadence of their own."""
        return CadenceRules(read_interval(self.cadence) or NEVER, read_tag_intervals(self.cadences))

    @property
    def zone(self) -> dt.tzinfo | None:
        """The user's time zone; None is the system's, as in `datetime.astimezone`."""
        return ZoneInfo(self.timezone) if self.timezone else None


def default_home() -> Path:
    """Where data lives if nobody says otherwise."""
    return Path.home() / ".givefirst"


def read_settings(home: Path | str | None = None, **arguments: Any) -> Settings:
    """The settings in force. Raises `SettingsError` naming the setting that has no usable value."""
    place = Path(home or os.environ.get(f"{PREFIX}HOME") or default_home()).expanduser()
    values: dict[str, Any] = {"home": place, **_from_file(place / FILE_NAME), **_from_environment()}
    values |= {name: value for name, value in arguments.items() if value is not None}
    values["home"] = place
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"setting {name!r}: {first['msg']}; known settings: {', '.join(sorted(Settings.model_fields))}"
        ) from error


class Origin(NamedTuple):
    """One setting as it is in force: secrets are never shown, only that they are set."""

    name: str
    value: str
    where: Literal["environment", "settings.toml", "default"]
    meaning: str


def read_origins(settings: Settings) -> tuple[Origin, ...]:
    """Every setting in force and where it comes from."""
    environment, file = _from_environment(), _from_file(settings.home / FILE_NAME)
    found = []
    for name, field in Settings.model_fields.items():
        where: Literal["environment", "settings.toml", "default"] = "default"
        if name in environment:
            where = "environment"
        elif name in file:
            where = "settings.toml"
        found.append(Origin(name, _shown(getattr(settings, name)), where, field.description or ""))
    return tuple(found)


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return "set (not shown)" if value.get_secret_value() else ""
    return re.sub(r"//[^/@\s]*@", "//…@", "" if value is None else str(value))


def _from_environment() -> dict[str, str]:
    names = {f"{PREFIX}{name.upper()}": name for name in Settings.model_fields}
    return {names[key]: value for key, value in os.environ.items() if key in names and value}


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: not readable as TOML ({error}); mend or delete it") from error
