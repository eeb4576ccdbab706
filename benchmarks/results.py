"""Writes RESULTS.md: Hakari and other engines on the same questions, sizes and machine, in one run.

./dev bench --results [--sizes 1000000,10000000,50000000] [--peers]
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from math import isnan, log
from pathlib import Path
from typing import Any

from benchmarks.flat import laid_down
from benchmarks.kpis import FIRST_MEASURES, MEASURES, PERIOD, catalogue_of
from benchmarks.measuring import in_own_process, spent
from benchmarks.race import Entrant, Ran, race
from benchmarks.spec import spec_of
from benchmarks.store import Built, built, opened
from benchmarks.tables import machine

_LARGEST_OF_ALL = 10_000_000  # above it some are left out, for the time they take
_SAYS = (
    "Seconds are the smallest of all rounds. CPU is that of all threads of the process; by the clock other "
    "work on the machine counts too. Every cell of every answer is compared with Hakari's cold one "
    "(10⁻⁹ of the value); *differ* says how many were not the same."
)
QUESTIONS: dict[str, Sequence[str] | None] = {
    "scorecard": MEASURES,
    "first": FIRST_MEASURES,
    "catalogue": None,  # told from what the store holds
}
_COLUMNS = ("CPU s", "CPU median", "clock s", "CPU ÷ cold", "peak MB", "compile s", "cells", "differ")
TARGET = Path(__file__).with_name("RESULTS.md")
PEERS_PYTHON = Path(__file__).resolve().parent.parent / ".venv-bench" / "bin" / "python"
_COLD, _HAND, _ONE = "Hakari, cold", "SQL by hand, one statement a table", "Hakari, one query a figure"
_OWN = "benchmarks.contenders"
_PLAIN = "plain SQL, FILTER an aggregate"
_SLOW = (_ONE, _PLAIN, "Hakari, cold, one object a cell")  # left out above ten million activities
_EVERYWHERE = (
    Entrant(_COLD, _OWN, ("cold",)),
    Entrant("Hakari, from kept months", _OWN, ("warm",)),
    Entrant(_ONE, _OWN, ("one_by_one",)),
    Entrant(_PLAIN, "benchmarks.peers.fused_sql"),
    Entrant("reading the columns, nothing more", _OWN, ("floor",)),
)
_CARD = (Entrant("Hakari, cold, one object a cell", _OWN, ("results",)), Entrant(_HAND, _OWN, ("by_hand",)))


def peers() -> tuple[Entrant, ...]:
    python = str(PEERS_PYTHON)
    return (
        Entrant("chDB", "benchmarks.peers.chdb_sql", python=python),
        Entrant("polars, streaming", "benchmarks.peers.polars_lazy", python=python),
        Entrant("MetricFlow", "benchmarks.peers.metricflow_query", python=python),
        Entrant("Sidemantic", "benchmarks.peers.sidemantic_query", python=python),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What one command measures; nothing named is everything. Cold always runs, to hold others to."""

    sizes: Sequence[int]
    rounds: int
    questions: Sequence[str] = ()
    entrants: Sequence[str] = ()  # parts of their names
    peers_up_to: int = 10_000_000

    def entrants_of(self, all_: Sequence[Entrant], rows: int) -> tuple[Entrant, ...]:
        return tuple(
            one
            for one in all_
            if one.name == _COLD
            or (any(part in one.name for part in self.entrants) if self.entrants else True)
            if rows <= _LARGEST_OF_ALL or one.name not in _SLOW
        )


def write_results(folder: Path, asked: Asked, command: str) -> int:
    """Rewrites the file after every question; what earlier commands measured in this folder stays in it."""
    kept = folder / "results.json"
    known: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    for rows in asked.sizes:
        store = built(folder, rows)
        size = known.setdefault(f"{rows:012}", {"commands": [], "generating_s": store.seconds})
        size |= {"rows": store.rows, "limit": "1GB" if rows > _LARGEST_OF_ALL else "3GB"}
        size |= {"rounds": asked.rounds, "machine": machine()}
        size["commands"].append(command)
        for name in asked.questions or (*QUESTIONS, "day"):
            _measure(folder, rows, store, size, name, asked)
            kept.write_text(json.dumps(known), encoding="utf-8")
            TARGET.write_text(text_of([known[one] for one in sorted(known)]), encoding="utf-8")
    return 0


def _measure(folder: Path, rows: int, store: Built, size: dict[str, Any], name: str, asked: Asked) -> None:
    """Adds one question's measurements to what is known of a size."""
    place = folder / f"{'catalogue' if name == 'day' else name}-{rows}"
    measures = QUESTIONS.get(name)
    if measures is None:
        projection = opened(store.path)
        measures = catalogue_of(projection)
        projection.close()
    limit = str(size["limit"])
    flat = spent(partial(_laid, place, store, measures, limit))
    if name == "day":
        size["day"] = in_own_process(["benchmarks.day_after", str(place), limit])
        return
    others = peers() if PEERS_PYTHON.exists() else ()
    all_ = (*_EVERYWHERE, *(_CARD if name == "scorecard" else ()), *others)
    if rows > asked.peers_up_to:
        all_ = all_[: -len(others) + 1] if others else all_
    print(f"{name}, {rows:,}", file=sys.stderr, flush=True)
    ran = race(asked.entrants_of(all_, rows), place, asked.rounds, limit, _COLD)
    found = size.setdefault(name, {"figures": len(measures), "flat_cpu": flat.cpu, "ran": {}})
    for entrant, one in ran.items():
        found["ran"][entrant] = _plain(one) | {"ratio": one.best_cpu / ran[_COLD].best_cpu}


def _laid(place: Path, store: Built, measures: Sequence[str], limit: str) -> None:
    laid_down(place, store.path, spec_of(measures), limit)
    (place / "store.json").write_text(json.dumps(str(store.path)), encoding="utf-8")


def _plain(one: Ran) -> dict[str, Any]:
    return {
        "cpu": one.best_cpu,
        "cpu_median": one.median_cpu,
        "wall": one.best_wall,
        "peak_mb": one.peak_mb,
        "compared": one.compared,
        "different": one.different,
        "lacking": list(one.lacking),
        "failed": one.failed[-300:],
        "said": one.said,
    }


def text_of(sizes: Sequence[Mapping[str, Any]]) -> str:
    """The file's text; what nobody measured is not in it."""
    where = sizes[-1]["machine"]
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607
        check=False,
        capture_output=True,
        text=True,
        cwd=TARGET.parent,
    ).stdout.strip()
    lines = [
        "# Results",
        "",
        f"Written on {datetime.now(UTC):%Y-%m-%d}, at commit {commit or 'unknown'}, by",
        "",
        *(
            f"    {command}"
            for command in dict.fromkeys(command for one in sizes for command in one["commands"])
        ),
        "",
        _machine(where, _versions(sizes)),
        "",
        _SAYS,
        "",
    ]
    notes = TARGET.with_name("NOTES.md")
    if notes.exists():
        lines += [notes.read_text(encoding="utf-8").strip(), ""]
    for size in sizes:
        lines += _size(size)
    lines += _growth(sizes)
    return "\n".join(lines).rstrip() + "\n"


def _machine(where: Mapping[str, Any], versions: str) -> str:
    load = ", ".join(map(str, where["load"]))
    return (
        f"{where['cores']} cores of {where['processor']}, {where['memory_gb']} GB of memory, "
        f"{where['platform']}, Python {where['python']}, DuckDB {where['duckdb']}{versions}. Load of the "
        f"machine at the end: {load}; other work was running. In each round of a command every entrant runs "
        "once; the ratio is to the cold one of the same command."
    )


def _versions(sizes: Sequence[Mapping[str, Any]]) -> str:
    found = {
        name: ran["said"]["version"]
        for size in sizes
        for question in QUESTIONS
        for name, ran in size.get(question, {"ran": {}})["ran"].items()
        if "version" in ran["said"] and "plain" not in name
    }
    return "".join(f", {name.split(',')[0]} {version}" for name, version in found.items())


def _size(size: Mapping[str, Any]) -> list[str]:
    rows = size["rows"]
    made = "" if size["generating_s"] is None else f" Made in {size['generating_s']:,.0f} s."
    says = (
        f"{sum(rows.values()):,} rows in all; by rep and month over {PERIOD.iso}; memory of each DuckDB held "
        f"to {size['limit']}; {size['rounds']} rounds after a first run.{made}"
    )
    lines = [f"## {rows['activity']:,} activities", "", says, ""]
    titles = {
        "scorecard": "(a) The scorecard, {} figures",
        "first": "(a) The mix that was timed first, {} figures",
        "catalogue": "(b) The catalogue, {} figures",
    }
    for name, title in titles.items():
        if name not in size:
            continue
        lines += [f"### {title.format(size[name]['figures'])}", "", *_table(size[name]["ran"]), ""]
    return lines + (_day(size["day"]) if "day" in size else [])


def _table(ran: Mapping[str, Any]) -> list[str]:
    lines = [
        f"| | {' | '.join(_COLUMNS)} |",
        f"|---|{'---|' * len(_COLUMNS)}",
    ]
    for name, one in ran.items():
        if one["failed"]:
            lines.append(f"| {name} | did not run | | | | | | | |")
            continue
        compiled = one["said"].get("compile_s")
        lacking = (
            f" ({', '.join(one['lacking'])} not expressed)" if one["lacking"] and one["compared"] else ""
        )
        cells = [
            f"{one['cpu']:.2f}",
            f"{one['cpu_median']:.2f}",
            f"{one['wall']:.2f}",
            f"{one['ratio']:.2f}",
            f"{one['peak_mb']:,.0f}",
            "" if compiled is None else f"{compiled:.2f}",
            f"{one['compared']:,}" if one["compared"] else "—",
            f"{one['different']}{lacking}" if one["compared"] else "—",
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def _day(day: Mapping[str, Any]) -> list[str]:
    lines = [
        "### Keeping months, and one more day",
        "",
        f"{day['rows of the day']:,} new activities of one day, on a copy; peak {day['peak_mb']:,.0f} MB.",
        "",
        "| | CPU s | clock s |",
        "|---|---|---|",
    ]
    for name, one in day.items():
        if isinstance(one, dict):
            lines.append(f"| {name} | {one['cpu']:.3f} | {one['wall']:.3f} |")
    return [*lines, ""]


def _growth(sizes: Sequence[Mapping[str, Any]]) -> list[str]:
    """How CPU grows with the rows from the smallest to the largest size."""
    if len(sizes) < 2:
        return []
    first, last = sizes[0], sizes[-1]
    times = log(last["rows"]["activity"] / first["rows"]["activity"])
    says = (
        f"CPU grows as the number of activities to the power of …, from {first['rows']['activity']:,} to "
        f"{last['rows']['activity']:,}:"
    )
    lines = ["## Growth", "", says, ""]
    for question in ("scorecard", "catalogue"):
        for name, one in last.get(question, {"ran": {}})["ran"].items():
            before = first.get(question, {"ran": {}})["ran"].get(name)
            if before and not one["failed"] and not before["failed"] and not isnan(one["cpu"]):
                power = log(one["cpu"] / before["cpu"]) / times
                lines.append(f"- {question}, {name}: {power:.2f}")
    return lines
