"""How likely a plan is to reach its goal, and the plan that reaches it with a stated chance.

A plan by averages is a coin toss. Here every average is drawn as far as the company's own past leaves it
open: shares from Beta distributions, lags and prices by resampling what was observed, arrivals of the rest
from Gamma; then each case is drawn. The need is raised until the goal is reached in as many worlds as asked
for. Seeded: the same input gives the same answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hakari.maths.back_plan import BackPlan, Planner
from hakari.maths.cohorts import Floats, Ints
from hakari.maths.intervals import Interval
from hakari.maths.lag_kernel import passing
from hakari.maths.landing import Open, Situation, in_time, worth_of

DRAWS = 1000
PREDICTIVE = "predictive"
_STEPS = 14
_HIGHEST = 6.0
_NORMAL_FROM = 400_000


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What a step's share and lag rest on: `n` cases, and `waits` of those who passed, in days.

    With n = 0 the share was given, not observed, and is taken at its word.
    """

    n: float
    waits: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A situation with what is known about each of its averages. `prices` are worths of single orders."""

    situation: Situation
    steps: tuple[Evidence, ...]
    prices: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Chance:
    """A plan, by how much its need was raised, and the chance that it reaches the goal.

    `band` is where the worth will lie with a probability of 80 %. When even the most that can be done falls
    short of the chance asked for, the plan is that most, and `reached` says what chance it has.
    """

    plan: BackPlan
    raised: float
    reached: float
    median: float
    band: Interval


class Worlds:
    """Possible truths behind one situation; each plan is played in all of them."""

    def __init__(self, known: Known, seed: int = 0, draws: int = DRAWS) -> None:
        self.known, self.seed, self.draws = known, seed, draws
        self._by_stage = self._landed(np.random.default_rng((seed, 1)))
        self._sample = self._prices(np.random.default_rng((seed, 2)))
        self._base = self._apart_from_efforts(np.random.default_rng((seed, 3)))

    def _landed(self, generator: np.random.Generator) -> list[Floats]:
        """From each stage on, what has arrived by each day: (draws, days); by Fourier, all draws at once."""
        situation, days = self.known.situation, self.known.situation.days_left + 1
        size = 1 << int(np.ceil(np.log2(2 * days)))
        product = np.ones((self.draws, size // 2 + 1), dtype=np.complex128)
        found: list[Floats] = [np.ones((self.draws, days))]
        for step, evidence in zip(situation.steps[::-1], self.known.steps[::-1], strict=True):
            rates = _rates(step.rate, evidence.n, generator, self.draws)
            lags = _lags(step.lag, evidence.waits, generator, self.draws, days)
            # What lies behind the deadline in this step is gone for good: cut before the next convolution.
            product = product * np.fft.rfft(rates[:, None] * lags, size)
            arrived = np.fft.irfft(product, size)[:, :days]
            product = np.fft.rfft(arrived, size)
            found.append(np.clip(np.cumsum(arrived, axis=1), 0.0, 1.0))
        return found[::-1]

    def _prices(self, generator: np.random.Generator) -> Floats:
        prices = self.known.prices
        if prices.size <= 1:
            return np.full((self.draws, 1), self.known.situation.value)
        drawn: Floats = prices[generator.integers(0, prices.size, (self.draws, prices.size))]
        return drawn

    def _apart_from_efforts(self, generator: np.random.Generator) -> Floats:
        situation = self.known.situation
        total = np.zeros(self.draws)
        for one in situation.open:
            total += self._of_open(one, generator)
        for other in situation.inflow:
            by = self._by_stage[other.stage]
            share = sum((by[:, week].sum(axis=1) for week in situation.weeks), np.zeros(self.draws))
            pace = generator.gamma(max(other.seen, 1), other.per_day / max(other.seen, 1), self.draws)
            total += self._worth(generator.poisson(pace * share), generator)
        return total

    def _of_open(self, one: Open, generator: np.random.Generator) -> Floats:
        """Each open case comes in or not; by how much each world is better or worse than average."""
        chances, worth = in_time(self.known.situation, one), worth_of(self.known.situation, one)
        here, stage = self._by_stage[one.stage], one.stage
        average = passing(self.known.situation.steps[stage:])
        better = here[:, -1] / here[:, -1].mean() if average > 0 and here[:, -1].mean() > 0 else 1.0
        drawn = generator.random((self.draws, chances.size)) < chances * np.reshape(better, (-1, 1))
        priced = np.isnan(one.values)
        counts = drawn[:, priced].sum(axis=1)
        own: Floats = drawn[:, ~priced] @ worth[~priced]
        return own + self._worth(counts, generator)

    def _worth(self, orders: Ints, generator: np.random.Generator) -> Floats:
        """So many orders in each world, each at a price of that world."""
        total = int(orders.sum())
        if self._sample.shape[1] == 1:
            return orders.astype(np.float64) * self._sample[:, 0]
        if total > _NORMAL_FROM:
            mean, spread = self._sample.mean(axis=1), self._sample.std(axis=1)
            luck = generator.standard_normal(self.draws)
            return np.asarray(orders * mean + np.sqrt(orders) * spread * luck, dtype=np.float64)
        world = np.repeat(np.arange(self.draws), orders)
        price = self._sample[world, generator.integers(0, self._sample.shape[1], total)]
        return np.bincount(world, price, self.draws).astype(np.float64)

    def played(self, effort: Floats) -> Floats:
        """The worth that lands in each world when so many efforts are made in each week."""
        generator = np.random.default_rng((self.seed, 4))
        situation, by = self.known.situation, self._by_stage[0]
        orders = np.zeros(self.draws, dtype=np.int64)
        for week, amount in zip(situation.weeks, np.round(effort).astype(np.int64), strict=True):
            if week.size and amount:
                orders += generator.binomial(amount, by[:, week].mean(axis=1))
        total: Floats = self._base + self._worth(orders, generator)
        return total


def with_chance(
    worlds: Worlds, planner: Planner, need: float, already: float, chance: float | None
) -> Chance:
    """The least plan that reaches `need` in that share of the worlds; None plans by averages alone.

    `need` is what must land in all; `already` what is expected of it without efforts. The planner's landings
    are worths, too.
    """

    def at(raised: float) -> tuple[BackPlan, Floats]:
        plan = planner.plan(need * raised - already)
        return plan, worlds.played(plan.weekly)

    plan, played = at(1.0)
    if chance is None:
        return _said(plan, 1.0, played, need)
    low, high = 0.0, 1.0
    while float((played >= need).mean()) < chance and plan.feasible and high < _HIGHEST:
        low, high = high, high * 1.5
        plan, played = at(high)
    raised = high
    if float((played >= need).mean()) < chance:
        return _said(plan, raised, played, need)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        tried, found = at(middle)
        if float((found >= need).mean()) >= chance:
            high, raised, plan, played = middle, middle, tried, found
        else:
            low = middle
    return _said(plan, raised, played, need)


def _said(plan: BackPlan, raised: float, played: Floats, need: float) -> Chance:
    low, median, high = np.quantile(played, [0.1, 0.5, 0.9])
    return Chance(
        plan, raised, float((played >= need).mean()), float(median),
        Interval(float(low), float(high), 0.8, PREDICTIVE),
    )  # fmt: skip


def _rates(rate: float, n: float, generator: np.random.Generator, draws: int) -> Floats:
    if n <= 0:
        return np.full(draws, rate)
    return generator.beta(n * rate + 1, n * (1 - rate) + 1, draws)


def _lags(lag: Floats, waits: Ints, generator: np.random.Generator, draws: int, days: int) -> Floats:
    """Shares by day: those of the waits observed, reweighted in each draw; the given ones without any."""
    if waits.size <= 1:
        found = np.zeros((draws, days))
        size = min(days, lag.size)
        found[:, :size] = lag[:size]
        return found
    ages, counts = np.unique(waits, return_counts=True)
    # The lag's own shares, as heavy as the waits are many: young cohorts have not shown their long waits yet.
    here = lag[ages[ages < lag.size]] if lag.size else np.zeros(0)
    kept = ages[ages < lag.size][here > 0]
    shape = lag[kept] / lag[kept].sum() * float(counts.sum()) if kept.size else counts.astype(np.float64)
    days_of = kept if kept.size else ages
    weights = generator.gamma(shape, size=(draws, shape.size))
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1e-300)
    found = np.zeros((draws, days))
    inside = days_of < days
    found[:, days_of[inside]] = weights[:, inside]
    return found
