"""Drawing from the world's distributions, for many cases at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from hakari.sources.demo.columns import Bools, Floats, Ints
from hakari.sources.demo.timeline import BUSINESS_DAY
from hakari.sources.demo.world import Lag, Price

Singles = npt.NDArray[np.float32]


class Draws:
    """A seeded stream; each topic of each block has its own, so a change to one leaves the others alone."""

    def __init__(self, *seed: int) -> None:
        self._generator = np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed)))

    def chance(self, size: int) -> Singles:
        return self._generator.random(size, np.float32)

    def happens(self, rate: float | Floats | Singles, size: int) -> Bools:
        found: Bools = self._generator.random(size, np.float32) < rate
        return found

    def below(self, bound: int | Ints, size: int) -> Ints:
        """A whole number from 0 up to the bound, which stays out."""
        if isinstance(bound, int):
            return self._generator.integers(0, bound, size)
        return (self._generator.random(size) * bound).astype(np.int64)

    def between(self, low: int, high: int, size: int) -> Ints:
        """Both included."""
        return self._generator.integers(low, high + 1, size)

    def counts(self, expected: npt.NDArray[np.floating]) -> Ints:
        return self._generator.poisson(expected).astype(np.int64)

    def seconds(self, lag: Lag, size: int) -> Ints:
        """Waits in business seconds."""
        drawn = self._generator.standard_normal(size) * lag.spread
        return (np.exp(drawn) * (lag.median * BUSINESS_DAY)).astype(np.int64)

    def amounts(self, price: Price, size: int) -> Floats:
        return np.exp(self._generator.standard_normal(size) * price.spread) * price.median

    def around(self, spread: float, size: int) -> Floats:
        """Factors scattered around one."""
        return np.exp(self._generator.standard_normal(size) * spread)

    def waits(self, mean: float, size: int) -> Ints:
        return (self._generator.standard_exponential(size, np.float32) * mean).astype(np.int64)

    def chosen(self, weights: Sequence[float], size: int) -> Ints:
        """Places in the list of weights, as often as their weights say."""
        edges = np.cumsum(weights) / sum(weights)
        found = np.searchsorted(edges[:-1], self._generator.random(size, np.float32), side="right")
        return found.astype(np.int64)
