"""Finding an Ollama that runs on this machine, and the models it has.

It must never ask another machine, follow a server elsewhere, go through a proxy, or look without being told to.
"""

from __future__ import annotations

import ipaddress
import json
import os
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from assistant.domain import Value
from assistant.errors import ModelReplyInvalid, ModelUnreachable, SettingsError

DEFAULT_PORT = 11434
_SECONDS = 3.0
_MOST_BYTES = 1_000_000
_NOT_LOCAL = "names another machine, and only this one is looked at; to use that one, set its address as model_url"


class LocalModels(Value):
    """What was found: the address to set as `model_url`, and the names of the models, as the server tells them."""

    url: str
    models: tuple[str, ...]


def find_local_models(environment: Mapping[str, str] | None = None) -> LocalModels:
    """The models of the Ollama on this machine, at `OLLAMA_HOST` where that is one of its own addresses.

    Raises `ModelUnreachable` where none answers, `ModelReplyInvalid` where something else does, `SettingsError` where
    `OLLAMA_HOST` leads elsewhere.
    """
    address = local_address((os.environ if environment is None else environment).get("OLLAMA_HOST", ""))
    return LocalModels(url=f"{address}/v1", models=_read_names(_get(f"{address}/api/tags"), address))


def local_address(said: str) -> str:
    """`http://HOST:PORT` of this machine for what `OLLAMA_HOST` says; the usual one where it says nothing.

    Ollama's own forms count: a host, a port after it, a whole address, or `0.0.0.0` for one that listens everywhere.
    """
    try:
        parts = urlsplit(said if "//" in said else f"//{said}")
        host, port = parts.hostname or "127.0.0.1", parts.port or DEFAULT_PORT
        place = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        raise SettingsError(f"OLLAMA_HOST {_NOT_LOCAL}") from None
    if place.is_unspecified:
        place = ipaddress.ip_address("127.0.0.1")
    if not place.is_loopback or parts.scheme not in ("", "http"):
        raise SettingsError(f"OLLAMA_HOST {_NOT_LOCAL}")
    return f"http://[{place}]:{port}" if place.version == 6 else f"http://{place}:{port}"


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_asked: Any) -> None:
        return None


def _get(url: str) -> bytes:
    host = url.split("//")[1].split("/")[0]
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)
    try:
        with opener.open(url, timeout=_SECONDS) as answer:
            return bytes(answer.read(_MOST_BYTES))
    except urllib.error.HTTPError as error:
        error.close()
        raise ModelReplyInvalid(
            f"{host}: something answers there that is no Ollama; set OLLAMA_HOST to yours"
        ) from None
    except OSError:
        raise ModelUnreachable(f"no Ollama answers at {host}; start it (`ollama serve`) and look again") from None


def _read_names(body: bytes, address: str) -> tuple[str, ...]:
    try:
        names = [one["name"] for one in json.loads(body)["models"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        names = [None]
    if not all(isinstance(one, str) and one.isprintable() and one.strip() for one in names):
        raise ModelReplyInvalid(f"{address}: something answers there that is no Ollama; set OLLAMA_HOST to yours")
    return tuple(dict.fromkeys(names))
