"""How far along a plan today should be: each target counts by the share of its days that have passed."""

from __future__ import annotations

from datetime import date

from hakari.metrics.targets import Found, Target, TargetBook, Whose, measure_called, read_targets
from hakari.planning.desk import day_after
from hakari.units.calendar import FiscalCalendar
from hakari.units.period import Period

__all__ = [
    "Found",
    "Target",
    "TargetBook",
    "Whose",
    "measure_called",
    "plan_to_date",
    "read_targets",
    "share_passed",
]


def plan_to_date(found: Found, calendar: FiscalCalendar, today: date) -> float:
    """Each piece counts by the share of its business days that have passed, today included."""
    return sum(one.value * share_passed(one.period, calendar, today) for one in found.pieces)


def share_passed(period: Period, calendar: FiscalCalendar, today: date) -> float:
    if period.end <= day_after(today):
        return 1.0
    if period.start > today:
        return 0.0
    passed, total = calendar.elapsed(period, today)
    return passed / total if total else 0.0
