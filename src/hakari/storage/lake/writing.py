"""Writes one part of a table as Parquet files, each no larger than one task of a cluster likes to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hakari.storage.lake.layout import Layout
from hakari.storage.lake.manifest import DataFile
from hakari.storage.lake.place import Place

ROWS_A_FILE = 2_000_000
_BATCH = 250_000


class PartWriter:
    """Names files by their change number and content, so that none is ever written over another."""

    def __init__(self, place: Place, layout: Layout, change: int) -> None:
        self._place, self._layout, self._change = place, layout, change

    def write(
        self, cursor: duckdb.DuckDBPyConnection, part: str, same: Mapping[str, DataFile]
    ) -> Iterator[tuple[DataFile, bool]]:
        """The part's files, and whether each had to be written: one of equal bytes in `same` is kept."""
        for table in _pieces(cursor.sql(self._layout.select_sql(part))):
            content = _parquet(table)
            digest = blake2b(content, digest_size=16).hexdigest()
            if digest in same:
                yield same[digest], False
                continue
            path = f"{self._layout.folder(part)}/{self._change}-{digest}.parquet"
            keys: Any = pc.min_max(table.column("key"))
            self._place.write(path, content)
            bounds = keys["min"].as_py(), keys["max"].as_py()
            unknown = tuple(column.null_count for column in table.columns)
            yield DataFile(path, part, table.num_rows, content.size, *bounds, digest, unknown), True


def _pieces(relation: duckdb.DuckDBPyRelation) -> Iterator[pa.Table]:
    """So many rows at a time: a large month need not be in memory twice over."""
    reader: pa.RecordBatchReader = relation.to_arrow_reader(_BATCH)
    held: list[pa.RecordBatch] = []
    for batch in reader:
        held.append(batch)
        if sum(one.num_rows for one in held) >= ROWS_A_FILE:
            yield pa.Table.from_batches(held)
            held = []
    if any(one.num_rows for one in held):
        yield pa.Table.from_batches(held)


def _parquet(table: pa.Table) -> pa.Buffer:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", coerce_timestamps="us", store_schema=False)
    return sink.getvalue()
