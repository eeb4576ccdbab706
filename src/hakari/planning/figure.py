"""What lies behind one figure, for the page and the terminal: records, breakdown, definition, arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from hakari.canonical import TABLES
from hakari.canonical.schema import Field, Kind
from hakari.errors import DefinitionError, UnknownDimensionError
from hakari.metrics.definitions import Dimension, Measure
from hakari.metrics.fact import paths_of
from hakari.metrics.naming import dimension_named, measures_named
from hakari.metrics.query import Query
from hakari.metrics.records import RecordReader, Records
from hakari.metrics.result import MetricResult
from hakari.planning.asking import as_filter
from hakari.planning.compose import period_label, sources
from hakari.planning.defining import arithmetic, definition_view
from hakari.planning.desk import Desk
from hakari.planning.kpi_rows import kpi_rows, said, target_now
from hakari.planning.metric_view import (
    Breakdown,
    BreakdownRow,
    CellValue,
    MetricView,
    RecordColumn,
    RecordTable,
)
from hakari.planning.scorecard import Freshness, Scope
from hakari.planning.shifted import shifts
from hakari.planning.shown import interval_of, value_of
from hakari.planning.targets import TargetBook, read_targets
from hakari.planning.telling_apart import told_apart
from hakari.units.period import Grain

PAGE_SIZE = 50
_COLUMN_KINDS = {
    Kind.MONEY: "jpy",
    Kind.INTEGER: "count",
    Kind.NUMBER: "number",
    Kind.SHARE: "number",
    Kind.DATE: "date",
    Kind.INSTANT: "instant",
    Kind.FLAG: "flag",
}


def metric_view(
    desk: Desk, scope: Scope, name: str, params: Mapping[str, str], freshness: Freshness
) -> MetricView:
    """The figure and the door asked for (`door`, `by`, `of`, `page` of the parameters)."""
    measure = measures_named(desk.catalogue, name)[0]
    book = read_targets(desk.store, desk.schema, desk.catalogue)
    rows = kpi_rows(desk, book, scope, [measure.id])
    query = _query(desk, scope, measure)
    whole = desk.engine.measure(query, desk.schema)
    door = params.get("door") or "records"
    return MetricView(
        company=desk.profile.name,
        demo=desk.profile.demo,
        scope=scope,
        period_label=period_label(desk, scope),
        teams=tuple(sorted(desk.store.names("team", desk.schema).values())),
        sources=sources(desk),
        figure=rows[0],
        date_basis=whole[0].date_basis,
        undated=whole[0].undated,
        records=_records(desk, scope, measure, query, params) if door == "records" else (),
        breakdown=_breakdown(desk, book, scope, measure, params) if door == "breakdown" else None,
        definition=definition_view(desk, measure, scope),
        arithmetic=arithmetic(
            measure, whole[0], scope, desk.engine.course(query, desk.schema) if door == "math" else None
        ),
        explain="\n\n".join(
            f"-- {step.says}\n{step.sql}" for step in desk.engine.explain(query, desk.schema)
        ),
        freshness=freshness,
        shifts=shifts(desk, scope, [measure.id]).get(measure.id, ()),
        slice={key: ",".join(values) for key, values in scope.filters.items()},
    )


def _query(desk: Desk, scope: Scope, measure: Measure, by: tuple[str, ...] = ()) -> Query:
    filters = dict(scope.filters) | ({"team": (scope.team,)} if scope.team is not None else {})
    return Query(
        (measure.id,),
        desk.so_far(scope),
        scope.today,
        by,
        scope.basis,
        filters,
        scope.as_of,
        desk.viewer,
        undated=not by,
        lag=scope.lag,
    )


def _records(
    desk: Desk, scope: Scope, measure: Measure, query: Query, params: Mapping[str, str]
) -> tuple[RecordTable, ...]:
    """The numerator's rows and, of a quotient, the denominator's; the asked side is paged."""
    reader = RecordReader(desk.store, desk.catalogue, desk.calendar, desk.engine.filling, desk.engine.pasts)
    everything = params.get("page") == "all"
    page = 1 if everything else int(params.get("page") or 1)
    asked = params.get("of") or "numerator"
    found: list[RecordTable] = []
    for side in ("numerator", "denominator"):
        if side == "denominator" and measure.denominator is None:
            continue
        here = page if side == asked else 1
        try:
            size = None if everything else PAGE_SIZE
            records = reader.read(query, {}, side, desk.schema, size, (here - 1) * PAGE_SIZE)
        except DefinitionError:
            return ()
        found.append(_table(side, measure, records, scope, here))
    return tuple(found)


def _table(side: str, measure: Measure, records: Records, scope: Scope, page: int) -> RecordTable:
    aggregate = measure.parts()[-1] if side == "denominator" else measure.parts()[0]
    population = aggregate.population
    fields = {field.name: field for field in TABLES[records.table].fields}
    shown = [
        index
        for index, name in enumerate(records.columns)
        if name == "source_id" or (name in fields and any(row[index] is not None for row in records.rows))
    ]
    columns = tuple(_column(records.columns[index], fields.get(records.columns[index])) for index in shown)
    return RecordTable(
        side,
        population.ja if scope.lang == "ja" else population.en,
        columns,
        tuple(tuple(_cell(row[index]) for index in shown) for row in records.rows),
        records.count,
        page,
        PAGE_SIZE,
    )


def _column(name: str, field: Field | None) -> RecordColumn:
    return RecordColumn(name, name, _COLUMN_KINDS.get(field.kind, "text") if field is not None else "text")


def _cell(value: object) -> CellValue:
    return (
        value
        if value is None or isinstance(value, str | int | float | bool | date | datetime)
        else str(value)
    )


def dimensions_for(desk: Desk, measure: Measure, lang: str) -> tuple[tuple[str, str], ...]:
    """Everything all populations of the measure know, then the stretches of time."""
    tables = [part.population.table for part in measure.parts()]
    if measure.listed is not None:
        tables = [measure.listed.table]
    named = [
        (one.name, one.ja if lang == "ja" else one.en)
        for one in desk.catalogue.dimensions.values()
        if _is_known(one, measure, tables)
    ]
    grains = {"week": "週", "month": "月", "quarter": "四半期", "year": "年度"}
    return (*named, *((key, ja if lang == "ja" else key.title()) for key, ja in grains.items()))


def _is_known(one: Dimension, measure: Measure, tables: list[str]) -> bool:
    """Targets are a person's or a team's, whatever else the records they are held against know."""
    if measure.against is not None:
        return one.name in ("owner", "team")
    return bool(tables) and all(paths_of(one, table) for table in tables)


def _breakdown(
    desk: Desk, book: TargetBook, scope: Scope, measure: Measure, params: Mapping[str, str]
) -> Breakdown:
    choices = dimensions_for(desk, measure, scope.lang)
    by = params.get("by") or choices[0][0]
    found = dimension_named(desk.catalogue, by)
    key = found.value if isinstance(found, Grain) else found.name
    if key not in dict(choices):
        raise UnknownDimensionError(
            f"{measure.id} cannot be broken down by {by!r}",
            f"use one of {', '.join(name for name, _ in choices)}",
        )
    rows = desk.engine.measure(_query(desk, scope, measure, (key,)), desk.schema)
    total = desk.engine.measure(_query(desk, scope, measure), desk.schema)
    apart = None if isinstance(found, Grain) else told_apart(measure, key, rows)
    parts = [_breakdown_row(desk, measure, one, str(one.slice[key] or ""), scope, key, book) for one in rows]
    return Breakdown(
        key,
        choices,
        tuple(replace(one, likely=apart.likely.get(one.name)) if apart else one for one in parts),
        _breakdown_row(desk, measure, total[0], "", scope, key, book),
        apart.groups if apart else (),
    )


def _breakdown_row(
    desk: Desk, measure: Measure, one: MetricResult, name: str, scope: Scope, key: str, book: TargetBook
) -> BreakdownRow:
    against = None
    if scope.vs == "plan" and key == "owner" and name:
        against = target_now(desk, book, scope, measure, owner=name)
    return BreakdownRow(
        name or "—",
        as_filter(name),
        value_of(one),
        one.numerator,
        one.denominator,
        one.n,
        interval_of(one),
        against,
        said(measure, one, against),
    )
