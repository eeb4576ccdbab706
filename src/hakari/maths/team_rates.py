"""What the rates of a team's members say about the members, when each has had only a few cases.

Of twenty equally good people two look "different" by chance. Here each member's rate is drawn towards the
team's as far as the data say that members resemble each other: full Bayes on a grid over the team's rate and
the spread between members (spread of log odds ~ half-normal 0.5; the rate has no preference). The spread is
averaged over, not estimated: estimates of it hit zero in small teams and then claim certainty.

There are no ranks: groups of people who cannot be told apart are all that small numbers carry.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from numpy.typing import ArrayLike

from hakari.errors import ImpossibleSampleError
from hakari.maths.cohorts import Floats, Ints, whole
from hakari.maths.intervals import Interval

LEVEL = 0.90
CERTAIN = 0.95
POSTERIOR = "beta-binomial, full Bayes"
_SPREAD = 0.5
_WIDEST_SPREAD = 1.9
_SPREADS, _CENTRES = 40, 61
_REACH = 4.0
DRAWS = 4000


@dataclass(frozen=True, slots=True)
class MemberRate:
    """One member's rate as far as it is known; `above` is the probability that it is above the team's."""

    k: int
    n: int
    mean: float
    low: float
    high: float
    level: float
    above: float
    method: str = POSTERIOR

    @property
    def differs(self) -> bool:
        """Above or below the team with a probability of at least 95 %."""
        return self.above >= CERTAIN or self.above <= 1 - CERTAIN

    @property
    def interval(self) -> Interval:
        return Interval(self.low, self.high, self.level, self.method)


@dataclass(frozen=True, slots=True)
class TeamRates:
    """`members` in the order of the input; `groups` hold their places there, those of higher means first.

    Within a group no two can be told apart. Groups overlap: somebody in the middle may belong with both ends
    although the ends differ. `spread` is that of the members' log odds; `pooled` is None without any case.
    """

    members: tuple[MemberRate, ...]
    groups: tuple[tuple[int, ...], ...]
    pooled: float | None
    spread: float | None

    @property
    def all_alike(self) -> bool:
        """No two of them can be told apart."""
        return len(self.groups) <= 1


def team_rates(
    k: ArrayLike, n: ArrayLike, level: float = LEVEL, seed: int = 0, draws: int = DRAWS
) -> TeamRates:
    """For k of n per member. The same team gives the same answer, in whatever order it comes."""
    yes, base = whole(k, "A count"), whole(n, "A count")
    if yes.shape != base.shape or yes.ndim != 1 or np.any(yes < 0) or np.any(yes > base):
        raise ImpossibleSampleError(
            "A team's rates need 0 ≤ k ≤ n for each member.",
            "Check that each numerator is a part of its denominator.",
        )
    if not 0 < level < 1:
        raise ImpossibleSampleError(f"{level} is not a level.", "Use a share between 0 and 1, such as 0.9.")
    if base.sum() == 0:
        return TeamRates((), (), None, None)
    pairs, kind = np.unique(np.stack([base, yes], axis=1), axis=0, return_inverse=True)
    kind = kind.reshape(-1)
    alike = np.bincount(kind)
    hyper = _Posterior.of(pairs[:, 1], pairs[:, 0], alike)
    chosen = hyper.drawn(np.random.default_rng((seed, 1)), draws)
    rates = _rates(np.random.default_rng((seed, 2)), hyper, chosen, np.repeat(pairs, alike, axis=0))
    members = _members(hyper, pairs, alike, rates, level)
    groups = _groups(np.asarray([one.mean for one in members]), alike, kind, rates)
    pooled, spread = float(yes.sum() / base.sum()), float((hyper.weights * hyper.spreads).sum())
    return TeamRates(tuple(members[one] for one in kind), groups, pooled, spread)


@dataclass(frozen=True, slots=True, eq=False)
class _Posterior:
    """Points (centre, strength) of the beta distribution that members come from, and their probabilities.

    Strength counts in cases: a member's own n weighs against it.
    """

    centres: Floats
    strengths: Floats
    spreads: Floats
    weights: Floats

    @classmethod
    def of(cls, yes: Ints, base: Ints, alike: Ints) -> _Posterior:
        from scipy import special  # Half a second; pages without a comparison of people do without.

        total, hits = float((base * alike).sum()), float((yes * alike).sum())
        middle = (hits + 0.5) / (total + 1)
        reach = _REACH * sqrt(1 / (total * middle * (1 - middle)) + _SPREAD**2 / float(alike.sum()))
        odds = log(middle / (1 - middle)) + np.linspace(-reach, reach, _CENTRES)
        # The middles of equally likely slices of the half-normal.
        slices = (np.arange(_SPREADS) + 0.5) / _SPREADS
        widths = np.minimum(_SPREAD * special.ndtri(0.5 + slices / 2), _WIDEST_SPREAD)
        centres, spreads = (one.ravel() for one in np.meshgrid(special.expit(odds), widths))
        strengths = 1 / (centres * (1 - centres) * spreads**2) - 1
        a, b = centres * strengths, (1 - centres) * strengths
        fits = -alike.sum() * special.betaln(a, b)
        for k, n, times in zip(yes, base, alike, strict=True):
            fits = fits + times * special.betaln(a + k, b + n - k)
        weights = np.exp(fits - fits.max())
        return cls(centres, strengths, spreads, weights / weights.sum())

    def drawn(self, generator: np.random.Generator, draws: int) -> Ints:
        """Places of the points, as often as they are likely; evenly spread, so that few draws do."""
        edges = np.cumsum(self.weights)
        even = (np.arange(draws) + generator.random()) / draws
        return generator.permutation(np.minimum(np.searchsorted(edges, even), edges.size - 1))


def _rates(generator: np.random.Generator, hyper: _Posterior, chosen: Ints, pairs: Ints) -> Floats:
    """Possible rates, (draws, members); the members of each draw come from one and the same team."""
    strength, centre = hyper.strengths[chosen, None], hyper.centres[chosen, None]
    base, yes = pairs[:, 0], pairs[:, 1]
    return generator.beta(yes + centre * strength, base - yes + (1 - centre) * strength)


def _members(hyper: _Posterior, pairs: Ints, alike: Ints, rates: Floats, level: float) -> list[MemberRate]:
    """One for each different k of n: members with equal counts share their draws and come out equal."""
    team = rates @ np.repeat(pairs[:, 0], alike) / float((pairs[:, 0] * alike).sum())
    ends = np.cumsum(alike)
    tail = (1 - level) / 2
    found = []
    for (n, k), end, times in zip(pairs.tolist(), ends.tolist(), alike.tolist(), strict=True):
        own = rates[:, end - times : end]
        shrunk = (k + hyper.centres * hyper.strengths) / (n + hyper.strengths)
        low, high = np.quantile(own, [tail, 1 - tail])
        above = float((own > team[:, None]).mean())
        mean = float((hyper.weights * shrunk).sum())
        found.append(MemberRate(k, n, mean, float(low), float(high), level, above))
    return found


def _groups(means: Floats, alike: Ints, kind: Ints, rates: Floats) -> tuple[tuple[int, ...], ...]:
    """Runs by mean in which no two differ, each as long as it can be."""
    order = np.argsort(-means, kind="stable")
    own = rates[:, (np.cumsum(alike) - alike)[order]]
    ends = np.empty(order.size, dtype=np.int64)
    end = order.size
    for start in range(order.size - 1, -1, -1):
        higher = (own[:, start, None] > own[:, start + 1 : end]).mean(axis=0) >= CERTAIN
        end = start + 1 + int(np.argmax(higher)) if higher.any() else end
        ends[start] = end
    starts = np.flatnonzero(np.diff(ends, prepend=0) > 0)
    return tuple(
        tuple(int(place) for one in order[start : ends[start]] for place in np.flatnonzero(kind == one))
        for start in starts
    )
