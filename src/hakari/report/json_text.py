"""Figures as JSON objects that cannot lose their base, their range or their period on the way."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from math import isfinite
from typing import Any

from hakari.maths.display_rules import Verdict
from hakari.maths.intervals import Interval
from hakari.planning.metric_view import Breakdown, MetricView, RecordTable
from hakari.planning.scorecard import Cell, KgiBand, KpiRow, PeopleTable, Scope, Scorecard
from hakari.report.rows import Row, record_rows

Link = Callable[[str], str]  # measure id → the URL of its page with the same scope
_SURE = (Verdict.ABOVE, Verdict.BELOW, Verdict.ON_TARGET)


def rows_to_json(rows: Sequence[Row]) -> str:
    return to_json(list(rows))


def to_json(answer: object) -> str:
    """Dates are ISO; what JSON cannot hold, such as infinity, is null."""
    return json.dumps(_plain(answer), ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def scorecard_object(card: Scorecard, link: Link) -> dict[str, Any]:
    scope = _scope(card.scope, card.period_label)
    return {
        "company": card.company,
        "demo": card.demo,
        "scope": scope,
        "headline": card.headline,
        "subline": card.subline,
        "kgi": _goal(card.kgi, link) if card.kgi else None,
        "reverse": _fields(card.reverse) if card.reverse else None,
        "kpis": [figure_object(kpi, card.scope, link) for kpi in card.kpis],
        "people": [_people(table) for table in card.people],
        "freshness": _fields(card.freshness),
        "notices": list(card.notices),
    }


def metric_object(view: MetricView, link: Link) -> dict[str, Any]:
    figure = figure_object(view.figure, view.scope, link)
    figure |= {"basis": view.date_basis, "undated": view.undated, "definition": view.definition.version}
    return {
        "company": view.company,
        "demo": view.demo,
        "scope": _scope(view.scope, view.period_label),
        "figure": figure,
        "records": [_records(table) for table in view.records],
        "breakdown": _breakdown(view.breakdown) if view.breakdown else None,
        "definition": _fields(view.definition),
        "arithmetic": [_fields(line) for line in view.arithmetic],
        "explain": view.explain,
        "freshness": _fields(view.freshness),
        "notices": list(view.notices),
        "shifts": [_fields(one) for one in view.shifts],
        "flags": [_fields(one) for one in view.flags],
    }


def figure_object(kpi: KpiRow, scope: Scope, link: Link) -> dict[str, Any]:
    """One number with everything it stands on."""
    return {
        "key": kpi.measure,
        "name": kpi.name,
        "value": kpi.value,
        "unit": kpi.unit,
        "numerator": kpi.numerator,
        "denominator": kpi.denominator,
        "n": kpi.n,
        "interval": _interval(kpi.interval),
        "target": kpi.comparison if scope.vs == "plan" else None,
        "vs": scope.vs,
        "comparison": kpi.comparison,
        "diff": kpi.difference,
        "previous": kpi.previous,
        "better": kpi.better,
        "verdict": kpi.verdict.value,
        "reliable": kpi.verdict in _SURE,
        "basis": scope.basis,
        "population": kpi.population,
        "open_share": kpi.open_share,
        "trend": [_fields(point) for point in kpi.trend],
        "asof": scope.as_of,
        "url": link(kpi.measure),
        "caveats": [kpi.note] if kpi.note else [],
    }


def _goal(kgi: KgiBand, link: Link) -> dict[str, Any]:
    elapsed, total = kgi.business_days
    return _fields(kgi) | {
        "business_days": {"elapsed": elapsed, "total": total},
        "pace": [_fields(point) for point in kgi.pace],
        "composition": [_fields(part) for part in kgi.composition],
        "url": link(kgi.measure),
    }


def _people(table: PeopleTable) -> dict[str, Any]:
    return {
        "role": table.role,
        "columns": [_fields(column) for column in table.columns],
        "rows": [
            {
                "name": row.name,
                "role": row.role,
                "months": row.months,
                "ramping": row.ramping,
                "cells": [_cell(cell) for cell in row.cells],
                "question": row.question,
            }
            for row in table.rows
        ],
        "total": [_cell(cell) for cell in table.total],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return _fields(cell) | {"trend": [_fields(point) for point in cell.trend]}


def _records(table: RecordTable) -> dict[str, Any]:
    return {
        "side": table.side,
        "name": table.name,
        "columns": [_fields(column) for column in table.columns],
        "rows": record_rows(table),
        "total": table.total,
        "page": table.page,
        "pages": table.pages,
    }


def _breakdown(breakdown: Breakdown) -> dict[str, Any]:
    rows = [
        _fields(row) | {"interval": _interval(row.interval)} for row in (*breakdown.rows, breakdown.total)
    ]
    return {"by": breakdown.by, "choices": [key for key, _ in breakdown.choices], "rows": rows}


def _scope(scope: Scope, label: str) -> dict[str, Any]:
    period = scope.period
    return {
        "team": scope.team,
        "period": {
            "label": label,
            "from": period.start,
            "to": period.last_day,
            "complete": period.end <= scope.today,
        },
        "today": scope.today,
        "vs": scope.vs,
        "basis": scope.basis,
        "filters": {name: list(values) for name, values in scope.filters.items()},
        "asof": scope.as_of,
    }


def _interval(interval: Interval) -> dict[str, Any] | None:
    return _fields(interval) if interval.is_known else None


def _fields(thing: object) -> dict[str, Any]:
    """The fields of a dataclass with slots, one level deep."""
    return {name: getattr(thing, name) for name in thing.__dataclass_fields__}  # type: ignore[attr-defined]


def _plain(value: object) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and not isfinite(value):
        return None
    return value
