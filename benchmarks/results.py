"""Writes RESULTS.md: Hakari and other engines on the same questions, sizes and machine, in one run.

./dev bench --results [--sizes 1000000,10000000,50000000] [--peers]
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
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


def write_results(folder: Path, sizes: Sequence[int], rounds: int, peers_up_to: int, command: str) -> int:
    """Rewrites the file after every size; sizes measured earlier at the same commit stay in it."""
    kept = folder / "results.json"
    known: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    for rows in sizes:
        limit = "1.2GB" if rows > 10_000_000 else "3GB"
        others = peers() if PEERS_PYTHON.exists() else ()
        found = _measured(folder, rows, rounds, others if rows <= peers_up_to else others[:1], limit)
        known[f"{rows:012}"] = found | {"command": command, "rounds": rounds, "machine": machine()}
        kept.write_text(json.dumps(known), encoding="utf-8")
        TARGET.write_text(text_of([known[one] for one in sorted(known)]), encoding="utf-8")
    return 0


def _measured(folder: Path, rows: int, rounds: int, others: Sequence[Entrant], limit: str) -> dict[str, Any]:
    store = built(folder, rows)
    projection = opened(store.path)
    catalogue = catalogue_of(projection)
    projection.close()
    questions: dict[str, tuple[Sequence[str], tuple[Entrant, ...]]] = {
        "scorecard": (MEASURES, (*_EVERYWHERE, *_CARD, *others)),
        "first": (FIRST_MEASURES, (*_EVERYWHERE[:3], *others[:1])),
        "catalogue": (catalogue, (*_EVERYWHERE, *others)),
    }
    if rows > _LARGEST_OF_ALL:
        del questions["first"]
        questions = {
            name: (measures, tuple(one for one in entrants if one.name not in _SLOW))
            for name, (measures, entrants) in questions.items()
        }
    found: dict[str, Any] = {"rows": store.rows, "generating_s": store.seconds, "limit": limit}
    for name, (measures, entrants) in questions.items():
        place = folder / f"{name}-{rows}"
        flat = spent(partial(_laid, place, store, measures, limit))
        print(f"{name}, {rows:,}", file=sys.stderr, flush=True)
        ran = race(entrants, place, rounds, limit, _COLD)
        found[name] = {
            "figures": len(measures),
            "flat_cpu": flat.cpu,
            "ran": {name: _plain(one) for name, one in ran.items()},
        }
    found["day"] = in_own_process(["benchmarks.day_after", str(folder / f"catalogue-{rows}"), limit])
    for name in questions:
        shutil.rmtree(folder / f"{name}-{rows}", ignore_errors=True)
    return found


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
        *(f"    {command}" for command in dict.fromkeys(one["command"] for one in sizes)),
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
        f"machine at the end: {load}; other work was running. In each round every entrant runs once."
    )


def _versions(sizes: Sequence[Mapping[str, Any]]) -> str:
    found = {
        name: ran["said"]["version"]
        for size in sizes
        for name, ran in size["catalogue"]["ran"].items()
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
    return lines + _day(size["day"])


def _table(ran: Mapping[str, Any]) -> list[str]:
    cold = ran[_COLD]["cpu"]
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
            f"{one['cpu'] / cold:.2f}",
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
        for name, one in last[question]["ran"].items():
            before = first[question]["ran"].get(name)
            if before and not one["failed"] and not before["failed"] and not isnan(one["cpu"]):
                power = log(one["cpu"] / before["cpu"]) / times
                lines.append(f"- {question}, {name}: {power:.2f}")
    return lines
