"""Keeps one engine ready in a process of its own and runs it when told to; says what each run took.

python -m benchmarks.peers.worker MODULE FOLDER [ARGUMENT…]     then, line by line: run | answer FILE | peak
"""

from __future__ import annotations

import gc
import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any, Protocol


class Way(Protocol):
    """`run` is timed and gives the engine's own results; `answer` makes figures of them, untimed."""

    said: dict[str, Any]

    def run(self) -> Any: ...

    def answer(self, results: Any) -> dict[str, dict[tuple[int | None, str], float]]: ...


def main(module: str, folder: str, *arguments: str) -> None:
    made: Way = importlib.import_module(module).make(Path(folder), *arguments)
    wall, cpu = time.perf_counter(), time.process_time()
    results = made.run()
    made.said["first_cpu"] = time.process_time() - cpu
    made.said["first_wall"] = time.perf_counter() - wall
    gc.collect()
    gc.freeze()
    _say({"ready": True, **made.said})
    for line in sys.stdin:
        words = line.split()
        if words[0] == "run":
            wall, cpu = time.perf_counter(), time.process_time()
            results = made.run()
            _say({"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall})
        elif words[0] == "answer":
            cells = [
                [name, owner, month, value]
                for name, figures in made.answer(results).items()
                for (owner, month), value in figures.items()
            ]
            Path(words[1]).write_text(json.dumps(cells), encoding="utf-8")
            _say({"cells": len(cells)})
        else:
            _say({"peak_mb": _peak()})


def _peak() -> float:
    line = next(one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmHWM"))
    return int(line.split()[1]) * 1024 / 1e6


def _say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
