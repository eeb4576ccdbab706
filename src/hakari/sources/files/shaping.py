"""Makes fields of what files say: a status from a stage, a name from its two parts, a level from a title."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from hakari.canonical import TABLES
from hakari.sources.files.batch import Batch
from hakari.sources.files.choices import level_of_title, tactic_of_source
from hakari.sources.files.clock_times import ClockTime
from hakari.sources.files.deals import shape_deals
from hakari.sources.files.notes import NoteBook
from hakari.sources.files.reasons import reason
from hakari.sources.files.slots import PERIOD_TABLES
from hakari.sources.files.target_periods import PeriodReader, last_day


@dataclass(slots=True)
class Shaper:
    """Knows one table and what its file's mapping adds."""

    table: str
    zone: tzinfo
    stages: Mapping[str, str]
    periods: PeriodReader
    headers: Mapping[str, str]
    notes: NoteBook

    def shape(self, batch: Batch) -> list[int]:
        """Changes the batch in place; gives the places of rows that turned out to be no rows of the table."""
        self._join_names(batch)
        self._add_clock(batch)
        self._add_tactic(batch)
        if self.table == "deal":
            shape_deals(batch, self.stages, self.headers, self.notes)
        elif self.table == "contact" and batch.has("title"):
            levels = {title: level_of_title(title) for title in set(batch.column("title")) if title}
            batch.fill("role_level", [levels.get(title) for title in batch.column("title")])
        elif self.table == "lead":
            converted = ["converted" if flag else None for flag in batch.column("is_converted")]
            if batch.has("is_converted"):
                batch.values["status"] = [
                    now or status for now, status in zip(converted, batch.column("status"), strict=True)
                ]
            batch.drop(["is_converted"])
        elif self.table in PERIOD_TABLES:
            return self._periods(batch)
        return []

    def _join_names(self, batch: Batch) -> None:
        if batch.has("first_name") or batch.has("last_name"):
            parts = zip(batch.column("last_name"), batch.column("first_name"), strict=True)
            batch.fill("name", [_whole_name(last, first) for last, first in parts])
            batch.drop(["first_name", "last_name"])

    def _add_clock(self, batch: Batch) -> None:
        """日付 and 時刻 in two columns are one moment."""
        for slot in [name for name in batch.values if name.endswith(".time")]:
            field = slot.removesuffix(".time")
            if batch.has(field):
                pairs = zip(batch.values[field], batch.values[slot], strict=True)
                batch.values[field] = [self._at_clock(moment, clock) for moment, clock in pairs]
            batch.drop([slot])

    def _at_clock(self, moment: datetime | None, clock: ClockTime | None) -> datetime | None:
        if moment is None or clock is None:
            return moment
        local = moment.astimezone(self.zone)
        if local.time() != datetime.min.time():
            return moment
        day = local.date() + timedelta(days=clock.next_day)
        return datetime.combine(day, clock.time, tzinfo=clock.zone or self.zone).astimezone(moment.tzinfo)

    def _add_tactic(self, batch: Batch) -> None:
        """展示会 as a source is a tactic too; a source that is none stays a source only."""
        if batch.has("source") and TABLES[self.table].has("tactic"):
            tactics = {source: tactic_of_source(source) for source in set(batch.column("source")) if source}
            batch.fill("tactic", [tactics.get(source) for source in batch.column("source")])

    def _periods(self, batch: Batch) -> list[int]:
        parts = ("period", "year", "fiscal_year", "quarter", "month")
        known: dict[tuple[Any, ...], Any] = {}
        starts, ends, lost = [], [], []
        rows = zip(*(batch.column(part) for part in parts), batch.column("starts_on"), strict=True)
        for place, row in enumerate(rows):
            key = row[:-1]
            if key not in known:
                known[key] = self.periods.read(*key)
            period = known[key]
            starts.append(period.start if period is not None else None)
            ends.append(last_day(period) if period is not None else None)
            if period is None and row[-1] is None:
                lost.append(place)
        batch.fill("starts_on", starts)
        batch.fill("ends_on", ends)
        batch.drop(parts)
        return lost


NO_PERIOD = reason("no_period")


def _whole_name(last: str | None, first: str | None) -> str | None:
    """山田 太郎, but Jean-Luc Picard."""
    if last and first:
        return f"{first} {last}" if (last + first).isascii() else f"{last} {first}"
    return last or first
