"""What a company answers about its definitions: the list, the cards, the choices, the versions."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hakari.errors import DefinitionError, UnknownKpiError
from hakari.metrics.conflicts import Conflict, conflict_about, conflict_named, conflicts_of
from hakari.metrics.definitions import Measure
from hakari.metrics.naming import fold, measures_named
from hakari.metrics.placing import DefinitionFile
from hakari.metrics.result import MetricResult
from hakari.planning.choice_view import (
    ConflictView,
    candidates_text,
    conflict_view,
    measure_name,
    signed_text,
    state_text,
)
from hakari.planning.choosing import PREFIX, Standing, choice_event, standing_of, withdrawal_event
from hakari.planning.company_side import CompanySide
from hakari.planning.definition_book import Problem
from hakari.planning.definition_card import DefinitionCard, definition_card
from hakari.planning.definition_check import FileCheck, check_file
from hakari.planning.definition_history import DefinitionHistory, DefinitionVersion, Part
from hakari.planning.definition_rows import (
    CatalogueRow,
    ColumnWords,
    Lacking,
    catalogue_row,
    catalogue_rows,
    needs_of,
)
from hakari.storage.truth import SettingVersion
from hakari.units.period import Period
from hakari.words import Language, say

_FILE_NAME = re.compile(r"(populations/)?[^\W_][\w-]*\.toml")


@dataclass(frozen=True, slots=True)
class Named:
    """What a word stands for: a KPI's measures, or of a contradiction the chosen one or all candidates."""

    word: str
    measures: tuple[Measure, ...]
    conflict: str | None = None
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class VersionFigure:
    """A figure of a part of the period, by the version that `held` in it or by today's looking back."""

    measure: str
    name: str
    version: str
    period: Period
    held: bool
    result: MetricResult | None


class DefinitionAnswers(CompanySide):
    """The side of a company that knows its definitions."""

    @abstractmethod
    def lacking(self) -> Lacking:
        """Asks the records as they are now what a measure counts that was never recorded."""

    @abstractmethod
    def wanted_column(self, table: str, field: str) -> ColumnWords | None:
        """How people call the file and the column that hold a field."""

    @abstractmethod
    def figure_of(self, part: Part, params: Mapping[str, str], lang: Language) -> MetricResult | None:
        """The figure of a part of a period by a version of the definition."""

    @abstractmethod
    def period_asked(self, params: Mapping[str, str], lang: Language) -> Period: ...

    # The list and the card

    def definition_problems(self) -> tuple[Problem, ...]:
        return self.definitions.problems

    def definition_rows(
        self,
        lang: Language,
        stage: str = "",
        tactic: str = "",
        search: str = "",
        *,
        missing: bool = False,
    ) -> tuple[CatalogueRow, ...]:
        return catalogue_rows(
            self.catalogue,
            self.lacking(),
            self.wanted_column,
            lang,
            stage,
            tactic,
            search,
            missing=missing,
        )

    def definition_card(self, name: str, lang: Language) -> DefinitionCard:
        catalogue = self.catalogue
        one = catalogue.measures.get(name) or measures_named(catalogue, name)[0]
        row = catalogue_row(
            catalogue, one, needs_of(one, catalogue, self.lacking()), self.wanted_column, lang
        )
        shown = (self.profile.kgi, *self.profile.kpis)
        versions = self.definition_versions(one.id)
        return definition_card(catalogue, one, row, versions, self.conflicts(lang), shown, lang)

    # Contradictions and choices

    def conflicts(self, lang: Language) -> tuple[ConflictView, ...]:
        catalogue, today = self.catalogue, self._today()
        return tuple(
            conflict_view(self._standing(one), catalogue, lang, today) for one in conflicts_of(catalogue)
        )

    def conflict(self, name: str, lang: Language) -> ConflictView:
        standing = self._standing(conflict_named(self.catalogue, name))
        return conflict_view(standing, self.catalogue, lang, self._today())

    def choose(
        self,
        conflict: str,
        measure: str,
        reason: str,
        signatures: Mapping[str, str],
        holds_from: date | None = None,
    ) -> None:
        """Proposes a choice, or signs the one that waits; refused when it contradicts what was signed."""
        catalogue, calendar = self.catalogue, self.calendar
        about = conflict_named(catalogue, conflict)
        ids = {one.measure for one in about.options}
        found = [] if measure in ids else [one.id for one in measures_named(catalogue, measure)]
        wanted = next((one for one in found if one in ids), measure)

        def decide(log: list[SettingVersion]) -> dict[str, object]:
            return choice_event(standing_of(about, log, calendar), wanted, reason, signatures, holds_from)

        self.truth.put_decided(PREFIX + about.id, self.clock(), decide)

    def withdraw(self, conflict: str, department: str, reason: str = "") -> None:
        """Takes a signature back that still waits for others."""
        about, calendar = conflict_named(self.catalogue, conflict), self.calendar
        self.truth.put_decided(
            PREFIX + about.id,
            self.clock(),
            lambda log: withdrawal_event(standing_of(about, log, calendar), department, reason),
        )

    def named(self, word: str) -> Named:
        """A word caught in a contradiction means the chosen figure; with no choice, every candidate."""
        catalogue = self.catalogue
        about = conflict_about(catalogue, word)
        if about is None:
            return Named(word, tuple(measures_named(catalogue, word)))
        bearers = [catalogue.measures[one] for one in catalogue.names.get(fold(word), ())]
        held = self._standing(about).on(self._today())
        if held is not None and held.measure in catalogue.measures:
            one = catalogue.measures[held.measure]
            beside = [each for each in bearers if each.kpi == one.kpi and each.id != one.id]
            return Named(word, (one, *beside), about.id, chosen=True)
        options = [catalogue.measures[one.measure] for one in about.options]
        return Named(word, tuple({one.id: one for one in (*options, *bearers)}.values()), about.id)

    def named_note(self, named: Named, lang: Language) -> str:
        """What a reader has to know of a word that means several figures; "" for other words."""
        if named.conflict is None:
            return ""
        catalogue, about = self.catalogue, conflict_named(self.catalogue, named.conflict)
        standing, today = self._standing(about), self._today()
        held = standing.on(today)
        if held is not None:
            return say(
                "def_means_chosen",
                lang,
                word=named.word,
                name=measure_name(catalogue, held.measure, lang),
                measure=held.measure,
                since=held.holds_from,
                signed=signed_text(held, lang),
            )
        lines = [
            say(
                "def_means_several",
                lang,
                word=named.word,
                n=len(about.options),
                differ=about.differ(lang),
            ),
            candidates_text(about, catalogue, lang),
            say("def_choose_with", lang, conflict=about.id),
        ]
        if standing.proposed is not None or standing.past:
            lines.append(say("def_also_waiting", lang, state=state_text(standing, catalogue, lang, today)))
        return "\n".join(lines)

    def _standing(self, about: Conflict) -> Standing:
        log = [one for one in self.truth.setting_log(PREFIX + about.id) if one.key == PREFIX + about.id]
        return standing_of(about, log, self.calendar)

    def _today(self) -> date:
        return self.calendar.local_date(self.clock())

    # Versions

    def definition_history(self) -> DefinitionHistory:
        firsts = [run.started_at for run in self.truth.runs() if run.undone_at is None]
        return DefinitionHistory(self.definitions.log(), self.calendar, min(firsts, default=None))

    def definition_versions(self, measure: str) -> tuple[DefinitionVersion, ...]:
        return self.definition_history().versions(measure)

    def definition_parts(self, word: str, period: Period) -> tuple[Part, ...]:
        """The period cut wherever the word began to mean something else, by a choice or by a changed file."""
        history, about = self.definition_history(), conflict_about(self.catalogue, word)
        past = () if about is None else self._standing(about).past
        if past:
            starts = [one.holds_from or date.min for one in past]
            days = [
                Period(start, max(start, end))
                for start, end in zip(starts, [*starts[1:], date.max], strict=True)
            ]
            chosen = [(one.measure, held) for one, held in zip(past, days, strict=True)]
            return history.parts_of_choices(chosen, period)
        return tuple(part for one in self.measures_meant(word) for part in history.parts(one, period))

    def measures_meant(self, word: str) -> tuple[str, ...]:
        """The ids a word stands for; of a definition taken back, the id it had."""
        try:
            return tuple(one.id for one in self.named(word).measures)
        except UnknownKpiError:
            if self.definition_versions(word):
                return (word,)
            raise

    def definition_notices(self, names: Sequence[str], period: Period, lang: Language) -> tuple[str, ...]:
        """Where in a period the definition of a measure began to give other figures."""
        if not self.definitions.files() and not self.definitions.log():
            return ()
        catalogue, history = self.catalogue, self.definition_history()
        measures = [catalogue.measures.get(name) or measures_named(catalogue, name)[0] for name in names]
        return tuple(
            say("def_changed_page", lang, kpi=measure_name(catalogue, one.id, lang), day=part.period.start)
            for one in measures
            for part in [part for part in history.parts(one.id, period) if part.held][1:]
        )

    def figures_by_version(
        self, word: str, params: Mapping[str, str], lang: Language
    ) -> tuple[VersionFigure, ...]:
        """Every part by the version that held and by today's; nothing is added up or divided across parts."""
        catalogue = self.catalogue
        return tuple(
            VersionFigure(
                measure=part.version.measure,
                name=measure_name(catalogue, part.version.measure, lang),
                version=part.version.version,
                period=part.period,
                held=part.held,
                result=self.figure_of(part, params, lang),
            )
            for part in self.definition_parts(word, self.period_asked(params, lang))
        )

    # A company's own files

    def check_definition(self, file_name: str, text: str) -> FileCheck:
        """Reads the file beside the others and runs its examples; writes nothing."""
        if not _FILE_NAME.fullmatch(file_name):
            raise DefinitionError(
                f"{file_name!r} is no name for a definition file",
                "call it our_kpi.toml, or populations/deal.toml for populations of deals",
            )
        return check_file(DefinitionFile(file_name, text), self.definitions.files())

    def save_definition(self, file_name: str, text: str) -> FileCheck:
        """Writes the file into the company's folder, only when the check passes."""
        checked = self.check_definition(file_name, text)
        if checked.ok:
            self.definitions.write(file_name, text)
        return checked
