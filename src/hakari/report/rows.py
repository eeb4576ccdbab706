"""Lays scorecards, results and what lies behind a figure out as rows: one figure each, its base beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Protocol

from hakari.maths.intervals import Interval
from hakari.metrics.result import Projected
from hakari.planning.metric_view import MetricView, RecordTable
from hakari.planning.scorecard import Cell as PersonCell
from hakari.planning.scorecard import Column, KgiBand, KpiRow, PeopleTable, Scope, Scorecard
from hakari.planning.shifted import shift_text
from hakari.units.period import Period

Cell = str | int | float | bool | date | datetime | None
Row = dict[str, Cell]


class Result(Protocol):
    """What a computed figure has, whichever engine computed it."""

    @property
    def kpi(self) -> str: ...
    @property
    def measure(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def numerator(self) -> float | None: ...
    @property
    def denominator(self) -> float | None: ...
    @property
    def n(self) -> int: ...
    @property
    def interval(self) -> Interval: ...
    @property
    def date_basis(self) -> str: ...
    @property
    def open_share(self) -> float | None: ...
    @property
    def undated(self) -> int | None: ...
    @property
    def period(self) -> Period: ...
    @property
    def projected(self) -> Projected | None: ...
    @property
    def slice(self) -> Mapping[str, str | None]: ...


def result_row(result: Result) -> Row:
    """One computed figure; the columns of its slice come last, under the dimensions' own names."""
    row: Row = {
        "kpi": result.kpi,
        "measure": result.measure,
        "unit": result.unit,
        "value": result.value,
        "numerator": result.numerator,
        "denominator": result.denominator,
        "n": result.n,
        "low": result.interval.low,
        "high": result.interval.high,
        "date_basis": result.date_basis,
        "open_share": result.open_share,
        "undated": result.undated,
        "period": result.period.iso,
    }
    return row | _projected(result.projected) | dict(result.slice)


def _projected(found: Projected | None) -> Row:
    """What the rate will come to within the horizon; without a value, why not."""
    return {
        "projected": found.value if found else None,
        "projected_low": found.low if found else None,
        "projected_high": found.high if found else None,
        "horizon_days": found.horizon_days if found else None,
        "not_projected": found.reason or None if found else None,
    }


def scorecard_rows(card: Scorecard) -> list[Row]:
    """Every figure of the page: the goal, the KPIs, then each person's and each role's total."""
    rows = [_goal(card.kgi, card.scope)] if card.kgi else []
    rows += [kpi_row(kpi, card.scope) for kpi in card.kpis]
    for table in card.people:
        rows += _people(table, card.scope)
    return rows


def breakdown_rows(view: MetricView) -> list[Row]:
    if view.breakdown is None:
        return [kpi_row(view.figure, view.scope)]
    by = view.breakdown.by
    return [
        {
            by: each.name,
            "measure": view.figure.measure,
            "unit": view.figure.unit,
            "value": each.value,
            "comparison": each.comparison,
            "numerator": each.numerator,
            "denominator": each.denominator,
            "n": each.n,
            "low": each.interval.low,
            "high": each.interval.high,
            "verdict": each.verdict.value,
            "likely": each.likely.value if each.likely else None,
            "likely_low": each.likely.low if each.likely else None,
            "likely_high": each.likely.high if each.likely else None,
            "apart": each.likely.apart if each.likely else None,
        }
        for each in (*view.breakdown.rows, view.breakdown.total)
    ]


def record_rows(table: RecordTable) -> list[Row]:
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]


def _blank(block: str, scope: Scope) -> Row:
    return {
        "block": block,
        "team": scope.team,
        "role": None,
        "person": None,
        "measure": None,
        "name": None,
        "unit": None,
        "value": None,
        "vs": scope.vs,
        "comparison": None,
        "difference": None,
        "numerator": None,
        "denominator": None,
        "n": None,
        "low": None,
        "high": None,
        "level": None,
        "previous": None,
        "open_share": None,
        "counted": None,
        "horizon_days": None,
        "verdict": None,
        "date_basis": scope.basis,
        "period_from": scope.period.start,
        "period_to": scope.period.last_day,
        "note": None,
    }


def _goal(kgi: KgiBand, scope: Scope) -> Row:
    return _blank("kgi", scope) | {
        "measure": kgi.measure,
        "name": kgi.name,
        "unit": kgi.unit,
        "value": kgi.value,
        "comparison": kgi.plan_to_date,
        "difference": kgi.difference,
        "n": kgi.n,
        "previous": kgi.year_ago,
    }


def kpi_row(kpi: KpiRow, scope: Scope) -> Row:
    return _blank("kpi", scope) | {
        "measure": kpi.measure,
        "name": kpi.name,
        "unit": kpi.unit,
        "value": kpi.value,
        "comparison": kpi.comparison,
        "difference": kpi.difference,
        "numerator": kpi.numerator,
        "denominator": kpi.denominator,
        "n": kpi.n,
        "low": kpi.interval.low,
        "high": kpi.interval.high,
        "level": kpi.interval.level,
        "previous": kpi.previous,
        "open_share": kpi.open_share,
        "counted": kpi.counted,
        "horizon_days": kpi.projection.horizon_days if kpi.projection is not None else None,
        "verdict": kpi.verdict.value,
        "note": kpi.note or (shift_text(kpi.shift, scope.lang) if kpi.shift is not None else None),
    }


def _people(table: PeopleTable, scope: Scope) -> list[Row]:
    columns = {column.measure: column for column in table.columns}
    rows = [
        _person_cell(cell, columns[cell.measure], scope) | {"role": table.role, "person": person.name}
        for person in table.rows
        for cell in person.cells
    ]
    totals = [
        _person_cell(cell, columns[cell.measure], scope) | {"block": "role_total", "role": table.role}
        for cell in table.total
    ]
    return rows + totals


def _person_cell(cell: PersonCell, column: Column, scope: Scope) -> Row:
    known = cell.value is not None and cell.comparison is not None
    return _blank("person", scope) | {
        "measure": cell.measure,
        "name": column.name,
        "unit": column.unit,
        "value": cell.value,
        "comparison": cell.comparison,
        "difference": (cell.value or 0) - (cell.comparison or 0) if known else None,
        "numerator": cell.numerator,
        "denominator": cell.denominator,
        "n": cell.n,
        "verdict": cell.verdict.value,
    }
