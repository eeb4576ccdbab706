"""What was known at an earlier moment: the same tables in a schema of their own.

Tables are views over current and past rows, so they cost nothing to make; milestones are computed.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import UTC, datetime

import duckdb

from hakari.canonical import TABLES
from hakari.canonical.milestones import Milestone
from hakari.storage import projection_milestones as ms
from hakari.storage.projection_tables import columns, quoted
from hakari.storage.schema.types import micros

KEPT = 8
_PREFIX = "at_"


class Snapshots:
    """The last few that were asked for; the caller sees to it that one thread at a time asks."""

    def __init__(self, zone: str, milestones: tuple[Milestone, ...]) -> None:
        self._zone, self._milestones = zone, milestones
        self._kept: OrderedDict[str, None] = OrderedDict()

    def schema(self, cursor: duckdb.DuckDBPyConnection, as_of: datetime, change: int) -> str:
        name = f"{_PREFIX}{micros(as_of)}_{change}"
        if name not in self._kept:
            self._create(cursor, name, as_of)
        self._kept[name] = None
        self._kept.move_to_end(name)
        while len(self._kept) > KEPT:
            oldest, _ = self._kept.popitem(last=False)
            cursor.execute(f"DROP SCHEMA IF EXISTS {quoted(oldest)} CASCADE")
        return name

    def forget(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Drop what an earlier process left behind."""
        found = cursor.execute(
            "SELECT schema_name FROM duckdb_schemas() WHERE starts_with(schema_name, ?)", [_PREFIX]
        ).fetchall()
        for (name,) in found:
            cursor.execute(f"DROP SCHEMA {quoted(name)} CASCADE")
        self._kept.clear()

    def _create(self, cursor: duckdb.DuckDBPyConnection, name: str, as_of: datetime) -> None:
        cursor.execute("BEGIN")
        try:
            cursor.execute(f"CREATE SCHEMA {quoted(name)}")
            for table in TABLES:
                cursor.execute(_view(name, table, as_of))
            for table in ms.tables(self._milestones):
                select = ms.statement(table, self._milestones, name, self._zone, None)
                target = f"{quoted(name)}.{quoted(f'{table}__milestone')}"
                cursor.execute(f"CREATE TABLE {target} AS {select}")
            cursor.execute("COMMIT")
        except BaseException:
            cursor.execute("ROLLBACK")
            raise


def _view(schema: str, table: str, as_of: datetime) -> str:
    """A version is seen from the moment it was observed until just before the next one was."""
    moment = f"TIMESTAMP '{as_of.astimezone(UTC).replace(tzinfo=None).isoformat(sep=' ')}'"
    listed = ", ".join(quoted(name) for name in columns(TABLES[table]))
    return (
        f"CREATE VIEW {quoted(schema)}.{quoted(table)} AS"
        f" SELECT {listed} FROM main.{quoted(table)} WHERE observed_at <= {moment}"
        f" UNION ALL SELECT {listed} FROM main.{quoted(f'{table}__past')}"
        f" WHERE observed_at <= {moment} AND until_at > {moment}"
    )
