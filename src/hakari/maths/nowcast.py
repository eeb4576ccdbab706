"""What a young cohort's rate will be once everybody has had the time: won so far, and what is to come.

Won so far ÷ created falls short by half, because most cases are still open; won ÷ created of the same month
mixes cohorts. The nowcast keeps to one cohort and adds, for each open case, the chance that a reference
cohort's cases of the same age still had:

    N = [ won by H so far + Σ over open cases of age a < H: (F(H) − F(a)) / S(a) ] ÷ created

Its bands say where the finished figure will lie: the reference is resampled (Poisson, on the aggregated
counts) and the open cases are drawn. The same input gives the same band, in whatever order it comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from hakari.maths.aalen_johansen import LEVEL, NEGLIGIBLE, Curve, aalen_johansen, risk_sets, steps_at
from hakari.maths.cohorts import COUNTED, Cohort, Floats, Ints
from hakari.maths.estimates import NOT_KNOWN, Estimate, Unknown
from hakari.maths.intervals import Interval, no_data, wilson

PREDICTIVE, RECOUNTED = "predictive", "all known"
LEVELS = (0.80, 0.95)
DRAWS = 500
_CELLS_AT_ONCE = 2_000_000
# From this variance on a sum of yes and no is as good as normal, and a tenth of the work.
_NORMAL_FROM = 9.0


@dataclass(frozen=True, slots=True)
class Nowcast:
    """The projected share of `n` cases won within `horizon`; `undecided` of them still can be.

    `expected` of the undecided will be, if they fare as the reference did. `bands` are predictive, one per
    level asked for. `open` counts every case without an exit, those beyond the horizon too.
    """

    value: float | None
    bands: tuple[Interval, ...]
    n: float
    open: float
    undecided: float
    won: float
    expected: float | None
    horizon: int
    method: str
    reference_n: float
    reason: Unknown | None = None
    days_until_known: int | None = None
    left_out: float = 0.0

    @property
    def open_share(self) -> float | None:
        """The part of the cohort that is projected rather than counted."""
        return self.undecided / self.n if self.n else None

    @property
    def to_date(self) -> float | None:
        """Won so far ÷ created: a floor of the rate, not the rate."""
        return self.won / self.n if self.n else None

    def estimate(self, level: float = LEVEL) -> Estimate:
        """The same with the band of one level."""
        band = next((one for one in self.bands if one.level == level), no_data(level))
        return Estimate(
            self.value, band.low, band.high, level, self.method, self.n, self.open, self.horizon,
            self.reason, self.days_until_known, self.left_out,
        )  # fmt: skip


class Completion:
    """The chance, by one reference, that a case open at each age exits by the horizon; and how sure that is.

    Cohorts that share a reference share this: the resampling is done once for all of them.
    """

    def __init__(
        self,
        reference: Cohort | Curve,
        horizon: int,
        cause: int = COUNTED,
        seed: int = 0,
        draws: int = DRAWS,
    ) -> None:
        self.curve = reference if isinstance(reference, Curve) else aalen_johansen(reference)
        self.horizon, self.cause, self.seed, self.draws = horizon, cause, seed, draws
        self._ages: Ints = np.arange(max(horizon, 0), dtype=np.int64)

    @cached_property
    def chances(self) -> Floats:
        """One for each age 0 … horizon − 1."""
        at_horizon = self.curve.share(self.horizon, self.cause)
        return _chances(at_horizon, self.curve.share(self._ages, self.cause), self.curve.left(self._ages))

    @cached_property
    def drawn(self) -> Floats:
        """The same by each resample of the reference: (draws, ages)."""
        reference, generator = self.curve.cohort, np.random.default_rng(self.seed)
        seen = reference.watched_until(self.horizon)
        portions = _portions(self.draws, seen.age.size)
        found = [self._resampled(seen, generator, size) for size in portions]
        return np.concatenate(found)

    def _resampled(self, seen: Cohort, generator: np.random.Generator, size: int) -> Floats:
        weights = generator.poisson(seen.weight, (size, seen.weight.size)).astype(np.float64)
        sets = risk_sets(seen, weights)
        left, shares = sets.curves()
        if self.cause > shares.shape[-2]:
            return np.zeros((size, self._ages.size))
        share, still = shares[:, self.cause - 1], steps_at(sets.ages, left, self._ages, 1.0)
        at_horizon = steps_at(sets.ages, share, [self.horizon], 0.0)
        drawn = _chances(at_horizon, steps_at(sets.ages, share, self._ages, 0.0), still)
        # Where a resample holds nobody so old, it has nothing to say against the whole reference.
        return np.where(still > 0, drawn, self.chances)

    def exits(self, ages: Ints, counts: Floats) -> Floats:
        """How many of the open cases exit this way, once per draw."""
        chances = self.drawn[:, ages]
        generator = np.random.default_rng([self.seed, 1])
        spread = (chances * (1 - chances)) @ counts
        if spread.min() >= _NORMAL_FROM:
            mean = chances @ counts
            return np.clip(mean + np.sqrt(spread) * generator.standard_normal(self.draws), 0.0, counts.sum())
        sizes = np.round(counts).astype(np.int64)
        found: Floats = generator.binomial(sizes, chances).sum(axis=1).astype(np.float64)
        return found


def nowcast(
    cohort: Cohort,
    reference: Cohort | Curve | Completion,
    horizon: int,
    cause: int = COUNTED,
    levels: Sequence[float] = LEVELS,
    seed: int = 0,
    draws: int = DRAWS,
) -> Nowcast:
    """The cohort's projected rate. A `Completion` of the same horizon and cause serves many cohorts."""
    by = (
        reference if isinstance(reference, Completion) else Completion(reference, horizon, cause, seed, draws)
    )
    ages, counts = cohort.open_before(horizon)
    won, n = cohort.exits(cause, within=horizon), cohort.n
    unknown = _unknown(by, ages, counts, won) if n else (Unknown.NO_CASES, None)
    if unknown is not None:
        return Nowcast(
            None, tuple(no_data(level) for level in levels), n, cohort.open, float(counts.sum()), won, None,
            horizon, NOT_KNOWN, by.curve.cohort.n, unknown[0], unknown[1], cohort.left_out,
        )  # fmt: skip
    expected = float((counts * by.chances[ages]).sum())
    value = min(won + expected, n) / n
    bands: tuple[Interval, ...] = ()
    if counts.sum() == 0:
        bands = tuple(Interval(value, value, level, RECOUNTED) for level in levels)
    elif levels:
        rates = np.minimum(won + by.exits(ages, counts), n) / n
        bands = tuple(_band(rates, level) for level in levels)
    return Nowcast(
        value, bands, n, cohort.open, float(counts.sum()), won, expected, horizon,
        PREDICTIVE if counts.sum() else RECOUNTED, by.curve.cohort.n, left_out=cohort.left_out,
    )  # fmt: skip


def _unknown(by: Completion, ages: Ints, counts: Floats, won: float) -> tuple[Unknown, int | None] | None:
    if not ages.size:
        return None
    if unknown := by.curve.unknown_at(by.horizon, by.cause):
        return unknown
    # Open here at ages at which nobody of the reference was: ended by then, or not watched so long.
    beyond = (by.curve.left(ages) <= 0) | (ages >= by.curve.watched_to(by.horizon))
    expected = won + float((counts * by.chances[ages]).sum())
    return (Unknown.NOBODY_OBSERVED, None) if float(counts[beyond].sum()) > NEGLIGIBLE * expected else None


def _chances(at_horizon: Floats, so_far: Floats, left: Floats) -> Floats:
    """That a case open at each age still exits this way by the horizon."""
    safe = np.where(left > 0, left, 1.0)
    return np.clip(np.where(left > 0, (at_horizon - so_far) / safe, 0.0), 0.0, 1.0)


def _portions(draws: int, rows: int) -> Iterator[int]:
    at_once = max(1, _CELLS_AT_ONCE // max(rows, 1))
    for first in range(0, draws, at_once):
        yield min(at_once, draws - first)


def _band(rates: Floats, level: float) -> Interval:
    tail = (1 - level) / 2
    low, high = np.quantile(rates, [tail, 1 - tail])
    return Interval(float(low), float(high), level, PREDICTIVE)


def mature_ratio(cohort: Cohort, horizon: int, cause: int = COUNTED, level: float = LEVEL) -> Estimate:
    """Won within the horizon ÷ created, of a cohort in which everybody has had the time: the figure to audit.

    A cohort with younger open cases has no such ratio yet; `Seen.mature` picks those that do.
    """
    n, open_cases, left_out = cohort.n, cohort.open, cohort.left_out
    young, _ = cohort.open_before(horizon)
    if n == 0 or young.size:
        reason = Unknown.NOT_MATURE if n else Unknown.NO_CASES
        wait = horizon - int(young[0]) if young.size else None
        return Estimate(
            None, None, None, level, NOT_KNOWN, n, open_cases, horizon, reason, wait, left_out
        )  # fmt: skip
    won = cohort.exits(cause, within=horizon)
    found = wilson(won, n, level)
    return Estimate(
        won / n, found.low, found.high, level, found.method, n, open_cases, horizon, left_out=left_out
    )
