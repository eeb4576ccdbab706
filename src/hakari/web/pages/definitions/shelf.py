"""The shelf of all measures: how many can be computed, the grid of phases and tactics, and the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from hakari.metrics.definitions import STAGES, Catalogue, Kpi
from hakari.planning.definition_rows import CatalogueRow
from hakari.report import Row
from hakari.units.display import number
from hakari.web.address import Address
from hakari.web.definition_places import LIST, NEW, card_url, tabs, within
from hakari.web.frame import Control, Frame, Link, Search, shelf_frame
from hakari.web.marks import Svg, share_bar
from hakari.web.pages.definitions.in_words import formula_of, need_in_short
from hakari.web.site import Site
from hakari.words import Language, say

FILTERS = ("stage", "tactic", "department", "computable")


@dataclass(frozen=True, slots=True)
class Cell:
    able: str
    total: str
    words: str
    url: str
    bar: Svg
    current: bool


@dataclass(frozen=True, slots=True)
class GridLine:
    """One phase; a cell is None where it has no measure of the tactic."""

    stage: Link
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure; `state` is able or lacking, `needs` what would make it computable."""

    name: str
    url: str
    id: str
    formula: str
    tactic: str
    department: str
    state: str
    needs: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Group:
    stage: str
    anchor: str
    count: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class ShelfPage:
    frame: Annotated[Frame, "what surrounds the page"]
    tabs: Annotated[tuple[Link, ...], "the parts of definitions & quality"]
    headline: Annotated[str, "how many can be computed, and what would help most"]
    subline: Annotated[str, "choices that wait for signatures"]
    tactics: Annotated[tuple[Link, ...], "the columns of the grid"]
    grid: Annotated[tuple[GridLine, ...], "its rows"]
    groups: Annotated[tuple[Group, ...], "the measures by phase"]
    shown: Annotated[str, "how many of all are shown"]
    ways_out: Annotated[tuple[Link, ...], "filters to take off where nothing is left"]
    new_url: Annotated[str, "where a KPI is added"]


def page(site: Site, address: Address) -> ShelfPage:
    lang, catalogue = address.lang, site.company.catalogue
    everything = _in_order(site.company.definition_rows(lang))
    found = _found(site, address)
    faceted = [row for row in found if _fits(row, address, ("department", "computable"))]
    shown = [row for row in found if _fits(row, address, FILTERS)]
    title, controls = say("definitions", lang), _controls(everything, address)
    return ShelfPage(
        frame=shelf_frame(
            address,
            site.company.profile,
            title,
            controls,
            Search("q", say("search_definitions", lang), say("search_definitions_hint", lang), address["q"]),
            tuple(
                say(
                    "refused_file_kept" if one.still_holds else "refused_file",
                    lang,
                    file=one.file,
                    what=one.what,
                    way_out=one.way_out,
                )
                for one in site.company.definition_problems()
            ),
        ),
        tabs=tabs(address, LIST),
        headline=_headline(everything, lang),
        subline=_subline(site, lang),
        tactics=_columns(everything, address),
        grid=_grid(everything, faceted, address),
        groups=_groups(shown, catalogue, address),
        shown=say("definitions_shown", lang, n=number(len(shown)), total=number(len(everything))),
        ways_out=() if shown else _ways_out(site, address, controls),
        new_url=within(address, NEW),
    )


def listed(site: Site, address: Address) -> list[Row]:
    """The same measures as rows of a file."""
    catalogue = site.company.catalogue
    rows = [row for row in _found(site, address) if _fits(row, address, FILTERS)]
    return [_as_row(row, catalogue, address.lang) for row in rows]


def rows_of(site: Site, kpi: Kpi, lang: Language) -> list[Row]:
    """The measures of one KPI."""
    rows = [row for row in site.company.definition_rows(lang) if row.kpi == kpi.id]
    return [_as_row(row, site.company.catalogue, lang) for row in rows]


def _found(site: Site, address: Address) -> Sequence[CatalogueRow]:
    return _in_order(site.company.definition_rows(address.lang, search=address["q"]))


def _in_order(rows: Sequence[CatalogueRow]) -> list[CatalogueRow]:
    """The phases as a customer passes through them."""
    return sorted(rows, key=lambda row: STAGES.index(row.stage) if row.stage in STAGES else len(STAGES))


def _fits(row: CatalogueRow, address: Address, filters: Sequence[str]) -> bool:
    said = {
        "stage": row.stage,
        "tactic": row.tactic,
        "department": row.department,
        "computable": "yes" if row.computable else "no",
    }
    return all(not address[name] or address[name] == said[name] for name in filters)


def _headline(rows: Sequence[CatalogueRow], lang: Language) -> str:
    able = sum(row.computable for row in rows)
    total, done = number(len(rows)), number(able)
    if able == len(rows):
        return say("definitions_headline_all", lang, total=total)
    said = say("definitions_headline", lang, total=total, able=done)
    alone = Counter(row.needs[0] for row in rows if len(row.needs) == 1)
    if not alone:
        return said
    need, more = min(alone.items(), key=lambda one: (-one[1], one[0]))
    joint = "" if lang == "ja" else " "
    return said + joint + say("definitions_best_need", lang, need=need_in_short(need, lang), n=number(more))


def _subline(site: Site, lang: Language) -> str:
    waiting = sum(bool(one.missing_departments) for one in site.company.conflicts(lang))
    kpis = say("measures_in_kpis", lang, n=number(len(site.company.catalogue.kpis)))
    return " · ".join([kpis, *([say("unsigned_choices", lang, n=waiting)] if waiting else [])])


def _controls(rows: Sequence[CatalogueRow], address: Address) -> tuple[Control, ...]:
    lang = address.lang
    families = {
        "stage": {row.stage: row.stage_name for row in rows},
        "tactic": {row.tactic: row.tactic_name for row in rows},
        "department": {row.department: row.department_name for row in rows},
        "computable": {"yes": say("computable_yes", lang), "no": say("computable_no", lang)},
    }
    return tuple(
        Control(
            name,
            say(f"filter_{name}", lang),
            (("", say("everything", lang)), *choices.items()),
            address[name],
        )
        for name, choices in families.items()
    )


def _columns(rows: Sequence[CatalogueRow], address: Address) -> tuple[Link, ...]:
    """Tactics in the order of the phases they first serve, so that the grid runs down its diagonal."""
    names = {row.tactic: row.tactic_name for row in rows}
    chosen = address["tactic"]
    return tuple(
        Link(name, address.to(tactic=None if key == chosen else key, stage=None), key == chosen)
        for key, name in names.items()
    )


def _grid(
    everything: Sequence[CatalogueRow], faceted: Sequence[CatalogueRow], address: Address
) -> tuple[GridLine, ...]:
    stages = {row.stage: row.stage_name for row in everything}
    tactics = {row.tactic: row.tactic_name for row in everything}
    chosen = (address["stage"], address["tactic"])
    lines = []
    for stage, stage_name in stages.items():
        url = address.to(stage=None if chosen == (stage, "") else stage, tactic=None)
        cells = tuple(
            _cell([row for row in faceted if (row.stage, row.tactic) == (stage, tactic)], chosen, address)
            for tactic in tactics
        )
        lines.append(GridLine(Link(stage_name, url, chosen == (stage, "")), cells))
    return tuple(lines)


def _cell(rows: Sequence[CatalogueRow], chosen: tuple[str, str], address: Address) -> Cell | None:
    if not rows:
        return None
    first, able = rows[0], sum(row.computable for row in rows)
    current = chosen == (first.stage, first.tactic)
    return Cell(
        able=number(able),
        total=number(len(rows)),
        words=say(
            "grid_cell",
            address.lang,
            stage=first.stage_name,
            tactic=first.tactic_name,
        ),
        url=address.to(stage=None if current else first.stage, tactic=None if current else first.tactic),
        bar=share_bar(able, len(rows)),
        current=current,
    )


def _groups(rows: Sequence[CatalogueRow], catalogue: Catalogue, address: Address) -> tuple[Group, ...]:
    stages = {row.stage: row.stage_name for row in rows}
    groups = []
    for stage, name in stages.items():
        inside = [row for row in rows if row.stage == stage]
        able = number(sum(row.computable for row in inside))
        entries = tuple(_entry(row, catalogue, address) for row in inside)
        groups.append(Group(name, f"stage-{stage}", f"{able} / {number(len(inside))}", entries))
    return tuple(groups)


def _entry(row: CatalogueRow, catalogue: Catalogue, address: Address) -> Entry:
    lang = address.lang
    return Entry(
        name=row.name,
        url=card_url(address, row.kpi, row.measure),
        id=row.measure,
        formula=formula_of(catalogue.measures[row.measure], catalogue.measures, lang).line,
        tactic=row.tactic_name,
        department=row.department_name,
        state="able" if row.computable else "lacking",
        needs=" · ".join(need_in_short(need, lang) for need in row.needs),
        is_own=row.own,
    )


def _ways_out(site: Site, address: Address, controls: Sequence[Control]) -> tuple[Link, ...]:
    """Of the filters that leave nothing, those without which something is left, the most first."""
    lang = address.lang
    words = {one.name: f"{one.label}: {dict(one.options).get(one.chosen, one.chosen)}" for one in controls}
    words["q"] = f"{say('search_definitions', lang)}: {address['q']}"
    found = []
    for name in (each for each in ("q", *FILTERS) if address[each]):
        kept = {key: value for key, value in address.given.items() if key != name}
        wider = Address(address.path, kept, address.defaults)
        left = sum(_fits(row, wider, FILTERS) for row in _found(site, wider))
        if left:
            said = say("definitions_without", lang, filter=words[name], n=number(left))
            found.append((left, Link(said, wider.to())))
    return tuple(link for _, link in sorted(found, key=lambda one: -one[0]))


def _as_row(row: CatalogueRow, catalogue: Catalogue, lang: Language) -> Row:
    measure, kpi = catalogue.measures[row.measure], catalogue.kpis[row.kpi]
    return {
        "measure": row.measure,
        "kpi": row.kpi,
        "name": row.name,
        "name_ja": measure.ja,
        "name_en": measure.en,
        "stage": row.stage_name,
        "tactic": row.tactic_name,
        "department": row.department_name,
        "formula": formula_of(measure, catalogue.measures, lang).line,
        "unit": row.unit,
        "better": row.better,
        "bases": ", ".join(measure.bases),
        "computable": row.computable,
        "missing": "; ".join(row.missing) or None,
        "source": kpi.source,
        "version": f"{kpi.id}@{kpi.version}",
        "own": row.own,
    }
