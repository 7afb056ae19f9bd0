"""One fictional world, one clock, no way out: sockets other than loopback are refused in every test."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no failure: nothing here is timed, neither whole tests nor single examples.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

_LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")


class SocketRefused(AssertionError):
    """A test tried to reach another machine."""


@pytest.fixture(autouse=True)
def _no_way_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    connect = socket.socket.connect
    resolve = socket.getaddrinfo

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in (socket.AF_INET, socket.AF_INET6) and not str(host).startswith(_LOOPBACK):
            raise SocketRefused(f"connect to {host!r}")
        connect(self, address)  # type: ignore[arg-type]

    def local_only(host: object, *rest: object, **named: object) -> object:
        if host is not None and not str(host).startswith(_LOOPBACK):
            raise SocketRefused(f"look-up of {host!r}")
        return resolve(host, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
    monkeypatch.setattr(socket, "getaddrinfo", local_only)
    yield


@pytest.fixture(scope="session")
def world_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional world, imported once, whatever the environment says. Never open it: open a copy of the folder."""
    from assistant.app import Assistant
    from assistant.launch import load_world
    from assistant.settings import Settings
    from evals.world import TODAY

    home = tmp_path_factory.mktemp("world") / "home"
    with Assistant.open(settings=Settings(home=home, embeddings="minilm"), today=TODAY) as assistant:
        load_world(assistant)
    return home


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No setting of the developer's own machine reaches a test, and no test writes to their home."""
    import os

    for name in list(os.environ):
        if name.startswith("GIVEFIRST_") or name.startswith("LANGSMITH_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path_factory.getbasetemp()))
