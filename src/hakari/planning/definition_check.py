"""Checks a definition file before it is followed: it can be read, it holds, its examples come true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hakari.errors import DefinitionError
from hakari.metrics.definitions import Catalogue, Kpi
from hakari.metrics.loader import built_in, overlay
from hakari.metrics.placing import DefinitionFile
from hakari.metrics.worked import ExampleOutcome, run_examples
from hakari.planning.defining import formula_of
from hakari.planning.definition_book import Problem

NO_EXAMPLE = "no example"


@dataclass(frozen=True, slots=True)
class MeasureCheck:
    """One measure of the file, and what came of its examples.

    A population of the company's may stand in the place of one that ships: what Hakari's own examples give
    with it is told, and is no failure.
    """

    measure: str
    name: str
    formula: str
    examples: tuple[ExampleOutcome, ...]
    own: bool

    @property
    def ok(self) -> bool:
        """Without an example nobody has said what the figure is to be."""
        return not self.own or (bool(self.examples) and all(one.ok for one in self.examples))


@dataclass(frozen=True, slots=True)
class FileCheck:
    """`problem` tells why the file is refused; else its measures, or those that count its populations."""

    file: str
    problem: Problem | None
    measures: tuple[MeasureCheck, ...] = ()

    @property
    def ok(self) -> bool:
        return self.problem is None and all(one.ok for one in self.measures)


def check_file(file: DefinitionFile, others: Sequence[DefinitionFile]) -> FileCheck:
    """The file together with the company's other files; nothing is written."""
    beside = [one for one in others if one.name != file.name]
    together = sorted([*beside, file], key=lambda one: (not one.is_populations, one.name))
    try:
        catalogue = overlay(built_in(), together)
    except DefinitionError as error:
        return FileCheck(file.name, Problem(file.name, error.line, error.what, error.way_out))
    return FileCheck(file.name, None, tuple(_measures(catalogue, _kpis(catalogue, file))))


def _kpis(catalogue: Catalogue, file: DefinitionFile) -> list[Kpi]:
    """The file's own KPI; of populations, every KPI that counts one of them."""
    if not file.is_populations:
        return [kpi for kpi in catalogue.kpis.values() if kpi.own and kpi.file == file.name]
    before = built_in().populations
    changed = {name for name, one in catalogue.populations.items() if before.get(name) != one}
    return [
        kpi
        for kpi in catalogue.kpis.values()
        if any(
            part.population.name in changed and part.population.table == file.stem
            for one in kpi.measures
            for part in one.parts()
        )
    ]


def _measures(catalogue: Catalogue, kpis: Sequence[Kpi]) -> list[MeasureCheck]:
    outcomes = run_examples(catalogue, [one for kpi in kpis for one in kpi.examples])
    return [
        MeasureCheck(
            one.id,
            one.ja,
            formula_of(one),
            tuple(outcome for outcome in outcomes if outcome.measure == one.id),
            kpi.own,
        )
        for kpi in kpis
        for one in kpi.measures
    ]
