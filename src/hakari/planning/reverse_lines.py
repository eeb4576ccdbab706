"""The lines of a plan: its assumptions, stages, people, limits and levers, from what was worked out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from hakari.maths.back_plan import BackPlan
from hakari.maths.cohorts import Floats, Ints
from hakari.maths.lag_kernel import days_until
from hakari.maths.landing import Situation
from hakari.maths.levers import PRICE, RATE, VOLUME, WAIT, Lever, gains
from hakari.planning.reverse_chain import ORDERS
from hakari.planning.reverse_given import RATE_OF, WIN_RATE, Given, days_of, win_rate, win_stage
from hakari.planning.reverse_material import Material, StepKnown, Worker
from hakari.planning.reverse_plan import (
    Assumption,
    BindingLine,
    Goal,
    LeverLine,
    Origin,
    PersonLine,
    StageLine,
)
from hakari.units.period import Period

_HALF, _TENTH = 0.5, 0.1
_FIRST_WEEKS = 4
RAMP_MONTHS = 6
WAIT_OF = "wait_"


def assumptions(material: Material, goal: Goal, given: Given) -> tuple[Assumption, ...]:
    """Every figure the plan stands on, in the order of the funnel."""
    found = [
        _rate_line(rate_name(material, place), known, given) for place, known in enumerate(material.steps)
    ]
    total = win_rate(material)
    if found[-1].key != WIN_RATE:
        origin = Origin.GIVEN if WIN_RATE in given.rates else Origin.OBSERVED
        found.append(Assumption(WIN_RATE, "percent", total, origin if total is not None else Origin.UNKNOWN))
    found.append(_cycle_line(material, given))
    if goal.unit == "jpy":
        found.append(_line("price", "jpy", material.price, given.price, material.prices.size))
    found.append(_line("pace", "value", material.pace, given.pace))
    if material.workers or given.reps is not None:
        observed = float(len(material.workers)) or None
        found.append(_line("reps", "count", given.reps if given.reps is not None else observed, given.reps))
    if given.capacity is not None:
        found.append(_line("capacity", "value", given.capacity, given.capacity))
    if given.list is not None or material.listed:
        found.append(_line("list", "count", given.list or material.listed, given.list))
    if given.delivery is not None or goal.delivery_days:
        days = float(goal.delivery_days)
        found.append(_line("delivery", "days", days, days))
    return tuple(found)


def rate_name(material: Material, place: int) -> str:
    """What the share of a step is called; the last one from where the win rate begins is the win rate."""
    if place == len(material.steps) - 1 and place == win_stage(material.stages):
        return WIN_RATE
    return RATE_OF.get(material.stages[place], WIN_RATE)


def _rate_line(key: str, known: StepKnown, given: Given) -> Assumption:
    if known.step is None:
        return Assumption(key, "percent", None, Origin.UNKNOWN)
    if key in given.rates or known.evidence.n <= 0:  # or what another given share leaves for it
        return Assumption(key, "percent", known.step.rate, Origin.GIVEN)
    band = known.interval
    return Assumption(
        key,
        "percent",
        known.step.rate,
        Origin.OBSERVED,
        known.cases or round(known.evidence.n) or None,
        band.low if band else None,
        band.high if band else None,
    )


def _cycle_line(material: Material, given: Given) -> Assumption:
    """Mean days from where the win rate begins to the order."""
    waits = [known.wait for known in material.steps[win_stage(material.stages) :] if known.wait is not None]
    if given.cycle is not None:
        return Assumption("cycle", "days", float(days_of(given.cycle)), Origin.GIVEN)
    if not waits:
        return Assumption("cycle", "days", None, Origin.UNKNOWN)
    return Assumption("cycle", "days", sum(waits), Origin.OBSERVED)


def _line(key: str, unit: str, value: float | None, told: float | None, n: int | None = None) -> Assumption:
    if value is None:
        return Assumption(key, unit, None, Origin.UNKNOWN)
    return Assumption(key, unit, float(value), Origin.GIVEN if told is not None else Origin.OBSERVED, n)


def missing_of(material: Material, given: Given) -> tuple[str, ...]:
    """What would have to be given before anything can be said."""
    found = [rate_name(material, place) for place, known in enumerate(material.steps) if known.step is None]
    if not material.price and given.price is None:
        found.append("price")
    return tuple(found)


def stage_lines(
    material: Material,
    situation: Situation,
    flows: Floats,
    weeks: Sequence[Period],
    buckets: Sequence[Period],
    goal: Goal,
) -> tuple[StageLine, ...]:
    """`flows` (stages, weeks) are the cases that must reach each stage."""
    place = places_of(weeks, buckets)
    days = int(situation.workdays.sum())
    found = []
    for number, stage in enumerate(material.stages):
        summed = np.bincount(place, flows[number], len(buckets))
        steps = situation.steps[number:]
        here = [one for one in situation.open if one.stage == number]
        pace = material.paces.get(stage)
        found.append(
            StageLine(
                stage,
                float(flows[number].sum()),
                tuple(float(one) for one in summed),
                None if pace is None else pace * days,
                sum(one.ages.size for one in here),
                _last(goal, days_until(steps, _HALF)),
                _last(goal, days_until(steps, _TENTH)),
            )
        )
    return tuple(found)


def places_of(weeks: Sequence[Period], buckets: Sequence[Period]) -> Ints:
    """For each week the bucket it belongs to."""
    found = [sum(bucket.start <= week.start for bucket in buckets) - 1 for week in weeks]
    return np.array(found, dtype=np.int64)


def _last(goal: Goal, days: int | None) -> date | None:
    return None if days is None else goal.order_by - timedelta(days=days)


def per_day(weekly: Floats, workdays: Ints) -> float:
    """Efforts a working day in the first weeks."""
    worked = np.flatnonzero(workdays > 0)[:_FIRST_WEEKS]
    return float(weekly[worked].sum()) / max(int(workdays[worked].sum()), 1)


def people_lines(
    workers: Sequence[Worker], effort: Floats, capacity: Floats, workdays: Ints, place_of: Ints, today: date
) -> tuple[PersonLine, ...]:
    """`effort` (weeks, segments, workers) as the plan shares it out, `capacity` (weeks, workers).

    `place_of` says for each week the bucket it belongs to.
    """
    worked = np.flatnonzero(workdays > 0)[:_FIRST_WEEKS]
    days = max(int(workdays[worked].sum()), 1)
    found = []
    for place, one in enumerate(workers):
        own = effort[:, :, place].sum(axis=1)
        months = _months(one.joined_on, today)
        found.append(
            PersonLine(
                one.name,
                months,
                months is not None and months < RAMP_MONTHS,
                float(own.sum()),
                float(own[worked].sum()) / days,
                one.now if one.name else None,
                float(capacity[worked, place].sum()) / days,
                tuple(np.bincount(place_of, own).tolist()),
            )
        )
    return tuple(found)


def _months(joined: date | None, today: date) -> int | None:
    if joined is None:
        return None
    return (today.year - joined.year) * 12 + today.month - joined.month - (today.day < joined.day)


def binding_lines(plan: BackPlan) -> tuple[BindingLine, ...]:
    return tuple(BindingLine(one.kind, one.worth) for one in plan.binding)


def levers_of(
    material: Material, situation: Situation, effort: Floats, most: float | None, *, by_price: bool
) -> tuple[LeverLine, ...]:
    """Each at the team's own best quarter; `most` is what everybody can do a day."""
    levers = list(_levers(material, most, by_price=by_price))
    found = []
    for one in gains(situation, effort, [lever for _, _, lever in levers]):
        key, unit = next((key, unit) for key, unit, lever in levers if lever is one.lever)
        found.append(LeverLine(key, unit, one.lever.now, one.lever.best, one.gain))
    return tuple(found)


def _levers(material: Material, most: float | None, *, by_price: bool) -> Iterator[tuple[str, str, Lever]]:
    for place, known in enumerate(material.steps):
        if known.step is None:
            continue
        if known.best_rate is not None and known.best_rate > known.step.rate:
            name = rate_name(material, place)
            yield name, "percent", Lever(RATE, place, known.step.rate, known.best_rate)
        if known.best_wait is not None and known.wait and known.best_wait < known.wait:
            name = WAIT_OF + (material.stages[place + 1] if place + 1 < len(material.stages) else ORDERS)
            yield name, "days", Lever(WAIT, place, known.wait, known.best_wait)
    if by_price and material.price and material.best_price and material.best_price > material.price:
        yield "price", "jpy", Lever(PRICE, None, material.price, material.best_price)
    if material.pace and most and most > material.pace:
        yield "pace", "value", Lever(VOLUME, None, material.pace, most)
