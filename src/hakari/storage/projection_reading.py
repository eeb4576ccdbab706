"""Hands a projection's rows over as columns, batch by batch, so that however many there are fit in memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa
import sqlglot.expressions as exp

from hakari.storage.sql_text import duckdb_sql

BATCH = 1 << 15  # rows: their columns stay near the processor while they are counted


class RowReader:
    """One statement after another on the same state of the rows; a batch is read before the next is asked."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def arrow(self, select: exp.Select) -> pa.Table:
        """What a select gives, as columns."""
        found: pa.Table = self._cursor.sql(duckdb_sql(select)).to_arrow_table()
        return found

    def batches(self, select: exp.Select) -> Iterator[Any]:
        """The same in parts, in the order of the rows."""
        yield from self._cursor.sql(duckdb_sql(select)).to_arrow_reader(BATCH)
