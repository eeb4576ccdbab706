"""Times what a person waits for first: the demo company's first page, and a command's first figure."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.measuring import in_own_process
from benchmarks.tables import Table

_PAGES = ("/scorecard", "/metric/sdr_connects.rate")
_HAKARI = (sys.executable, "-m", "hakari.cli")
_PATIENCE = 300.0


def run(rows: int, rounds: int) -> Table:
    """A small company is made where the other benchmarks are small too."""
    scale = "1" if rows >= 1_000_000 else "0.1"
    table = Table(
        f"Start: the demo company (scale {scale}) and the command line",
        "Seconds; every process is its own. Pages answered 200 and commands ended with 0.",
        ("wall min", "wall median", "CPU min", "peak MB"),
    )
    with tempfile.TemporaryDirectory(prefix="hakari-bench-") as folder:
        environment = os.environ | {"HAKARI_HOME": folder}
        for name, seconds in _demo(environment, scale, rounds).items():
            walls = sorted(seconds)
            table.add(name, walls[0], walls[len(walls) // 2], None, None)
        commands = {
            "import of the package": (sys.executable, "-c", "import hakari.cli"),
            "hakari --version": (*_HAKARI, "--version"),
            "hakari show": (*_HAKARI, "--demo", "show", "sdr_connects.rate"),
            "hakari scorecard": (*_HAKARI, "--demo", "scorecard"),
        }
        for name, words in commands.items():
            runs = _ended(words, environment, rounds)
            walls = sorted(run["wall"] for run in runs)
            cpu, peak = min(run["cpu"] for run in runs), max(run["peak_mb"] for run in runs)
            table.add(name, walls[0], walls[len(walls) // 2], cpu, peak)
    return table


def _demo(environment: Mapping[str, str], scale: str, rounds: int) -> dict[str, list[float]]:
    """From an empty folder to the first page, then the pages again, then a second start."""
    found: dict[str, list[float]] = {}
    started = time.perf_counter()
    with _server(environment, scale) as url:
        found["hakari demo, nothing there → address"] = [time.perf_counter() - started]
        _first(url + _PAGES[0])
        found["hakari demo, nothing there → first page"] = [time.perf_counter() - started]
        for page in _PAGES:
            found[f"GET {page}"] = [_get(url + page) for _ in range(max(3, rounds))]
    started = time.perf_counter()
    with _server(environment, scale) as url:
        _first(url + _PAGES[0])
        found["hakari demo, made before → first page"] = [time.perf_counter() - started]
    return found


@contextlib.contextmanager
def _server(environment: Mapping[str, str], scale: str) -> Iterator[str]:
    """The address the server says it answers on."""
    words = [*_HAKARI, "demo", "--port", "0", "--no-open", "--scale", scale]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=dict(environment)) as process:
        try:
            yield _address(process)
        finally:
            process.terminate()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        for word in line.split():
            if word.startswith("http://"):
                return word.rstrip("/")
    raise RuntimeError(f"the server ended with {process.wait()} before it said where it is")


def _first(url: str) -> None:
    """The address is told a moment before anybody listens there."""
    patient_until = time.perf_counter() + _PATIENCE
    while True:
        try:
            _get(url)
        except urllib.error.URLError:
            if time.perf_counter() > patient_until:
                raise
            time.sleep(0.01)
        else:
            return


def _get(url: str) -> float:
    started = time.perf_counter()
    with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:  # noqa: S310  our own server
        assert answer.status == 200
        assert len(answer.read()) > 1000
    return time.perf_counter() - started


def _ended(words: Sequence[str], environment: Mapping[str, str], rounds: int) -> list[dict[str, Any]]:
    """Runs of a command that has to end with 0."""
    return [in_own_process(["benchmarks.command", *words], environment) for _ in range(rounds)]
