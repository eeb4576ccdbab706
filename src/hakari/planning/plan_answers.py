"""What a company answers about its plan: the goal worked back, what changes it, and the scenarios kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hakari.errors import HakariError
from hakari.planning.asking import Asked
from hakari.planning.company_side import CompanySide
from hakari.planning.compose import period_label, sources
from hakari.planning.desk import Desk
from hakari.planning.plan_scenarios import PREFIX, Scenario, scenario_named, scenario_value, scenarios_of
from hakari.planning.plan_view import Compared, PlanView
from hakari.planning.reverse_desk import MaterialBook, reverse_plan
from hakari.planning.reverse_given import KEYS
from hakari.planning.reverse_goal import PlanAsked
from hakari.planning.reverse_plan import ReversePlan
from hakari.planning.scorecard import Scope
from hakari.planning.targets import read_targets
from hakari.words import Language

OWN = ("goal", "kgi", "by", "chance")
PARAMETERS = frozenset((*OWN, *KEYS))


def plan_asked(params: Mapping[str, str]) -> PlanAsked:
    """What of a URL's parameters is about the plan."""
    own = {name: params.get(name, "") for name in OWN}
    return PlanAsked(**own, sets={name: params[name] for name in KEYS if params.get(name)})


class PlanAnswers(CompanySide):
    """The side of a company that plans."""

    materials: MaterialBook

    def reverse_plan(self, params: Mapping[str, str], lang: Language) -> ReversePlan:
        """The goal worked back; `params` hold the scope and what is asked of the plan, as a URL does."""
        asked = self._scope(params, lang)
        return self._plan(self.desk_of(asked), asked, plan_asked(params))

    def plan_view(
        self, params: Mapping[str, str], lang: Language, compare: Sequence[str] | None = None
    ) -> PlanView:
        """The plan with everything around it; scenarios named in `compare`, or all that are kept."""
        asked, plan = self._scope(params, lang), plan_asked(params)
        desk, scope = self.desk_of(asked), asked.scope
        found, refused, way_out = None, "", ""
        try:
            found = self._plan(desk, asked, plan)
        except HakariError as error:
            refused, way_out = error.what, error.way_out
        kept = self.scenarios() if compare is None else [self.scenario(name) for name in compare]
        return PlanView(
            company=desk.profile.name,
            demo=desk.profile.demo,
            scope=scope,
            period_label=period_label(desk, scope),
            teams=tuple(sorted(desk.store.names("team", desk.schema).values())),
            sources=sources(desk),
            freshness=self.freshness(),
            notices=(),
            asked=plan,
            plan=found,
            refused=refused,
            way_out=way_out,
            compared=tuple(self._compared(desk, asked, one) for one in kept),
        )

    def _compared(self, desk: Desk, asked: Asked, kept: Scenario) -> Compared:
        try:
            plan = self._plan(desk, asked, plan_asked(kept.asked))
        except HakariError as error:
            return Compared(kept.name, kept.asked, None, error.what, kept)
        return Compared(kept.name, kept.asked, plan, "", kept)

    def plan_scope(self, params: Mapping[str, str], lang: Language) -> Scope:
        """In which unit and language the answer to the same parameters is written."""
        return self._scope(params, lang).scope

    def _scope(self, params: Mapping[str, str], lang: Language) -> Asked:
        return self.asked({name: value for name, value in params.items() if name not in PARAMETERS}, lang)

    def _plan(self, desk: Desk, asked: Asked, plan: PlanAsked) -> ReversePlan:
        book = read_targets(desk.store, desk.schema, desk.catalogue, desk.viewer)
        return reverse_plan(desk, book, asked.scope, plan, self.materials, self.definitions.state)

    def scenarios(self) -> Sequence[Scenario]:
        """The newest version of each, in the order of their first."""
        return scenarios_of(self.truth.setting_log(PREFIX))

    def scenario(self, name: str) -> Scenario:
        return scenario_named(self.scenarios(), name)

    def save_scenario(self, name: str, params: Mapping[str, str], author: str, reason: str) -> Scenario:
        """Keeps what was asked, not what came out: tomorrow's answer rests on tomorrow's records."""
        asked = plan_asked(params).as_parameters()
        key, value = scenario_value(name, asked, author, reason)
        self.truth.put_setting(key, value, self.clock())
        return self.scenario(name)
