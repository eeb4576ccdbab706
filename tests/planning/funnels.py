"""Small funnels for the tests of plans: records that can be counted by hand, and goals set for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from hakari.maths.cohorts import Floats
from hakari.maths.lag_kernel import Step
from hakari.maths.plan_chance import Evidence
from hakari.planning.reverse_material import Material, StepKnown, Worker, nothing_known
from hakari.planning.reverse_plan import Goal
from hakari.planning.reverse_records import Records
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Period

TODAY = date(2026, 11, 25)
CALENDAR = FiscalCalendar()
NAN = float("nan")
_DEALS = (
    *("created", "qualified", "proposed", "closed", "valid", "won", "open", "worth", "amount"),
    *("key", "lead", "account", "owner"),
)


def columns(names: Sequence[str], rows: Sequence[Mapping[str, float]]) -> dict[str, Floats]:
    """What a row does not say is unknown."""
    return {name: np.array([row.get(name, NAN) for row in rows], dtype=np.float64) for name in names}


def deal(key: int, created: int, **more: float) -> dict[str, float]:
    return {"key": key, "created": created, "valid": 0, "won": 0, "open": 0, "account": key, **more}


def won(key: int, created: int, closed: int, **more: float) -> dict[str, float]:
    return deal(key, created, closed=closed, won=1, worth=100, amount=100, **more)


def lost(key: int, created: int, closed: int, **more: float) -> dict[str, float]:
    return deal(key, created, closed=closed, worth=100, amount=100, **more)


def records(
    deals: Sequence[Mapping[str, float]],
    appointments: Sequence[Mapping[str, float]] = (),
    connects: Sequence[Mapping[str, float]] = (),
    calls: Sequence[Mapping[str, float]] = (),
    leads: Sequence[Mapping[str, float]] = (),
) -> Records:
    return Records(
        columns(_DEALS, deals),
        columns(("set", "ended", "deal", "lead", "account", "owner", "key"), appointments),
        columns(("day", "lead", "account", "key"), connects),
        columns(("day", "owner", "key"), calls),
        columns(("received", "owner", "key"), leads),
    )


def goal(value: float, *, last: date = date(2027, 3, 31), unit: str = "count", so_far: float = 0.0) -> Goal:
    period = Period(date(2026, 4, 1), date(2027, 4, 1))
    return Goal("win_deals", "受注件数", unit, value, so_far, period, period.start, last)


def known(rate: float, lag: Sequence[float] = (1.0,), n: float = 400.0) -> StepKnown:
    step = Step.of(rate, lag)
    wait = float(step.lag @ np.arange(step.lag.size))
    return StepKnown(step, Evidence(n, np.repeat(np.arange(len(lag)), 20)), None, wait)


def material(*steps: StepKnown, pace: float | None = 10.0, workers: Sequence[Worker] = ()) -> Material:
    """A funnel of deals (and what comes before) with steps as given."""
    blank = nothing_known(TODAY, CALENDAR, counted=True)
    stages = ("calls", "connects", "deals", "orders")[-len(steps) - 1 :]
    paces = {} if pace is None else {stages[0]: pace}
    return replace(blank, stages=stages, steps=steps, paces=paces, workers=tuple(workers))


def worker(name: str, best: float = 20.0, joined: date | None = None) -> Worker:
    return Worker(name, joined, None, None, best / 2, best)
