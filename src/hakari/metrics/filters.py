"""A few figures of one table in a single pass, each over the rows that fulfil its own conditions.

A filter costs every row of the table. For a handful of figures, and for quantiles, which cannot be put
together from cells, that is less than cells of many columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlglot.expressions as exp

from hakari.metrics.components import Component
from hakari.metrics.fact import Fact, in_period
from hakari.metrics.rows import filtered, group_by, own_conditions, rows_of, split_where
from hakari.metrics.values import value_of
from hakari.storage.conditions import Joins, condition_sql, literal
from hakari.units.period import Period


def filters_select(
    fact: Fact, components: Sequence[Component], day_path: tuple[str, ...], period: Period, today: date
) -> exp.Select:
    """SELECT s0…, bucket, m0…mN: one row a slice and bucket, one column a component in the given order."""
    day = fact.joins.day(day_path)
    shared, rests = split_where(components)
    own = own_conditions(components, rests, fact.joins, day, today)
    columns = [
        exp.alias_(_figure(one, fact.joins, keep), f"m{index}", quoted=True)
        for index, (one, keep) in enumerate(zip(components, own, strict=True))
    ]
    groups = fact.slices() + fact.bucket(day)
    rows = [in_period(day, period, components[0].dated), *fact.conditions()]
    rows += [condition_sql(part, fact.joins) for part in shared]
    return group_by(rows_of(fact, [*groups, *columns], rows), len(groups))


def _figure(one: Component, joins: Joins, keep: Sequence[exp.Expr]) -> exp.Expr:
    """Nothing, not 0, in a slice that no row of the component reached."""
    found = filtered(amount_of(one, joins), keep)
    if one.how == "known" or (one.how == "count" and keep):
        return exp.func("nullif", found, literal(0))
    if one.how == "filled" and keep:
        reached = filtered(exp.Count(this=exp.Star()), [part.copy() for part in keep])
        return exp.Case(ifs=[exp.If(this=exp.GT(this=reached, expression=literal(0)), true=found)])
    return found


def amount_of(one: Component, joins: Joins) -> exp.Expr:
    """The component's aggregate, before its conditions."""
    if one.how == "count":
        return exp.Count(this=exp.Star())
    if one.how == "known":
        return exp.Count(this=value_of(one, joins))
    if one.how == "quantile":
        return exp.Anonymous(this="quantile_cont", expressions=[value_of(one, joins), literal(one.share)])
    value = joins.column(one.path)
    if one.how == "filled":
        return exp.Count(this=value)
    if one.how == "squares":
        return exp.Sum(this=exp.Mul(this=value, expression=value.copy()))
    return exp.Sum(this=value)
