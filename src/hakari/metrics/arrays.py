"""Columns of an answer as plain arrays: whole numbers, days, choices and flags, as they lie where possible.

Nothing known is 0 among keys, and the last code among choices and flags.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Whole = NDArray[Any]
Bools = NDArray[np.bool_]
NO_DAY = np.iinfo(np.int32).min
_MOST_PLACES = 1 << 22  # of a table that numbers combinations: 32 MB


def known_in(column: Any) -> Bools | None:
    """Which rows have a value; None where all have."""
    bits = column.buffers()[0]
    if not column.null_count or bits is None:
        return None
    return _unpacked(bits, column.offset, len(column))


def whole(column: Any, unknown: int = 0) -> Whole:
    """Whole numbers and days, as they lie in memory."""
    kind = np.int64 if column.type == pa.int64() else np.int32
    values: Whole = np.frombuffer(column.buffers()[1], kind)[column.offset : column.offset + len(column)]
    known = known_in(column)
    return values if known is None else np.where(known, values, kind(unknown))


def coded(column: Any, size: int) -> Whole:
    """A choice's place among its choices, 0 and 1 of a flag; `size` - 1 where it is unknown."""
    known = known_in(column)
    if isinstance(column, pa.DictionaryArray):
        places: Any = column.indices
        kind = np.dtype(places.type.to_pandas_dtype())
        codes: Whole = np.frombuffer(places.buffers()[1], kind)[places.offset : places.offset + len(column)]
        known = known_in(places)
    else:
        codes = _unpacked(column.buffers()[1], column.offset, len(column)).view(np.uint8)
    return codes if known is None else np.where(known, codes, codes.dtype.type(size - 1))


def _unpacked(bits: Any, offset: int, length: int) -> Bools:
    whole_bytes = np.frombuffer(bits, np.uint8)[offset // 8 : (offset + length + 7) // 8]
    found: Bools = np.unpackbits(whole_bytes, bitorder="little").view(np.bool_)
    return found[offset % 8 : offset % 8 + length]


class Numbering:
    """Gives each number that is met a small one of its own, from 1 on."""

    def __init__(self) -> None:
        self.met: list[int] = []
        self._table = np.zeros(1024, np.int64)
        self._tabled = True

    def of(self, numbers: Whole) -> NDArray[np.int64]:
        """By a table while the numbers are small enough for one."""
        top = int(numbers.max()) + 1 if len(numbers) else 0
        if top > _MOST_PLACES or not self._tabled:
            return self._by_sorting(numbers)
        self._reach(top)
        found: NDArray[np.int64] = self._table.take(numbers)
        if not found.all():
            new = np.unique(numbers[found == 0])
            self._table[new] = np.arange(len(self.met) + 1, len(self.met) + 1 + len(new))
            self.met += new.tolist()
            found = self._table.take(numbers)
        return found

    def renumber(self, met: list[int]) -> None:
        """What was met is called otherwise from now on; the small numbers stay."""
        self.met, self._table = met, np.zeros(1024, np.int64)
        self._tabled = max(met, default=0) < _MOST_PLACES
        if met and self._tabled:
            self._reach(max(met) + 1)
            self._table[np.array(met)] = np.arange(1, len(met) + 1)

    def _by_sorting(self, numbers: Whole) -> NDArray[np.int64]:
        small = {number: place for place, number in enumerate(self.met, start=1)}
        different, inverse = np.unique(numbers, return_inverse=True)
        found = np.array([small.setdefault(one, len(small) + 1) for one in different.tolist()], np.int64)
        self.renumber(list(small))
        return found[inverse]

    def _reach(self, places: int) -> None:
        if places > len(self._table):
            larger = np.zeros(min(max(places, 2 * len(self._table)), _MOST_PLACES), np.int64)
            larger[: len(self._table)] = self._table
            self._table = larger


class Combinations:
    """Numbers combinations of many codes group by group, so that no table is as large as their product."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self._sizes = tuple(sizes)
        self._groups = _grouped(self._sizes)
        self._steps = [Numbering() for _ in self._groups]
        self._pairs = [Numbering() for _ in self._groups[1:]]
        self._rooms = [_ROOM] * len(self._pairs)  # bits of a pair that the further group's number has

    def of(self, codes: Sequence[Whole]) -> NDArray[np.int64]:
        """One number a row, from 1 on."""
        found = self._steps[0].of(self._packed(self._groups[0], codes))
        for level, pairs in enumerate(self._pairs):
            step = self._steps[level + 1]
            other = step.of(self._packed(self._groups[level + 1], codes))
            self._widen(level, len(step.met))
            found = pairs.of((found << self._rooms[level]) + other)
        return found

    @property
    def met(self) -> int:
        """How many combinations there have been so far."""
        return len((self._pairs or self._steps)[-1].met)

    def codes(self) -> NDArray[np.int64]:
        """Combinations × codes, in the order of their numbers."""
        numbers = np.arange(1, self.met + 1)
        found = np.zeros((len(numbers), len(self._sizes)), np.int64)
        for level in range(len(self._groups) - 1, -1, -1):
            own = numbers
            if level:
                pairs = np.array(self._pairs[level - 1].met, np.int64)[numbers - 1]
                room = self._rooms[level - 1]
                numbers, own = pairs >> room, pairs & ((1 << room) - 1)
            left = np.array(self._steps[level].met, np.int64)[own - 1]
            for place in self._groups[level]:
                found[:, place] = left % self._sizes[place]
                left = left // self._sizes[place]
        return found

    def _packed(self, group: Sequence[int], codes: Sequence[Whole]) -> Whole:
        if len(group) == 1:
            return codes[group[0]]
        packed = codes[group[0]].astype(np.int32)
        stride = self._sizes[group[0]]
        for place in group[1:]:
            packed += np.multiply(codes[place], stride, dtype=np.int32)
            stride *= self._sizes[place]
        return packed

    def _widen(self, level: int, most: int) -> None:
        """More room where a group's numbers outgrow it; what was met is called by the new pairs."""
        old = self._rooms[level]
        if most < 1 << old:
            return
        self._rooms[level] = new = most.bit_length() + 2
        low = (1 << old) - 1
        self._pairs[level].renumber([(one >> old) << new | (one & low) for one in self._pairs[level].met])


_ROOM = 8
_MOST_PRODUCT = 1 << 18


def _grouped(sizes: Sequence[int]) -> list[list[int]]:
    """Neighbours whose product stays small."""
    groups: list[list[int]] = [[]]
    product = 1
    for place, size in enumerate(sizes):
        if groups[-1] and product * size > _MOST_PRODUCT:
            groups.append([])
            product = 1
        groups[-1].append(place)
        product *= size
    return groups
