"""What the pages need of a company: `hakari.bootstrap` provides it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from hakari.metrics.definitions import Catalogue
from hakari.metrics.targets import Target
from hakari.planning.asking import Asked
from hakari.planning.choice_view import ConflictView
from hakari.planning.definition_answers import VersionFigure
from hakari.planning.definition_book import Problem
from hakari.planning.definition_card import DefinitionCard
from hakari.planning.definition_check import FileCheck
from hakari.planning.definition_rows import CatalogueRow
from hakari.planning.gap_view import Gap
from hakari.planning.metric_view import MetricView
from hakari.planning.rep_view import RepView
from hakari.planning.scorecard import Scorecard
from hakari.storage.notes import Kind
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

    def targets(self) -> tuple[Target, ...]: ...

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
