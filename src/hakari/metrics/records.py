"""The records behind a figure: the rows whose count and sum a person can check against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import sqlglot
import sqlglot.expressions as exp

from hakari.canonical import TABLES
from hakari.errors import DefinitionError
from hakari.metrics.cells import where_and_rows
from hakari.metrics.components import Component, parts_of
from hakari.metrics.definitions import Catalogue, Measure
from hakari.metrics.fact import Fact, bucket_start, in_period
from hakari.metrics.plan import DIALECT
from hakari.metrics.query import Query, basis_of, cut_of
from hakari.metrics.runner import Store
from hakari.metrics.values import value_of
from hakari.storage.conditions import column, literal
from hakari.units.calendar import FiscalCalendar
from hakari.units.fiscal import add_months
from hakari.units.period import Grain, Period

SIDES = ("numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Records:
    """`weight` is what each row adds: 1, an amount, or its single value. `entities` counts distinct ones."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    count: int
    total: float
    entities: int | None


class RecordReader:
    """Reads rows straight from the projection, by the definition alone, not from the engine's sums."""

    def __init__(self, store: Store, catalogue: Catalogue, calendar: FiscalCalendar) -> None:
        self.store, self.catalogue, self.calendar = store, catalogue, calendar

    def read(
        self,
        query: Query,
        slice_: Mapping[str, str | None],
        side: str = "numerator",
        schema: str = "main",
        limit: int | None = None,
        offset: int = 0,
    ) -> Records:
        """The records of the query's single measure in one slice; a grain in the slice narrows the period."""
        measure = self.catalogue.measures[query.measures[0]]
        one = self._component(measure, basis_of(query, measure), side)
        cut = replace(cut_of(query, self.catalogue), grain=None)
        fact = Fact(one.table, schema, cut, query.viewer, self.calendar.start_month)
        select = self._select(fact, one, query, self._days(query, measure), slice_)
        count, total, entities = self._totals(select, one)
        columns, rows = self._rows(select, fact, limit, offset)
        return Records(one.table, columns, rows, count, total, entities)

    def _component(self, measure: Measure, basis: str, side: str) -> Component:
        if measure.kind in ("stock", "coverage", "recency", "derived"):
            raise DefinitionError(
                f"{measure.id} stands at a moment or on other KPIs, so it has no list of its own yet",
                "open the records of the KPIs and lists it is made of",
            )
        parts = parts_of(measure, basis)
        wanted = parts.bottom if side == "denominator" else (parts.top or parts.values)
        if wanted is None:
            raise DefinitionError(f"{measure.id} has no {side}", "ask for its numerator")
        return replace(wanted, how="sum") if wanted.how == "squares" else wanted

    def _days(self, query: Query, measure: Measure) -> Period:
        if measure.window_months is None:
            return query.period
        end = min(query.period.end, query.today + timedelta(days=1))
        return Period(add_months(end, -measure.window_months), end)

    def _select(
        self, fact: Fact, one: Component, query: Query, period: Period, slice_: Mapping[str, str | None]
    ) -> exp.Select:
        day = fact.joins.day(one.date)
        weight: exp.Expr = literal(1)
        if one.how in ("sum", "filled"):
            weight = fact.joins.column(one.path)
        elif one.how == "values":
            weight = value_of(one, fact.joins)
        entity = fact.joins.column(one.path) if one.how == "distinct" else literal(None)
        select = sqlglot.select(
            exp.alias_(column("key", fact.joins.alias), "key", quoted=True),
            exp.alias_(day, "day", quoted=True),
            exp.alias_(weight, "weight", quoted=True),
            exp.alias_(entity, "entity", quoted=True),
        ).from_(fact.source)
        select = select.where(in_period(day, period), *fact.conditions())
        select = select.where(*where_and_rows(one, fact.joins, day, query.today))
        if one.how in ("sum", "filled", "values"):
            select = select.where(exp.Not(this=exp.Is(this=weight.copy(), expression=exp.null())))
        for name, value in slice_.items():
            select = select.where(self._is_slice(fact, day, name, value, query))
        return fact.joins.add_to(select)

    def _is_slice(self, fact: Fact, day: exp.Expr, name: str, value: str | None, query: Query) -> exp.Expr:
        if name in list(Grain):
            piece = self.calendar.parse(value or "", query.today)
            start = bucket_start(day, Grain(name), self.calendar.start_month)
            return exp.EQ(this=start, expression=literal(piece.start))
        subject = fact.name_of(self.catalogue.dimensions[name])
        if value is None:
            return exp.Is(this=subject, expression=exp.null())
        return exp.EQ(this=subject, expression=literal(value))

    def _totals(self, select: exp.Select, one: Component) -> tuple[int, float, int | None]:
        totals = sqlglot.select(
            exp.Count(this=exp.Star()),
            exp.Sum(this=column("weight", "r")),
            exp.Count(this=exp.Distinct(expressions=[column("entity", "r")])),
        ).from_(select.subquery("r"))
        row = self.store.cursor().execute(totals.sql(DIALECT)).fetchone() or (0, None, 0)
        return int(row[0]), float(row[1] or 0.0), int(row[2]) if one.how == "distinct" else None

    def _rows(
        self, select: exp.Select, fact: Fact, limit: int | None, offset: int
    ) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
        """The whole canonical row, references by name, newest first."""
        fields = TABLES[fact.table].fields
        wanted: list[exp.Expr] = [exp.alias_(column("source_id", "t"), "source_id", quoted=True)]
        wanted += [exp.alias_(column(field.name, "t"), field.name, quoted=True) for field in fields]
        rows = sqlglot.select(*wanted, column("weight", "r")).from_(select.subquery("r"))
        source = fact.source.copy()
        source.set("alias", exp.TableAlias(this=exp.to_identifier("t", quoted=True)))
        rows = rows.join(source, on=exp.EQ(this=column("key", "t"), expression=column("key", "r")))
        rows = rows.order_by(exp.Ordered(this=column("day", "r"), desc=True), column("key", "r"))
        if limit is not None:
            rows = rows.limit(limit).offset(offset)
        found = self.store.cursor().execute(rows.sql(DIALECT)).fetchall()
        names = [self.store.names(f.ref, fact.joins.schema) if f.ref else None for f in fields]
        return (
            ("source_id", *(field.name for field in fields), "weight"),
            tuple((row[0], *_named(row[1:-1], names), row[-1]) for row in found),
        )


def _named(values: tuple[Any, ...], names: list[dict[int, str] | None]) -> tuple[Any, ...]:
    return tuple(
        value if known is None or value is None else known.get(value, str(value))
        for value, known in zip(values, names, strict=True)
    )
