"""The single values behind a quantile or a mean: amounts, days from one moment to another."""

from __future__ import annotations

from datetime import date

import sqlglot.expressions as exp

from hakari.canonical.schema import Kind
from hakari.metrics.components import Component
from hakari.metrics.fact import Fact, in_period
from hakari.metrics.rows import rows_of, where_and_rows
from hakari.storage.conditions import Joins, cast, literal
from hakari.units.period import Period

_SECONDS = {"minutes": 60.0, "hours": 3600.0}


def values_select(
    fact: Fact, one: Component, day_path: tuple[str, ...], period: Period, today: date
) -> exp.Select:
    """SELECT s0…, bucket, v: one row a known value."""
    day = fact.joins.day(day_path)
    value = value_of(one, fact.joins)
    columns = [*fact.slices(), *fact.bucket(day), exp.alias_(value, "v", quoted=True)]
    rows = [in_period(day, period, one.dated), *fact.conditions()]
    rows += where_and_rows(one, fact.joins, day, today)
    rows.append(exp.Not(this=exp.Is(this=value.copy(), expression=exp.null())))
    return rows_of(fact, columns, rows)


def value_of(one: Component, joins: Joins) -> exp.Expr:
    """A field's value, or the time from `path` to `until`: whole days, or minutes and hours by the clock."""
    if not one.until:
        return cast(joins.column(one.path), "DOUBLE")
    seconds = _SECONDS.get(one.unit)
    clocked = all(joins.field(path).kind is Kind.INSTANT for path in (one.path, one.until))
    if seconds is None or not clocked:
        days = exp.paren(exp.Sub(this=joins.day(one.until), expression=joins.day(one.path)))
        factor = 86400.0 / seconds if seconds else 1.0
        return exp.Mul(this=cast(days, "DOUBLE"), expression=literal(factor))
    until, since = (exp.func("epoch_us", joins.column(path)) for path in (one.until, one.path))
    span = cast(exp.paren(exp.Sub(this=until, expression=since)), "DOUBLE")
    return exp.Div(this=span, expression=literal(seconds * 1e6))
