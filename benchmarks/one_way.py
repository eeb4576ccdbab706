"""Answers the scorecard in one way in a process of its own, and says how much memory that took.

python -m benchmarks.one_way STORE at_once|by_hand|one_by_one
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.by_hand import ByHand
from benchmarks.kpis import ByEngine
from benchmarks.measuring import peak_mb
from benchmarks.store import opened
from hakari.storage.projection import Projection

WAYS: dict[str, Callable[[Projection], object]] = {
    "at_once": lambda projection: ByEngine(projection).at_once(),
    "by_hand": lambda projection: ByHand(projection).figures(),
    "one_by_one": lambda projection: ByEngine(projection).one_by_one(),
}


def main(path: str, way: str) -> None:
    projection = opened(Path(path))
    before = peak_mb()
    WAYS[way](projection)
    projection.close()
    print(json.dumps({"peak_mb": peak_mb(), "before_mb": before}))


if __name__ == "__main__":
    main(*sys.argv[1:])
