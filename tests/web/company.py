"""A company as the pages see it: it answers from figures made by hand, and refuses what the real one does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from hakari.errors import ParameterNotUnderstoodError, UnknownKpiError
from hakari.planning.metric_view import MetricView
from hakari.planning.scorecard import Scope, Scorecard
from hakari.units import grammar
from hakari.web.address import PARAMETERS
from hakari.words import Language
from tests.web import sample
from tests.web.sample_metric import metric

FISCAL_START = 4


@dataclass(frozen=True)
class SampleProfile:
    name: str = "蒼海テクノロジーズ"
    zone: str = "Asia/Tokyo"
    fiscal_start_month: int = FISCAL_START
    language: str = "ja"


@dataclass
class SampleCompany:
    """`make` chooses the state the scorecard is in."""

    make: Callable[[Language], Scorecard] = sample.full
    profile: SampleProfile = field(default_factory=SampleProfile)

    def scorecard(self, params: Mapping[str, str], lang: Language) -> Scorecard:
        card = self.make(lang)
        return replace(card, scope=_scope(card.scope, card.teams, params))

    def metric_view(self, measure: str, params: Mapping[str, str], lang: Language) -> MetricView:
        known = {kpi.measure for kpi in sample.kpis(lang)} | {
            "won_amount",
            "call_count",
            "connect_rate",
            "meeting",
        }
        if measure not in known:
            raise UnknownKpiError(f"'{measure}' is not a measure.", "Did you mean win_rate?")
        view = metric(measure, lang, params)
        return replace(view, scope=_scope(view.scope, view.teams, params))


def _scope(scope: Scope, teams: tuple[str, ...], params: Mapping[str, str]) -> Scope:
    team = params.get("team", "all")
    if team not in ("all", *teams):
        raise ParameterNotUnderstoodError(f"team={team}: no such team.", f"Teams: {', '.join(teams)}.")
    period = grammar.read(params.get("period", "this-quarter"), sample.TODAY, FISCAL_START)
    names = [name for name in params if name not in PARAMETERS and name in ("source", "rep", "industry")]
    return replace(
        scope,
        team=None if team == "all" else team,
        period=period,
        vs=params.get("vs", "plan"),
        basis=params.get("basis"),
        filters={name: tuple(params[name].split(",")) for name in names},
        today=date(2026, 11, 20),
    )
