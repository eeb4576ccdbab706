"""How large a share has ended in each way by each age, though many are still open and some were lost.

The Aalen–Johansen estimator: with n at risk and d exits at an age, what is left is S = Π(1 − Σd/n), and each
way of ending collects Σ S(before)·d/n. Exits count before open cases of the same age. Variances are those of
Gaynor and Greenwood, written as running sums, so that a curve costs no more than its number of ages.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hakari.maths.cohorts import COUNTED, OPEN, Cohort, Floats, Ints
from hakari.maths.estimates import NOT_KNOWN, Estimate, Unknown
from hakari.maths.intervals import wilson

LEVEL = 0.95
NEGLIGIBLE = 0.05
_ROUNDING = 1e-12
EXPONENT, EFFECTIVE_WILSON = "exponent", "Wilson on effective n"


@dataclass(frozen=True, slots=True, eq=False)
class RiskSets:
    """At each age: how many could still exit, and how many did, by cause.

    `at_risk` is (…, ages), `exits` (…, causes, ages): leading dimensions are resamples of the same cases.
    """

    ages: Ints
    at_risk: Floats
    exits: Floats

    def curves(self) -> tuple[Floats, Floats]:
        """The share left after each age, and the share that ended in each way up to it."""
        divisor = np.where(self.at_risk > 0, self.at_risk, 1.0)
        hazards = self.exits / divisor[..., None, :]
        stays = 1.0 - hazards.sum(axis=-2)
        stays[stays < _ROUNDING] = 0.0
        left = np.cumprod(stays, axis=-1)
        return left, np.cumsum(just_before(left)[..., None, :] * hazards, axis=-1)


def risk_sets(cohort: Cohort, weights: Floats | None = None, ages: Ints | None = None) -> RiskSets:
    """`weights` (…, rows) stand in for the cohort's own, as in a bootstrap; `ages` for those of its cases."""
    weights = cohort.weight if weights is None else weights
    if ages is None:
        ages = np.union1d(cohort.age, cohort.entry[cohort.entry > 0])
    start = np.searchsorted(cohort.age, ages, "left")
    gone = _running(weights)[..., start]
    order = np.argsort(cohort.entry, kind="stable")
    # From its beginning on a case is at risk at once; one that came late is so only at the next age.
    arrival = np.where(cohort.entry == 0, -1, cohort.entry)[order]
    come = _running(weights[..., order])[..., np.searchsorted(arrival, ages, "left")]
    end = np.searchsorted(cohort.age, ages, "right")
    by_cause = [np.where(cohort.cause == cause, weights, 0.0) for cause in range(COUNTED, cohort.causes + 1)]
    exits = [total[..., end] - total[..., start] for total in map(_running, by_cause)]
    # With weights that are no whole numbers the running totals round; who leaves at an age was at risk there.
    leaving = _running(weights)[..., end] - gone
    at_risk = np.maximum(come - gone, leaving)
    at_risk[at_risk < _ROUNDING * weights.sum(axis=-1, keepdims=True)] = 0.0
    return RiskSets(ages, at_risk, np.stack(exits, axis=-2))


def just_before(left: Floats) -> Floats:
    """What was left before each age, from what was left after it."""
    return np.concatenate([np.ones((*left.shape[:-1], 1)), left[..., :-1]], axis=-1)


def _running(weights: Floats) -> Floats:
    """Totals of the first 0, 1, 2 … places."""
    return np.concatenate([np.zeros((*weights.shape[:-1], 1)), np.cumsum(weights, axis=-1)], axis=-1)


def steps_at(ages: Ints, values: Floats, asked: ArrayLike, before_any: float) -> Floats:
    """The value that holds at each age asked for: that of the last age not beyond it."""
    place = np.searchsorted(ages, np.asarray(asked), "right")
    first = np.full((*values.shape[:-1], 1), before_any)
    found: Floats = np.concatenate([first, values], axis=-1)[..., place]
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The share of a cohort that has ended in each way by each age."""

    cohort: Cohort
    sets: RiskSets
    left_after: Floats
    shares: Floats

    @property
    def last_age(self) -> int:
        """No case was watched beyond it; -1 without cases."""
        return int(self.sets.ages[-1]) if self.sets.ages.size else -1

    def share(self, age: ArrayLike, cause: int = COUNTED) -> Floats:
        """By age, whether or not it can be known; `unknown_at` tells."""
        if cause > len(self.shares):
            return np.zeros(np.shape(age))
        return steps_at(self.sets.ages, self.shares[cause - 1], age, 0.0)

    def left(self, age: ArrayLike) -> Floats:
        """The share that has not ended in any way."""
        return steps_at(self.sets.ages, self.left_after, age, 1.0)

    @property
    def _from_here(self) -> Ints:
        """Each age begins right after the one before it, the first at the beginning."""
        return np.concatenate([[-1], self.sets.ages[:-1]])

    def watched_to(self, age: int) -> int:
        """Up to which age, at most this one, somebody was at risk all the way, or nobody was left to be."""
        from_here = self._from_here
        gaps = from_here[(self.sets.at_risk <= 0) & (just_before(self.left_after) > 0) & (from_here < age)]
        if gaps.size:
            return int(gaps[0])
        return min(age, self.last_age) if float(self.left(self.last_age)) > 0 else age

    def unknown_at(self, age: int, cause: int = COUNTED) -> tuple[Unknown, int | None] | None:
        """Why nothing can be said of this age, and after how many days more it can, if waiting helps.

        A few that nobody watched to the end are no reason: the share is known where they could raise it by
        no more than a twentieth of itself; that is then in its interval.
        """
        if not self.sets.ages.size:
            return Unknown.NO_CASES, None
        watched = self.watched_to(age)
        if watched == age or float(self.left(watched)) <= NEGLIGIBLE * float(self.share(age, cause)):
            return None
        if watched < self.last_age:
            return Unknown.NOBODY_OBSERVED, None
        return Unknown.BEYOND_FOLLOW_UP, age - self.last_age

    def at(self, age: int, cause: int = COUNTED, level: float = LEVEL) -> Estimate:
        """The share that has ended this way by this age, with its interval."""
        blank = Estimate(
            None, None, None, level, NOT_KNOWN, self.cohort.n, self.cohort.open, age,
            left_out=self.cohort.left_out,
        )  # fmt: skip
        if unknown := self.unknown_at(age, cause):
            return replace(blank, reason=unknown[0], days_until_known=unknown[1])
        value = min(float(self.share(age, cause)), 1.0)
        low, high, method = self._bounds(age, cause, value, level)
        watched = self.watched_to(age)
        if high is not None and watched < age:
            high = min(high + float(self.left(watched)), 1.0)
        return replace(blank, value=value, low=low, high=high, method=method)

    def error(self, age: int, cause: int = COUNTED) -> float:
        """The standard error of the share."""
        return float(np.sqrt(self.variance_of_total(np.asarray([age]), np.ones(1), cause)))

    def variance_of_total(self, ages: Ints, counts: Floats, cause: int = COUNTED) -> float:
        """Of Σ count·share(age). One age and a count of 1 is Gaynor's variance of the share itself.

        Each exit moves the total in two ways: it adds to every later share what was left before it, and
        takes from them what could still have come.
        """
        sets, place = self.sets, np.searchsorted(self.sets.ages, ages, "right") - 1
        if cause > len(self.shares) or not sets.ages.size:
            return 0.0
        share, known = self.shares[cause - 1], place >= 0
        later = np.bincount(place[known], counts[known], len(sets.ages))
        reach = np.cumsum(later[::-1])[::-1]
        to_come = np.cumsum((later * share)[::-1])[::-1] - reach * share
        n, all_exits, here = sets.at_risk, sets.exits.sum(axis=0), sets.exits[cause - 1]
        safe = np.where(n > 0, n, 1.0)
        stays = np.where(n > all_exits, n - all_exits, np.inf)
        gain = reach * just_before(self.left_after)
        terms = (
            to_come**2 * all_exits / (safe * stays)
            + gain**2 * here * (n - here) / safe**3
            - 2 * to_come * gain * here / safe**2
        )
        return max(float(terms.sum()), 0.0)

    def effective_n(self, age: int, cause: int = COUNTED) -> float:
        """How many fully watched cases would have told as much about the share at this age."""
        value, variance = float(self.share(age, cause)), self.error(age, cause) ** 2
        if variance > 0 and 0 < value < 1 - _ROUNDING:
            return min(self.cohort.n, value * (1 - value) / variance)
        return self._watched(age)

    def _watched(self, age: int) -> float:
        """The same where nobody, or everybody, ended this way: as if ends were rare and spread evenly."""
        from_here = self._from_here
        here = from_here < age
        n, before = self.sets.at_risk[here], just_before(self.left_after)[here]
        if not n.any() or n[0] <= 0:
            return 0.0
        width = (np.minimum(self.sets.ages, age) - from_here)[here].astype(np.float64)
        reached = np.where(n > 0, width * before, 0.0)
        return float(min(self.cohort.n, reached.sum() / (reached * before / np.maximum(n, 1.0)).sum()))

    def _bounds(
        self, age: int, cause: int, value: float, level: float
    ) -> tuple[float | None, float | None, str]:
        error = self.error(age, cause)
        if error > 0 and 0 < value < 1 - _ROUNDING:
            z = NormalDist().inv_cdf(0.5 + level / 2)
            power = np.exp(z * error / (value * abs(np.log(value))))
            return float(value**power), float(value ** (1 / power)), EXPONENT
        n = self.effective_n(age, cause)
        found = wilson(min(value * n, n), n, level)
        return found.low, found.high, EFFECTIVE_WILSON


def aalen_johansen(cohort: Cohort) -> Curve:
    sets = risk_sets(cohort)
    left, shares = sets.curves()
    return Curve(cohort, sets, left, shares)


def one_minus_kaplan_meier(cohort: Cohort, cause: int = COUNTED) -> Curve:
    """What comes out if everything else is called open: too high wherever cases are lost. To compare only."""
    only: NDArray[np.int64] = np.where(cohort.cause == cause, COUNTED, OPEN)
    return aalen_johansen(replace(cohort, cause=only))
