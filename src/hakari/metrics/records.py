"""The records behind a figure: the rows whose count and sum a person can check against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlglot
import sqlglot.expressions as exp

from hakari.canonical import TABLES
from hakari.canonical.schema import Kind
from hakari.errors import DefinitionError
from hakari.metrics.components import Component, Parts, parts_of
from hakari.metrics.definitions import Catalogue, Measure
from hakari.metrics.fact import Fact, in_period
from hakari.metrics.filling import FillBook
from hakari.metrics.moment_run import MomentRun
from hakari.metrics.pasts import PastBook
from hakari.metrics.query import Query, basis_of, cut_of
from hakari.metrics.rows import where_and_rows
from hakari.metrics.runner import Run, Store
from hakari.metrics.values import value_of
from hakari.storage.conditions import column, literal, table_source
from hakari.units.calendar import FiscalCalendar
from hakari.units.fiscal import add_months
from hakari.units.period import Grain, Period

SIDES = ("numerator", "denominator")
_MOMENTS = ("stock", "coverage", "recency", "spread")


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

    def __init__(
        self,
        store: Store,
        catalogue: Catalogue,
        calendar: FiscalCalendar,
        filling: FillBook | None = None,
        pasts: PastBook | None = None,
    ) -> None:
        self.store, self.catalogue, self.calendar = store, catalogue, calendar
        self.filling, self.pasts = filling or FillBook(), pasts or PastBook()

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
        measure = self.pasts.in_time(measure, self.store, query, schema, self.calendar.start_month)
        period = self._days(query, measure, slice_)
        whole = replace(query, by=(), period=period)
        run = Run(self.store, whole, cut_of(whole, self.catalogue), schema, self.calendar.start_month)
        run.narrowed = tuple(
            (self.catalogue.dimensions[name], value)
            for name, value in slice_.items()
            if name not in list(Grain)
        )
        if measure.kind in _MOMENTS:
            select, how, table = self._moment(measure, run, period, side)
        else:
            one = _component(self._parts(measure, query, schema), measure, side)
            select, how, table = _select(run.fact(one.table), one, whole), one.how, one.table
        count, total, entities = self._totals(select, how)
        columns, rows = self._rows(select, table, schema, limit, offset)
        return Records(table, columns, rows, count, total, entities)

    def _days(self, query: Query, measure: Measure, slice_: Mapping[str, str | None]) -> Period:
        """The query's period, narrowed to the slice's bucket, or the months that roll up to its end."""
        period = query.period
        for name, value in slice_.items():
            if name in list(Grain) and value is not None:
                bucket = self.calendar.parse(value, query.today)
                period = bucket if period.is_all else bucket.overlap(period)
        if measure.window_months is None:
            return period
        end = min(period.end, query.today + timedelta(days=1))
        return Period(add_months(end, -measure.window_months), end)

    def _parts(self, measure: Measure, query: Query, schema: str) -> Parts:
        if measure.against is not None:
            raise DefinitionError(
                f"{measure.id} is held against targets and has no records of its own",
                f"open the records of the KPI it compares: {measure.against.measure}",
            )
        if measure.kind == "derived":
            raise DefinitionError(
                f"{measure.id} is arithmetic over other KPIs and has no records of its own",
                f"open the records of the KPIs it is made of: {measure.formula}",
            )
        parts = parts_of(measure, basis_of(query, measure), query.lag)
        never = self.filling.never_dated(self.store, schema, query, parts)
        return parts.without_days() if never else parts

    @staticmethod
    def _moment(measure: Measure, run: Run, period: Period, side: str) -> tuple[exp.Select, str, str]:
        select, _ = MomentRun(run, measure, period, basis_of(run.query, measure), intervals=False).rows()
        if measure.listed is not None:
            if side == "numerator":
                select = select.where(exp.Not(this=exp.Is(this=column("entity", "r"), expression=exp.null())))
            return select, "distinct", measure.listed.table
        if measure.of is None or side == "denominator":
            raise DefinitionError(f"{measure.id} has no {side}", "ask for its numerator")
        return select, measure.of.how, measure.of.population.table

    def _totals(self, select: exp.Select, how: str) -> tuple[int, float, int | None]:
        totals = sqlglot.select(
            exp.Count(this=exp.Star()),
            exp.Sum(this=column("weight", "r")),
            exp.Count(this=exp.Distinct(expressions=[column("entity", "r")])),
        ).from_(select.subquery("r"))
        row = self.store.rows(totals)[0]
        return int(row[0]), float(row[1] or 0.0), int(row[2]) if how == "distinct" else None

    def _rows(
        self, select: exp.Select, table: str, schema: str, limit: int | None, offset: int
    ) -> tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]:
        """The whole canonical row, references by name, moments by the office clock, newest first."""
        fields = TABLES[table].fields
        names = ("source_id", *(field.name for field in fields))
        wanted = [exp.alias_(column(name, "t"), name, quoted=True) for name in names]
        rows = sqlglot.select(*wanted, column("weight", "r")).from_(select.subquery("r"))
        rows = rows.join(
            table_source(table, schema, "t"),
            on=exp.EQ(this=column("key", "t"), expression=column("key", "r")),
        )
        rows = rows.order_by(exp.Ordered(this=column("day", "r"), desc=True), column("key", "r"))
        if limit is not None:
            rows = rows.limit(limit).offset(offset)
        found = self.store.rows(rows)
        known = [self.store.names(field.ref, schema) if field.ref else None for field in fields]
        local = [ZoneInfo(self.calendar.zone) if field.kind is Kind.INSTANT else None for field in fields]
        return (*names, "weight"), tuple(
            (row[0], *_local(_named(row[1:-1], known), local), row[-1]) for row in found
        )


def _component(parts: Parts, measure: Measure, side: str) -> Component:
    wanted = parts.bottom if side == "denominator" else (parts.top or parts.values)
    if wanted is None or (side == "denominator" and measure.denominator is None):
        raise DefinitionError(f"{measure.id} has no {side}", "ask for its numerator")
    return wanted


def _select(fact: Fact, one: Component, query: Query) -> exp.Select:
    """SELECT key, day, weight, entity of every row the component counts."""
    day = fact.joins.day(one.date)
    weight: exp.Expr = literal(1)
    if one.how == "sum":
        weight = fact.joins.column(one.path)
    elif one.how == "values":
        weight = value_of(one, fact.joins)
    entity = fact.joins.column(one.path) if one.how == "distinct" else exp.null()
    named = {"key": column("key", fact.joins.alias), "day": day, "weight": weight, "entity": entity}
    select = sqlglot.select(*(exp.alias_(value, name, quoted=True) for name, value in named.items()))
    select = select.from_(fact.source).where(in_period(day, query.period, one.dated), *fact.conditions())
    select = select.where(*where_and_rows(one, fact.joins, day, query.today))
    if one.how != "count":
        known = entity if one.how == "distinct" else weight
        select = select.where(exp.Not(this=exp.Is(this=known.copy(), expression=exp.null())))
    return fact.joins.add_to(select)


def _named(values: tuple[Any, ...], names: list[dict[int, str] | None]) -> tuple[Any, ...]:
    return tuple(
        value if known is None or value is None else known.get(value, str(value))
        for value, known in zip(values, names, strict=True)
    )


def _local(values: tuple[Any, ...], zones: list[ZoneInfo | None]) -> tuple[Any, ...]:
    return tuple(
        value
        if zone is None or value is None
        else value.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
        for value, zone in zip(values, zones, strict=True)
    )
