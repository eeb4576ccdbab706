"""What a lake holds, read from its files alone, as plain rows to compare."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pyarrow.parquet as pq

from hakari.canonical import TABLES
from hakari.storage.feed import Feed
from hakari.storage.lake.place import Place
from hakari.storage.lake.publish import Published, Publisher
from hakari.storage.projection import Projection
from hakari.storage.truth import Truth
from tests.storage.columns import ZONE, Rows

KEEP = timedelta(hours=24)


def publish(truth: Truth, projection: Projection, folder: Path, now: datetime) -> Published:
    projection.refresh(truth)
    with truth.database.reading() as connection:
        return Publisher(projection, Place(str(folder)), ZONE, Feed(connection)).publish(now, KEEP)


def held(folder: Path) -> dict[str, Rows]:
    """Every table that has rows, as whoever starts with the manifest reads it."""
    found: dict[str, Rows] = {}
    for name, table in Place(str(folder)).manifest().tables.items():
        rows: Rows = []
        for file in table.files:
            content = pq.ParquetFile(folder / file.path).read()
            assert content.num_rows == file.rows
            rows += zip(*(column.to_pylist() for column in content.columns), strict=True)
        if rows:
            found[name] = sorted(rows, key=repr)
    return found


def known(folder: Path) -> dict[str, frozenset[str]]:
    """The fields that the manifest says any row knows."""
    tables = Place(str(folder)).manifest().tables
    return {
        name: tables[name].known & {field.name for field in table.fields} for name, table in TABLES.items()
    }


def parts(folder: Path, table: str) -> set[str]:
    return {file.part for file in Place(str(folder)).manifest().tables[table].files}
