"""Makes a file's targets exact: which measure each is for, in which unit, and into which cell it goes.

A line 単位:千円 above a grid is for amounts only: the アポ数 in the same grid stay as they are. A rate may be
written 18%, 0.18 or, where nothing else can be meant, 18.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from hakari.canonical import TABLES
from hakari.sources.files.batch import Batch
from hakari.sources.files.column_style import ColumnStyle, Surroundings, column_style
from hakari.sources.files.plan import FilePlan
from hakari.sources.files.reasons import Reason, reason
from hakari.sources.files.slots import slots_of
from hakari.sources.files.units import MoneyUnit, money_unit, says_percent
from hakari.sources.targets.cells import CellRow, Cells
from hakari.storage.truth import Import, Outcome, Row

# What no rate can be: a target of 2 is 2 %, of 1.2 it may be 120 % of something.
_SURELY_PERCENT = 1.5
# An export shows by how much a team's target exceeds its people's; nobody sets that.
_DIFFERENCE = frozenset({"adjust", "調整差", "Roll-up difference"})


@dataclass(frozen=True, slots=True)
class MeasureBook:
    """What an import has to know of measures. Without a catalogue every name stands for an amount.

    `reason` and `author` are what the person who brings targets says of all of them.
    """

    named: Callable[[str], str | None]
    unit: Callable[[str], str] | None = None
    names: Callable[[], Sequence[str]] = tuple
    reason: str | None = None
    author: str | None = None

    @property
    def is_complete(self) -> bool:
        return self.unit is not None

    def unit_of(self, measure: str) -> str:
        return "jpy" if self.unit is None else self.unit(measure)


@dataclass(frozen=True, slots=True)
class Lost:
    """A row that cannot be used, and because of which column's cell."""

    place: int
    slot: str
    value: str | None
    why: Reason


def value_style(header: str, values: Sequence[str], around: Surroundings) -> ColumnStyle:
    """Read as it is written: the unit is applied row by row, when the measure is known."""
    style = column_style(slots_of("target")["value"], header, values, around)
    unit = money_unit(header, *around.above)
    says = (f"× {unit.times:,} ({unit.says})",) if unit.times != 1 else ()
    return ColumnStyle(decimal_comma=style.decimal_comma, says=says)


class TargetRows:
    """One sheet's."""

    def __init__(self, plan: FilePlan, book: MeasureBook, cells: Cells) -> None:
        header = plan.used["value"].header if "value" in plan.used else ""
        self._unit: MoneyUnit = money_unit(header, *plan.around.above)
        self._percent = any(says_percent(text) for text in (header, *plan.layout.headers, *plan.around.above))
        self._book, self._cells = book, cells

    def settle(self, batch: Batch) -> list[Lost]:
        """Puts ids for the names of measures and full values for those in the file's unit."""
        lost: list[Lost] = []
        names = batch.column("measure")
        values = list(batch.column("value"))
        measures: list[str | None] = []
        for place, (name, value) in enumerate(zip(names, values, strict=True)):
            measure = None if name is None else self._book.named(name)
            if measure is None and not self._book.is_complete:
                measure = name
            measures.append(measure)
            if _DIFFERENCE.intersection(batch.cells[place]):
                lost.append(Lost(place, "value", None, reason("roll_up_difference")))
            elif measure is None:
                lost.append(Lost(place, "measure", name, self._unknown(name)))
            elif value is None:
                lost.append(Lost(place, "value", None, reason("no_target_value")))
            else:
                values[place] = self._whole(value, self._book.unit_of(measure))
        batch.values["measure"], batch.values["value"] = measures, values
        return lost

    def _unknown(self, name: str | None) -> Reason:
        if name is None:
            return reason("no_measure")
        near = get_close_matches(name, list(self._book.names()), n=1, cutoff=0.4)
        return reason("unknown_measure_near", nearest=near[0]) if near else reason("unknown_measure")

    def _whole(self, value: float, unit: str) -> float:
        if unit == "jpy" and self._unit.times != 1:
            exact = round(float(value) * float(self._unit.times), 6)
            return int(exact) if exact.is_integer() else exact
        if unit == "percent" and value > (1 if self._percent else _SURELY_PERCENT):
            return round(value / 100, 12)
        return value

    def rows(self, batch: Batch) -> list[CellRow]:
        fields = [field.name for field in TABLES["target"].fields if batch.has(field.name)]
        columns = zip(*(batch.values[name] for name in fields), strict=True)
        return [self._cells.row(self._said(dict(zip(fields, row, strict=True)))) for row in columns]

    def _said(self, row: dict[str, Any]) -> dict[str, Any]:
        row["reason"] = row.get("reason") or self._book.reason
        row["author"] = row.get("author") or self._book.author
        return row


def write_rows(into: Import, rows: Sequence[CellRow], now: datetime) -> Outcome:
    """Each under the id of the record that holds its cell, whichever source that is from."""
    by_origin: dict[str, list[Row]] = {}
    for one in rows:
        values: dict[str, Any] = one.values
        by_origin.setdefault(one.origin, []).append(Row(one.source_id, values, now))
    outcome = Outcome()
    for origin, some in by_origin.items():
        outcome += into.write("target", some, origin)
    return outcome
