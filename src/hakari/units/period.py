"""A stretch of days, such as a quarter or a month, that includes its first day and not its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from hakari.errors import PeriodEndsBeforeItStartsError


class Grain(StrEnum):
    """How finely time is cut. Quarter, half and year are those of the fiscal year."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """`Period(date(2026, 10, 1), date(2027, 1, 1))` is October to December 2026.

    `text` keeps the words the period was asked for in ("this-quarter"), so that a link can stay
    relative; it plays no part in equality. A period may be empty: nothing has elapsed of it yet.
    """

    start: date
    end: date
    text: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise PeriodEndsBeforeItStartsError(
                f"A period from {self.start} cannot end earlier, on {self.end}.",
                "Put the earlier day first.",
            )

    @classmethod
    def all(cls) -> Period:
        """Every day there is. It has no edge to count from: clip it before splitting it."""
        return cls(date.min, date.max, "all")

    @property
    def is_all(self) -> bool:
        return self.start == date.min and self.end == date.max

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def is_empty(self) -> bool:
        return self.start == self.end

    @property
    def last_day(self) -> date:
        """The last day inside; of an empty period, the day before its start."""
        return self.end - timedelta(days=1)

    @property
    def iso(self) -> str:
        """2026-10-01..2026-12-31: people name the last day, so this text includes it."""
        return "all" if self.is_all else f"{self.start.isoformat()}..{self.last_day.isoformat()}"

    def contains(self, day: date) -> bool:
        return self.start <= day < self.end

    def clip_to(self, date_exclusive: date) -> Period:
        """The part before that day; empty when the period has not begun by then."""
        if date_exclusive >= self.end:
            return self
        return Period(self.start, max(self.start, date_exclusive))

    def overlap(self, other: Period) -> Period:
        """The days in both; empty, at the later start, when they do not meet."""
        start = max(self.start, other.start)
        return Period(start, max(start, min(self.end, other.end)))
