"""What a definition can be checked against: its figure now, its worked examples and its earlier versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hakari.canonical import TABLES
from hakari.canonical.schema import Kind
from hakari.metrics.definitions import Example, Kpi, Measure
from hakari.planning.definition_answers import VersionFigure
from hakari.planning.definition_history import DefinitionVersion
from hakari.planning.scorecard import KpiRow
from hakari.web.address import Address
from hakari.web.doors import door
from hakari.web.figures import UNKNOWN, Figures
from hakari.web.pages.definitions.in_words import (
    basis_name,
    field_name,
    measure_name,
    table_name,
    value_name,
)
from hakari.web.site import Site
from hakari.words import Language, say

_SCOPE = ("team", "period", "vs", "basis", "lag", "asof")


@dataclass(frozen=True, slots=True)
class FigureNow:
    value: str
    unit: str
    base: str
    projected: str  # that it is a projection, and to which horizon
    range: str
    period: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class RowsTable:
    """The rows of one table as the example's file says them; `heads` are (column, whether it is a number)."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ExampleBlock:
    title: str
    when: str
    why: str
    tables: tuple[RowsTable, ...]
    answer: str


@dataclass(frozen=True, slots=True)
class VersionBlock:
    version: str
    when: str
    origin: str
    text: str
    is_now: bool
    figures: tuple[tuple[str, str, str], ...]  # measure, period, value under this version


def figure_now(site: Site, measure: Measure, address: Address) -> FigureNow:
    """The figure of the scope in the URL, as its own page shows it."""
    figures, lang = Figures.of(address), address.lang
    asked = {name: address[name] for name in _SCOPE if name in address.given}
    view = site.company.metric_view(measure.id, asked, lang)
    kpi = view.figure
    value = figures.value(kpi.value, kpi.unit, kpi.n, kpi.numerator)
    return FigureNow(
        value=value,
        unit=figures.money_name if kpi.unit == "jpy" and value != UNKNOWN else "",
        base=_base(kpi, figures),
        projected=_projected(kpi, lang),
        range=figures.range(kpi.interval, kpi.unit, kpi.n),
        period=view.period_label,
        url=door(Address(address.path, _shared(address), address.defaults), measure.id),
        note=kpi.note,
    )


def _projected(kpi: KpiRow, lang: Language) -> str:
    if kpi.projection is None or kpi.projection.value is None:
        return ""
    return say("projected_within", lang, days=kpi.projection.horizon_days)


def _base(kpi: KpiRow, figures: Figures) -> str:
    """What was counted; of a projection it is said that more may come."""
    if kpi.denominator is None or kpi.unit != "percent":
        return ""
    counted = figures.fraction(kpi.numerator, kpi.denominator, "count")
    if not _projected(kpi, figures.lang):
        return counted
    waiting = say("still_open", figures.lang, share=f"{kpi.open_share or 0:.0%}")
    return f"{say('counted_so_far', figures.lang, value=counted)} · {waiting}"


def _shared(address: Address) -> dict[str, str]:
    return {
        name: value for name, value in address.given.items() if name in (*_SCOPE, "unit", "lang", "theme")
    }


def examples_of(site: Site, kpi: Kpi, lang: Language) -> tuple[ExampleBlock, ...]:
    measures = site.company.catalogue.measures
    return tuple(_example(one, measures[one.measure], lang) for one in kpi.examples)


def _example(example: Example, measure: Measure, lang: Language) -> ExampleBlock:
    when = [say("example_period", lang, period=example.period)]
    if example.basis:
        when.append(basis_name(example.basis, lang))
    if example.today:
        when.append(say("example_today", lang, day=example.today))
    return ExampleBlock(
        title=measure_name(measure, lang),
        when=" · ".join(when),
        why=example.why,
        tables=tuple(_rows(table, rows, lang) for table, rows in example.rows.items()),
        answer=_answer(example.expect, measure, lang),
    )


def _answer(expect: str, measure: Measure, lang: Language) -> str:
    """The file says "1 of 2"; a page says 1 / 2 = 50%."""
    top, of, bottom = expect.partition(" of ")
    if of and float(bottom):
        return f"{top} / {bottom} = {float(top) / float(bottom) * 100:.0f}%"
    return UNKNOWN if expect == "none" else Figures(lang, "yen").value(float(expect), measure.unit)


def _rows(table: str, rows: Sequence[Mapping[str, object]], lang: Language) -> RowsTable:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    return RowsTable(
        name=say("example_rows_of", lang, table=table_name(table, lang), n=len(rows)),
        heads=tuple("id" if key == "id" else field_name(table, (key,), lang) for key in columns),
        rows=tuple(tuple(_cell(table, key, row.get(key), lang) for key in columns) for row in rows),
    )


def _cell(table: str, column: str, value: object, lang: Language) -> str:
    """Empty where the row says nothing: that is unknown, and not zero or no."""
    if value is None:
        return ""
    known = TABLES.get(table)
    is_choice = known is not None and known.has(column) and known.field(column).kind is Kind.CHOICE
    return value_name(value, column, lang) if is_choice or not isinstance(value, str) else value


def versions_of(
    site: Site, kpi: Kpi, versions: Sequence[DefinitionVersion], address: Address
) -> tuple[VersionBlock, ...]:
    """Newest first; where there are several, each with the figures it gives."""
    lang = address.lang
    figures: list[VersionFigure] = []
    if len(versions) > 1:
        asked = {name: address[name] for name in _SCOPE if name in address.given}
        for one in kpi.measures:
            figures += site.company.figures_by_version(one.id, asked, lang)
    return tuple(
        VersionBlock(
            version=version.version,
            when=_when(version.holds_from, version.until, lang),
            origin=say("company_definition" if version.own else "shipped_definition", lang),
            text=version.text,
            is_now=version.until is None,
            figures=tuple(_under(one, address) for one in figures if one.version == version.version),
        )
        for version in reversed(versions)
    )


def _when(since: date | None, until: date | None, lang: Language) -> str:
    if since is None and until is None:
        return say("version_always", lang)
    first = since.isoformat() if since else ""
    return f"{first} – {until.isoformat() if until else say('version_now', lang)}"


def _under(one: VersionFigure, address: Address) -> tuple[str, str, str]:
    result, value = one.result, UNKNOWN
    if result is not None:
        figures = Figures.of(address)
        value = figures.value(result.value, result.unit, result.n, result.numerator)
        if result.unit == "percent" and "/" not in value:
            value = f"{value} ({figures.fraction(result.numerator, result.denominator, 'count')})"
    return one.name, one.period.iso, value if one.held else say("looking_back", address.lang, value=value)
