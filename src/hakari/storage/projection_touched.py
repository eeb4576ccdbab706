"""Keeps new records apart from changed ones while a change is taken in: nothing that stood before can have
come from a record that is new, so nothing has to be looked up or told anew on its account.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from hakari.storage.projection_tables import quoted

_INCOMING = "incoming"


class Touched:
    """Temporary tables of keys: `touched_…` of all, `changed_…` of those that were there, `added_…` others.

    To be made before the records are replaced. What was deleted is among the changed.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor
        self.changed: list[str] = []
        self.added: list[str] = []

    @property
    def tables(self) -> list[str]:
        """All tables any record of which was touched."""
        return list(dict.fromkeys([*self.changed, *self.added]))

    def note(self, table: str, keys: Sequence[int]) -> None:
        if not keys:
            return
        touched, changed, added = touched_name(table), changed_name(table), added_name(table)
        self._cursor.register(_INCOMING, pa.table({"key": pa.array(keys, pa.int32())}))
        self._cursor.execute(f"CREATE TEMP TABLE {touched} AS SELECT key FROM {_INCOMING}")
        self._cursor.unregister(_INCOMING)
        self._cursor.execute(
            f"CREATE TEMP TABLE {changed} AS"
            f" SELECT key FROM main.{quoted(table)} WHERE key IN (SELECT key FROM {touched})"
        )
        self._cursor.execute(
            f"CREATE TEMP TABLE {added} AS SELECT key FROM {touched} EXCEPT SELECT key FROM {changed}"
        )
        for name, noted in ((changed, self.changed), (added, self.added)):
            if self._cursor.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchall():
                noted.append(table)

    def forget(self) -> None:
        for table in self.tables:
            for name in (touched_name(table), changed_name(table), added_name(table)):
                self._cursor.execute(f"DROP TABLE {name}")


def touched_name(table: str) -> str:
    return f"touched_{table}"


def changed_name(table: str) -> str:
    return f"changed_{table}"


def added_name(table: str) -> str:
    return f"added_{table}"
