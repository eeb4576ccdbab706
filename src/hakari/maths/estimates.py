"""What an estimate says beside its value: its range, how sure, on how many cases, and why it is unknown.

An unknown value is None, never 0, and always carries its reason; where waiting helps, in how many days.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hakari.maths.intervals import Interval

NOT_KNOWN = "not known"


class Unknown(StrEnum):
    NO_CASES = "no_cases"
    # Nobody has been followed so long, and some are still open: it cannot be told yet.
    BEYOND_FOLLOW_UP = "beyond_follow_up"
    # At some age on the way nobody was under observation, such as the first days before a system was used.
    NOBODY_OBSERVED = "nobody_observed"
    # Some of the cases are too young for a ratio that anyone can recount.
    NOT_MATURE = "not_mature"
    FEW_EXPECTED = "few_expected"
    # Fewer than the share asked for ever get there: the value lies beyond the last one seen.
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share of `n` cases with the exit asked for within `horizon`; `open` of them had not exited yet.

    `left_out` cases had ended before they began and are in no figure.
    """

    value: float | None
    low: float | None
    high: float | None
    level: float
    method: str
    n: float
    open: float
    horizon: int
    reason: Unknown | None = None
    days_until_known: int | None = None
    left_out: float = 0.0

    @property
    def interval(self) -> Interval:
        return Interval(self.low, self.high, self.level, self.method)
