"""Runs many engines on one question, all kept ready, one round after another; every answer is compared."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from math import isclose
from pathlib import Path
from typing import Any

_CHECKOUT = Path(__file__).resolve().parent.parent
_PATIENCE = 3600


@dataclass(frozen=True, slots=True)
class Entrant:
    """An adapter module and the Python that has what it needs; `exact` figures are compared with ours."""

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    python: str = sys.executable


@dataclass(slots=True)
class Ran:
    """What one entrant took, and how its answer differs."""

    said: dict[str, Any]
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    peak_mb: float = 0.0
    compared: int = 0
    different: int = 0
    lacking: tuple[str, ...] = ()
    failed: str = ""

    @property
    def best_cpu(self) -> float:
        return min(self.cpu, default=float("nan"))

    @property
    def best_wall(self) -> float:
        return min(self.wall, default=float("nan"))

    @property
    def median_cpu(self) -> float:
        return statistics.median(self.cpu) if self.cpu else float("nan")


class _Worker:
    """One engine in its own process."""

    def __init__(self, entrant: Entrant, folder: Path, limit: str) -> None:
        words = [entrant.python, "-m", "benchmarks.peers.worker", entrant.module, str(folder), limit]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(_CHECKOUT), str(_CHECKOUT / "src")])}
        self.errors = (folder / f"{entrant.name.replace(' ', '_').replace('/', '_')}.err").open("w+")
        self.process = subprocess.Popen(
            [*words, *entrant.arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            cwd=_CHECKOUT,
            env=environment,
        )

    def said(self) -> dict[str, Any]:
        """The next line that is an answer; some libraries print of their own."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("{"):
                found: dict[str, Any] = json.loads(line)
                return found
        self.errors.seek(0)
        raise RuntimeError(self.errors.read()[-2000:])

    def tell(self, line: str) -> dict[str, Any]:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.said()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        self.errors.close()


@contextmanager
def _working(entrant: Entrant, folder: Path, limit: str) -> Iterator[_Worker]:
    worker = _Worker(entrant, folder, limit)
    try:
        yield worker
    finally:
        worker.end()


def race(
    entrants: Sequence[Entrant], folder: Path, rounds: int, limit: str, reference: str
) -> dict[str, Ran]:
    """Each entrant's times and how many of its cells differ from the reference's."""
    found: dict[str, Ran] = {}
    answers: dict[str, dict[tuple[str, Any, str], float]] = {}
    with ExitStack() as stack:
        ready: dict[str, _Worker] = {}
        for one in entrants:
            worker = stack.enter_context(_working(one, folder, limit))
            try:
                found[one.name] = Ran(worker.said())
                ready[one.name] = worker
            except RuntimeError as error:
                found[one.name] = Ran({}, failed=str(error))
            print(f"  {one.name}: {'ready' if one.name in ready else 'failed'}", file=sys.stderr, flush=True)
        for _ in range(rounds):
            for name, worker in ready.items():
                took = worker.tell("run")
                found[name].cpu.append(took["cpu"])
                found[name].wall.append(took["wall"])
        for name, worker in ready.items():
            found[name].peak_mb = worker.tell("peak")["peak_mb"]
            path = folder / "answer.json"
            worker.tell(f"answer {path}")
            cells = json.loads(path.read_text(encoding="utf-8"))
            answers[name] = {(figure, owner, month): value for figure, owner, month, value in cells}
    for name, ran in found.items():
        if answers.get(name):
            _compare(ran, answers[name], answers[reference])
    return found


def _compare(
    ran: Ran, ours: Mapping[tuple[str, Any, str], float], theirs: Mapping[tuple[str, Any, str], float]
) -> None:
    """A cell that holds nothing is as one that holds 0; figures that were not expressed are named."""
    expressed = {cell[0] for cell in ours}
    wanted = {cell[0] for cell, value in theirs.items() if value}
    ran.lacking = tuple(sorted(wanted - expressed))
    for cell in ours.keys() | theirs.keys():
        if cell[0] in ran.lacking:
            continue
        one, other = ours.get(cell, 0.0), theirs.get(cell, 0.0)
        ran.compared += 1
        ran.different += not (one == other or isclose(one, other, rel_tol=1e-9))
