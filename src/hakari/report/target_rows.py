"""Targets as rows of a file: what is exported can be imported again without a change."""

from __future__ import annotations

from hakari.metrics.definitions import Catalogue
from hakari.planning.target_grid import ADJUST, GridCell, GridLine, TargetGrid
from hakari.report.rows import Row
from hakari.words import Language, say

# The columns of a workbook, in words that the import knows again; csv keeps the keys.
_KEYS = (
    *("measure", "kpi_name", "scope", "team", "person", "source", "segment", "target_list"),
    *("period_from", "period_to", "value", "unit", "reason", "set_by"),
    *("actual", "reached", "chance", "verdict"),
)


def headings(lang: Language) -> dict[str, str]:
    return {key: say(f"target_column_{key}", lang) for key in _KEYS}


def target_rows(grid: TargetGrid, catalogue: Catalogue, lang: Language) -> list[Row]:
    """One row a target; of scope "adjust" is what a target is more than its parts, and set by nobody."""
    return [_row(line, cell, catalogue, lang) for line in grid.lines for cell in line.cells]


def _row(line: GridLine, cell: GridCell, catalogue: Catalogue, lang: Language) -> Row:
    measure, whose = catalogue.measures[line.measure], line.whose
    judged = cell.judged
    return {
        "measure": line.measure,
        "kpi_name": measure.ja if lang == "ja" else measure.en,
        "scope": line.kind,
        "team": whose.team,
        "person": whose.owner,
        "source": whose.source,
        "segment": whose.segment,
        "target_list": whose.target_list,
        "period_from": cell.period.start,
        "period_to": cell.period.last_day,
        "value": cell.value,
        "unit": measure.unit,
        "reason": None if line.kind == ADJUST else cell.reason,
        "set_by": None if line.kind == ADJUST else cell.author,
        "actual": None if judged is None else judged.actual,
        "reached": None if judged is None else judged.reached,
        "chance": None if judged is None else judged.chance,
        "verdict": None if judged is None or judged.band is None else judged.band.value,
    }
