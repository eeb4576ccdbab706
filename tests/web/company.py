"""A company as the pages see it: real in reading a question, made by hand in its answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from hakari.config import CompanyProfile
from hakari.errors import UnknownKpiError
from hakari.metrics.definitions import Catalogue
from hakari.metrics.loader import built_in
from hakari.planning.asking import Asked, check_name, read_scope
from hakari.planning.gap_view import Gap, GapTree, NoTree
from hakari.planning.metric_view import MetricView
from hakari.planning.scorecard import Scorecard
from hakari.units.calendar import FiscalCalendar
from hakari.words import Language
from tests.web import sample, sample_gap
from tests.web.planned import RealPlans
from tests.web.sample_metric import metric

CALENDAR = FiscalCalendar()
MEASURES = {kpi.measure for kpi in sample.kpis("ja")} | {
    "won_amount",
    "call_count",
    "connect_rate",
    "meeting",
}


@dataclass
class SampleCompany(RealPlans):
    """`make` chooses the state the scorecard is in."""

    make: Callable[[Language], Scorecard] = sample.full
    profile: CompanyProfile = field(default_factory=lambda: CompanyProfile(name="蒼海テクノロジーズ"))

    @property
    def catalogue(self) -> Catalogue:
        return built_in()

    def asked(self, params: Mapping[str, str], lang: Language) -> Asked:
        return read_scope(params, lang, self.profile.money_unit, sample.NOW, CALENDAR, self.catalogue)

    def scorecard(self, params: Mapping[str, str], lang: Language) -> Scorecard:
        card = self.make(lang)
        scope = self.asked(params, lang).scope
        if scope.team is not None:
            check_name(scope.team, card.teams, "team")
        return replace(card, scope=scope)

    def gap(self, params: Mapping[str, str], lang: Language) -> Gap:
        found = self.scorecard(params, lang).gap
        if not isinstance(found, GapTree):
            return Gap(None, found or NoTree("gap_no_goal"))
        why = sample_gap.split(found, params.get("by") or "source", lang)
        return Gap(found, None, why, sample_gap.remedies(lang))

    def metric_view(self, measure: str, params: Mapping[str, str], lang: Language) -> MetricView:
        if measure not in MEASURES:
            raise UnknownKpiError(f"'{measure}' is not a measure.", "Did you mean win_rate?")
        return replace(metric(measure, lang, params), scope=self.asked(params, lang).scope)
