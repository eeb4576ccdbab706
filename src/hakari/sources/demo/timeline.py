"""The demo's time: business seconds from the first day of its history, and the calendar they stand for.

A place in business time is a whole number of seconds of nine-hour days without weekends and holidays. Events
are drawn there, so that none can fall on a day off. Nine o'clock in Tokyo is midnight in UTC, so a business
day is one UTC day as well.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property

import numpy as np

from hakari.sources.demo.columns import DAY, NONE, SECOND, Ints, day_number
from hakari.sources.demo.world import World
from hakari.units import FiscalCalendar, Grain, Period
from hakari.units.business_days import closed_each_year
from hakari.units.fiscal import add_months

BUSINESS_DAY = 9 * 3600
ZONE = "Asia/Tokyo"
OFFSET = 9 * 3600 * SECOND
_LATER = 420  # calendar days after the running quarter, for what is planned or will happen there


class Timeline:
    """History from the first of its quarters to the end of the running one, and where today stands in it."""

    def __init__(self, world: World, today: date) -> None:
        self.world, self.today = world, today
        start_month = world.fiscal_start_month
        plain = FiscalCalendar(start_month, ZONE)
        self.quarter = plain.period_of(today, Grain.QUARTER)
        self.start = add_months(self.quarter.start, -3 * world.past_quarters)
        self.end = self.quarter.end
        self.closures = closed_each_year((12, 29), (1, 3), range(self.start.year - 2, self.end.year + 3))
        self.calendar = FiscalCalendar(start_month, ZONE, "JP", self.closures)
        span = Period(self.start, self.end + timedelta(days=_LATER))
        self.days = _business_days(self.calendar, span)
        history = Period(self.start, self.end)
        self.quarters = self.calendar.split(history, Grain.QUARTER)
        self.months = self.calendar.split(history, Grain.MONTH)
        self.quarter_of = self._bucket(self.quarters)
        self.month_of = self._bucket(self.months)

    @cached_property
    def today_index(self) -> int:
        """How many business days have begun, today included."""
        return int(np.searchsorted(self.days, day_number(self.today), side="right"))

    @cached_property
    def now(self) -> int:
        """The place in business time from which on nothing has happened yet: the evening of today."""
        return self.today_index * BUSINESS_DAY

    @cached_property
    def now_moment(self) -> int:
        return day_number(self.today) * DAY + BUSINESS_DAY * SECOND

    @cached_property
    def last(self) -> int:
        """The number of business days from the start to the end of the running quarter."""
        return int(np.searchsorted(self.days, day_number(self.end)))

    @cached_property
    def turn(self) -> int:
        """The index of the business day on which the exhibition opens that turns the story."""
        day = min(
            self.quarter.start + timedelta(days=self.world.turn_into_quarter),
            self.today - timedelta(days=self.world.turn_days),
        )
        return int(np.searchsorted(self.days, day_number(day)))

    @cached_property
    def factors(self) -> list[float]:
        """Per business day: how much comes in, of what came in at the start of a plain month."""
        start = self.world.fiscal_start_month
        shape = self.world.month_factors
        growth = 1 + self.world.monthly_growth
        return [
            shape[(self.months[month].start.month - start) % 12] * growth**month
            for month in self.month_of[: self.last].tolist()
        ]

    def moment(self, places: Ints) -> Ints:
        """Microseconds since 1970 of places in business time; unknown stays unknown."""
        found = self._day_of(places) * DAY + np.maximum(places, 0) % BUSINESS_DAY * SECOND
        return np.where(places == NONE, NONE, found)

    def day(self, places: Ints) -> Ints:
        """The day, as days since 1970, of places in business time."""
        return np.where(places == NONE, NONE, self._day_of(places))

    def _day_of(self, places: Ints) -> Ints:
        """Waits have long tails: one deal in millions would end after the last day laid out here."""
        return self.days[np.clip(places // BUSINESS_DAY, 0, len(self.days) - 1)]

    def place(self, days: Ints) -> Ints:
        """The opening of the first business day that is not before these days."""
        return np.searchsorted(self.days, days).astype(np.int64) * BUSINESS_DAY

    def index(self, day: date) -> int:
        return int(np.searchsorted(self.days, day_number(day)))

    def _bucket(self, periods: list[Period]) -> Ints:
        edges = [day_number(period.start) for period in periods]
        return np.searchsorted(edges, self.days, side="right").astype(np.int64) - 1


def _business_days(calendar: FiscalCalendar, span: Period) -> Ints:
    first = day_number(span.start)
    found = [
        first + offset
        for offset in range(span.days)
        if calendar.is_business_day(span.start + timedelta(days=offset))
    ]
    return np.asarray(found, np.int64)
