"""Counts and sums of one table in a single pass: first small cells, then every measure from the cells.

A FILTER for each measure over all rows costs rows × measures; grouping by the few columns the
conditions look at leaves some thousand cells, over which a hundred filters cost nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlglot
import sqlglot.expressions as exp

from hakari.canonical.predicate import AnyOf, Condition, Where
from hakari.canonical.schema import Field, Kind
from hakari.metrics.components import Component
from hakari.metrics.fact import Fact, in_period
from hakari.storage.conditions import Joins, atom_sql, column, condition_sql, literal, where_sql
from hakari.units.period import Period

_CELLS = "cells"
_KEYED = (Kind.CHOICE, Kind.FLAG)


class _CellColumns:
    """Answers conditions from the cells' columns, adding to the cells what it is asked for."""

    def __init__(self, joins: Joins) -> None:
        self.joins = joins
        self.keys: dict[exp.Expr, str] = {}
        self.table = joins.table

    def key(self, expression: exp.Expr) -> exp.Column:
        name = self.keys.setdefault(expression, f"k{len(self.keys)}")
        return column(name, _CELLS)

    def column(self, path: tuple[str, ...]) -> exp.Column:
        return self.key(self.joins.column(path))

    def day(self, path: tuple[str, ...]) -> exp.Column:
        return self.key(self.joins.day(path))

    def field(self, path: tuple[str, ...]) -> Field:
        return self.joins.field(path)


def cells_select(
    fact: Fact, components: Sequence[Component], day_path: tuple[str, ...], period: Period, today: date
) -> exp.Select:
    """SELECT s0…, bucket, m0…mN: one row a slice and bucket, one column a component in the given order."""
    day = fact.joins.day(day_path)
    shared, rests = split_where(components)
    cells = _CellColumns(fact.joins)
    keeps = [
        [_cell_condition(part, cells) for part in rest]
        + [cells.key(part) for part in row_conditions(one, fact.joins, day, today)]
        for one, rest in zip(components, rests, strict=True)
    ]
    rows = [in_period(day, period, components[0].dated), *fact.conditions()]
    rows += [condition_sql(part, fact.joins) for part in shared]
    groups = fact.slices() + fact.bucket(day)
    if _filters_are_fewer(components, cells, keeps):
        own = [
            [condition_sql(part, fact.joins) for part in rest] + row_conditions(one, fact.joins, day, today)
            for one, rest in zip(components, rests, strict=True)
        ]
        return _plain(fact, components, groups, rows, own)
    sums: dict[exp.Expr, str] = {}
    columns: list[exp.Expr] = []
    for index, (one, keep) in enumerate(zip(components, keeps, strict=True)):
        amount = column(sums.setdefault(_amount(one, fact.joins), f"a{len(sums)}"), _CELLS)
        columns.append(exp.alias_(_filtered(exp.Sum(this=amount), keep), f"m{index}", quoted=True))
    keys = [exp.alias_(key, name, quoted=True) for key, name in cells.keys.items()]
    amounts = [exp.alias_(amount, name, quoted=True) for amount, name in sums.items()]
    inner = rows_of(fact, [*groups, *keys, *amounts], rows)
    inner = group_by(inner, len(groups) + len(keys))
    outer = sqlglot.select(*(column(group.alias, _CELLS) for group in groups), *columns, copy=False)
    return group_by(outer.from_(_CELLS, copy=False), len(groups)).with_(_CELLS, as_=inner, copy=False)


def split_where(components: Sequence[Component]) -> tuple[Where, list[Where]]:
    """The conditions that all components have, and those that each has beside them."""
    first, *others = components
    shared = tuple(part for part in first.where if all(part in one.where for one in others))
    return shared, [tuple(part for part in one.where if part not in shared) for one in components]


def _filters_are_fewer(
    components: Sequence[Component], cells: _CellColumns, keeps: Sequence[Sequence[exp.Expr]]
) -> bool:
    """Without keys the cells are the answer; a few counts are quicker than cells of many keys."""
    counted = all(one.how == "count" for one in components)
    return not cells.keys or (counted and len(cells.keys) > sum(map(bool, keeps)))


def _plain(
    fact: Fact,
    components: Sequence[Component],
    groups: Sequence[exp.Expr],
    rows: Sequence[exp.Expr],
    own: Sequence[Sequence[exp.Expr]],
) -> exp.Select:
    columns: list[exp.Expr] = []
    for index, (one, keep) in enumerate(zip(components, own, strict=True)):
        amount = _filtered(_amount(one, fact.joins), keep)
        # A slice that no row reached has no cell either.
        known = exp.func("nullif", amount, literal(0)) if keep else amount
        columns.append(exp.alias_(known, f"m{index}", quoted=True))
    return group_by(rows_of(fact, [*groups, *columns], rows), len(groups))


def _filtered(amount: exp.Expr, keep: Sequence[exp.Expr]) -> exp.Expr:
    if not keep:
        return amount
    return exp.Filter(this=amount, expression=exp.Where(this=exp.and_(*keep, copy=False)))


def group_by(select: exp.Select, columns: int) -> exp.Select:
    """By the first so many columns."""
    numbers = (exp.Literal.number(place + 1) for place in range(columns))
    return select.group_by(*numbers, copy=False) if columns else select


def rows_of(fact: Fact, columns: Sequence[exp.Expr], conditions: Sequence[exp.Expr]) -> exp.Select:
    """SELECT of a table's rows with the joins that columns and conditions need. The parts are taken over:
    copying what is built once and read once is most of the work."""
    select = sqlglot.select(*columns, copy=False).from_(fact.source, copy=False)
    return fact.joins.add_to(select.where(*conditions, copy=False))


def _amount(one: Component, joins: Joins) -> exp.Expr:
    if one.how == "count":
        return exp.Count(this=exp.Star())
    value = joins.column(one.path)
    if one.how == "filled":
        return exp.Count(this=value)
    if one.how == "squares":
        return exp.Sum(this=exp.Mul(this=value, expression=value.copy()))
    return exp.Sum(this=value)


def _cell_condition(condition: Condition, cells: _CellColumns) -> exp.Expr:
    """Choices and flags become columns of the cells; any other comparison is made once a row."""
    if isinstance(condition, AnyOf):
        found = (_cell_condition(atom, cells) for atom in condition.atoms)
        return exp.paren(exp.or_(*found, copy=False), copy=False)
    if cells.field(condition.path).kind in _KEYED:
        return atom_sql(condition, cells)
    return cells.key(atom_sql(condition, cells.joins))


def row_conditions(one: Component, joins: Joins, day: exp.Expr, today: date) -> list[exp.Expr]:
    found: list[exp.Expr] = []
    if one.within is not None:
        path, days = one.within
        took = exp.Sub(this=joins.day(path), expression=day.copy())
        found.append(exp.LTE(this=exp.paren(took, copy=False), expression=literal(days)))
    if one.young is not None:
        age = exp.Sub(this=literal(today), expression=day.copy())
        found.append(exp.LT(this=exp.paren(age, copy=False), expression=literal(one.young)))
    return found


def where_and_rows(one: Component, joins: Joins, day: exp.Expr, today: date) -> list[exp.Expr]:
    """All conditions of one component, to be put on rows."""
    return [condition_sql(part, joins) for part in one.where] + row_conditions(one, joins, day, today)


def undated_select(fact: Fact, where: Where, day_path: tuple[str, ...]) -> exp.Select:
    """SELECT s0…, m0: rows that belong to the population and to no day."""
    rows = exp.alias_(exp.Count(this=exp.Star()), "m0", quoted=True)
    groups = fact.slices()
    select = sqlglot.select(*groups, rows).from_(fact.source)
    day = fact.joins.day(day_path)
    select = select.where(
        exp.Is(this=day, expression=exp.null()), where_sql(where, fact.joins), *fact.conditions()
    )
    return group_by(fact.joins.add_to(select), len(groups))
