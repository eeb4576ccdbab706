"""What may be said of a figure beside its target, and whether it may be coloured or ranked.

Two rules meet here, about what a reader concludes from one figure and from many:

* **A verdict** speaks of one figure and its target. The interval already carries the small sample, so a
  verdict is withheld only where the interval itself cannot be trusted: a rate of fewer than 12 cases or
  fewer than 3 expected, a count with a target under 5, a mean or median of fewer than 5 values, a
  landing with fewer than 4 closed quarters to learn from. A full count (census) is never in doubt.
* **Colour, rank and alert** invite comparing many figures at once, where small samples mislead. They also
  need a base of 30, and for a rate at least 5 of each outcome. Counts have no base beyond their target.

So 0 of 20 against a target of 30 % is "below, and reliably so" in words, and stays grey.
A percentage is written from 10 cases on; below, "3 of 8" is all there is to say.
"""

from __future__ import annotations

from enum import StrEnum
from math import isclose
from typing import Literal

from hakari.maths.intervals import Interval

Better = Literal["higher", "lower"]

TEAM_LEVEL = 0.95
# A table of people holds many figures: at 95 % one in twenty would stand out by chance.
PEOPLE_LEVEL = 0.99
LANDING_LEVEL = 0.80


class Kind(StrEnum):
    RATE = "rate"
    COUNT = "count"
    MEAN = "mean"  # and medians
    CENSUS = "census"
    LANDING = "landing"


class Verdict(StrEnum):
    """Where the figure stands beside its target; whether that is good is `favourable`."""

    ABOVE = "above"
    BELOW = "below"
    ON_TARGET = "on_target"  # of a census only: anything sampled is within noise
    WITHIN_NOISE = "within_noise"
    ON_HOLD = "on_hold"
    NO_TARGET = "no_target"


class Standing(StrEnum):
    """How much of a rate its sample carries."""

    COUNTS_ONLY = "counts_only"
    GREY = "grey"
    FULL = "full"


class HoldReason(StrEnum):
    NO_VALUE = "no_value"
    FEW_CASES = "few_cases"
    FEW_EXPECTED = "few_expected"
    SMALL_TARGET = "small_target"
    FEW_QUARTERS = "few_quarters"


def hold_reason(kind: Kind, value: float | None, target: float, n: float) -> HoldReason | None:
    """Why no verdict is given; n is the denominator, the number of values, or of closed quarters."""
    if value is None:
        return HoldReason.NO_VALUE
    if kind is Kind.RATE:
        if n < 12:
            return HoldReason.FEW_CASES
        return HoldReason.FEW_EXPECTED if n * target < 3 else None
    if kind is Kind.COUNT:
        return HoldReason.SMALL_TARGET if target < 5 else None
    if kind is Kind.MEAN:
        return HoldReason.FEW_CASES if n < 5 else None
    if kind is Kind.LANDING:
        return HoldReason.FEW_QUARTERS if n < 4 else None
    return None


def verdict(
    kind: Kind, value: float | None, target: float | None, interval: Interval | None, n: float
) -> Verdict:
    """A target on the edge of the interval is within noise. A census needs no interval."""
    if target is None:
        return Verdict.NO_TARGET
    if value is None or hold_reason(kind, value, target, n) is not None:
        return Verdict.ON_HOLD
    if kind is Kind.CENSUS:
        return _plain_difference(value, target)
    if interval is None or not interval.is_known:
        return Verdict.ON_HOLD
    if interval.contains(target):
        return Verdict.WITHIN_NOISE
    return Verdict.ABOVE if interval.low is not None and interval.low > target else Verdict.BELOW


def favourable(said: Verdict, better: str) -> bool | None:
    """None when nothing was found that could be good or bad."""
    if better not in ("higher", "lower"):
        return None
    if said is Verdict.ON_TARGET:
        return True
    if said not in (Verdict.ABOVE, Verdict.BELOW):
        return None
    return (said is Verdict.ABOVE) == (better == "higher")


def rate_standing(n: float, k: float) -> Standing:
    if not show_percent(n):
        return Standing.COUNTS_ONLY
    return Standing.FULL if n >= 30 and min(k, n - k) >= 5 else Standing.GREY


def show_percent(n: float) -> bool:
    return n >= 10


def may_colour(kind: Kind, said: Verdict, n: float, k: float = 0) -> bool:
    """Also whether an alert may be raised. k is the numerator of a rate; other kinds leave it out."""
    if said not in (Verdict.ABOVE, Verdict.BELOW):
        return False
    return kind in (Kind.COUNT, Kind.CENSUS, Kind.LANDING) or _carries_comparison(kind, n, k)


def may_rank(kind: Kind, n: float, k: float = 0) -> bool:
    return kind is Kind.CENSUS or _carries_comparison(kind, n, k)


def _carries_comparison(kind: Kind, n: float, k: float) -> bool:
    return rate_standing(n, k) is Standing.FULL if kind is Kind.RATE else n >= 30


def _plain_difference(value: float, target: float) -> Verdict:
    if isclose(value, target):
        return Verdict.ON_TARGET
    return Verdict.ABOVE if value > target else Verdict.BELOW
