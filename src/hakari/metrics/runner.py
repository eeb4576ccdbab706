"""Runs a plan's statements on the projection and collects one number per component and slice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Protocol

import pyarrow as pa
import sqlglot
import sqlglot.expressions as exp

from hakari.metrics.choosing import Asking, read_at_once
from hakari.metrics.columns import Column, numbers_of
from hakari.metrics.components import Component
from hakari.metrics.compose import Key
from hakari.metrics.cost import guess, reading_guess, timed
from hakari.metrics.definitions import Dimension
from hakari.metrics.fact import Fact
from hakari.metrics.joined import apart_for
from hakari.metrics.partials import kept_months
from hakari.metrics.plan import Pass, Step, describe, passes_for, statement
from hakari.metrics.query import Cut, Query
from hakari.storage.conditions import Joins, table_source
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

    def filled(self, table: str, schema: str = "main") -> frozenset[str]: ...

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
        known = self._known()
        left = [component for component in dict.fromkeys(wanted) if component not in known]
        left = self._from_kept(left, period)
        left = self._from_readings(left, period)
        for one in passes_for(left, apart_for(self.store, self.query, self.cut, self.schema)):
            self.fact(one.table)
            select = statement(one, self.query, self.cut, period, self.schema, self.start_month)
            _, spent = timed(partial(self._read, one, select), int)
            self.steps.append(describe(one, select, period, spent))

    def _known(self) -> set[Component]:
        return {*self.numbers, *self.values}

    def _from_kept(self, wanted: list[Component], period: Period) -> list[Component]:
        """Answer from whole months counted before what can be; the rest is returned."""
        kept = kept_months(self.store, self.query, self.cut, self.schema, self.start_month)
        if kept is None or self.narrowed:
            return wanted
        found = kept.fill(wanted, period)
        for component, column in found.items():
            self.fact(component.table)
            self._put(component, column)
        self.steps += kept.steps
        return [component for component in wanted if component not in found]

    def _from_readings(self, wanted: list[Component], period: Period) -> list[Component]:
        """Count here what costs less than statements; the rest is returned."""
        known: set[Component] = set()
        asked = Asking(self.query, self.cut, period, self.schema, self.start_month)
        for one in read_at_once(self.store, wanted, asked):
            self.fact(one.step.table)
            self._take(one.components, one.table)
            self.steps.append(one.step)
            known.update(one.components)
        return [component for component in wanted if component not in known]

    def _put(self, component: Component, column: Column) -> None:
        self.numbers[component] = column.as_dict()

    def _take(self, components: Sequence[Component], table: pa.Table) -> None:
        """Keys first, then a number for each component."""
        width = self.width
        keys = list(zip(*(column.to_pylist() for column in table.columns[:width]), strict=True))
        keys = keys or [()] * table.num_rows
        for place, component in enumerate(components, start=width):
            self._put(component, Column(keys, numbers_of(table.column(place))))

    def _read(self, one: Pass, select: exp.Select) -> int:
        """Take in what the pass gives; says how many rows that was."""
        if one.kind == "values":
            self.values[one.components[0]] = found = self._lists(select)
            return len(found)
        rows = self.rows(select)
        width = self.width
        keys = [row[:width] for row in rows]
        for place, component in enumerate(one.components, start=width):
            self.numbers[component] = {
                key: float(row[place]) for key, row in zip(keys, rows, strict=True) if row[place] is not None
            }
        return len(rows)

    @property
    def width(self) -> int:
        """How many columns of an answer are its key."""
        return len(self.cut.dimensions) + (self.cut.grain is not None)

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


class ColumnRun(Run):
    """The same, kept as columns: for answers of thousands of cells."""

    def __init__(self, store: Store, query: Query, cut: Cut, schema: str, start_month: int) -> None:
        super().__init__(store, query, cut, schema, start_month)
        self.columns: dict[Component, Column] = {}

    def _known(self) -> set[Component]:
        return set(self.columns)

    def _put(self, component: Component, column: Column) -> None:
        self.columns[component] = column

    def _read(self, one: Pass, select: exp.Select) -> int:
        table = self.store.arrow(select)
        self._take(one.components, table)
        return table.num_rows


def listed(select: exp.Select) -> exp.Select:
    """The values `v` of a select gathered into one list a group."""
    groups = [one.alias for one in select.expressions if one.alias != "v"]
    columns = [exp.column(exp.to_identifier(name, quoted=True)) for name in groups]
    values = exp.Anonymous(this="list", expressions=[exp.column(exp.to_identifier("v", quoted=True))])
    outer = sqlglot.select(*columns, exp.alias_(values, "v", quoted=True)).from_(select.subquery("q"))
    return outer.group_by(*(exp.Literal.number(i + 1) for i in range(len(groups)))) if groups else outer


def with_guesses(steps: Sequence[Step], store: Store, schema: str) -> list[Step]:
    """What each step was thought to take, from its table's size and the share of its days asked for."""
    spans: dict[tuple[str, tuple[str, ...]], tuple[int, date | None, date | None]] = {}
    found: list[Step] = []
    for step in steps:
        if not step.table or step.period is None:
            found.append(step)
            continue
        if (step.table, step.day) not in spans:
            spans[step.table, step.day] = _span(store, schema, step.table, step.day)
        rows, first, last = spans[step.table, step.day]
        share = 1.0
        if first is not None and last is not None and not step.period.is_all:
            asked = step.period.overlap(Period(first, last + timedelta(days=1)))
            share = asked.days / ((last - first).days + 1)
        read = round(rows * share)
        guessed = guess(step.select, read) if step.reading is None else reading_guess(step.reading, read)
        found.append(replace(step, guess=guessed))
    return found


def _span(
    store: Store, schema: str, table: str, day: tuple[str, ...]
) -> tuple[int, date | None, date | None]:
    """How many rows a table has, and between which days they lie."""
    joins = Joins(table, schema)
    ends = [exp.Min(this=joins.day(day)), exp.Max(this=joins.day(day))]
    select = sqlglot.select(exp.Count(this=exp.Star()), *ends).from_(table_source(table, schema, joins.alias))
    rows, first, last = store.rows(joins.add_to(select))[0]
    return int(rows), first, last
