"""Counts many figures of a table in one reading of its rows: cells and different entities together.

SQL reads the rows once for the cells and once more for each kind of entity that is told apart, and joins
each time. Here they come once, as columns and without a join, and are counted by arrays.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from math import prod
from typing import Any, Protocol, runtime_checkable

import numpy as np
import pyarrow as pa
import sqlglot
import sqlglot.expressions as exp
from numpy.typing import NDArray

from hakari.metrics.arrays import Combinations, Whole
from hakari.metrics.axes import bucket_axis, dimension_axis
from hakari.metrics.batch import Rows
from hakari.metrics.fact import BUCKET
from hakari.metrics.lookups import looked_up
from hakari.metrics.reading import FACT, Reading, holding
from hakari.metrics.tally import Entities, Places, Tally
from hakari.storage.conditions import column, table_source
from hakari.units.period import Period

MOST_SLICES = 1 << 18  # slices × buckets: every member has a number for each


class Source(Protocol):
    """One state of the rows."""

    def arrow(self, select: exp.Select) -> pa.Table: ...

    def batches(self, select: exp.Select) -> Iterator[Any]: ...


@runtime_checkable
class Streaming(Protocol):
    """A store whose rows come to this process as columns."""

    def reading(self) -> AbstractContextManager[Source]: ...

    def size(self, table: str, schema: str = "main") -> int: ...


class Kernel:
    """One reading, counted."""

    def __init__(self, reading: Reading, source: Source, period: Period) -> None:
        self._reading, self._source, self._period = reading, source, period
        self._bounds = self._largest()
        self._lookups = looked_up(reading, source.arrow, self._bounds)
        self._bucket = bucket_axis(reading, period)
        self._dimensions = [
            dimension_axis(one, place, self._lookups, self._bounds)
            for place, one in enumerate(reading.sliced)
        ]
        buckets = 1 if self._bucket is None else self._bucket.size
        self._slices = buckets * prod(one.size for one in self._dimensions)
        self._own = [place for place, one in enumerate(reading.keys) if one.alias == FACT]
        self._joined = {
            alias: one.combinations for alias, one in self._lookups.items() if one.combinations is not None
        }
        self._fetched = dict(self._wanted()) or {"key": column("key", FACT)}
        self._columns = {name: place for place, name in enumerate(self._fetched)}
        self._coded = [(reading.keys[place].name, len(reading.keys[place].values)) for place in self._own]

    @property
    def fits(self) -> bool:
        """Whether slices and entities are few enough to be held at once."""
        room = [Entities.room(self._slices, self._bounds[name]) for name in self._reading.entities()]
        return self._slices <= MOST_SLICES and min(room, default=1) > 0

    @property
    def select(self) -> exp.Select:
        """The rows it reads."""
        return self._reading.select(self._period, self._fetched.values())

    def table(self) -> pa.Table:
        """As a statement would give it: s0…, bucket, m0…mN; nothing where no row reached a member."""
        members = self._reading.members
        tally = Tally(members, self._slices, self._bounds)
        sizes = [*(size for _, size in self._coded), *(one.met + 1 for one in self._joined.values())]
        combinations = Combinations(sizes or [1])
        for batch in self._source.batches(self.select):
            rows = Rows(batch, self._columns, self._lookups)
            slices = self._slices_of(rows)
            if not len(rows):
                continue
            numbers = combinations.of(self._codes(rows))
            if tally.met != combinations.met:
                codes = self._by_key(combinations)
                tally.know(np.stack([holding(one.tests, codes) for one in members], axis=1))
            tally.take(slices, numbers, rows)
        return self._answer(tally.finish())

    def _wanted(self) -> Iterator[tuple[str, exp.Expr]]:
        """What is fetched of each row."""
        reading = self._reading
        if self._bucket is not None and reading.day.table == FACT:
            yield reading.day.name, reading.day
        yield from ((one.name, one.expression) for one in reading.sliced if one.alias == FACT)
        yield from ((reading.keys[at].name, reading.keys[at].expression) for at in self._own)
        names = [name for table, name in (one.through for one in self._lookups.values()) if table == FACT]
        names += [one.column for one in reading.members if one.column]
        yield from ((name, column(name, FACT)) for name in names)

    def _largest(self) -> dict[str, int]:
        """The largest key in each column of keys, told from the column's statistics where there are any."""
        wanted: dict[str, exp.Expr] = {name: column(name, FACT) for name in self._reading.references()}
        keyed = [one for one in self._reading.sliced if one.alias == FACT and one.values is None]
        wanted |= {one.name: one.expression for one in keyed}
        if not wanted:
            return {}
        shown = [exp.alias_(exp.Max(this=one.copy()), f"c{at}") for at, one in enumerate(wanted.values())]
        source = table_source(self._reading.table, self._reading.schema, FACT)
        found = self._source.arrow(sqlglot.select(*shown).from_(source))
        return {name: one[0].as_py() or 0 for name, one in zip(wanted, found.columns, strict=True)}

    def _slices_of(self, rows: Rows) -> Places:
        """Buckets first, as the rows lie."""
        found: Any = None
        if self._bucket is not None or self._reading.day.table != FACT:
            days = rows.days(self._reading.day, self._period)
            found = None if self._bucket is None else self._bucket.codes(days)
        for one in self._dimensions:
            codes = one.codes_of(rows)
            if found is None:
                found = codes
            else:
                found = found * np.int32(one.size)
                found += codes
        if found is None:
            return np.zeros(len(rows), np.int32)
        return np.asarray(found, np.int32)

    def _codes(self, rows: Rows) -> list[Whole]:
        found = [rows.coded(name, size) for name, size in self._coded]
        found += [rows.looked_up(alias, self._lookups[alias].numbers) for alias in self._joined]
        return found or [np.zeros(len(rows), np.int32)]

    def _by_key(self, combinations: Combinations) -> NDArray[np.int64]:
        """The code of each key in each combination; the first row stands for none."""
        codes = combinations.codes()
        found = np.zeros((len(codes) + 1, len(self._reading.keys)), np.int64)
        for at, place in enumerate(self._own):
            found[1:, place] = codes[:, at]
        for at, (alias, joined) in enumerate(self._joined.items(), start=len(self._own)):
            inner = joined.codes()[codes[:, at] - 1]
            for within, place in enumerate(self._reading.needed()[alias].keys):
                found[1:, place] = inner[:, within]
        return found

    def _answer(self, numbers: NDArray[np.float64]) -> pa.Table:
        reached = np.flatnonzero(~np.isnan(numbers).all(axis=1))
        left, columns = reached, []
        for one in reversed(self._dimensions):
            columns.append(one.values_of(left % one.size))
            left = left // one.size
        columns.reverse()
        named = {f"s{place}": one for place, one in enumerate(columns)}
        if self._bucket is not None:
            named[BUCKET] = self._bucket.values_of(left)
        named |= {f"m{place}": pa.array(numbers[reached, place]) for place in range(numbers.shape[1])}
        return pa.table(named)
