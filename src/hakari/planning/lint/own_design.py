"""The company's own scorecard as a set of KPIs to check: its targets, its definitions, its past rates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hakari.metrics.conflicts import department_name
from hakari.metrics.definitions import Measure
from hakari.metrics.derived import names_in
from hakari.planning.choice_view import ConflictView
from hakari.planning.compose import chosen
from hakari.planning.defining import formula_in_words
from hakari.planning.desk import Desk, additive, intensive
from hakari.planning.lint.caring import Care
from hakari.planning.lint.design import Contested, Design, DesignedKpi, Formula, Passage, Supply
from hakari.planning.lint.funnel import phase_of_step, steps_of_measure
from hakari.planning.lint.vocabulary import sort_of_measure, tags_of
from hakari.planning.scorecard import Scope
from hakari.planning.targets import TargetBook
from hakari.units.fiscal import add_months
from hakari.units.period import Grain, Period
from hakari.words import say

# Rates of the past between the steps of a sale, and the volumes whose targets are multiplied through them.
RATES = (
    "sdr_connects.rate",
    "sdr_meetings.rate",
    "sdr_valid_opportunities.rate",
    "fs_win_rate_on_opportunities",
    "won_unit_price",
)
VOLUMES = (
    "outbound_dials",
    "sdr_connects.count",
    "sdr_meetings.count",
    "sdr_valid_opportunities.count",
    "win_proposals",
    "win_deals",
)
# Every deal of the past over every meeting: deals come from other channels too, and this ratio holds both.
_DEALS, _MEETINGS = "deals_created", "sdr_meetings.count"


@dataclass(frozen=True, slots=True)
class Known:
    """What a company knows of its KPIs beside their figures. `lacks` is None while nothing was imported."""

    conflicts: Sequence[ConflictView]
    cares: Mapping[str, Care]
    lacks: Callable[[Measure], tuple[str, ...]] | None
    chance: Callable[[Measure, Period, float], float | None] = lambda *_: None


def own_design(desk: Desk, book: TargetBook, scope: Scope, known: Known) -> Design:
    """The chosen KPIs, also those beyond the fifth, which a scorecard does not show."""
    goal, shown = chosen(desk, scope)
    names = [one for one in desk.profile.kpis if one in desk.catalogue.measures] or shown
    maker = _Maker(desk, book, scope, known)
    return Design(
        name=desk.profile.name or say("scorecard", scope.lang),
        lang=scope.lang,
        today=scope.today,
        goals=tuple(maker.kpi(desk.measure(one)) for one in [goal] if one is not None),
        kpis=tuple(maker.kpi(desk.measure(one)) for one in names),
        passages=tuple(maker.passages()),
        supplies=tuple(maker.supplies(VOLUMES)),
        kept_by_company=True,
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    desk: Desk
    book: TargetBook
    scope: Scope
    known: Known

    def kpi(self, one: Measure) -> DesignedKpi:
        lang, sort = self.scope.lang, sort_of_measure(one.kind, one.unit)
        start, end = steps_of_measure(one)
        target = self._target(one)
        kpi, care = self.desk.catalogue.kpis[one.kpi], self.known.cares.get(one.id, Care())
        return DesignedKpi(
            name=one.ja if lang == "ja" else one.en,
            sort=sort,
            measure=one.id,
            formula=self._formula(one),
            start=start,
            end=end,
            phase=phase_of_step(end) or kpi.stage,
            basis=one.bases[0],
            bases=one.bases,
            target=target,
            owner=care.owner or department_name(kpi.department, lang),
            review_on=care.review_on,
            contested=self._contested(one),
            chance=None if target is None else self.known.chance(one, self.scope.period, target),
            lacks=None if self.known.lacks is None else self.known.lacks(one),
            tags=tags_of(one.ja, one.id, one.kpi, sort),
        )

    def _formula(self, one: Measure) -> Formula:
        text = formula_in_words(one, self.desk.catalogue, self.scope.lang)
        return Formula(text, parts=tuple(names_in(one.formula)) if one.formula else ())

    def _target(self, one: Measure) -> float | None:
        found = self.book.find(one.id, self.scope.period, adds_up=additive(one))
        if found is None or (not additive(one) and not intensive(one) and not found.pieces):
            return None
        return found.value

    def _contested(self, one: Measure) -> Contested | None:
        for view in self.known.conflicts:
            if one.id in {option.measure for option in view.options}:
                catalogue = self.desk.catalogue.measures
                held = catalogue.get(view.chosen or "")
                name = "" if held is None else held.ja if self.scope.lang == "ja" else held.en
                missing = tuple(name for _, name in view.missing_departments)
                return Contested(view.id, view.names[0], view.chosen or "", name, missing)
        return None

    def supplies(self, names: Iterable[str]) -> Iterable[Supply]:
        for name in names:
            one = self.desk.catalogue.measures.get(name)
            target = self._target(one) if one is not None else None
            if one is not None and target is not None:
                kpi = self.kpi(one)
                yield Supply(kpi.end, target, kpi.name, kpi)

    def passages(self) -> Iterable[Passage]:
        """What the last four whole quarters came to."""
        desk, measures = self.desk, self.desk.catalogue.measures
        start = desk.calendar.period_of(self.scope.today, Grain.QUARTER).start
        year = Period(add_months(start, -12), start)
        wanted = [name for name in (*RATES, _DEALS, _MEETINGS) if name in measures]
        found = {one.measure: one for one in desk.ask(self.scope, wanted, year)}
        for name in (one for one in RATES if one in found):
            one, value = measures[name], found[name].value
            begin, end = steps_of_measure(one)
            if value is not None and begin and end:
                yield Passage(begin, end, value, one.ja if self.scope.lang == "ja" else one.en, "observed")
        deals, meetings = (found[name].value if name in found else None for name in (_DEALS, _MEETINGS))
        if deals and meetings:
            name = say("lint_deals_per_meeting", self.scope.lang)
            yield Passage("meeting", "opportunity", deals / meetings, name, "observed")
