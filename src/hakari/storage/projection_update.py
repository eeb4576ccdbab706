"""Brings a projection up to the truth: from nothing, or by what changed."""

from __future__ import annotations

import duckdb

from hakari.canonical import TABLES
from hakari.canonical.milestones import Milestone
from hakari.storage import projection_milestones as ms
from hakari.storage.clustering import order_of
from hakari.storage.feed import Feed
from hakari.storage.partials_dirty import Dirty
from hakari.storage.projection_tables import insert_statement, quoted
from hakari.storage.projection_telling import Telling
from hakari.storage.projection_touched import Touched, changed_name, touched_name

_INCOMING = "incoming"


class Update:
    """One transaction's worth of writing; the caller begins and ends it."""

    def __init__(
        self, cursor: duckdb.DuckDBPyConnection, feed: Feed, zone: str, milestones: tuple[Milestone, ...]
    ) -> None:
        self._cursor, self._feed, self._zone, self._milestones = cursor, feed, zone, milestones
        self.rows = 0
        self.tables: set[str] = set()  # whose rows are others after `since`
        self.families: frozenset[str] = frozenset()  # of which kept months were thrown away

    def everything(self) -> None:
        for table in TABLES:
            self._load(table, None)
        for table in ms.tables(self._milestones):
            select = ms.statement(table, self._milestones, "main", self._zone, None)
            self._cursor.execute(f"INSERT INTO main.{quoted(f'{table}__milestone')} {select}")

    def since(self, change: int) -> None:
        touched = Touched(self._cursor)
        for table in TABLES:
            touched.note(table, self._feed.touched(table, change))
        telling = Telling(self._cursor, self._zone, self._milestones, touched)
        partials = Dirty(self._cursor, touched)
        partials.before_records()
        telling.before()
        for table in touched.tables:
            self._replace(table, change, touched)
        telling.after()
        partials.before_milestones(telling.moved)
        telling.write()
        partials.after(telling.moved)
        self.families = partials.throw_away()
        self.tables = {*touched.tables, *(f"{table}__milestone" for table in telling.moved)}
        telling.forget()
        touched.forget()

    def _replace(self, table: str, change: int, touched: Touched) -> None:
        """What is new now may have stood in the past: a record that comes back."""
        if table in touched.changed:
            self._delete(table, changed_name(table))
        self._delete(f"{table}__past", touched_name(table))
        self._load(table, change)

    def _delete(self, name: str, keys: str) -> None:
        self._cursor.execute(f"DELETE FROM main.{quoted(name)} WHERE key IN (SELECT key FROM {keys})")

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
