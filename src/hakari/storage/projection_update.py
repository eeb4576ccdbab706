"""Brings a projection up to the truth: from nothing, or by what changed."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from hakari.canonical import TABLES
from hakari.canonical.milestones import Milestone
from hakari.storage import projection_milestones as ms
from hakari.storage.clustering import order_of
from hakari.storage.feed import Feed
from hakari.storage.partials_dirty import Dirty
from hakari.storage.projection_tables import insert_statement, quoted

_INCOMING = "incoming"


class Update:
    """One transaction's worth of writing; the caller begins and ends it."""

    def __init__(
        self, cursor: duckdb.DuckDBPyConnection, feed: Feed, zone: str, milestones: tuple[Milestone, ...]
    ) -> None:
        self._cursor, self._feed, self._zone, self._milestones = cursor, feed, zone, milestones
        self.rows = 0

    def everything(self) -> None:
        for table in TABLES:
            self._load(table, None)
        for table in ms.tables(self._milestones):
            self._tell(table, None)

    def since(self, change: int) -> None:
        touched = [table for table in TABLES if self._note_touched(table, change)]
        partials = Dirty(self._cursor)
        partials.note(touched, self._told_anew(touched))
        for table in touched:
            for name in (table, f"{table}__past"):
                self._cursor.execute(
                    f"DELETE FROM main.{quoted(name)} WHERE key IN (SELECT key FROM {ms.touched_name(table)})"
                )
            self._load(table, change)
        told = self._told_anew(touched)
        for table in told:
            self._tell(table, f"dirty_{table}")
        partials.note(touched, told)
        partials.throw_away()
        self._drop_notes(touched)

    def _told_anew(self, touched: Sequence[str]) -> list[str]:
        """The tables some of whose milestones have to be told anew."""
        return [table for table in ms.tables(self._milestones) if self._note_dirty(table, touched)]

    def _load(self, table: str, since: int | None) -> None:
        order = order_of(table) if since is None else ""
        first = True
        for batch in self._feed.batches(table, since):
            self.rows += batch.num_rows
            self._cursor.register(_INCOMING, batch)
            if not order:
                self._insert(table, _INCOMING)
            elif first:
                self._cursor.execute(f"CREATE TEMP TABLE staged AS SELECT * FROM {_INCOMING}")
            else:
                self._cursor.execute(f"INSERT INTO staged SELECT * FROM {_INCOMING}")
            self._cursor.unregister(_INCOMING)
            first = False
        if order and not first:
            self._insert(table, "staged", order)
            self._cursor.execute("DROP TABLE staged")

    def _insert(self, table: str, source: str, order: str = "") -> None:
        for past in (False, True):
            self._cursor.execute(insert_statement(TABLES[table], self._zone, source, past=past, order=order))

    def _note_touched(self, table: str, change: int) -> bool:
        keys = self._feed.touched(table, change)
        if keys:
            self._cursor.register(_INCOMING, pa.table({"key": pa.array(keys, pa.int32())}))
            self._cursor.execute(f"CREATE TEMP TABLE {ms.touched_name(table)} AS SELECT key FROM {_INCOMING}")
            self._cursor.unregister(_INCOMING)
        return bool(keys)

    def _note_dirty(self, table: str, touched: Sequence[str]) -> bool:
        """Add to the keys whose milestones have to be told anew; True when there are any."""
        selects = list(dict.fromkeys(ms.dirty_statements(self._milestones, touched, table)))
        if table in touched:
            selects.append(f"SELECT key FROM {ms.touched_name(table)}")
        if not selects:
            return False
        name = quoted(f"dirty_{table}")
        self._cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {name} (key INTEGER)")
        self._cursor.execute(f"INSERT INTO {name} {' UNION '.join(selects)}")
        return True

    def _tell(self, table: str, dirty: str | None) -> None:
        target = f"main.{quoted(f'{table}__milestone')}"
        if dirty is not None:
            self._cursor.execute(f"DELETE FROM {target} WHERE key IN (SELECT key FROM {quoted(dirty)})")
        select = ms.statement(table, self._milestones, "main", self._zone, dirty)
        self._cursor.execute(f"INSERT INTO {target} {select}")

    def _drop_notes(self, touched: Sequence[str]) -> None:
        for table in touched:
            self._cursor.execute(f"DROP TABLE {ms.touched_name(table)}")
        for table in ms.tables(self._milestones):
            self._cursor.execute(f"DROP TABLE IF EXISTS {quoted(f'dirty_{table}')}")
