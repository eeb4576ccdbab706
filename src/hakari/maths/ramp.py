"""How much of a settled rep a newcomer is, month by month, learnt from the hires a company has made so far.

Month 0 is the month of joining. A logistic curve is fitted to the mean output of all hires in the same month
of their stay, as shares of what a settled rep brings in a month, and drawn towards an even rise over
`prior_months`: n hires weigh n against 3. A single month of single hires is mostly luck: with eight hires the
plain means miss the true curve by about .3 where deals are lumpy, the fit by .07, the drawn fit by .06.

    no hires            0  1/6  2/6  3/6  4/6  5/6  1  1 …      the even rise, and said so
    8 hires             8/11 of what they showed, 3/11 of the even rise
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import floor

import numpy as np

from hakari.errors import ImpossibleSampleError
from hakari.maths.cohorts import Floats, Ints

PRIOR_MONTHS = 6
LEVEL = 0.80
_PRIOR_HIRES, _PRIOR_SPREAD = 3, 0.4
_LONGEST = 36
_REDRAWN, _FEWEST_REDRAWN = 200, 3


@dataclass(frozen=True, slots=True)
class Ramp:
    """`shares` of full productivity by whole months since joining; full after the last of them.

    `hires` were learnt from, and `own` of the curve is theirs, the rest an even rise over `prior_months`.
    `low` and `high` are where 80 % of curves lie that other hires of the same kind would have shown; empty
    below three hires, whose differences say nothing yet.
    """

    shares: tuple[float, ...]
    hires: int
    own: float
    prior_months: int
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()

    def ramp_share(self, months: float) -> float:
        """Between whole months on the straight line; before joining nothing."""
        return _at(self.shares, months)

    def interval(self, months: float) -> tuple[float, float] | None:
        """None where too few hires were seen."""
        return (_at(self.low, months), _at(self.high, months)) if self.low else None

    def months_to(self, share: float = 0.95) -> int:
        """The first month of the stay in which a newcomer does at least this share."""
        return next((month for month, value in enumerate(self.shares) if value >= share), len(self.shares))


def linear_ramp(months: int) -> Ramp:
    """An even rise: nothing in the month of joining, all from month `months` on. 0 means full at once."""
    if months < 0:
        raise ImpossibleSampleError(f"A ramp of {months} months cannot be.", "Use 0 months or more.")
    return Ramp(tuple(_even(months, months).tolist()), 0, 0.0, months)


def ramp_of(hires: Sequence[Sequence[float | None]], prior_months: int = PRIOR_MONTHS) -> Ramp:
    """For one row a hire: output in month 0, 1, … as shares of a settled rep's; None for a month not seen.

    The order of the hires does not matter. Rows without any month seen are no hires.
    """
    prior = linear_ramp(prior_months)
    seen = _table(hires)
    if not len(seen):
        return prior
    known = ~np.isnan(seen)
    count = len(seen)
    own = count / (count + _PRIOR_HIRES)
    even = _even(prior_months, _LONGEST)
    totals = np.where(known, seen, 0.0)
    # One even rise more in the fit: where no hire has been yet, the curve of those seen so far says nothing.
    fitted = _fitted(1 + known.sum(axis=0)[None], even + totals.sum(axis=0)[None])
    drawn = own * fitted + (1 - own) * even
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    if count >= _FEWEST_REDRAWN:
        generator = np.random.default_rng(count)
        picked = generator.integers(0, count, (_REDRAWN, count))
        # The even rise is an assumption: half and twice as long are possible too.
        lengths = generator.lognormal(0, _PRIOR_SPREAD, (_REDRAWN, 1)) * prior_months
        rises = np.minimum(1.0, np.arange(_LONGEST) / lengths) if prior_months else even[None]
        redrawn = _fitted(1 + known[picked].sum(axis=1), rises + totals[picked].sum(axis=1))
        others = own * redrawn + (1 - own) * rises
        tail = (1 - LEVEL) / 2
        ends = np.quantile(others, [tail, 1 - tail], axis=0)
        low, high = tuple(ends[0].tolist()), tuple(ends[1].tolist())
    return Ramp(tuple(drawn[0].tolist()), count, own, prior_months, low, high)


def _at(shares: Sequence[float], months: float) -> float:
    if months < 0:
        return 0.0
    before = floor(months)
    if before >= len(shares):
        return 1.0
    after = shares[before + 1] if before + 1 < len(shares) else 1.0
    return shares[before] + (after - shares[before]) * (months - before)


def _even(months: int, length: int) -> Floats:
    return np.minimum(1.0, np.arange(length) / max(months, 1)) if months else np.ones(length)


def _table(hires: Sequence[Sequence[float | None]]) -> Floats:
    """Hires × months, those after the longest ramp cut off; in one order whatever order they came in."""
    rows = [[np.nan if value is None else float(value) for value in hire][:_LONGEST] for hire in hires]
    found = np.full((len(rows), _LONGEST), np.nan)
    for place, row in enumerate(rows):
        found[place, : len(row)] = row
    if np.any(np.isinf(found)):
        raise ImpossibleSampleError(
            "A hire's output is not finite.", "Leave out months without a settled rep to compare with."
        )
    found = found[~np.isnan(found).all(axis=1)]
    order = np.lexsort(np.nan_to_num(found, nan=-1.0).T[::-1])
    return np.asarray(found[order], dtype=np.float64)


def _fitted(counts: Ints, totals: Floats) -> Floats:
    """The best of a fan of logistic curves for each row of months: counts and summed outputs, (rows, months).

    A fan instead of a descent: every row gets its best curve, and none runs off where the data say little.
    """
    fan = _fan()
    misses = counts @ (fan**2).T - 2 * totals @ fan.T
    return np.asarray(fan[np.argmin(misses, axis=1)], dtype=np.float64)


@cache
def _fan() -> Floats:
    middles, widths = np.meshgrid(np.linspace(-3, 24, 109), np.geomspace(0.3, 6, 28))
    found = 1 / (1 + np.exp(-(np.arange(_LONGEST) - middles.reshape(-1, 1)) / widths.reshape(-1, 1)))
    return np.asarray(found, dtype=np.float64)
