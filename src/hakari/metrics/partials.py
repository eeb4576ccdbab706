"""Answers from whole months that were counted before; only what changed since, and the ends, is counted now.

Additive numbers are kept by slice. Distinct counts of months cannot be added, nor can medians: for quarters,
years and totals the entities themselves, and the single values, are kept instead. So every roll-up is what
counting all rows again would give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import sqlglot.expressions as exp
from numpy.typing import NDArray

from hakari.access import Viewer
from hakari.canonical.schema import Kind
from hakari.metrics.choosing import Asking, read_at_once
from hakari.metrics.columns import Column, keys_of, numbers_of
from hakari.metrics.components import Component
from hakari.metrics.compose import Key
from hakari.metrics.cost import timed
from hakari.metrics.edges import day_select
from hakari.metrics.fact import Fact
from hakari.metrics.joined import apart_for, reads_of
from hakari.metrics.masks import entities_select
from hakari.metrics.plan import Pass, Step, describe, passes_for, statement
from hakari.metrics.query import Cut, Query
from hakari.metrics.rolled import columns, put_together
from hakari.metrics.stretches import Bucket, Stretches, by_unit, pieces_of, runs_of, stretches_of, unit_of
from hakari.metrics.values import values_select
from hakari.storage.conditions import Joins
from hakari.storage.partials import Family, Partials, Stretch
from hakari.storage.partials_dirty import Watch
from hakari.units.fiscal import first_day
from hakari.units.period import Grain, Period

LEAST_ROWS = 100_000  # a smaller table is counted as quickly as looked up
_VERSION = 1  # another version's partials mean something else and are never read
_Read: TypeAlias = "Callable[[Family, Sequence[Component], Period, Grain | None], _Counted]"
_Counted: TypeAlias = "dict[tuple[Component, Key], Stretch]"
_PLAIN, _ENTITIES, _VALUES = "", " entities", " values"


class KeptMonths:
    """One query's answers from the partials of a store, which it adds to."""

    def __init__(self, store: Any, query: Query, cut: Cut, start_month: int) -> None:
        self._store, self._query, self._cut, self._start_month = store, query, cut, start_month
        self._partials: Partials = store.partials
        self._state = self._partials.state()
        self._unit = unit_of(cut.grain)
        self._rolled = cut.grain is not self._unit
        self.steps: list[Step] = []

    def fill(self, wanted: Sequence[Component], period: Period) -> dict[Component, Column]:
        """The components that can be answered so."""
        if period.is_all:
            return {}
        groups: dict[tuple[str, tuple[str, ...]], list[Component]] = {}
        for one in wanted:
            if self._stands(one) and self._partials.rows_in(one.table) >= LEAST_ROWS:
                groups.setdefault((one.table, one.date), []).append(one)
        found: dict[Component, Column] = {}
        for (table, day), members in groups.items():
            ways = frozenset(way for one in members for way in reads_of(one, self._cut, self._query.viewer))
            name = _family(table, day, self._cut, self._query.viewer)
            family = self._partials.family(name, Watch(table, day, ways))
            counted = self._counted(family, members, period)
            found |= columns(family, members, counted)
        return found

    def _stands(self, one: Component) -> bool:
        """Whether months of it can be put together exactly."""
        if not one.dated or one.how == "values":
            return False
        if one.how == "distinct" and self._rolled:
            return one.path == ("key",) or Joins(one.table, "main").field(one.path).kind is Kind.REF
        return True

    def _counted(self, family: Family, members: Sequence[Component], period: Period) -> _Counted:
        """One number a slice of each component, in each bucket of the period."""
        buckets = pieces_of(period, self._cut.grain, self._start_month)
        names = {self._called(one): one for one in members}
        found: _Counted = {}
        lacking: dict[str, list[Bucket]] = {}
        for unit, some in by_unit(buckets).items():
            known = self._partials.find(family, list(names), unit, [one.period.start for one in some])
            for bucket in some:
                for name, one in names.items():
                    if (name, bucket.period.start) in known:
                        found[one, bucket.key] = known[name, bucket.period.start]
                    else:
                        lacking.setdefault(name, []).append(bucket)
        together: dict[tuple[Bucket, ...], list[str]] = {}
        for name, some in lacking.items():
            together.setdefault(tuple(sorted(some, key=lambda one: one.period.start)), []).append(name)
        for some_buckets, lacked in together.items():
            anew = self._count([names[name] for name in lacked], some_buckets, family)
            found |= anew
            for unit, some in by_unit(some_buckets).items():
                kept = {
                    (name, one.period.start): anew[names[name], one.key] for name in lacked for one in some
                }
                ends = {one.period.start: one.period.end for one in some}
                self._partials.keep(family, unit, kept, ends, self._state)
        return found

    def _called(self, one: Component) -> str:
        """Under what name its stretches are kept. Of today only what depends on it: how many cases are young,
        and which exits have come, as long as some are still ahead.
        """
        today = self._query.today
        if one.young is None and one.within is not None:
            last = self._partials.asked(self._store.text(_last_day(one.table, one.within[0])))
            return _name(one, today if isinstance(last, date) and last > today else None)
        return _name(one, today if one.young is not None else None)

    def _count(self, ones: Sequence[Component], buckets: Sequence[Bucket], family: Family) -> _Counted:
        """Neighbouring buckets in one go: from whole months where buckets are longer, else from the rows."""
        found: _Counted = {}
        apart = {"distinct": _ENTITIES, "quantile": _VALUES} if self._rolled else {}
        for kind, read in ((_PLAIN, self._numbers), (_ENTITIES, self._entities), (_VALUES, self._values)):
            some = [one for one in ones if apart.get(one.how, _PLAIN) == kind]
            for period in runs_of(buckets) if some else ():
                parts: dict[tuple[Component, Key], list[Stretch]] = {}
                stretches = stretches_of(period, self._unit) if self._rolled else None
                for edge in (period,) if stretches is None else stretches.edges:
                    for (one, key), stretch in read(family, some, edge, self._cut.grain).items():
                        parts.setdefault((one, key), []).append(stretch)
                if stretches is not None:
                    for (one, start), stretch in self._months(family, some, stretches, kind, read).items():
                        parts.setdefault((one, self._target(start)), []).append(stretch)
                for bucket in buckets:
                    if period.contains(bucket.period.start):
                        for one in some:
                            found[one, bucket.key] = put_together(one, parts.get((one, bucket.key), ()))
        return found

    def _target(self, month: date) -> Key:
        """The bucket of the answer a month belongs to."""
        grain = self._cut.grain
        return () if grain is None else (first_day(month, grain, self._start_month),)

    def _months(
        self, family: Family, ones: Sequence[Component], stretches: Stretches, kind: str, read: _Read
    ) -> dict[tuple[Component, date], Stretch]:
        """Every whole month of every component; those that are missing are read and kept."""
        names = {self._called(one): one for one in ones}
        unit = stretches.unit.value + kind
        found = self._partials.find(family, list(names), unit, stretches.starts)
        missing: dict[frozenset[date], list[str]] = {}
        for name in names:
            lacking = frozenset(start for start in stretches.starts if (name, start) not in found)
            if lacking:
                missing.setdefault(lacking, []).append(name)
        ends = {start: stretches.end(start) for start in stretches.starts}
        for lacking, lacked in missing.items():
            anew: dict[tuple[str, date], Stretch] = {}
            for run in stretches.runs(lacking):
                got = read(family, [names[name] for name in lacked], run, stretches.unit)
                starts = [start for start in stretches.starts if run.contains(start)]
                anew |= {
                    (name, start): got.get((names[name], (start,)), _EMPTY[kind])
                    for name in lacked
                    for start in starts
                }
            self._partials.keep(family, unit, anew, ends, self._state)
            found |= anew
        return {(names[name], start): stretch for (name, start), stretch in found.items()}

    def _numbers(
        self, family: Family, ones: Sequence[Component], period: Period, grain: Grain | None
    ) -> _Counted:
        found: _Counted = {}
        cut = replace(self._cut, grain=grain)
        for components, table in self._tables(ones, cut, period):
            width = len(cut.dimensions) + (grain is not None)
            arrays = [numbers_of(column) for column in table.columns[width:]]
            for bucket, (places, codes) in _by_bucket(table, cut, family).items():
                for component, numbers in zip(components, arrays, strict=True):
                    known = ~np.isnan(numbers[places])
                    found[component, bucket] = Stretch(codes[known], numbers[places][known])
        return found

    def _tables(
        self, ones: Sequence[Component], cut: Cut, period: Period
    ) -> Iterator[tuple[tuple[Component, ...], pa.Table]]:
        """One number a slice of each component, by one reading of the rows or by statements."""
        left = dict.fromkeys(ones)
        for read in read_at_once(
            self._store, ones, Asking(self._query, cut, period, "main", self._start_month)
        ):
            self.steps.append(read.step)
            for one in read.components:
                del left[one]
            yield read.components, read.table
        for each in passes_for(left, apart_for(self._store, self._query, cut, "main")):
            select = statement(each, self._query, cut, period, "main", self._start_month)
            yield each.components, self._read(each, select, period)

    def _entities(
        self, family: Family, ones: Sequence[Component], period: Period, grain: Grain | None
    ) -> _Counted:
        found: _Counted = {}
        cut = replace(self._cut, grain=grain)
        for one in passes_for(ones):
            fact = self._fact(one.table, cut)
            select, bits = entities_select(fact, one.components, one.day, period, self._query.today)
            table = self._read(one, select, period)
            width = len(cut.dimensions) + (grain is not None)
            entities = table.column(width).to_numpy()
            mask = table.column(width + 1).to_numpy().astype(np.int64) if any(bits) else None
            for bucket, (places, codes) in _by_bucket(table, cut, family).items():
                for place, (component, has_bit) in enumerate(zip(one.components, bits, strict=True)):
                    who = entities[places].astype(np.int32)
                    if mask is not None and has_bit:
                        kept = (mask[places] >> place) & 1 == 1
                        found[component, bucket] = _in_order(codes[kept], who[kept])
                    else:
                        found[component, bucket] = _in_order(codes, who)
        return found

    def _values(
        self, family: Family, ones: Sequence[Component], period: Period, grain: Grain | None
    ) -> _Counted:
        found: _Counted = {}
        cut = replace(self._cut, grain=grain)
        for component in ones:
            one = Pass("values", component.table, component.date, (component,))
            fact = self._fact(component.table, cut)
            select = values_select(fact, component, component.date, period, self._query.today)
            table = self._read(one, select, period)
            values = numbers_of(table.columns[-1])
            for bucket, (places, codes) in _by_bucket(table, cut, family).items():
                found[component, bucket] = Stretch(codes, values[places])
        return found

    def _fact(self, table: str, cut: Cut) -> Fact:
        return Fact(table, "main", cut, self._query.viewer, self._start_month)

    def _read(self, one: Pass, select: exp.Select, period: Period) -> pa.Table:
        table: pa.Table
        table, spent = timed(lambda: self._store.arrow(select), len)
        self.steps.append(describe(one, select, period, spent))
        return table


_NONE = Stretch(np.zeros(0, np.int32), np.zeros(0, np.float64))
_EMPTY = {_PLAIN: _NONE, _VALUES: _NONE, _ENTITIES: Stretch(_NONE.codes, entities=_NONE.codes)}


def _in_order(codes: NDArray[np.int32], entities: NDArray[np.int32]) -> Stretch:
    order = np.argsort((codes.astype(np.int64) << 32) | entities)
    return Stretch(codes[order], entities=entities[order])


def _by_bucket(
    table: pa.Table, cut: Cut, family: Family
) -> dict[Key, tuple[NDArray[np.intp], NDArray[np.int32]]]:
    """Which rows of an answer belong to which bucket, and the codes of their slices."""
    dimensions = len(cut.dimensions)
    keys, which = keys_of(table, dimensions + (cut.grain is not None))
    codes = np.array([family.code(key[:dimensions]) for key in keys], np.int32)
    buckets: dict[Key, int] = {}
    numbers = np.array([buckets.setdefault(key[dimensions:], len(buckets)) for key in keys], np.int32)
    of_row = numbers[which]
    found: dict[Key, tuple[NDArray[np.intp], NDArray[np.int32]]] = {}
    for bucket, number in buckets.items():
        places = np.flatnonzero(of_row == number)
        found[bucket] = places, codes[which[places]]
    return found


@lru_cache(maxsize=8192)
def _name(one: Component, today: date | None) -> str:
    return blake2b(repr((one, today)).encode(), digest_size=12).hexdigest()


@lru_cache(maxsize=1024)
def _last_day(table: str, path: tuple[str, ...]) -> exp.Select:
    return day_select(table, "main", path, exp.Max)


@lru_cache(maxsize=1024)
def _family(table: str, day: tuple[str, ...], cut: Cut, viewer: Viewer) -> str:
    owners = None if viewer.owners is None else sorted(viewer.owners)
    filters = [(one.name, one.paths, values) for one, values in cut.filters]
    said = (_VERSION, table, day, [(one.name, one.paths) for one in cut.dimensions], filters, owners)
    return blake2b(repr(said).encode(), digest_size=12).hexdigest()


def kept_months(store: object, query: Query, cut: Cut, schema: str, start_month: int) -> KeptMonths | None:
    """None where the store keeps none, or the question is about an earlier state of the records."""
    if schema != "main" or not isinstance(getattr(store, "partials", None), Partials):
        return None
    return KeptMonths(store, query, cut, start_month)
