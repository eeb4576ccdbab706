"""Reads days and moments: 2026/11/20, R8.11.20, 令和8年11月20日, 20 Nov 2026, Excel's numbers, ISO 8601.

What a column means by 03/04/26, and which year 11/20(金) belongs to, is decided for the whole column (see
day_order) and comes in as a `DateStyle`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Literal, NamedTuple

from hakari.sources.files.blanks import is_not_known, plain
from hakari.sources.files.clock_times import ClockTime, read_clock
from hakari.sources.files.reasons import Unreadable, unreadable

DayOrder = Literal["ymd", "mdy", "dmy"]


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How one column writes days.

    `order` is for days whose year stands last or has two digits. `year` is the year of days written
    without one; `year_starts` is its first month when it is a fiscal year (2026年度: February is in 2027).
    `month_end` reads a month alone as its last day, for days on which something ends.
    """

    zone: tzinfo
    order: DayOrder | None = None
    year: int | None = None
    year_starts: int = 1
    month_end: bool = False


class Moment(NamedTuple):
    """A day with whatever clock time and zone stood beside it."""

    day: date
    clock: ClockTime | None


_ERAS = {
    "明治": (1868, 1912),
    "大正": (1912, 1926),
    "昭和": (1926, 1989),
    "平成": (1989, 2019),
    "令和": (2019, 9999),
}
_ERA_LETTERS = {"m": "明治", "t": "大正", "s": "昭和", "h": "平成", "r": "令和"}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july"),
            *("aug august", "sep sept september", "oct october", "nov november", "dec december"),
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = "月火水木金土日"

_WEEKDAY = r"(?:\s*[(\[]\s*([月火水木金土日])(?:曜日?)?(?:[・/]?祝)?\s*[)\]]|\s*([月火水木金土日])曜日?)?"
_SEP = r"\s?[-/.]\s?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})(?:{_SEP}|年\s?)(\d{{1,2}})(?:{_SEP}|月\s?)(\d{{1,2}})日?{_WEEKDAY}")
_ERA = re.compile(
    rf"(明治|大正|昭和|平成|令和|[MTSHRmtshr])\s?\.?(\d{{1,2}}|元)(?:{_SEP}|年\s?)"
    rf"(\d{{1,2}})(?:{_SEP}|月\s?)(\d{{1,2}})日?{_WEEKDAY}"
)
_THREE = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_MONTH_DAY = re.compile(rf"(\d{{1,2}})(?:/|月\s?)(\d{{1,2}})日?{_WEEKDAY}")
_YEAR_MONTH = re.compile(r"(\d{4})(?:[-/.]|年\s?)(\d{1,2})月?(?:度|分)?")
_ERA_MONTH = re.compile(
    r"(明治|大正|昭和|平成|令和|[MTSHRmtshr])\s?\.?(\d{1,2}|元)(?:[-/.]|年\s?)(\d{1,2})月?(?:度|分)?"
)
_DAY_NAMED = re.compile(
    r"(?:[A-Za-z]{3,9},? )?(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4}|\d{2})"
)
_NAMED_DAY = re.compile(r"(?:[A-Za-z]{3,9},? )?([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_COMPACT_MONTH = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
_SERIAL = re.compile(r"(\d{5})(\.\d+)?")
_EPOCH = re.compile(r"(\d{10})(\d{3})?(?:\.0+)?")

_EXCEL_DAY_0 = date(1899, 12, 30)
_EXCEL_DAYS = (15_000, 80_000)  # 1941 to 2119
_YEARS = (1868, 2200)
# What most cells look like, read without detours.
_SIMPLE = re.compile(
    r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?:[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.0+)?)?)?"
)
# What databases write for "never set" and "no end".
_NO_DAY = re.compile(r"(?:0000|9999|2999)[-/.年]|1899-12-3[01]|1900-01-00")


def read_day(text: str, style: DateStyle) -> date | Unreadable | None:
    """A day in the company's calendar. A moment with a zone becomes the day it was there."""
    simple = _SIMPLE.fullmatch(text)
    if simple and simple[4] is None and _YEARS[0] <= int(simple[1]) < _YEARS[1]:
        return _day(int(simple[1]), int(simple[2]), int(simple[3]))
    moment = read_moment(text, style)
    if moment is None or isinstance(moment, Unreadable):
        return moment
    if moment.clock is None:
        return moment.day
    midnight = moment.clock.time == time(0) and moment.clock.next_day == 0
    if moment.clock.zone is None or midnight:
        # Midnight in UTC is how a plain day leaves a warehouse; moving it would change the day.
        return moment.day + timedelta(days=moment.clock.next_day)
    return _at(moment, style.zone).astimezone(style.zone).date()


def read_instant(text: str, style: DateStyle) -> datetime | Unreadable | None:
    """A moment in UTC. One without a zone is on the company's clock; a day alone is its first moment."""
    simple = _SIMPLE.fullmatch(text)
    if simple and simple[4] is not None and _YEARS[0] <= int(simple[1]) < _YEARS[1]:
        year, month, day, hour, minute, second = map(int, simple.groups("0"))
        try:
            return datetime(year, month, day, hour, minute, second, tzinfo=style.zone).astimezone(UTC)
        except ValueError:
            pass
    found = read_moment(text, style)
    if found is None or isinstance(found, Unreadable):
        return found
    return _in_utc(_at(found, style.zone), style.zone)


def read_moment(text: str, style: DateStyle) -> Moment | Unreadable | None:
    cell = plain(text)
    if is_not_known(cell) or _NO_DAY.match(cell):
        return None
    number = _from_number(cell, style)
    if number is not None:
        return number
    for pattern, build in _FORMS:
        match = pattern.match(cell)
        if match is None:
            continue
        day = build(match, style)
        if isinstance(day, Unreadable):
            return day
        clock = read_clock(cell[match.end() :])
        if isinstance(clock, Unreadable):
            return clock
        return Moment(day, clock)
    return unreadable("not_a_day")


def _in_utc(moment: datetime, zone: tzinfo) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _at(moment: Moment, zone: tzinfo) -> datetime:
    clock = moment.clock or ClockTime(time(0), None, 0)
    return datetime.combine(
        moment.day + timedelta(days=clock.next_day), clock.time, tzinfo=clock.zone or zone
    )


def _from_number(cell: str, style: DateStyle) -> Moment | Unreadable | None:
    if not cell[:5].isdecimal() or not cell.isascii():
        return None
    compact = _COMPACT.fullmatch(cell)
    if compact:
        year, month, day, hour, minute, second = compact.groups()
        found = _day(int(year), int(month), int(day))
        if isinstance(found, Unreadable) or hour is None:
            return found if isinstance(found, Unreadable) else Moment(found, None)
        clock = read_clock(f"{hour}:{minute}:{second or '00'}")
        return clock if isinstance(clock, Unreadable) else Moment(found, clock)
    serial = _SERIAL.fullmatch(cell)
    if serial and _EXCEL_DAYS[0] <= int(serial[1]) < _EXCEL_DAYS[1]:
        whole = _EXCEL_DAY_0 + timedelta(days=int(serial[1]))
        seconds = round(float(serial[2] or 0) * 86_400)
        moment = datetime.combine(whole, time(0)) + timedelta(seconds=seconds)
        return Moment(moment.date(), ClockTime(moment.time(), None, 0) if serial[2] else None)
    epoch = _EPOCH.fullmatch(cell)
    if epoch:
        moment = datetime.fromtimestamp(int(epoch[1]), UTC) + timedelta(milliseconds=int(epoch[2] or 0))
        return Moment(moment.date(), ClockTime(moment.time(), UTC, 0))
    month_only = _COMPACT_MONTH.fullmatch(cell)
    if month_only:
        found = _month(int(month_only[1]), int(month_only[2]), style)
        return found if isinstance(found, Unreadable) else Moment(found, None)
    return None


def _day(year: int, month: int, day: int) -> date | Unreadable:
    if not _YEARS[0] <= year < _YEARS[1]:
        return unreadable("no_such_day")
    try:
        return date(year, month, day)
    except ValueError:
        return unreadable("no_such_day")


def _checked(day: date | Unreadable, weekday: str | None) -> date | Unreadable:
    """11/20(金) must be a Friday in the year it was given, or the year is wrong."""
    if weekday is None or isinstance(day, Unreadable) or _WEEKDAYS[day.weekday()] == weekday:
        return day
    return unreadable("weekday_disagrees", day=day.isoformat(), weekday=weekday)


def _year_first(match: re.Match[str], _style: DateStyle) -> date | Unreadable:
    return _checked(_day(int(match[1]), int(match[2]), int(match[3])), match[4] or match[5])


def _era_year(era: str, year: str) -> int | Unreadable:
    first, last = _ERAS[_ERA_LETTERS.get(era.lower(), era)]
    found = first - 1 + (1 if year == "元" else int(year))
    return found if first <= found <= last else unreadable("era_over")


def _era(match: re.Match[str], _style: DateStyle) -> date | Unreadable:
    year = _era_year(match[1], match[2])
    if isinstance(year, Unreadable):
        return year
    return _checked(_day(year, int(match[3]), int(match[4])), match[5] or match[6])


def _era_month(match: re.Match[str], style: DateStyle) -> date | Unreadable:
    year = _era_year(match[1], match[2])
    return year if isinstance(year, Unreadable) else _month(year, int(match[3]), style)


def _three_numbers(match: re.Match[str], style: DateStyle) -> date | Unreadable:
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    if style.order is None:
        return unreadable("day_order_unclear")
    if style.order == "ymd":
        return _day(_century(match[1]), second, third)
    month, day = (first, second) if style.order == "mdy" else (second, first)
    return _day(_century(match[4]), month, day)


def _century(year: str) -> int:
    """Two digits are in this century up to 69, as in POSIX."""
    number = int(year)
    return number if len(year) == 4 else number + (2000 if number < 70 else 1900)


def _month_day(match: re.Match[str], style: DateStyle) -> date | Unreadable:
    if style.year is None:
        return unreadable("day_without_year")
    month = int(match[1])
    year = style.year + (month < style.year_starts)
    return _checked(_day(year, month, int(match[2])), match[3] or match[4])


def _year_month(match: re.Match[str], style: DateStyle) -> date | Unreadable:
    return _month(int(match[1]), int(match[2]), style)


def _month(year: int, month: int, style: DateStyle) -> date | Unreadable:
    if not 1 <= month <= 12:
        return unreadable("no_such_day")
    return _day(year, month, monthrange(year, month)[1] if style.month_end else 1)


def _day_named(match: re.Match[str], _style: DateStyle) -> date | Unreadable:
    return _named(match[3], match[2], match[1])


def _named_day(match: re.Match[str], _style: DateStyle) -> date | Unreadable:
    return _named(match[3], match[1], match[2])


def _named(year: str, month: str, day: str) -> date | Unreadable:
    number = _MONTHS.get(month.lower())
    return unreadable("not_a_day") if number is None else _day(_century(year), number, int(day))


_FORMS = (
    (_YEAR_FIRST, _year_first),
    (_ERA, _era),
    (_THREE, _three_numbers),
    (_DAY_NAMED, _day_named),
    (_NAMED_DAY, _named_day),
    (re.compile(rf"{_YEAR_MONTH.pattern}$"), _year_month),
    (re.compile(rf"{_ERA_MONTH.pattern}$"), _era_month),
    (_MONTH_DAY, _month_day),
)
