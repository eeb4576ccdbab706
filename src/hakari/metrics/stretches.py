"""Cuts a period into whole months (or weeks, or days) that can be kept, and the days left at its ends."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hakari.units.fiscal import first_day, shift
from hakari.units.period import Grain, Period


@dataclass(frozen=True, slots=True)
class Stretches:
    """`starts` of the whole units inside a period, and what is left of it before and after them."""

    unit: Grain
    starts: tuple[date, ...]
    edges: tuple[Period, ...]

    def end(self, start: date) -> date:
        return shift(start, self.unit, 1)

    def runs(self, missing: Collection[date]) -> Iterator[Period]:
        """Neighbours that are missing together, to be read in one go."""
        first: date | None = None
        for start in self.starts:
            if start in missing:
                first = first or start
            elif first is not None:
                yield Period(first, start)
                first = None
        if first is not None:
            yield Period(first, self.end(self.starts[-1]))


def unit_of(grain: Grain | None) -> Grain:
    """What is kept to answer by a grain: quarters, halves, years and totals are put together from months."""
    return grain if grain in (Grain.DAY, Grain.WEEK, Grain.MONTH) else Grain.MONTH


def stretches_of(period: Period, unit: Grain) -> Stretches:
    start = first_day(period.start, unit, 1)
    if start < period.start:
        start = shift(start, unit, 1)
    starts: list[date] = []
    while (following := shift(start, unit, 1)) <= period.end:
        starts.append(start)
        start = following
    if not starts:
        return Stretches(unit, (), (period,))
    edges = (Period(period.start, starts[0]), Period(start, period.end))
    return Stretches(unit, tuple(starts), tuple(one for one in edges if not one.is_empty))


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of an answer: its key, and its days that were asked about."""

    key: tuple[date, ...]
    period: Period
    unit: str  # the grain of a whole bucket; of a cut one its last day too


def pieces_of(period: Period, grain: Grain | None, start_month: int) -> list[Bucket]:
    """The buckets of a period, the first and last of them perhaps cut."""
    if grain is None:
        return [Bucket((), period, f"until {period.end}")]
    found: list[Bucket] = []
    start = first_day(period.start, grain, start_month)
    while start < period.end:
        end = shift(start, grain, 1)
        asked = Period(start, end).overlap(period)
        whole = (asked.start, asked.end) == (start, end)
        found.append(Bucket((start,), asked, grain.value if whole else f"until {asked.end}"))
        start = end
    return found


def by_unit(buckets: Iterable[Bucket]) -> dict[str, list[Bucket]]:
    found: dict[str, list[Bucket]] = {}
    for one in buckets:
        found.setdefault(one.unit, []).append(one)
    return found


def runs_of(buckets: Sequence[Bucket]) -> list[Period]:
    """Neighbours as one period."""
    found: list[Period] = []
    for one in buckets:
        if found and found[-1].end == one.period.start:
            found[-1] = Period(found[-1].start, one.period.end)
        else:
            found.append(one.period)
    return found
