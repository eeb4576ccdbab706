"""Reads and writes periods as people put them in a URL: `FY2026-Q3`, `2026-W47`, `month-to-date`.

| text                                     | means                                                    |
|------------------------------------------|----------------------------------------------------------|
| `FY2026` `FY2026-H2` `FY2026-Q3`         | fiscal year, named after the year it starts in, or a part |
| `2026` `2026-11` `2026-W47` `2026-11-20` | calendar year, month, ISO week, day                      |
| `2026-10..2026-12`                       | from the first day of the left to the last of the right  |
| `this-quarter` `quarter-1`               | the running one, the one before it                       |
| `last-3-months`                          | the three whole months before the running one            |
| `month-to-date`                          | from the start of the running one, today included        |
| `all`                                    | every day                                                |

Quarter may be day, week, month, half or year, and year then means the fiscal year.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from difflib import get_close_matches

from hakari.errors import PeriodNotUnderstoodError
from hakari.units.fiscal import (
    MONTHS_IN,
    bucket,
    first_day,
    fiscal_year,
    number_in_year,
    shift,
    whole_grain,
    whole_months,
)
from hakari.units.period import Grain, Period

FORMS = (
    "FY2026", "FY2026-H2", "FY2026-Q3", "2026", "2026-11", "2026-W47", "2026-11-20", "2026-10..2026-12",
    "2026-10-01..2026-11-20", "this-quarter", "quarter-1", "last-3-months", "quarter-to-date", "all",
)  # fmt: skip

_GRAIN = "(?P<grain>day|week|month|quarter|half|year)"
_FISCAL = re.compile(r"fy(?P<year>\d{4})(?:-(?P<part>[hq])(?P<number>[1-4]))?")
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-w(\d{2})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_THIS = re.compile(f"this-{_GRAIN}")
_BACK = re.compile(_GRAIN + r"-(?P<back>[1-9]\d{0,3})")
_LAST = re.compile(rf"last-(?P<count>[1-9]\d{{0,3}})-{_GRAIN}s?")
_TO_DATE = re.compile(f"{_GRAIN}-to-date")

# Words typed by hand; the URL is written back in the plain forms.
_JAPANESE = {
    "今日": "this-day", "昨日": "day-1", "今週": "this-week", "先週": "week-1", "今月": "this-month",
    "先月": "month-1", "今四半期": "this-quarter", "前四半期": "quarter-1", "今年度": "this-year",
    "昨年度": "year-1", "全期間": "all",
}  # fmt: skip
_MEANT = {"ytd": "year-to-date", "qtd": "quarter-to-date", "mtd": "month-to-date", "today": "this-day"} | {
    f"{word}-{grain}": f"{grain}-1" for word in ("last", "previous", "prev") for grain in Grain
}


def read(text: str, today: date, start_month: int) -> Period:
    """Full-width letters, capitals and the common Japanese words are accepted."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    plain = _JAPANESE.get(plain, plain)
    try:
        period = _range(plain, today, start_month)
    except (ValueError, OverflowError):  # 2026-13, 2026-02-30, the year 9999 and one more
        period = None
    if period is None:
        raise PeriodNotUnderstoodError(
            f"'{text}' is not a period. Periods look like {', '.join(FORMS)}.",
            f"Did you mean {_nearest(plain, today, start_month)}?",
        )
    return Period(period.start, period.end, text.strip())


def write(period: Period, start_month: int) -> str:
    """The shortest absolute text that reads back as the same period."""
    if period.is_all:
        return "all"
    grain = whole_grain(period, start_month)
    if grain is not None:
        return name_of(period.start, grain, start_month)
    months = whole_months(period)
    if months == 12 and period.start.month == 1:
        return f"{period.start.year:04}"
    if months > 0:
        return f"{_month(period.start)}..{_month(period.last_day)}"
    return period.iso


def name_of(day: date, grain: Grain, start_month: int) -> str:
    """The absolute name of the bucket the day falls in, such as FY2026-Q3."""
    if grain is Grain.DAY:
        return day.isoformat()
    if grain is Grain.WEEK:
        iso = day.isocalendar()
        return f"{iso.year:04}-W{iso.week:02}"
    if grain is Grain.MONTH:
        return _month(day)
    year = f"FY{fiscal_year(day, start_month):04}"
    if grain is Grain.YEAR:
        return year
    return f"{year}-{grain.value[0].upper()}{number_in_year(day, grain, start_month)}"


def to_date_grain(period: Period) -> Grain | None:
    """The grain of a period that was asked for as "month-to-date", else None."""
    match = _TO_DATE.fullmatch(period.text.lower())
    return Grain(match["grain"]) if match else None


def _month(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


def _range(text: str, today: date, start_month: int) -> Period | None:
    if text == "all":
        return Period.all()
    if ".." not in text:
        return _absolute(text, start_month) or _relative(text, today, start_month)
    left, _, right = text.partition("..")
    first, last = _absolute(left, start_month), _absolute(right, start_month)
    if first is None or last is None or first.start >= last.end:
        return None
    return Period(first.start, last.end)


def _absolute(text: str, start_month: int) -> Period | None:
    if match := _FISCAL.fullmatch(text):
        return _fiscal(match, start_month)
    if _YEAR.fullmatch(text):
        return Period(date(int(text), 1, 1), date(int(text) + 1, 1, 1))
    if match := _MONTH.fullmatch(text):
        return bucket(date(int(match[1]), int(match[2]), 1), Grain.MONTH, start_month)
    if match := _WEEK.fullmatch(text):
        return bucket(date.fromisocalendar(int(match[1]), int(match[2]), 1), Grain.WEEK, start_month)
    if _DAY.fullmatch(text):
        return bucket(date.fromisoformat(text), Grain.DAY, start_month)
    return None


def _fiscal(match: re.Match[str], start_month: int) -> Period | None:
    year = date(int(match["year"]), start_month, 1)
    if match["part"] is None:
        return bucket(year, Grain.YEAR, start_month)
    grain = Grain.HALF if match["part"] == "h" else Grain.QUARTER
    number = int(match["number"])
    if number > 12 // MONTHS_IN[grain]:
        return None
    return bucket(shift(year, grain, number - 1), grain, start_month)


def _relative(text: str, today: date, start_month: int) -> Period | None:
    match = (
        _THIS.fullmatch(text) or _BACK.fullmatch(text) or _LAST.fullmatch(text) or _TO_DATE.fullmatch(text)
    )
    if match is None:
        return None
    grain = Grain(match["grain"])
    start = first_day(today, grain, start_month)
    if match.re is _THIS:
        return Period(start, shift(start, grain, 1))
    if match.re is _BACK:
        back = int(match["back"])
        return Period(shift(start, grain, -back), shift(start, grain, 1 - back))
    if match.re is _LAST:
        return Period(shift(start, grain, -int(match["count"])), start)
    return Period(start, today + timedelta(days=1))


def _nearest(plain: str, today: date, start_month: int) -> str:
    meant = _MEANT.get(plain.replace(" ", "-").replace("_", "-"))
    if meant is not None:
        return meant
    known = {name.lower(): name for name in _names(today, start_month)}
    close = get_close_matches(plain, known, n=1, cutoff=0.5)
    return known[close[0]] if close else "this-quarter"


def _names(today: date, start_month: int) -> Iterator[str]:
    for grain in Grain:
        yield from (f"this-{grain}", f"{grain}-1", f"{grain}-to-date", f"last-3-{grain}s")
    for months_away in range(-36, 13):
        day = shift(today.replace(day=1), Grain.MONTH, months_away)
        for grain in (Grain.MONTH, Grain.QUARTER, Grain.HALF, Grain.YEAR):
            yield name_of(day, grain, start_month)
        yield f"{day.year}"
    yield from (name_of(today, Grain.WEEK, start_month), today.isoformat(), "all")
