"""Which kept months a change touches: those its rows were in, are in now, or are joined to."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb
import sqlglot
import sqlglot.expressions as exp

from hakari.storage.conditions import Joins, column, ident, table_source
from hakari.storage.sql_text import duckdb_sql
from hakari.units.fiscal import add_months

SCHEMA = "partials"
Way = tuple[str, tuple[str, ...]]  # a table that is read, and the path to the key it is read by


@dataclass(frozen=True, slots=True)
class Watch:
    """One table's rows by one of their days, and every other table their figures are read from."""

    table: str
    day: tuple[str, ...]
    ways: frozenset[Way] = frozenset()

    def within(self, other: Watch) -> bool:
        return self.ways <= other.ways

    def joined(self, other: Watch) -> Watch:
        return Watch(self.table, self.day, self.ways | other.ways)

    def as_json(self) -> str:
        return json.dumps([self.table, self.day, sorted(self.ways)])

    @classmethod
    def from_json(cls, text: str) -> Watch:
        table, day, ways = json.loads(text)
        return cls(table, tuple(day), frozenset((name, tuple(path)) for name, path in ways))


class Dirty:
    """Collects the months a change touches, in its transaction, and throws their partials away."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor
        self._months: dict[Watch, set[date]] = {}
        self._families: dict[Watch, list[str]] = {}
        kept = "SELECT count(*) FROM duckdb_tables() WHERE schema_name = ? AND table_name = 'family'"
        if cursor.execute(kept, [SCHEMA]).fetchall()[0][0]:
            for family, text in cursor.execute(f"SELECT family, watch FROM {SCHEMA}.family").fetchall():
                self._families.setdefault(Watch.from_json(text), []).append(family)

    def note(self, touched: Collection[str], told: Collection[str]) -> None:
        """Before the records are replaced, and again after."""
        for watch in self._families:
            self._months.setdefault(watch, set()).update(dirty_months(self._cursor, watch, touched, told))

    def throw_away(self) -> None:
        for watch, months in self._months.items():
            for month in sorted(months):
                self._cursor.execute(
                    f"DELETE FROM {SCHEMA}.stretch WHERE list_contains(?, family)"
                    " AND starts < ? AND ends > ?",
                    [self._families[watch], add_months(month, 1), month],
                )


def dirty_months(
    cursor: duckdb.DuckDBPyConnection, watch: Watch, touched: Collection[str], told: Collection[str]
) -> set[date]:
    """The months of the watched rows that read a touched record.

    There is a temporary table `touched_…` of keys for every touched table, and `dirty_…` of the records
    whose milestones were told anew. To be asked before the records are replaced, and again after.
    """
    joins = Joins(watch.table, "main")
    own: Way = (watch.table, ("key",))
    reads: list[exp.Expr] = []
    for table, path in sorted({own, *watch.ways}):
        source = table.removesuffix("__milestone")
        if source != table and source in told:
            reads.append(_among(joins.column(path), f"dirty_{source}"))
        elif table in touched:
            reads.append(_among(joins.column(path), f"touched_{table}"))
    if not reads:
        return set()
    month = exp.Anonymous(this="date_trunc", expressions=[exp.Literal.string("month"), joins.day(watch.day)])
    select = sqlglot.select(month).distinct().from_(table_source(watch.table, "main", joins.alias))
    select = joins.add_to(select.where(exp.or_(*reads)))
    found: Sequence[tuple[date | None]] = cursor.execute(duckdb_sql(select)).fetchall()
    return {_as_day(month) for (month,) in found if month is not None}


def _as_day(month: date) -> date:
    return date(month.year, month.month, 1)


def _among(key: exp.Column, keys: str) -> exp.In:
    listed = exp.select(column("key", "k")).from_(
        exp.Table(this=ident(keys), alias=exp.TableAlias(this=ident("k")))
    )
    return exp.In(this=key, query=exp.Subquery(this=listed))
