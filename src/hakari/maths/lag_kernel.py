"""How much of what is begun today arrives, and when: each step's share and lag, laid one after another.

A call becomes a connect, a connect an appointment, and so on to the order. Each step passes a share on after
a lag, so what a call brings is the convolution of all steps after it, and only the part that arrives before
the deadline counts. What is already under way has used up part of its lag: its chance is that of cases which
were still open at its age.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from hakari.errors import ImpossibleSampleError
from hakari.maths.aalen_johansen import Curve, aalen_johansen
from hakari.maths.cohorts import COUNTED, Floats, Seen

_SUM = 1e-9
COMPETING = COUNTED + 1


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """A share `rate` passes; `lag` says after how many days, `loss` when the others are given up.

    Both hold shares by age in days, from 0 on. `lag` sums to 1, `loss` to at most 1: the rest of the others
    stays open for ever. Without a `loss` the others leave as those who pass do.
    """

    rate: float
    lag: Floats
    loss: Floats

    @classmethod
    def of(cls, rate: float, lag: ArrayLike = (1.0,), loss: ArrayLike | None = None) -> Step:
        """Refuses a rate outside 0 … 1 and lags that are no shares."""
        passing = np.asarray(lag, dtype=np.float64)
        leaving = passing if loss is None else np.asarray(loss, dtype=np.float64)
        if not 0 <= rate <= 1:
            raise ImpossibleSampleError(f"A share of {rate} cannot pass.", "Use a share between 0 and 1.")
        if passing.min(initial=0) < 0 or leaving.min(initial=0) < 0 or abs(passing.sum() - 1) > _SUM:
            raise ImpossibleSampleError(
                "A lag's shares are below zero or do not sum to 1.", "Divide the counts by their total."
            )
        return cls(rate, passing, leaving)

    def open_after(self, age: int) -> float:
        """The share of all cases that is neither passed on nor given up on the evening of that age."""
        gone = float(self.lag[: age + 1].sum()) * self.rate
        lost = float(self.loss[: age + 1].sum()) * (1 - self.rate)
        return max(0.0, 1.0 - gone - lost)

    def slowed(self, factor: float) -> Step:
        """The same shares, every wait `factor` times as long; below 1 it is faster."""
        return replace(self, lag=_stretched(self.lag, factor), loss=_stretched(self.loss, factor))


def step_of(curve: Curve, horizon: int) -> Step:
    """What a company's own cases say: the share that passed by the horizon, and the course of both ends."""
    days = np.arange(horizon + 1)
    passed, lost = curve.share(days, COUNTED), curve.share(days, COMPETING)
    rate = float(min(passed[-1], 1.0))
    if rate <= 0:
        return Step(0.0, np.array([1.0]), np.array([0.0]))
    lag = np.diff(passed, prepend=0.0) / passed[-1]
    loss = np.diff(lost, prepend=0.0) / max(1 - rate, lost[-1], _SUM)
    return Step(rate, lag / lag.sum(), np.maximum(loss, 0.0))


def step_seen(seen: Seen, horizon: int) -> Step:
    return step_of(aalen_johansen(seen.cohort()), horizon)


def arriving(step: Step, days: int) -> Floats:
    """Of one case that begins on day 0, what passes on each of the days 0 … days − 1."""
    found = np.zeros(days)
    size = min(days, step.lag.size)
    found[:size] = step.rate * step.lag[:size]
    return found


def chain(steps: Sequence[Step], days: int) -> Floats:
    """The same through all steps in turn; through none it arrives at once."""
    found = np.zeros(days)
    found[:1] = 1.0
    for step in steps:
        found = np.convolve(found, arriving(step, days))[:days]
    return found


def landed(steps: Sequence[Step], days: int) -> Floats:
    """What has arrived by the evening of each day."""
    return np.cumsum(chain(steps, days))


def aged(step: Step, age: int, days: int) -> Floats:
    """Of a case still open on the evening of its `age`, what passes on each day after it; 0 is today."""
    found = np.zeros(days)
    left = step.open_after(age)
    ahead = step.lag[age + 1 : age + days]
    if left > _SUM:
        found[1 : 1 + ahead.size] = step.rate * ahead / left
    return found


def credit(steps: Sequence[Step], stage: int, age: int, days: int) -> Floats:
    """Of a case that has stood at `stage` for `age` days, what arrives at the end on each day from today on.

    Stage k is the place before steps[k]. Only days below `days` are there: what comes later is no credit.
    """
    rest = chain(steps[stage + 1 :], days)
    return np.convolve(aged(steps[stage], age, days), rest)[:days]


def passing(steps: Sequence[Step]) -> float:
    """The share of cases that arrives in the end, however long it takes."""
    return float(np.prod([step.rate for step in steps]))


def days_until(steps: Sequence[Step], share: float) -> int | None:
    """After how many days that share of what will ever arrive has arrived; None when nothing ever does."""
    total = passing(steps)
    if total <= 0:
        return None
    length = sum(step.lag.size for step in steps) + 1
    return int(np.argmax(landed(steps, length) >= share * total - _SUM))


def _stretched(shares: Floats, factor: float) -> Floats:
    if factor <= 0:
        raise ImpossibleSampleError(f"A wait cannot be {factor} times as long.", "Use a factor above 0.")
    size = int(np.ceil(shares.size * factor)) + 1
    # The running total is read at the day that corresponds; a step function would lose what lies between.
    total = np.concatenate([[0.0], np.cumsum(shares)])
    ends = np.interp(np.arange(1, size + 1) / factor, np.arange(total.size), total)
    return np.diff(ends, prepend=0.0)
