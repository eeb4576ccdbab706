"""Exact distinct counts of one table and entity in a single pass.

Each row's fulfilled conditions become the bits of a mask; the masks of an entity's rows are or-ed
together, and counting a bit over the entities counts each of them once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce

import sqlglot
import sqlglot.expressions as exp

from hakari.metrics.components import Component
from hakari.metrics.fact import Fact, in_period
from hakari.metrics.rows import group_by, own_conditions, rows_of, split_where
from hakari.storage.conditions import cast, column, condition_sql, literal
from hakari.units.period import Period

MOST = 62  # bits of a signed 64-bit mask that can be tested safely
_WIDTHS = {"UTINYINT": 8, "USMALLINT": 16, "UINT": 32, "BIGINT": MOST}
_ENTITIES = "entities"


def masks_select(
    fact: Fact, components: Sequence[Component], day_path: tuple[str, ...], period: Period, today: date
) -> exp.Select:
    """SELECT s0…, bucket, m0…mN: how many different values of the components' path have each bit."""
    inner, groups, own = _entities(fact, components, day_path, period, today)
    counts = [
        exp.alias_(_having_bit(index) if conditions else exp.Count(this=exp.Star()), f"m{index}", quoted=True)
        for index, conditions in enumerate(own)
    ]
    outer = sqlglot.select(*(column(group.alias, _ENTITIES) for group in groups), *counts, copy=False)
    return group_by(outer.from_(_ENTITIES, copy=False), len(groups)).with_(_ENTITIES, as_=inner, copy=False)


def entities_select(
    fact: Fact, components: Sequence[Component], day_path: tuple[str, ...], period: Period, today: date
) -> tuple[exp.Select, list[bool]]:
    """SELECT s0…, bucket, entity, mask?: who was counted; and which components have a bit of their own."""
    inner, _, own = _entities(fact, components, day_path, period, today)
    return inner, [bool(conditions) for conditions in own]


def _entities(
    fact: Fact, components: Sequence[Component], day_path: tuple[str, ...], period: Period, today: date
) -> tuple[exp.Select, list[exp.Expr], list[list[exp.Expr]]]:
    day = fact.joins.day(day_path)
    entity = exp.alias_(fact.joins.column(components[0].path), "entity", quoted=True)
    shared, rests = split_where(components)
    own = own_conditions(components, rests, fact.joins, day, today)
    groups = fact.slices() + fact.bucket(day)
    rows = [in_period(day, period, components[0].dated), *fact.conditions()]
    rows.append(exp.Not(this=exp.Is(this=entity.this.copy(), expression=exp.null())))
    rows += [condition_sql(part, fact.joins) for part in shared]
    if all(own):
        rows.append(exp.paren(exp.or_(*(exp.and_(*conditions) for conditions in own)), copy=False))
    return group_by(rows_of(fact, [*groups, entity, *_mask(own)], rows), len(groups) + 1), groups, own


def _mask(own: Sequence[Sequence[exp.Expr]]) -> list[exp.Expr]:
    """One bit for each component that asks for something of its own; every entity found has the others'."""
    bits: list[exp.Expr] = [
        exp.Case(ifs=[exp.If(this=exp.and_(*conditions), true=literal(1 << index))], default=literal(0))
        for index, conditions in enumerate(own)
        if conditions
    ]
    if not bits:
        return []
    mask = reduce(lambda one, other: exp.BitwiseOr(this=one, expression=other), bits)
    # As narrow as can be: the masks of all entities are in memory at once.
    width = next(name for name, size in _WIDTHS.items() if len(own) <= size)
    return [exp.alias_(exp.func("bit_or", cast(mask, width)), "mask", quoted=True)]


def _having_bit(index: int) -> exp.Expr:
    """Nothing, not 0, where only other components reached the slice: as if each had been asked alone."""
    test = exp.paren(exp.BitwiseAnd(this=column("mask", _ENTITIES), expression=literal(1 << index)))
    count = exp.Filter(
        this=exp.Count(this=exp.Star()), expression=exp.Where(this=exp.NEQ(this=test, expression=literal(0)))
    )
    return exp.func("nullif", count, literal(0))
