"""Worlds whose truth is known, for the study of plans: a year of calls and what became of each.

Shares, waits and prices are those of the demo company's world. Every case has its whole fate from the
beginning; the records show only what has happened by today, and the rest happens when a plan is played
forward.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from hakari.maths.cohorts import Floats, Ints
from hakari.planning.reverse_records import Records
from hakari.sources.demo.world import Lag, World
from hakari.units.calendar import FiscalCalendar

TODAY = date(2026, 4, 30)
CALENDAR = FiscalCalendar()
HISTORY = 420
CONNECT, APPOINTMENT = 0.30, 0.16
_PER_BUSINESS_DAY = 7 / 5
_NEVER = np.nan


@dataclass(frozen=True, slots=True, eq=False)
class Fates:
    """One place a call, in days from today: what it led to, and when; NaN where it led to nothing."""

    called: Floats
    connected: np.ndarray[tuple[int], np.dtype[np.bool_]]
    created: Floats
    qualified: Floats
    proposed: Floats
    closed: Floats
    won: np.ndarray[tuple[int], np.dtype[np.bool_]]
    price: Floats

    def landed(self, days: int) -> float:
        """The worth of what is won after today and by the end of that day."""
        here = self.won & (self.closed > 0) & (self.closed <= days)
        return float(self.price[here].sum())


def calls_of(day: Floats, generator: np.random.Generator, world: World | None = None) -> Fates:
    """What becomes of calls made on these days."""
    world = world or World()
    size = day.size
    connected = generator.random(size) < CONNECT
    agreed = connected & (generator.random(size) < APPOINTMENT)
    created = np.where(agreed, day, _NEVER)
    met = created + _waits(world.appointment_lag, size, generator)
    alive = agreed & (generator.random(size) < world.held * world.qualifies)
    closed = np.where(agreed & ~alive, met + _waits(world.verdict, size, generator), _NEVER)
    here, reached = met, []
    for step in world.steps:
        reached.append(np.where(alive, here, _NEVER))
        on = alive & (generator.random(size) < step.passes)
        closed = np.where(alive & ~on, here + _waits(step.loss, size, generator), closed)
        here = np.where(on, here + _waits(step.lag, size, generator), here)
        alive = on
    closed = np.where(alive, here, closed)
    price = world.price.median * np.exp(world.price.spread * generator.standard_normal(size))
    return Fates(day, connected, created, reached[0], reached[1], np.ceil(closed), alive, price)


def _waits(lag: Lag, size: int, generator: np.random.Generator) -> Floats:
    """Whole calendar days."""
    days = lag.median * np.exp(lag.spread * generator.standard_normal(size)) * _PER_BUSINESS_DAY
    return np.ceil(days)


def history(seed: int, pace: float) -> Fates:
    """So many calls on average on each working day up to today."""
    generator = np.random.default_rng((seed, 1))
    days = [-back for back in range(HISTORY) if CALENDAR.is_business_day(TODAY - timedelta(days=back))]
    counts = generator.poisson(pace, len(days))
    return calls_of(np.repeat(np.array(days, dtype=np.float64), counts), generator)


def played(weeks: Sequence[Ints], efforts: Floats, days_left: int, seed: int) -> Fates:
    """A plan's calls, shared out evenly over the working days of each week."""
    generator = np.random.default_rng((seed, 2))
    days: list[Floats] = []
    for week, amount in zip(weeks, efforts, strict=True):
        if week.size:
            days.append(generator.choice(days_left - week, round(float(amount))).astype(np.float64))
    return calls_of(np.concatenate(days) if days else np.zeros(0), generator)


def records_of(fates: Fates) -> Records:
    """What is on record today: later days have not happened, and who will win is not known."""
    deal = ~np.isnan(fates.created)
    closed = _so_far(fates.closed[deal])
    ended = ~np.isnan(closed)
    key = np.flatnonzero(deal).astype(np.float64)
    worth = fates.price[deal]
    deals = {
        "created": fates.created[deal],
        "qualified": _so_far(fates.qualified[deal]),
        "proposed": _so_far(fates.proposed[deal]),
        "closed": closed,
        "valid": (~np.isnan(_so_far(fates.qualified[deal]))).astype(np.float64),
        "won": (ended & fates.won[deal]).astype(np.float64),
        "open": (~ended).astype(np.float64),
        **dict.fromkeys(("worth", "amount"), worth),
        **dict.fromkeys(("key", "lead", "account"), key),
        "owner": np.zeros(key.size),
    }
    appointments = {
        "set": fates.created[deal],
        "ended": _so_far(fates.closed[deal]),
        **dict.fromkeys(("deal", "lead", "account", "key"), key),
        "owner": np.zeros(key.size),
    }
    number = np.arange(fates.called.size, dtype=np.float64)
    talked = fates.connected
    connects = {"day": fates.called[talked], **dict.fromkeys(("lead", "account", "key"), number[talked])}
    calls = {"day": fates.called, "owner": np.zeros(number.size), "key": number}
    leads = {"received": np.zeros(0), "owner": np.zeros(0), "key": np.zeros(0)}
    return Records(deals, appointments, connects, calls, leads)


def _so_far(day: Floats) -> Floats:
    return np.where(day <= 0, day, _NEVER)
