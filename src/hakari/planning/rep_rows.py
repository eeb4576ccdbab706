"""One person's KPIs as rows, judged by the rules for people: at 99 %, and not at all on few cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hakari.maths.display_rules import PEOPLE_LEVEL
from hakari.metrics.definitions import Measure
from hakari.metrics.result import MetricResult
from hakari.planning.desk import Desk
from hakari.planning.kpi_rows import base_of, comparison_period, weekly
from hakari.planning.people import Person, measures_for, own_target, verdict_on_person
from hakari.planning.scorecard import KpiRow, Scope, TrendPoint
from hakari.planning.shown import interval_of, projection_of, value_of
from hakari.planning.targets import TargetBook
from hakari.units.period import Period


def rep_rows(desk: Desk, book: TargetBook, scope: Scope, person: Person) -> tuple[KpiRow, ...]:
    """Of the measures the person's role can move, those their records can answer."""
    own = replace(scope, team=None, filters={"owner": (person.name,)})
    known = desk.catalogue.measures
    measures = [name for name in measures_for(person.role)[1] if name in known and desk.knows(own, name)]
    now = _asked(desk, own, measures, desk.so_far(own))
    wanted = [name for name in measures if name in now and (now[name].n > 0 or now[name].value)]
    if not wanted:
        return ()
    past = comparison_period(desk, own, "yoy" if scope.vs == "yoy" else "prev")
    comparable = [name for name in wanted if desk.comparable(name, past)]
    before = _asked(desk, own, comparable, past) if comparable else {}
    trends = weekly(desk, own, wanted)
    told = replace(scope, team=person.team, filters={})
    return tuple(
        _row(told, desk.measure(name), now[name], before.get(name),
             own_target(desk, book, told, desk.measure(name), person.name), trends.get(name, ()))
        for name in wanted
    )  # fmt: skip


def _asked(desk: Desk, scope: Scope, measures: Sequence[str], period: Period) -> dict[str, MetricResult]:
    found = desk.ask(scope, measures, period, intervals=True, level=PEOPLE_LEVEL)
    return {one.measure: one for one in found}


def _row(
    scope: Scope,
    measure: Measure,
    now: MetricResult,
    before: MetricResult | None,
    target: float | None,
    trend: tuple[TrendPoint, ...],
) -> KpiRow:
    previous = None if before is None else value_of(before)
    against = previous if scope.vs in ("prev", "yoy") else target
    value = value_of(now)
    # Two periods of one person are both as uncertain: the words for a sure difference are kept for targets.
    judged = verdict_on_person(measure, now, target if scope.vs == "plan" else None)
    return KpiRow(
        measure=measure.id,
        name=measure.ja if scope.lang == "ja" else measure.en,
        population=base_of(measure, now.date_basis, scope.lang),
        unit=measure.unit,
        better=measure.better,
        value=value,
        comparison=against,
        difference=None if value is None or against is None else value - against,
        interval=interval_of(now),
        previous=previous,
        numerator=now.numerator,
        denominator=now.denominator,
        n=now.n,
        open_share=now.open_share,
        trend=trend,
        verdict=judged,
        note=now.interval.method if now.value is None else "",
        counted=now.value,
        projection=projection_of(now),
        weekly_comparison=against if now.denominator is not None else None,
    )
