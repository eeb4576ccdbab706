"""`capacity`, `incentive` and `territory`: the sales force planned in the terminal."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from hakari.cli.options import AsOf, Format, Team, check_format, parameters
from hakari.cli.session import Session, print_rows
from hakari.planning.asking import as_filter
from hakari.planning.capacity_plan import CapacityView
from hakari.planning.capacity_words import (
    PAY_LINES,
    capacity_headline,
    hindrance_text,
    month_name,
    off,
    share,
    territory_headline,
)
from hakari.planning.pay_plan import PayView
from hakari.planning.territory_plan import TerritoryView
from hakari.planning.wording import figure
from hakari.report import (
    balance_rows,
    capacity_object,
    capacity_rows,
    move_rows,
    pay_rows,
    rows_to_csv,
    territory_object,
)
from hakari.report.json_text import to_json
from hakari.units.display import money_unit, number
from hakari.words import say

Hire = Annotated[list[str] | None, typer.Option(help="Month joining:people, 2027-01:5; may be repeated.")]
Attrition = Annotated[str | None, typer.Option(help="Share that leaves a month, 0.02 or 2%.")]
Need = Annotated[str | None, typer.Option(help="What is to be sold from next month on, in yen.")]
Until = Annotated[str | None, typer.Option(help="Last month, 2027-09.")]
Json = Annotated[bool, typer.Option("--json", help="The whole answer as JSON.")]


def capacity(
    context: typer.Context,
    *,
    hire: Hire = None,
    attrition: Attrition = None,
    need: Need = None,
    until: Until = None,
    team: Team = None,
    asof: AsOf = None,
    form: Format = "table",
    as_json: Json = False,
) -> None:
    """What the sales force can sell by month, and by when whom to hire for the rest."""
    session: Session = context.obj
    check_format(form)
    given = {"hire": ",".join(hire or []), "attrition": attrition, "need": need, "until": until}
    view = session.company.capacity_plan(_asked(given, team, asof), session.language)
    if as_json:
        session.say(to_json(capacity_object(view)))
        return
    if form == "table":
        _say_capacity(session, view)
    print_rows(session, capacity_rows(view), form, lambda: _months(view))
    if form == "table":
        _say_hiring(session, view)


def incentive(
    context: typer.Context,
    *,
    quota: Annotated[str | None, typer.Option(help="Of one rep and year, in yen.")] = None,
    fixed: Annotated[str | None, typer.Option(help="Fixed pay of a year, in yen.")] = None,
    variable: Annotated[str | None, typer.Option(help="Variable pay at 100 %, in yen.")] = None,
    accelerator: Annotated[str | None, typer.Option(help="Times as much above 100 %.")] = None,
    cliff: Annotated[str | None, typer.Option(help="Attainment below which nothing is due.")] = None,
    cap: Annotated[str | None, typer.Option(help="Most variable pay, in multiples.")] = None,
    skill: Annotated[str | None, typer.Option(help="Spread of log skill between reps.")] = None,
    team: Team = None,
    asof: AsOf = None,
    form: Format = "table",
    as_json: Json = False,
) -> None:
    """Play a pay plan with the company's own deals: cost, who attains, how much is luck. Never payroll."""
    session: Session = context.obj
    check_format(form)
    given = {"quota": quota, "fixed": fixed, "variable": variable, "accelerator": accelerator}
    view = session.company.capacity_plan(
        _asked({**given, "cliff": cliff, "cap": cap, "skill": skill}, team, asof), session.language
    )
    lang, pay = session.language, view.pay
    if pay is None:
        session.say(say("pay_no_deals", lang))
        return
    rows = pay_rows(pay)
    if as_json:
        session.say(to_json(rows))
        return
    if form == "table":
        _say_pay(session, view, pay)
    print_rows(session, rows, form, lambda: _pay(view, pay))
    if form == "table":
        session.say(say("pay_together", lang))


def territory(
    context: typer.Context,
    *,
    potential: Annotated[
        str | None, typer.Option(help="auto, potential, annual_revenue, employees or deals.")
    ] = None,
    keep: Annotated[str | None, typer.Option(help="Weight of an account that stays.")] = None,
    within: Annotated[str | None, typer.Option(help="Tolerance of potential, 5%.")] = None,
    count_within: Annotated[str | None, typer.Option(help="Tolerance of accounts, 15%.")] = None,
    require: Annotated[
        list[str] | None, typer.Option(help="An industry only for reps who have won in it; may be repeated.")
    ] = None,
    pin: Annotated[list[str] | None, typer.Option(help="An account that stays; may be repeated.")] = None,
    forbid: Annotated[
        list[str] | None, typer.Option(help="ACCOUNT:REP who may not have it; may be repeated.")
    ] = None,
    unowned: Annotated[bool, typer.Option("--unowned", help="Also accounts that nobody has.")] = False,
    team: Team = None,
    asof: AsOf = None,
    form: Format = "table",
    as_json: Json = False,
) -> None:
    """Propose who should have which account, alike in potential. CSV gives the moves; nothing is changed."""
    session: Session = context.obj
    check_format(form)
    given = {"potential": potential, "keep": keep, "within": within, "count_within": count_within}
    several = {"require": require, "pin": pin, "forbid": forbid, "unowned": ["yes"] if unowned else None}
    more = {name: ",".join(as_filter(one) for one in many or []) for name, many in several.items()}
    view = session.company.territory_plan(
        _asked({**given, **more, "unowned": "yes" if unowned else None}, team, asof), session.language
    )
    if as_json or form == "json":
        session.say(to_json(territory_object(view)))
    elif form == "csv":
        session.out.write(rows_to_csv(move_rows(view)))
    else:
        _say_territory(session, view)
        print_rows(session, balance_rows(view), form, lambda: _balance(view))


def _asked(given: dict[str, str | None], team: str | None, asof: str | None) -> dict[str, str]:
    return parameters(None, team, None, None, asof) | {name: value for name, value in given.items() if value}


def _say_capacity(session: Session, view: CapacityView) -> None:
    lang, force = session.language, view.force
    session.say(capacity_headline(view))
    for notice in view.notices:
        session.say(f"※ {notice}")
    if force is None:
        session.say(say("capacity_needs", lang))
        return
    ramp = force.ramp
    key = "capacity_ramp_note" if ramp.hires else "capacity_ramp_none"
    words = say(key, lang, n=ramp.hires, own=share(ramp.own, lang), months=ramp.prior_months)
    session.say(f"{say('capacity_ramp', lang)}: {words}")
    session.say(say("unit_of_money", lang, unit=money_unit(view.scope.unit, lang)))
    session.say()


def _months(view: CapacityView) -> Table:
    scope, lang = view.scope, view.scope.lang
    unit = view.force.measure.unit if view.force else "jpy"
    table = Table(box=None, pad_edge=False)
    table.add_column(say("capacity_month", lang))
    keys = ("actual", "capacity_expected", "target", "variance", "capacity_heads", "capacity_settled_heads")
    for key in keys:
        table.add_column(say(key, lang), justify="right")
    for one in view.lines:
        gap = None if one.target is None or one.expected is None else one.expected - one.target
        amounts = [figure(each, unit, None, scope) for each in (one.actual, one.capacity, one.target, gap)]
        heads = ["" if each is None else f"{each:.1f}" for each in (one.heads, one.settled_heads)]
        table.add_row(month_name(one.month, lang), *amounts, *heads)
    return table


def _say_hiring(session: Session, view: CapacityView) -> None:
    lang = session.language
    if view.force is None:
        return
    session.say()
    if view.missing is None or view.missing <= 0:
        key = "capacity_hiring_no_target" if view.missing is None else "capacity_hiring_none"
        session.say(say(key, lang))
        return
    gap = figure(view.missing, view.force.measure.unit, None, view.scope)
    session.say(f"{say('capacity_hiring', lang)} — {say('capacity_hiring_note', lang, gap=gap)}")
    for one in view.hire_by:
        when = say("capacity_too_late", lang) if one.month is None else month_name(one.month, lang)
        session.say(f"  {say('capacity_people_count', lang, n=one.heads)}  {when}")
    if view.needed_now is None:
        session.say(say("capacity_needed_never", lang))
    else:
        session.say(say("capacity_needed_now", lang, n=view.needed_now))


def _say_pay(session: Session, view: CapacityView, pay: PayView) -> None:
    lang = session.language
    session.say(f"{say('pay_title', lang)} — {say('pay_note', lang)}")
    session.say(say("unit_of_money", lang, unit=money_unit(view.scope.unit, lang)))
    deals, known = f"{pay.deals:.0f}", number(pay.known)
    session.say(say("pay_inputs", lang, deals=deals, known=known, skill=f"{pay.skill:g}"))
    if pay.example:
        session.say(say("pay_example", lang, sells=figure(pay.sells, "jpy", None, view.scope)))


def _pay(view: CapacityView, pay: PayView) -> Table:
    scope, lang = view.scope, view.scope.lang
    table = Table(box=None, pad_edge=False)
    table.add_column(say("pay_plan", lang))
    for key in ("target", "pay_cost", "pay_attaining", "pay_luck", "pay_mean", "pay_nothing"):
        table.add_column(say(key, lang), justify="right")
    for line in pay.lines:
        one = line.outcome
        table.add_row(
            say(PAY_LINES[line.key], lang),
            figure(line.quota, "jpy", None, scope),
            share(one.cost_of_sales, lang),
            share(one.attaining, lang),
            share(one.luck, lang),
            figure(one.mean_pay, "jpy", None, scope),
            share(one.without_variable, lang),
        )
    return table


def _say_territory(session: Session, view: TerritoryView) -> None:
    lang = session.language
    session.say(territory_headline(view))
    if not view.reps:
        session.say(say("territory_needs", lang))
        return
    session.say(say("territory_proposal", lang))
    session.say(say("unit_of_money", lang, unit=money_unit(view.scope.unit, lang)))
    for one in view.hindrances:
        session.say(f"※ {hindrance_text(one, lang)}")
    if view.bound_gap is not None:
        session.say(say("territory_gap", lang, gap=share(view.bound_gap, lang)))
    session.say()


def _balance(view: TerritoryView) -> Table:
    scope, lang, unit = view.scope, view.scope.lang, view.potential.unit
    table = Table(box=None, pad_edge=False)
    table.add_column(say("rep", lang))
    for key in (
        "territory_before",
        "territory_off",
        "territory_after",
        "territory_off",
        "territory_accounts",
    ):
        table.add_column(say(key, lang), justify="right")
    for one in view.reps:
        table.add_row(
            one.name,
            figure(one.before.potential, unit, None, scope),
            off(one.before.off, lang),
            figure(one.after.potential, unit, None, scope),
            off(one.after.off, lang),
            f"{one.before.accounts:,} → {one.after.accounts:,}",
        )
    return table
