"""What a company answers about its set of KPIs: what is wrong with it, and who looks after which."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from hakari.config import PROFILE, CompanyProfile, profile_from
from hakari.metrics.definitions import Measure
from hakari.metrics.naming import measures_named
from hakari.metrics.targets import COMPANY, Whose
from hakari.planning.choice_view import ConflictView
from hakari.planning.company_side import CompanySide
from hakari.planning.compose import chosen
from hakari.planning.definition_rows import ColumnWords, Lacking, need_in_words, needs_of
from hakari.planning.lint.caring import CARES, Care, cares_from, cares_json, with_care, with_kpi, without_kpi
from hakari.planning.lint.design_file import read_design
from hakari.planning.lint.linter import lint
from hakari.planning.lint.own_design import Known, own_design
from hakari.planning.lint.rule import LintReport
from hakari.planning.target_answers import Suggestion
from hakari.planning.targets import read_targets
from hakari.storage.truth import SettingVersion
from hakari.units.period import Period
from hakari.words import Language


class LintAnswers(CompanySide):
    """The side of a company that looks after its KPIs."""

    @abstractmethod
    def lacking(self) -> Lacking: ...

    @abstractmethod
    def wanted_column(self, table: str, field: str) -> ColumnWords | None: ...

    @abstractmethod
    def conflicts(self, lang: Language) -> tuple[ConflictView, ...]: ...

    @abstractmethod
    def suggestions(
        self,
        measure: str,
        whose: Whose,
        periods: Sequence[Period],
        params: Mapping[str, str],
        lang: Language,
        wanted: Mapping[Period, float] | None = None,
    ) -> tuple[Suggestion, ...]: ...

    def lint(self, lang: Language) -> LintReport:
        """The company's own scorecard, with its targets of the running quarter."""
        scope = self.asked({}, lang).scope
        with self._lock:
            desk = self.desk(None)
            book = read_targets(desk.store, desk.schema, desk.catalogue)
            known = Known(self.conflicts(lang), self.kpi_cares(), self._lacks(lang), self._chance(lang))
            return lint(own_design(desk, book, scope, known))

    def lint_text(self, file_name: str, text: str, lang: Language) -> LintReport:
        """A design somebody wrote into a file; no record is looked at."""
        return lint(read_design(file_name, text, self.catalogue, lang, self.asked({}, lang).scope.today))

    def _lacks(self, lang: Language) -> Callable[[Measure], tuple[str, ...]] | None:
        if all(run.undone_at is not None for run in self.truth.runs()):
            return None
        lacking, catalogue = self.lacking(), self.catalogue

        def said(one: Measure) -> tuple[str, ...]:
            needs = needs_of(one, catalogue, lacking)
            return tuple(dict.fromkeys(need_in_words(need, self.wanted_column, lang) for need in needs))

        return said

    def _chance(self, lang: Language) -> Callable[[Measure, Period, float], float | None]:
        def of(one: Measure, period: Period, target: float) -> float | None:
            (found,) = self.suggestions(one.id, COMPANY, (period,), {}, lang, {period: target})
            return None if found.judged is None else found.judged.chance

        return of

    # The set and who looks after it

    def kpi_cares(self) -> dict[str, Care]:
        return cares_from(self.truth.get_setting(CARES))

    def kpi_set(self, lang: Language) -> tuple[str | None, tuple[str, ...]]:
        """The goal, and the KPIs chosen or, where none was chosen, those the scorecard shows."""
        scope = self.asked({}, lang).scope
        with self._lock:
            goal, shown = chosen(self.desk(None), scope)
        return goal, self.profile.kpis or tuple(shown)

    def care_for_kpi(self, name: str, owner: str | None = None, review_on: date | None = None) -> str:
        """Who looks after a KPI and when it is looked at again; gives the measure's id."""
        measure = self._meant(name)

        def decide(log: list[SettingVersion]) -> dict[str, object]:
            held = cares_from(log[-1].value if log else None)
            return cares_json(with_care(held, measure.id, owner, review_on))

        self.truth.put_decided(CARES, self.clock(), decide)
        return measure.id

    def add_kpi(self, name: str, instead: str = "") -> str:
        """Puts a KPI on the scorecard; with five there already, in the place of another."""
        added, shown = self._meant(name), self.kpi_set("ja")[1]
        given_up = self._meant(instead).id if instead else ""
        catalogue = self.catalogue
        self._put_profile(lambda profile: with_kpi(profile, shown, catalogue, added, given_up))
        return added.id

    def remove_kpi(self, name: str) -> str:
        removed, shown, catalogue = self._meant(name).id, self.kpi_set("ja")[1], self.catalogue
        self._put_profile(lambda profile: without_kpi(profile, shown, catalogue, removed))
        return removed

    def _put_profile(self, change: Callable[[CompanyProfile], CompanyProfile]) -> None:
        def decide(log: list[SettingVersion]) -> dict[str, object]:
            return change(profile_from(log[-1].value if log else None)).as_json()

        self.truth.put_decided(PROFILE, self.clock(), decide)

    def _meant(self, name: str) -> Measure:
        known = self.catalogue.measures.get(name)
        return known if known is not None else measures_named(self.catalogue, name)[0]
