"""The columnar copy of the truth that figures are counted on; thrown away and rebuilt at any time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import sqlglot.expressions as exp

from hakari.canonical import TABLES
from hakari.canonical.milestones import MILESTONES, Milestone
from hakari.storage.feed import Feed
from hakari.storage.filled import any_filled_select, filled_of, filled_select
from hakari.storage.names import display_fields
from hakari.storage.partials import Partials
from hakari.storage.partials_dirty import SCHEMA as PARTIALS
from hakari.storage.projection_file import discard, open_file
from hakari.storage.projection_reading import RowReader
from hakari.storage.projection_snapshots import Snapshots
from hakari.storage.projection_tables import META_TABLE, create_statements, quoted, shape
from hakari.storage.projection_update import Update
from hakari.storage.sql_text import duckdb_sql
from hakari.storage.truth import Truth

_SMALL = 100_000  # rows; fewer are counted sooner than each field of them is asked for
_NAMES_KEPT, _SIZES_KEPT = 32, 500
_log = logging.getLogger(__name__)
State = tuple[int, int]  # the truth's change, and how often was written
States = tuple[State, ...]
_Work = Callable[[Update, duckdb.DuckDBPyConnection], None]
_BROKEN = (duckdb.FatalException, duckdb.InternalException, duckdb.IOException, duckdb.SerializationException)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did: `full` when all was read, and how many versions were."""

    full: bool
    change: int
    rows: int


class Projection:
    """Open in one process only. Without a path it lives in memory."""

    def __init__(
        self,
        path: Path | None,
        zone: str,
        milestones: Sequence[Milestone] = MILESTONES,
        memory_limit: str | None = None,
        *,
        keep_partials: bool = True,
        read_only: bool = False,
    ) -> None:
        self._path, self._memory_limit = path, memory_limit
        self._zone, self._milestones = zone, tuple(milestones)
        self._shape = shape(zone, self._milestones)
        self._lock = threading.RLock()
        self._connection = open_file(path, memory_limit, read_only=read_only)
        self._snapshots = Snapshots(zone, self._milestones)
        self._names: dict[tuple[str, str, States], dict[int, str]] = {}
        self._sizes: dict[tuple[str, str, States], int] = {}
        self._writes = 0  # a rebuild changes rows without changing the truth's number
        self._written: dict[str, State] = {}  # the tables that a change has touched since all was read
        kept = Partials(self.cursor, self._lock, lambda: (self.change, self._writes))
        self.partials = kept if keep_partials and not read_only else None
        try:
            self._snapshots.forget(self._connection)
            self._said = self._read_meta()
        except duckdb.Error as error:
            self._throw_away(error)
        self._whole: State = (self.change, self._writes)

    @property
    def change(self) -> int:
        """The truth's change number this copy has come to; 0 before the first refresh."""
        return int(self._said.get("change", "0"))

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """One for each call or thread; close it afterwards."""
        return self._connection.cursor()

    def text(self, select: exp.Select) -> str:
        """A select as this engine is asked it, for people."""
        return select.sql("duckdb", pretty=True)

    def rows(self, select: exp.Select) -> list[tuple[Any, ...]]:
        """What a select gives, row by row."""
        with self.cursor() as cursor:
            return cursor.execute(duckdb_sql(select)).fetchall()

    def arrow(self, select: exp.Select) -> pa.Table:
        """What a select gives, as columns."""
        with self.cursor() as cursor:
            found: pa.Table = cursor.sql(duckdb_sql(select)).to_arrow_table()
            return found

    @contextmanager
    def reading(self) -> Iterator[RowReader]:
        """One state of the rows for several statements, whoever writes meanwhile."""
        with self.cursor() as cursor:
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            try:
                yield RowReader(cursor)
            finally:
                cursor.execute("ROLLBACK")

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def refresh(self, truth: Truth) -> Refreshed:
        """Follow the truth: by what changed, or by everything when this is not a copy of it."""
        with self._lock, truth.database.reading() as connection:
            feed = Feed(connection)
            try:
                return self._refresh(feed)
            except _BROKEN as error:
                self._throw_away(error)
                return self._rebuild(feed)

    def follow(self, feed: Feed) -> Refreshed:
        """Take in what a feed says was touched since; the caller knows that this is a copy of its truth."""
        since = self.change
        with self._lock:
            return self._write(feed, lambda update, _: update.since(since), full=False)

    def rebuild(self, truth: Truth) -> Refreshed:
        """Read everything anew."""
        with self._lock, truth.database.reading() as connection:
            return self._rebuild(Feed(connection))

    def at(self, as_of: datetime | None) -> str:
        """The schema to query for what was known at a moment; `main` for now."""
        if as_of is None:
            return "main"
        with self._lock, self.cursor() as cursor:
            return self._snapshots.schema(cursor, as_of, self.change)

    def filled(self, table: str, schema: str = "main") -> frozenset[str]:
        """The fields any row knows; `ROWS` when there is a row at all."""
        small = self.size(table, schema) < _SMALL
        select = filled_select(table, schema) if small else any_filled_select(table, schema)
        return filled_of(table, self.rows(select)[0])

    def names(self, table: str, schema: str = "main") -> dict[int, str]:
        """Key → the name a row is shown by, else its id in its source. Read only: it is kept."""
        asked = (table, schema, self.states([table], schema))
        found = self._names.get(asked)
        if found is None:
            fields = (*display_fields(TABLES[table]), "source_id")
            listed = ", ".join(quoted(field) for field in fields)
            with self.cursor() as cursor:
                rows = cursor.execute(
                    f"SELECT key, coalesce({listed}) FROM {quoted(schema)}.{quoted(table)}"
                ).fetchall()
            found = dict(rows)
            if len(self._names) >= _NAMES_KEPT:
                self._names.clear()
            self._names[asked] = found
        return found

    def size(self, table: str, schema: str = "main") -> int:
        """How many rows a table has; told without counting while nothing is written to it."""
        asked = (table, schema, self.states([table], schema))
        if asked not in self._sizes:
            if len(self._sizes) > _SIZES_KEPT:
                self._sizes.clear()
            with self.cursor() as cursor:
                counted = cursor.execute(f"SELECT count(*) FROM {quoted(schema)}.{quoted(table)}").fetchall()
            self._sizes[asked] = int(counted[0][0])
        return self._sizes[asked]

    def states(self, tables: Iterable[str], schema: str = "main") -> States:
        """Others where the rows of one of the tables may be others: what was read of them is to be forgotten.

        What is told of a table's rows is a table of its own, as `lead__milestone`.
        """
        if schema != "main":
            return ((self.change, self._writes),)
        return tuple(self._written.get(table, self._whole) for table in tables)

    def _refresh(self, feed: Feed) -> Refreshed:
        told = self._said.get("shape") == self._shape and self._said.get("mark") == feed.mark(self.change)
        if not told:
            if self._said:
                _log.warning("the projection is of another version, zone or store and is made anew")
            return self._rebuild(feed)
        if feed.change == self.change:
            return Refreshed(False, self.change, 0)
        return self.follow(feed)

    def _rebuild(self, feed: Feed) -> Refreshed:
        def build(update: Update, cursor: duckdb.DuckDBPyConnection) -> None:
            self._snapshots.forget(cursor)
            cursor.execute(f"DROP SCHEMA IF EXISTS {PARTIALS} CASCADE")
            _drop_everything(cursor)
            for statement in create_statements(self._milestones):
                cursor.execute(statement)
            update.everything()

        return self._write(feed, build, full=True)

    def _write(self, feed: Feed, work: _Work, *, full: bool) -> Refreshed:
        """One transaction: who reads meanwhile sees what was there before."""
        said = {"shape": self._shape, "change": str(feed.change), "mark": feed.mark(feed.change) or ""}
        with self.cursor() as cursor:
            update = Update(cursor, feed, self._zone, self._milestones)
            cursor.execute("BEGIN")
            try:
                work(update, cursor)
                cursor.execute(f"DELETE FROM main.{META_TABLE}")
                cursor.executemany(f"INSERT INTO main.{META_TABLE} VALUES (?, ?)", list(said.items()))
                cursor.execute("COMMIT")
            except duckdb.FatalException:
                raise  # Nothing can be rolled back any more.
            except BaseException:
                cursor.execute("ROLLBACK")
                raise
        self._said = said
        self._writes += 1
        now = (self.change, self._writes)
        if full:
            self._whole, self._written = now, {}
        else:
            self._written |= dict.fromkeys(update.tables, now)
        if self.partials is not None:
            self.partials.forget(None if full else update.families)
        return Refreshed(full, feed.change, update.rows)

    def _read_meta(self) -> dict[str, str]:
        with self.cursor() as cursor:
            if not _tables(cursor, META_TABLE):
                return {}
            return dict(cursor.execute(f"SELECT name, value FROM main.{META_TABLE}").fetchall())

    def _throw_away(self, error: duckdb.Error) -> None:
        _log.warning("the projection is broken and is made anew: %s", error)
        self._connection.close()
        if self._path is not None:
            discard(self._path)
        self._connection = open_file(self._path, self._memory_limit)
        self._snapshots.forget(self._connection)
        self._said = {}
        self._writes += 1
        self._whole, self._written = (0, self._writes), {}
        if self.partials is not None:
            self.partials.forget()


def _tables(cursor: duckdb.DuckDBPyConnection, pattern: str) -> list[str]:
    found = cursor.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main' AND table_name LIKE ?", [pattern]
    ).fetchall()
    return [name for (name,) in found]


def _drop_everything(cursor: duckdb.DuckDBPyConnection) -> None:
    for name in _tables(cursor, "%"):
        cursor.execute(f"DROP TABLE main.{quoted(name)}")
    types = cursor.execute(
        "SELECT type_name FROM duckdb_types()"
        " WHERE schema_name = 'main' AND logical_type = 'ENUM' AND NOT internal"
    ).fetchall()
    for (name,) in types:
        cursor.execute(f"DROP TYPE main.{quoted(name)}")
