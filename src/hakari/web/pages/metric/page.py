"""Shows one figure large, and behind its four doors what it stands on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from hakari.metrics.definitions import Catalogue
from hakari.planning.metric_view import ArithmeticLine, DefinitionView, MetricView
from hakari.planning.scorecard import KpiRow
from hakari.planning.shifted import shift_text
from hakari.report import Cell, Row, breakdown_rows, metric_object, record_rows
from hakari.web.address import SUFFIXES, Address
from hakari.web.definition_places import card_url
from hakari.web.described import SCOPE, WITHIN, described
from hakari.web.doors import DOORS, door
from hakari.web.figures import Figures, size_of
from hakari.web.frame import Frame, Link, frame
from hakari.web.judgement import judge
from hakari.web.marks import Flag, Svg, Tone, axis_head, interval_row, trend_chart, verdict_dot
from hakari.web.pages.metric.breakdown import BreakdownBlock, breakdown_block
from hakari.web.pages.metric.records import RecordsBlock, records_block
from hakari.web.site import Sheet, Site
from hakari.words import Language, say

PATH = "/metric/{measure}"


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class MetricPage:
    frame: Annotated[Frame, "what surrounds the page"]
    back: Annotated[str, "URL of the scorecard in the same scope"]
    name: Annotated[str, "the figure's name"]
    population: Annotated[str, "numerator ÷ denominator and date basis, in words"]
    narrowed: Annotated[tuple[Link, ...], "filters beyond the scope bar, each with the URL without it"]
    value: Annotated[str, "the figure"]
    size: Annotated[str, "how large it may be written"]
    unit: Annotated[str, "its money unit, if it is money"]
    tone: Annotated[Tone, "good, bad or plain"]
    facts: Annotated[tuple[Fact, ...], "target, difference, range, base"]
    verdict: Annotated[str, "how sure the difference is"]
    verdict_dot: Annotated[Svg, "the same as a shape"]
    axis: Annotated[Svg | None, "the figure beside its target; None without one"]
    axis_head: Annotated[Svg, "the scale above it"]
    trend: Annotated[Svg, "the weeks that led here"]
    trend_slim: Annotated[Svg, "the same for a telephone"]
    flags: Annotated[tuple[tuple[str, str], ...], "what the numbers on the trend mean: kind and words"]
    doors: Annotated[tuple[Link, ...], "records, breakdown, definition, math; the open one is current"]
    open_door: Annotated[str, "which of the four is open"]
    records: Annotated[RecordsBlock | None, "the rows counted"]
    breakdown: Annotated[BreakdownBlock | None, "the figure split by one dimension"]
    definition: Annotated[DefinitionView, "what it means"]
    card: Annotated[str, "URL of the definition's whole card; empty where there is none"]
    bases: Annotated[tuple[str, ...], "the date bases it can be counted on, in words"]
    arithmetic: Annotated[tuple[ArithmeticLine, ...], "the sum, step by step"]
    explain: Annotated[str, "plan and SQL"]
    note: Annotated[str, "a caution, or why there is no figure"]


def router(site: Site) -> APIRouter:
    routes = APIRouter()

    @routes.get(
        PATH + ".json",
        summary="One figure with its records, breakdown, definition and arithmetic",
        openapi_extra=described(*SCOPE, *WITHIN),
    )
    def metric_json(request: Request, measure: str) -> Response:
        address = site.address(request, f"/metric/{measure}")
        view = site.company.metric_view(measure, address.question(), address.lang)
        answer = metric_object(view, lambda other: door(address, other, address["door"]))
        return site.json(answer | {"url": address.to()}, request, address.lang)

    @routes.get(PATH, include_in_schema=False)
    def metric(request: Request, measure: str) -> Response:
        """A measure's own id may hold dots (calls.rate), so only a known suffix is taken off."""
        name, _, suffix = measure.rpartition(".")
        if name and suffix in SUFFIXES:
            address = site.address(request, f"/metric/{name}")
            # A file holds all records: a page of them would sum to something else.
            view = site.company.metric_view(name, address.question() | {"page": "all"}, address.lang)
            return site.file(suffix, _sheet(view, address), address.lang)
        address = site.address(request)
        elsewhere = site.moved(request, address)
        if elsewhere is not None:
            return elsewhere
        view = site.company.metric_view(measure, address.question(), address.lang)
        return site.html("pages/metric/page.html", page(view, address, site), address.lang)

    return routes


def page(view: MetricView, address: Address, site: Site) -> MetricPage:
    figures, lang, kpi = Figures.of(address), address.lang, view.figure
    said = judge(kpi.verdict, kpi.better, kpi.unit, kpi.n, kpi.numerator, kpi.denominator, lang)
    facts = _facts(view, figures)
    value = figures.value(kpi.value, kpi.unit, kpi.n, kpi.numerator)
    finding = " · ".join([f"{kpi.name} {value}", *(f"{fact.label} {fact.value}" for fact in facts)])
    axis = interval_row(
        kpi.value, kpi.interval, kpi.comparison, kpi.previous, said.tone, said.sureness, finding
    )
    return MetricPage(
        frame=frame(view, address, site.company.profile, site.clock(), kpi.name, _unknown(site, address)),
        back=address.to("/scorecard", door=None, by=None, of=None, page=None),
        name=kpi.name,
        population=kpi.population,
        narrowed=_narrowed(view, address, site.company.catalogue),
        value=value,
        size=size_of(value),
        unit=figures.money_name if kpi.unit == "jpy" else "",
        tone=said.tone,
        facts=facts,
        verdict=said.words,
        verdict_dot=verdict_dot(said.tone, said.sureness),
        axis=axis if kpi.comparison is not None else None,
        axis_head=axis_head(say("axis_target", lang, word=say(f"vs_{view.scope.vs}", lang))),
        trend=_trend(view, figures, said.tone, finding, is_slim=False),
        trend_slim=_trend(view, figures, said.tone, finding, is_slim=True),
        flags=tuple((one.kind, one.text) for one in view.flags),
        doors=tuple(
            Link(say(each, lang), door(address, kpi.measure, each), each == address["door"]) for each in DOORS
        ),
        open_door=address["door"],
        records=records_block(view, address, figures) if address["door"] == "records" else None,
        breakdown=breakdown_block(view, address, figures) if address["door"] == "breakdown" else None,
        definition=view.definition,
        card=_card(kpi.measure, address, site.company.catalogue),
        bases=tuple(say(_BASIS_WORDS.get(basis, "own_basis"), lang) for basis in view.definition.bases),
        arithmetic=view.arithmetic,
        explain=view.explain,
        note=_note(view, lang),
    )


def _unknown(site: Site, address: Address) -> tuple[str, ...]:
    return site.company.asked(address.question(), address.lang).unknown


def _note(view: MetricView, lang: Language) -> str:
    """A shift that began before the weeks of the trend has no flag on it."""
    kpi = view.figure
    flagged = kpi.shift is None or any(one.day == kpi.shift.since for one in view.flags)
    return kpi.note or ("" if flagged or kpi.shift is None else shift_text(kpi.shift, lang))


def _card(measure: str, address: Address, catalogue: Catalogue) -> str:
    known = catalogue.measures.get(measure)
    return "" if known is None else card_url(address, known.kpi, measure)


_BASIS_WORDS = {"event": "event_basis", "created": "created_cohort", "close": "close_basis"}
_IN_SCOPE_BAR = {"source"}


def _narrowed(view: MetricView, address: Address, catalogue: Catalogue) -> tuple[Link, ...]:
    """Filters such as owner=伊藤 that no control shows: each can be taken off."""
    links = []
    for name, values in view.scope.filters.items():
        dimension = catalogue.dimensions[name]
        word = dimension.ja if address.lang == "ja" else dimension.en
        if name not in _IN_SCOPE_BAR:
            # The parameter may be written by another name of the dimension, such as 担当者.
            typed = {each: None for each in address.given if each in (name, dimension.ja, dimension.en)}
            links.append(Link(f"{word}: {', '.join(values)}", address.to(**typed, page=None)))
    return tuple(links)


def _facts(view: MetricView, figures: Figures) -> tuple[Fact, ...]:
    kpi, lang = view.figure, figures.lang
    facts: list[Fact] = []
    if kpi.comparison is not None:
        word = say(f"vs_{view.scope.vs}", lang)
        facts.append(Fact(word, figures.beside(kpi.comparison, kpi.unit, kpi.n)))
        facts.append(Fact(say("variance", lang), figures.difference(kpi.difference, kpi.unit, kpi.n)))
    span = figures.range(kpi.interval, kpi.unit, kpi.n)
    facts.append(Fact(say("interval_95", lang), span or say("no_range", lang)))
    if kpi.numerator is not None and kpi.denominator is not None:
        facts.append(
            Fact(say("k_of_n", lang), figures.fraction(kpi.numerator, kpi.denominator, _top(kpi.unit)))
        )
    else:
        facts.append(Fact(say("sample_size", lang), figures.value(kpi.n, "count")))
    if kpi.previous is not None:
        facts.append(Fact(say("previous_period", lang), figures.beside(kpi.previous, kpi.unit, kpi.n)))
    facts.append(Fact(say("date_basis", lang), say(_BASIS_WORDS.get(view.date_basis, "own_basis"), lang)))
    facts += _projection(kpi, figures)
    if kpi.open_share is not None:
        facts.append(Fact(say("share_open", lang), f"{kpi.open_share:.0%}"))
    if view.undated:
        facts.append(
            Fact(say("undated", lang), say("records_count", lang, n=figures.value(view.undated, "count")))
        )
    return tuple(facts)


def _projection(kpi: KpiRow, figures: Figures) -> list[Fact]:
    """To which horizon the figure is projected, by what, and what was counted so far."""
    found, lang = kpi.projection, figures.lang
    if found is None or found.value is None:
        return []
    counted = figures.value(kpi.counted, kpi.unit, kpi.n, kpi.numerator)
    by = say(f"reference_{found.reference}", lang, n=figures.value(found.reference_n, "count"))
    within = say("within_days", lang, days=found.horizon_days)
    return [
        Fact(say("counted", lang), counted),
        Fact(say("horizon", lang), within),
        Fact(say("lag_adjusted", lang), by),
    ]


def _top(unit: str) -> str:
    return "jpy" if unit == "jpy" else "count"


def _trend(view: MetricView, figures: Figures, tone: Tone, finding: str, is_slim: bool) -> Svg:
    kpi = view.figure
    scale = figures.money_scale if kpi.unit == "jpy" else 0.01 if kpi.unit == "percent" else 1.0
    word = say(f"vs_{view.scope.vs}", figures.lang)
    weeks = [replace(point, label=figures.short_day(point.starts)) for point in kpi.trend]
    return trend_chart(
        weeks,
        kpi.weekly_comparison,
        tone,
        lambda value: figures.beside(value, kpi.unit),
        word,
        finding,
        scale,
        is_slim=is_slim,
        flags=[Flag(one.day, number, one.kind) for number, one in enumerate(view.flags, start=1)],
    )


def _sheet(view: MetricView, address: Address) -> Sheet:
    rows: list[Row] = breakdown_rows(view)
    if address["door"] == "records":
        wanted = [table for table in view.records if table.side == address["of"]] or list(view.records)
        rows = record_rows(wanted[0]) if wanted else rows
    told = view.definition
    definition: Row = {
        "measure": view.figure.measure,
        "name": view.figure.name,
        "words": told.words,
        "formula": told.formula,
        "numerator": told.numerator,
        "denominator": told.denominator,
        "source": told.source,
        "version": told.version,
    }
    origin: dict[str, Cell] = {
        say("product", address.lang): view.company,
        say("scope_period", address.lang): view.scope.period.iso,
        say("as_of", address.lang): view.scope.as_of or view.scope.today,
        "URL": address.to(),
    }
    return Sheet(f"{view.figure.measure}-{view.scope.period.iso}", rows, [definition], origin)
