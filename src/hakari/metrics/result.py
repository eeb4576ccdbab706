"""A figure that cannot be separated from what it stands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hakari.maths.intervals import Interval
from hakari.units.period import Period


@dataclass(frozen=True, slots=True)
class MetricResult:
    """One measure for one slice and period.

    `value` is None when there is no answer (an empty denominator, no rows to average); a count of
    nothing is 0. `n` is the number of rows or entities the value rests on. `open_share` is the share
    of the denominator whose outcome is not known yet, None where the question does not arise.
    `undated` rows belong to the population and to no period. `projected` is reserved for the
    maturity-corrected value; None means not corrected.
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
    projected: float | None = None
