"""The company's calendar: its fiscal year, its zone and the days and hours it works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hakari.errors import CalendarSettingError, InstantWithoutZoneError, PeriodWithoutBoundsError
from hakari.units import fiscal, grammar, labels
from hakari.units.business_days import MONDAY_TO_FRIDAY, check_country, worked_before, worked_days
from hakari.units.labels import Language
from hakari.units.period import Grain, Period


@dataclass(frozen=True, slots=True)
class FiscalCalendar:
    """Fiscal years are named after the calendar year they start in (年度).

    `workdays` counts Monday as 0. A country of "" has no public holidays.
    """

    start_month: int = 4
    zone: str = "Asia/Tokyo"
    country: str = "JP"
    closures: frozenset[date] = frozenset()
    opens: time = time(9)
    closes: time = time(18)
    workdays: frozenset[int] = MONDAY_TO_FRIDAY

    def __post_init__(self) -> None:
        if not 1 <= self.start_month <= 12:
            raise CalendarSettingError(
                f"Month {self.start_month} cannot start a fiscal year.",
                "Use 1 for January to 12 for December.",
            )
        if self.closes <= self.opens:
            raise CalendarSettingError(
                f"Opening hours {self.opens:%H:%M}–{self.closes:%H:%M} contain no time.",
                "Close later on the same day than you open.",
            )
        if not self.workdays <= frozenset(range(7)):
            raise CalendarSettingError(
                f"Workdays {sorted(self.workdays)} are not days of the week.",
                "Use 0 for Monday to 6 for Sunday.",
            )
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError):
            raise CalendarSettingError(
                f"'{self.zone}' is not a known time zone.", "Use a name such as Asia/Tokyo."
            ) from None
        check_country(self.country)

    # Text

    def parse(self, text: str, today: date) -> Period:
        """The period a person wrote; hakari.units.grammar lists the forms."""
        return grammar.read(text, today, self.start_month)

    def text(self, period: Period) -> str:
        """The shortest absolute text that `parse` reads as the same period."""
        return grammar.write(period, self.start_month)

    def bucket_label(self, period: Period, grain: Grain, lang: Language) -> str:
        """Such as FY2026 Q3(10–12月), for the bucket the period starts in, also when it was cut short."""
        return labels.bucket_label(period.start, grain, self.start_month, lang)

    # Buckets

    def period_of(self, day: date, grain: Grain) -> Period:
        return fiscal.bucket(day, grain, self.start_month)

    def split(self, period: Period, grain: Grain) -> list[Period]:
        """The buckets the period touches, the first and the last cut to it."""
        _with_bounds(period)
        pieces: list[Period] = []
        start = period.start
        while start < period.end:
            piece = self.period_of(start, grain).overlap(period)
            pieces.append(piece)
            start = piece.end
        return pieces

    def previous(self, period: Period) -> Period:
        """The one that ends where this starts, as long in months if it is whole months, else in days.

        "month-to-date" is set against as many business days of the month before.
        """
        _with_bounds(period)
        whole = self._whole(period)
        months = fiscal.whole_months(whole)
        start = (
            fiscal.add_months(whole.start, -months) if months else whole.start - timedelta(days=whole.days)
        )
        return self._cut_alike(whole, period, Period(start, whole.start))

    def year_ago(self, period: Period) -> Period:
        """The same fiscal shape one year before; a week keeps its ISO number (53 becomes 52)."""
        _with_bounds(period)
        whole = self._whole(period)
        if whole == self.period_of(whole.start, Grain.WEEK):
            iso = whole.start.isocalendar()
            monday = date.fromisocalendar(iso.year - 1, min(iso.week, 52), 1)
            return self._cut_alike(whole, period, self.period_of(monday, Grain.WEEK))
        start = fiscal.add_months(whole.start, -12)
        # The last day moves, not the end: 29 February becomes 28 February, still inside.
        end = fiscal.add_months(whole.last_day, -12) + timedelta(days=1)
        if fiscal.whole_months(whole):
            end = fiscal.add_months(whole.end, -12)
        return self._cut_alike(whole, period, Period(start, max(start, end)))

    def _whole(self, period: Period) -> Period:
        grain = grammar.to_date_grain(period)
        return period if grain is None else self.period_of(period.start, grain)

    def _cut_alike(self, whole: Period, period: Period, other: Period) -> Period:
        return other if whole == period else self.same_elapsed(whole, period.last_day, other)

    # Business days

    def is_business_day(self, day: date) -> bool:
        return self.business_days(Period(day, day + timedelta(days=1))) == 1

    def business_days(self, period: Period) -> int:
        _with_bounds(period)
        return self._worked_in(period.start, period.end)

    def elapsed(self, period: Period, today: date) -> tuple[int, int]:
        """Business days so far and in all: "営業日 35/60". Today counts as elapsed."""
        return self.business_days(self._so_far(period, today)), self.business_days(period)

    def same_elapsed(self, period: Period, today: date, other: Period) -> Period:
        """The other period cut to as many business days as have elapsed of this one.

        On a day off it runs up to the next business day, so that a weekend is set against a weekend.
        A shorter other period comes back whole.
        """
        if today >= period.last_day:
            return other
        elapsed, _ = self.elapsed(period, today)
        day_off = not self.is_business_day(today)
        if today < period.start:
            return other.clip_to(other.start)
        end, left = other.start, elapsed
        while end < other.end and (left > 0 or (day_off and not self.is_business_day(end))):
            left -= self.is_business_day(end)
            end += timedelta(days=1)
        return other.clip_to(end)

    def _so_far(self, period: Period, today: date) -> Period:
        _with_bounds(period)
        return period.clip_to(today + timedelta(days=1))

    def _worked_in(self, start: date, end: date) -> int:
        if start.year == end.year:
            days = worked_days(self.country, self.closures, self.workdays, start.year)
            return worked_before(days, end) - worked_before(days, start)
        return sum(
            worked_before(days, end) - worked_before(days, start)
            for days in (
                worked_days(self.country, self.closures, self.workdays, year)
                for year in range(start.year, end.year + 1)
            )
        )

    # Instants

    def local_date(self, instant: datetime) -> date:
        return self.local_time(instant).date()

    def local_time(self, instant: datetime) -> datetime:
        """A point in time as the clock on the office wall shows it."""
        if instant.tzinfo is None:
            raise InstantWithoutZoneError(
                f"{instant.isoformat()} has no time zone, so its day in {self.zone} is unknown.",
                "Pass it with its zone, such as 2026-11-20T09:00:00+00:00.",
            )
        return instant.astimezone(ZoneInfo(self.zone))


def _with_bounds(period: Period) -> None:
    if period.is_all:
        raise PeriodWithoutBoundsError(
            "'all' has no first and last day to count from.",
            "Take its overlap with the days your records cover first.",
        )
