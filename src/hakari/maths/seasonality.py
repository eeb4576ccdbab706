"""How a company's year is spread over its months, from its own past years, and a total split accordingly.

A month's index says how much of it falls on one working day, against a working day of the whole year:
1.2 is a fifth more. Indexes from few years are mostly luck, so they are drawn towards 1 as far as the
years disagree with each other (James–Stein, from a one-way analysis of variance).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray

from hakari.errors import ImpossibleSampleError

FEWEST_MONTHS = 24
_MOST_YEARS = 5
_ALWAYS = (1.0,) * 12


@dataclass(frozen=True, slots=True)
class PastMonth:
    """What came in one finished month (1 is January), None where nothing was recorded yet."""

    month: int
    value: float | None
    business_days: float


@dataclass(frozen=True, slots=True)
class Season:
    """Twelve indexes from January on, whose mean is 1; `trust` is how far the years agree, from 0 to 1.

    `years` is 0 where fewer than 24 months are known: then only working days count.
    """

    indexes: tuple[float, ...] = _ALWAYS
    years: int = 0
    trust: float = 0.0

    @property
    def is_known(self) -> bool:
        return self.years > 0

    def index(self, month: int) -> float:
        return self.indexes[month - 1]


NO_SEASON = Season()


def season(months: Sequence[PastMonth]) -> Season:
    """From finished months in a row, oldest first; whole years back from the last one are used."""
    known = _tail_without_gap(months)
    years = min(len(known) // 12, _MOST_YEARS)
    if years * 12 < FEWEST_MONTHS:
        return NO_SEASON
    used = known[-12 * years :]
    values = np.array([one.value for one in used], dtype=float).reshape(years, 12)
    days = np.array([one.business_days for one in used], dtype=float).reshape(years, 12)
    if np.any(values.sum(axis=1) <= 0) or np.any(days <= 0) or np.any(values < 0):
        return NO_SEASON
    own = _without_growth(values / days)
    indexes = own / own.mean(axis=1, keepdims=True)
    trust = _trust(indexes)
    shrunk = 1 + trust * (indexes.mean(axis=0) - 1)
    by_month = {one.month: float(index) for one, index in zip(used[:12], shrunk, strict=True)}
    return Season(tuple(by_month[month] for month in range(1, 13)), years, trust)


def _tail_without_gap(months: Sequence[PastMonth]) -> list[PastMonth]:
    known: list[PastMonth] = []
    for one in reversed(months):
        if one.value is None or (known and one.month % 12 + 1 != known[-1].month):
            break
        known.append(one)
    return known[::-1]


def _without_growth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """A company that grows sells more in every later month; that is no season."""
    years = values.shape[0]
    totals = values.sum(axis=1)  # of the daily figures of each month, so that longer years do not count
    monthly = float(totals[-1] / totals[0]) ** (1 / (12 * (years - 1)))
    factors = np.power(monthly, np.arange(values.size, dtype=np.float64)).reshape(values.shape)
    return np.asarray(values / factors, dtype=np.float64)


def _trust(indexes: NDArray[np.float64]) -> float:
    """1 where every year says the same, 0 where the months differ no more than the years do."""
    years = int(indexes.shape[0])
    means = indexes.mean(axis=0)
    between: float = years * float(((means - 1) ** 2).sum()) / 11
    freedom: int = 11 * (years - 1)
    within = float(((indexes - means) ** 2).sum()) / freedom
    # Below what doubles can tell apart there is neither season nor noise.
    if between <= 1e-18:
        return 0.0
    kept = 1 - (9 / 11) * (freedom / (freedom + 2)) * within / between
    return max(0.0, kept)


def split(total: float, weights: Sequence[float], step: float = 0.0) -> list[float]:
    """The total in parts proportional to the weights, which add up to it exactly.

    With a `step` (1 for whole cases or yen) every part is a multiple of it, none further than one step from
    its share: the largest remainders are rounded up. What the total itself is no multiple of stays in the
    last part that has any weight.
    """
    whole = float(sum(weights))
    if whole <= 0 or any(one < 0 for one in weights):
        raise ImpossibleSampleError(
            "A total cannot be split over parts without weight.",
            "Give weights of which none is negative and one is positive, such as working days.",
        )
    if step <= 0:
        parts = [total * one / whole for one in weights]
        last = max(place for place, one in enumerate(weights) if one > 0)
        parts[last] += total - sum(parts)
        return parts
    units, sign = abs(total) / step, -1.0 if total < 0 else 1.0
    count = floor(units + 1e-9)
    shares = [count * one / whole for one in weights]
    given = [floor(one + 1e-9) for one in shares]
    by_remainder = sorted(range(len(shares)), key=lambda place: (given[place] - shares[place], place))
    for place in by_remainder[: count - sum(given)]:
        given[place] += 1
    parts = [sign * one * step for one in given]
    last = max(place for place, one in enumerate(weights) if one > 0)
    parts[last] += sign * (abs(total) - count * step)
    return parts
