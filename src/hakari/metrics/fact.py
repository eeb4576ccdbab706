"""One canonical table as a source to count from: its joins, its cuts, and the gate."""

from __future__ import annotations

import sqlglot.expressions as exp

from hakari.access import Viewer, rows_for
from hakari.canonical import TABLES
from hakari.canonical.milestones import milestones_of
from hakari.errors import UnknownDimensionError
from hakari.metrics.definitions import Dimension
from hakari.metrics.query import Cut
from hakari.storage.conditions import Joins, cast, literal, table_source, where_sql
from hakari.storage.names import display_fields
from hakari.units.period import Grain, Period

BUCKET = "bucket"


def paths_of(dimension: Dimension, table: str) -> list[tuple[str, ...]]:
    """How a table's rows reach a dimension: the first path that says something counts; none, they do not.

    All paths end at the same kind of thing: a deal's own team, else its owner's team.
    """
    found: list[tuple[str, ...]] = []
    for text in dimension.paths:
        owner, _, rest = text.rpartition(":")
        path = tuple(rest.split("."))
        if owner in ("", table) and _exists(table, path):
            found.append(path)
            if path == ("key",):
                break
    return [path for path in found if _target(table, path) == _target(table, found[0])]


def _target(table: str, path: tuple[str, ...]) -> str | None:
    return table if path == ("key",) else Joins(table, "main").field(path).ref


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
        self.narrowed: list[exp.Expr] = []

    def slices(self) -> list[exp.Expr]:
        """One aliased column a dimension: the key of a reference, the value of anything else."""
        return [
            exp.alias_(self.value_of(dimension), f"s{index}", quoted=True)
            for index, dimension in enumerate(self.cut.dimensions)
        ]

    def slice_refs(self) -> list[str | None]:
        """For each dimension the table whose keys the slices hold, if they are keys."""
        return [_target(self.table, self._paths(dimension)[0]) for dimension in self.cut.dimensions]

    def value_of(self, dimension: Dimension) -> exp.Expr:
        return _first_known([self.joins.column(path) for path in self._paths(dimension)])

    def name_of(self, dimension: Dimension) -> exp.Expr:
        """The value as people call it."""
        columns: list[exp.Expr] = []
        for path in self._paths(dimension):
            target = _target(self.table, path)
            owner = () if path == ("key",) else path
            names = [path] if target is None else [(*owner, field) for field in shown_by(target)]
            columns += [cast(self.joins.column(name), "VARCHAR") for name in names]
        return _first_known(columns)

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
            parts.append(exp.paren(exp.or_(*(self._is_called(dimension, value) for value in values))))
        return parts + self.narrowed

    def _is_called(self, dimension: Dimension, name: str) -> exp.Expr:
        """By name; two of one name are told apart by the key behind it (see `labels.distinct_names`)."""
        called = exp.EQ(this=self.name_of(dimension), expression=literal(name))
        plain, sign, key = name.rpartition(" #")
        if not sign or not key.isdecimal() or _target(self.table, self._paths(dimension)[0]) is None:
            return called
        keyed = exp.EQ(this=self.value_of(dimension), expression=literal(int(key)))
        same = exp.EQ(this=self.name_of(dimension), expression=literal(plain))
        return exp.or_(called, exp.and_(keyed, same))

    def narrow(self, dimension: Dimension, name: str | None) -> None:
        """Keep only one slice, called by its name; None is the slice without one."""
        if name is None:
            self.narrowed.append(exp.Is(this=self.name_of(dimension), expression=exp.null()))
        else:
            self.narrowed.append(exp.paren(self._is_called(dimension, name)))

    def _paths(self, dimension: Dimension) -> list[tuple[str, ...]]:
        paths = paths_of(dimension, self.table)
        if not paths:
            raise UnknownDimensionError(
                f"{TABLES[self.table].en} rows do not know their {dimension.en.lower()}",
                f"break down by something else than {dimension.name!r}",
            )
        return paths


def shown_by(table: str) -> tuple[str, ...]:
    """The fields a row is called by, best first: what `Projection.names` shows."""
    return (*display_fields(TABLES[table]), "source_id")


def _first_known(columns: list[exp.Expr]) -> exp.Expr:
    return columns[0] if len(columns) == 1 else exp.Coalesce(this=columns[0], expressions=columns[1:])


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
    return cast(moved, "DATE")


def _trunc(unit: str, day: exp.Expr) -> exp.Expr:
    start = exp.Anonymous(this="date_trunc", expressions=[exp.Literal.string(unit), day.copy()])
    return cast(start, "DATE")


def in_period(day: exp.Expr, period: Period, dated: bool = True) -> exp.Expr:
    """Start included, end not; for all time, every row that has a day, or every row if not `dated`."""
    if not dated:
        return exp.true()
    if period.is_all:
        return exp.Not(this=exp.Is(this=day.copy(), expression=exp.null()))
    return exp.and_(
        exp.GTE(this=day.copy(), expression=literal(period.start)),
        exp.LT(this=day.copy(), expression=literal(period.end)),
        copy=False,
    )
