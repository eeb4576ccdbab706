"""Frames as the rows that a source hands to the truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.columns import Column, Ints, as_python, moments, take
from hakari.sources.demo.frame import Frame
from hakari.storage.rows import Row

_MOST_VERSIONS = 16


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of one table. All versions of one record stand together, oldest first."""

    table: str
    rows: list[Row]


def batches(frame: Frame, most: int = 5_000) -> Iterator[Batch]:
    """The rows of a frame, in parts that never cut through a record."""
    for start in range(0, frame.size, most):
        yield Batch(frame.table, _rows(frame, start, min(start + most, frame.size)))


def _rows(frame: Frame, start: int, end: int) -> list[Row]:
    part = np.arange(start, end)
    keys = part + frame.first_key
    names = [f"{frame.table}-{key}" for key in keys.tolist()]
    state = frame.columns
    found = _version_rows(frame, state, part, names, frame.observed[part])
    places = [np.arange(len(part)) * _MOST_VERSIONS]
    for number, version in enumerate(frame.versions, start=1):
        state = frame.changed(state, version)
        here = np.flatnonzero(version.where[part])
        if len(here):
            some = [names[place] for place in here.tolist()]
            found += _version_rows(frame, state, part[here], some, version.at[part[here]])
            places.append(here * _MOST_VERSIONS + number)
    if len(places) == 1:
        return found
    order = np.argsort(np.concatenate(places), kind="stable")
    return [found[place] for place in order.tolist()]


def _version_rows(
    frame: Frame, state: dict[str, Column], rows: Ints, names: list[str], observed: Ints
) -> list[Row]:
    table = TABLES[frame.table]
    fields = list(state)
    columns = [as_python(table.field(name), take(column, rows)) for name, column in state.items()]
    return [
        Row(name, dict(zip(fields, values, strict=True)), moment)
        for name, moment, *values in zip(names, moments(observed), *columns, strict=True)
    ]
