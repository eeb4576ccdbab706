"""One piece of work on a store of 200,000 activities in a process of its own; prints what it took as JSON.

python -m benchmarks.truth_work files|write|rebuild|follow FOLDER ACTIVITIES
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.company_files import write_files
from benchmarks.measuring import peak_mb, spent
from benchmarks.store import ZONE
from hakari.canonical import TABLES
from hakari.canonical.milestones import MILESTONES, milestones_of
from hakari.sources.files.importing import import_files
from hakari.storage.projection import Projection
from hakari.storage.projection_tables import quoted
from hakari.storage.rows import Row
from hakari.storage.truth import Truth

_NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
_BATCH = 10_000
_CHANGED = 1_000
_KINDS = ("call", "mail", "visit", "web_meeting")
Said = dict[str, Any]


def files(folder: Path, activities: int) -> Said:
    """CSV to truth: read, understand, refer, check, write; every row is to arrive."""
    paths = write_files(folder, activities, activities // 4)
    truth = Truth.open(folder / "truth.sqlite3")
    reports = []
    taken = spent(
        lambda: reports.append(
            import_files(paths, truth, zone=ZONE, mapping=None, yes=True, now=_NOW, source="files")
        )
    )
    rows = activities + activities // 4
    found = truth.counts()
    assert reports[0].loaded == rows
    assert found["activity"] + found["deal"] == rows
    return asdict(taken) | {"rows": rows, "bytes": sum(path.stat().st_size for path in paths)}


def write(folder: Path, activities: int) -> Said:
    """Rows that are understood already, into an empty truth."""
    truth = Truth.open(folder / "written.sqlite3")
    batches = [
        [_row(number, "written") for number in range(first, min(first + _BATCH, activities))]
        for first in range(0, activities, _BATCH)
    ]

    def work() -> None:
        with truth.importing("benchmark", "rows", _NOW) as into:
            for batch in batches:
                into.write("activity", batch)

    taken = spent(work)
    assert truth.counts()["activity"] == activities
    return asdict(taken) | {"rows": activities}


def rebuild(folder: Path, activities: int) -> Said:
    """The projection of all that `files` brought in, from nothing."""
    truth = Truth.open(folder / "truth.sqlite3")
    projection = Projection(folder / "projection.duckdb", ZONE, MILESTONES)
    taken = spent(lambda: projection.rebuild(truth))
    rows = sum(truth.counts().values())
    assert _checksums(projection)["activity"][0] == activities
    projection.close()
    return asdict(taken) | {"rows": rows}


def follow(folder: Path, activities: int) -> Said:
    """The same projection after 1,000 rows changed; it has to equal one made anew."""
    truth = Truth.open(folder / "truth.sqlite3")
    projection = Projection(folder / "projection.duckdb", ZONE, MILESTONES)
    changed = range(0, activities, max(1, activities // _CHANGED))
    with truth.importing("files", "changes", _NOW + timedelta(days=1)) as into:
        into.write("activity", [_row(number, "changed") for number in changed])
    taken = spent(lambda: projection.refresh(truth))
    anew = Projection(None, ZONE, MILESTONES)
    peak = peak_mb()
    anew.rebuild(truth)
    assert _checksums(projection) == _checksums(anew)
    projection.close()
    return asdict(taken) | {"rows": len(changed), "peak_mb": peak}


def _row(number: int, subject: str) -> Row:
    at = _NOW - timedelta(minutes=number % 500_000)
    values = {"occurred_at": at, "kind": _KINDS[number % 4], "duration_seconds": number % 900}
    return Row(f"A-{number:08}", {**values, "subject": subject}, _NOW + timedelta(days=1))


def _checksums(projection: Projection) -> dict[str, tuple[int, int]]:
    """For each table how many rows it has, and a sum over them that any other value would change."""
    names = [*TABLES, *(f"{table}__past" for table in TABLES)]
    names += [f"{table}__milestone" for table in TABLES if milestones_of(table)]
    with projection.cursor() as cursor:
        return {
            name: cursor.execute(
                f"SELECT count(*), coalesce(sum(hash(t)), 0) FROM main.{quoted(name)} AS t"
            ).fetchall()[0]
            for name in names
        }


WORKS: dict[str, Callable[[Path, int], Said]] = {
    "files": files,
    "write": write,
    "rebuild": rebuild,
    "follow": follow,
}


def main(work: str, folder: str, activities: str) -> None:
    said = WORKS[work](Path(folder), int(activities))
    print(json.dumps({"peak_mb": peak_mb()} | said))


if __name__ == "__main__":
    main(*sys.argv[1:])
