"""Many figures as columns: one array a measure, not one object a cell, for whatever counts thousands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from hakari.metrics.about import About
from hakari.metrics.components import Component, Parts
from hakari.metrics.compose import Key
from hakari.metrics.result import MetricResult

Numbers = NDArray[np.float64]
Slice = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Column:
    """A component's number for each key; keys may be shared between columns. NaN: no row reached the key."""

    keys: Sequence[Key]
    values: Numbers

    def as_dict(self) -> dict[Key, float]:
        """Without the keys no row reached."""
        known = (~np.isnan(self.values)).tolist()
        return {
            key: value
            for key, value, is_known in zip(self.keys, self.values.tolist(), known, strict=True)
            if is_known
        }


@dataclass(frozen=True, slots=True)
class Series:
    """One measure's figures by slice, as `MetricResult` says them; NaN stands for None."""

    about: About
    slices: Sequence[Slice]
    value: Numbers
    numerator: Numbers
    denominator: Numbers
    n: NDArray[np.int64]


def numbers_of(column: Any) -> Numbers:
    """A column of an answer; NaN where it has nothing."""
    found: Numbers = column.cast(pa.float64()).combine_chunks().to_numpy(zero_copy_only=False)
    return found


def keys_of(table: pa.Table, width: int) -> tuple[list[Key], NDArray[np.intp]]:
    """The different keys in the first columns of an answer, and which of them each row has."""
    if width == 0:
        return [()], np.zeros(table.num_rows, np.intp)
    combined = np.zeros(table.num_rows, np.int64)
    for place in range(width):
        codes, size = _codes(table.column(place))
        combined = combined * size + codes
    _, first, inverse = np.unique(combined, return_index=True, return_inverse=True)
    shown = table.select(list(range(width))).take(first)
    return list(zip(*(column.to_pylist() for column in shown.columns), strict=True)), inverse


def _codes(column: Any) -> tuple[NDArray[np.int64], int]:
    """A number for each different value, nothing being one of them."""
    encoded = column.combine_chunks()
    if not isinstance(encoded, pa.DictionaryArray):
        encoded = encoded.dictionary_encode()
    size = len(encoded.dictionary)
    codes: NDArray[np.int64] = encoded.indices.cast(pa.int64()).fill_null(size).to_numpy(zero_copy_only=False)
    return codes, size + 1


class Aligner:
    """Puts columns in the order of some keys."""

    def __init__(self, keys: Sequence[Key]) -> None:
        self._place = {key: place for place, key in enumerate(keys)}
        self._places: dict[int, tuple[Sequence[Key], NDArray[np.intp]]] = {}

    def of(self, column: Column | None) -> Numbers:
        """NaN where the column has nothing."""
        found = np.full(len(self._place), np.nan)
        if column is not None:
            found[self._placed(column.keys)] = column.values
        return found

    def _placed(self, keys: Sequence[Key]) -> NDArray[np.intp]:
        """The columns of one statement have the same keys: these are looked up once."""
        known = self._places.get(id(keys))
        if known is None:
            places = np.fromiter((self._place[key] for key in keys), dtype=np.intp, count=len(keys))
            known = self._places[id(keys)] = (keys, places)
        return known[1]


def reached(columns: Iterable[Column | None]) -> set[Key]:
    """The keys any row reached."""
    found: set[Key] = set()
    for column in columns:
        if column is not None:
            known = ~np.isnan(column.values)
            if known.all():
                found.update(column.keys)
            else:
                found.update(column.keys[place] for place in np.flatnonzero(known).tolist())
    return found


def series_of(
    kind: str,
    about: About,
    parts: Parts,
    columns: Mapping[Component, Column],
    slices: Sequence[Slice],
    aligner: Aligner,
) -> Series:
    """The figures of one measure that is counted within a period."""
    top = aligner.of(columns.get(parts.top) if parts.top is not None else None)
    bottom = aligner.of(columns.get(parts.bottom) if parts.bottom is not None else None)
    make = _KINDS.get(kind, _count)
    value, numerator, denominator, n = make(top, bottom)
    if kind == "ratio" and parts.bottom is not None and parts.bottom.how == "sum":
        n = np.zeros_like(bottom)
    return Series(about, slices, value, numerator, denominator, n.astype(np.int64))


_Figures = tuple[Numbers, Numbers, Numbers, Numbers]


def _count(top: Numbers, _: Numbers) -> _Figures:
    count = np.nan_to_num(top)
    return count, count, np.full_like(count, np.nan), count


def _sum(top: Numbers, bottom: Numbers) -> _Figures:
    total = np.nan_to_num(top)
    return total, total, np.full_like(total, np.nan), np.nan_to_num(bottom)


def _share(top: Numbers, bottom: Numbers) -> _Figures:
    k, n = np.nan_to_num(top), np.nan_to_num(bottom)
    value = np.divide(k, n, out=np.full_like(k, np.nan), where=n != 0)
    return value, k, n, n


def _quantile(top: Numbers, bottom: Numbers) -> _Figures:
    nothing = np.full_like(top, np.nan)
    return top, nothing, nothing, np.nan_to_num(bottom)


_KINDS: Mapping[str, Callable[[Numbers, Numbers], _Figures]] = {
    "rate": _share,
    "conversion": _share,
    "ratio": _share,
    "mean": _share,
    "sum": _sum,
    "quantile": _quantile,
}


def series_from(results: Sequence[MetricResult], about: About) -> Series:
    """The same of figures that come one by one."""

    def column(values: Iterable[float | None]) -> Numbers:
        return np.array([np.nan if one is None else one for one in values], dtype=np.float64)

    return Series(
        about,
        [one.slice for one in results],
        column(one.value for one in results),
        column(one.numerator for one in results),
        column(one.denominator for one in results),
        np.array([one.n for one in results], dtype=np.int64),
    )
