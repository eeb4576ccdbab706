"""Runs a plan's statements on the projection and collects one number per component and slice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Protocol

import pyarrow as pa
import sqlglot
import sqlglot.expressions as exp

from hakari.metrics.components import Component
from hakari.metrics.compose import Key
from hakari.metrics.definitions import Dimension
from hakari.metrics.fact import Fact
from hakari.metrics.plan import Pass, Step, describe, passes_for, statement
from hakari.metrics.query import Cut, Query
from hakari.units.period import Period


class Store(Protocol):
    """What the engine needs of whatever holds the rows; `change` tells one state of them from another.

    Selects are trees in DuckDB's meaning; another engine's store says the same in its own words.
    """

    @property
    def change(self) -> int: ...

    def rows(self, select: exp.Select) -> list[tuple[Any, ...]]: ...

    def arrow(self, select: exp.Select) -> pa.Table: ...

    def names(self, table: str, schema: str = "main") -> dict[int, str]: ...

    def at(self, as_of: datetime | None) -> str: ...

    def text(self, select: exp.Select) -> str: ...


class Run:
    """One query on one schema; remembers what it ran, so that it can explain itself."""

    def __init__(self, store: Store, query: Query, cut: Cut, schema: str, start_month: int) -> None:
        self.store, self.query, self.cut = store, query, cut
        self.schema, self.start_month = schema, start_month
        self.numbers: dict[Component, dict[Key, float]] = {}
        self.values: dict[Component, dict[Key, Sequence[float]]] = {}
        self.refs: list[str | None] = [None] * len(cut.dimensions)
        self.narrowed: tuple[tuple[Dimension, str | None], ...] = ()
        self.steps: list[Step] = []

    def fact(self, table: str, cut: Cut | None = None) -> Fact:
        """The table as a source; notes which tables the slices' keys belong to."""
        fact = Fact(table, self.schema, cut or self.cut, self.query.viewer, self.start_month)
        for index, ref in enumerate(fact.slice_refs()):
            self.refs[index] = self.refs[index] or ref
        for dimension, name in self.narrowed:
            fact.narrow(dimension, name)
        return fact

    def components(self, wanted: Iterable[Component], period: Period) -> None:
        """Compute the components that are not yet known."""
        for one in passes_for(component for component in wanted if component not in self._known()):
            self.fact(one.table)
            select = statement(one, self.query, self.cut, period, self.schema, self.start_month)
            self.steps.append(describe(one, select))
            if one.kind == "values":
                self.values[one.components[0]] = self._lists(select)
            else:
                self._take(one, self.rows(select))

    def _known(self) -> set[Component]:
        return {*self.numbers, *self.values}

    def _take(self, one: Pass, rows: list[tuple[Any, ...]]) -> None:
        width = len(self.cut.dimensions) + (self.cut.grain is not None)
        keys = [row[:width] for row in rows]
        for place, component in enumerate(one.components, start=width):
            self.numbers[component] = {
                key: float(row[place]) for key, row in zip(keys, rows, strict=True) if row[place] is not None
            }

    def _lists(self, select: exp.Select) -> dict[Key, Sequence[float]]:
        """As arrays: a million values as numbers of Python's would take a tenth of a second and 32 MB."""
        table = self.store.arrow(listed(select))
        groups = table.columns[:-1]
        keys = list(zip(*(one.to_pylist() for one in groups), strict=True)) or [()] * table.num_rows
        lists: Any = table.columns[-1].combine_chunks()
        values, ends = lists.values.to_numpy(), lists.offsets.to_numpy().tolist()
        return {
            key: values[start:end]
            for key, start, end in zip(keys, ends[:-1], ends[1:], strict=True)
            if end > start
        }

    def rows(self, select: exp.Select) -> list[tuple[Any, ...]]:
        return self.store.rows(select)

    def note(self, says: str, select: exp.Select) -> None:
        self.steps.append(Step(says, select))


def listed(select: exp.Select) -> exp.Select:
    """The values `v` of a select gathered into one list a group."""
    groups = [one.alias for one in select.expressions if one.alias != "v"]
    columns = [exp.column(exp.to_identifier(name, quoted=True)) for name in groups]
    values = exp.Anonymous(this="list", expressions=[exp.column(exp.to_identifier("v", quoted=True))])
    outer = sqlglot.select(*columns, exp.alias_(values, "v", quoted=True)).from_(select.subquery("q"))
    return outer.group_by(*(exp.Literal.number(i + 1) for i in range(len(groups)))) if groups else outer
