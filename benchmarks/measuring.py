"""Measures work: seconds by the clock, seconds of the processor, and the most memory a process held."""

from __future__ import annotations

import gc
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_CHECKOUT = Path(__file__).resolve().parent.parent
Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Spent:
    """One run. The processor's seconds are those of all threads together."""

    wall: float
    cpu: float


@dataclass(slots=True)
class Series:
    """Several runs of the same work."""

    runs: list[Spent] = field(default_factory=list)

    @property
    def wall(self) -> float:
        return min(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        return min(run.cpu for run in self.runs)

    @property
    def median_wall(self) -> float:
        return statistics.median(run.wall for run in self.runs)

    @property
    def median_cpu(self) -> float:
        return statistics.median(run.cpu for run in self.runs)


def spent(work: Work) -> Spent:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def interleaved(works: Mapping[str, Work], rounds: int) -> dict[str, Series]:
    """One run of each in turn, so that a busy minute of the machine falls on all of them alike.

    A first run of each, which reads the file, is not counted; what is in memory after it is no longer
    searched for garbage, or that search would fall on one of them by chance.
    """
    series = {name: Series() for name in works}
    for work in works.values():
        work()
    gc.collect()
    gc.freeze()
    try:
        for _ in range(rounds):
            for name, work in works.items():
                series[name].runs.append(spent(work))
    finally:
        gc.unfreeze()
    return series


def peak_mb() -> float:
    """The most memory this process has held, in megabytes.

    getrusage alone would also tell of the process this one was started from.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1_000_000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak * (1 if sys.platform == "darwin" else 1024) / 1_000_000


def in_own_process(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What `python -m benchmarks.…` prints as its last line, as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=3600,
        cwd=_CHECKOUT,
        env=environment,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said
