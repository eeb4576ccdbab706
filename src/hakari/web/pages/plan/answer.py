"""The plan's answer as a page writes it: the landing, the tables and the limits, every figure in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hakari.planning.plan_view import Compared, PlanView
from hakari.planning.plan_wording import (
    binding_text,
    chance_text,
    measured,
    name_of,
    range_text,
    value_text,
    worth,
)
from hakari.planning.reverse_plan import Outlook, ReversePlan, StageLine
from hakari.planning.scorecard import Scope
from hakari.units import display
from hakari.units.labels import day_label
from hakari.web.marks.outlook import Course, outlook_chart
from hakari.web.marks.svg import Svg
from hakari.words import say


@dataclass(frozen=True, slots=True)
class Day:
    """A last day; one that has passed is said to have."""

    words: str
    passed: bool


@dataclass(frozen=True, slots=True)
class StageRow:
    name: str
    cells: tuple[str, ...]
    total: str
    pace: str
    under_way: str
    half_by: Day
    last_useful: Day


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a plain table; `note` stands under its name."""

    name: str
    cells: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything the plan says beside its headline."""

    chart: Svg | None
    lines: tuple[str, ...]
    buckets: tuple[str, ...]
    stages: tuple[StageRow, ...]
    people: tuple[Line, ...]
    limits: tuple[str, ...]
    levers: tuple[Line, ...]
    assumptions: tuple[Line, ...]


def answer(plan: ReversePlan, scope: Scope, lines: tuple[str, ...]) -> Answer:
    limits = tuple(binding_text(one, plan, scope) for one in plan.binding)
    if plan.reach is not None:
        limits = (say("plan_reach_line", scope.lang, value=worth(plan.reach, plan, scope)), *limits)
    return Answer(
        chart=_chart(plan, scope),
        lines=lines,
        buckets=tuple(f"{one.start.month}/{one.start.day}–" for one in plan.buckets),
        stages=tuple(_stage(one, scope) for one in plan.stages),
        people=tuple(_people(plan, scope)),
        limits=limits,
        levers=tuple(_levers(plan, scope)),
        assumptions=tuple(_assumptions(plan, scope)),
    )


def _chart(plan: ReversePlan, scope: Scope) -> Svg | None:
    if plan.planned is None:
        return None
    pairs = (("plan_landing_now", plan.at_pace), ("plan_landing_plan", plan.planned))
    courses = [_course(say(key, scope.lang), one, plan, scope) for key, one in pairs if one is not None]
    goal = f"{say('target', scope.lang)} {worth(plan.goal.value, plan, scope)}"
    finding = ". ".join(f"{one.name} {one.words}" for one in courses) + f". {goal}"
    return outlook_chart(courses, plan.goal.value, goal, finding)


def _course(name: str, one: Outlook, plan: ReversePlan, scope: Scope) -> Course:
    known = plan.goal.so_far + plan.under_way + plan.anyway
    parts = (
        ("won", plan.goal.so_far),
        ("under-way", plan.under_way),
        ("anyway", plan.anyway),
        ("efforts", max(0.0, one.value - known)),
    )
    chance = f"{say('probability_to_plan', scope.lang)} {chance_text(one.chance)}"
    return Course(name, parts, one.low, one.high, f"{_range(one, plan, scope)} · {chance}")


def _range(one: Outlook, plan: ReversePlan, scope: Scope) -> str:
    return f"{worth(one.value, plan, scope)} [{range_text(one, plan, scope)}]"


def _stage(one: StageLine, scope: Scope) -> StageRow:
    return StageRow(
        name_of(one.key, scope),
        tuple(_count(each) for each in one.buckets),
        _count(one.total),
        _count(one.pace),
        _count(one.under_way) if one.key != "orders" else "",
        _day(one.half_by, scope),
        _day(one.last_useful, scope),
    )


def _count(value: float | None) -> str:
    few = value is not None and 0 < value < 10 and abs(value - round(value)) > 0.05
    return display.number(value, 1 if few else 0)


def _day(day: date | None, scope: Scope) -> Day:
    if day is None:
        return Day(display.number(None), passed=False)
    words = day_label(day, scope.lang)
    if day > scope.today:
        return Day(words, passed=False)
    return Day(say("plan_passed", scope.lang, day=words), passed=True)


def _people(plan: ReversePlan, scope: Scope) -> list[Line]:
    found = []
    known = sum(bool(one.name) for one in plan.people)
    for number, one in enumerate(plan.people, start=1):
        note = ""
        if one.ramping and one.months is not None:
            month = say("plan_months", scope.lang, n=one.months + 1)
            note = f"{say('ramping', scope.lang)} {month}"
        figures = (one.per_day, one.now_per_day, one.most_per_day)
        cells = (*(display.number(each, 1) for each in figures), display.number(one.total))
        found.append(Line(one.name or say("plan_new_hire", scope.lang, n=number - known), cells, note))
    return found


def _levers(plan: ReversePlan, scope: Scope) -> list[Line]:
    return [
        Line(
            name_of(one.key, scope),
            (
                measured(one.now, one.unit, scope, 1000),
                measured(one.best, one.unit, scope, 1000),
                f"+{worth(one.gain, plan, scope)}",
            ),
        )
        for one in plan.levers
    ]


def _assumptions(plan: ReversePlan, scope: Scope) -> list[Line]:
    found = []
    for one in plan.assumptions:
        band = ""
        if one.low is not None:
            band = "–".join(measured(end, one.unit, scope, one.n) for end in (one.low, one.high))
        cases = f" {say('plan_basis_cases', scope.lang, n=display.number(one.n))}" if one.n else ""
        origin = say(f"plan_origin_{one.origin.value}", scope.lang) + cases
        found.append(Line(name_of(one.key, scope), (value_text(one, scope), band, origin)))
    return found


def scenario_lines(view: PlanView, here: str) -> tuple[Line, ...]:
    """The plan on the screen first, then what was kept, so that they can be set side by side."""
    shown = Compared(here, view.asked.as_parameters(), view.plan, view.refused)
    return tuple(_scenario(one, view.scope) for one in (shown, *view.compared))


def _scenario(one: Compared, scope: Scope) -> Line:
    asked = " ".join(f"{key}={value}" for key, value in one.asked.items())
    note = asked or say("plan_as_observed", scope.lang)
    if one.scenario is not None:
        by = " · ".join(part for part in (one.scenario.author, one.scenario.reason) if part)
        note = f"{note} · {by}" if by else note
    if one.plan is None:
        return Line(one.name, (one.error, "", "", ""), note)
    unknown = display.number(None)
    landings = tuple(
        unknown if each is None else f"{_range(each, one.plan, scope)} · {chance_text(each.chance)}"
        for each in (one.plan.planned, one.plan.at_pace)
    )
    verdict = say(f"plan_verdict_{one.plan.verdict.value}", scope.lang)
    return Line(one.name, (verdict, display.number(one.plan.efforts), *landings), note)
