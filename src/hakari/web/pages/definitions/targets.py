"""All targets of a fiscal year: a line for each measure and whoever it is for, month by month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from hakari.metrics.definitions import Measure
from hakari.metrics.naming import fold
from hakari.metrics.targets import Target
from hakari.report import Row
from hakari.units.display import number
from hakari.units.fiscal import add_months, fiscal_year, whole_months
from hakari.units.labels import bucket_label
from hakari.units.period import Grain, Period
from hakari.web.address import Address
from hakari.web.definition_places import TARGETS, card_url, tabs
from hakari.web.figures import Figures
from hakari.web.frame import Control, Frame, Link, Search, shelf_frame
from hakari.web.pages.definitions.in_words import measure_name
from hakari.web.site import Site
from hakari.words import Language, say

FILTERS = ("year", "scope")
SCOPES = ("company", "team", "person")
LINES_A_PAGE = 150
_SPANS = {1: "span_month", 3: "span_quarter", 6: "span_half", 12: "span_year"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A target over as many months as it is for; an empty one holds a place."""

    months: int
    value: str
    period: str


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    kind: str
    span: str
    cells: tuple[Cell, ...]
    others: tuple[str, ...]  # those that are for no whole months


@dataclass(frozen=True, slots=True)
class Block:
    """One measure's lines."""

    name: str
    url: str
    unit: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class TargetsPage:
    frame: Annotated[Frame, "what surrounds the page"]
    tabs: Annotated[tuple[Link, ...], "the parts of definitions & quality"]
    headline: Annotated[str, "how many targets, for what"]
    subline: Annotated[str, "unit of money, and where targets come from"]
    months: Annotated[tuple[str, ...], "the columns"]
    blocks: Annotated[tuple[Block, ...], "the lines, by measure"]
    shown: Annotated[str, "which lines are shown"]
    before: Annotated[str, "URL of the page before"]
    after: Annotated[str, "URL of the page after"]


def page(site: Site, address: Address) -> TargetsPage:
    lang, start = address.lang, site.company.profile.fiscal_start_month
    every = site.company.targets()
    year = _year(site, address)
    chosen = _chosen(site, every, address)
    lines = _keys(chosen)
    first = (int(address["page"]) - 1) * LINES_A_PAGE
    here = set(lines[first : first + LINES_A_PAGE])
    last = min(first + LINES_A_PAGE, len(lines))
    title = say("definitions_targets", lang)
    measures = {target.measure for target in chosen}
    return TargetsPage(
        frame=shelf_frame(
            address,
            site.company.profile,
            title,
            _controls(every, year, start, address),
            Search("q", say("search_definitions", lang), say("search_targets_hint", lang), address["q"]),
        ),
        tabs=tabs(address, TARGETS),
        headline=say(
            "targets_headline", lang, year=f"FY{year}", n=number(len(chosen)), measures=number(len(measures))
        ),
        subline=say("targets_subline", lang, unit=Figures.of(address).money_name),
        months=tuple(say(f"month_{(start + at - 1) % 12 + 1}", lang) for at in range(12)),
        blocks=_blocks(site, [one for one in chosen if _key(one) in here], date(year, start, 1), address),
        shown=say("lines_shown", lang, first=number(first + 1), last=number(last), total=number(len(lines)))
        if lines
        else "",
        before=address.to(page=str(int(address["page"]) - 1)) if first else "",
        after=address.to(page=str(int(address["page"]) + 1)) if last < len(lines) else "",
    )


def _year(site: Site, address: Address) -> int:
    """The asked fiscal year as FY2026 or 2026, else today's."""
    text = address["year"].upper().removeprefix("FY")
    if text.isdecimal() and 1900 < int(text) < 3000:
        return int(text)
    today = site.company.asked({}, address.lang).scope.today
    return fiscal_year(today, site.company.profile.fiscal_start_month)


def _chosen(site: Site, every: Sequence[Target], address: Address) -> list[Target]:
    """Those of the year, the scope and the search; of several for one period the last one counts."""
    start, measures = site.company.profile.fiscal_start_month, site.company.catalogue.measures
    first = date(_year(site, address), start, 1)
    year, words = Period(first, add_months(first, 12)), fold(address["q"]).split()
    found: dict[tuple[object, ...], Target] = {}
    for one in every:
        inside = one.period.start < year.end and year.start < one.period.end
        if not inside or (address["scope"] and address["scope"] != _scope(one)):
            continue
        measure = measures[one.measure]
        haystack = fold(" ".join((measure.id, measure.ja, measure.en, one.team or "", one.owner or "")))
        if all(word in haystack for word in words):
            found[(*_whose(one), one.period.start, one.period.end)] = one
    order = {"company": 0, "team": 1, "person": 2}
    return sorted(
        found.values(),
        key=lambda one: (
            one.measure,
            order[_scope(one)],
            one.team or "",
            one.owner or "",
            one.period.days,
            one.period.start,
        ),
    )


def _whose(one: Target) -> tuple[str, str, str]:
    return one.measure, one.team or "", one.owner or ""


def _scope(one: Target) -> str:
    return "person" if one.owner is not None else "team" if one.team is not None else "company"


def _key(one: Target) -> tuple[str, str, str, int]:
    """One line of the grid: whose target, over how many months."""
    return (*_whose(one), whole_months(one.period))


def _keys(targets: Iterable[Target]) -> list[tuple[str, str, str, int]]:
    return list(dict.fromkeys(_key(one) for one in targets))


def _controls(every: Sequence[Target], year: int, start: int, address: Address) -> tuple[Control, ...]:
    lang = address.lang
    years = sorted({fiscal_year(one.period.start, start) for one in every} | {year}, reverse=True)
    labels = {f"FY{one}": bucket_label(date(one, start, 1), Grain.YEAR, start, lang) for one in years}
    scopes = [("", say("everything", lang)), *((name, say(f"scope_{name}", lang)) for name in SCOPES)]
    return (
        Control("year", say("fiscal_year", lang), tuple(labels.items()), f"FY{year}"),
        Control("scope", say("target_scope", lang), tuple(scopes), address["scope"]),
    )


def _blocks(site: Site, targets: Sequence[Target], first: date, address: Address) -> tuple[Block, ...]:
    measures, lang = site.company.catalogue.measures, address.lang
    blocks = []
    for name in dict.fromkeys(one.measure for one in targets):
        measure = measures[name]
        mine = [one for one in targets if one.measure == name]
        lines = tuple(
            _line([one for one in mine if _key(one) == key], measure, first, Figures.of(address))
            for key in _keys(mine)
        )
        unit = say(f"unit_{measure.unit}", lang)
        blocks.append(Block(measure_name(measure, lang), card_url(address, measure.kpi, name), unit, lines))
    return tuple(blocks)


def _line(targets: Sequence[Target], measure: Measure, first: date, figures: Figures) -> Line:
    one, lang = targets[0], figures.lang
    months = whole_months(one.period)
    return Line(
        name=one.owner or one.team or say("whole_company", lang),
        kind=_scope(one),
        span=say(_SPANS[months], lang) if months in _SPANS else "",
        cells=_cells(targets, measure, first, figures) if months else (),
        others=()
        if months
        else tuple(f"{each.period.iso}: {figures.beside(each.value, measure.unit)}" for each in targets),
    )


def _cells(targets: Sequence[Target], measure: Measure, first: date, figures: Figures) -> tuple[Cell, ...]:
    """Twelve months, whatever lies in them; what reaches over the year's ends is cut to it."""
    cells: list[Cell] = []
    at = 0
    for one in targets:
        begins = max(_months_between(first, one.period.start), at)
        ends = min(_months_between(first, one.period.end), 12)
        if ends <= begins:
            continue
        cells += [Cell(1, "", "")] * (begins - at)
        cells.append(Cell(ends - begins, figures.beside(one.value, measure.unit), one.period.iso))
        at = ends
    return (*cells, *[Cell(1, "", "")] * (12 - at))


def _months_between(first: date, day: date) -> int:
    return (day.year - first.year) * 12 + day.month - first.month


def listed(site: Site, address: Address) -> list[Row]:
    """One row a target, as a file of targets has them."""
    measures = site.company.catalogue.measures
    return [
        _as_row(one, measures[one.measure], address.lang)
        for one in _chosen(site, site.company.targets(), address)
    ]


def _as_row(one: Target, measure: Measure, lang: Language) -> Row:
    return {
        "measure": one.measure,
        "name": measure_name(measure, lang),
        "scope": _scope(one),
        "team": one.team,
        "person": one.owner,
        "period_from": one.period.start,
        "period_to": one.period.last_day,
        "value": one.value,
        "unit": measure.unit,
    }
