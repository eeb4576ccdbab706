"""Which kept months a change touches: those its rows were in, are in now, or are joined to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import duckdb
import sqlglot
import sqlglot.expressions as exp

from hakari.storage.conditions import Joins, table_source
from hakari.storage.projection_tables import quoted
from hakari.storage.projection_telling import moved_name
from hakari.storage.projection_touched import Touched, changed_name, touched_name
from hakari.storage.sql_text import duckdb_sql
from hakari.units.fiscal import add_months

SCHEMA = "partials"
# A table that is read, the path to the key it is read by, and of milestones which one ("": any).
Way = tuple[str, tuple[str, ...], str]
_Read = tuple[tuple[str, ...], str]  # a path to a key, and a select of keys
_MILESTONES = "__milestone"


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
        return cls(table, tuple(day), frozenset(_way(*one) for one in ways))


def _way(table: str, path: Sequence[str], milestone: str = "") -> Way:
    return table, tuple(path), milestone


class Dirty:
    """Collects the months a change touches, in its transaction, and throws their partials away.

    A row that reads a touched record reads it before and after alike, unless it was touched itself, or what
    it is reached by: so all rows are looked for as they are after, and before only those whose own day may
    have been another.
    """

    def __init__(self, cursor: duckdb.DuckDBPyConnection, touched: Touched) -> None:
        self._cursor, self._touched = cursor, touched
        self._months: dict[Watch, set[date]] = {}
        self._families: dict[Watch, list[str]] = {}
        kept = "SELECT count(*) FROM duckdb_tables() WHERE schema_name = ? AND table_name = 'family'"
        if cursor.execute(kept, [SCHEMA]).fetchall()[0][0]:
            for family, text in cursor.execute(f"SELECT family, watch FROM {SCHEMA}.family").fetchall():
                self._families.setdefault(Watch.from_json(text), []).append(family)

    def before_records(self) -> None:
        """Before the records are replaced; what is new was on no day yet."""
        changed = {table: changed_name(table) for table in self._touched.changed}
        self._note(lambda watch: self._keys(_deciding_day(watch), changed, {}))

    def before_milestones(self, moved: Mapping[str, frozenset[str]]) -> None:
        """After the records were replaced, before the milestones are."""
        self._note(lambda watch: self._keys(_deciding_day(watch), {}, moved))

    def after(self, moved: Mapping[str, frozenset[str]]) -> None:
        touched = {table: touched_name(table) for table in self._touched.tables}
        self._note(lambda watch: self._keys(_all_ways(watch), touched, moved))

    def throw_away(self) -> frozenset[str]:
        """The families that lost any."""
        for watch, months in self._months.items():
            for month in sorted(months):
                self._cursor.execute(
                    f"DELETE FROM {SCHEMA}.stretch WHERE list_contains(?, family)"
                    " AND starts < ? AND ends > ?",
                    [self._families[watch], add_months(month, 1), month],
                )
        return frozenset(
            family for watch, months in self._months.items() if months for family in self._families[watch]
        )

    def _note(self, looked_for: Callable[[Watch], Iterator[_Read]]) -> None:
        """Watches over the same days ask the same of them: each is asked once."""
        known: dict[tuple[str, tuple[str, ...], _Read], set[date]] = {}
        for watch in self._families:
            for read in looked_for(watch):
                asked = (watch.table, watch.day, read)
                if asked not in known:
                    known[asked] = _months_of(self._cursor, *asked)
                self._months.setdefault(watch, set()).update(known[asked])

    @staticmethod
    def _keys(
        ways: Iterable[Way], records: Mapping[str, str], moved: Mapping[str, frozenset[str]]
    ) -> Iterator[_Read]:
        """The path to a key, and a select of the keys of interest there."""
        for table, path, milestone in sorted(ways):
            source = table.removesuffix(_MILESTONES)
            if source == table and table in records:
                yield path, f"SELECT key FROM {records[table]}"
            elif source != table and source in moved and (not milestone or milestone in moved[source]):
                # The reference itself, where there is one: its record need not be joined.
                at = path[:-1] or path
                which = f" WHERE {quoted(milestone)}" if milestone else ""
                yield at, f"SELECT key FROM {moved_name(source)}{which}"


def _all_ways(watch: Watch) -> frozenset[Way]:
    return watch.ways | _deciding_day(watch)


@lru_cache(maxsize=1024)
def _deciding_day(watch: Watch) -> frozenset[Way]:
    """The rows themselves, and what their day is read from."""
    joins = Joins(watch.table, "main")
    joins.day(watch.day)
    return frozenset({(watch.table, ("key",), ""), *joins.reads()})


def _months_of(cursor: duckdb.DuckDBPyConnection, table: str, day: tuple[str, ...], read: _Read) -> set[date]:
    path, keys = read
    joins = Joins(table, "main")
    month = exp.Anonymous(this="date_trunc", expressions=[exp.Literal.string("month"), joins.day(day)])
    among = exp.In(
        this=joins.column(path), query=exp.Subquery(this=sqlglot.parse_one(keys, dialect="duckdb"))
    )
    select = sqlglot.select(month).distinct().from_(table_source(table, "main", joins.alias)).where(among)
    found: Sequence[tuple[date | None]] = cursor.execute(duckdb_sql(joins.add_to(select))).fetchall()
    return {_as_day(month) for (month,) in found if month is not None}


def _as_day(month: date) -> date:
    return date(month.year, month.month, 1)
