"""Exact distinct counts of one table and entity in a single pass.

Each row's fulfilled conditions become the bits of a mask; the masks of an entity's rows are or-ed
together, and counting a bit over the entities counts each of them once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlglot
import sqlglot.expressions as exp

from hakari.metrics.cells import group_by, where_and_rows
from hakari.metrics.components import Component
from hakari.metrics.fact import Fact, in_period
from hakari.storage.conditions import column, literal
from hakari.units.period import Period

MOST = 62  # bits of a signed 64-bit mask that can be tested safely
_ENTITIES = "entities"


def masks_select(
    fact: Fact, components: Sequence[Component], day_path: tuple[str, ...], period: Period, today: date
) -> exp.Select:
    """SELECT s0…, bucket, m0…mN: how many different values of the components' path have each bit."""
    day = fact.joins.day(day_path)
    entity = exp.alias_(fact.joins.column(components[0].path), "entity", quoted=True)
    conditions = [exp.and_(exp.true(), *where_and_rows(one, fact.joins, day, today)) for one in components]
    bits: list[exp.Expr] = [
        exp.cast(
            exp.Case(ifs=[exp.If(this=condition, true=literal(1 << index))], default=literal(0)), "BIGINT"
        )
        for index, condition in enumerate(conditions)
    ]
    mask = bits[0]
    for bit in bits[1:]:
        mask = exp.BitwiseOr(this=mask, expression=bit)
    groups = fact.slices() + fact.bucket(day)
    merged = exp.alias_(exp.func("bit_or", mask), "mask", quoted=True)
    inner = sqlglot.select(*groups, entity, merged).from_(fact.source)
    inner = inner.where(in_period(day, period, components[0].dated), *fact.conditions())
    inner = inner.where(exp.Not(this=exp.Is(this=entity.this.copy(), expression=exp.null())))
    inner = inner.where(exp.or_(*(condition.copy() for condition in conditions)))
    inner = group_by(fact.joins.add_to(inner), len(groups) + 1)
    counts = [exp.alias_(_having_bit(index), f"m{index}", quoted=True) for index in range(len(components))]
    outer = sqlglot.select(*(column(group.alias, _ENTITIES) for group in groups), *counts).from_(_ENTITIES)
    return group_by(outer, len(groups)).with_(_ENTITIES, as_=inner)


def _having_bit(index: int) -> exp.Expr:
    test = exp.paren(exp.BitwiseAnd(this=column("mask", _ENTITIES), expression=literal(1 << index)))
    return exp.Filter(
        this=exp.Count(this=exp.Star()), expression=exp.Where(this=exp.NEQ(this=test, expression=literal(0)))
    )
