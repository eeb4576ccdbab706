"""All targets of a fiscal year: a line for each measure and whoever it is for, month by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from hakari.metrics.definitions import Measure
from hakari.metrics.targets import Target
from hakari.planning.target_grid import ADJUST, GridBlock, GridCell, GridLine, TargetGrid
from hakari.planning.target_judging import Judged
from hakari.planning.target_scopes import KINDS, whose_label, whose_text
from hakari.planning.target_words import chance_text, why
from hakari.report import Row
from hakari.report.target_rows import target_rows
from hakari.units.display import number, percent
from hakari.units.fiscal import fiscal_year
from hakari.units.labels import bucket_label
from hakari.units.period import Grain, Period
from hakari.web.address import Address
from hakari.web.definition_places import TARGETS, card_url, tabs
from hakari.web.figures import Figures
from hakari.web.frame import Control, Frame, Link, Search, shelf_frame
from hakari.web.pages.definitions.in_words import measure_name
from hakari.web.pages.definitions.target_editing import Draft, EditRow, edit_row
from hakari.web.pages.definitions.target_pasting import PasteBox, Pasting, paste_box
from hakari.web.site import Site
from hakari.words import Language, say

FILTERS = ("year", "kpi", "scope", "team", "person")
LINES_A_PAGE = 150
SPANS = {1: "span_month", 3: "span_quarter", 6: "span_half", 12: "span_year"}
_OWN = ("edit", "span", "saved", "page")


@dataclass(frozen=True, slots=True)
class Cell:
    """A target over as many months as it is for; an empty one holds a place."""

    months: int
    value: str = ""
    period: str = ""
    chance: str = ""
    tone: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    kind: str
    span: str
    cells: tuple[Cell, ...]
    others: tuple[str, ...]  # those that are for no whole months
    edit_url: str
    edit_words: str
    editing: EditRow | None


@dataclass(frozen=True, slots=True)
class Block:
    """One measure's lines."""

    id: str
    name: str
    url: str
    unit: str
    season: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Adding:
    """Opens the input of a line that is not there yet."""

    kpi: str
    kept: tuple[tuple[str, str], ...]
    kpis: tuple[tuple[str, str], ...]
    whose: tuple[tuple[str, str], ...]
    spans: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TargetsPage:
    frame: Annotated[Frame, "what surrounds the page"]
    tabs: Annotated[tuple[Link, ...], "the parts of definitions & quality"]
    headline: Annotated[str, "how many targets, for what"]
    subline: Annotated[str, "unit of money, and how likely the coming ones are reached"]
    saved: Annotated[str, "what was just saved, and how to take it back"]
    months: Annotated[tuple[str, ...], "the columns"]
    blocks: Annotated[tuple[Block, ...], "the lines, by measure"]
    alone: Annotated[EditRow | None, "the input of a line without targets yet"]
    adding: Annotated[Adding, "opens the input of another line"]
    paste: Annotated[PasteBox, "cells from a spreadsheet"]
    token: Annotated[str, "what the forms must bring back"]
    shown: Annotated[str, "which lines are shown"]
    before: Annotated[str, "URL of the page before"]
    after: Annotated[str, "URL of the page after"]


def page(
    site: Site, address: Address, token: str, draft: Draft | None = None, pasting: Pasting | None = None
) -> TargetsPage:
    lang = address.lang
    first = (int(address["page"]) - 1) * LINES_A_PAGE
    grid = site.company.target_grid(asked(address), lang, slice(first, first + LINES_A_PAGE))
    lines = grid.lines
    last = min(first + LINES_A_PAGE, len(lines))
    every = site.company.targets()
    kpis = _kpis(site, address, every)
    editing = edit_row(site, address, draft) if address["edit"] and address["kpi"] else None
    blocks = _blocks(site, grid, lines[first:last], address, editing)
    is_in_grid = any(line.editing for block in blocks for line in block.lines)
    return TargetsPage(
        frame=_frame(site, address, _controls(site, address, grid.year, every, kpis)),
        tabs=tabs(address, TARGETS),
        headline=_headline(grid, lang, site.company.profile.fiscal_start_month),
        subline=_subline(lines, address),
        saved=_saved(address),
        months=tuple(
            say(f"month_{one.start.month}", lang) for one in site.company.target_periods(grid.year, 1)
        ),
        blocks=blocks,
        alone=None if is_in_grid else editing,
        adding=_adding(site, address, kpis),
        paste=paste_box(site, address, pasting),
        token=token,
        shown=say("lines_shown", lang, first=number(first + 1), last=number(last), total=number(len(lines)))
        if lines
        else "",
        before=address.to(page=str(int(address["page"]) - 1)) if first else "",
        after=address.to(page=str(int(address["page"]) + 1)) if last < len(lines) else "",
    )


def asked(address: Address) -> dict[str, str]:
    """What the grid is asked by; nobody's name is nobody's filter."""
    names = (*FILTERS, "q", "asof")
    return {name: address.given[name] for name in names if address.given.get(name)}


def _frame(site: Site, address: Address, controls: tuple[Control, ...]) -> Frame:
    lang = address.lang
    return shelf_frame(
        address,
        site.company.profile,
        say("definitions_targets", lang),
        controls,
        Search("q", say("search_definitions", lang), say("search_targets_hint", lang), address["q"]),
        more=_OWN,
    )


def _headline(grid: TargetGrid, lang: Language, start: int) -> str:
    year = f"FY{fiscal_year(grid.year.start, start)}"
    return say("targets_headline", lang, year=year, n=number(grid.targets), measures=number(len(grid.blocks)))


def _subline(lines: Sequence[GridLine], address: Address) -> str:
    lang = address.lang
    words = say("targets_subline", lang, unit=Figures.of(address).money_name)
    bands = Counter(
        cell.judged.band.value
        for line in lines
        for cell in line.cells
        if cell.judged is not None and cell.judged.band is not None
    )
    if not bands:
        return words
    counted = {name: number(bands[name]) for name in ("reachable", "stretch", "hard", "unreachable")}
    return f"{say('targets_chances', lang, n=number(bands.total()), **counted)} {words}"


def _saved(address: Address) -> str:
    run = address["saved"]
    return say("target_undo_hint", address.lang, run=run) if run.isdecimal() else ""


def _controls(
    site: Site, address: Address, year: Period, every: Sequence[Target], kpis: Sequence[tuple[str, str]]
) -> tuple[Control, ...]:
    lang, start = address.lang, site.company.profile.fiscal_start_month
    now = fiscal_year(year.start, start)
    years = sorted({fiscal_year(one.period.start, start) for one in every} | {now, now + 1}, reverse=True)
    labels = {f"FY{one}": bucket_label(date(one, start, 1), Grain.YEAR, start, lang) for one in years}
    everything = ("", say("everything", lang))
    teams = sorted({one.team for one in every if one.team} | ({address["team"]} - {"all"}))
    people = sorted({one.owner for one in every if one.owner} | ({address["person"]} - {""}))
    scopes = [everything, *((name, say(f"scope_{name}", lang)) for name in KINDS)]
    return (
        Control("year", say("fiscal_year", lang), tuple(labels.items()), f"FY{now}"),
        Control("kpi", say("filter_kpi", lang), (everything, *kpis), address["kpi"]),
        Control("scope", say("target_scope", lang), tuple(scopes), address["scope"]),
        Control(
            "team",
            say("scope_team", lang),
            (("all", say("everything", lang)), *((one, one) for one in teams)),
            address["team"],
        ),
        Control(
            "person",
            say("filter_person", lang),
            (everything, *((one, one) for one in people)),
            address["person"],
        ),
    )


def _kpis(site: Site, address: Address, every: Sequence[Target]) -> list[tuple[str, str]]:
    """Those with targets, and those the scorecard shows."""
    profile, measures = site.company.profile, site.company.catalogue.measures
    known = {one.measure for one in every}
    known |= {one for one in (profile.kgi, *profile.kpis) if one in measures}
    named = sorted((measure_name(measures[one], address.lang), one) for one in known)
    found = [(one, name) for name, one in named]
    chosen = address["kpi"]
    if chosen and chosen not in known:
        found.append((chosen, measure_name(site.company.target_measure(chosen), address.lang)))
    return found


def _adding(site: Site, address: Address, kpis: Sequence[tuple[str, str]]) -> Adding:
    """Whom a target may be for depends on the KPI, so that is chosen first."""
    lang = address.lang
    chosen = address["kpi"] or site.company.profile.kgi
    kept = tuple(
        (name, value)
        for name, value in address.given.items()
        if name not in ("edit", "span", "kpi", "saved", "page", "scope", "person", "team", "q")
    )
    whose: tuple[tuple[str, str], ...] = ()
    if chosen in site.company.catalogue.measures:
        choices = site.company.target_choices(chosen, asked(address), lang)
        catalogue = site.company.catalogue
        whose = tuple(
            (whose_text(one), f"{say(f'scope_{one.kind}', lang)}: {whose_label(one, catalogue, lang)}")
            if one.kind != "company"
            else ("company", say("whole_company", lang))
            for one in choices
        )
    spans = tuple((str(months), say(key, lang)) for months, key in SPANS.items())
    return Adding(chosen, kept, tuple(kpis), whose, spans)


def _blocks(
    site: Site, grid: TargetGrid, lines: Sequence[GridLine], address: Address, editing: EditRow | None
) -> tuple[Block, ...]:
    here = {id(line) for line in lines}
    found = []
    for block in grid.blocks:
        shown = [line for line in block.lines if id(line) in here]
        if shown:
            found.append(_block(site, block, shown, grid.year, address, editing))
    return tuple(found)


def _block(
    site: Site,
    block: GridBlock,
    shown: Iterable[GridLine],
    year: Period,
    address: Address,
    editing: EditRow | None,
) -> Block:
    measure, lang = site.company.catalogue.measures[block.measure], address.lang
    season = block.season
    words = (
        say("season_known", lang, years=season.years, trust=percent(season.trust, 100))
        if season.is_known
        else ""
    )
    return Block(
        id=block.measure.replace(".", "-"),
        name=measure_name(measure, lang),
        url=card_url(address, measure.kpi, measure.id),
        unit=say(f"unit_{measure.unit}", lang),
        season=words,
        lines=tuple(_line(site, line, measure, year, address, editing) for line in shown),
    )


def _line(
    site: Site, line: GridLine, measure: Measure, year: Period, address: Address, editing: EditRow | None
) -> Line:
    lang, figures = address.lang, Figures.of(address)
    label = whose_label(line.whose, site.company.catalogue, lang)
    is_difference = line.kind == ADJUST
    can_edit = not is_difference and line.months in SPANS
    is_open = (
        can_edit
        and editing is not None
        and (editing.measure, editing.whose, editing.months)
        == (line.measure, whose_text(line.whose), line.months)
    )
    cells = _cells(line, measure, year.start, figures) if line.months else ()
    return Line(
        name=say("rollup_difference", lang) if is_difference else label,
        kind=line.kind,
        span=label if is_difference else say(SPANS[line.months], lang) if line.months in SPANS else "",
        cells=cells,
        others=()
        if line.months
        else tuple(f"{one.period.iso}: {figures.beside(one.value, measure.unit)}" for one in line.cells),
        edit_url=_edit_url(address, line) if can_edit else "",
        edit_words=say("target_edit_of", lang, name=label),
        editing=editing if is_open else None,
    )


def _edit_url(address: Address, line: GridLine) -> str:
    span = "" if line.months == 1 else str(line.months)
    return address.to(kpi=line.measure, edit=whose_text(line.whose), span=span, saved=None) + "#editing"


def _cells(line: GridLine, measure: Measure, first: date, figures: Figures) -> tuple[Cell, ...]:
    """Twelve months, whatever lies in them; what reaches over the year's ends is cut to it."""
    cells: list[Cell] = []
    at = 0
    for one in line.cells:
        begins = max(_months_between(first, one.period.start), at)
        ends = min(_months_between(first, one.period.end), 12)
        if ends <= begins:
            continue
        cells += [Cell(1)] * (begins - at)
        cells.append(_cell(one, line, measure, ends - begins, figures))
        at = ends
    return (*cells, *[Cell(1)] * (12 - at))


def _cell(one: GridCell, line: GridLine, measure: Measure, months: int, figures: Figures) -> Cell:
    if line.kind == ADJUST:
        return Cell(months, figures.difference(one.value, measure.unit), one.period.iso)
    words = "" if one.judged is None else chance_text(one.judged, figures.lang)
    return Cell(
        months,
        figures.beside(one.value, measure.unit),
        one.period.iso,
        words,
        tone_of(one.judged),
        reason_of(one.judged, measure, figures) if one.judged is not None else "",
    )


def tone_of(judged: Judged | None) -> str:
    if judged is None:
        return ""
    if judged.reached is not None:
        return "met" if judged.reached else "missed"
    return judged.band.value if judged.band is not None else ""


def reason_of(judged: Judged, measure: Measure, figures: Figures) -> str:
    return why(judged, measure.better, lambda value: figures.value(value, measure.unit), figures.lang)


def _months_between(first: date, day: date) -> int:
    return (day.year - first.year) * 12 + day.month - first.month


def listed(site: Site, address: Address) -> list[Row]:
    """One row a target, as a file of targets has them."""
    grid = site.company.target_grid(asked(address), address.lang)
    return target_rows(grid, site.company.catalogue, address.lang)
