"""What the pages need of a company: `hakari.bootstrap` provides it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from hakari.maths.seasonality import Season
from hakari.metrics.definitions import Catalogue, Measure
from hakari.metrics.targets import Target, Whose
from hakari.planning.asking import Asked
from hakari.planning.capacity_plan import CapacityView
from hakari.planning.choice_view import ConflictView
from hakari.planning.definition_answers import VersionFigure
from hakari.planning.definition_book import Problem
from hakari.planning.definition_card import DefinitionCard
from hakari.planning.definition_check import FileCheck
from hakari.planning.definition_rows import CatalogueRow
from hakari.planning.gap_view import Gap
from hakari.planning.lint.caring import Care
from hakari.planning.lint.rule import LintReport
from hakari.planning.meeting_view import MeetingView
from hakari.planning.meetings import Decision, Meeting
from hakari.planning.metric_view import MetricView
from hakari.planning.plan_scenarios import Scenario
from hakari.planning.plan_view import PlanView
from hakari.planning.rep_view import RepView
from hakari.planning.scorecard import Scorecard
from hakari.planning.target_answers import CellEdit, Suggestion
from hakari.planning.target_grid import ALL, TargetGrid
from hakari.planning.target_history import TargetChange
from hakari.planning.territory_plan import TerritoryView
from hakari.sources.targets.pasted import Pasted
from hakari.sources.targets.writing import Written
from hakari.storage.notes import Kind
from hakari.units.period import Period
from hakari.words import Language


class Profile(Protocol):
    """The settings of the company that shape a page."""

    @property
    def name(self) -> str: ...
    @property
    def zone(self) -> str: ...
    @property
    def fiscal_start_month(self) -> int: ...
    @property
    def language(self) -> str: ...
    @property
    def money_unit(self) -> str: ...
    @property
    def kgi(self) -> str: ...
    @property
    def kpis(self) -> tuple[str, ...]: ...
    @property
    def demo(self) -> bool: ...


class Company(Protocol):
    """Answers questions put as the parameters of a URL; a bad one raises a HakariError."""

    @property
    def profile(self) -> Profile: ...

    @property
    def catalogue(self) -> Catalogue: ...

    def asked(self, params: Mapping[str, str], lang: Language) -> Asked: ...

    def scorecard(self, params: Mapping[str, str], lang: Language) -> Scorecard: ...

    def gap(self, params: Mapping[str, str], lang: Language) -> Gap: ...

    def metric_view(self, measure: str, params: Mapping[str, str], lang: Language) -> MetricView: ...

    def plan_view(
        self, params: Mapping[str, str], lang: Language, compare: Sequence[str] | None = None
    ) -> PlanView: ...

    def save_scenario(self, name: str, params: Mapping[str, str], author: str, reason: str) -> Scenario: ...

    def targets(self) -> tuple[Target, ...]: ...

    def target_grid(self, params: Mapping[str, str], lang: Language, shown: slice = ALL) -> TargetGrid: ...

    def target_measure(self, text: str) -> Measure: ...

    def target_whose(self, text: str) -> Whose: ...

    def target_year(self, text: str) -> Period: ...

    def target_periods(self, year: Period, months: int) -> tuple[Period, ...]: ...

    def target_choices(
        self, measure: str, params: Mapping[str, str], lang: Language
    ) -> tuple[Whose, ...]: ...

    def suggestions(
        self,
        measure: str,
        whose: Whose,
        periods: Sequence[Period],
        params: Mapping[str, str],
        lang: Language,
        wanted: Mapping[Period, float] | None = None,
    ) -> tuple[Suggestion, ...]: ...

    def split_target(
        self, measure: str, total: float, period: Period, params: Mapping[str, str], lang: Language
    ) -> tuple[tuple[tuple[Period, float], ...], Season]: ...

    def target_history(self, measure: str, whose: Whose, period: Period) -> tuple[TargetChange, ...]: ...

    def set_targets(
        self, edits: Sequence[CellEdit], reason: str, author: str, label: str = "targets"
    ) -> Written: ...

    def paste_targets(
        self, text: str, measure: str, year: int, unit: str, reason: str, author: str, *, keep: bool
    ) -> Pasted: ...

    def definition_problems(self) -> tuple[Problem, ...]: ...

    def definition_rows(self, lang: Language, *, search: str = "") -> tuple[CatalogueRow, ...]: ...

    def definition_card(self, name: str, lang: Language) -> DefinitionCard: ...

    def figures_by_version(
        self, word: str, params: Mapping[str, str], lang: Language
    ) -> tuple[VersionFigure, ...]: ...

    def conflicts(self, lang: Language) -> tuple[ConflictView, ...]: ...

    def choose(
        self,
        conflict: str,
        measure: str,
        reason: str,
        signatures: Mapping[str, str],
        holds_from: date | None = None,
    ) -> None: ...

    def withdraw(self, conflict: str, department: str, reason: str = "") -> None: ...

    def check_definition(self, file_name: str, text: str) -> FileCheck: ...

    def save_definition(self, file_name: str, text: str) -> FileCheck: ...

    def rep(self, key: int, params: Mapping[str, str], lang: Language) -> RepView: ...

    def write_note(self, person: int, kind: Kind, text: str) -> int: ...

    def promise(self, person: int, what: str, who: str = "", due: date | None = None) -> int: ...

    def settle(self, entry: int, outcome: str, remark: str = "") -> None: ...

    def talked_about(self, entry: int) -> None: ...

    def erase(self, entry: int) -> None: ...

    def lint(self, lang: Language) -> LintReport: ...

    def kpi_set(self, lang: Language) -> tuple[str | None, tuple[str, ...]]: ...

    def kpi_cares(self) -> dict[str, Care]: ...

    def care_for_kpi(self, name: str, owner: str | None = None, review_on: date | None = None) -> str: ...

    def add_kpi(self, name: str, instead: str = "") -> str: ...

    def capacity_plan(self, params: Mapping[str, str], lang: Language) -> CapacityView: ...

    def territory_plan(self, params: Mapping[str, str], lang: Language) -> TerritoryView: ...

    def team_names(self) -> tuple[str, ...]: ...

    def meetings(self) -> tuple[Meeting, ...]: ...

    def meeting(self, number: int, params: Mapping[str, str], lang: Language) -> MeetingView: ...

    def decisions(self, meeting: int | None = None) -> tuple[Decision, ...]: ...

    def start_meeting(self, params: Mapping[str, str], title: str = "") -> int: ...

    def decide(
        self,
        meeting: int,
        what: str,
        owner: str,
        due: date | None = None,
        kpi: str = "",
        change: float | None = None,
    ) -> int: ...

    def settle_decision(self, decision: int, outcome: str, remark: str = "") -> None: ...
