"""One canonical table as a source to count from: its joins, its cuts, and the gate."""

from __future__ import annotations

import sqlglot.expressions as exp

from hakari.access import Viewer, rows_for
from hakari.canonical import TABLES
from hakari.canonical.milestones import milestones_of
from hakari.canonical.predicate import Atom
from hakari.canonical.schema import Kind
from hakari.errors import UnknownDimensionError
from hakari.metrics.definitions import Dimension
from hakari.metrics.query import Cut
from hakari.storage.conditions import Joins, atom_sql, literal, table_source, where_sql
from hakari.units.period import Grain, Period

BUCKET = "bucket"


def path_of(dimension: Dimension, table: str) -> tuple[str, ...] | None:
    """How a table's rows reach a dimension; None when they do not."""
    for text in dimension.paths:
        owner, _, rest = text.rpartition(":")
        if owner and owner != table:
            continue
        path = tuple(rest.split("."))
        if _exists(table, path):
            return path
    return None


def _exists(table: str, path: tuple[str, ...]) -> bool:
    for depth, step in enumerate(path):
        last = depth == len(path) - 1
        if not TABLES[table].has(step):
            return last and (step == "key" or step in milestones_of(table))
        target = TABLES[table].field(step).ref
        if last:
            return True
        if target is None:
            return False
        table = target
    return False


class Fact:
    """Builds SELECTs over one table; every one of them passes the gate and the filters."""

    def __init__(self, table: str, schema: str, cut: Cut, viewer: Viewer, start_month: int) -> None:
        self.table, self.cut, self.viewer, self.start_month = table, cut, viewer, start_month
        self.joins = Joins(table, schema)
        self.source = table_source(table, schema, self.joins.alias)

    def slices(self) -> list[exp.Expr]:
        """One aliased column a dimension: the key of a reference, the value of anything else."""
        return [
            exp.alias_(self.joins.column(self._path(dimension)), f"s{index}", quoted=True)
            for index, dimension in enumerate(self.cut.dimensions)
        ]

    def slice_refs(self) -> list[str | None]:
        """For each dimension the table whose keys the slices hold, if they are keys."""
        found: list[str | None] = []
        for dimension in self.cut.dimensions:
            path = self._path(dimension)
            found.append(self.table if path == ("key",) else self.joins.field(path).ref)
        return found

    def bucket(self, day: exp.Expr) -> list[exp.Expr]:
        """The first day of the grain's bucket a day falls in, as an aliased column, if there is a grain."""
        if self.cut.grain is None:
            return []
        return [exp.alias_(bucket_start(day, self.cut.grain, self.start_month), BUCKET, quoted=True)]

    def conditions(self) -> list[exp.Expr]:
        """What the viewer and the filters leave."""
        gate = rows_for(self.viewer, self.table)
        parts = [where_sql(gate, self.joins)] if gate else []
        for dimension, values in self.cut.filters:
            path = self._path(dimension)
            if path == ("key",):
                path = (TABLES[self.table].names[0],)
            elif (target := self.joins.field(path).ref) is not None:
                path = (*path, TABLES[target].names[0])
            parts.append(atom_sql(Atom(path, "in", values), self.joins))
        return parts

    def _path(self, dimension: Dimension) -> tuple[str, ...]:
        path = path_of(dimension, self.table)
        if path is None:
            raise UnknownDimensionError(
                f"{TABLES[self.table].en} rows do not know their {dimension.en.lower()}",
                f"break down by something else than {dimension.name!r}",
            )
        return path


def bucket_start(day: exp.Expr, grain: Grain, start_month: int) -> exp.Expr:
    """The bucket's first day; fiscal buckets count months back from the fiscal year's start."""
    if grain is Grain.DAY:
        return day.copy()
    if grain in (Grain.WEEK, Grain.MONTH):
        return _trunc(grain.value, day)
    span = {Grain.QUARTER: 3, Grain.HALF: 6, Grain.YEAR: 12}[grain]
    month = exp.func("month", day.copy())
    since = exp.Mod(
        this=exp.paren(exp.Add(this=month, expression=literal(12 - start_month))), expression=literal(span)
    )
    moved = exp.Sub(this=_trunc("month", day), expression=exp.func("to_months", since))
    return exp.cast(moved, "DATE")


def _trunc(unit: str, day: exp.Expr) -> exp.Expr:
    return exp.cast(
        exp.Anonymous(this="date_trunc", expressions=[exp.Literal.string(unit), day.copy()]), "DATE"
    )


def in_period(day: exp.Expr, period: Period) -> exp.Expr:
    """Start included, end not; for all time, every row that has a day."""
    if period.is_all:
        return exp.Not(this=exp.Is(this=day.copy(), expression=exp.null()))
    return exp.and_(
        exp.GTE(this=day.copy(), expression=literal(period.start)),
        exp.LT(this=day.copy(), expression=literal(period.end)),
    )


def is_reference(table: str, path: tuple[str, ...]) -> bool:
    return path != ("key",) and Joins(table, "main").field(path).kind is Kind.REF
