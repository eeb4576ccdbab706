"""The goal's band: where it stands against the plan to date, what the open deals hold, and the way back."""

from __future__ import annotations

from datetime import timedelta
from math import ceil

from hakari.metrics.definitions import Measure
from hakari.planning.desk import Desk, additive
from hakari.planning.kpi_rows import comparison_period
from hakari.planning.pace import due, target_of
from hakari.planning.scorecard import CompositionPart, KgiBand, PacePoint, ReverseLine, Scope
from hakari.planning.shown import value_of
from hakari.planning.targets import Found, TargetBook
from hakari.units.fiscal import add_months
from hakari.units.period import Grain, Period

DUE = "pipeline_due"
STOCK = "pipeline_by_phase"
PRICE = "won_unit_price"
WIN_RATE = "fs_win_rate_on_opportunities"
LEAD_TIME = "win_cycle_days"


def kgi_band(desk: Desk, book: TargetBook, scope: Scope, name: str) -> KgiBand | None:
    """None when the goal is not something that adds up over a period."""
    measure = desk.measure(name)
    if not additive(measure):
        return None
    now = desk.one(scope, name, desk.so_far(scope))
    if now is None:
        return None
    plan = target_of(book, scope, measure)
    planned = due(desk, book, scope, measure, plan) if plan is not None else None
    remaining = None if plan is None or now.value is None else max(0.0, plan.value - now.value)
    money, running = measure.unit == "jpy", scope.period.last_day > scope.today
    open_ = _value(desk, scope, STOCK, scope.period) if money else None
    before = comparison_period(desk, scope, "yoy")
    year_ago = desk.one(scope, name, before) if desk.comparable(name, before) else None
    return KgiBand(
        measure=name,
        name=measure.ja if scope.lang == "ja" else measure.en,
        unit=measure.unit,
        value=now.value,
        n=now.n,
        plan_total=plan.value if plan is not None else None,
        plan_to_date=planned,
        difference=None if planned is None or now.value is None else now.value - planned,
        year_ago=year_ago.value if year_ago is not None else None,
        remaining=remaining,
        pipeline_open=open_,
        pipeline_multiple=open_ / remaining if open_ is not None and remaining and running else None,
        business_days=desk.calendar.elapsed(scope.period, scope.today),
        pace=_pace(desk, book, scope, measure, plan) if now.value is not None else (),
        composition=_composition(desk, scope, now.value, now.n) if money and now.value is not None else (),
    )


def _value(desk: Desk, scope: Scope, measure: str, period: Period) -> float | None:
    if measure not in desk.catalogue.measures:
        return None
    found = desk.one(scope, measure, period)
    return None if found is None else value_of(found)


def _pace(
    desk: Desk, book: TargetBook, scope: Scope, measure: Measure, plan: Found | None
) -> tuple[PacePoint, ...]:
    """One point a business day, and the last day of the period."""
    daily = {
        one.period.start: one.value or 0.0
        for one in desk.ask(scope, [measure.id], desk.so_far(scope), (Grain.DAY.value,))
    }
    points: list[PacePoint] = []
    total = 0.0
    day = scope.period.start
    while day < scope.period.end:
        total += daily.get(day, 0.0)
        last = day in (scope.period.last_day, scope.today)
        if last or desk.calendar.is_business_day(day):
            planned = None if plan is None else due(desk, book, scope, measure, plan, day)
            points.append(PacePoint(day, total if day <= scope.today else None, planned))
        day += timedelta(days=1)
    return tuple(points)


def _composition(desk: Desk, scope: Scope, won: float | None, n: int) -> tuple[CompositionPart, ...]:
    """What is won, and the open deals that are expected to close in the period, by forecast category."""
    if DUE not in desk.catalogue.measures:
        return ()
    parts = {
        one.slice["forecast_category"] or "none": CompositionPart(
            one.slice["forecast_category"] or "none", one.n, one.value or 0.0
        )
        for one in desk.ask(scope, [DUE], scope.period, ("forecast_category",))
    }
    order = [parts[key] for key in ("A", "B", "C", "none") if key in parts]
    return (CompositionPart("won", n, won or 0.0), *order)


def reverse_line(desk: Desk, scope: Scope, band: KgiBand | None) -> ReverseLine | None:
    """The remaining plan worked back through the price, rate and lead time of the last four quarters."""
    needed = (PRICE, WIN_RATE, LEAD_TIME)
    if scope.period.last_day <= scope.today:
        return None  # nothing created now can still close in it
    if (
        band is None
        or band.unit != "jpy"
        or not band.remaining
        or any(name not in desk.catalogue.measures for name in needed)
    ):
        return None
    start = desk.calendar.period_of(scope.today, Grain.QUARTER).start
    year = Period(add_months(start, -12), start)
    price, rate, days = (_value(desk, scope, name, year) for name in needed)
    if not price:
        return None
    orders = ceil(band.remaining / price)
    create_by = scope.period.last_day - timedelta(days=round(days)) if days is not None else None
    return ReverseLine(
        shortfall=band.remaining,
        orders=orders,
        qualified=ceil(orders / rate) if rate else None,
        lead_time_days=days,
        create_by=create_by,
    )
