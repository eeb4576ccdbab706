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
from hakari.metrics.filters import amount_of, filters_select
from hakari.metrics.rows import filtered, group_by, row_conditions, rows_of, split_where
from hakari.storage.conditions import Joins, atom_sql, column, condition_sql, where_sql
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
    if _filters_are_fewer(components, cells, keeps):
        return filters_select(fact, components, day_path, period, today)
    rows = [in_period(day, period, components[0].dated), *fact.conditions()]
    rows += [condition_sql(part, fact.joins) for part in shared]
    groups = fact.slices() + fact.bucket(day)
    sums: dict[exp.Expr, str] = {}
    columns: list[exp.Expr] = []
    for index, (one, keep) in enumerate(zip(components, keeps, strict=True)):
        amount = column(sums.setdefault(amount_of(one, fact.joins), f"a{len(sums)}"), _CELLS)
        columns.append(exp.alias_(filtered(exp.Sum(this=amount), keep), f"m{index}", quoted=True))
    keys = [exp.alias_(key, name, quoted=True) for key, name in cells.keys.items()]
    amounts = [exp.alias_(amount, name, quoted=True) for amount, name in sums.items()]
    inner = rows_of(fact, [*groups, *keys, *amounts], rows)
    inner = group_by(inner, len(groups) + len(keys))
    outer = sqlglot.select(*(column(group.alias, _CELLS) for group in groups), *columns, copy=False)
    return group_by(outer.from_(_CELLS, copy=False), len(groups)).with_(_CELLS, as_=inner, copy=False)


def _filters_are_fewer(
    components: Sequence[Component], cells: _CellColumns, keeps: Sequence[Sequence[exp.Expr]]
) -> bool:
    """Without keys the cells are the answer; a few counts are quicker than cells of many keys."""
    counted = all(one.how == "count" for one in components)
    return not cells.keys or (counted and len(cells.keys) > sum(map(bool, keeps)))


def _cell_condition(condition: Condition, cells: _CellColumns) -> exp.Expr:
    """Choices and flags become columns of the cells; any other comparison is made once a row."""
    if isinstance(condition, AnyOf):
        found = (_cell_condition(atom, cells) for atom in condition.atoms)
        return exp.paren(exp.or_(*found, copy=False), copy=False)
    if cells.field(condition.path).kind in _KEYED:
        return atom_sql(condition, cells)
    return cells.key(atom_sql(condition, cells.joins))


def undated_select(fact: Fact, where: Where, day_path: tuple[str, ...]) -> exp.Select:
    """SELECT s0…, m0: rows that belong to the population and to no day."""
    rows = exp.alias_(exp.Count(this=exp.Star()), "m0", quoted=True)
    groups = fact.slices()
    day = exp.Is(this=fact.joins.day(day_path), expression=exp.null())
    kept = [day, where_sql(where, fact.joins), *fact.conditions()]
    return group_by(rows_of(fact, [*groups, rows], kept), len(groups))
