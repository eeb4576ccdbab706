"""How long people wait for a first answer, those who still wait included.

Of the answered alone the median is a third too short, because the slow answers are not in yet. Here everybody
counts: an unanswered lead is known to have waited at least as long as it has (Kaplan–Meier). Times are whole
minutes on whatever clock the caller counts them by; office hours and holidays are that clock's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from hakari.errors import ImpossibleSampleError
from hakari.maths.aalen_johansen import LEVEL, Curve, aalen_johansen
from hakari.maths.cohorts import COUNTED, OPEN, Floats, gather
from hakari.maths.estimates import Estimate, Unknown
from hakari.maths.intervals import Interval

BROOKMEYER_CROWLEY = "Brookmeyer–Crowley, log-log"
# Shares are sums of many quotients: 0.3 + 0.2 must reach a half.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class WaitingTime:
    """The wait that a share `q` of `n` cases did not exceed; `open` of them still wait.

    Where fewer than q were answered, `value` is None and `beyond` the longest wait seen: "> beyond". A bound
    of None lies beyond it too.
    """

    q: float
    value: int | None
    low: int | None
    high: int | None
    level: float
    method: str
    n: float
    open: float
    beyond: int | None = None
    reason: Unknown | None = None
    left_out: float = 0.0

    @property
    def interval(self) -> Interval:
        low, high = (None if bound is None else float(bound) for bound in (self.low, self.high))
        return Interval(low, high, self.level, self.method)


@dataclass(frozen=True, slots=True, eq=False)
class Responses:
    curve: Curve

    def share_within(self, minutes: int, level: float = LEVEL) -> Estimate:
        """The share answered within so many minutes."""
        return self.curve.at(minutes, COUNTED, level)

    def quantile(self, q: float, level: float = LEVEL) -> WaitingTime:
        """The shortest wait by which a share q was answered; 0.5 is the median."""
        if not 0 < q < 1:
            raise ImpossibleSampleError(
                f"{q} is not a quantile.", "Use a share between 0 and 1, such as 0.5."
            )
        cohort = self.curve.cohort
        if not self.curve.sets.ages.size:
            return WaitingTime(
                q, None, None, None, level, BROOKMEYER_CROWLEY, 0.0, 0.0,
                reason=Unknown.NO_CASES, left_out=cohort.left_out,
            )  # fmt: skip
        value = self._first(self.curve.shares[0] >= q - _ROUNDING)
        fewest, most = self._answered_between(level)
        reached = value is not None
        return WaitingTime(
            q, value, self._first(most >= q - _ROUNDING), self._first(fewest >= q - _ROUNDING), level,
            BROOKMEYER_CROWLEY, cohort.n, cohort.open, None if reached else self.curve.last_age,
            None if reached else Unknown.NOT_REACHED, cohort.left_out,
        )  # fmt: skip

    def _first(self, here: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int | None:
        return int(self.curve.sets.ages[int(np.argmax(here))]) if here.any() else None

    def _answered_between(self, level: float) -> tuple[Floats, Floats]:
        """Bounds of the share answered by each age, from log(−log(share still waiting)).

        Where nobody is left waiting the sample no longer says how long a wait could have been.
        """
        n, exits = self.curve.sets.at_risk, self.curve.sets.exits[0]
        left = self.curve.left_after
        within = (left > 0) & (left < 1)
        stays = np.where(n > exits, n - exits, 1.0)
        spread = np.sqrt(np.cumsum(np.where(within, exits / (np.maximum(n, 1.0) * stays), 0.0)))
        depth = np.log(np.where(within, left, 0.5))
        factor = np.exp(NormalDist().inv_cdf(0.5 + level / 2) * spread / np.abs(depth))
        fewest = np.where(within, 1 - np.exp(depth / factor), 0.0)
        most = np.where(within, 1 - np.exp(depth * factor), np.where(left > 0, 0.0, 1.0))
        return np.maximum.accumulate(fewest), most


def responses(minutes: ArrayLike, answered: ArrayLike, weight: ArrayLike | None = None) -> Responses:
    """Each case's minutes to its answer or, unanswered, those it has waited so far."""
    cause = np.where(np.asarray(answered, dtype=np.bool_), COUNTED, OPEN)
    return Responses(aalen_johansen(gather(minutes, cause, weight=weight)))
