"""The scorecard as an analyst writes it in SQL: one statement a table, by the same rules as the engine.

What it finds has to be what the engine finds; what it takes is what the engine's work is held against.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from benchmarks.kpis import MEASURES, PERIOD, Cells
from hakari.storage.projection import Projection

_FOLDER = Path(__file__).with_name("sql")
STATEMENTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.sql"))}

_Slice = tuple[int | None, date]
Columns = dict[str, dict[_Slice, float | None]]


class ByHand:
    """Runs the statements and puts together what takes two tables."""

    def __init__(self, projection: Projection) -> None:
        self._projection = projection

    def figures(self) -> Columns:
        """Figure → rep and month → value."""
        found: Columns = {}
        for sql in STATEMENTS.values():
            with self._projection.cursor() as cursor:
                cursor.execute(sql, {"start": PERIOD.start, "end": PERIOD.end})
                names = [column[0] for column in cursor.description or ()]
                rows = cursor.fetchall()
            slices = [(row[0], row[1]) for row in rows]
            for place, name in enumerate(names[2:], start=2):
                found[name] = {one: row[place] for one, row in zip(slices, rows, strict=True)}
        found["sdr_meetings.rate"] = _ratio(found["sdr_meetings.count"], found["sdr_connects.count"])
        agreed, called = found.pop("accounts agreed by phone"), found.pop("accounts called")
        found["call_appointments.rate"] = _ratio(agreed, called)
        return found

    def cells(self, found: Columns) -> Cells:
        """The same as the engine calls it."""
        assert sorted(found) == sorted(MEASURES)
        names = self._projection.names("person")
        return {
            (measure, None if owner is None else names[owner], f"{month:%Y-%m}"): value
            for measure, figures in found.items()
            for (owner, month), value in figures.items()
        }


def _ratio(top: dict[_Slice, float | None], bottom: dict[_Slice, float | None]) -> dict[_Slice, float | None]:
    """Where there is something below, of nothing above, it is zero."""
    return {one: (top.get(one) or 0) / below for one, below in bottom.items() if below}
