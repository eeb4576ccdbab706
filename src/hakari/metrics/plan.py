"""Groups what a query needs into the fewest passes over the tables; a plan can print itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

import sqlglot.expressions as exp

from hakari.metrics.cells import cells_select
from hakari.metrics.components import Component
from hakari.metrics.cost import Guess, ReadingSize, Spent
from hakari.metrics.fact import Fact
from hakari.metrics.filters import filters_select
from hakari.metrics.masks import MOST, masks_select
from hakari.metrics.query import Cut, Query
from hakari.metrics.values import values_select
from hakari.units.period import Period

DIALECT = "duckdb"
_FEW = 4  # so many sums go along with quantiles; more are quicker from cells of their own


@dataclass(frozen=True, slots=True)
class Pass:
    """One statement for all `components`, in this order. kind: cells, filters, masks or values."""

    kind: str
    table: str
    day: tuple[str, ...]
    components: tuple[Component, ...]


Group = tuple[str, str, tuple[str, ...], bool, object]


Apart: TypeAlias = "Callable[[Component], object]"


def together(_: Component) -> object:
    """Everything may share a pass."""
    return None


def passes_for(components: Iterable[Component], apart: Apart = together) -> list[Pass]:
    """Additive components share one pass a table and day; distinct ones also share their entity.

    `apart` names what keeps additive components from sharing: a large table that some of them join.
    """
    groups: dict[Group, list[Component]] = {}
    for one in dict.fromkeys(components):
        group = _group(one)
        groups.setdefault((*group[:4], apart(one)) if one.additive else group, []).append(one)
    for group in [one for one in groups if one[0] == "filters"]:
        cells: Group = ("cells", *group[1:4], None)
        if len(groups.get(cells, ())) in range(1, _FEW + 1):
            groups[group] = groups.pop(cells) + groups[group]
    return [
        Pass(kind, table, day, tuple(members[start : start + MOST]))
        for (kind, table, day, _, _), members in groups.items()
        for start in range(0, len(members), MOST)
    ]


def _group(one: Component) -> Group:
    if one.additive:
        return "cells", one.table, one.date, one.dated, None
    if one.how == "distinct":
        return "masks", one.table, one.date, one.dated, one.path
    if one.how in ("quantile", "known"):
        return "filters", one.table, one.date, one.dated, None
    return "values", one.table, one.date, one.dated, one


def statement(one: Pass, query: Query, cut: Cut, period: Period, schema: str, start_month: int) -> exp.Select:
    """The pass as a SELECT."""
    fact = Fact(one.table, schema, cut, query.viewer, start_month)
    if one.kind == "cells":
        return cells_select(fact, one.components, one.day, period, query.today)
    if one.kind == "filters":
        return filters_select(fact, one.components, one.day, period, query.today)
    if one.kind == "masks":
        return masks_select(fact, one.components, one.day, period, query.today)
    return values_select(fact, one.components[0], one.day, period, query.today)


@dataclass(frozen=True, slots=True)
class Step:
    """One statement of a plan; its text is made only when somebody reads it.

    `table`, `day` and `period` say whose rows are read, where the plan knows; `guess` is added for readers.
    """

    says: str
    select: exp.Select
    spent: Spent | None = None
    table: str = ""
    day: tuple[str, ...] = ()
    period: Period | None = None
    guess: Guess | None = None
    reading: ReadingSize | None = None  # where the rows are counted here, not by the statement

    @property
    def sql(self) -> str:
        return self.select.sql(DIALECT, pretty=True)

    @property
    def cost(self) -> str:
        """In words: what it was thought to take, and what it took."""
        parts = []
        if self.guess is not None:
            parts.append(f"estimated {self.guess.cpu_ms:,.1f} ms of CPU over {self.guess.rows:,} rows")
        if self.spent is not None:
            took = f"{self.spent.cpu_ms:,.1f} ms of CPU, {self.spent.wall_ms:,.1f} ms by the clock"
            parts.append(f"took {took}, gave {self.spent.rows:,} rows")
        return "; ".join(parts)


def describe(one: Pass, select: exp.Select, period: Period, spent: Spent | None = None) -> Step:
    how = {
        "cells": f"one pass over {one.table} into cells, then {len(one.components)} sums from the cells",
        "filters": f"one pass over {one.table}, {len(one.components)} figures each over its own rows",
        "masks": f"one pass over {one.table}, one mask an entity, {len(one.components)} distinct counts",
        "values": f"the single values of {one.table}",
    }[one.kind]
    return Step(f"{how} (by {'.'.join(one.day)})", select, spent, one.table, one.day, period)
