"""Which parts of a change are more than chance: every factor drawn anew from what its records allow.

Each draw gives the factors before and after, these the parts of `driver_tree.lmdi`, and the parts of all
draws an interval. Where nothing changed, 90 % intervals hold 0 in about 90 of 100 cases; a part whose
interval holds 0 is drawn pale. For a bottleneck to be named, more is asked: of six factors that did not
change, one in four times one lies below its own 90 % interval. A name is given only where the chance of
naming any without reason is at most one in twenty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, log1p, prod, sqrt

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike, NDArray

from hakari.errors import ImpossibleSampleError
from hakari.maths.driver_tree import lmdi, shapley

Floats = NDArray[np.float64]

DRAWS = 4_000
LEVEL = 0.90
WRONGLY_NAMED = 0.05
_JEFFREYS = 0.5
_LEAST_WEEKS = 9
_MEDIAN_OF_CHI = 0.4549  # of chi-squared with one degree of freedom


@dataclass(frozen=True, slots=True)
class Known:
    """A figure without chance in it, such as a target."""

    value: float

    def draws(self, _: Generator, count: int) -> Floats:
        return np.full(count, self.value)


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something happened: Gamma(k + ½).

    What comes in clusters, as the calls to one lead do, varies `dispersion` times as much as what does not.
    """

    value: float
    dispersion: float = 1.0

    def draws(self, generator: Generator, count: int) -> Floats:
        shape = (self.value + _JEFFREYS) / self.dispersion
        return self.dispersion * generator.standard_gamma(shape, count)


@dataclass(frozen=True, slots=True)
class Share:
    """k of n: Beta(k + ½, n − k + ½).

    `part` is the share of the k that are of these n. The others began earlier, and with them varies how many
    could come: at 0 the quotient is as uncertain as both counts.
    """

    k: float
    n: float
    part: float = 1.0

    @property
    def value(self) -> float:
        return self.k / self.n if self.n else 0.0

    def draws(self, generator: Generator, count: int) -> Floats:
        if self.k > self.n or self.part == 0:
            top = generator.standard_gamma(self.k + _JEFFREYS, count)
            return top / generator.standard_gamma(self.n + _JEFFREYS, count)
        found: Floats = generator.beta(self.k + _JEFFREYS, self.n - self.k + _JEFFREYS, count)
        if self.part < 1:
            shape = (self.n + _JEFFREYS) / (2 * (1 - self.part))
            found = found * generator.standard_gamma(shape, count) / shape
        return found


@dataclass(frozen=True, slots=True)
class Average:
    """A mean of amounts with its standard error, which is None where it is not known.

    Log-normal around a mean above 0; a margin below 0 has no logarithm and is normal.
    """

    value: float
    error: float | None

    def draws(self, generator: Generator, count: int) -> Floats:
        if self.error is None or not isfinite(self.error):
            return np.full(count, np.nan)
        if self.value <= 0:
            return generator.normal(self.value, self.error, count)
        spread = sqrt(log1p((self.error / self.value) ** 2))
        found: Floats = self.value * np.exp(spread * generator.standard_normal(count))
        return found


@dataclass(frozen=True, slots=True)
class Product:
    """Several factors taken as one; of none it is 1."""

    factors: tuple[Known | Counted | Share | Average, ...]

    @property
    def value(self) -> float:
        return prod(one.value for one in self.factors)

    def draws(self, generator: Generator, count: int) -> Floats:
        found = np.ones(count)
        for one in self.factors:
            found = found * one.draws(generator, count)
        return found


Drawn = Known | Counted | Share | Average | Product


@dataclass(frozen=True, slots=True)
class Part:
    """One factor's part in the change, with its interval; without one nothing is known of its chance.

    `below` and `above` are how likely it is that the part is really negative, or positive.
    """

    value: float
    low: float | None
    high: float | None
    below: float
    above: float

    @property
    def pale(self) -> bool:
        """Whether the part may be chance."""
        return self.low is None or self.high is None or self.low <= 0 <= self.high


def parts(
    before: Sequence[Drawn], after: Sequence[Drawn], seed: int, draws: int = DRAWS, level: float = LEVEL
) -> tuple[Part, ...]:
    """The parts of all factors; their values add up to Π after − Π before."""
    if len(before) != len(after) or not before:
        raise ImpossibleSampleError("Before and after have different factors.", "Give each factor twice.")
    values = _split([one.value for one in before], [one.value for one in after])
    generator = np.random.default_rng(seed)
    old = np.stack([one.draws(generator, draws) for one in before], axis=-1)
    new = np.stack([one.draws(generator, draws) for one in after], axis=-1)
    unknown = np.isnan(np.concatenate([old, new])).any(axis=0)
    # A factor whose chance is not known stands still, so that it does not hide the others'.
    old = np.where(unknown, [one.value for one in before], old)
    new = np.where(unknown, [one.value for one in after], new)
    drawn = _split(old, new)
    return tuple(
        summed_up(float(values[place]), None if unknown[place] else drawn[:, place], level)
        for place in range(len(before))
    )


def _split(old: ArrayLike, new: ArrayLike) -> Floats:
    """By LMDI-I, or where a factor is negative by Shapley."""
    return shapley(old, new) if min(np.min(old), np.min(new)) < 0 else lmdi(old, new)


def summed_up(value: float, drawn: Floats | None, level: float = LEVEL) -> Part:
    """What the draws of one part say."""
    if drawn is None:
        return Part(value, None, None, 0.0, 0.0)
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return Part(value, float(low), float(high), float(np.mean(drawn < 0)), float(np.mean(drawn > 0)))


def dispersion_of(counts: Sequence[float], days: Sequence[float]) -> float:
    """How many times as much counts of following weeks vary as chance alone would have them; at least 1.

    `days` are the working days of each week. Only neighbours are compared, and by their median, so that
    neither a trend nor one great week counts as chance.
    """
    count, base = np.asarray(counts, dtype=np.float64), np.asarray(days, dtype=np.float64)
    kept = base > 0
    count, base = count[kept], base[kept]
    if count.size < _LEAST_WEEKS:
        return 1.0
    sums = np.maximum(count[1:] + count[:-1], 1.0)
    apart = (count[1:] * base[:-1] - count[:-1] * base[1:]) ** 2 / (base[1:] * base[:-1] * sums)
    return max(1.0, float(np.median(apart)) / _MEDIAN_OF_CHI)


def bottleneck(found: Sequence[Part], candidates: Sequence[int] | None = None) -> int | None:
    """The place of the most negative part that is surely so, among the candidates; None without one."""
    places = range(len(found)) if candidates is None else candidates
    if not places:
        return None
    sure = (1 - WRONGLY_NAMED) ** (1 / len(places))
    reliable = [place for place in places if found[place].value < 0 and found[place].below >= sure]
    return min(reliable, key=lambda place: found[place].value, default=None)
