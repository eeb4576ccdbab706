"""What one more day of activities costs: following it, and answering again from what was kept.

python -m benchmarks.day_after FOLDER LIMIT     prints JSON; a copy of the store is changed, not the store
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pyarrow as pa

from benchmarks.kpis import MEASURES, query_for
from benchmarks.measuring import Spent, peak_mb, spent
from benchmarks.store import CALENDAR, TODAY, ZONE
from hakari.canonical import TABLES
from hakari.canonical.milestones import MILESTONES
from hakari.metrics.engine import Engine
from hakari.metrics.loader import built_in
from hakari.metrics.query import Query
from hakari.storage.feed import ARROW, Feed
from hakari.storage.projection import Projection
from hakari.units.period import Grain, Period

_META = ("key", "origin", "source_id", "observed_at", "happened_at")
_PAGE = MEASURES[:5]


class _OneDay:
    """Stands where the truth's feed does: the activities of the last day once more, as new records."""

    def __init__(self, projection: Projection, change: int) -> None:
        self.change = change
        with projection.cursor() as cursor:
            last = cursor.execute("SELECT max(occurred_at__day) FROM main.activity").fetchall()[0][0]
            highest = cursor.execute("SELECT max(key) FROM main.activity").fetchall()[0][0]
            fields = ", ".join(f'"{field.name}"' for field in TABLES["activity"].fields)
            shown = f'"key" + {highest} AS "key", {", ".join(_META[1:])}, NULL AS until_at, {fields}'
            rows: Any = cursor.sql(
                f"SELECT {shown} FROM main.activity WHERE occurred_at__day = ?", params=[last]
            )
            self.rows: pa.Table = _typed(rows.to_arrow_table())

    def mark(self, change: int) -> str:
        return f"made for a benchmark, {change}"

    def touched(self, table: str, since: int) -> list[int]:
        del since
        keys: list[Any] = self.rows.column("key").to_pylist()
        return sorted(keys) if table == "activity" else []

    def batches(self, table: str, since: int | None) -> Iterator[pa.Table]:
        del since
        if table == "activity":
            yield self.rows


def _typed(rows: pa.Table) -> pa.Table:
    """As the feed types them."""
    types: dict[str, Any] = {"key": pa.int32(), "origin": pa.string(), "source_id": pa.string()}
    types |= {name: pa.timestamp("us") for name in ("observed_at", "happened_at", "until_at")}
    types |= {field.name: ARROW[field.kind] for field in TABLES["activity"].fields}
    return rows.cast(pa.schema([(name, types[name]) for name in rows.column_names]))


def _follow(projection: Projection) -> tuple[int, Spent]:
    """How many rows the day has; they are let go afterwards, as a feed that is read in pieces would be."""
    feed = _OneDay(projection, projection.change + 1)
    return feed.rows.num_rows, spent(lambda: projection.follow(cast("Feed", feed)))


def main(folder: str, limit: str) -> None:
    place = Path(folder)
    path = place / "day_after.duckdb"
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
    shutil.copy(json.loads((place / "store.json").read_text(encoding="utf-8")), path)
    measures = tuple(json.loads((place / "spec.json").read_text(encoding="utf-8"))["figures"])
    projection = Projection(path, ZONE, MILESTONES, limit)
    engine = Engine(projection, built_in(), CALENDAR)
    said: dict[str, Any] = {}

    def note(name: str, one: Spent) -> None:
        said[name] = {"cpu": one.cpu, "wall": one.wall}

    quarter = CALENDAR.period_of(TODAY, Grain.QUARTER).clip_to(TODAY + timedelta(days=1))
    weeks = Period(TODAY - timedelta(weeks=12, days=TODAY.weekday()), TODAY + timedelta(days=1))
    page = [
        Query(_PAGE, quarter, TODAY, intervals=False, lag=False),
        Query(_PAGE, weeks, TODAY, ("week",), intervals=False, lag=False),
        Query(_PAGE, quarter, TODAY, ("owner",), intervals=False, lag=False),
    ]
    note("keep all figures", spent(lambda: engine.columns(query_for(measures))))
    note("all figures, kept", spent(lambda: engine.columns(query_for(measures))))
    note("a page's three queries, first time", spent(lambda: [engine.measure(one) for one in page]))
    walls = [spent(lambda each=one: engine.measure(each)) for one in page for _ in range(3)]  # type: ignore[misc]
    note("a page's slowest query, kept", max(walls, key=lambda one: one.wall))
    said["rows of the day"], followed = _follow(projection)
    note("follow the day", followed)
    note("all figures after it", spent(lambda: engine.columns(query_for(measures))))
    note("a page's three queries after it", spent(lambda: [engine.measure(one) for one in page]))
    kept = projection.size("activity")
    projection.close()
    path.unlink()
    print(json.dumps(said | {"activities": kept, "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
