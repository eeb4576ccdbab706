"""`gap`: what each step of the funnel made of the goal's gap, by segment, and where to look."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from hakari.cli.options import AsOf, Format, Period, Team, Versus, Where, check_format, parameters
from hakari.cli.session import Session, print_rows
from hakari.maths.driver_noise import Part
from hakari.planning.gap_view import Factor, Gap, GapSplit, GapTree, Remedy
from hakari.planning.scorecard import Scope, Scorecard
from hakari.planning.wording import figure, signed
from hakari.report import gap_rows
from hakari.units import display
from hakari.words import say

By = Annotated[str | None, typer.Option(help="Split a factor by source, segment, industry, owner …")]
FactorName = Annotated[str | None, typer.Option("--factor", help="calls, connects, meetings, won, amount …")]


def gap(
    context: typer.Context,
    *,
    period: Period = None,
    team: Team = None,
    vs: Versus = None,
    factor: FactorName = None,
    by: By = None,
    where: Where = None,
    asof: AsOf = None,
    form: Format = "table",
) -> None:
    """Why the goal is short: the parts of all factors, which add up to the gap."""
    session: Session = context.obj
    check_format(form)
    params = parameters(period, team, None, where, asof, vs)
    card = session.company.scorecard(params, session.language)
    asked = {"factor": factor or "", "by": by or ""}
    found = session.company.gap({**params, **asked}, session.language)
    if form == "table":
        _say(session, card, found)
    else:
        print_rows(session, gap_rows(found, card.scope), form, Table)


def _say(session: Session, card: Scorecard, found: Gap) -> None:
    scope, lang = card.scope, card.scope.lang
    session.say("  ".join([card.company, scope.team or say("whole_company", lang), card.period_label]))
    if found.tree is None:
        reason = found.missing
        session.say(say(reason.reason if reason else "gap_no_goal", lang))
        if reason is not None and reason.instead:
            session.say(f"  → --vs {reason.instead}")
        return
    tree = found.tree
    session.say(card.headline)
    session.say(say("gap_clock", lang))
    session.say()
    session.console().print(_tree_table(tree, scope))
    if found.split is not None:
        session.say()
        session.say(split_title(found.split, tree, scope))
        session.console().print(_split_table(found.split, tree, scope))
        session.say(say("gap_brackets", lang))
    if found.remedies:
        session.say()
        session.say(say("gap_where_to_look", lang))
        for one in found.remedies:
            session.say(f"  {one.name}: {remedy_words(one, scope)}")


def _tree_table(tree: GapTree, scope: Scope) -> Table:
    lang = scope.lang
    table = Table(box=None, pad_edge=False)
    table.add_column(say("gap_factor", lang))
    for key in ("actual", f"gap_base_{tree.vs}", "variance", "contribution", "interval_90"):
        table.add_column(say(key, lang), justify="right")
    table.add_column("")
    for one in tree.factors:
        table.add_row(*_factor_cells(one, tree, scope))
    if tree.rest is not None:
        table.add_row(say("gap_rest", lang), "", "", "", *_part_cells(tree.rest, tree, scope), "")
    total = [figure(value, tree.unit, None, scope) for value in (tree.actual, tree.base)]
    gap = signed(tree.gap, tree.unit, scope)
    table.add_row(tree.name, *total, gap, gap, "", "")
    return table


def _factor_cells(one: Factor, tree: GapTree, scope: Scope) -> list[str]:
    mark = (
        say("bottleneck", scope.lang)
        if one.key == tree.bottleneck
        else ""
        if one.part is None
        else say("within_noise" if one.part.pale else "reliable", scope.lang)
    )
    derived = [say("gap_derived", scope.lang)] if one.source == "derived" else []
    return [
        one.name,
        factor_figure(one.value, one.unit, scope),
        factor_figure(one.base, one.unit, scope),
        factor_difference(one, scope),
        *_part_cells(one.part, tree, scope),
        " · ".join([mark, *derived]) if mark else "",
    ]


def _part_cells(part: Part | None, tree: GapTree, scope: Scope) -> tuple[str, str]:
    if part is None:
        return "", ""
    span = "" if part.low is None or part.high is None else interval_words(part, tree, scope)
    return signed(part.value, tree.unit, scope), span


def interval_words(part: Part, tree: GapTree, scope: Scope) -> str:
    """[−32.2, −12.5]"""
    ends = (signed(end or 0.0, tree.unit, scope) for end in (part.low, part.high))
    return f"[{', '.join(ends)}]"


def factor_figure(value: float | None, unit: str, scope: Scope) -> str:
    """A quotient of two steps that is no rate needs two digits: 1.26 deals a meeting."""
    return display.number(value, 2) if unit == "value" else figure(value, unit, 1_000, scope)


def factor_difference(one: Factor, scope: Scope) -> str:
    if one.difference is None:
        return ""
    if one.unit == "percent":
        return display.points(one.difference)
    if one.unit == "value":
        return display.signed(one.difference, 2)
    return signed(one.difference, one.unit, scope)


def split_title(split: GapSplit, tree: GapTree, scope: Scope) -> str:
    factor = tree.factor(split.factor)
    return say(
        "gap_split_title",
        scope.lang,
        kpi=factor.name if factor else split.factor,
        by=split.by_name,
        vs=say("previous_period" if split.vs == "prev" else "year_ago", scope.lang),
        part=signed(split.total, tree.unit, scope),
    )


def _split_table(split: GapSplit, tree: GapTree, scope: Scope) -> Table:
    lang = scope.lang
    factor = tree.factor(split.factor)
    unit = factor.unit if factor else "value"
    table = Table(box=None, pad_edge=False)
    table.add_column(split.by_name)
    for key in (
        "gap_base_count",
        "gap_before",
        "actual",
        "gap_before",
        "rate_effect",
        "mix_effect",
        "contribution",
    ):
        table.add_column(say(key, lang), justify="right")
    for one in split.rows:
        table.add_row(
            one.name,
            f"{display.number(one.base)} ({one.share:.0%})",
            f"{display.number(one.base_before)} ({one.share_before:.0%})",
            factor_figure(one.value, unit, scope),
            factor_figure(one.value_before, unit, scope),
            *(_marked(part, tree, scope) for part in (one.rate, one.mix)),
            signed(one.total, tree.unit, scope),
        )
    sums = [signed(part.value, tree.unit, scope) for part in (split.rate, split.mix)]
    table.add_row(say("gap_total", lang), "", "", "", "", *sums, signed(split.total, tree.unit, scope))
    return table


def _marked(part: Part, tree: GapTree, scope: Scope) -> str:
    """A part that may be chance stands in brackets."""
    text = signed(part.value, tree.unit, scope)
    return f"({text})" if part.pale and part.value else text


def remedy_words(one: Remedy, scope: Scope) -> str:
    found = one.evidence
    if found is None:
        return one.words
    ends = " ~ ".join(display.points(end) for end in (found.low, found.high))
    sure = say("within_noise" if found.pale else "reliable", scope.lang)
    return f"{found.sentence} — {display.points(found.difference)} [{ends}] {sure}"
