"""Joined tables as arrays by key: a row's reference is then the place where its answer lies.

Place 0 is that of rows that refer to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import sqlglot
import sqlglot.expressions as exp
from numpy.typing import NDArray

from hakari.metrics.arrays import NO_DAY, Combinations, Whole, coded, whole
from hakari.metrics.reading import FACT, Needed, Reading
from hakari.storage.conditions import column, literal, table_source

Read = Callable[[exp.Select], pa.Table]


def _nobody() -> NDArray[np.int32]:
    return np.zeros(1, np.int32)


@dataclass(slots=True)
class Slices:
    """A dimension's place among its values, by key; the first value is that of nothing."""

    codes: NDArray[np.int32]
    values: list[object]


@dataclass(slots=True)
class Lookup:
    """What is known of the rows of one joined table."""

    through: tuple[str, str]  # the table that refers to it, and by which column
    combinations: Combinations | None = None  # of its keys, where conditions look at any
    numbers: NDArray[np.int32] = field(default_factory=_nobody)  # which of these each row's are
    slices: dict[int, Slices] = field(default_factory=dict)
    references: dict[str, NDArray[np.int32]] = field(default_factory=dict)
    days: NDArray[np.int32] = field(default_factory=_nobody)


def looked_up(reading: Reading, read: Read, bounds: Mapping[str, int]) -> dict[str, Lookup]:
    """Each joined table, read once. `bounds` are the largest keys the table's own columns refer to."""
    found: dict[str, Lookup] = {}
    for alias, needed in reading.needed().items():
        if needed.on.table == FACT:
            largest = bounds[needed.on.name]
        else:
            largest = int(found[needed.on.table].references[needed.on.name].max())
        found[alias] = _Loaded(reading, alias, needed, read, largest).lookup()
    return found


class _Loaded:
    """One joined table."""

    def __init__(self, reading: Reading, alias: str, needed: Needed, read: Read, largest: int) -> None:
        self._reading, self._alias, self._needed, self._read = reading, alias, needed, read
        keys = [reading.keys[place].expression for place in needed.keys]
        slices = [one.expression for one in self._slices()]
        references = [column(name, alias) for name in needed.references]
        days = [reading.day] if needed.day else []
        self._shown = [*keys, *slices, *references, *days]
        self._rows = self._table([column("key", alias), *self._shown])
        self._at = whole(self._column(0))
        self._size = max(largest, int(self._at.max()) if len(self._at) else 0) + 1

    def lookup(self) -> Lookup:
        needed, found = self._needed, Lookup((self._needed.on.table, self._needed.on.name))
        start = 1
        if needed.keys:
            found.combinations, found.numbers = self._keys(start)
        start += len(needed.keys)
        for offset, place in enumerate(needed.slices):
            found.slices[place] = self._sliced(start + offset)
        start += len(needed.slices)
        for offset, name in enumerate(needed.references):
            found.references[name] = self._spread(whole(self._column(start + offset)), 0)
        if needed.day:
            days = whole(self._column(start + len(needed.references)), NO_DAY)
            found.days = self._spread(days, NO_DAY)
        return found

    def _slices(self) -> list[Any]:
        return [self._reading.sliced[place] for place in self._needed.slices]

    def _keys(self, start: int) -> tuple[Combinations, NDArray[np.int32]]:
        asked = [self._reading.keys[place] for place in self._needed.keys]
        sizes = [len(one.values) for one in asked]
        combinations = Combinations(sizes)
        codes = [coded(self._column(start + place), size) for place, size in enumerate(sizes)]
        numbers = combinations.of(codes)
        nothing = combinations.of(self._of_nothing([one.expression for one in asked], sizes))
        return combinations, self._spread(numbers, int(nothing[0]))

    def _of_nothing(self, keys: Sequence[exp.Expr], sizes: Sequence[int]) -> list[Whole]:
        """The codes where there is no row: even then a comparison may hold."""
        if all(isinstance(one, exp.Column) for one in keys):
            return [np.array([size - 1]) for size in sizes]
        source = sqlglot.select(exp.alias_(literal(1), "one")).subquery("nothing")
        shown = [exp.alias_(one.copy(), f"c{place}", quoted=True) for place, one in enumerate(keys)]
        joined = exp.Join(this=self._source(), side="LEFT", on=exp.false())
        select = sqlglot.select(*shown).from_(source)
        select.append("joins", joined)
        row = self._read(select)
        return [coded(one.combine_chunks(), size) for one, size in zip(row.columns, sizes, strict=True)]

    def _sliced(self, place: int) -> Slices:
        encoded = self._column(place)
        if not isinstance(encoded, pa.DictionaryArray):
            encoded = encoded.dictionary_encode()
        codes = encoded.indices.cast(pa.int32()).fill_null(-1).to_numpy(zero_copy_only=False) + 1
        return Slices(self._spread(codes, 0), [None, *encoded.dictionary.to_pylist()])

    def _spread(self, values: Whole, nothing: int) -> NDArray[np.int32]:
        found = np.full(self._size, nothing, np.int32)
        found[self._at] = values
        return found

    def _column(self, place: int) -> Any:
        return self._rows.column(place).combine_chunks()

    def _source(self) -> exp.Table:
        return table_source(self._needed.table, self._reading.schema, self._alias)

    def _table(self, shown: Sequence[exp.Expr]) -> pa.Table:
        named = [exp.alias_(one.copy(), f"c{place}", quoted=True) for place, one in enumerate(shown)]
        return self._read(sqlglot.select(*named).from_(self._source()))
