"""A real company with a few deals and two targets, for the pages that tell what its figures mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from weakref import finalize

from hakari.bootstrap import Clock, Company
from hakari.maths.seasonality import Season
from hakari.metrics.definitions import Measure
from hakari.metrics.targets import Target, Whose
from hakari.planning.choice_view import ConflictView
from hakari.planning.definition_answers import VersionFigure
from hakari.planning.definition_book import Problem
from hakari.planning.definition_card import DefinitionCard
from hakari.planning.definition_check import FileCheck
from hakari.planning.definition_rows import CatalogueRow
from hakari.planning.lint.caring import Care
from hakari.planning.lint.rule import LintReport
from hakari.planning.target_answers import CellEdit, Suggestion
from hakari.planning.target_grid import ALL, TargetGrid
from hakari.planning.target_history import TargetChange
from hakari.sources.targets.pasted import Pasted
from hakari.sources.targets.writing import Written
from hakari.units.period import Period
from hakari.words import Language
from tests.metrics.rows import LEARNT, Tables, write
from tests.web import sample

ROWS: Tables = {
    "team": [{"id": "t1", "name": "第1営業部"}],
    "person": [{"id": "p1", "name": "伊藤 舞", "team": "t1", "role": "fs"}],
    "deal": [
        {"id": "d1", "name": "<b>青葉精機</b>", "owner": "p1", "status": "won", "amount": 3_000_000,
         "created_at": "2026-10-01 10:00", "qualified_at": "2026-10-05 10:00", "valid": True,
         "closed_on": "2026-11-10"},
        {"id": "d2", "name": "みなと物流", "owner": "p1", "status": "open", "amount": 2_000_000,
         "created_at": "2026-10-02 10:00", "qualified_at": "2026-10-06 10:00", "valid": True},
    ],
    "target": [
        {"id": "g1", "measure": "win_amount", "team": "t1", "starts_on": "2026-10-01",
         "ends_on": "2026-10-31", "value": 4_000_000},
        {"id": "g2", "measure": "win_amount", "starts_on": "2026-10-01", "ends_on": "2026-12-31",
         "value": 9_000_000},
    ],
}  # fmt: skip


@contextmanager
def defined_company(
    folder: Path, clock: Clock = lambda: sample.NOW, rows: Tables = ROWS
) -> Iterator[Company]:
    """Its own folder, and the clock of the hand-made company."""
    company = Company(folder, clock, in_folder=True)
    with company.truth.importing("test", "rows", LEARNT) as an_import:
        write(an_import, rows)
    try:
        yield company
    finally:
        company.close()


def _gone(company: Company, folder: Path) -> None:
    """Nobody holds the hand-made company any more: what stood behind it goes too."""
    company.close()
    rmtree(folder)


class RealDefinitions:
    """The side of the hand-made company that knows its definitions: a real one, made when it is asked."""

    @cached_property
    def real(self) -> Company:
        folder = Path(mkdtemp())
        company = Company(folder, lambda: sample.NOW, in_folder=True)
        finalize(self, _gone, company, folder)
        return company

    def targets(self) -> tuple[Target, ...]:
        return self.real.targets()

    def target_grid(self, params: Mapping[str, str], lang: Language, shown: slice = ALL) -> TargetGrid:
        return self.real.target_grid(params, lang, shown)

    def target_measure(self, text: str) -> Measure:
        return self.real.target_measure(text)

    def target_whose(self, text: str) -> Whose:
        return self.real.target_whose(text)

    def target_year(self, text: str) -> Period:
        return self.real.target_year(text)

    def target_periods(self, year: Period, months: int) -> tuple[Period, ...]:
        return self.real.target_periods(year, months)

    def target_choices(self, measure: str, params: Mapping[str, str], lang: Language) -> tuple[Whose, ...]:
        return self.real.target_choices(measure, params, lang)

    def suggestions(
        self,
        measure: str,
        whose: Whose,
        periods: Sequence[Period],
        params: Mapping[str, str],
        lang: Language,
        wanted: Mapping[Period, float] | None = None,
    ) -> tuple[Suggestion, ...]:
        return self.real.suggestions(measure, whose, periods, params, lang, wanted)

    def split_target(
        self, measure: str, total: float, period: Period, params: Mapping[str, str], lang: Language
    ) -> tuple[tuple[tuple[Period, float], ...], Season]:
        return self.real.split_target(measure, total, period, params, lang)

    def target_history(self, measure: str, whose: Whose, period: Period) -> tuple[TargetChange, ...]:
        return self.real.target_history(measure, whose, period)

    def set_targets(
        self, edits: Sequence[CellEdit], reason: str, author: str, label: str = "targets"
    ) -> Written:
        return self.real.set_targets(edits, reason, author, label)

    def paste_targets(
        self, text: str, measure: str, year: int, unit: str, reason: str, author: str, *, keep: bool
    ) -> Pasted:
        return self.real.paste_targets(text, measure, year, unit, reason, author, keep=keep)

    def definition_problems(self) -> tuple[Problem, ...]:
        return self.real.definition_problems()

    def definition_rows(self, lang: Language, *, search: str = "") -> tuple[CatalogueRow, ...]:
        return self.real.definition_rows(lang, search=search)

    def definition_card(self, name: str, lang: Language) -> DefinitionCard:
        return self.real.definition_card(name, lang)

    def figures_by_version(
        self, word: str, params: Mapping[str, str], lang: Language
    ) -> tuple[VersionFigure, ...]:
        return self.real.figures_by_version(word, params, lang)

    def conflicts(self, lang: Language) -> tuple[ConflictView, ...]:
        return self.real.conflicts(lang)

    def choose(
        self,
        conflict: str,
        measure: str,
        reason: str,
        signatures: Mapping[str, str],
        holds_from: date | None = None,
    ) -> None:
        self.real.choose(conflict, measure, reason, signatures, holds_from)

    def withdraw(self, conflict: str, department: str, reason: str = "") -> None:
        self.real.withdraw(conflict, department, reason)

    def check_definition(self, file_name: str, text: str) -> FileCheck:
        return self.real.check_definition(file_name, text)

    def save_definition(self, file_name: str, text: str) -> FileCheck:
        return self.real.save_definition(file_name, text)

    def lint(self, lang: Language) -> LintReport:
        return self.real.lint(lang)

    def kpi_set(self, lang: Language) -> tuple[str | None, tuple[str, ...]]:
        return self.real.kpi_set(lang)

    def kpi_cares(self) -> dict[str, Care]:
        return self.real.kpi_cares()

    def care_for_kpi(self, name: str, owner: str | None = None, review_on: date | None = None) -> str:
        return self.real.care_for_kpi(name, owner, review_on)

    def add_kpi(self, name: str, instead: str = "") -> str:
        return self.real.add_kpi(name, instead)
