"""Answers a query as columns: for a catalogue of measures by rep and month, which is a million cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hakari.metrics.about import About
from hakari.metrics.columns import Aligner, Column, Series, Slice, reached, series_of
from hakari.metrics.components import Parts
from hakari.metrics.definitions import Measure
from hakari.metrics.labels import Labels
from hakari.metrics.runner import ColumnRun

_Kept = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Rows:
    """Which keys of the whole grid one measure has: its slices × the buckets."""

    slices: list[Slice]
    places: NDArray[np.intp]


class Sheet:
    """The grid of all slices and buckets that any measure reached; each measure shows its own part of it."""

    def __init__(self, run: ColumnRun, labels: Labels, parts: Sequence[Parts]) -> None:
        self._run = run
        wanted = [run.columns.get(one) for each in parts for one in each.all()]
        self._grid = labels.grid(reached({id(one): one for one in wanted}.values()))
        self._slices = [labels.of(key)[1] for key in self._grid]
        self._aligner = Aligner(self._grid)
        buckets = len({key[-1] for key in self._grid}) if run.cut.grain is not None else 1
        self._shape = (len(self._grid) // buckets if buckets else 0, buckets)
        self._rows: dict[bytes, _Rows] = {}

    def series(self, measure: Measure, about: About, parts: Parts) -> Series:
        """The measure's figures over every slice it reached."""
        columns = [self._run.columns.get(one) for one in parts.all()]
        rows = self._reached(columns)
        whole = series_of(measure.kind, about, parts, self._run.columns, self._slices, self._aligner)
        if len(rows.slices) == len(self._grid):
            return whole
        at = rows.places
        return Series(
            about, rows.slices, whole.value[at], whole.numerator[at], whole.denominator[at], whole.n[at]
        )

    def _reached(self, columns: Sequence[Column | None]) -> _Rows:
        found: _Kept = np.zeros(len(self._grid), dtype=np.bool_)
        for column in columns:
            found |= ~np.isnan(self._aligner.of(column))
        cells = found.reshape(self._shape)
        kept: _Kept = np.broadcast_to(cells.any(axis=1, keepdims=True), self._shape)
        if not self._run.cut.dimensions:
            kept = np.ones(self._shape, dtype=np.bool_)
        if self._run.query.period.is_all and self._run.cut.grain is not None:
            kept = kept & cells.any(axis=0, keepdims=True)
        mark = kept.tobytes()
        if mark not in self._rows:
            places = np.flatnonzero(kept)
            self._rows[mark] = _Rows([self._slices[place] for place in places.tolist()], places)
        return self._rows[mark]
