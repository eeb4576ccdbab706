"""What is asked, in words any engine's adapter understands: plain aggregates, and what is divided by what.

A flat table holds a table's columns that the figures need, and beside them, joined already, those of other
tables: an adapter then needs no joins. That favours the peers, which are spared the joins ours makes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlglot
import sqlglot.expressions as exp

from benchmarks.kpis import PERIOD, query_for
from benchmarks.store import TODAY
from hakari.canonical.schema import Field
from hakari.metrics.components import Component, Parts, parts_of
from hakari.metrics.definitions import Measure
from hakari.metrics.loader import built_in
from hakari.metrics.query import basis_of
from hakari.metrics.rows import where_and_rows
from hakari.metrics.values import value_of
from hakari.storage.conditions import Joins, table_source

_AGGREGATES = {"count": "count", "sum": "sum", "filled": "count", "distinct": "distinct", "known": "count"}


class Flat:
    """A table's needed columns under plain names; answers conditions as `Joins` does."""

    def __init__(self, table: str) -> None:
        self.table, self.joins = table, Joins(table, "main")
        self.columns: dict[str, exp.Expr] = {}

    def column(self, path: tuple[str, ...]) -> exp.Column:
        return self._named(path, self.joins.column(path))

    def day(self, path: tuple[str, ...]) -> exp.Column:
        found = self.joins.day(path)
        return self._named((*path[:-1], found.name), found)

    def field(self, path: tuple[str, ...]) -> Field:
        return self.joins.field(path)

    def select(self) -> exp.Select:
        """The flat table as the projection gives it, in the projection's order."""
        shown = [exp.alias_(one, name, quoted=True) for name, one in self.columns.items()]
        select = sqlglot.select(*shown).from_(table_source(self.table, "main", self.joins.alias))
        return self.joins.add_to(select)

    def _named(self, path: tuple[str, ...], found: exp.Column) -> exp.Column:
        name = "__".join(path)
        self.columns.setdefault(name, found)
        return exp.column(exp.to_identifier(name, quoted=True))


@dataclass(slots=True)
class Spec:
    """`aggregates` and `figures` are plain data, as an adapter in another environment reads them."""

    flats: dict[str, Flat] = field(default_factory=dict)
    aggregates: dict[str, dict[str, Any]] = field(default_factory=dict)
    figures: dict[str, dict[str, Any]] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        return {
            "start": str(PERIOD.start),
            "end": str(PERIOD.end),
            "aggregates": self.aggregates,
            "figures": self.figures,
            "columns": {table: list(flat.columns) for table, flat in self.flats.items()},
        }


def spec_of(measures: Sequence[str]) -> Spec:
    """The figures as counts, sums, distinct counts and quantiles by rep and month."""
    spec, known = Spec(), dict[Component, str]()
    for name in measures:
        measure = built_in().measures[name]
        parts = _parts(measure)
        roles = {"top": parts.top, "bottom": parts.bottom}
        spec.figures[name] = {
            "kind": measure.kind,
            **{role: None if one is None else _aggregate(spec, known, one) for role, one in roles.items()},
        }
    return spec


def _parts(measure: Measure) -> Parts:
    parts = parts_of(measure, basis_of(query_for((measure.id,)), measure), lag=False)
    return parts.summed_up(measure.quantile) if measure.kind == "quantile" else parts


def _aggregate(spec: Spec, known: dict[Component, str], one: Component) -> str:
    if one in known:
        return known[one]
    name = known[one] = f"a{len(known)}"
    flat = spec.flats.setdefault(one.table, Flat(one.table))
    as_joins: Any = flat
    owner = flat.column(("owner",))
    day = flat.day(one.date)
    conditions = where_and_rows(one, as_joins, day, TODAY)
    value = ""
    if one.how in ("quantile", "known"):
        value = f"value_{name}"
        flat.columns[value] = value_of(one, flat.joins)
    elif one.path:
        value = flat.column(one.path).name
    spec.aggregates[name] = {
        "table": one.table,
        "owner": owner.name,
        "day": day.name,
        "how": "quantile" if one.how == "quantile" else _AGGREGATES[one.how],
        "share": one.share,
        "where": {dialect: _text(conditions, dialect) for dialect in ("duckdb", "clickhouse")},
        "value": value,
    }
    return name


def _text(conditions: Sequence[exp.Expr], dialect: str) -> str | None:
    """Each comparison in brackets: not every reader of SQL knows how tightly IS DISTINCT FROM binds."""
    bracketed = [one.copy().transform(_bracketed).sql(dialect) for one in conditions]
    return " AND ".join(f"({one})" for one in bracketed) or None


def _bracketed(node: exp.Expr) -> exp.Expr:
    return exp.paren(node, copy=False) if isinstance(node, exp.NullSafeNEQ) else node
