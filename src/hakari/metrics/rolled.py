"""Puts months together: sums are added, entities met twice are counted once, medians taken of all values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hakari.metrics.columns import Column
from hakari.metrics.components import Component
from hakari.metrics.compose import Key, interpolated
from hakari.storage.partials import Family, Stretch


def put_together(one: Component, parts: Sequence[Stretch]) -> Stretch:
    """One number a slice from what was counted in parts of a bucket."""
    codes = _joined((part.codes for part in parts), np.int32)
    if any(part.entities is not None for part in parts):
        entities = _joined((part.entities for part in parts if part.entities is not None), np.int64)
        return _different(codes, entities)
    numbers = _joined((part.numbers for part in parts if part.numbers is not None), np.float64)
    if one.how == "quantile":
        return _quantiles(codes, numbers, one.share)
    size = int(codes.max()) + 1 if len(codes) else 0
    found = np.flatnonzero(np.bincount(codes, minlength=size))
    sums = np.bincount(codes, numbers, minlength=size).astype(np.float64)
    return Stretch(found.astype(np.int32), sums[found])


def columns(
    family: Family, members: Sequence[Component], counted: Mapping[tuple[Component, Key], Stretch]
) -> dict[Component, Column]:
    """Slices × buckets of each component."""
    buckets = list(dict.fromkeys(bucket for _, bucket in counted))
    keys = [(*slice_, *bucket) for slice_ in family.slices for bucket in buckets]
    found: dict[Component, Column] = {}
    for one in members:
        values = np.full(len(keys), np.nan)
        for number, bucket in enumerate(buckets):
            stretch = counted.get((one, bucket))
            if stretch is not None and stretch.numbers is not None:
                values[stretch.codes.astype(np.intp) * len(buckets) + number] = stretch.numbers
        found[one] = Column(keys, values)
    return found


def _joined(arrays: Iterable[NDArray[Any]], kind: Any) -> NDArray[Any]:
    """One after another; nothing is an empty array of the kind."""
    found = list(arrays)
    return np.concatenate(found).astype(kind, copy=False) if found else np.zeros(0, kind)


def _different(codes: NDArray[np.int32], entities: NDArray[np.int64]) -> Stretch:
    """How many different entities each slice met; months that are in order already are merged, not sorted."""
    met = (codes.astype(np.int64) << 32) | entities
    met.sort(kind="stable")
    first = np.r_[True, met[1:] != met[:-1]] if len(met) else np.zeros(0, np.bool_)
    counted = np.bincount(met[first] >> 32)
    found = np.flatnonzero(counted)
    return Stretch(found.astype(np.int32), counted[found].astype(np.float64))


def _quantiles(codes: NDArray[np.int32], numbers: NDArray[np.float64], share: float) -> Stretch:
    order = np.lexsort((numbers, codes))
    codes, numbers = codes[order], numbers[order]
    starts = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]]) if len(codes) else np.zeros(0, np.intp)
    ends = np.r_[starts[1:], len(codes)]
    found = [
        interpolated(numbers[start:end], share)
        for start, end in zip(starts.tolist(), ends.tolist(), strict=False)
    ]
    return Stretch(codes[starts], np.array(found, np.float64))
