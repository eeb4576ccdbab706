"""`rep`: one person's KPIs, questions for the 1on1 and deals that wait; and what is erased about them."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from hakari.cli.options import AsOf, Format, Lag, Period, Versus, check_format, parameters
from hakari.cli.session import Session, print_rows
from hakari.errors import ParameterNotUnderstoodError
from hakari.maths.display_rules import Verdict
from hakari.planning.rep_view import RepView
from hakari.planning.scorecard import KpiRow, Scope
from hakari.planning.wording import figure, signed
from hakari.report import rep_rows
from hakari.report.rows import Row
from hakari.units.display import money_unit, points
from hakari.words import say

VERDICTS = {
    Verdict.ABOVE: "sure_above",
    Verdict.BELOW: "sure_below",
    Verdict.ON_TARGET: "on_target",
    Verdict.WITHIN_NOISE: "within_noise",
    Verdict.ON_HOLD: "on_hold",
    Verdict.NO_TARGET: "no_target",
}
VIEWS = ("overview", "deals", "activity", "1on1")


def rep(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="A name, a part of it that only one person has, or a key.")],
    *,
    view: Annotated[str, typer.Option(help=", ".join(VIEWS))] = "overview",
    period: Period = None,
    vs: Versus = None,
    lag: Lag = True,
    asof: AsOf = None,
    form: Format = "table",
    erase_texts: Annotated[
        bool, typer.Option("--erase-texts", help="Erase every note and promise about this person, for good.")
    ] = False,
) -> None:
    """Show one person: own KPIs, what to ask in the 1on1, deals that need a decision."""
    session: Session = context.obj
    check_format(form)
    if view not in VIEWS:
        raise ParameterNotUnderstoodError(f"--view {view} is not known", f"use one of {', '.join(VIEWS)}")
    company = session.company
    person = company.person_named(name)
    if erase_texts:
        session.say(say("rep_erased", session.language, n=company.erase_person(person.key), name=person.name))
        return
    asked = parameters(period, None, None, None, asof, vs, lag)
    found = company.rep(person.key, asked, session.language)
    rows: list[Row] = rep_rows(found, view)
    print_rows(session, rows, form, lambda: _table(session, found, rows, view))
    if form == "table" and view == "overview":
        _say_questions(session, found)


def _table(session: Session, found: RepView, rows: list[Row], view: str) -> Table:
    table = Table(box=None, pad_edge=False)
    if view != "overview":
        filled = [key for key in (rows[0] if rows else {}) if any(row.get(key) is not None for row in rows)]
        for key in filled:
            table.add_column(key)
        for row in rows:
            table.add_row(*("" if row.get(key) is None else str(row[key]) for key in filled))
        return table
    for key in ("kpi", "actual", "vs_plan", "variance", "interval_99", "sample_size", "verdict"):
        table.add_column(say(key, session.language), justify="left" if key in ("kpi", "verdict") else "right")
    for one in found.kpis:
        texts = (one.value, one.comparison, one.interval.low, one.interval.high)
        value, against, low, high = (figure(each, one.unit, one.n, found.scope) for each in texts)
        gap = _difference(one, found.scope)
        span = f"{low} – {high}" if one.interval.is_known else ""
        words = say(VERDICTS[one.verdict], session.language)
        table.add_row(one.name, value, against, gap, span, f"{one.n:,}", words)
    return table


def _difference(one: KpiRow, scope: Scope) -> str:
    if one.difference is None:
        return ""
    return points(one.difference) if one.unit == "percent" else signed(one.difference, one.unit, scope)


def _say_questions(session: Session, found: RepView) -> None:
    unit = money_unit(found.scope.unit, session.language)
    session.say(say("subline_money", session.language, unit=unit))
    session.say(f"\n{say('rep_questions', session.language)}")
    for number, one in enumerate(found.questions, 1):
        session.say(f"{number}. {one.text}\n   {one.evidence}  [{one.rule}]")
    waiting = found.deals.waiting
    if waiting:
        session.say(f"\n{say('rep_waiting', session.language)} ({len(waiting)}): hakari rep … --view deals")
