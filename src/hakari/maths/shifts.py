"""Whether rates have moved lately: compares what happened with what the same ages led to expect.

Three questions, and none of them compares an unfinished month with a finished one (that "finds" a fall of a
fifth in nearly every month in which nothing changed):

* `shift`: did the exits of the last 90 days differ from what came before, age by age (the log-rank test)?
* `reference_of`: which reference should complete young cohorts: all of the past year or, when a shift is
  flagged, only what happened in the last 90 days ("current conditions", as in the life table of a period)?
* `early_warning`: has this cohort won as much as the reference had by the same ages?
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist

import numpy as np

from hakari.maths.aalen_johansen import LEVEL, Curve, aalen_johansen, risk_sets
from hakari.maths.cohorts import COUNTED, Cohort, Floats, Ints, Seen
from hakari.maths.estimates import Unknown

RECENT_DAYS = 90
# Below it a sum of exits is too lumpy for a normal test.
LEAST_EXPECTED = 5.0
# A warning is about one side: 5 % are left below.
WARNING_LEVEL = 0.90
SAME_AGES = "observed ÷ expected at the same ages"


@dataclass(frozen=True, slots=True)
class Comparison:
    """`observed` exits beside the `expected` ones; `ratio` has the interval `low` to `high`.

    `flagged` is None where too few were expected or the reference does not reach so far; `reason` says which.
    """

    observed: float
    expected: float | None
    ratio: float | None
    low: float | None
    high: float | None
    z: float | None
    level: float
    flagged: bool | None
    n: float
    method: str = SAME_AGES
    reason: Unknown | None = None

    @property
    def fell(self) -> bool:
        return self.flagged is True and self.observed < (self.expected or 0.0)


class ReferenceKind(StrEnum):
    WHOLE = "whole"
    RECENT = "recent"


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What completes young cohorts, why it was chosen, and both that could have been."""

    kind: ReferenceKind
    curve: Curve
    whole: Curve
    recent: Curve
    shift: Comparison


def shift(
    seen: Seen, horizon: int, days: int = RECENT_DAYS, cause: int = COUNTED, level: float = LEVEL
) -> Comparison:
    """Whether the last days' exits are more or fewer than those before, at equal ages up to the horizon.

    Both sides are uncertain, and the test knows it; new leads in plenty or none change nothing by themselves.
    """
    recent, before = seen.last(days), seen.before_last(days)
    ages = np.union1d(recent.age, before.age)
    ages = ages[ages <= horizon]
    here, there = risk_sets(recent, ages=ages), risk_sets(before, ages=ages)
    exits, exits_before = _exits(here.exits, cause), _exits(there.exits, cause)
    n, n_both = here.at_risk, here.at_risk + there.at_risk
    both, safe = exits + exits_before, np.maximum(n_both, 1.0)
    expected = float((n * both / safe).sum())
    lumps = n * there.at_risk * both * (n_both - both) / (safe**2 * np.maximum(n_both - 1, 1.0))
    return _compared(float(exits.sum()), expected, float(lumps.sum()), recent.n, level)


def _exits(by_cause: Floats, cause: int) -> Floats:
    return by_cause[cause - 1] if cause <= len(by_cause) else np.zeros(by_cause.shape[-1])


def reference_of(
    seen: Seen, horizon: int, days: int = RECENT_DAYS, cause: int = COUNTED, level: float = LEVEL
) -> Reference:
    """The reference among these cases: the recent one if a shift is flagged and it reaches the horizon."""
    found = shift(seen, horizon, days, cause, level)
    whole, recent = aalen_johansen(seen.cohort()), aalen_johansen(seen.last(days))
    takes_recent = found.flagged is True and recent.unknown_at(horizon, cause) is None
    if takes_recent:
        return Reference(ReferenceKind.RECENT, recent, whole, recent, found)
    return Reference(ReferenceKind.WHOLE, whole, whole, recent, found)


def early_warning(
    cohort: Seen,
    reference: Cohort | Curve,
    horizon: int,
    cause: int = COUNTED,
    level: float = WARNING_LEVEL,
) -> Comparison:
    """Exits of the cohort within the horizon so far, beside Σ F(age today, at most the horizon).

    The cohort must not be part of its own reference, or it partly confirms itself. At a level of 90 % one
    unchanged cohort in twenty is said to have fallen; a fall by a quarter is seen after two months in four of
    five cohorts of 1,200 cases and in one of three of 400.
    """
    curve = reference if isinstance(reference, Curve) else aalen_johansen(reference)
    cohort = cohort.where(cohort.age >= 0)
    ages, counts = np.unique(np.minimum(cohort.since, horizon), return_counts=True)
    observed = float(np.sum((cohort.cause == cause) & (cohort.age <= horizon)))
    if not ages.size:
        return _unknown(observed, 0.0, level, Unknown.NO_CASES)
    if unknown := curve.unknown_at(int(ages[-1]), cause):
        return _unknown(observed, float(counts.sum()), level, unknown[0])
    expected, variance = _expected(curve, ages, counts.astype(np.float64), cause)
    return _compared(observed, expected, variance, float(counts.sum()), level)


def _expected(curve: Curve, ages: Ints, counts: Floats, cause: int) -> tuple[float, float]:
    """The exits expected, and the variance of observed − expected: of the cohort and of the reference."""
    shares = curve.share(ages, cause)
    chance = float((counts * shares * (1 - shares)).sum())
    return float((counts * shares).sum()), chance + curve.variance_of_total(ages, counts, cause)


def _unknown(observed: float, n: float, level: float, reason: Unknown) -> Comparison:
    return Comparison(observed, None, None, None, None, None, level, None, n, reason=reason)


def _compared(observed: float, expected: float, variance: float, n: float, level: float) -> Comparison:
    if expected < LEAST_EXPECTED or variance <= 0:
        few = Unknown.FEW_EXPECTED if n else Unknown.NO_CASES
        return Comparison(observed, expected, None, None, None, None, level, None, n, reason=few)
    edge = NormalDist().inv_cdf(0.5 + level / 2)
    error = sqrt(variance)
    z = (observed - expected) / error
    low, high = (max(0.0, (observed + side * edge * error) / expected) for side in (-1, 1))
    return Comparison(observed, expected, observed / expected, low, high, z, level, abs(z) > edge, n)
