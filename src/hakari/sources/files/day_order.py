"""Decides for a whole column whether 03/04/26 is a day in April, in March or in 2003."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hakari.sources.files.blanks import plain
from hakari.sources.files.dates import DayOrder

_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_ALL_SHORT = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{2})(?!\d)")
_PLACES: dict[DayOrder, tuple[int, int, int]] = {"ymd": (0, 1, 2), "mdy": (2, 0, 1), "dmy": (2, 1, 0)}
# A reading must be this many times tighter than the next one to count as the only sensible one.
_CLEARLY = 3


@dataclass(frozen=True, slots=True)
class OrderFound:
    """`sure` is False when the values fit another order nearly as well."""

    order: DayOrder
    sure: bool


class DayOrderFinder:
    """Sees the values of one column and keeps the orders under which all of them are days."""

    def __init__(self) -> None:
        self._possible: dict[DayOrder, set[date]] = {}
        self._started = False

    @property
    def needed(self) -> bool:
        """Whether any value seen depends on the order."""
        return self._started

    def see(self, values: Iterable[str]) -> None:
        for value in set(values):
            self._see(plain(value))

    def _see(self, cell: str) -> None:
        match = _YEAR_LAST.match(cell)
        orders: tuple[DayOrder, ...] = ("mdy", "dmy")
        if match is None:
            match = _ALL_SHORT.match(cell)
            orders = ("ymd", "mdy", "dmy")
        if match is None:
            return
        numbers = [int(part) for part in match.groups()]
        days = {order: _as_day(numbers, order) for order in orders}
        found = {order: day for order, day in days.items() if day is not None}
        if not found:
            return  # No day under any order: that row is at fault, not the column.
        if not self._started:
            self._started = True
            self._possible = {order: set() for order in found}
        left = {order: days for order, days in self._possible.items() if order in found}
        if left:
            self._possible = left
        for order, seen in self._possible.items():
            if order in found:
                seen.add(found[order])

    def found(self) -> OrderFound | None:
        """The order under which the days lie closest together; people rarely export thirty years."""
        if not self._started:
            return None
        ranked = sorted(self._possible, key=lambda order: (self._spread(order), order != "mdy"))
        best = ranked[0]
        sure = len(ranked) == 1 or self._spread(ranked[1]) > _CLEARLY * self._spread(best)
        return OrderFound(best, sure)

    def _spread(self, order: DayOrder) -> int:
        days = self._possible[order]
        return (max(days) - min(days)).days + 1 if days else 0


def _as_day(numbers: list[int], order: DayOrder) -> date | None:
    year, month, day = (numbers[place] for place in _PLACES[order])
    if year < 100:
        year += 2000 if year < 70 else 1900
    try:
        return date(year, month, day)
    except ValueError:
        return None
