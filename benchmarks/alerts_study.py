"""How often a watched series cries wolf, and how soon it notices a fall: CUSUM beside week-on-week and 3σ.

Two years of weeks are behind each series, two more are watched. Holidays take a day off one week in eight.
False alarms are excursions of either sum a year; the delay is the median number of weeks until the fall of
30 % is noticed. Published figures: the table of alerts in the design of the methods.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.tables import Cell, Table
from hakari.maths.alerts import YEAR, Watch, Weekly, false_alarms, watch

SEEDS = 200
BEHIND, AHEAD, FALL = 104, 104, -0.3
MEANS, SEASONS = (5.0, 20.0, 80.0), (0.0, 0.3)
# (weekly mean, season) → published false alarms a year, delay in weeks.
PUBLISHED = {
    (5.0, 0.0): (0.17, 22),
    (20.0, 0.0): (0.17, 6),
    (80.0, 0.0): (0.16, 3),
    (5.0, 0.3): (0.13, 16),
    (20.0, 0.3): (0.17, 5),
    (80.0, 0.3): (0.15, 2),
}
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A year's false alarms, the median delay (weeks), and what ±20 % week-on-week would have cried."""

    false_alarms: float
    error: float
    delay: float
    week_on_week: float
    raw: float  # the same sums against a flat mean


def judged(mean: float, season: float, seeds: int) -> Judged:
    quiet = [_drawn(mean, season, 0.0, seed) for seed in range(seeds)]
    fallen = [_drawn(mean, season, FALL, seed) for seed in range(seeds)]
    years = AHEAD / 52
    alarms = np.array([len(_watch(one).excursions) for one in quiet]) / years
    return Judged(
        false_alarms=float(alarms.mean()),
        error=float(alarms.std() / np.sqrt(seeds)),
        delay=float(np.median([_delay(_watch(one)) for one in fallen])),
        week_on_week=float(np.mean([_week_on_week(one) for one in quiet])) / years,
        raw=float(np.mean([_raw(one) for one in quiet])) / years,
    )


def _drawn(mean: float, season: float, fall: float, seed: int) -> Weekly:
    dice = np.random.default_rng(seed)
    weeks = np.arange(BEHIND + AHEAD)
    days = weeks.astype(np.float64) * 7
    workdays = np.where(dice.random(weeks.size) < 0.12, 4.0, 5.0)
    due = mean * workdays / 5 * (1 + season * np.sin(2 * np.pi * days / YEAR))
    due = np.where(weeks >= BEHIND, due * (1 + fall), due)
    return Weekly(dice.poisson(due).astype(np.float64), workdays, days)


def _watch(series: Weekly) -> Watch:
    found = watch(series, watched=AHEAD)
    assert found is not None
    return found


def _delay(found: Watch) -> int:
    down = [one.noticed for one in found.excursions if not one.up]
    return min(down) - BEHIND + 1 if down else AHEAD


def _week_on_week(series: Weekly) -> int:
    now, before = series.values[BEHIND:], series.values[BEHIND - 1 : -1]
    return int((np.abs(now - before) >= 0.2 * np.maximum(before, 1e-9)).sum())


def _raw(series: Weekly) -> int:
    """Without season and working days: the days say that only a year has passed, the exposure is one."""
    flat = Weekly(series.values, np.ones(series.values.size), np.zeros(series.values.size))
    return len(_watch(flat).excursions)


def run(seeds: int) -> Table:
    table = Table(
        "Shifts of weekly figures: false alarms a year and weeks until a fall of 30 % is noticed",
        "",
        ("false a year", "±", "published", "delay", "published ", "week on week", "unadjusted"),
    )
    for season in SEASONS:
        for mean in MEANS:
            found, (old, delay) = judged(mean, season, seeds), PUBLISHED[mean, season]
            cells: tuple[Cell, ...] = (
                round(found.false_alarms, 3), round(found.error, 3), old, found.delay, delay,
                round(found.week_on_week, 1), round(found.raw, 2),
            )  # fmt: skip
            table.add(f"{mean:g} a week{', season 30 %' if season else ''}", *cells)
    table.says = (
        f"{seeds} series a line, {BEHIND} weeks behind and {AHEAD} watched; "
        f"the theory of a known mean gives {false_alarms(5.0):.3f} false alarms a year."
    )
    return table
