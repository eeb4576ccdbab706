"""Whether a target is likely to be reached, and which one would be: the words beside every cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil, floor, log10

from hakari.maths.target_proposals import Band, Past, Way, band, propose, three_month_mean
from hakari.metrics.targets import Whose
from hakari.planning.desk import day_after
from hakari.planning.target_pasts import Pasts
from hakari.units.fiscal import whole_months
from hakari.units.period import Period

_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """A target beside what is known of it: of a finished period whether it was reached, else its chance.

    `last` are the three months it rests on, `expected` what is to be expected of the whole period, `actual`
    what has been reached so far. Where there is no chance, `why_not` is the key of the sentence that says so.
    """

    chance: float | None = None
    band: Band | None = None
    reached: bool | None = None
    actual: float | None = None
    expected: float | None = None
    last: tuple[float | None, ...] = ()
    is_new: bool = False
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """Two start values: the mean of three months, and what three of four such months reach.

    `months` is more than one where a single month is mostly zero: then `value` is for so many.
    """

    mean: float | None
    value: float | None
    chance: float | None
    months: int = 1


def judged(pasts: Pasts, whose: Whose, period: Period, value: float) -> Judged:
    better = pasts.measure.better
    actual = pasts.reached(whose, period)
    if period.end <= day_after(pasts.scope.today):
        if actual is None:
            return Judged(why_not="chance_no_figure")
        return Judged(reached=actual <= value if better == "lower" else actual >= value, actual=actual)
    came = pasts.came(whose, period)
    coming = period if came is None else Period(day_after(pasts.scope.today), period.end)
    expected = pasts.outlook(whose, pasts.exposure(whose, coming))
    if expected is None:
        return Judged(actual=actual, why_not="chance_no_past")
    if came is not None:
        expected = expected.with_so_far(came)
    chance = expected.chance(value, better)
    member = pasts.members.get(whose.owner or "")
    return Judged(
        chance,
        band(chance),
        actual=actual,
        expected=expected.mean,
        last=pasts.last_months(whose),
        is_new=member is not None and member.is_new_in(period),
    )


def proposed(pasts: Pasts, whose: Whose, period: Period) -> Proposed:
    """Nothing where there is no past, or nobody there in the period."""
    exposure = pasts.exposure(whose, period)
    found, past = pasts.group_of(whose), pasts.past(whose)
    if found is None or exposure <= 0 or all(one is None for one in past):
        return Proposed(None, None, None)
    mean = _mean_of_three(pasts, past, period)
    unit, better = pasts.measure.unit, pasts.measure.better
    best = propose(found, past, exposure, better=better)
    if best is None:
        return Proposed(_rounded(mean, unit, round), None, None)
    # Rounded to the easy side, so that as many reach it as is said.
    value = _rounded(best.value, unit, ceil if better == "lower" else floor)
    expected = pasts.outlook(whose, exposure * best.months)
    chance = best.chance if expected is None or value is None else expected.chance(value, better)
    return Proposed(_rounded(mean, unit, round), value, chance, best.months)


def _mean_of_three(pasts: Pasts, past: Past, period: Period) -> float | None:
    """The plain mean, as anybody can work it out; of what adds up as often as the period has months."""
    plain = [None if one is None else replace(one, exposure=1.0) for one in past]
    months = 1 if pasts.way in (Way.RATE, Way.LEVEL) else whole_months(period) or period.days / 30.4
    return three_month_mean(plain, months, rate=pasts.way is Way.RATE)


def _rounded(value: float | None, unit: str, towards: Callable[[float], int]) -> float | None:
    """Three digits of an amount, whole cases, tenths of a percent: nobody sets 12,345,678 as a target."""
    if value is None or value == 0:
        return value
    if unit == "percent":
        step = 0.001
    elif unit in ("jpy", "value"):
        step = 10.0 ** (floor(log10(abs(value))) - _DIGITS + 1)
    else:
        step = 1.0 if unit == "count" or abs(value) >= 10 else 0.1
    return round(towards(round(value / step, 6)) * step, 10)
