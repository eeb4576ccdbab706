"""The dimensions and buckets of an answer as numbers, while rows are counted by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hakari.metrics.arrays import Whole
from hakari.metrics.batch import Rows
from hakari.metrics.lookups import Lookup
from hakari.metrics.reading import FACT, Reading, Sliced
from hakari.units.fiscal import first_day
from hakari.units.period import Period


@dataclass(frozen=True, slots=True)
class BucketAxis:
    """The buckets of a period; `of_day` has one for each of its days."""

    starts: Sequence[object]
    of_day: NDArray[np.int32]

    @property
    def size(self) -> int:
        return len(self.starts)

    def codes(self, days: NDArray[np.int32]) -> NDArray[np.int32]:
        return self.of_day.take(days)

    def values_of(self, codes: Whole) -> Any:
        return pa.array(self.starts, pa.date32()).take(_places(codes))


@dataclass(frozen=True, slots=True)
class Axis:
    """A dimension. Without values its codes are keys, 0 that of nobody."""

    name: str
    alias: str
    size: int
    values: Sequence[object] | None = None
    by_key: NDArray[np.int32] | None = None  # codes of a dimension of another table

    def codes_of(self, rows: Rows) -> Whole:
        if self.by_key is not None:
            return rows.looked_up(self.alias, self.by_key)
        if self.values is None:
            return rows.whole(self.name)
        return rows.coded(self.name, self.size)

    def values_of(self, codes: Whole) -> Any:
        if self.values is None:
            return pa.array(codes, pa.int32(), mask=codes == 0)
        values: Any = pa.array(list[Any](self.values))
        return values.take(_places(codes))


def _places(codes: Whole) -> Any:
    return pa.array(codes.astype(np.int64))


def bucket_axis(reading: Reading, period: Period) -> BucketAxis | None:
    grain = reading.cut.grain
    if grain is None:
        return None
    days = [period.start + timedelta(days=place) for place in range((period.end - period.start).days)]
    starts = [first_day(day, grain, reading.start_month) for day in days]
    places = {one: place for place, one in enumerate(dict.fromkeys(starts))}
    return BucketAxis(list(places), np.array([places[one] for one in starts], np.int32))


def dimension_axis(one: Sliced, place: int, lookups: Mapping[str, Lookup], bounds: Mapping[str, int]) -> Axis:
    if one.alias != FACT:
        found = lookups[one.alias].slices[place]
        return Axis(one.name, one.alias, len(found.values), found.values, found.codes)
    if one.values is not None:
        return Axis(one.name, FACT, len(one.values), one.values)
    return Axis(one.name, FACT, bounds[one.name] + 1)
