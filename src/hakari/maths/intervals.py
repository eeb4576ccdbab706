"""The range a figure could as well have had: for rates, counts, means and medians.

| figure            | interval                 | why this one                                           |
|-------------------|--------------------------|--------------------------------------------------------|
| rate, k of n      | Wilson                   | at n=10, p=.05 it covers 91 %, the schoolbook one 40 % |
| rate minus rate   | Newcombe                 | two Wilsons; keeps 95 % where a table has small cells  |
| count             | Poisson, exact           | never covers less than it says                         |
| mean of a few     | studentised bootstrap    | see `bootstrap_mean`                                   |
| mean of thousands | Student's t, from sums   | the database need not hand over the values             |
| median, quantile  | two values of the sample | needs no shape; too small a sample leaves a bound open |

A bound of None is not known: there is no data (`is_known` is False), or the sample cannot bound that side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hakari.errors import ImpossibleSampleError

Floats = NDArray[np.float64]

NO_DATA = "no data"
BOOTSTRAP_UP_TO = 5_000
_VALUES_AT_ONCE = 2_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    low: float | None
    high: float | None
    level: float
    method: str

    @property
    def is_known(self) -> bool:
        return self.low is not None or self.high is not None

    def contains(self, value: float) -> bool:
        """An unknown bound excludes nothing."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


def no_data(level: float) -> Interval:
    return Interval(None, None, level, NO_DATA)


def wilson(k: float, n: float, level: float = 0.95) -> Interval:
    """For k of n. Neither need be whole: an effective sample size may stand in."""
    low, high = wilson_many(k, n, level)
    return no_data(level) if n == 0 else Interval(float(low), float(high), level, "Wilson")


def wilson_many(k: ArrayLike, n: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Lower and upper bounds, element by element; NaN where n is 0."""
    _check_level(level)
    yes, base = np.asarray(k, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if not (np.all(yes >= 0) and np.all(yes <= base)):
        raise ImpossibleSampleError(
            "A rate needs 0 ≤ k ≤ n in every place.", "Check that the numerator is a part of the denominator."
        )
    z = NormalDist().inv_cdf(0.5 + level / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        centre = (yes + z * z / 2) / (base + z * z)
        half = z * np.sqrt(yes * (base - yes) / base + z * z / 4) / (base + z * z)
    # Rounding must not leave 1e-17 where the bound is 0, nor push it past the rate.
    low = np.where(yes == 0, 0.0, np.clip(centre - half, 0.0, 1.0))
    high = np.where(yes == base, 1.0, np.clip(centre + half, 0.0, 1.0))
    return np.where(base == 0, np.nan, low), np.where(base == 0, np.nan, high)


def difference_of_rates(
    first: tuple[float, float], second: tuple[float, float], level: float = 0.95
) -> Interval:
    """For the first rate minus the second, each (k, n): Newcombe's square-and-add of Wilson's bounds."""
    one, other = wilson(*first, level), wilson(*second, level)
    if one.low is None or one.high is None or other.low is None or other.high is None:
        return no_data(level)
    rate, rate_2 = first[0] / first[1], second[0] / second[1]
    middle = rate - rate_2
    below = sqrt((rate - one.low) ** 2 + (other.high - rate_2) ** 2)
    above = sqrt((one.high - rate) ** 2 + (rate_2 - other.low) ** 2)
    return Interval(middle - below, middle + above, level, "Newcombe")


def poisson_exact(count: float, level: float = 0.95) -> Interval:
    """For the expected number behind a count (Garwood). A count of 0 is data: up to 3.7 were possible."""
    low, high = poisson_many(count, level)
    return Interval(float(low), float(high), level, "Poisson exact")


def poisson_many(counts: ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    _check_level(level)
    seen = np.asarray(counts, dtype=np.float64)
    if not np.all(seen >= 0):
        raise ImpossibleSampleError("A count cannot be below zero.", "Check what was counted.")
    from scipy import special  # Half a second; rates and totals do without.

    tail = (1 - level) / 2
    low = np.where(seen == 0, 0.0, special.gammaincinv(np.maximum(seen, 1.0), tail))
    return low, np.asarray(special.gammaincinv(seen + 1, 1 - tail), dtype=np.float64)


def bootstrap_mean(
    values: Iterable[float], level: float = 0.95, draws: int = 2000, seed: int = 0
) -> Interval:
    """For the mean of amounts, by the studentised bootstrap: t* = (m* − m) / se*, then m − t*·se.

    Chosen by simulated coverage at 95 % (800 samples each, 1,000 draws):

    | amounts            | n  | percentile | percentile, log-normal | studentised |
    |--------------------|----|------------|------------------------|-------------|
    | log-normal, σ = 1  |  5 | .72        | .78                    | .91         |
    | log-normal, σ = 1  | 20 | .86        | .90                    | .93         |
    | gamma, shape 1     |  5 | .78        | .84                    | .93         |
    | gamma, shape 1     | 50 | .93        | .78                    | .94         |
    | two price lists    | 50 | .94        | .84                    | .99         |

    Resampling logs is right only while amounts are log-normal and grows worse with n when they are not;
    resampling log(mean) covers no better and is far wider. Under 10 values nothing covers a mix of small
    deals and one great one. When no amount is negative, neither is the lower bound. A side the sample
    cannot bound, as when most draws repeat one value, is None. Order of the values does not matter.
    """
    _check_level(level)
    sample = np.sort(np.fromiter(values, dtype=np.float64))
    if not np.all(np.isfinite(sample)):
        raise ImpossibleSampleError(
            "An amount is not a number.", "Leave unknown amounts out, and count them."
        )
    if sample.size < 2 or sample.size > BOOTSTRAP_UP_TO:
        return normal_mean(sample.size, float(sample.sum()), float(sample @ sample), level)
    mean, error = float(sample.mean()), float(sample.std(ddof=1)) / sqrt(sample.size)
    if sample[0] == sample[-1]:
        return Interval(mean, mean, level, "all values equal")
    tail = (1 - level) / 2
    lower_t, upper_t = np.quantile(
        _studentised(sample, mean, draws, seed), [tail, 1 - tail], method="nearest"
    )
    low, high = _bound(mean - upper_t * error), _bound(mean - lower_t * error)
    if low is not None and sample[0] >= 0:
        low = max(low, 0.0)
    return Interval(low, high, level, "studentised bootstrap")


def _bound(value: float) -> float | None:
    return float(value) if isfinite(value) else None


def _studentised(sample: Floats, mean: float, draws: int, seed: int) -> Floats:
    generator = np.random.default_rng(seed)
    n = sample.size
    at_once = max(1, _VALUES_AT_ONCE // n)
    parts: list[Floats] = []
    for first in range(0, draws, at_once):
        drawn = sample[generator.integers(0, n, (min(at_once, draws - first), n))]
        means, spread = drawn.mean(axis=1), drawn.std(axis=1, ddof=1)
        # A draw of one value over and over has no spread; its distance is beyond any other.
        flat = drawn.max(axis=1) == drawn.min(axis=1)
        distance = (means - mean) / np.where(flat, 1.0, spread / sqrt(n))
        parts.append(np.where(flat, np.copysign(np.inf, means - mean), distance))
    return np.concatenate(parts)


def normal_mean(n: int, total: float, total_squares: float, level: float = 0.95) -> Interval:
    """For a mean known by its sums alone; Student's t, so that a few hundred are not treated as infinite."""
    _check_level(level)
    if n == 0:
        return no_data(level)
    mean = total / n
    if n == 1:
        return Interval(None, None, level, "one value")
    from scipy import special

    variance = max(0.0, (total_squares - total * mean) / (n - 1))
    half = float(special.stdtrit(n - 1, 0.5 + level / 2)) * sqrt(variance / n)
    return Interval(mean - half, mean + half, level, "Student t")


def quantile_interval(values: Iterable[float], q: float, level: float = 0.95) -> Interval:
    """For a quantile, such as a median waiting time, by ranks. Five values bound no median at 95 %."""
    _check_level(level)
    if not 0 < q < 1:
        raise ImpossibleSampleError(f"{q} is not a quantile.", "Use a share between 0 and 1, such as 0.5.")
    sample = np.sort(np.fromiter(values, dtype=np.float64))
    if sample.size == 0:
        return no_data(level)
    tail = (1 - level) / 2
    lower_rank = _binomial_quantile(tail, sample.size, q)
    upper_rank = _binomial_quantile(1 - tail, sample.size, q) + 1
    low = float(sample[lower_rank - 1]) if lower_rank >= 1 else None
    high = float(sample[upper_rank - 1]) if upper_rank <= sample.size else None
    return Interval(low, high, level, "order statistics")


def _binomial_quantile(p: float, n: int, q: float) -> int:
    """The smallest k of n that a binomial with rate q does not exceed with chance p.

    scipy.stats says the same, and takes a second to import before a terminal shows its first figure.
    """
    from scipy import special

    k = int(np.ceil(special.bdtrik(p, n, q)))
    below = max(k - 1, 0)
    return below if special.bdtr(below, n, q) >= p else k


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise ImpossibleSampleError(
            f"{level} is not a confidence level.", "Use a share between 0 and 1, such as 0.95."
        )
