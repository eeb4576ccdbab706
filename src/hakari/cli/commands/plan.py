"""`plan` works a goal back, `simulate` asks what if: the page's answers in the terminal."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from hakari.cli.options import AsOf, Format, Period, Team, Where, check_format, parameters
from hakari.cli.session import Session, print_rows
from hakari.errors import ParameterNotUnderstoodError
from hakari.planning.plan_examples import example_named, said, worked
from hakari.planning.plan_view import Compared
from hakari.planning.plan_wording import (
    binding_text,
    chance_text,
    headline,
    landing_lines,
    measured,
    name_of,
    note_lines,
    range_text,
    subline,
    value_text,
    worth,
)
from hakari.planning.reverse_given import read_given
from hakari.planning.reverse_plan import Outlook, ReversePlan
from hakari.planning.scorecard import Scope
from hakari.report.plan_rows import comparison_rows, plan_rows
from hakari.units import display
from hakari.units.labels import day_label
from hakari.words import say

Goal = Annotated[str | None, typer.Option(help="What is to be reached: 1e9, 10億, 50.")]
Kgi = Annotated[str | None, typer.Option(help="win_amount, win_deals, revenue, gross_profit, new_customers.")]
By = Annotated[str | None, typer.Option(help="The last day, such as 2027-03-31.")]
Chance = Annotated[str | None, typer.Option(help="50, 80 or 90; mean plans by averages alone.")]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", help="A figure of your own: win_rate=0.25, delivery=2m …"),
]
AsJson = Annotated[bool, typer.Option("--json", help="The same as JSON.")]


def plan(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(help="With --compare: the scenarios.")] = None,
    *,
    goal: Goal = None,
    kgi: Kgi = None,
    by: By = None,
    chance: Chance = None,
    sets: Set = None,
    period: Period = None,
    team: Team = None,
    where: Where = None,
    asof: AsOf = None,
    save: Annotated[str | None, typer.Option(help="Keep what is asked as a scenario.")] = None,
    author: Annotated[str, typer.Option(help="Who keeps it.")] = "",
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    compare: Annotated[bool, typer.Option("--compare", help="Set kept scenarios side by side.")] = False,
    example: Annotated[str | None, typer.Option(help="A worked example: billion or fifty.")] = None,
    form: Format = "table",
    as_json: AsJson = False,
) -> None:
    """What must be created by when so that the goal is reached, and how likely that is."""
    session: Session = context.obj
    form = _form(form, as_json)
    if example is not None:
        _example(session, example, form)
        return
    params = {**parameters(period, team, None, where, asof), **_asked(goal, kgi, by, chance, sets)}
    if compare or names:
        view = session.company.plan_view(params, session.language, names or None)
        print_rows(
            session, comparison_rows(view.compared), form, lambda: _comparison(view.compared, view.scope)
        )
        return
    found = session.company.reverse_plan(params, session.language)
    scope = session.company.plan_scope(params, session.language)
    _print(session, found, scope, form)
    if save is not None:
        kept = session.company.save_scenario(save, params, author, reason)
        session.warn(say("plan_saved", session.language, name=kept.name, version=kept.version))


def simulate(
    context: typer.Context,
    *,
    sets: Set = None,
    goal: Goal = None,
    kgi: Kgi = None,
    by: By = None,
    chance: Chance = None,
    period: Period = None,
    team: Team = None,
    where: Where = None,
    asof: AsOf = None,
    form: Format = "table",
    as_json: AsJson = False,
) -> None:
    """What the goal comes to when figures change: as observed, and with what is set."""
    session: Session = context.obj
    form = _form(form, as_json)
    scope_of = parameters(period, team, None, where, asof)
    asked = _asked(goal, kgi, by, chance, None)
    company, lang = session.company, session.language
    before = company.reverse_plan({**scope_of, **asked}, lang)
    changed = _asked(None, None, None, None, sets)
    after = company.reverse_plan({**scope_of, **asked, **changed}, lang)
    pair = (
        Compared(say("plan_as_observed", lang), asked, before),
        Compared(say("plan_changed", lang), changed, after),
    )
    scope = company.plan_scope({**scope_of, **asked}, lang)
    print_rows(session, comparison_rows(pair), form, lambda: _comparison(pair, scope))


def _form(form: str, as_json: bool) -> str:
    check_format(form)
    return "json" if as_json else form


def _asked(
    goal: str | None, kgi: str | None, by: str | None, chance: str | None, sets: list[str] | None
) -> dict[str, str]:
    given = {"goal": goal, "kgi": kgi, "by": by, "chance": chance}
    found = {name: value for name, value in given.items() if value}
    own: dict[str, str] = {}
    for one in sets or []:
        name, sign, value = one.partition("=")
        if not sign or not value:
            raise ParameterNotUnderstoodError(f"--set {one} sets nothing", "write --set win_rate=0.25")
        own[name.strip()] = value.strip()
    read_given(own)
    return {**found, **own}


def _example(session: Session, name: str, form: str) -> None:
    example = example_named(name)
    found, scope = worked(example, session.company.catalogue, session.language)
    if form == "table":
        session.say(f"{say('plan_example', scope.lang)}: {said(example, scope.lang)}")
    _print(session, found, scope, form)


def _print(session: Session, found: ReversePlan, scope: Scope, form: str) -> None:
    if form != "table":
        print_rows(session, plan_rows(found), form, Table)
        return
    session.say(headline(found, scope))
    session.say(subline(found, scope))
    for line in (*landing_lines(found, scope), *note_lines(found, scope)):
        session.say(f"  {line}")
    for title, table in _tables(found, scope):
        session.say()
        session.say(say(title, scope.lang))
        session.console().print(table)
    if found.reach is not None:
        session.say()
        session.say(say("plan_limits_title", scope.lang))
        session.say("  " + say("plan_reach_line", scope.lang, value=worth(found.reach, found, scope)))
        for one in found.binding:
            session.say(f"  {binding_text(one, found, scope)}")


def _tables(found: ReversePlan, scope: Scope) -> list[tuple[str, Table]]:
    tables = [("plan_assumptions_title", _assumptions(found, scope))]
    if found.levers:
        tables.insert(0, ("plan_levers_title", _levers(found, scope)))
    if found.people:
        tables.insert(0, ("plan_people_title", _people(found, scope)))
    if found.stages:
        tables.insert(0, ("plan_stages_title", _stages(found, scope)))
    return tables


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False)
    for place, name in enumerate(columns):
        table.add_column(name, justify="right" if place else "left")
    return table


def _stages(found: ReversePlan, scope: Scope) -> Table:
    lang = scope.lang
    buckets = [f"{one.start.month}/{one.start.day}–" for one in found.buckets]
    words = ("plan_total", "plan_at_pace_total", "plan_under_way", "plan_half_by", "plan_last_useful")
    table = _table(say("plan_stage", lang), *buckets, *(say(one, lang) for one in words))
    for line in found.stages:
        table.add_row(
            name_of(line.key, scope),
            *(display.number(one) for one in line.buckets),
            display.number(line.total),
            display.number(line.pace),
            display.number(line.under_way),
            *("" if day is None else day_label(day, lang) for day in (line.half_by, line.last_useful)),
        )
    return table


def _people(found: ReversePlan, scope: Scope) -> Table:
    lang = scope.lang
    words = ("plan_per_day", "plan_now_per_day", "plan_most_per_day", "plan_total")
    table = _table(say("rep", lang), *(say(one, lang) for one in words))
    known = sum(bool(one.name) for one in found.people)
    for number, one in enumerate(found.people, start=1):
        name = one.name or say("plan_new_hire", lang, n=number - known)
        figures = (one.per_day, one.now_per_day, one.most_per_day)
        ramp = f" {say('ramping', lang)}" if one.ramping else ""
        table.add_row(name + ramp, *(display.number(each, 1) for each in figures), display.number(one.total))
    return table


def _levers(found: ReversePlan, scope: Scope) -> Table:
    words = ("plan_lever", "plan_lever_now", "plan_lever_best", "plan_lever_gain")
    table = _table(*(say(one, scope.lang) for one in words))
    for one in found.levers:
        now, best = (measured(value, one.unit, scope, 1000) for value in (one.now, one.best))
        table.add_row(name_of(one.key, scope), now, best, f"+{worth(one.gain, found, scope)}")
    return table


def _assumptions(found: ReversePlan, scope: Scope) -> Table:
    lang = scope.lang
    table = _table("", say("plan_assumption", lang), say("interval", lang), say("plan_origin", lang))
    for one in found.assumptions:
        low, high = (measured(end, one.unit, scope, one.n) for end in (one.low, one.high))
        cases = f" {say('plan_basis_cases', lang, n=display.number(one.n))}" if one.n else ""
        band = f"{low}–{high}" if one.low is not None else ""
        origin = say(f"plan_origin_{one.origin.value}", lang) + cases
        table.add_row(name_of(one.key, scope), value_text(one, scope), band, origin)
    return table


def _comparison(compared: tuple[Compared, ...], scope: Scope) -> Table:
    words = ("scenario", "changed", "verdict", "efforts", "landing_plan", "landing_now")
    table = _table(*(name_of(one, scope) for one in words))
    for one in compared:
        asked = " ".join(f"{key}={value}" for key, value in one.asked.items())
        if one.plan is None:
            table.add_row(one.name, asked, one.error, "", "", "")
            continue
        table.add_row(
            one.name,
            asked,
            say(f"plan_verdict_{one.plan.verdict.value}", scope.lang),
            display.number(one.plan.efforts),
            *(_landing(each, one.plan, scope) for each in (one.plan.planned, one.plan.at_pace)),
        )
    return table


def _landing(one: Outlook | None, found: ReversePlan, scope: Scope) -> str:
    if one is None:
        return display.number(None)
    landing = f"{worth(one.value, found, scope)} [{range_text(one, found, scope)}]"
    return f"{landing} {chance_text(one.chance)}"
