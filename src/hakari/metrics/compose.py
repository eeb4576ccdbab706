"""Turns the components' numbers into results: value, interval and maturity of every slice."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from hakari.maths.fused import multiply_add
from hakari.maths.intervals import (
    BOOTSTRAP_UP_TO,
    Interval,
    bootstrap_mean,
    normal_mean,
    poisson_exact,
    quantile_interval,
    wilson,
)
from hakari.metrics.components import Component, Parts
from hakari.metrics.definitions import Measure
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult, Projected

T = TypeVar("T")
Key = tuple[object, ...]
Numbers = Mapping[Component, Mapping[Key, float]]
Values = Mapping[Component, Mapping[Key, Sequence[float]]]
LEVEL = 0.95
_SEED = 20261124


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure's numbers for one slice, before it gets its names."""

    value: float | None
    numerator: float | None
    denominator: float | None
    n: int
    interval: Interval
    open_share: float | None = None
    projected: Projected | None = None


@lru_cache(maxsize=64)
def without(method: str, level: float = LEVEL) -> Interval:
    """An interval that is not given, and why."""
    return Interval(None, None, level, method)


class Composer:
    """Reads the numbers of one measure; a slice that no row reached counts 0 and averages nothing."""

    def __init__(
        self, measure: Measure, parts: Parts, numbers: Numbers, values: Values, query: Query
    ) -> None:
        self.measure, self.parts = measure, parts
        self.intervals, self.level = query.intervals, query.level
        # Looked up once: finding a component among the numbers hashes all of its conditions.
        self._top, self._bottom = _of(parts.top, numbers), _of(parts.bottom, numbers)
        self._squares = _of(parts.squares, numbers)
        self._open, self._open_but_out = _of(parts.open_rows, numbers), _of(parts.open_but_out, numbers)
        self._values = _of(parts.values, values)

    def figures(self) -> Callable[[Key], Figure]:
        """What makes the figure of a slice."""
        kinds = {
            "rate": self._rate,
            "conversion": self._rate,
            "ratio": self._ratio,
            "mean": self._mean,
            "quantile": self._quantile,
            "sum": self._sum,
        }
        return kinds.get(self.measure.kind, self._count)

    def _count(self, key: Key) -> Figure:
        count = self._top.get(key, 0.0)
        return Figure(
            count, count, None, int(count), self._interval(lambda: poisson_exact(count, self.level))
        )

    def _quantile(self, key: Key) -> Figure:
        if self.parts.values is None:
            n = int(self._bottom.get(key, 0.0))
            return Figure(self._top.get(key), None, None, n, without("not asked for" if n else "no data"))
        return quantile(self._values.get(key, ()), self.measure.quantile, self.intervals, self.level)

    def _rate(self, key: Key) -> Figure:
        k, n = self._top.get(key, 0.0), self._bottom.get(key, 0.0)
        if n == 0:
            return Figure(None, k, n, 0, without("no data"))
        interval = (
            self._interval(lambda: wilson(k, n, self.level)) if k <= n else without("not a part of the whole")
        )
        return Figure(k / n, k, n, int(n), interval, self._open_share(key, n))

    def _open_share(self, key: Key, n: float) -> float | None:
        if self.parts.open_rows is None:
            return None
        still = self._open.get(key, 0.0) - self._open_but_out.get(key, 0.0)
        return still / n

    def _ratio(self, key: Key) -> Figure:
        top, bottom = self._top.get(key, 0.0), self._bottom.get(key, 0.0)
        value = top / bottom if bottom else None
        n = int(bottom) if self.parts.bottom is not None and self.parts.bottom.how != "sum" else 0
        return Figure(value, top, bottom, n, without("a quotient of two totals" if bottom else "no data"))

    def _sum(self, key: Key) -> Figure:
        total, n = self._top.get(key, 0.0), int(self._bottom.get(key, 0.0))
        squares = self._squares.get(key, 0.0)
        return Figure(
            total, total, None, n, self._interval(lambda: sum_interval(total, squares, n, self.level))
        )

    def _mean(self, key: Key) -> Figure:
        total, n = self._top.get(key, 0.0), int(self._bottom.get(key, 0.0))
        if n == 0:
            return Figure(None, total, 0.0, 0, without("no data"))
        return Figure(
            total / n, total, float(n), n, self._interval(lambda: self._mean_interval(key, total, n))
        )

    def _mean_interval(self, key: Key, total: float, n: int) -> Interval:
        values = self._values.get(key, ())
        if 0 < len(values) <= BOOTSTRAP_UP_TO:
            return bootstrap_mean(values, self.level, seed=_SEED)
        return normal_mean(n, total, self._squares.get(key, 0.0), self.level)

    def _interval(self, compute: Callable[[], Interval]) -> Interval:
        return compute() if self.intervals else without("not asked for")


def _of(part: Component | None, known: Mapping[Component, Mapping[Key, T]]) -> Mapping[Key, T]:
    return known.get(part, {}) if part is not None else {}


def sum_interval(total: float, squares: float, n: int, level: float) -> Interval:
    """A total of a random number of random amounts varies by about the root of its sum of squares."""
    if n == 0:
        return without("no data")
    spread = NormalDist().inv_cdf(0.5 + level / 2) * squares**0.5
    return Interval(
        max(0.0, total - spread) if total >= 0 else total - spread, total + spread, level, "compound Poisson"
    )


def squares_behind(one: MetricResult) -> float:
    """The sum of squares that a total's interval was made of: from it follows how its amounts spread."""
    high, interval = one.interval.high, one.interval
    if one.value is None or high is None:
        return 0.0
    return float(((high - one.value) / NormalDist().inv_cdf(0.5 + interval.level / 2)) ** 2)


def quantile(values: Sequence[float], q: float, intervals: bool, level: float = LEVEL) -> Figure:
    """The q-th quantile, interpolated between neighbours; no values, no answer."""
    n = len(values)
    if n == 0:
        return Figure(None, None, None, 0, without("no data"))
    value = interpolated(np.sort(np.asarray(values, dtype=np.float64)), q)
    return Figure(
        value, None, None, n, quantile_interval(values, q, level) if intervals else without("not asked for")
    )


def interpolated(ordered: NDArray[np.float64], q: float) -> float:
    """As DuckDB's quantile_cont to the last digit: a figure may not depend on who happened to take it."""
    place = q * (ordered.size - 1)
    below = min(int(place), ordered.size - 1)
    share, low = place - below, float(ordered[below])
    if share == 0.0:
        return low
    return multiply_add(low, 1.0 - share, float(ordered[below + 1]) * share)
