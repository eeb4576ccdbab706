"""Whether a plan keeps the chance it promises, and how long plans and what-ifs take.

Each seed is another company of the demo's world with fourteen months of history. Its goal for the next half
year is worked back from its records alone, and the plan is then played forward in the true world. Of all
seeds, the goal should be reached as often as was promised: within five points is what is asked for.

| plan    | what it is                                                                        |
|---------|-----------------------------------------------------------------------------------|
| divided | goal ÷ price ÷ all rates, evenly over the days; the pipeline credited at its rates |
| mean    | with lags and ages, by averages alone                                             |
| P50 …   | raised until the goal is reached in so many of the worlds that the past allows    |
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import timedelta
from math import sqrt

import numpy as np

from benchmarks.plan_worlds import CALENDAR, TODAY, Fates, history, played, records_of
from benchmarks.tables import Table
from hakari.maths.back_plan import Limits, Planner
from hakari.maths.cohorts import Floats
from hakari.maths.lag_kernel import passing
from hakari.maths.landing import anyway, under_way
from hakari.maths.plan_chance import Worlds
from hakari.planning.reverse_chain import chain_of
from hakari.planning.reverse_compose import Work, compose, known_of
from hakari.planning.reverse_given import Given
from hakari.planning.reverse_material import Material, Worker, Workplace, material_of
from hakari.planning.reverse_plan import Goal
from hakari.units.period import Period

SEEDS = 500
DAYS = 182
PACE, GOAL = 45.0, 200e6
PLANS: dict[str, float | None] = {"mean": None, "P50": 0.5, "P80": 0.8, "P90": 0.9}
_WITHIN = 0.05
_NOTHING = Given({})


@dataclass(slots=True)
class Kept:
    """What one kind of plan asked for and brought, over the seeds."""

    efforts: list[float] = field(default_factory=list)
    brought: list[float] = field(default_factory=list)

    def reached(self) -> float:
        return float(np.mean(np.asarray(self.brought) >= GOAL))


def run(seeds: int = SEEDS) -> Table:
    started = time.perf_counter()
    kept = {name: Kept() for name in ("divided", *PLANS)}
    for seed in range(seeds):
        _company(seed, kept)
    table = Table(
        f"Plan study: {seeds} companies, ¥{GOAL / 1e6:.0f}M in {DAYS} days, played forward in the true world",
        "",
        ("promised", "reached", "±", "calls", "brings ¥M", "agrees"),
    )
    for name, found in kept.items():
        promised, share = PLANS.get(name), found.reached()
        error = sqrt(max(share * (1 - share), 0.01) / max(seeds, 1))
        agrees = None if promised is None else "yes" if abs(share - promised) <= _WITHIN else "NO"
        calls, brings = float(np.mean(found.efforts)), float(np.mean(found.brought)) / 1e6
        table.add(name, promised, share, error, calls, brings, agrees)
    spent = time.perf_counter() - started
    whole, what_if = _pace_of_answers()
    table.says = (
        f"{spent:.0f} s. A plan for 50 reps × 52 weeks × 6 segments: {whole:.2f} s (asked for: 5 s). "
        f"A what-if on one company: {what_if:.2f} s (asked for: 1 s)."
    )
    return table


def goal() -> Goal:
    last = TODAY + timedelta(days=DAYS)
    period = Period(TODAY + timedelta(days=1), last + timedelta(days=1))
    return Goal("win_amount", "受注額", "jpy", GOAL, 0.0, period, period.start, last)


def material(fates: Fates) -> Material:
    records = records_of(fates)
    chain = chain_of(records)
    assert chain is not None
    found = material_of(chain, records, Workplace(TODAY, CALENDAR, {}))
    return Material(
        **{name: getattr(found, name) for name in Material.__slots__ if name != "workers"},
        workers=(Worker("", None, None, None, PACE, 10 * PACE),),
    )


def _company(seed: int, kept: dict[str, Kept]) -> None:
    fates = history(seed, PACE)
    known, before = material(fates), fates.landed(DAYS)
    work = Work(known, goal(), _NOTHING, None)
    worlds = Worlds(known_of(known, work.situation))
    credit = under_way(work.situation).value + anyway(work.situation).value
    _play(kept["divided"], work, _divided(work), before, seed)
    for name, chance in PLANS.items():
        planner = Work(known, goal(), _NOTHING, chance)
        _play(kept[name], work, planner.efforts(worlds, credit).plan.weekly, before, seed)


def _play(kept: Kept, work: Work, efforts: Floats, before: float, seed: int) -> None:
    new = played(work.situation.weeks, efforts, DAYS, seed)
    kept.efforts.append(float(efforts.sum()))
    kept.brought.append(before + new.landed(DAYS))


def _divided(work: Work) -> Floats:
    """As it is done by hand: no lags, and every open case at the rates of its stage."""
    situation = work.situation
    need = max(0.0, GOAL - under_way(situation).at_once)
    total = need / situation.value / passing(situation.steps)
    evenly: Floats = situation.workdays / situation.workdays.sum()
    return evenly * total


def _pace_of_answers() -> tuple[float, float]:
    """Seconds of the largest plan asked for, each rep on some of the segments, and of one what-if."""
    generator = np.random.default_rng(0)
    landing = np.linspace(0.02, 0.0, 52)[:, None] * generator.uniform(0.5, 1.5, 6)
    serves = generator.random((50, 6)) < 0.6
    limits = Limits(landing, np.full((52, 50), 300.0), np.full(52, 5), serves, np.full(6, 20_000.0), 6.0)
    started = time.perf_counter()
    planner = Planner(limits)
    planner.plan(planner.reach * 0.8)
    whole = time.perf_counter() - started
    known = material(history(0, PACE))
    started = time.perf_counter()
    compose(known, goal(), _NOTHING, 0.8)
    return whole, time.perf_counter() - started
