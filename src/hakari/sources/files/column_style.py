"""Decides for a whole column what no cell can tell alone: its unit, its decimal mark, day or month first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from decimal import Decimal

from hakari.sources.files.blanks import plain
from hakari.sources.files.dates import DateStyle
from hakari.sources.files.day_order import DayOrderFinder
from hakari.sources.files.slots import Reading, Slot
from hakari.sources.files.units import money_unit, says_percent, tax_word, time_unit

# Days on which something ends: a month alone means its last day.
_ENDS = {
    "ends_on",
    "closed_on",
    "close_date",
    "expected_close_on",
    "lost_on",
    "due_on",
    "to_on",
    "churned_on",
}
_DECIMAL_COMMA = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,2}")
_POINT = re.compile(r"\d\.\d{1,2}$")
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*(年度|年|/|-|FY)?|FY\s*'?(20\d{2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class YearContext:
    """The year that titles, sheet and file names agree on, for days and months written without one."""

    year: int | None = None
    fiscal: bool = False


@dataclass(frozen=True, slots=True)
class ColumnStyle:
    """How the cells of one column are to be understood. `says` lists what was found, for the plan."""

    times: Decimal = Decimal(1)
    decimal_comma: bool = False
    percent: bool = False
    dates: DateStyle | None = None
    day_order_sure: bool = True
    says: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the file says outside its columns."""

    zone: tzinfo
    above: tuple[str, ...] = ()
    year: YearContext = YearContext()
    fiscal_start: int = 4


def year_context(*texts: str) -> YearContext:
    """2026年度 in a title, a sheet's or a file's name; nothing when two years are named."""
    years = set()
    fiscal = False
    for text in texts:
        for match in _YEAR.finditer(plain(text)):
            years.add(int(match[1] or match[3]))
            fiscal = fiscal or match[2] == "年度" or match[3] is not None
    return YearContext(years.pop(), fiscal) if len(years) == 1 else YearContext()


def column_style(slot: Slot, header: str, values: Sequence[str], around: Surroundings) -> ColumnStyle:
    """From the header and some of the values; `with_day_order` then looks at all of them if needed."""
    if slot.reading in (Reading.MONEY, Reading.NUMBER):
        return _amounts(header, values, around, is_money=slot.reading is Reading.MONEY)
    if slot.reading is Reading.DURATION:
        times = time_unit(header)
        return ColumnStyle(times=times, says=() if times == 1 else (f"× {times} s",))
    if slot.reading is Reading.SHARE:
        return _shares(header, values)
    if slot.reading in (Reading.DAY, Reading.INSTANT, Reading.PERIOD):
        starts = around.fiscal_start if around.year.fiscal else 1
        dates = DateStyle(
            around.zone, year=around.year.year, year_starts=starts, month_end=slot.name in _ENDS
        )
        return with_day_order(ColumnStyle(dates=dates), [values])
    return ColumnStyle()


def depends_on_order(style: ColumnStyle) -> bool:
    return style.dates is not None and style.dates.order is not None


def with_day_order(style: ColumnStyle, batches: Iterable[Sequence[str]]) -> ColumnStyle:
    if style.dates is None:
        return style
    finder = DayOrderFinder()
    for values in batches:
        finder.see(values)
    found = finder.found()
    if found is None:
        return style
    shown = {"ymd": "yy/mm/dd", "mdy": "mm/dd", "dmy": "dd/mm"}[found.order]
    return replace(
        style, dates=replace(style.dates, order=found.order), day_order_sure=found.sure, says=(shown,)
    )


def _amounts(header: str, values: Sequence[str], around: Surroundings, *, is_money: bool) -> ColumnStyle:
    unit = money_unit(header, *(around.above if is_money else ()))
    says = [f"× {unit.times:,}" + (f" ({unit.says})" if unit.says else "")] if unit.times != 1 else []
    tax = tax_word(header, around.above) if is_money else ""
    if tax:
        says.append(tax)
    comma = any(_DECIMAL_COMMA.fullmatch(plain(value)) for value in values)
    comma = comma and not any(_POINT.search(plain(value)) for value in values)
    if comma:
        says.append("1.234,5")
    return ColumnStyle(times=unit.times, decimal_comma=comma, says=tuple(says))


def _shares(header: str, values: Sequence[str]) -> ColumnStyle:
    percent = says_percent(header) or any(_above_one(value) for value in values)
    return ColumnStyle(percent=percent, says=("%",) if percent else ())


def _above_one(value: str) -> bool:
    try:
        return float(plain(value)) > 1
    except ValueError:
        return False
