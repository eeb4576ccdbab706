"""How far along a plan today should be: each target counts by the share of its days that have passed."""

from __future__ import annotations

from datetime import date

from hakari.maths.seasonality import NO_SEASON, Season
from hakari.metrics.targets import COMPANY, Found, Target, TargetBook, Whose, measure_called, read_targets
from hakari.planning.seasons import share_passed
from hakari.units.calendar import FiscalCalendar
from hakari.units.fiscal import whole_months

__all__ = [
    "COMPANY",
    "Found",
    "Target",
    "TargetBook",
    "Whose",
    "measure_called",
    "needs_season",
    "plan_to_date",
    "read_targets",
]


def plan_to_date(found: Found, calendar: FiscalCalendar, today: date, season: Season = NO_SEASON) -> float:
    """Each piece counts by the share of its business days that have passed, today included.

    Days of a strong month weigh more where a season is known; within one month they are all alike.
    """
    return sum(one.value * share_passed(one.period, calendar, today, season) for one in found.pieces)


def needs_season(found: Found) -> bool:
    """Whether a piece is longer than a month, so that the shape of the year matters."""
    return any(whole_months(one.period) > 1 for one in found.pieces)
