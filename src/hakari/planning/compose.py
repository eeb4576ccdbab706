"""Puts a scorecard together for one scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import sqlglot
import sqlglot.expressions as exp

from hakari.metrics.definitions import Measure
from hakari.planning.desk import Desk, additive
from hakari.planning.gap_tree import gap_tree
from hakari.planning.kgi import kgi_band, reverse_line
from hakari.planning.kpi_rows import kpi_rows
from hakari.planning.pace import partly_aimed_notice, target_of
from hakari.planning.people import people_tables
from hakari.planning.scorecard import Freshness, Scope, Scorecard
from hakari.planning.targets import TargetBook, read_targets
from hakari.planning.wording import headline, subline
from hakari.storage.conditions import column, literal, table_source
from hakari.units.period import Grain, Period
from hakari.words import say

MOST_KPIS = 5
# Where a company has not chosen its own: the first five that its records can answer.
PREFERRED = (
    "speed_to_lead_5min.rate",
    "sdr_meetings.rate",
    "sdr_valid_opportunities.rate",
    "fs_win_rate_on_opportunities",
    "closing_ratio",
    "won_unit_price",
    "sdr_connects.rate",
    "win_cycle_days",
    "deals_created",
    "acq_appointments.rate",
    "campaign_response_rate",
    "win_deals",
    "order_amount",
)
GOALS = ("win_amount", "order_amount", "win_deals", "sdr_meetings.count", "campaign_responses")
_EVENTS = (
    ("deal", "closed_on"),
    ("deal", "created_at__day"),
    ("order", "ordered_on"),
    ("activity", "occurred_at__day"),
    ("lead", "received_at__day"),
    ("campaign_member", "at__day"),
)


def compose(desk: Desk, scope: Scope, freshness: Freshness) -> Scorecard:
    """The whole scorecard; without records in the running quarter, of the last quarter that has some."""
    notices: list[str] = []
    lang = scope.lang
    if scope.period.is_all:
        scope = replace(scope, period=_recorded(desk, scope))
    if scope.period.text in ("", "this-quarter") and (moved := _latest(desk, scope)) is not None:
        scope = replace(scope, period=moved)
        label = desk.calendar.bucket_label(moved, Grain.QUARTER, lang)
        notices.append(say("notice_period_moved", lang, period=label))
    book = read_targets(desk.store, desk.schema, desk.catalogue)
    goal, measures = _narrowable(desk, scope, *chosen(desk, scope), notices)
    notices += _aim_notices(desk, book, scope, [*([goal] if goal else []), *measures])
    notices += [
        say("notice_basis_own", lang, kpi=_name(desk.measure(one), scope))
        for one in measures
        if scope.basis is not None and scope.basis not in desk.measure(one).bases
    ]
    # The plan is made for the days orders come in: the goal keeps its own date basis.
    band = kgi_band(desk, book, replace(scope, basis=None), goal) if goal is not None else None
    rows = kpi_rows(desk, book, scope, measures)
    gap = gap_tree(desk, book, scope, goal) if goal is not None else None
    return Scorecard(
        company=desk.profile.name,
        demo=desk.profile.demo,
        scope=scope,
        period_label=period_label(desk, scope),
        teams=tuple(sorted(desk.store.names("team", desk.schema).values())),
        sources=sources(desk),
        headline=headline(band, rows, scope, gap),
        subline=subline(band, scope, desk.calendar.elapsed(scope.period, scope.today)),
        kgi=band,
        reverse=reverse_line(desk, scope, band),
        kpis=rows,
        people=people_tables(desk, book, scope),
        freshness=freshness,
        notices=tuple(notices),
        gap=gap,
    )


def _aim_notices(desk: Desk, book: TargetBook, scope: Scope, names: Sequence[str]) -> list[str]:
    """Where figures are not set against targets, and why."""
    measures = [desk.measure(name) for name in names]
    if scope.vs != "plan":
        return []
    if scope.filters and not any(target_of(book, scope, one) for one in measures):
        return [say("notice_filters_no_plan", scope.lang)]
    partly = [partly_aimed_notice(desk, book, scope, one) for one in measures]
    return [one for one in partly if one]


def _narrowable(
    desk: Desk, scope: Scope, goal: str | None, measures: list[str], notices: list[str]
) -> tuple[str | None, list[str]]:
    """Those whose records know what the scope narrows by; the others are named in a notice."""
    kept = [name for name in measures if desk.knows(scope, name)]
    notices += [
        say("notice_filter_unknown", scope.lang, kpi=_name(desk.measure(name), scope))
        for name in measures
        if name not in kept
    ]
    return (goal if goal is not None and desk.knows(scope, goal) else None), kept


def _name(measure: Measure, scope: Scope) -> str:
    return measure.ja if scope.lang == "ja" else measure.en


def chosen(desk: Desk, scope: Scope) -> tuple[str | None, list[str]]:
    """The goal and up to five KPIs: the company's own choice, else what its records can answer."""
    known = desk.catalogue.measures
    if desk.profile.kpis:
        own = [name for name in desk.profile.kpis if name in known]
        return (desk.profile.kgi if desk.profile.kgi in known else None), own[:MOST_KPIS]
    goals = [name for name in (desk.profile.kgi, *GOALS) if name in known and additive(known[name])]
    goal = next((name for name in goals if _answers(desk, scope, name)), goals[0] if goals else None)
    wanted = [name for name in PREFERRED if name in known and name != goal]
    answered = [name for name in wanted if _answers(desk, scope, name)]
    return goal, answered[:MOST_KPIS]


def _answers(desk: Desk, scope: Scope, name: str) -> bool:
    if not desk.knows(scope, name):
        return False
    found = desk.one(scope, name, scope.period)
    return found is not None and found.value is not None and (found.n > 0 or found.value != 0)


def period_label(desk: Desk, scope: Scope) -> str:
    lang = scope.lang
    for grain in (Grain.QUARTER, Grain.MONTH, Grain.HALF, Grain.YEAR, Grain.WEEK, Grain.DAY):
        if not scope.period.is_all and desk.calendar.period_of(scope.period.start, grain) == scope.period:
            return desk.calendar.bucket_label(scope.period, grain, lang)
    return desk.calendar.text(scope.period)


def sources(desk: Desk) -> tuple[str, ...]:
    """The names leads and deals came by, for the scope bar."""
    found: set[str] = set()
    for table in ("lead", "deal"):
        select = sqlglot.select(column("source", "t")).distinct().from_(table_source(table, desk.schema, "t"))
        found |= {row[0] for row in desk.store.rows(select) if row[0]}
    return tuple(sorted(found))


def days_with_records(desk: Desk, until: date) -> Sequence[date]:
    """The last day, not after `until`, of each kind of event that has any."""
    return [last for table, day in _EVENTS if (last := _edge(desk, table, day, exp.Max, until))]


def _recorded(desk: Desk, scope: Scope) -> Period:
    """From the first record up to today, instead of all time, which has no days to count."""
    firsts = [first for table, day in _EVENTS if (first := _edge(desk, table, day, exp.Min, scope.today))]
    return Period(min(firsts, default=scope.today), date.fromordinal(scope.today.toordinal() + 1), "all")


def _edge(desk: Desk, table: str, day: str, edge: type[exp.Func], until: date) -> date | None:
    select = sqlglot.select(edge(this=column(day, "t"))).from_(table_source(table, desk.schema, "t"))
    select = select.where(exp.LTE(this=column(day, "t"), expression=literal(until)))
    found = desk.store.rows(select)[0][0]
    return found if isinstance(found, date) else None


def _latest(desk: Desk, scope: Scope) -> Period | None:
    """The last quarter with records when the asked one has none; None when it has."""
    days = days_with_records(desk, scope.today)
    if not days or max(days) >= scope.period.start:
        return None
    return desk.calendar.period_of(max(days), Grain.QUARTER)
