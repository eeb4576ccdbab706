"""What a company's records say of its funnel: the steps, what is under way, the pace, and who works at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from hakari.maths.cohorts import COUNTED, OPEN, Floats, Seen
from hakari.maths.intervals import Interval
from hakari.maths.lag_kernel import Step, step_of
from hakari.maths.landing import Open
from hakari.maths.levers import best_mean, best_rate
from hakari.maths.plan_chance import Evidence
from hakari.maths.shifts import reference_of
from hakari.planning.reverse_chain import APPOINTMENTS, CALLS, LEADS, ORDERS, Chain, Course
from hakari.planning.reverse_records import Columns, Records
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Period

_HORIZONS = (30, 60, 90, 120, 180, 270, 365, 730)
_BEYOND, _AT_LEAST = 185, 365
_LATE, _FEW = 0.005, 10
_QUARTER, _QUARTERS = 91, 6
PACE_DAYS = 91
_BEST_WEEKS, _WEEKS = 8, 26


@dataclass(frozen=True, slots=True, eq=False)
class StepKnown:
    """One step as far as it is known; the best are the share and the mean wait of the team's best quarter."""

    step: Step | None
    evidence: Evidence
    interval: Interval | None = None
    wait: float | None = None
    best_rate: float | None = None
    best_wait: float | None = None
    cases: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Worker:
    """Somebody who makes the efforts: per working day now, and in their best eight weeks."""

    name: str
    joined_on: date | None
    ramped_on: date | None
    left_on: date | None
    now: float
    best: float


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """All a plan needs beside its goal. `pace` is efforts per working day; `inflow` cases per working day.

    `price` is None when no order's worth is known; `listed` accounts are on a target list today.
    """

    today: date
    calendar: FiscalCalendar
    stages: tuple[str, ...]
    steps: tuple[StepKnown, ...]
    open: tuple[Open, ...]
    inflow: Mapping[str, tuple[float, int]]
    paces: Mapping[str, float]
    price: float | None
    prices: Floats
    best_price: float | None
    kept: float
    workers: tuple[Worker, ...]
    listed: int = 0

    @property
    def pace(self) -> float | None:
        return self.paces.get(self.stages[0])


def nothing_known(
    today: date, calendar: FiscalCalendar, first: str = "deals", *, counted: bool = False
) -> Material:
    """A funnel of one step without records; where orders are `counted`, each is worth one."""
    blank = StepKnown(None, Evidence(0.0, np.zeros(0, np.int64)))
    return Material(
        today, calendar, (first, ORDERS), (blank,), (), {}, {},
        1.0 if counted else None, np.ones(int(counted)), None, 1.0, (),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Workplace:
    """The day, the calendar, and of everybody by key: name, joined, ramped and left."""

    today: date
    calendar: FiscalCalendar
    people: Mapping[int, tuple[str, date | None, date | None, date | None]]


def material_of(chain: Chain, records: Records, place: Workplace) -> Material:
    today, calendar = place.today, place.calendar
    known = tuple(_step(course) for course in chain.courses)
    recent = calendar.business_days(Period(today - timedelta(days=chain.recent_days - 1), _after(today)))
    lately = calendar.business_days(Period(today - timedelta(days=PACE_DAYS - 1), _after(today)))
    paces = {
        stage: float(np.count_nonzero(days > -PACE_DAYS)) / max(lately, 1)
        for stage, days in chain.entries.items()
    }
    return Material(
        today,
        calendar,
        chain.stages,
        known,
        tuple(_open(place, course) for place, course in enumerate(chain.courses)),
        {stage: (count / max(recent, 1), count) for stage, count in chain.inflow.items() if count},
        paces,
        float(chain.prices.mean()) if chain.prices.size else None,
        chain.prices,
        best_mean(_by_quarter(records.deals)),
        chain.kept,
        _workers(chain.stages[0], records, place),
        _listed(records.listed),
    )


def _listed(rows: Columns) -> int:
    """Accounts that have not left the list."""
    return int(np.unique(rows["account"][np.isnan(rows["left"])]).size) if rows else 0


def _step(course: Course) -> StepKnown:
    seen = course.seen
    horizon = _horizon(seen)
    window = seen.where(seen.since < max(_AT_LEAST, horizon + _BEYOND))
    if np.count_nonzero(window.cause == COUNTED) < _FEW:
        window = seen
    curve = reference_of(window, horizon).curve
    found = curve.at(horizon)
    step = step_of(curve, horizon)
    waits = window.age[(window.cause == COUNTED) & (window.age <= horizon)]
    interval = found.interval if found.low is not None else None
    passed, cases = _by_quarter_passed(window, horizon)
    return StepKnown(
        step,
        Evidence(_effective(step.rate, interval, window.age.size, _unrest(passed, cases)), waits),
        interval,
        float(step.lag @ np.arange(step.lag.size)),
        best_rate(passed, cases) if len(cases) > 1 else None,
        best_mean(_waits(window, horizon), highest=False),
        window.age.size,
    )


def _effective(rate: float, interval: Interval | None, n: int, unrest: float) -> float:
    """As how many finished cases the estimate is worth for the time to come.

    Open cases tell less, and where quarters differ by more than luck the coming ones will, too.
    """
    if interval is None or interval.low is None or interval.high is None or not 0 < rate < 1:
        return float(n)
    error = (interval.high - interval.low) / (2 * 1.96)
    doubt = error**2 + unrest
    return min(float(n), rate * (1 - rate) / doubt) if doubt > 0 else float(n)


def _unrest(passed: list[int], cases: list[int]) -> float:
    """The variance of quarters' shares beyond what luck explains, halved: a plan spans about two."""
    if len(cases) < 3:
        return 0.0
    base = np.array(cases, dtype=np.float64)
    shares = np.array(passed) / base
    pooled = float(np.sum(passed) / base.sum())
    luck = float((pooled * (1 - pooled) / base).mean())
    return max(0.0, float(shares.var(ddof=1)) - luck) / 2


def _horizon(seen: Seen) -> int:
    """The first of these by which all but one exit in two hundred have come: what is cut off is not planned.

    A rate that is shown can leave out one in twenty; in a chain of six such steps a quarter would be missing.
    """
    ages = seen.age[seen.cause == COUNTED]
    for days in _HORIZONS:
        if np.count_nonzero(ages > days) <= _LATE * ages.size:
            return days
    return _HORIZONS[-1]


def _by_quarter_passed(seen: Seen, horizon: int) -> tuple[list[int], list[int]]:
    """Passed and cases of the quarters whose cases have had the time."""
    passed: list[int] = []
    cases: list[int] = []
    for _, part in _quarters(seen, horizon):
        passed.append(int(np.count_nonzero((part.cause == COUNTED) & (part.age <= horizon))))
        cases.append(part.age.size)
    return passed, cases


def _waits(seen: Seen, horizon: int) -> list[Floats]:
    found = []
    for _, part in _quarters(seen, horizon):
        ages = part.age[(part.cause == COUNTED) & (part.age <= horizon)]
        if ages.size >= _FEW:
            found.append(ages.astype(np.float64))
    return found


def _quarters(seen: Seen, horizon: int) -> list[tuple[int, Seen]]:
    ripe = seen.where(seen.since >= min(horizon, 180))
    if not ripe.since.size:
        return []
    number = (ripe.since - int(ripe.since.min())) // _QUARTER
    parts = [(quarter, ripe.where(number == quarter)) for quarter in range(_QUARTERS)]
    return [(quarter, part) for quarter, part in parts if part.age.size >= _FEW]


def _by_quarter(deals: Columns) -> list[Floats]:
    """What orders were worth, by quarters back from today."""
    won = (deals["won"] > 0) & ~np.isnan(deals["closed"]) & ~np.isnan(deals["worth"])
    day, worth = deals["closed"][won], deals["worth"][won]
    quarters = [worth[(-day) // _QUARTER == quarter] for quarter in range(_QUARTERS)]
    return [one for one in quarters if one.size >= _FEW]


def _open(place: int, course: Course) -> Open:
    here = course.seen.cause == OPEN
    return Open(place, course.seen.age[here], course.worth[here])


def _workers(first: str, records: Records, place: Workplace) -> tuple[Worker, ...]:
    """Who made efforts in the last four weeks, by name."""
    rows = {CALLS: records.calls, LEADS: records.leads, APPOINTMENTS: records.appointments}.get(
        first, records.deals
    )
    day = rows[{CALLS: "day", LEADS: "received", APPOINTMENTS: "set"}.get(first, "created")]
    owner = rows["owner"]
    found = []
    for key in np.unique(owner[~np.isnan(owner)]).astype(int).tolist():
        own = day[(owner == key) & ~np.isnan(day)]
        known = place.people.get(key)
        if known is None or np.count_nonzero(own > -28) == 0:
            continue
        now, best = _rates(own, place.today, place.calendar)
        found.append(Worker(known[0], known[1], known[2], known[3], now, max(now, best)))
    return tuple(sorted(found, key=lambda one: one.name))


def _rates(days: Floats, today: date, calendar: FiscalCalendar) -> tuple[float, float]:
    """Efforts per working day over the last quarter, and in the best eight weeks in a row."""
    week = (-days[days > -7 * _WEEKS] // 7).astype(np.int64)
    counts = np.bincount(week, minlength=_WEEKS).astype(np.float64)[:_WEEKS]
    worked = np.array([_worked(today, number, calendar) for number in range(_WEEKS)], dtype=np.float64)
    begun = int(np.flatnonzero(counts).max()) + 1
    counts, worked = counts[:begun], worked[:begun]
    lately = min(13, begun)
    now = counts[:lately].sum() / max(worked[:lately].sum(), 1)
    width = min(_BEST_WEEKS, begun)
    sums = np.convolve(counts, np.ones(width), "valid") / np.maximum(
        np.convolve(worked, np.ones(width), "valid"), 1
    )
    return float(now), float(sums.max())


def _worked(today: date, weeks_ago: int, calendar: FiscalCalendar) -> int:
    end = _after(today) - timedelta(days=7 * weeks_ago)
    return calendar.business_days(Period(end - timedelta(days=7), end))


def _after(day: date) -> date:
    return day + timedelta(days=1)
