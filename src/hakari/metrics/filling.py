"""Which tables and fields hold anything at all: what was never recorded is unknown, not zero."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Protocol, runtime_checkable

import sqlglot.expressions as exp

from hakari.canonical import TABLES
from hakari.canonical.milestones import MILESTONES
from hakari.canonical.predicate import AnyOf, Atom
from hakari.metrics.components import Parts
from hakari.metrics.definitions import Measure, Population
from hakari.metrics.edges import day_select
from hakari.metrics.query import Query
from hakari.metrics.runner import Store
from hakari.storage.conditions import Joins
from hakari.storage.filled import ROWS
from hakari.units.period import Grain

# What a measure is held against, where that is not targets.
_AIMED = {"forecast_error": "forecast"}
_ROWS = ROWS  # in place of a field


class FillBook:
    """Remembers the answers for as long as the tables they were read from stand as they were."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, object, str], frozenset[str]] = {}
        self._firsts: dict[tuple[str, object, str, tuple[str, ...]], date | None] = {}

    def lacking(self, store: Store, schema: str, measure: Measure) -> tuple[str, ...]:
        """What the measure counts that this store has never heard of, as `deal.valid` or `lead`."""
        needs = [need for one in _populations(measure) for need in _needs(one)]
        if measure.against is not None:
            needs.append(((_AIMED.get(measure.kind, "target"), _ROWS),))
        wanted = dict.fromkeys([*needs, *((field,) for field in _own_fields(measure))])
        return tuple(
            " / ".join(f"{table}.{field}" if field else table for table, field in need)
            for need in wanted
            if not any(self._has(store, schema, table, field) for table, field in need)
        )

    def first_day(self, store: Store, schema: str, measure: Measure) -> date | None:
        """The first day anything the measure counts has, over everybody; None when nothing has a day."""
        days = [
            self.first_of(store, schema, population.table, path)
            for population in _populations(measure)
            for path in population.dates.values()
        ]
        return min((day for day in days if day is not None), default=None)

    def first_of(self, store: Store, schema: str, table: str, path: tuple[str, ...]) -> date | None:
        """The first day any row of the table has there: many measures ask for the same few."""
        key = (schema, _states(store, _read_by(table, path), schema), table, path)
        if key not in self._firsts:
            if len(self._firsts) > 2_000:
                self._firsts.clear()
            day = store.rows(day_select(table, schema, path, exp.Min))[0][0]
            self._firsts[key] = day if isinstance(day, date) else None
        return self._firsts[key]

    def never_dated(self, store: Store, schema: str, query: Query, parts: Parts) -> bool:
        """Whether all time is asked of rows that were never given a day: then they count without one."""
        if not query.period.is_all or any(name in list(Grain) for name in query.by):
            return False
        return any(
            not self._has(store, schema, table, field)
            for part in parts.all()
            for table, field in _sources_of(part.table, part.date)
            if field
        )

    def _has(self, store: Store, schema: str, table: str, field: str) -> bool:
        key = (schema, _states(store, (table,), schema), table)
        if key not in self._known:
            if len(self._known) > 500:
                self._known.clear()
            self._known[key] = store.filled(table, schema)
        return field in self._known[key]


@runtime_checkable
class Tracked(Protocol):
    """A store that knows of each table when it was written to."""

    def states(self, tables: Iterable[str], schema: str = "main") -> object: ...


def _states(store: Store, tables: Iterable[str], schema: str) -> object:
    return store.states(tables, schema) if isinstance(store, Tracked) else store.change


@lru_cache(maxsize=4096)
def _read_by(table: str, path: tuple[str, ...]) -> tuple[str, ...]:
    """The tables that a day's path is read from."""
    joins = Joins(table, "main")
    joins.day(path)
    return (table, *sorted({name for name, _ in joins.ways.values()}))


def _populations(measure: Measure) -> Iterable[Population]:
    yield from (part.population for part in measure.parts())
    if measure.listed is not None:
        yield measure.listed


def _needs(population: Population) -> Iterable[tuple[tuple[str, str], ...]]:
    """Its table, and the fields unknown values of which can never fulfil its conditions.

    Of the fields of an `any` one is enough, and none is needed where unknown fulfils one of its comparisons.
    """
    yield ((population.table, _ROWS),)
    for condition in population.where:
        either = condition.atoms if isinstance(condition, AnyOf) else (condition,)
        if not any(_unknown_fulfils(atom) for atom in either):
            yield tuple(name for atom in either for name in _sources_of(population.table, atom.path))
        if isinstance(condition, Atom):
            yield from (tuple(_sources_of(population.table, path)) for path in condition.paths()[1:])


def _own_fields(measure: Measure) -> Iterable[tuple[str, str]]:
    """The fields it adds up, tells apart or dates by: a sum of amounts nobody wrote down is not zero."""
    for part in measure.parts():
        for path in filter(None, (part.path, part.until)):
            yield from _sources_of(part.population.table, path)
        if measure.entity:
            yield from _sources_of(part.population.table, measure.entity)
    if measure.listed is not None and measure.entity:
        yield from _sources_of(measure.listed.table, measure.entity)


def _unknown_fulfils(atom: Atom) -> bool:
    return atom.op in ("!=", "not_in", "is_null")


def _sources_of(table: str, path: tuple[str, ...]) -> Iterable[tuple[str, str]]:
    """A field itself; of a milestone the table it is told from."""
    for step in path[:-1]:
        table = TABLES[table].field(step).ref or table
    name = path[-1]
    if TABLES[table].has(name):
        yield table, name
        return
    for milestone in MILESTONES:
        if milestone.table == table and milestone.name == name:
            yield milestone.source, _ROWS
