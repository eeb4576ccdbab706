"""Which days people work: weekdays less public holidays and the company's own closures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from hakari.errors import CalendarSettingError

MONDAY_TO_FRIDAY = frozenset(range(5))


def closed_each_year(first: tuple[int, int], last: tuple[int, int], years: Iterable[int]) -> frozenset[date]:
    """`closed_each_year((12, 29), (1, 3), range(2020, 2031))`: a break may run over New Year."""
    closed: set[date] = set()
    for year in years:
        day, end = date(year, *first), date(year, *last)
        if end < day:
            end = date(year + 1, *last)
        closed.update(day + timedelta(days=offset) for offset in range((end - day).days + 1))
    return frozenset(closed)


def check_country(country: str) -> None:
    """Refuse a country whose holidays nobody knows; Japan's are known without loading all the world's."""
    if country != "JP":
        public_holidays(country, 2026)


@lru_cache(maxsize=512)
def public_holidays(country: str, year: int) -> frozenset[date]:
    """None for a country written as ""."""
    if not country:
        return frozenset()
    import holidays

    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        raise CalendarSettingError(
            f"'{country}' is not a country whose public holidays are known.",
            "Use a two-letter code such as JP, or leave it empty for no public holidays.",
        ) from None


@lru_cache(maxsize=4096)
def worked_days(
    country: str, closures: frozenset[date], workdays: frozenset[int], year: int
) -> tuple[int, ...]:
    """The ordinals of the year's business days, in order, so that counting is two bisections."""
    off = public_holidays(country, year) | closures
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return tuple(
        ordinal
        for ordinal in range(first, last + 1)
        if (ordinal + 6) % 7 in workdays and date.fromordinal(ordinal) not in off
    )


def worked_before(days: tuple[int, ...], day: date) -> int:
    return bisect_left(days, day.toordinal())
