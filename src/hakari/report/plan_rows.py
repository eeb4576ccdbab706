"""Lays a plan out as rows: one figure each, with the block it stands in and where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hakari.planning.plan_view import Compared
from hakari.planning.reverse_plan import Outlook, ReversePlan
from hakari.report.rows import Row


def plan_rows(plan: ReversePlan) -> list[Row]:
    """The verdict, where it lands, then each stage by bucket, each rep, limit, lever and assumption."""
    return [*_verdict(plan), *_stages(plan), *_people(plan), *_rest(plan)]


def _row(block: str, key: str, value: float | str | None, unit: str, **more: object) -> Row:
    row: Row = {"block": block, "key": key, "value": value, "unit": unit}
    row |= dict.fromkeys(("from", "to", "low", "high", "n", "origin", "chance"))
    return row | {name: one for name, one in more.items() if isinstance(one, str | int | float)}


def _verdict(plan: ReversePlan) -> Iterator[Row]:
    goal, unit = plan.goal, plan.goal.unit
    period = {"from": goal.period.start.isoformat(), "to": goal.period.last_day.isoformat()}
    yield _row("goal", goal.measure, goal.value, unit, **period)
    yield _row("goal", "so_far", goal.so_far, unit)
    yield _row("goal", "order_by", goal.order_by.isoformat(), "date")
    yield _row("verdict", "verdict", plan.verdict.value, "text")
    for key, one in (("at_pace", plan.at_pace), ("planned", plan.planned)):
        if one is not None:
            yield _row("landing", key, one.value, unit, **_outlook(one))
    for key in ("under_way", "anyway", "reach"):
        yield _row("landing", key, getattr(plan, key), unit)
    yield _row("verdict", "short", plan.short, unit)
    yield _row("verdict", "needed_win_rate", plan.needed_win_rate, "percent")
    yield _row("verdict", "needed_reps", plan.needed_reps, "count")
    yield _row("verdict", "efforts", plan.efforts, "count")
    for key in plan.missing:
        yield _row("missing", key, None, "text", origin="unknown")


def _outlook(one: Outlook) -> dict[str, float]:
    given = {"low": one.low, "high": one.high, "chance": one.chance}
    return {name: value for name, value in given.items() if value is not None}


def _stages(plan: ReversePlan) -> Iterator[Row]:
    for line in plan.stages:
        for period, value in zip(plan.buckets, line.buckets, strict=True):
            days = {"from": period.start.isoformat(), "to": period.last_day.isoformat()}
            yield _row("stage", line.key, value, "count", **days)
        yield _row("stage_total", line.key, line.total, "count", n=line.under_way)
        for key, day in (("half_by", line.half_by), ("last_useful", line.last_useful)):
            yield _row(key, line.key, None if day is None else day.isoformat(), "date")


def _people(plan: ReversePlan) -> Iterator[Row]:
    for number, person in enumerate(plan.people, start=1):
        name = person.name or f"new_{number}"
        for period, value in zip(plan.buckets, person.buckets, strict=True):
            days = {"from": period.start.isoformat(), "to": period.last_day.isoformat()}
            yield _row("rep", name, value, "count", **days)
        yield _row("rep_total", name, person.total, "count")
        yield _row("rep_per_day", name, person.per_day, "value", high=person.most_per_day)


def _rest(plan: ReversePlan) -> Iterator[Row]:
    unit = plan.goal.unit
    for limit in plan.binding:
        yield _row("limit", limit.kind, limit.worth, unit)
    for lever in plan.levers:
        yield _row("lever", lever.key, lever.gain, unit, low=lever.now, high=lever.best)
    for one in plan.assumptions:
        told = {"low": one.low, "high": one.high, "n": one.n, "origin": one.origin.value}
        yield _row("assumption", one.key, one.value, one.unit, **told)


def comparison_rows(compared: Sequence[Compared]) -> list[Row]:
    """One row a scenario."""
    return [_compared(one) for one in compared]


def _compared(one: Compared) -> Row:
    plan, kept = one.plan, one.scenario
    asked = " ".join(f"{key}={value}" for key, value in one.asked.items())
    row: Row = {
        "scenario": one.name,
        "version": kept.version if kept else None,
        "author": kept.author if kept else None,
        "reason": kept.reason if kept else None,
        "asked": asked,
        "verdict": plan.verdict.value if plan else one.error,
        "goal": plan.goal.value if plan else None,
        "unit": plan.goal.unit if plan else None,
        "efforts": plan.efforts if plan else None,
        "short": plan.short if plan else None,
    }
    for key, found in (("at_pace", plan.at_pace), ("planned", plan.planned)) if plan else ():
        row |= {key: found.value if found else None, f"{key}_chance": found.chance if found else None}
    return row
