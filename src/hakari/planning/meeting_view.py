"""Everything a meeting shows: six slides over the figures of the moment it was opened at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from hakari.maths.display_rules import Verdict, favourable
from hakari.maths.intervals import Interval
from hakari.metrics.definitions import Measure
from hakari.metrics.result import MetricResult
from hakari.planning.compose import compose
from hakari.planning.desk import Desk, additive, day_after
from hakari.planning.gap_answers import explained
from hakari.planning.gap_view import Gap, GapTree
from hakari.planning.kpi_rows import said
from hakari.planning.meeting_moves import Moves, moves_between
from hakari.planning.meetings import Decision, Meeting
from hakari.planning.scorecard import Freshness, KpiRow, Scope, Scorecard
from hakari.planning.shown import interval_of, value_of
from hakari.planning.wording import figure, worst_row
from hakari.units.period import Period
from hakari.words import say

WINDOW = timedelta(days=7)  # looked back where there was no meeting before
_SPLITS = ("source", "channel", "segment")


@dataclass(frozen=True, slots=True)
class Progress:
    """A decision and what its KPI did from the day after it until the meeting.

    `base`, `value` and `interval` are per business day where the KPI adds up (`per_day`). `moved` says
    whether the base lies outside the interval, `wanted` is where the KPI should be.
    """

    decision: Decision
    name: str
    unit: str
    better: str
    per_day: bool
    base: float | None
    value: float | None
    interval: Interval
    n: int
    wanted: float | None
    moved: Verdict


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """One part of the KPI in focus, against the KPI's target."""

    name: str
    value: float | None
    numerator: float | None
    denominator: float | None
    n: int
    interval: Interval
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Focus:
    """The surely unfavourable KPI furthest from its target, and its parts by one dimension."""

    row: KpiRow
    by: str
    parts: tuple[ChannelRow, ...]


@dataclass(frozen=True, slots=True)
class MeetingView:
    """`last` are the decisions the meeting opens with, `decisions` what is decided in it.

    `gap` splits the goal's gap where it can be split; `focus` then is None. `moves` is None where nothing
    was known at the earlier moment. `before` and `after` are the meetings
    beside it of the same team.
    """

    meeting: Meeting
    card: Scorecard
    last: tuple[Progress, ...]
    sure: tuple[KpiRow, ...]
    gap: Gap | None
    focus: Focus | None
    moves: Moves | None
    decisions: tuple[Progress, ...]
    before: Meeting | None
    after: Meeting | None


def meeting_view(
    desk: Desk,
    scope: Scope,
    meeting: Meeting,
    beside: tuple[Meeting | None, Meeting | None],
    last: Sequence[Decision],
    decisions: Sequence[Decision],
    freshness: Freshness,
) -> MeetingView:
    """`desk` and `scope` are as of the meeting."""
    frozen = replace(desk, profile=replace(desk.profile, kgi=meeting.goal, kpis=meeting.kpis))
    card = compose(frozen, scope, freshness)
    card = replace(card, notices=(*card.notices, *_drift(frozen, meeting, card)))
    gap = _gap(frozen, scope, card)
    before, after = beside
    since = before.as_of if before is not None else meeting.as_of - WINDOW
    return MeetingView(
        meeting=meeting,
        card=card,
        last=tuple(progress(frozen, scope, one) for one in last),
        sure=tuple(row for row in card.kpis if row.verdict in (Verdict.ABOVE, Verdict.BELOW)),
        gap=gap,
        focus=_focus(frozen, scope, card) if gap is None else None,
        moves=moves_between(frozen, scope, since, meeting.as_of),
        decisions=tuple(progress(frozen, scope, one) for one in decisions),
        before=before,
        after=after,
    )


def _drift(desk: Desk, meeting: Meeting, card: Scorecard) -> list[str]:
    """Which figures come out otherwise than in the meeting; only its own readers can tell."""
    if desk.viewer.owners is not None:
        return []
    scope = card.scope
    now: Mapping[str, float | None] = {row.measure: row.value for row in card.kpis}
    if card.kgi is not None:
        now = {**now, card.kgi.measure: card.kgi.value}
    notices = []
    for name, then in meeting.figures.items():
        here = now.get(name)
        same = here == then or (None not in (here, then) and abs((here or 0) - (then or 0)) < 1e-9)
        if not same:
            measure = desk.catalogue.measures.get(name)
            told = name if measure is None else measure.ja if scope.lang == "ja" else measure.en
            unit = "value" if measure is None else measure.unit
            was, is_now = (figure(one, unit, None, scope) for one in (then, here))
            notices.append(say("meeting_drift", scope.lang, kpi=told, then=was, now=is_now))
    return notices


def base_of_decision(desk: Desk, scope: Scope, name: str) -> float | None:
    """What the KPI is in the meeting: of what adds up per business day so far."""
    found = desk.one(scope, name, desk.so_far(scope))
    return None if found is None else _rate_of(desk, desk.measure(name), found, desk.so_far(scope))


def progress(desk: Desk, scope: Scope, decision: Decision) -> Progress:
    measure = desk.catalogue.measures.get(decision.measure)
    nothing = Interval(None, None, 0.95, "")
    if measure is None:
        return Progress(
            decision, decision.measure, "", "", False, None, None, nothing, 0, None, Verdict.NO_TARGET
        )
    name = measure.ja if scope.lang == "ja" else measure.en
    window = Period(min(day_after(decision.decided_on), day_after(scope.today)), day_after(scope.today))
    found = None
    if not window.is_empty and desk.knows(scope, measure.id):
        asked = desk.ask(replace(scope, period=window), [measure.id], window, intervals=True)
        found = asked[0] if asked else None
    value = None if found is None else _rate_of(desk, measure, found, window)
    interval = nothing if found is None else _interval(desk, measure, found, window)
    return Progress(
        decision=decision,
        name=name,
        unit=measure.unit,
        better=measure.better,
        per_day=additive(measure),
        base=decision.base,
        value=value,
        interval=interval,
        n=found.n if found is not None else 0,
        wanted=_wanted(measure, decision),
        moved=_moved(measure, found, decision.base, interval, value),
    )


def _rate_of(desk: Desk, measure: Measure, found: MetricResult, period: Period) -> float | None:
    value = value_of(found)
    if value is None or not additive(measure):
        return value
    days = desk.calendar.business_days(period)
    return value / days if days else None


def _interval(desk: Desk, measure: Measure, found: MetricResult, period: Period) -> Interval:
    whole = interval_of(found)
    if not additive(measure):
        return whole
    days = desk.calendar.business_days(period)
    if not days or not whole.is_known:
        return Interval(None, None, whole.level, whole.method)
    low, high = (None if end is None else end / days for end in (whole.low, whole.high))
    return Interval(low, high, whole.level, whole.method)


def _wanted(measure: Measure, decision: Decision) -> float | None:
    if decision.base is None or decision.change is None:
        return None
    if measure.unit == "percent":
        return decision.base + decision.change
    return decision.base * (1 + decision.change)


def _moved(
    measure: Measure, found: MetricResult | None, base: float | None, interval: Interval, value: float | None
) -> Verdict:
    """By the same rules as against a target, so that few cases move nothing."""
    if found is None or base is None or value is None:
        return Verdict.NO_TARGET
    rule = said(measure, found, value_of(found))
    if rule is Verdict.ON_HOLD or not interval.is_known:
        return Verdict.ON_HOLD
    if interval.contains(base):
        return Verdict.WITHIN_NOISE
    return Verdict.ABOVE if interval.low is not None and interval.low > base else Verdict.BELOW


def _gap(desk: Desk, scope: Scope, card: Scorecard) -> Gap | None:
    return explained(desk, scope, card.gap) if isinstance(card.gap, GapTree) else None


def _focus(desk: Desk, scope: Scope, card: Scorecard) -> Focus | None:
    row, _ = worst_row(card.kpis)
    if row is None or row.verdict is Verdict.NO_TARGET or favourable(row.verdict, row.better) is not False:
        return None
    measure = desk.measure(row.measure)
    for name in _SPLITS:
        if not desk.knows(replace(scope, filters={name: ("",)}), row.measure):
            continue
        found = desk.ask(scope, [row.measure], desk.so_far(scope), (name,), intervals=True)
        parts = [one for one in found if one.slice[name] is not None and one.n]
        if len(parts) > 1:
            # Of what adds up a part cannot meet the whole's target.
            against = None if additive(measure) else row.comparison
            word = desk.catalogue.dimensions[name]
            by = word.ja if scope.lang == "ja" else word.en
            parts.sort(key=lambda one: -one.n)
            return Focus(row, by, tuple(_channel(measure, one, name, against) for one in parts[:8]))
    return Focus(row, "", ())


def _channel(measure: Measure, one: MetricResult, by: str, against: float | None) -> ChannelRow:
    return ChannelRow(
        name=str(one.slice[by]),
        value=value_of(one),
        numerator=one.numerator,
        denominator=one.denominator,
        n=one.n,
        interval=interval_of(one),
        verdict=said(measure, one, against),
    )
