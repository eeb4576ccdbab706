"""Times records coming in: files to truth, rows to truth, truth to projection, and a few changes after."""

from __future__ import annotations

import tempfile
from typing import Any

from benchmarks.measuring import in_own_process
from benchmarks.tables import Table

MOST = 200_000
_LEAST = 2_000
_COLUMNS = ("rows", "wall min", "wall median", "CPU min", "rows/s of wall", "rows/s of CPU", "peak MB")


def run_import(rows: int, rounds: int) -> Table:
    """Each round starts with an empty store."""
    activities = _activities(rows)
    found = _rounds(("files", "write"), activities, rounds)
    table = Table(
        f"Import: {activities:,} activities and {activities // 4:,} deals into SQLite",
        "Seconds; every process is its own. All rows arrived in every round.",
        _COLUMNS,
    )
    table.add("CSV files, end to end", *_line(found["files"]))
    table.add("rows already understood", *_line(found["write"]))
    return table


def run_refresh(rows: int, rounds: int) -> Table:
    activities = _activities(rows)
    found = _rounds(("files", "rebuild", "follow"), activities, rounds)
    table = Table(
        f"Refresh: the projection of a store of {activities:,} activities",
        "Seconds. After the changes the projection was equal, row by row, to one made anew.",
        (*_COLUMNS, "CPU ÷ rebuild"),
    )
    whole = min(one["cpu"] for one in found["rebuild"])
    for name, work in (("made anew", "rebuild"), ("1,000 rows changed", "follow")):
        table.add(name, *_line(found[work]), min(one["cpu"] for one in found[work]) / whole)
    return table


def _activities(rows: int) -> int:
    return min(MOST, max(_LEAST, rows // 50))


def _rounds(works: tuple[str, ...], activities: int, rounds: int) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {work: [] for work in works}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory(prefix="hakari-bench-") as folder:
            for work in works:
                arguments = ["benchmarks.truth_work", work, folder, str(activities)]
                found[work].append(in_own_process(arguments))
    return found


def _line(runs: list[dict[str, Any]]) -> tuple[float, ...]:
    walls = sorted(run["wall"] for run in runs)
    rows, cpu = runs[0]["rows"], min(run["cpu"] for run in runs)
    peak = max(run["peak_mb"] for run in runs)
    return rows, walls[0], walls[len(walls) // 2], cpu, rows / walls[0], rows / cpu, peak
