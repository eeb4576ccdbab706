"""The rows that components count, as SQL: their conditions, joins and groups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlglot
import sqlglot.expressions as exp

from hakari.canonical.predicate import Where
from hakari.metrics.components import Component
from hakari.metrics.fact import Fact
from hakari.storage.conditions import Joins, condition_sql, literal


def split_where(components: Sequence[Component]) -> tuple[Where, list[Where]]:
    """The conditions that all components have, and those that each has beside them."""
    first, *others = components
    shared = tuple(part for part in first.where if all(part in one.where for one in others))
    return shared, [tuple(part for part in one.where if part not in shared) for one in components]


def row_conditions(one: Component, joins: Joins, day: exp.Expr, today: date) -> list[exp.Expr]:
    """What a component asks of a row beside its population."""
    found: list[exp.Expr] = []
    if one.since:
        day = exp.Coalesce(this=joins.day(one.since), expressions=[day.copy()])
    if one.within is not None:
        path, days = one.within
        took = exp.Sub(this=joins.day(path), expression=day.copy())
        in_time = exp.LTE(this=exp.paren(took, copy=False), expression=literal(days))
        happened = exp.LTE(this=joins.day(path), expression=literal(today))
        undated = exp.Is(this=joins.day(path), expression=exp.null())
        found.append(exp.paren(exp.or_(exp.and_(in_time, happened), undated, copy=False), copy=False))
    if one.young is not None:
        age = exp.Sub(this=literal(today), expression=day.copy())
        found.append(exp.LT(this=exp.paren(age, copy=False), expression=literal(one.young)))
    return found


def where_and_rows(one: Component, joins: Joins, day: exp.Expr, today: date) -> list[exp.Expr]:
    """All conditions of one component, to be put on rows."""
    return [condition_sql(part, joins) for part in one.where] + row_conditions(one, joins, day, today)


def own_conditions(
    components: Sequence[Component], rests: Sequence[Where], joins: Joins, day: exp.Expr, today: date
) -> list[list[exp.Expr]]:
    """For each component what it asks of a row that the others do not."""
    return [
        [condition_sql(part, joins) for part in rest] + row_conditions(one, joins, day, today)
        for one, rest in zip(components, rests, strict=True)
    ]


def rows_of(fact: Fact, columns: Sequence[exp.Expr], conditions: Sequence[exp.Expr]) -> exp.Select:
    """SELECT of a table's rows with the joins that columns and conditions need. The parts are taken over:
    copying what is built once and read once is most of the work."""
    select = sqlglot.select(*columns, copy=False).from_(fact.source, copy=False)
    return fact.joins.add_to(select.where(*conditions, copy=False))


def group_by(select: exp.Select, columns: int) -> exp.Select:
    """By the first so many columns."""
    numbers = (exp.Literal.number(place + 1) for place in range(columns))
    return select.group_by(*numbers, copy=False) if columns else select


def filtered(amount: exp.Expr, keep: Sequence[exp.Expr]) -> exp.Expr:
    """An aggregate over the rows that fulfil all conditions."""
    if not keep:
        return amount
    return exp.Filter(this=amount, expression=exp.Where(this=exp.and_(*keep, copy=False)))
