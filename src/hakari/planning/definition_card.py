"""Everything there is to say about one measure: formula, populations, versions, signatures, uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hakari.canonical.predicate import where_text
from hakari.metrics.definitions import Aggregate, Catalogue, Example, Measure, Population
from hakari.planning.choice_view import ConflictView, SignatureView
from hakari.planning.defining import formula_in_words, formula_of
from hakari.planning.definition_history import DefinitionVersion
from hakari.planning.definition_rows import CatalogueRow, parts_named
from hakari.words import Language


@dataclass(frozen=True, slots=True)
class PopulationView:
    """A set of rows a measure counts; `dates` are (basis, field)."""

    name: str
    title: str
    table: str
    where: str
    dates: tuple[tuple[str, str], ...]
    population: Population


@dataclass(frozen=True, slots=True)
class DefinitionCard:
    """One measure in the reader's language; `agreed` are those who signed it as the company's choice."""

    row: CatalogueRow
    measure: Measure
    name_ja: str
    name_en: str
    words: str
    formula_words: str
    formula: str
    numerator: str
    denominator: str
    populations: tuple[PopulationView, ...]
    bases: tuple[str, ...]
    horizon_days: int | None
    window_months: int | None
    source: str
    caution: str
    code: str
    version: str
    file: str
    versions: tuple[DefinitionVersion, ...]
    used_in: tuple[str, ...]
    conflicts: tuple[ConflictView, ...]
    agreed: tuple[SignatureView, ...]
    examples: tuple[Example, ...]


def definition_card(
    catalogue: Catalogue,
    one: Measure,
    row: CatalogueRow,
    versions: tuple[DefinitionVersion, ...],
    conflicts: Sequence[ConflictView],
    on_scorecard: Sequence[str],
    lang: Language,
) -> DefinitionCard:
    kpi, ja = catalogue.kpis[one.kpi], lang == "ja"
    own = tuple(each for each in conflicts if one.id in {option.measure for option in each.options})
    return DefinitionCard(
        row=row,
        measure=one,
        name_ja=one.ja,
        name_en=one.en,
        words=one.words_ja if ja else one.words_en,
        formula_words=formula_in_words(one, catalogue, lang),
        formula=formula_of(one),
        numerator=_counted(one.numerator or one.of),
        denominator=_counted(one.denominator) or ("" if one.listed is None else one.listed.text()),
        populations=tuple(_population(each, ja) for each in populations_of(one)),
        bases=one.bases,
        horizon_days=one.horizon_days,
        window_months=one.window_months,
        source=kpi.source,
        caution=one.caution_ja if ja else one.caution_en,
        code=kpi.text,
        version=f"{kpi.id}@{kpi.version}",
        file=kpi.file if kpi.own else "",
        versions=versions,
        used_in=tuple(_users(catalogue, one.id)) + (("scorecard",) if one.id in on_scorecard else ()),
        conflicts=own,
        agreed=_agreed(own, one.id),
        examples=tuple(each for each in kpi.examples if each.measure == one.id),
    )


def populations_of(one: Measure) -> tuple[Population, ...]:
    """Each once, the numerator's first."""
    found = [part.population for part in one.parts()]
    if one.listed is not None:
        found.append(one.listed)
    return tuple({each.name: each for each in found}.values())


def _population(one: Population, ja: bool) -> PopulationView:
    dates = tuple((basis, ".".join(path)) for basis, path in one.dates.items())
    return PopulationView(one.name, one.ja if ja else one.en, one.table, where_text(one.where), dates, one)


def _counted(one: Aggregate | None) -> str:
    return "" if one is None else one.population.text()


def _agreed(conflicts: Sequence[ConflictView], measure: str) -> tuple[SignatureView, ...]:
    return tuple(
        signed
        for each in conflicts
        for option in each.options
        if option.measure == measure and option.in_force
        for signed in option.signed
    )


def _users(catalogue: Catalogue, measure: str) -> list[str]:
    return [one.id for one in catalogue.measures.values() if measure in parts_named(one)]
