"""Works a goal back: what must be created by when, by whom, how likely it is, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from hakari.maths.back_plan import Limits, Planner
from hakari.maths.cohorts import Floats
from hakari.maths.landing import (
    Inflow,
    Situation,
    anyway,
    created,
    expected,
    orders_per_effort,
    under_way,
)
from hakari.maths.plan_chance import Chance, Known, Worlds, with_chance
from hakari.metrics.capacity import share_of
from hakari.metrics.seats import Person
from hakari.planning.reverse_given import Given, days_of, win_rate
from hakari.planning.reverse_lines import (
    RAMP_MONTHS,
    assumptions,
    binding_lines,
    levers_of,
    missing_of,
    people_lines,
    per_day,
    places_of,
    stage_lines,
)
from hakari.planning.reverse_material import Material, Worker
from hakari.planning.reverse_plan import Goal, LeverLine, Outlook, PersonLine, ReversePlan, Verdict
from hakari.units.fiscal import add_months
from hakari.units.period import Grain, Period

_ON_COURSE = (
    0.5  # without a chance asked for, today's pace is on course when it reaches the goal every other time
)
_NO_LONGER = 0.1  # below this chance a goal is out of reach, however hard everybody works
_UNLIMITED = 1e7  # efforts a day: nobody's capacity is known
_LONGEST = 3 * 366


def compose(material: Material, goal: Goal, given: Given, chance: float | None) -> ReversePlan:
    """The plan for a goal; `chance` None plans by averages alone."""
    said = assumptions(material, goal, given)
    blank = ReversePlan(goal, Verdict.UNKNOWN, chance, missing_of(material, given), said)
    if goal.value <= goal.so_far:
        return replace(blank, verdict=Verdict.REACHED, missing=())
    if goal.order_by <= material.today:
        return replace(blank, verdict=Verdict.SHORT, missing=(), short=goal.value - goal.so_far)
    if any(known.step is None for known in material.steps) or not material.price:
        return _only_the_rate(blank, material)
    return Work(material, goal, given, chance).plan(blank)


@dataclass(frozen=True, slots=True, eq=False)
class _Weeks:
    periods: tuple[Period, ...]
    left: tuple[np.ndarray[tuple[int], np.dtype[np.int64]], ...]


class Work:
    """One plan being worked out."""

    def __init__(self, material: Material, goal: Goal, given: Given, chance: float | None) -> None:
        self.goal, self.given, self.chance = goal, given, chance
        self.workers = workers_of(material, given)
        self.material = _with_people(material, self.workers, given)
        self.weeks = weeks_until(material, goal.order_by)
        self.situation = self._situation()
        self.capacity = self._capacity()
        self.need = goal.value - goal.so_far
        self._reach = 0.0

    def efforts(self, worlds: Worlds, credit: float) -> Chance:
        """The least efforts that land what is needed beyond `credit` with the chance asked for."""
        planner = Planner(self._limits())
        self._reach = planner.reach + credit
        return with_chance(worlds, planner, self.need, credit, self.chance)

    def heads(self, worlds: Worlds, credit: float) -> int | None:
        """How many settled people it would take with the chance asked for; None where people do not help."""
        usual = usual_of(self.workers, self.material.today)
        if not usual:
            return None
        workdays = self.situation.workdays
        endless = np.full((workdays.size, 1), _UNLIMITED) * workdays[:, None].astype(np.float64)
        planner = Planner(replace(self._limits(), capacity=endless))
        found = with_chance(worlds, planner, self.need, credit, self.chance)
        if not found.plan.feasible or (self.chance is not None and found.reached < self.chance):
            return None
        busiest = float((found.plan.weekly / np.maximum(workdays, 1)).max())
        return int(np.ceil(busiest / usual - 1e-9))

    def plan(self, blank: ReversePlan) -> ReversePlan:
        situation, need = self.situation, self.need
        worlds = Worlds(known_of(self.material, situation))
        going, coming = under_way(situation), anyway(situation)
        credit = going.value + coming.value
        found = self.efforts(worlds, credit)
        pace = self._pace()
        at_pace = outlook(worlds.played(pace), need, expected(situation, pace), self.goal.so_far)
        flows = created(situation, found.plan.weekly)
        buckets = buckets_of(self.weeks.periods)
        verdict = self._verdict(found, at_pace)
        lacking = verdict in (Verdict.UNSURE, Verdict.SHORT)
        return replace(
            blank,
            verdict=verdict,
            needed_reps=self.heads(worlds, credit) if lacking else None,
            missing=(),
            buckets=tuple(buckets),
            stages=stage_lines(self.material, situation, flows, self.weeks.periods, buckets, self.goal),
            people=self._people(found.plan.effort, buckets),
            binding=binding_lines(found.plan)
            if self.workers or self.given.list or self.given.touches
            else (),
            levers=self._levers(pace if pace.any() else found.plan.weekly),
            planned=_planned(found, self.goal.so_far, credit),
            at_pace=at_pace if self.material.pace is not None else None,
            efforts=found.plan.total,
            per_day=per_day(found.plan.weekly, situation.workdays),
            pace_efforts=float(pace.sum()),
            under_way=going.value,
            under_way_at_once=going.at_once,
            anyway=coming.value,
            short=self._short(found),
            reach=self._reach + self.goal.so_far if self.workers else None,
            needed_win_rate=self._needed(pace),
            needed_orders=need / situation.value,
            business_days=int(situation.workdays.sum()),
        )

    def _situation(self) -> Situation:
        material = self.material
        places = {name: place for place, name in enumerate(material.stages)}
        inflow = tuple(Inflow(places[name], rate, seen) for name, (rate, seen) in material.inflow.items())
        steps = tuple(known.step for known in material.steps if known.step is not None)
        left = (self.goal.order_by - material.today).days
        return Situation(
            steps, material.price or 0.0, self.weeks.left, left, material.open, inflow, material.kept
        )

    def _limits(self) -> Limits:
        given, situation = self.given, self.situation
        landing = orders_per_effort(situation)[:, None] * situation.value
        size = given.list if given.list is not None else self.material.listed or None
        # How often a record may be approached is nobody's but the company's to say.
        limited = given.list is not None or given.touches is not None
        records = np.array([size], dtype=np.float64) if limited and size is not None else None
        weeks = max(1, days_of(given.cool_down) // 7) if given.cool_down is not None else None
        return Limits(landing, self.capacity, situation.workdays, None, records, given.touches or 1.0, weeks)

    def _capacity(self) -> Floats:
        """(weeks, workers): what each can do; who is new, a growing share of what is usual."""
        workdays = self.situation.workdays
        if not self.workers:
            return np.full((workdays.size, 1), _UNLIMITED) * workdays[:, None]
        usual = usual_of(self.workers, self.material.today) or 0.0
        columns = [self._most(one, usual) for one in self.workers]
        return np.stack(columns, axis=1) * workdays[:, None]

    def _levers(self, effort: Floats) -> tuple[LeverLine, ...]:
        money = self.goal.unit == "jpy"
        return levers_of(self.material, self.situation, effort, self._daily(), by_price=money)

    def _daily(self) -> float | None:
        workdays = self.situation.workdays
        return float(self.capacity.sum()) / max(int(workdays.sum()), 1) if self.workers else None

    def _most(self, one: Worker, usual: float) -> Floats:
        if not ramping(one, self.material.today) or not usual:
            gone = one.left_on
            stays = [0.0 if gone and gone <= week.start else one.best for week in self.weeks.periods]
            return np.array(stays, dtype=np.float64)
        person = Person(one.name, None, one.joined_on, one.ramped_on, one.left_on)
        shares = [share_of(person, [week], round(RAMP_MONTHS * 365 / 12)) for week in self.weeks.periods]
        growing = np.array(shares, dtype=np.float64)
        return np.asarray(np.maximum(growing * usual, one.best * (growing > 0)), dtype=np.float64)

    def _pace(self) -> Floats:
        """Efforts a week as things go."""
        return self.situation.workdays.astype(np.float64) * (self.material.pace or 0.0)

    def _verdict(self, found: Chance, at_pace: Outlook) -> Verdict:
        wanted = self.chance if self.chance is not None else _ON_COURSE
        if self.material.pace is not None and at_pace.chance >= wanted:
            return Verdict.ON_COURSE
        if found.plan.feasible and (self.chance is None or found.reached >= self.chance):
            return Verdict.NEEDS
        return Verdict.SHORT if found.reached < _NO_LONGER and self._reach < self.need else Verdict.UNSURE

    def _people(self, effort: Floats, buckets: Sequence[Period]) -> tuple[PersonLine, ...]:
        places, workdays = places_of(self.weeks.periods, buckets), self.situation.workdays
        return people_lines(self.workers, effort, self.capacity, workdays, places, self.material.today)

    def _limited(self) -> bool:
        return bool(self.workers) or self.given.list is not None or self.given.touches is not None

    def _short(self, found: Chance) -> float:
        """Of the goal, what even the most that can be done leaves open on average."""
        return 0.0 if found.plan.feasible else max(0.0, self.need - self._reach)

    def _needed(self, pace: Floats) -> float | None:
        """What today's pace would have to win of its qualified deals: everything landing scales with it."""
        rate, landing = win_rate(self.material), expected(self.situation, pace)
        return rate * self.need / landing if rate is not None and landing > 0 and pace.any() else None


def _planned(found: Chance, so_far: float, credit: float) -> Outlook:
    low, high = found.band.low, found.band.high
    return Outlook(
        found.plan.landed + credit + so_far,
        None if low is None else low + so_far,
        None if high is None else high + so_far,
        found.reached,
    )


def outlook(played: Floats, need: float, value: float, so_far: float) -> Outlook:
    low, high = np.quantile(played, [0.1, 0.9])
    return Outlook(value + so_far, float(low) + so_far, float(high) + so_far, float((played >= need).mean()))


def known_of(material: Material, situation: Situation) -> Known:
    return Known(situation, tuple(known.evidence for known in material.steps), material.prices)


def weeks_until(material: Material, last: date) -> _Weeks:
    """The weeks from tomorrow to the last day an order counts, cut at both ends; at most three years."""
    start = material.today + timedelta(days=1)
    end = min(last + timedelta(days=1), start + timedelta(days=_LONGEST))
    periods = material.calendar.split(Period(start, end), Grain.WEEK)
    left = []
    for week in periods:
        days = [week.start + timedelta(days=place) for place in range(week.days)]
        worked = [(last - day).days for day in days if material.calendar.is_business_day(day)]
        left.append(np.array(worked, dtype=np.int64))
    return _Weeks(tuple(periods), tuple(left))


def buckets_of(weeks: Sequence[Period]) -> list[Period]:
    """Weeks while they fit a table, else months; a week belongs to the month it begins in."""
    if len(weeks) <= 9:
        return list(weeks)
    found: list[Period] = []
    for week in weeks:
        if found and found[-1].start.month == week.start.month:
            found[-1] = Period(found[-1].start, week.end)
        else:
            found.append(week)
    return found


def workers_of(material: Material, given: Given) -> tuple[Worker, ...]:
    """Those on record, or as many as were given, each able to do what was given or what one usually does."""
    workers = material.workers
    if given.capacity is not None:
        workers = tuple(replace(one, best=given.capacity) for one in workers)
    if given.reps is None:
        return workers
    usual = given.capacity
    if usual is None:
        usual = usual_of(workers, material.today)
    if usual is None:
        return ()
    count = round(given.reps)
    others = count - len(workers)
    if others <= 0:
        return workers[:count]
    now = float(np.median([one.now for one in workers])) if workers else 0.0
    return (*workers, *(Worker("", None, None, None, min(now, usual), usual) for _ in range(others)))


def _with_people(material: Material, workers: Sequence[Worker], given: Given) -> Material:
    """With other people the paces are those of what each of them does today."""
    before = sum(one.now for one in material.workers)
    if given.reps is None or given.pace is not None or before <= 0:
        return material
    scale = sum(one.now for one in workers) / before
    return replace(material, paces={stage: pace * scale for stage, pace in material.paces.items()})


def usual_of(workers: Sequence[Worker], today: date) -> float | None:
    """What a settled rep can do a day."""
    settled = [one.best for one in workers if not ramping(one, today)]
    return float(np.median(settled)) if settled else None


def ramping(one: Worker, today: date) -> bool:
    if one.joined_on is None:
        return False
    settled = one.ramped_on or add_months(one.joined_on, RAMP_MONTHS)
    return settled > today


def _only_the_rate(blank: ReversePlan, material: Material) -> ReversePlan:
    """Where only the win rate is unknown: orders needed ÷ cases that the given pace creates in all."""
    goal = blank.goal
    if len(material.steps) != 1 or not material.pace or not material.price:
        return blank
    start = max(material.today + timedelta(days=1), goal.ordered_from)
    cases = material.pace * 5 / 7 * ((goal.order_by - start).days + 1)
    orders = (goal.value - goal.so_far) / material.price
    return replace(blank, pace_efforts=cases, needed_orders=orders, needed_win_rate=orders / cases)
