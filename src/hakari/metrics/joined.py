"""Which figures join a large table: they are counted apart, so that the others need not join it too."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Protocol, runtime_checkable

from hakari.access import Viewer
from hakari.metrics.components import Component
from hakari.metrics.fact import Fact
from hakari.metrics.plan import Apart, together
from hakari.metrics.query import Cut, Query
from hakari.metrics.rows import where_and_rows
from hakari.metrics.values import value_of

LARGE = 100_000  # rows; counting a smaller table once more costs more than joining it
Ways = frozenset[tuple[str, tuple[str, ...]]]
Reads = frozenset[tuple[str, tuple[str, ...], str]]


@runtime_checkable
class Sized(Protocol):
    """A store that knows at once how many rows a table has."""

    def size(self, table: str, schema: str = "main") -> int: ...


def ways_of(one: Component, cut: Cut, viewer: Viewer) -> Ways:
    """Every table the component reads beside its own, and the path to the key it is read by."""
    return frozenset((table, path) for table, path, _ in reads_of(one, cut, viewer))


@lru_cache(maxsize=8192)
def reads_of(one: Component, cut: Cut, viewer: Viewer) -> Reads:
    """The same, and of milestones which of them."""
    fact = Fact(one.table, "main", cut, viewer, 1)
    fact.slices()
    fact.conditions()
    day = fact.joins.day(one.date)
    where_and_rows(one, fact.joins, day, date.min)
    if one.how in ("values", "quantile", "known"):
        value_of(one, fact.joins)
    elif one.path:
        fact.joins.column(one.path)
    return fact.joins.reads()


def apart_for(store: object, query: Query, cut: Cut, schema: str) -> Apart:
    """What to keep apart on this store: nothing where it does not know its sizes."""
    if not isinstance(store, Sized):
        return together
    sized: Sized = store
    none = Cut((), None, ())

    def apart(one: Component) -> object:
        if sized.size(one.table, schema) < LARGE:
            return None
        shared = {table for table, _ in ways_of(_rows_alone(one), cut, query.viewer)}
        own = {table for table, _ in ways_of(one, none, query.viewer)} - shared
        return frozenset(table for table in own if sized.size(table, schema) >= LARGE) or None

    return apart


def _rows_alone(one: Component) -> Component:
    """The same rows and days without conditions: what every component of the pass joins anyway."""
    return Component(one.table, (), one.date)
