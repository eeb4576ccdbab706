"""What will have arrived by a deadline: from efforts to be made, from what is open, and by itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hakari.maths.cohorts import Floats, Ints
from hakari.maths.lag_kernel import Step, aged, arriving, landed, passing


@dataclass(frozen=True, slots=True, eq=False)
class Open:
    """Cases under way: they have stood before steps[`stage`] for `ages` days, and are worth `values` each.

    Where a case's worth is not known (NaN) it is that of an average order.
    """

    stage: int
    ages: Ints
    values: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Inflow:
    """Cases that reach `stage` without any effort of the plan: so many per working day, known from `seen`."""

    stage: int
    per_day: float
    seen: int


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """A funnel, the days left to work, and what is under way; efforts are made before steps[0].

    `weeks` hold, for each working day of a week, the days from it to the deadline. `days_left` counts them
    from today. An order is worth `value`; open cases with a value of their own are won at `kept` times that
    value, because the large ones are won less often.
    """

    steps: tuple[Step, ...]
    value: float
    weeks: tuple[Ints, ...]
    days_left: int
    open: tuple[Open, ...] = ()
    inflow: tuple[Inflow, ...] = ()
    kept: float = 1.0

    @property
    def workdays(self) -> Ints:
        return np.array([week.size for week in self.weeks], dtype=np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Landing:
    """Worth and number of orders by the deadline. `at_once` is what a rule without lags would credit."""

    value: float
    orders: float
    count: int = 0
    at_once: float = 0.0


def orders_per_effort(situation: Situation) -> Floats:
    """Of one effort on an average working day of each week, the orders by the deadline."""
    by = landed(situation.steps, situation.days_left + 1)
    return np.array([by[week].mean() if week.size else 0.0 for week in situation.weeks])


def under_way(situation: Situation) -> Landing:
    """What the open cases still bring in time."""
    value = orders = at_once = 0.0
    count = 0
    for one in situation.open:
        chances, worth = in_time(situation, one), worth_of(situation, one)
        value += float((chances * worth).sum())
        orders += float(chances.sum())
        at_once += passing(situation.steps[one.stage :]) * float(worth.sum())
        count += one.ages.size
    return Landing(value, orders, count, at_once)


def worth_of(situation: Situation, one: Open) -> Floats:
    """What each case brings if it is won."""
    return np.where(np.isnan(one.values), situation.value, one.values * situation.kept)


def in_time(situation: Situation, one: Open) -> Floats:
    """For each open case the chance that it arrives by the deadline."""
    days = situation.days_left + 1
    step = situation.steps[one.stage]
    backwards = landed(situation.steps[one.stage + 1 :], days)[::-1]
    ages, place = np.unique(one.ages, return_inverse=True)
    return np.array([float(aged(step, int(age), days) @ backwards) for age in ages])[place]


def anyway(situation: Situation) -> Landing:
    """What arrives in time of the cases that come without an effort of the plan."""
    orders = 0.0
    for one in situation.inflow:
        by = landed(situation.steps[one.stage :], situation.days_left + 1)
        orders += one.per_day * sum(float(by[week].sum()) for week in situation.weeks)
    return Landing(orders * situation.value, orders)


def expected(situation: Situation, effort: Floats) -> float:
    """The worth of all orders by the deadline when so many efforts are made in each week."""
    efforts = float(orders_per_effort(situation) @ effort) * situation.value
    return efforts + under_way(situation).value + anyway(situation).value


def created(situation: Situation, effort: Floats) -> Floats:
    """How many cases reach each stage in each week, (stages, weeks): stage 0 are the efforts themselves.

    From all three origins; what arrives on a day off counts in the week before the next working day's.
    """
    days = situation.days_left + 1
    starts = _starts(situation)
    daily = np.zeros((len(situation.steps) + 1, days))
    for week, amount in zip(situation.weeks, effort, strict=True):
        if week.size:
            daily[0, situation.days_left - week] += amount / week.size
    own = daily[0].copy()
    flows = [own]
    for number, step in enumerate(situation.steps):
        flows.append(
            np.convolve(flows[-1], arriving(step, days))[:days] + _others(situation, number + 1, days)
        )
    for number, flow in enumerate(flows[1:], start=1):
        daily[number] = flow
    edges = np.searchsorted(starts, np.arange(days), "right") - 1
    found = np.zeros((daily.shape[0], len(situation.weeks)))
    for number in range(daily.shape[0]):
        found[number] = np.bincount(np.maximum(edges, 0), daily[number], len(situation.weeks))
    return found


def _starts(situation: Situation) -> Ints:
    """The first working day of each week as days from today; a week without any begins with the next."""
    found, last = [], situation.days_left + 1
    for week in reversed(situation.weeks):
        last = int(situation.days_left - week.max()) if week.size else last
        found.append(last)
    return np.array(found[::-1], dtype=np.int64)


def _others(situation: Situation, stage: int, days: int) -> Floats:
    """What reaches a stage by itself: through the step before it from open cases, and from outside."""
    found = np.zeros(days)
    for one in situation.open:
        if one.stage == stage - 1:
            ages, counts = np.unique(one.ages, return_counts=True)
            for age, count in zip(ages.tolist(), counts.tolist(), strict=True):
                found += count * aged(situation.steps[stage - 1], age, days)
    for other in situation.inflow:
        if other.stage == stage:
            for week in situation.weeks:
                found[situation.days_left - week] += other.per_day
    return found
