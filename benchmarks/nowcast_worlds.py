"""Worlds in which the true rate of every cohort is known: laws of winning and losing, and ways intake moves.

A law gives the exact chance of being won, or lost, on each whole day of a case's life. The demo's is worked
out from the invented company's own steps, rates and waits by adding whole days; the calibrated one has the
two waits that reproduce the published study's plain ratios, whose own laws were not written down.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np

from hakari.maths.cohorts import Floats, Ints, Seen, seen_at
from hakari.sources.demo.world import Lag, World

HORIZON, TRUTH = 180, 0.2109
LEADS_A_MONTH = 200
TARGET_DAYS = 90
_HISTORY = 540
_LONGEST = 1500
_MONTH = 365.25 / 12
# The demo has 20.3 business days a month.
_CALENDAR_DAYS = _MONTH / 20.3


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """The chance of each day of a case's life to be that of its winning, or of its losing."""

    name: str
    won: Floats
    lost: Floats

    def rate(self) -> float:
        return float(self.won[: HORIZON + 1].sum())

    def with_wins(self, factor: float) -> Law:
        """Fewer are won, at the same pace; the others are lost as losers are."""
        loses = (1 - factor * self.won.sum()) / (1 - self.won.sum())
        return Law(self.name, self.won * factor, self.lost * loses)


@dataclass(frozen=True, slots=True)
class Happening:
    """How a world differs: intake by days since, and the factor on the chance to win of what began lately."""

    name: str
    growth: float = 0.0  # a month
    campaign: float = 1.0  # on the last 30 days
    wins: float = 1.0
    fell_days_ago: int = 0
    monthly: int = LEADS_A_MONTH

    def intake(self) -> Floats:
        """Cases expected per day, by days since; the last month has `monthly` without a campaign."""
        since = np.arange(_HISTORY)
        daily = np.full(_HISTORY, self.monthly / _MONTH) * (1 + self.growth) ** (-since / _MONTH)
        return np.where(since < 30, daily * self.campaign, daily)


FALL = 0.153 / TRUTH
FELL_LATELY = 61
HAPPENINGS = (
    Happening("steady"),
    Happening("growing 8 %", growth=0.08),
    Happening("campaign ×3", campaign=3.0),
    Happening("fell 6 mo ago", wins=FALL, fell_days_ago=182),
    Happening("fell 2 mo ago", wins=FALL, fell_days_ago=FELL_LATELY),
)


def calibrated_law() -> Law:
    won = _days(45.5, 0.77)
    won *= TRUTH / won[: HORIZON + 1].sum()
    return Law("calibrated", won, _days(101.0, 0.8) * (1 - won.sum()))


def demo_law(world: World | None = None) -> Law:
    """From an appointment to an order through the demo's meeting and steps.

    The share that qualifies is set so that the rate is that of the study; the demo's own, 70 % of meetings
    and 85 % of the deals that began without a call, lie around it.
    """
    world = world or World()
    at_half = _demo(world, 0.5)
    law = _demo(world, 0.5 * TRUTH / at_half.rate())
    assert 0.70 < 0.5 * TRUTH / at_half.rate() < 0.85
    return law


def _demo(world: World, qualifies: float) -> Law:
    here = _wait(world.appointment_lag)
    alive = world.held * qualifies
    lost = (1 - world.held) * here + world.held * (1 - qualifies) * _after(here, _wait(world.verdict))
    for step in world.steps:
        lost = lost + alive * (1 - step.passes) * _after(here, _wait(step.loss))
        here, alive = _after(here, _wait(step.lag)), alive * step.passes
    return Law("demo", alive * here, lost)


def _wait(lag: Lag) -> Floats:
    return _days(lag.median * _CALENDAR_DAYS, lag.spread)


def _days(median: float, spread: float) -> Floats:
    """The chance of each whole day of a log-normal wait, as the clock cuts it."""
    from scipy import special

    with np.errstate(divide="ignore"):
        edges = special.ndtr(np.log(np.arange(_LONGEST + 1) / median) / spread)
    found: Floats = np.diff(edges)
    return found


def _after(first: Floats, then: Floats) -> Floats:
    return reduce(np.convolve, (first, then))[:_LONGEST]


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """One company as it looks tonight, and what its latest cohort will have come to in the end."""

    seen: Seen
    finished: float

    @property
    def target(self) -> Seen:
        return self.seen.where(self.seen.since < TARGET_DAYS)

    @property
    def year(self) -> Seen:
        return self.seen.where(self.seen.since < 365)


def drawn(law: Law, happening: Happening, seed: int) -> Drawn:
    generator = np.random.default_rng(seed)
    since = np.repeat(np.arange(_HISTORY), generator.poisson(happening.intake()))
    days, causes = _fates(generator, law, since.size)
    if happening.fell_days_ago:
        later_days, later_causes = _fates(generator, law.with_wins(happening.wins), since.size)
        late = since < happening.fell_days_ago
        days, causes = np.where(late, later_days, days), np.where(late, later_causes, causes)
    new = since < TARGET_DAYS
    finished = float(np.mean((causes[new] == 1) & (days[new] <= HORIZON)))
    return Drawn(seen_at(-since, days - since, causes, as_of=0), finished)


def _fates(generator: np.random.Generator, law: Law, size: int) -> tuple[Ints, Ints]:
    """On which day of its life each case ends, and how; what no law ends within four years stays open."""
    edges = np.cumsum(np.concatenate([law.won, law.lost]))
    place = np.searchsorted(edges, generator.random(size), "right")
    cause, day = np.divmod(place, law.won.size)
    return day, np.where(cause < 2, cause + 1, 0)
