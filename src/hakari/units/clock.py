"""How many working minutes lie between two points in time: nights, weekends and holidays cost nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Period

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class BusinessClock:
    calendar: FiscalCalendar

    def minutes(self, start: datetime, end: datetime) -> float:
        """Friday 17:50 to Monday 09:10 is 20 when the office works 9 to 18.

        Both need a zone. An end before its start gives the same minutes below zero, so that a record
        with its times swapped can be found instead of counting as instant.
        """
        opening, closing = self.calendar.local_time(start), self.calendar.local_time(end)
        if end < start:
            return -self.minutes(end, start)
        full_days = self.calendar.business_days(Period(opening.date(), closing.date()))
        return full_days * self._day_length() + self._into_day(closing) - self._into_day(opening)

    def _into_day(self, local: datetime) -> float:
        """Business minutes of that local day before this time on it."""
        if not self.calendar.is_business_day(local.date()):
            return 0.0
        wall = local.replace(tzinfo=None)
        opens = datetime.combine(wall, self.calendar.opens)
        return min(max((wall - opens) / _MINUTE, 0.0), self._day_length())

    def _day_length(self) -> float:
        opens = datetime.combine(date.min, self.calendar.opens)
        return (datetime.combine(date.min, self.calendar.closes) - opens) / _MINUTE
