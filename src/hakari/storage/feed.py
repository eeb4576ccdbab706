"""Reads the truth as columns, for a projection: everything, or the records touched since a change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from hakari.canonical import TABLES
from hakari.canonical.schema import Kind
from hakari.storage.rows import STUB_ORIGIN
from hakari.storage.schema.tables import CANONICAL, COUNTER, MARK, payload
from hakari.storage.schema.types import whole

BATCH = 100_000
_AT_ONCE = 2_000
# What rows are sorted by: a campaign or partner known by its name alone still names a slice.
_NAMED = ("campaign", "content_asset", "partner")
ARROW: dict[Kind, pa.DataType] = {
    Kind.TEXT: pa.string(),
    Kind.CHOICE: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.REF: pa.int32(),
    Kind.NUMBER: pa.float64(),
    Kind.MONEY: pa.float64(),
    Kind.SHARE: pa.float64(),
    Kind.DATE: pa.date32(),
    Kind.INSTANT: pa.timestamp("us"),
    Kind.FLAG: pa.int8(),
}
_META: dict[str, pa.DataType] = {
    "key": pa.int32(),
    "origin": pa.string(),
    "source_id": pa.string(),
    "observed_at": pa.timestamp("us"),
    "happened_at": pa.timestamp("us"),
    "until_at": pa.timestamp("us"),
}
_AS_WHOLE = (Kind.DATE, Kind.INSTANT, Kind.FLAG)


class Feed:
    """One snapshot of the truth; make it inside `Database.reading()`."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        statement = sa.select(COUNTER.c.value).where(COUNTER.c.name == "change")
        self.change: int = connection.execute(statement).scalar_one()

    def mark(self, change: int) -> str | None:
        """What tells this change from one of the same number in another store, or before a backup."""
        statement = sa.select(MARK.c.token).where(MARK.c.change == change)
        return self._connection.execute(statement).scalar_one_or_none()

    def touched(self, table: str, since: int) -> list[int]:
        """Keys of the records any version of which was touched after `since`."""
        columns = CANONICAL[table].c
        # Not DISTINCT: SQLite would walk all keys in order instead of looking the changes up.
        statement = sa.select(columns.key).where(columns.change > since)
        return sorted(set(self._connection.scalars(statement)))

    def batches(self, table: str, since: int | None) -> Iterator[pa.Table]:
        """Versions that hold now or held for a while; `until_at` is null where they hold now."""
        columns = CANONICAL[table].c
        fields = payload(TABLES[table])
        shown = [
            whole(self._connection, columns[name]) if _META[name] == pa.timestamp("us") else columns[name]
            for name in _META
        ]
        for field in fields:
            own = columns[field.name]
            shown.append(whole(self._connection, own) if field.kind in _AS_WHOLE else own)
        statement = sa.select(*shown).where(
            sa.not_(columns.retracted),
            sa.not_(columns.deleted),
            sa.or_(columns.until_at.is_(None), columns.until_at > columns.observed_at),
        )
        if TABLES[table].occurred is not None and table not in _NAMED:
            # A deal that is only named by a task is no deal anybody recorded: it may not be counted.
            statement = statement.where(columns.origin != STUB_ORIGIN)
        if since is not None:
            statement = statement.where(columns.key.in_(sa.select(columns.key).where(columns.change > since)))
        types = _META | {field.name: ARROW[field.kind] for field in fields}
        yield from _columns(self._driver_cursor(statement), pa.schema(list(types.items())))

    def _driver_cursor(self, statement: sa.Select[Any]) -> Any:
        """The driver's own cursor; PostgreSQL's would fetch everything at once if it had no name."""
        dialect = self._connection.dialect
        sql = str(statement.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
        driver: Any = self._connection.connection
        cursor = driver.cursor() if dialect.name == "sqlite" else driver.cursor(name="hakari_feed")
        cursor.execute(sql)
        return cursor


def _columns(cursor: Any, schema: pa.Schema) -> Iterator[pa.Table]:
    """Straight from the driver, whose values are plain already, few rows at a time to stay in the cache."""
    held: list[pa.RecordBatch] = []
    while rows := cursor.fetchmany(_AT_ONCE):
        arrays = [
            pa.array(column, field.type)
            for column, field in zip(zip(*rows, strict=True), schema, strict=True)
        ]
        held.append(pa.record_batch(arrays, schema=schema))
        if len(held) * _AT_ONCE >= BATCH:
            yield pa.Table.from_batches(held)
            held = []
    if held:
        yield pa.Table.from_batches(held)
    cursor.close()
