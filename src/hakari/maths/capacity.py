"""What a sales force can sell month by month: heads × ramp × who stays × what a settled rep brings.

    C(m) = Σ over hires with m0 ≤ m of  heads(m0) · ramp(m − m0) · (1 − a)^(m − m0) · productivity

Month 0 is the first month asked about. Who joined before it is a hire of a negative month: further along the
ramp, and losing people from month 0 on, since those who left earlier are not among the heads.

    10 reps doubled at once, six months' ramp, one year:      sales × 1.71
    10 more spread over the year, and 2 % leave every month:  sales × 1.16
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np

from hakari.errors import ImpossibleSampleError
from hakari.maths.cohorts import Floats
from hakari.maths.ramp import Ramp
from hakari.maths.rep_sales import Deals

LONG_AGO = -1200
DRAWS = 4000
# The edges of the histogram of attainment; the article's healthy average lies in the middle bin.
EDGES = (0.0, 0.5, 0.7, 0.8, 1.0, 1.2, 1.5)


@dataclass(frozen=True, slots=True)
class Hires:
    """Heads who join in a month; `until` is the first month they are known to be gone."""

    month: int
    heads: float
    until: int | None = None


def settled(heads: float) -> Hires:
    """Heads whose ramp is long over."""
    return Hires(LONG_AGO, heads)


def capacity(
    hires: Sequence[Hires], months: int, ramp: Ramp, attrition: float = 0.0, productivity: float = 1.0
) -> tuple[float, ...]:
    """For months 0 up to `months`; in units of `productivity`, what a settled rep brings in a month."""
    if not 0 <= attrition < 1 or productivity < 0 or any(one.heads < 0 for one in hires):
        raise ImpossibleSampleError(
            "A capacity needs heads and productivity of 0 or more and a monthly attrition from 0 to 1.",
            "Write 2 % a month as 0.02.",
        )
    return tuple(
        productivity * sum(one.heads * _each(one, month, ramp, attrition) for one in hires)
        for month in range(months)
    )


def headcount(hires: Sequence[Hires], months: int, attrition: float = 0.0) -> tuple[float, ...]:
    """Heads expected to be there in each month, newcomers counted in full."""
    return capacity(hires, months, Ramp((), 0, 0.0, 0), attrition)


def _each(one: Hires, month: int, ramp: Ramp, attrition: float) -> float:
    if month < one.month or (one.until is not None and month >= one.until):
        return 0.0
    return ramp.ramp_share(month - one.month) * (1 - attrition) ** (month - max(one.month, 0))


def doubled(ramp: Ramp, attrition: float = 0.0, months: int = 12, *, at_once: bool = False) -> float:
    """Sales of `months` when heads are doubled, as a multiple of those of the same heads if all stayed.

    Newcomers come all in month 0, or one part of them in each month.
    """
    joining = [Hires(0, 1.0)] if at_once else [Hires(month, 1 / months) for month in range(months)]
    return sum(capacity([settled(1.0), *joining], months, ramp, attrition)) / months


def last_month_to_hire(
    missing: float, span: range, heads: int, ramp: Ramp, attrition: float = 0.0, productivity: float = 1.0
) -> int | None:
    """The latest month ≥ 0 in which so many must have joined to bring `missing` within the span's months.

    None when even joining in month 0 is too late. Nothing missing needs nobody: the span's last month.
    """
    for month in range(max(span.stop - 1, 0), -1, -1):
        brought = capacity([Hires(month, float(heads))], span.stop, ramp, attrition, productivity)
        if sum(brought[span.start :]) >= missing - 1e-9 * abs(missing):
            return month
    return None


def heads_needed(
    missing: float, span: range, month: int, ramp: Ramp, attrition: float = 0.0, productivity: float = 1.0
) -> int | None:
    """How many joining in `month` bring `missing` within the span; None when nobody can any more."""
    each = sum(capacity([Hires(month, 1.0)], span.stop, ramp, attrition, productivity)[span.start :])
    if missing <= 0:
        return 0
    return ceil(missing / each - 1e-9) if each > 0 else None


@dataclass(frozen=True, slots=True)
class Attainments:
    """Heads by attainment, expected over many plays; `bins` are between EDGES, the last one open.

    `missing` is the expected number below 100 %, `missing_low` and `missing_high` hold 80 % of plays.
    `mean` is the mean attainment of a head, `reach` the probability that all together reach their sum.
    """

    heads: int
    bins: tuple[float, ...]
    missing: float
    missing_low: int
    missing_high: int
    mean: float
    reach: float


def attainments(
    loads: Sequence[float], targets: Sequence[float], deals: Deals, draws: int = DRAWS, seed: int = 0
) -> Attainments:
    """For one load and one target a head; a load is the share of the period worked in full."""
    share, aim = np.asarray(loads, dtype=np.float64), np.asarray(targets, dtype=np.float64)
    if share.shape != aim.shape or share.ndim != 1 or not share.size or aim.min() <= 0 or share.min() < 0:
        raise ImpossibleSampleError(
            "Each head needs a load of 0 or more and a target above 0.",
            "Leave out the heads without a target.",
        )
    generator = np.random.default_rng(seed)
    sold = deals.sold(generator, deals.skills(generator, (draws, share.size)) * share)
    reached = sold / aim
    missing = (reached < 1).sum(axis=1)
    low, high = np.quantile(missing, [0.1, 0.9], method="inverted_cdf")
    return Attainments(
        heads=share.size,
        bins=_binned(reached),
        missing=float(missing.mean()),
        missing_low=int(low),
        missing_high=int(high),
        mean=float(reached.mean()),
        reach=float((sold.sum(axis=1) >= aim.sum()).mean()),
    )


def _binned(reached: Floats) -> tuple[float, ...]:
    counted, _ = np.histogram(reached, np.asarray([*EDGES, np.inf]))
    return tuple((counted / len(reached)).tolist())
