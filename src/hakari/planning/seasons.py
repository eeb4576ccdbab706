"""How a company's own years are spread over their months, and what a month weighs in a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hakari.maths.seasonality import PastMonth, Season, season, split
from hakari.metrics.definitions import Measure
from hakari.planning.desk import Desk, additive
from hakari.planning.scorecard import Scope
from hakari.units.calendar import FiscalCalendar
from hakari.units.fiscal import add_months
from hakari.units.period import Grain, Period

_YEARS = 5
# A whole case or yen; what is neither may be split anyhow.
_STEPS = {"count": 1.0, "jpy": 1.0}


def season_of(desk: Desk, scope: Scope, measure: Measure) -> Season:
    """The whole company's, from up to five years of finished months; only figures that add up have one."""
    if not additive(measure):
        return Season()
    first = scope.today.replace(day=1)
    period = Period(add_months(first, -12 * _YEARS), first)
    everybody = replace(scope, team=None, filters={}, basis=None, vs="none")
    found = desk.ask(everybody, [measure.id], period, (Grain.MONTH.value,))
    months = [
        PastMonth(one.period.start.month, one.value, float(desk.calendar.business_days(one.period)))
        for one in found
    ]
    # Before the first record nothing is known: an empty month there is no season.
    begun = next((place for place, one in enumerate(found) if one.n > 0), len(months))
    return season(months[begun:])


def weight(calendar: FiscalCalendar, period: Period, found: Season) -> float:
    """Working days of the period, each by its month's index."""
    if period.days <= 0:
        return 0.0
    return sum(
        calendar.business_days(piece) * found.index(piece.start.month)
        for piece in calendar.split(period, Grain.MONTH)
    )


def split_by_month(
    calendar: FiscalCalendar, period: Period, total: float, unit: str, found: Season
) -> tuple[tuple[Period, float], ...]:
    """A total over the months of its period by working days and season, adding up to it exactly."""
    months = calendar.split(period, Grain.MONTH)
    weights = [weight(calendar, month, found) for month in months]
    if sum(weights) <= 0:
        weights = [float(month.days) for month in months]
    return tuple(zip(months, split(total, weights, _STEPS.get(unit, 0.0)), strict=True))


def share_passed(period: Period, calendar: FiscalCalendar, today: date, found: Season) -> float:
    """How much of a target for the period is due by the end of today."""
    tomorrow = date.fromordinal(today.toordinal() + 1)
    if period.end <= tomorrow:
        return 1.0
    if period.start > today:
        return 0.0
    whole = weight(calendar, period, found)
    return weight(calendar, period.clip_to(tomorrow), found) / whole if whole else 0.0
