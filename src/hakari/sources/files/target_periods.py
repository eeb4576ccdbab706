"""Finds the days a target is for: from a period, or from a year with a quarter or a month beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from hakari.errors import HakariError
from hakari.sources.files.blanks import plain
from hakari.sources.files.column_style import YearContext
from hakari.units import FiscalCalendar, Grain, Period

_YEAR = re.compile(r"(?:FY\s?'?)?(20\d{2}|\d{2})\s*(年度|年)?", re.IGNORECASE)
_QUARTER = re.compile(r"(?:第|Q)?\s*([1-4])\s*(?:四半期|Q|クォーター)?", re.IGNORECASE)
_HALF = re.compile(r"(上|下)(?:半)?期|H([12])", re.IGNORECASE)
_MONTH = re.compile(r"(1[0-2]|0?[1-9])\s*月?(?:度|分)?")
_YEAR_MONTH = re.compile(
    r"(20\d{2}|\d{2}(?=年))\s*(?:年|[-/.])\s*(1[0-2]|0?[1-9])\s*月?(?:度|分)?|(20\d{2})(0[1-9]|1[0-2])"
)
_YEAR_AND_REST = re.compile(r"(FY\s?)?(20\d{2})\s*(年度|年|FY)?[\s_/-]*(.+)", re.IGNORECASE)
_NAMES = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_NAMED = re.compile(r"([a-z]{3})[a-z]*\.?[\s-]*'?(20\d{2}|\d{2})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PeriodReader:
    """`around` is the year the file speaks of where a row names none."""

    calendar: FiscalCalendar
    around: YearContext
    today: date

    def read(
        self,
        period: str | None = None,
        year: str | None = None,
        fiscal_year: str | None = None,
        quarter: str | None = None,
        month: str | None = None,
    ) -> Period | None:
        """None when the parts do not say which days are meant."""
        years = self._years(year, fiscal_year)
        if period is not None:
            return self._period(plain(period), years)
        if month is not None:
            return self._month(plain(month), years)
        if quarter is not None:
            return self._part(plain(quarter), years)
        return self._whole_year(years)

    def _years(self, year: str | None, fiscal_year: str | None) -> YearContext:
        for text, fiscal in ((fiscal_year, True), (year, False)):
            match = _YEAR.fullmatch(plain(text)) if text else None
            if match:
                number = int(match[1])
                return YearContext(number + 2000 if number < 100 else number, fiscal or match[2] == "年度")
        return self.around

    def _period(self, text: str, years: YearContext) -> Period | None:
        match = _YEAR_MONTH.fullmatch(text)
        if match:
            year = int(match[1] or match[3])
            return self._of_day(
                _day(year + 2000 if year < 100 else year, int(match[2] or match[4])), Grain.MONTH
            )
        for read in (self._month, self._part):
            found = read(text, years)
            if found is not None:
                return found
        rest = _YEAR_AND_REST.fullmatch(text)
        if rest:
            named = YearContext(int(rest[2]), fiscal=rest[3] in ("年度", "FY", "fy") or bool(rest[1]))
            for read in (self._month, self._part):
                found = read(rest[4], named)
                if found is not None:
                    return found
        whole = _YEAR.fullmatch(text)
        if whole and len(whole[1]) == 4:
            return self._whole_year(YearContext(int(whole[1]), fiscal=whole[2] != "年"))
        return self._grammar(text)

    def _grammar(self, text: str) -> Period | None:
        try:
            found = self.calendar.parse(text, self.today)
        except HakariError:
            return None
        return None if found.is_all else found

    def _month(self, text: str, years: YearContext) -> Period | None:
        named = _NAMED.fullmatch(text)
        if named and named[1].lower() in _NAMES:
            year = int(named[2]) if named[2] else None
            own = YearContext(year + 2000 if year < 100 else year) if year is not None else years
            return self._of_month(_NAMES[named[1].lower()], own)
        match = _MONTH.fullmatch(text)
        return self._of_month(int(match[1]), years) if match else None

    def _of_month(self, month: int, years: YearContext) -> Period | None:
        if years.year is None:
            return None
        later = years.fiscal and month < self.calendar.start_month
        return self._of_day(_day(years.year + later, month), Grain.MONTH)

    def _part(self, text: str, years: YearContext) -> Period | None:
        half = _HALF.fullmatch(text)
        quarter = None if half else _QUARTER.fullmatch(text)
        if years.year is None or (half is None and quarter is None):
            return None
        start = self.calendar.start_month if years.fiscal else 1
        number = (
            (2 if half[1] == "下" or half[2] == "2" else 1) if half else int(quarter[1]) if quarter else 1
        )
        length = 6 if half else 3
        months = start - 1 + (number - 1) * length
        first = _day(years.year + months // 12, months % 12 + 1)
        months += length
        return Period(first, _day(years.year + months // 12, months % 12 + 1))

    def _whole_year(self, years: YearContext) -> Period | None:
        if years.year is None:
            return None
        start = self.calendar.start_month if years.fiscal else 1
        return Period(_day(years.year, start), _day(years.year + 1, start))

    def _of_day(self, day: date, grain: Grain) -> Period:
        return self.calendar.period_of(day, grain)


def last_day(period: Period) -> date:
    """Tables keep the last day; periods end the day after."""
    return period.end - timedelta(days=1)


def _day(year: int, month: int) -> date:
    return date(year, month, 1)
