"""What is asked: which measures, over which days, cut how, by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from hakari.access import EVERYONE, Viewer
from hakari.errors import UnknownDimensionError
from hakari.metrics.definitions import Catalogue, Dimension, Measure
from hakari.metrics.naming import dimension_named
from hakari.units.period import Grain, Period


@dataclass(frozen=True, slots=True)
class Query:
    """`by` holds dimensions and at most one grain; `today` decides what is still running.

    With `lag`, a rate by the day of entry counts the exits within its horizon and is projected for the
    cases still open; without, it counts every exit so far.
    """

    measures: tuple[str, ...]
    period: Period
    today: date
    by: tuple[str, ...] = ()
    basis: str | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    as_of: datetime | None = None
    viewer: Viewer = EVERYONE
    intervals: bool = True
    undated: bool = False
    level: float = 0.95
    lag: bool = True


@dataclass(frozen=True, slots=True)
class Cut:
    """A query's dimensions and grain, looked up."""

    dimensions: tuple[Dimension, ...]
    grain: Grain | None
    filters: tuple[tuple[Dimension, tuple[str, ...]], ...]


def cut_of(query: Query, catalogue: Catalogue) -> Cut:
    dimensions: list[Dimension] = []
    grain: Grain | None = None
    for name in query.by:
        found = dimension_named(catalogue, name)
        if isinstance(found, Dimension):
            dimensions.append(found)
        elif grain is None:
            grain = found
        else:
            raise UnknownDimensionError(f"{grain} and {found} at once", "break down by one stretch of time")
    filters: list[tuple[Dimension, tuple[str, ...]]] = []
    for name, values in query.filters.items():
        found = dimension_named(catalogue, name)
        if not isinstance(found, Dimension):
            raise UnknownDimensionError(f"{name} is a stretch of time", "use the period instead of a filter")
        filters.append((found, values))
    return Cut(tuple(dimensions), grain, tuple(filters))


def basis_of(query: Query, measure: Measure) -> str:
    """The basis asked for where the measure has it, else the measure's own."""
    return query.basis if query.basis in measure.bases else measure.bases[0]
