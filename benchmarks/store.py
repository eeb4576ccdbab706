"""A projection of any size to measure on: the invented company, straight into the projection's own tables.

Made once for each number of activities and kept in the data folder.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from hakari.canonical import TABLES
from hakari.canonical.milestones import MILESTONES
from hakari.sources.demo.arrow import arrow_batches
from hakari.sources.demo.world import World
from hakari.storage import projection_milestones as milestones
from hakari.storage.clustering import CLUSTERED, order_of
from hakari.storage.projection import Projection
from hakari.storage.projection_tables import META_TABLE, columns, create_statements, quoted, shape
from hakari.units.calendar import FiscalCalendar

ZONE = "Asia/Tokyo"
TODAY = date(2026, 11, 20)
CALENDAR = FiscalCalendar(World().fiscal_start_month, ZONE, "JP")
_SEED = 1
_EDITION = 2  # raised when the same company is laid out differently


@dataclass(frozen=True, slots=True)
class Built:
    """Where the projection lies, what is in it, and how long it took to make (None: it was there)."""

    path: Path
    rows: dict[str, int]
    seconds: float | None


def built(folder: Path, activities: int) -> Built:
    """The projection of about so many activities; made if the folder does not have it yet."""
    mark = shape(ZONE, MILESTONES)
    path = folder / f"store-{activities}-{_EDITION}.{World().edition}-{mark[:12]}.duckdb"
    seconds = None
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        started = time.perf_counter()
        _build(path, activities, mark)
        seconds = time.perf_counter() - started
    projection = opened(path)
    try:
        return Built(path, _counts(projection), seconds)
    finally:
        projection.close()


def opened(path: Path) -> Projection:
    return Projection(path, ZONE, MILESTONES)


def _build(path: Path, activities: int, mark: str) -> None:
    """Under another name until it is whole."""
    growing = path.with_suffix(".growing")
    growing.unlink(missing_ok=True)
    with duckdb.connect(str(growing), config={"memory_limit": "6GB"}) as connection:
        for statement in create_statements(MILESTONES):
            connection.execute(statement)
        _fill(connection, activities)
        for table in milestones.tables(MILESTONES):
            select = milestones.statement(table, MILESTONES, "main", ZONE, None)
            connection.execute(f"INSERT INTO main.{quoted(f'{table}__milestone')} {select}")
        said = {"shape": mark, "change": "1", "mark": "made for a benchmark"}
        connection.executemany(f"INSERT INTO main.{META_TABLE} VALUES (?, ?)", list(said.items()))
        connection.execute("CHECKPOINT")
    growing.rename(path)


def _fill(connection: duckdb.DuckDBPyConnection, activities: int) -> None:
    """Laid out as a full build of the projection lays it out."""
    for table in CLUSTERED:
        connection.execute(f"CREATE TEMP TABLE {_staged(table)} AS FROM main.{quoted(table)} LIMIT 0")
    for table, batch in arrow_batches(World(), TODAY, _SEED, activities):
        target = _staged(table) if table in CLUSTERED else f"main.{quoted(table)}"
        types = columns(TABLES[table])
        shown = ", ".join(f"CAST({quoted(name)} AS {type_name})" for name, type_name in types.items())
        connection.register("batch", batch)
        connection.execute(f"INSERT INTO {target} SELECT {shown} FROM batch")
        connection.unregister("batch")
    for table in CLUSTERED:
        connection.execute(
            f"INSERT INTO main.{quoted(table)} SELECT * FROM {_staged(table)}{order_of(table)}"
        )
        connection.execute(f"DROP TABLE {_staged(table)}")


def _staged(table: str) -> str:
    return quoted(f"staged_{table}")


def _counts(projection: Projection) -> dict[str, int]:
    with projection.cursor() as cursor:
        counted = {
            table: cursor.execute(f"SELECT count(*) FROM main.{quoted(table)}").fetchall()[0][0]
            for table in TABLES
        }
    return {table: rows for table, rows in counted.items() if rows}
