"""`show`, `records` and `explain`: any measure, cut any way, with what it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer
from rich.table import Table

from hakari.cli.options import AsOf, Basis, By, Format, Lag, Period, Team, Where, check_format, parameters
from hakari.cli.session import Session, print_rows
from hakari.errors import ParameterNotUnderstoodError
from hakari.metrics.definitions import Measure
from hakari.metrics.query import Query
from hakari.metrics.result import MetricResult
from hakari.planning.definition_answers import Named
from hakari.planning.scorecard import Scope
from hakari.planning.telling_apart import told_apart
from hakari.planning.wording import figure
from hakari.report.rows import Row, result_row
from hakari.units import display
from hakari.units.period import Grain
from hakari.words import say

Kpis = Annotated[list[str], typer.Argument(help="KPI ids, aliases or names, Japanese or English.")]


def read_query(
    session: Session, kpis: Sequence[str], by: list[str] | None, params: dict[str, str]
) -> tuple[Query, Scope, list[Measure]]:
    """Without a period a figure is of all time: files from elsewhere need not reach into this quarter."""
    company = session.company
    meant = [company.named(name) for name in kpis]
    measures = list({one.id: one for named in meant for one in named.measures}.values())
    asked = company.asked({"period": "all", **params}, session.language)
    scope = asked.scope
    for name in asked.unknown:
        raise ParameterNotUnderstoodError(
            f"there is no dimension {name!r} to filter by", "see `hakari catalogue`"
        )
    company.store()  # A server that owns it answers instead, and says what is to be said.
    for named in meant:
        _tell(session, named, scope)
    filters = dict(scope.filters)
    company.check_names(asked)
    if scope.team is not None:
        filters["team"] = (scope.team,)
    dimensions = tuple(part.strip() for one in by or [] for part in one.split(","))
    query = Query(
        tuple(one.id for one in measures),
        scope.period,
        scope.today,
        dimensions,
        scope.basis,
        filters,
        scope.as_of,
        company.viewer,
        undated=True,
        lag=scope.lag,
    )
    return query, scope, measures


def _tell(session: Session, named: Named, scope: Scope) -> None:
    """Of a word that means several figures which is shown, and where its definition changed in the period."""
    company, lang = session.company, session.language
    if note := company.named_note(named, lang):
        session.warn(note)
    held = [part for part in company.definition_parts(named.word, scope.period) if part.held]
    for measure in dict.fromkeys("" if named.chosen else part.version.measure for part in held):
        own = [part for part in held if measure in ("", part.version.measure)]
        for part in own[1:]:
            session.warn(say("def_changed_inside", lang, day=part.period.start, word=named.word))


def show(
    context: typer.Context,
    kpis: Kpis,
    *,
    by: By = None,
    period: Period = None,
    team: Team = None,
    basis: Basis = None,
    lag: Lag = True,
    where: Where = None,
    asof: AsOf = None,
    form: Format = "table",
) -> None:
    """Show KPIs, in all or by dimensions, with interval, base and date basis."""
    session: Session = context.obj
    check_format(form)
    query, scope, _ = read_query(session, kpis, by, parameters(period, team, basis, where, asof, lag=lag))
    scope = replace(scope, unit="yen")
    results = session.company.measure(query)
    rows: list[Row] = [result_row(one) for one in results]
    print_rows(session, rows, form, lambda: _table(session, results, scope))
    if form == "table":
        if not results:
            results = session.company.measure(replace(query, by=()))
            session.say("\n".join(f"{one.measure}: {one.interval.method}" for one in results))
        for name in query.measures:
            _say_alike(session, [one for one in results if one.measure == name], query)
        for one in results:
            if one.undated:
                session.say(f"{one.measure}: {one.undated:,} undated (in no period)")


def _table(session: Session, results: Sequence[MetricResult], scope: Scope) -> Table:
    ja = session.language == "ja"
    heads = list(
        ("値", "分子 / 分母", "n", "95%区間", "日付基準", "結果待ち")
        if ja
        else ("Value", "k / n", "n", "95 % interval", "Date basis", "Undecided")
    )
    projects = any(one.projected is not None for one in results)
    if projects:
        heads.append(say("lag_adjusted", session.language))
    table = Table(box=None, pad_edge=False)
    dimensions = list(results[0].slice) if results else []
    for head in ("KPI", *dimensions):
        table.add_column(head)
    for head in heads:
        table.add_column(head, justify="right")
    for one in results:
        base = one.denominator
        low, high = one.interval.low, one.interval.high
        known = one.interval.is_known
        table.add_row(
            one.measure,
            *(str(one.slice[name] if one.slice[name] is not None else "—") for name in dimensions),
            figure(one.value, one.unit, base, scope),
            f"{display.number(one.numerator)} / {display.number(base)}" if base is not None else "",
            f"{one.n:,}",
            f"{figure(low, one.unit, base, scope)} – {figure(high, one.unit, base, scope)}"
            if known
            else one.interval.method,
            one.date_basis,
            "" if one.open_share is None else f"{one.open_share:.0%}",
            *([_projected(one, scope)] if projects else []),
        )
    return table


def _say_alike(session: Session, results: Sequence[MetricResult], query: Query) -> None:
    """Who cannot be told apart, where rates of people or the like stand side by side."""
    keys = [name for name in (results[0].slice if results else ()) if name not in list(Grain)]
    if len(keys) != 1 or len(query.by) != 1:
        return
    measure = session.company.catalogue.measures[results[0].measure]
    apart = told_apart(measure, keys[0], results)
    if apart is None:
        return
    word = say("told_apart", session.language)
    if apart.all_alike:
        session.say(f"{measure.id}: {say('all_alike', session.language)}")
    else:
        session.say("\n".join(f"{measure.id}: {word}: {', '.join(group)}" for group in apart.groups))


def _projected(one: MetricResult, scope: Scope) -> str:
    """What the rate will come to, and within how many days; else why that cannot be told."""
    found = one.projected
    if found is None or not found.undecided:
        return ""
    if found.value is None:
        return f"{found.reason} → {found.known_on}" if found.known_on else found.reason
    base = one.denominator
    low, high = figure(found.low, one.unit, base, scope), figure(found.high, one.unit, base, scope)
    return f"{figure(found.value, one.unit, base, scope)} ({low} – {high}), {found.horizon_days} d"


def explain(
    context: typer.Context,
    kpis: Kpis,
    *,
    by: By = None,
    period: Period = None,
    team: Team = None,
    basis: Basis = None,
    lag: Lag = True,
    where: Where = None,
    asof: AsOf = None,
) -> None:
    """Print the plan and the SQL behind a `show`."""
    session: Session = context.obj
    query, _, measures = read_query(session, kpis, by, parameters(period, team, basis, where, asof, lag=lag))
    company = session.company
    engine = company.engine()
    steps = engine.explain(query, engine.store.at(query.as_of))
    session.say(f"{len(measures)} measures, {len(steps)} statements")
    for number, step in enumerate(steps, 1):
        cost = f"\n--    {step.cost}" if step.cost else ""
        session.say(f"\n-- {number}. {step.says}{cost}\n{engine.store.text(step.select)}")


def records(
    context: typer.Context,
    kpi: Annotated[str, typer.Argument(help="A KPI id, alias or name.")],
    *,
    side: Annotated[str, typer.Option(help="numerator or denominator")] = "numerator",
    period: Period = None,
    team: Team = None,
    basis: Basis = None,
    lag: Lag = True,
    where: Where = None,
    asof: AsOf = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Rows to print; a table shows 50, a file all.")
    ] = None,
    form: Format = "table",
) -> None:
    """Print the records a figure counts."""
    session: Session = context.obj
    check_format(form)
    if side not in ("numerator", "denominator"):
        raise ParameterNotUnderstoodError(f"--side {side}", "use numerator or denominator")
    query, _, measures = read_query(
        session, [kpi], None, parameters(period, team, basis, where, asof, lag=lag)
    )
    company = session.company
    reader = company.records()
    schema = reader.store.at(query.as_of)
    one = replace(query, measures=(measures[0].id,))
    shown = limit or (50 if form == "table" else None)
    found = reader.read(one, {}, side, schema, shown)
    rows: list[Row] = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    filled = [name for name in found.columns if any(row[name] is not None for row in rows)]
    kept: list[Row] = [{name: row[name] for name in filled} for row in rows]
    print_rows(session, kept, form, lambda: _records_table(filled, kept))
    if form == "table":
        session.say(f"{found.count:,} rows of {found.table}, sum {found.total:,.0f}")


def _records_table(columns: Sequence[str], rows: Sequence[Row]) -> Table:
    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*("" if row[name] is None else str(row[name]) for name in columns))
    return table
