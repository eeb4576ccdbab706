"""A figure that cannot be separated from what it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from hakari.maths.intervals import Interval
from hakari.units.period import Period


@dataclass(frozen=True, slots=True)
class Projected:
    """What a cohort's rate will be once all its cases are `horizon_days` old; see maths.nowcast.

    `undecided` cases can still exit in time; low and high are where the finished rate will lie. `reference`
    is "whole" (all of the past) or "recent" (after a shift, only what happened in the last 90 days). Without
    a value, `reason` says why and `known_on` from when there will be one, where waiting helps.
    """

    value: float | None
    low: float | None
    high: float | None
    level: float
    horizon_days: int
    undecided: int
    reference_n: int
    reference: str
    reason: str = ""
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class MetricResult:
    """One measure for one slice and period.

    `value` is None when there is no answer (an empty denominator, no rows to average); a count of
    nothing is 0. `n` is the number of rows or entities the value rests on. `open_share` is the share
    of the denominator whose outcome is not known yet, None where the question does not arise.
    `undated` rows belong to the population and to no period. `projected` is the rate corrected for the
    cases still open; None where nothing is to be corrected or nobody asked for it.
    """

    kpi: str
    measure: str
    key: str
    value: float | None
    numerator: float | None
    denominator: float | None
    n: int
    interval: Interval
    date_basis: str
    period: Period
    definition: str
    unit: str
    slice: Mapping[str, str | None]
    open_share: float | None = None
    undated: int | None = None
    projected: Projected | None = None

    @property
    def adjusted(self) -> float | None:
        """The projected value where cases are still open and it is known, else the counted one."""
        found = self.projected
        return self.value if found is None or not found.undecided or found.value is None else found.value
