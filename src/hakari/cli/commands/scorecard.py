"""`scorecard`: the page's first blocks in the terminal, in the same words."""

from __future__ import annotations

import typer
from rich.table import Table

from hakari.cli.options import AsOf, Basis, Format, Lag, Period, Team, Versus, Where, check_format, parameters
from hakari.cli.session import Session, print_rows
from hakari.maths.display_rules import Verdict
from hakari.planning.scorecard import KpiRow, Scorecard, TrendPoint
from hakari.planning.shifted import shift_text
from hakari.planning.wording import SCALES, figure
from hakari.report.rows import scorecard_rows
from hakari.units import display
from hakari.words import say

_MARKS = {
    Verdict.ABOVE: "●",
    Verdict.BELOW: "●",
    Verdict.ON_TARGET: "●",
    Verdict.WITHIN_NOISE: "○",
    Verdict.ON_HOLD: "◌",
    Verdict.NO_TARGET: " ",
}
_BARS = "▁▂▃▄▅▆▇█"


def scorecard(
    context: typer.Context,
    *,
    period: Period = None,
    team: Team = None,
    vs: Versus = None,
    basis: Basis = None,
    lag: Lag = True,
    where: Where = None,
    asof: AsOf = None,
    form: Format = "table",
) -> None:
    """The scorecard of a team or the whole company."""
    session: Session = context.obj
    check_format(form)
    card = session.company.scorecard(parameters(period, team, basis, where, asof, vs, lag), session.language)
    if form == "table":
        _head(session, card)
    print_rows(session, scorecard_rows(card), form, lambda: _table(card))


def _head(session: Session, card: Scorecard) -> None:
    scope = card.scope
    who = scope.team or say("whole_company", scope.lang)
    company = f"{card.company}({say('demo_company', scope.lang)})" if card.demo else card.company
    session.say("  ".join(part for part in (company, who, card.period_label) if part))
    session.say(card.headline)
    session.say(card.subline)
    for notice in card.notices:
        session.say(f"※ {notice}")
    for kpi in card.kpis:
        if kpi.shift is not None:
            session.say(f"※ {kpi.name}: {shift_text(kpi.shift, scope.lang)}")
    kgi = card.kgi
    if kgi is not None:
        value = figure(kgi.value, kgi.unit, kgi.n, scope)
        line = f"KGI {kgi.name}  {value}"
        if kgi.plan_to_date is not None:
            plan = figure(kgi.plan_to_date, kgi.unit, None, scope)
            line += f" / {say('plan_to_date', scope.lang)} {plan}"
        session.say(line)
    session.say()


def _table(card: Scorecard) -> Table:
    lang = card.scope.lang
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    table.add_column("KPI")
    for key in ("actual", "target", "variance", "interval"):
        table.add_column(say(key, lang), justify="right")
    table.add_column("k / n", justify="right")
    table.add_column(say("trend", lang))
    for row in card.kpis:
        table.add_row(_MARKS.get(row.verdict, " "), row.name, *_figures(row, card), sparks(row.trend))
    return table


def _figures(row: KpiRow, card: Scorecard) -> tuple[str, str, str, str, str]:
    scope, base = card.scope, row.denominator
    difference = ""
    if row.difference is not None:
        difference = (
            display.points(row.difference)
            if row.unit == "percent"
            else display.signed(row.difference / (SCALES[scope.unit] if row.unit == "jpy" else 1), 2)
        )
    low = figure(row.interval.low, row.unit, base, scope)
    high = figure(row.interval.high, row.unit, base, scope)
    return (
        figure(row.value, row.unit, base, scope),
        figure(row.comparison, row.unit, base, scope),
        difference,
        f"[{low}–{high}]" if row.interval.is_known else "",
        f"{display.number(row.numerator)}/{display.number(base)}" if base is not None else f"n={row.n:,}",
    )


def sparks(trend: tuple[TrendPoint, ...]) -> str:
    """Thirteen weeks as bars; a week without a figure is a space."""
    values = [point.value for point in trend if point.value is not None]
    if not values:
        return ""
    low, span = min(values), (max(values) - min(values)) or 1.0
    return "".join(
        " " if point.value is None else _BARS[round((point.value - low) / span * (len(_BARS) - 1))]
        for point in trend
    )
