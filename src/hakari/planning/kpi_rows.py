"""The KPI rows: each figure beside its target, its interval, its previous value and its thirteen weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hakari.maths.display_rules import Kind, Verdict, verdict
from hakari.metrics.definitions import Measure
from hakari.metrics.result import MetricResult
from hakari.planning.desk import Desk, additive, intensive
from hakari.planning.pace import due, target_of
from hakari.planning.scorecard import KpiRow, Scope, TrendPoint
from hakari.planning.shifted import lasting, shifts
from hakari.planning.shown import interval_of, is_unripe, projection_of, value_of
from hakari.planning.targets import TargetBook
from hakari.units.period import Grain, Period
from hakari.words import Language, say

WEEKS = 13
SMOOTHED = 4
UNRIPE = 0.1  # a cohort with more of its rows still open is not judged yet
_KINDS = {"rate": Kind.RATE, "conversion": Kind.RATE, "count": Kind.COUNT, "distinct": Kind.COUNT}


def kind_of(measure: Measure) -> Kind:
    """Which rule decides whether a difference is reliable."""
    if measure.kind in ("coverage", "stock"):
        return Kind.CENSUS
    return _KINDS.get(measure.kind, Kind.MEAN)


def kpi_rows(desk: Desk, book: TargetBook, scope: Scope, measures: Sequence[str]) -> tuple[KpiRow, ...]:
    """One row a measure, in the given order."""
    now = _by_measure(desk.ask(scope, measures, desk.so_far(scope), intervals=True))
    before = _compared(desk, scope, measures, "prev")
    other = _compared(desk, scope, measures, "yoy") if scope.vs == "yoy" else before
    trends, shifted = weekly(desk, scope, measures), shifts(desk, scope, measures)
    return tuple(
        replace(
            _row(desk, book, scope, now[name], before.get(name), other.get(name), trends.get(name, ())),
            shift=lasting(shifted.get(name, ())),
        )
        for name in measures
        if name in now
    )


def _compared(desk: Desk, scope: Scope, measures: Sequence[str], vs: str) -> dict[str, MetricResult]:
    """The figures of the other period, of those measures whose records reach back that far."""
    period = comparison_period(desk, scope, vs)
    known = [name for name in measures if desk.comparable(name, period)]
    return _by_measure(desk.ask(scope, known, period, intervals=True)) if known else {}


def comparison_period(desk: Desk, scope: Scope, vs: str) -> Period:
    """The previous or last year's period, cut to the same elapsed business days."""
    calendar = desk.calendar
    whole = calendar.year_ago(scope.period) if vs == "yoy" else calendar.previous(scope.period)
    return calendar.same_elapsed(scope.period, scope.today, whole)


def _by_measure(results: Sequence[MetricResult]) -> dict[str, MetricResult]:
    return {result.measure: result for result in results}


def _row(
    desk: Desk,
    book: TargetBook,
    scope: Scope,
    now: MetricResult,
    before: MetricResult | None,
    other: MetricResult | None,
    trend: tuple[TrendPoint, ...],
) -> KpiRow:
    measure = desk.measure(now.measure)
    ja = scope.lang == "ja"
    previous = value_of(before) if before is not None else None
    value = value_of(now)
    against = comparison(desk, book, scope, measure, other)
    difference = None if value is None or against is None else value - against
    return KpiRow(
        measure=now.measure,
        name=measure.ja if ja else measure.en,
        population=base_of(measure, now.date_basis, scope.lang),
        unit=measure.unit,
        better=measure.better,
        value=value,
        comparison=against,
        difference=difference,
        interval=interval_of(now),
        previous=previous,
        numerator=now.numerator,
        denominator=now.denominator,
        n=now.n,
        open_share=now.open_share,
        trend=trend,
        verdict=verdict_of(scope, measure, now, against, other),
        note=now.interval.method if now.value is None else _unripe_note(now, scope),
        counted=now.value,
        projection=projection_of(now),
        weekly_comparison=against if intensive(measure) else None,
    )


def _unripe_note(now: MetricResult, scope: Scope) -> str:
    """Why a young cohort is not projected, and from when it can be."""
    found = projection_of(now)
    if found is None or found.value is not None:
        return ""
    if found.known_on is None:
        return say("not_projected", scope.lang, days=found.horizon_days)
    return say("projected_from", scope.lang, days=found.horizon_days, day=found.known_on.isoformat())


def base_of(measure: Measure, basis: str, lang: Language) -> str:
    """What is divided by what, by which day: the words under a KPI's name."""
    names = [part.population.ja if lang == "ja" else part.population.en for part in measure.parts()]
    if measure.listed is not None:
        names.append(measure.listed.ja if lang == "ja" else measure.listed.en)
    day = say({"event": "event_basis", "created": "created_cohort", "close": "close_basis"}[basis], lang)
    text = " ÷ ".join(dict.fromkeys(names)) or measure.formula
    return f"{text}({day})" if lang == "ja" else f"{text} ({day})"


def verdict_of(
    scope: Scope,
    measure: Measure,
    now: MetricResult,
    against: float | None,
    other: MetricResult | None,
) -> Verdict:
    """Against a target, or against another period, which is as uncertain as this one.

    What neither adds up nor averages (different customers, a list's coverage) grows until the period
    ends, and is not judged before.
    """
    if scope.vs in ("prev", "yoy") and against is not None and other is not None:
        return _apart(measure, now, other)
    if is_unripe(now, UNRIPE):
        return Verdict.ON_HOLD
    growing = not additive(measure) and not intensive(measure) and measure.kind != "stock"
    if growing and against is not None and scope.period.last_day > scope.today:
        return Verdict.ON_HOLD
    return said(measure, now, against)


def _apart(measure: Measure, now: MetricResult, other: MetricResult) -> Verdict:
    """Reliable only where the two intervals do not meet."""
    if value_of(other) is None:
        return Verdict.NO_TARGET
    if kind_of(measure) is Kind.CENSUS:
        return said(measure, now, value_of(other))
    here, there = interval_of(now), interval_of(other)
    if None in (here.low, here.high, there.low, there.high) or is_unripe(now, UNRIPE):
        return Verdict.ON_HOLD
    if said(measure, now, value_of(other)) is Verdict.ON_HOLD:
        return Verdict.ON_HOLD
    if (here.low or 0.0) > (there.high or 0.0):
        return Verdict.ABOVE
    return Verdict.BELOW if (here.high or 0.0) < (there.low or 0.0) else Verdict.WITHIN_NOISE


def said(measure: Measure, now: MetricResult, against: float | None) -> Verdict:
    return verdict(kind_of(measure), value_of(now), against, interval_of(now), now.n)


def comparison(
    desk: Desk, book: TargetBook, scope: Scope, measure: Measure, other: MetricResult | None
) -> float | None:
    """What the figure is set against: the target (of a count, its part due by today), or another period."""
    if scope.vs == "none" or (scope.filters and scope.vs != "plan"):
        return None
    if scope.vs in ("prev", "yoy"):
        return value_of(other) if other is not None else None
    return target_now(desk, book, scope, measure)


def target_now(
    desk: Desk, book: TargetBook, scope: Scope, measure: Measure, owner: str | None = None
) -> float | None:
    """The team's (or a person's) target, of what adds up the part due by today."""
    adds_up = additive(measure)
    found = target_of(book, scope, measure, owner)
    if found is None or (not adds_up and not intensive(measure) and not found.pieces):
        return None  # a year's number of customers is no quarter's
    return due(desk, book, scope, measure, found) if adds_up else found.value


def trend_period(desk: Desk, scope: Scope) -> Period:
    """Thirteen weeks that end with the week of the period's last day, or of today."""
    last = min(scope.period.last_day, scope.today)
    week = desk.calendar.period_of(last, Grain.WEEK)
    return Period(week.start - timedelta(weeks=WEEKS - 1), week.end)


def weekly(
    desk: Desk, scope: Scope, measures: Sequence[str], by: tuple[str, ...] = ()
) -> dict[str, tuple[TrendPoint, ...]]:
    """The measures by week; with `by`, the key is measure and slice joined by a tab.

    A rate whose numerator and denominator fall on different days is shown over four weeks: in one
    week three orders may meet a single new deal.
    """
    shown = trend_period(desk, scope)
    period = Period(shown.start - timedelta(weeks=SMOOTHED - 1), shown.end)
    found: dict[str, list[MetricResult]] = {}
    for one in desk.ask(scope, measures, period, (*by, Grain.WEEK.value)):
        names = [str(value) for key, value in one.slice.items() if key != Grain.WEEK.value]
        found.setdefault("\t".join([one.measure, *names]), []).append(one)
    return {key: _points(desk, scope, results) for key, results in found.items()}


def _points(desk: Desk, scope: Scope, weeks: list[MetricResult]) -> tuple[TrendPoint, ...]:
    """The last thirteen weeks."""
    smooth = _on_two_days(desk.measure(weeks[0].measure), weeks[0].date_basis)
    points: list[TrendPoint] = []
    for index in range(SMOOTHED - 1, len(weeks)):
        one = weeks[index]
        value, n = (value_of(one), one.n) if not smooth else _over(weeks[index - SMOOTHED + 1 : index + 1])
        label = str(one.slice[Grain.WEEK.value])
        points.append(TrendPoint(label, one.period.start, value, n, partial=one.period.end > scope.today))
    return tuple(points)


def _on_two_days(measure: Measure, basis: str) -> bool:
    top, bottom = measure.numerator, measure.denominator
    if measure.kind != "rate" or basis != "event" or top is None or bottom is None:
        return False
    same_table = top.population.table == bottom.population.table
    return not same_table or top.population.dates[basis] != bottom.population.dates[basis]


def _over(weeks: list[MetricResult]) -> tuple[float | None, int]:
    """The rate of several weeks, from their sums."""
    k, n = sum(one.numerator or 0 for one in weeks), sum(one.denominator or 0 for one in weeks)
    return (k / n if n else None), int(n)
