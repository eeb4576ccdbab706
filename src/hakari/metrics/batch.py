"""One batch of a reading's rows: its columns as arrays, and what joined tables know of each row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import sqlglot.expressions as exp
from numpy.typing import NDArray

from hakari.metrics.arrays import NO_DAY, Bools, Whole, coded, known_in, whole
from hakari.metrics.lookups import Lookup
from hakari.metrics.reading import FACT
from hakari.units.period import Period

_EPOCH = date(1970, 1, 1)


class Rows:
    """Columns are read when they are asked for, and once."""

    def __init__(self, batch: Any, columns: Mapping[str, int], lookups: Mapping[str, Lookup]) -> None:
        self._batch, self._columns, self._lookups = batch, columns, lookups
        self._keys: dict[str, Whole] = {}
        self._kept: NDArray[np.intp] | None = None

    def __len__(self) -> int:
        return self._batch.num_rows if self._kept is None else len(self._kept)

    def keep(self, rows: Bools) -> None:
        """Only these, from now on."""
        self._kept = np.flatnonzero(rows)
        self._keys.clear()

    def whole(self, name: str) -> Whole:
        """Keys, days and numbers; nothing known is 0."""
        found: Whole = self._left(whole(self._column(name)))
        return found

    def coded(self, name: str, size: int) -> Whole:
        """Choices and flags; nothing known is the last of `size` codes."""
        found: Whole = self._left(coded(self._column(name), size))
        return found

    def known(self, name: str) -> Bools | None:
        """Which rows have a value; None where all have."""
        found = known_in(self._column(name))
        return None if found is None else self._left(found)

    def looked_up(self, alias: str, values: NDArray[np.int32]) -> NDArray[np.int32]:
        """What an array by key says of the row that each row refers to."""
        return values.take(self._key(alias))

    def days(self, day: exp.Column, period: Period) -> NDArray[np.int32]:
        """Days since the period's start; of days that are looked up, only rows inside the period are kept."""
        start = 0 if period.is_all else (period.start - _EPOCH).days
        if day.table == FACT:
            found: NDArray[np.int32] = self.whole(day.name) - np.int32(start)
            return found
        looked = self.looked_up(day.table, self._lookups[day.table].days)
        inside = looked != NO_DAY
        if not period.is_all:
            inside &= (looked >= start) & (looked < (period.end - _EPOCH).days)
        self.keep(inside)
        found = looked[inside]
        found -= np.int32(start)
        return found

    def _key(self, alias: str) -> Whole:
        found = self._keys.get(alias)
        if found is None:
            through, name = self._lookups[alias].through
            if through == FACT:
                found = self.whole(name)
            else:
                found = self.looked_up(through, self._lookups[through].references[name])
            self._keys[alias] = found
        return found

    def _column(self, name: str) -> Any:
        return self._batch.column(self._columns[name])

    def _left(self, values: Any) -> Any:
        return values if self._kept is None else values.take(self._kept)
