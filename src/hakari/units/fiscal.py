"""Where months, quarters, halves and fiscal years begin, and which number each one has."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from hakari.units.period import Grain, Period

MONTHS_IN = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.HALF: 6, Grain.YEAR: 12}


def add_months(day: date, months: int) -> date:
    """31 March and one month is 30 April: the day gives way, not the month."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


def first_day(day: date, grain: Grain, start_month: int) -> date:
    """The first day of the bucket the day falls in. Weeks begin on Monday, as in ISO 8601."""
    if grain is Grain.DAY:
        return day
    if grain is Grain.WEEK:
        return day - timedelta(days=day.weekday())
    into_bucket = (day.month - start_month) % 12 % MONTHS_IN[grain]
    return add_months(day.replace(day=1), -into_bucket)


def shift(start: date, grain: Grain, buckets: int) -> date:
    if grain is Grain.DAY:
        return start + timedelta(days=buckets)
    if grain is Grain.WEEK:
        return start + timedelta(weeks=buckets)
    return add_months(start, buckets * MONTHS_IN[grain])


def bucket(day: date, grain: Grain, start_month: int) -> Period:
    start = first_day(day, grain, start_month)
    return Period(start, shift(start, grain, 1))


def fiscal_year(day: date, start_month: int) -> int:
    """The calendar year the fiscal year starts in (年度): February 2027 is in FY2026."""
    return first_day(day, Grain.YEAR, start_month).year


def number_in_year(day: date, grain: Grain, start_month: int) -> int:
    """3 for a day in the third quarter, 2 for one in the second half."""
    return (day.month - start_month) % 12 // MONTHS_IN[grain] + 1


def whole_months(period: Period) -> int:
    """How many calendar months the period is made of; 0 when it cuts through one."""
    if period.start.day != 1 or period.end.day != 1:
        return 0
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month


def whole_grain(period: Period, start_month: int) -> Grain | None:
    """The largest grain of which the period is exactly one bucket."""
    for grain in (Grain.YEAR, Grain.HALF, Grain.QUARTER, Grain.MONTH, Grain.WEEK, Grain.DAY):
        if period == bucket(period.start, grain, start_month):
            return grain
    return None
