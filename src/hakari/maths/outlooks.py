"""What a member's coming month may be: how likely a given figure is reached, and where its quarters lie.

Each kind of figure has its own: counts vary like a negative binomial (Poisson about a mean that is itself
only roughly known), rates like a beta-binomial, amounts and averages as the team's own past months did.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Protocol, Self

import numpy as np

_MOST_CASES = 20_000
# Without any past months to compare with, amounts are taken to vary by half of what is expected.
_UNKNOWN_RATIOS = (0.35, 0.55, 0.7, 0.85, 1.0, 1.1, 1.25, 1.45, 1.75)


@dataclass(frozen=True, slots=True)
class Came:
    """What has come already of the period asked about; of a rate `base` are its cases."""

    value: float
    base: float = 1.0


class Outlook(Protocol):
    """`mean` is what is expected in all; `relative_variance` its variance in units of the mean squared."""

    @property
    def mean(self) -> float: ...

    @property
    def relative_variance(self) -> float: ...

    def chance(self, target: float, better: str = "higher") -> float:
        """That the figure is at the target or better."""
        ...

    def quantile(self, share: float) -> float: ...

    def with_so_far(self, came: Came) -> Outlook: ...


@dataclass(frozen=True, slots=True)
class CountOutlook:
    """A monthly mean known as Gamma(shape, months), over `exposure` months; `spread` is what else varies.

    `spread` is a variance in units of the mean squared, learnt from the team's past months.
    """

    shape: float
    months: float
    exposure: float
    spread: float = 0.0
    so_far: float = 0.0

    @property
    def _coming(self) -> float:
        return self.shape * self.exposure / self.months

    @property
    def mean(self) -> float:
        return self.so_far + self._coming

    @property
    def relative_variance(self) -> float:
        coming = self._coming
        return 1 / coming + 1 / self.shape if coming > 0 else 0.0

    def chance(self, target: float, better: str = "higher") -> float:
        missing = target - self.so_far
        if better == "lower":
            return 1 - self._at_least(floor(missing) + 1)
        return self._at_least(ceil(missing - 1e-9))

    def _at_least(self, cases: int) -> float:
        if cases <= 0:
            return 1.0
        coming = self._coming
        if coming <= 0:
            return 0.0
        from scipy import special  # Half a second; pages that show no chances do without.

        size = 1 / (1 / self.shape + self.spread * over_months(self.exposure))
        return float(special.betainc(cases, size, coming / (coming + size)))

    def quantile(self, share: float) -> float:
        """The most that is still reached with a chance of 1 − share."""
        low, high = 0, 1
        while self._at_least(high) >= 1 - share:
            low, high = high, high * 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._at_least(middle) >= 1 - share else (low, middle)
        return self.so_far + low

    def with_so_far(self, came: Came) -> Self:
        return replace(self, so_far=came.value)


@dataclass(frozen=True, slots=True)
class RateOutlook:
    """A rate known as Beta(yes, no), to be counted of `cases` more; `spread` as for counts.

    `hits` of `past_cases` have been counted in the period already.
    """

    yes: float
    no: float
    cases: float
    spread: float = 0.0
    hits: float = 0.0
    past_cases: float = 0.0

    @property
    def mean(self) -> float:
        known = self.yes + self.no
        return self.yes / known if known > 0 else 0.0

    @property
    def relative_variance(self) -> float:
        p, cases = self.mean, max(1.0, self.cases)
        if p <= 0:
            return 0.0
        kinship = 1 / (self.yes + self.no + 1)
        return (1 - p) / p * (1 + (cases - 1) * kinship) / cases

    def chance(self, target: float, better: str = "higher") -> float:
        wanted = target * (self._coming + self.past_cases) - self.hits
        if better == "lower":
            return 1 - self._at_least(floor(wanted + 1e-9) + 1)
        return self._at_least(ceil(wanted - 1e-9))

    @property
    def _coming(self) -> int:
        return min(max(0 if self.past_cases else 1, round(self.cases)), _MOST_CASES)

    def _at_least(self, hits: int) -> float:
        cases = self._coming
        if hits <= 0:
            return 1.0
        if hits > cases or self.yes <= 0:
            return 0.0
        from scipy import special

        a, b = self._widened()
        k = np.arange(hits, cases + 1)
        ways = special.gammaln(cases + 1) - special.gammaln(k + 1) - special.gammaln(cases - k + 1)
        each = np.exp(ways + special.betaln(a + k, b + cases - k) - special.betaln(a, b))
        return min(1.0, float(each.sum()))

    def _widened(self) -> tuple[float, float]:
        """The same mean, known less well: months differ by more than their cases explain."""
        p, known = self.mean, self.yes + self.no
        if self.spread <= 0 or not 0 < p < 1:
            return self.yes, max(self.no, 1e-9)
        kinship = min(0.9, 1 / (known + 1) + self.spread * p / (1 - p))
        strength = 1 / kinship - 1
        return p * strength, (1 - p) * strength

    def quantile(self, share: float) -> float:
        low, high = 0, self._coming + 1
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._at_least(middle) >= 1 - share else (low, middle)
        return (self.hits + low) / max(1.0, self.past_cases + self._coming)

    def with_so_far(self, came: Came) -> Self:
        return replace(self, hits=came.value, past_cases=came.base)


@dataclass(frozen=True, slots=True)
class ValueOutlook:
    """`expected` times how the team's past months turned out against what was expected of them, sorted.

    `drift` is their middle, and `months` for how many months it is: the ratios are those of single ones.
    """

    expected: float
    ratios: tuple[float, ...]
    drift: float = 1.0
    months: float = 1.0
    so_far: float = 0.0

    @property
    def mean(self) -> float:
        return self.so_far + self.expected * self.drift

    @property
    def relative_variance(self) -> float:
        return 0.0

    @property
    def _seen(self) -> tuple[float, ...]:
        seen = self.ratios if len(self.ratios) >= len(_UNKNOWN_RATIOS) else _UNKNOWN_RATIOS
        narrower = over_months(self.months) ** 0.5
        return tuple(max(0.0, self.drift + (one - self.drift) * narrower) for one in seen)

    def chance(self, target: float, better: str = "higher") -> float:
        """Never quite 0 or 1: what was never seen may still come."""
        missing = target - self.so_far
        if self.expected <= 0:
            return float(missing <= 0 if better != "lower" else missing >= 0)
        if better != "lower" and missing <= 0:
            return 1.0
        seen, ratio = self._seen, missing / self.expected
        if better == "lower":
            hits = bisect_right(seen, ratio + 1e-12)
        else:
            hits = len(seen) - bisect_left(seen, ratio - 1e-12)
        return (hits + 0.5) / (len(seen) + 1)

    def quantile(self, share: float) -> float:
        return self.so_far + self.expected * float(np.quantile(self._seen, share))

    def with_so_far(self, came: Came) -> Self:
        return replace(self, so_far=came.value)


def over_months(months: float) -> float:
    """How much less the sum of several months varies than one, as a share of the relative variance.

    Halfway between months that vary each for itself (1 ÷ months) and a level that stays (1).
    """
    return 1.0 if months <= 1 else months**-0.5
