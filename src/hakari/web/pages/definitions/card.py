"""A definition's card: what it counts, how to check it by hand, what it says now and where it is used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from hakari.errors import UnknownKpiError
from hakari.metrics.definitions import Kpi, Measure, Population
from hakari.metrics.naming import measures_named
from hakari.planning.definition_card import DefinitionCard
from hakari.web.address import Address
from hakari.web.definition_places import CHOICES, LIST, TARGETS, card_url, edit_url, within
from hakari.web.frame import Frame, Link, shelf_frame
from hakari.web.pages.definitions.evidence import (
    ExampleBlock,
    FigureNow,
    VersionBlock,
    examples_of,
    figure_now,
    versions_of,
)
from hakari.web.pages.definitions.in_words import (
    Formula,
    basis_name,
    conditions_of,
    days_of,
    formula_of,
    measure_name,
    named,
    open_rows_of,
    table_name,
)
from hakari.web.site import Site
from hakari.words import Language, say


@dataclass(frozen=True, slots=True)
class PopulationBlock:
    role: str
    name: str
    table: str
    conditions: tuple[str, ...]
    days: tuple[tuple[str, str], ...]
    open_rows: tuple[str, ...]
    code: str


@dataclass(frozen=True, slots=True)
class MeasureBlock:
    key: str
    name: str
    id: str
    words: str
    formula: Formula
    code: str
    facts: tuple[tuple[str, str], ...]
    populations: tuple[PopulationBlock, ...]
    caution: str
    missing: tuple[str, ...]
    figure: FigureNow | None


@dataclass(frozen=True, slots=True)
class CardPage:
    frame: Annotated[Frame, "what surrounds the page"]
    back: Annotated[str, "URL of the shelf"]
    edit: Annotated[str, "URL of the editor"]
    name: Annotated[str, "the KPI's name in the reader's language"]
    other: Annotated[tuple[str, str], "language and name in the other one"]
    id: Annotated[str, "what files and formulas call it"]
    chips: Annotated[tuple[Link, ...], "phase, tactic and owner, each a link to its like"]
    is_own: Annotated[bool, "whether the company wrote it"]
    measures: Annotated[tuple[MeasureBlock, ...], "its measures"]
    source: Annotated[str, "article, table and row it comes from"]
    aliases: Annotated[tuple[str, ...], "what else people call it"]
    used: Annotated[tuple[Link, ...], "where it is used; a link without URL is plain words"]
    signed: Annotated[tuple[str, ...], "who signed it as the company's reading"]
    versions: Annotated[tuple[VersionBlock, ...], "how it came to be, newest first"]
    examples: Annotated[tuple[ExampleBlock, ...], "rows and the answer a person gets by counting"]
    file: Annotated[str, "the company's own file, if it is one"]
    code: Annotated[str, "the file as written"]


def kpi_named(site: Site, name: str) -> Kpi:
    """A KPI by its id, else by anything its measures are called."""
    catalogue = site.company.catalogue
    if name in catalogue.kpis:
        return catalogue.kpis[name]
    kpis = {measure.kpi for measure in measures_named(catalogue, name)}
    if len(kpis) > 1:
        raise UnknownKpiError(f"{name!r} is several KPIs", f"open one of {', '.join(sorted(kpis))}")
    return catalogue.kpis[kpis.pop()]


def page(site: Site, kpi: Kpi, address: Address) -> CardPage:
    lang, company = address.lang, site.company
    cards = {one.id: company.definition_card(one.id, lang) for one in kpi.measures}
    first = next(iter(cards.values()))
    ja = lang == "ja"
    return CardPage(
        frame=shelf_frame(address, company.profile, kpi.ja if ja else kpi.en),
        back=within(address, LIST),
        edit=edit_url(address, kpi.id),
        name=kpi.ja if ja else kpi.en,
        other=("en", kpi.en) if ja else ("ja", kpi.ja),
        id=kpi.id,
        chips=_chips(first, address),
        is_own=first.row.own,
        measures=tuple(_measure(site, one, cards[one.id], address) for one in kpi.measures),
        source=kpi.source,
        aliases=tuple(dict.fromkeys(name for one in kpi.measures for name in one.aliases)),
        used=_used(site, kpi, cards.values(), address),
        signed=_signed(cards.values()),
        versions=versions_of(site, kpi, first.versions, address),
        examples=examples_of(site, kpi, lang),
        file=first.file,
        code=first.code,
    )


def _chips(card: DefinitionCard, address: Address) -> tuple[Link, ...]:
    row, lang = card.row, address.lang
    places = (
        ("stage", row.stage, row.stage_name),
        ("tactic", row.tactic, row.tactic_name),
        ("department", row.department, row.department_name),
    )
    return tuple(
        Link(f"{say(f'filter_{filter_}', lang)} {name}", within(address, LIST, **{filter_: key}))
        for filter_, key, name in places
    )


def _measure(site: Site, measure: Measure, card: DefinitionCard, address: Address) -> MeasureBlock:
    lang, measures = address.lang, site.company.catalogue.measures
    return MeasureBlock(
        key=measure.key,
        name=measure_name(measure, lang),
        id=measure.id,
        words=card.words,
        formula=formula_of(measure, measures, lang),
        code=card.formula,
        facts=_facts(measure, lang),
        populations=_populations(measure, lang),
        caution=card.caution,
        missing=card.row.missing,
        figure=figure_now(site, measure, address) if card.row.computable else None,
    )


def _facts(measure: Measure, lang: Language) -> tuple[tuple[str, str], ...]:
    own, *others = (basis_name(basis, lang) for basis in measure.bases)
    bases = " · ".join((say("basis_own", lang, basis=own), *others)) if others else own
    return (
        (say("kind_word", lang), say(f"kind_{measure.kind}", lang)),
        (say("unit_word", lang), say(f"unit_{measure.unit}", lang)),
        (say("better_word", lang), say(f"better_{measure.better}", lang)),
        (say("date_basis", lang), bases),
    )


def _populations(measure: Measure, lang: Language) -> tuple[PopulationBlock, ...]:
    roles = (
        (measure.of, "population_word"),
        (measure.numerator, "numerator"),
        (measure.denominator, "denominator"),
    )
    blocks = [_population(part.population, say(role, lang), lang) for part, role in roles if part is not None]
    if measure.listed is not None:
        blocks.append(_population(measure.listed, say("denominator", lang), lang))
    return tuple(blocks)


def _population(population: Population, role: str, lang: Language) -> PopulationBlock:
    return PopulationBlock(
        role=role,
        name=named(population, lang),
        table=table_name(population.table, lang),
        conditions=conditions_of(population, lang),
        days=days_of(population, lang),
        open_rows=open_rows_of(population, lang),
        code=population.text(),
    )


def _used(site: Site, kpi: Kpi, cards: Iterable[DefinitionCard], address: Address) -> tuple[Link, ...]:
    """The scorecard, other measures' formulas, targets, and the choices it is an option of."""
    lang, company = address.lang, site.company
    ids, profile = {one.id for one in kpi.measures}, company.profile
    links = []
    if profile.kgi in ids:
        links.append(Link(say("used_as_goal", lang), within(address, "/scorecard")))
    if ids & set(profile.kpis) or any("scorecard" in card.used_in for card in cards):
        links.append(Link(say("used_as_row", lang), within(address, "/scorecard")))
    for name in dict.fromkeys(name for card in cards for name in card.used_in if name != "scorecard"):
        measure = company.catalogue.measures.get(name)
        if measure is not None and measure.kpi != kpi.id:
            words = say("used_in_measure", lang, name=measure_name(measure, lang))
            links.append(Link(words, card_url(address, measure.kpi, name)))
    aims = sum(target.measure in ids for target in company.targets())
    if aims:
        links.append(Link(say("used_by_targets", lang, n=aims), within(address, TARGETS, q=kpi.id)))
    conflicts = {one.id: one.name for card in cards for one in card.conflicts}
    for conflict, name in conflicts.items():
        words = say("used_in_choice", lang, name=name)
        links.append(Link(words, f"{within(address, CHOICES)}#{conflict}"))
    return tuple(links)


def _signed(cards: Iterable[DefinitionCard]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            f"{one.department_name}: {one.by} ({one.at.date().isoformat()})"
            for card in cards
            for one in card.agreed
        )
    )


def as_object(site: Site, kpi: Kpi, lang: Language) -> dict[str, object]:
    """The card for programs: populations as code, examples with their rows, versions with their text."""
    cards = [site.company.definition_card(one.id, lang) for one in kpi.measures]
    return {
        "kpi": kpi.id,
        "name_ja": kpi.ja,
        "name_en": kpi.en,
        "stage": kpi.stage,
        "tactic": kpi.tactic,
        "department": kpi.department,
        "source": kpi.source,
        "version": f"{kpi.id}@{kpi.version}",
        "measures": [
            _measure_object(measure, card) for measure, card in zip(kpi.measures, cards, strict=True)
        ],
        "examples": [
            {
                "measure": one.measure,
                "period": one.period,
                "basis": one.basis or None,
                "today": one.today or None,
                "expect": one.expect,
                "why": one.why,
                "rows": {table: list(rows) for table, rows in one.rows.items()},
            }
            for one in kpi.examples
        ],
        "versions": [
            {"version": one.version, "from": one.holds_from, "until": one.until, "own": one.own}
            for one in cards[0].versions
        ],
        "code": kpi.text,
    }


def _measure_object(measure: Measure, card: DefinitionCard) -> dict[str, object]:
    return {
        "measure": measure.id,
        "name_ja": measure.ja,
        "name_en": measure.en,
        "words": card.words,
        "formula": card.formula,
        "kind": measure.kind,
        "unit": measure.unit,
        "better": measure.better,
        "bases": list(measure.bases),
        "populations": [
            {
                "name": part.population.name,
                "where": part.population.text(),
                "dates": {basis: ".".join(path) for basis, path in part.population.dates.items()},
            }
            for part in measure.parts()
        ],
        "aliases": list(measure.aliases),
        "caution": card.caution,
        "computable": card.row.computable,
        "missing": list(card.row.missing),
        "used_in": list(card.used_in),
    }
