"""Which lever brings most before the deadline, each moved as far as the team has already shown it can.

In a plain product every rate has the same elasticity, so "one per cent more" ranks nothing. Each lever is
moved to the team's own best quarter instead. Of several quarters one is always the best by luck alone: rates
and waits are first drawn towards the average as far as the quarters resemble each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from hakari.maths.cohorts import Floats
from hakari.maths.landing import Situation, expected
from hakari.maths.team_rates import team_rates

RATE, PRICE, WAIT, VOLUME = "rate", "price", "wait", "volume"


@dataclass(frozen=True, slots=True, eq=False)
class Lever:
    """`kind` rate and wait are of steps[`stage`]; `best` is the level it is moved to, from `now`."""

    kind: str
    stage: int | None
    now: float
    best: float


@dataclass(frozen=True, slots=True, eq=False)
class Gain:
    """What one lever adds to the worth that lands by the deadline at the same effort."""

    lever: Lever
    gain: float


def gains(situation: Situation, effort: Floats, levers: Sequence[Lever]) -> tuple[Gain, ...]:
    """The largest first; a lever that is at its best already is left out."""
    base = expected(situation, effort)
    found = [Gain(one, _with(situation, effort, one) - base) for one in levers]
    return tuple(sorted((one for one in found if one.gain > 0), key=lambda one: -one.gain))


def _with(situation: Situation, effort: Floats, lever: Lever) -> float:
    if lever.kind == VOLUME:
        return expected(situation, effort * (lever.best / lever.now if lever.now > 0 else 1.0))
    return expected(moved(situation, lever), effort)


def moved(situation: Situation, lever: Lever) -> Situation:
    """The situation with one rate, wait or the price at the lever's best."""
    if lever.kind == PRICE:
        return replace(situation, value=lever.best, kept=situation.kept * lever.best / situation.value)
    if lever.stage is None:
        return situation
    steps = list(situation.steps)
    step = steps[lever.stage]
    if lever.kind == RATE:
        steps[lever.stage] = replace(step, rate=lever.best)
    elif lever.now > 0:
        steps[lever.stage] = step.slowed(lever.best / lever.now)
    return replace(situation, steps=tuple(steps))


def best_rate(passed: ArrayLike, cases: ArrayLike, seed: int = 0) -> float | None:
    """The best quarter's share after shrinking; None without two quarters that have cases."""
    yes, base = np.asarray(passed, dtype=np.int64), np.asarray(cases, dtype=np.int64)
    if np.count_nonzero(base) < 2:
        return None
    found = team_rates(yes[base > 0], base[base > 0], seed=seed)
    return max(one.mean for one in found.members)


def best_mean(groups: Sequence[ArrayLike], *, highest: bool = True) -> float | None:
    """The best quarter's mean after shrinking: by how much the spread of means exceeds that of chance.

    `highest` is for prices; of waits the shortest is the best.
    """
    samples = [np.asarray(one, dtype=np.float64) for one in groups]
    samples = [one for one in samples if one.size >= 2]
    if len(samples) < 2:
        return None
    sizes = np.array([one.size for one in samples])
    means = np.array([one.mean() for one in samples])
    inside = sum(float(((one - one.mean()) ** 2).sum()) for one in samples) / max(1, int((sizes - 1).sum()))
    chance = inside / sizes
    overall = float(np.average(means, weights=sizes))
    between = max(0.0, float(means.var(ddof=1) - chance.mean()))
    kept = between / (between + chance) if inside > 0 else np.ones(sizes.size)
    shrunk = overall + kept * (means - overall)
    return float(shrunk.max() if highest else shrunk.min())
