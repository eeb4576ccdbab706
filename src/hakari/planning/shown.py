"""Which figure a reader sees: the counted one, or of a cohort with open cases the projected one."""

from __future__ import annotations

from collections.abc import Iterable

from hakari.maths.intervals import Interval
from hakari.metrics.result import MetricResult, Projected


def projection_of(one: MetricResult) -> Projected | None:
    """The projection, where there are cases that can still exit in time."""
    return one.projected if one.projected is not None and one.projected.undecided else None


def value_of(one: MetricResult) -> float | None:
    """What a reader takes for the figure; before a projection can be made, what was counted."""
    return one.adjusted


def interval_of(one: MetricResult) -> Interval:
    """Where the shown value lies: of a projection, where the finished rate will."""
    found = projection_of(one)
    if found is None or found.value is None:
        return one.interval
    return Interval(found.low, found.high, found.level, "projected")


def is_unripe(one: MetricResult, most_open: float) -> bool:
    """Whether too much is open for a verdict, and nothing can be projected."""
    found = projection_of(one)
    if found is not None and found.value is not None:
        return False
    return one.open_share is not None and one.open_share > most_open


def total_of(parts: Iterable[MetricResult]) -> float | None:
    """The rate of all parts together: with a common reference, their cases' projected exits add up."""
    exits = cases = 0.0
    for one in parts:
        value = value_of(one)
        if value is not None and one.denominator is not None:
            exits, cases = exits + value * one.denominator, cases + one.denominator
    return exits / cases if cases else None
