"""`targets`: what everybody should reach, how likely that is, what would be sensible, and setting it."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from hakari.cli.options import AsOf, Format, check_format
from hakari.cli.remote import hand_over
from hakari.cli.session import Session, print_rows
from hakari.errors import ParameterNotUnderstoodError, StoreInUseError
from hakari.metrics.definitions import Measure
from hakari.metrics.targets import Whose
from hakari.planning.target_answers import CellEdit, Suggestion
from hakari.planning.target_grid import ADJUST, GridLine, TargetGrid
from hakari.planning.target_history import TargetChange
from hakari.planning.target_scopes import segment_of, whose_label, whose_text
from hakari.planning.target_typing import read_value
from hakari.planning.target_words import chance_text
from hakari.report.csv_text import rows_to_csv
from hakari.report.rows import Row
from hakari.report.target_rows import headings, target_rows
from hakari.report.workbook import rows_to_xlsx
from hakari.units.display import number, percent
from hakari.units.fiscal import add_months
from hakari.units.period import Grain
from hakari.units.period import Period as Days
from hakari.words import say

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

Kpi = Annotated[str, typer.Argument(help="A KPI's id or name, such as 受注額.")]
Year = Annotated[str, typer.Option(help="A fiscal year, FY2026; by default the running one.")]
Team = Annotated[str | None, typer.Option(help="A team's name.")]
Person = Annotated[str | None, typer.Option(help="A person's name.")]
Source = Annotated[str | None, typer.Option(help="A source (経路), such as 展示会.")]
Segment = Annotated[str | None, typer.Option(help="A dimension and its value: industry=製造業.")]
TargetList = Annotated[str | None, typer.Option("--list", help="A target list's name.")]
Period = Annotated[str, typer.Option(help="2026-12, FY2026-Q3, FY2026 …")]


@app.command("list")
def list_(
    context: typer.Context,
    *,
    kpi: Annotated[str | None, typer.Option(help="A KPI's id or name.")] = None,
    year: Year = "",
    team: Team = None,
    person: Person = None,
    scope: Annotated[str | None, typer.Option(help="company, team, person, source, segment or list")] = None,
    asof: AsOf = None,
    form: Format = "table",
) -> None:
    """List targets with how likely they are reached; what does not add up is a line of its own."""
    session: Session = context.obj
    check_format(form)
    grid = _grid(session, kpi, year, team, person, scope, asof)
    rows = target_rows(grid, session.company.catalogue, session.language)
    print_rows(session, rows, form, lambda: _table(session, grid))


def _grid(
    session: Session,
    kpi: str | None,
    year: str,
    team: str | None,
    person: str | None,
    scope: str | None,
    asof: str | None,
) -> TargetGrid:
    given = {"kpi": kpi, "year": year, "team": team, "person": person, "scope": scope, "asof": asof}
    params = {name: value for name, value in given.items() if value}
    return session.company.target_grid(params, session.language)


def _table(session: Session, grid: TargetGrid) -> Table:
    lang, catalogue = session.language, session.company.catalogue
    table = Table(box=None, pad_edge=False)
    for key in ("kpi", "target_scope", "scope_period", "target", "chance_word"):
        table.add_column(say(key, lang), justify="right" if key == "target" else "left")
    for line in grid.lines:
        measure = catalogue.measures[line.measure]
        for cell in line.cells:
            table.add_row(
                measure.ja if lang == "ja" else measure.en,
                _name_of(session, line),
                session.company.calendar.text(cell.period),
                _figure(cell.value, measure),
                "" if cell.judged is None else chance_text(cell.judged, lang),
            )
    return table


def _name_of(session: Session, line: GridLine) -> str:
    name = whose_label(line.whose, session.company.catalogue, session.language)
    return f"{say('rollup_difference', session.language)} ({name})" if line.kind == ADJUST else name


def _figure(value: float | None, measure: Measure) -> str:
    if value is None:
        return "—"
    if measure.unit == "percent":
        return percent(value, 1000)
    return number(value, 0 if float(value).is_integer() else 2)


@app.command("set")
def set_(
    context: typer.Context,
    kpi: Kpi,
    value: Annotated[str, typer.Argument(help="1200000, 120万, 18% or none, which takes the target away.")],
    *,
    period: Period,
    reason: Annotated[str, typer.Option(help="Why; it is kept with the target.")],
    by: Annotated[str, typer.Option(help="Who sets it.")],
    team: Team = None,
    person: Person = None,
    source: Source = None,
    segment: Segment = None,
    target_list: TargetList = None,
    by_month: Annotated[
        bool, typer.Option("--by-month", help="Split it over the months by working days and season.")
    ] = False,
) -> None:
    """Set a target; undo takes it back, and history tells who set what and why."""
    session: Session = context.obj
    company = session.company
    measure = company.target_measure(kpi)
    whose = _whose(session, team, person, source, segment, target_list)
    days = company.calendar.parse(period, company.calendar.local_date(company.clock()))
    wanted = None if value in ("none", "なし") else read_value(value, measure.unit)
    parts = [(days, wanted)]
    if by_month and wanted is not None:
        parts = list(_months(session, measure.id, wanted, period))
    edits = [CellEdit(measure.id, whose, part, each) for part, each in parts]
    written = company.set_targets(edits, reason, by)
    changed = written.loaded + written.updated
    if not changed:
        session.say(say("target_nothing_changed", session.language))
        return
    session.say(say("target_saved", session.language, n=changed, run=written.run))
    session.say(say("target_undo_hint", session.language, run=written.run))


def _whose(
    session: Session,
    team: str | None,
    person: str | None,
    source: str | None,
    segment: str | None,
    target_list: str | None,
) -> Whose:
    return Whose(team, person, source, segment_of(segment, session.company.catalogue), target_list)


def _months(session: Session, measure: str, total: float, period: str) -> list[tuple[Days, float | None]]:
    """Of a server that has the store, it is asked."""
    try:
        company = session.company
        days = company.calendar.parse(period, company.calendar.local_date(company.clock()))
        parts, season = company.split_target(measure, total, days, {}, session.language)
        key = "season_known" if season.is_known else "no_season"
        session.say(say(key, session.language, years=season.years, trust=percent(season.trust, 100)))
        return list(parts)
    except StoreInUseError:
        rows = _from_server(
            session, ["targets", "split", measure, repr(total), "--period", period, "--format", "json"]
        )
        return [(_days(row), float(row["value"])) for row in rows]


def _from_server(session: Session, words: list[str]) -> list[dict[str, Any]]:
    asking = Session(out=io.StringIO(), err=io.StringIO(), folder=session.place)
    code = hand_over(words, asking)
    if code != 0 or not isinstance(asking.out, io.StringIO):
        raise StoreInUseError(
            "the server that has this store does not answer", "stop it, or set the months singly"
        )
    found: list[dict[str, Any]] = json.loads(asking.out.getvalue())
    return found


def _days(row: dict[str, Any]) -> Days:
    last = date.fromisoformat(row["period_to"])
    return Days(date.fromisoformat(row["period_from"]), date.fromordinal(last.toordinal() + 1))


@app.command()
def split(
    context: typer.Context,
    kpi: Kpi,
    total: Annotated[str, typer.Argument(help="The total to split.")],
    *,
    period: Period,
    form: Format = "table",
) -> None:
    """Split a total over months by working days and the company's own season; nothing is written."""
    session: Session = context.obj
    check_format(form)
    company = session.company
    measure = company.target_measure(kpi)
    value = read_value(total, measure.unit)
    if value is None:
        raise ParameterNotUnderstoodError("there is no total to split", "give one, such as 12000000")
    days = company.calendar.parse(period, company.calendar.local_date(company.clock()))
    parts, season = company.split_target(measure.id, value, days, {}, session.language)
    rows: list[Row] = [
        {"measure": measure.id, "period_from": part.start, "period_to": part.last_day, "value": each}
        for part, each in parts
    ]
    key = "season_known" if season.is_known else "no_season"
    if form == "table":
        session.say(say(key, session.language, years=season.years, trust=percent(season.trust, 100)))
    print_rows(session, rows, form, lambda: _plain_table(rows))


def _plain_table(rows: list[Row]) -> Table:
    table = Table(box=None, pad_edge=False)
    for place, row in enumerate(rows):
        if place == 0:
            for key in row:
                table.add_column(key)
        table.add_row(*(_cell(value) for value in row.values()))
    return table


def _cell(value: object) -> str:
    if value is None:
        return ""
    return number(value, 0 if value.is_integer() else 3) if isinstance(value, float) else str(value)


@app.command()
def propose(
    context: typer.Context,
    kpi: Kpi,
    *,
    period: Annotated[str, typer.Option(help="2026-12, FY2026-Q4 …; by default the next month.")] = "",
    team: Annotated[str | None, typer.Option(help="A team: it and its people.")] = None,
    person: Person = None,
    source: Source = None,
    form: Format = "table",
) -> None:
    """Propose targets: the mean of three months, and what seven to eight of ten reach."""
    session: Session = context.obj
    check_format(form)
    company, lang = session.company, session.language
    measure = company.target_measure(kpi)
    today = company.calendar.local_date(company.clock())
    days = company.calendar.period_of(add_months(today, 1), Grain.MONTH)
    if period:
        days = company.calendar.parse(period, today)
    whoses = company.target_whoses(measure.id, team, person, source, {}, lang)
    found = [(one, company.suggestions(measure.id, one, [days], {}, lang)[0]) for one in whoses]
    rows = [_proposal(session, measure, one, each) for one, each in found]
    print_rows(session, rows, form, lambda: _plain_table(rows))
    if form == "table":
        session.say(say("proposal_note", lang))


def _proposal(session: Session, measure: Measure, whose: Whose, found: Suggestion) -> Row:
    judged = found.judged
    return {
        "measure": measure.id,
        "whose": whose_text(whose),
        "period_from": found.period.start,
        "period_to": found.period.last_day,
        "target": found.target,
        "chance": None if judged is None or judged.chance is None else round(judged.chance, 3),
        "three_month_mean": found.proposed.mean,
        "proposal": found.proposed.value,
        "proposal_months": found.proposed.months,
        "proposal_chance": None if found.proposed.chance is None else round(found.proposed.chance, 3),
        "says": "" if judged is None else chance_text(judged, session.language),
    }


@app.command()
def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A .csv or .xlsx file to write.")],
    *,
    year: Year = "",
    kpi: Annotated[str | None, typer.Option(help="A KPI's id or name.")] = None,
) -> None:
    """Write targets to a file; imported again unchanged, it changes nothing."""
    session: Session = context.obj
    if file.suffix.lower() not in (".csv", ".xlsx"):
        raise ParameterNotUnderstoodError(f"{file} is no file Hakari can write", "name it .csv or .xlsx")
    try:
        grid = _grid(session, kpi, year, None, None, None, None)
        rows = target_rows(grid, session.company.catalogue, session.language)
    except StoreInUseError:
        words = ["targets", "list", "--format", "json"]
        words += [*(["--kpi", kpi] if kpi else []), *(["--year", year] if year else [])]
        rows = [_with_days(row) for row in _from_server(session, words)]
    if file.suffix.lower() == ".csv":
        file.write_text(rows_to_csv(rows), encoding="utf-8")
    else:
        file.write_bytes(rows_to_xlsx(rows, lang=session.language, headings=headings(session.language)))
    session.say(f"{file}: {len(rows)}")


def _with_days(row: dict[str, Any]) -> Row:
    names = ("period_from", "period_to")
    return {**row, **{name: date.fromisoformat(row[name]) for name in names}}


@app.command()
def history(
    context: typer.Context,
    kpi: Kpi,
    *,
    period: Period,
    team: Team = None,
    person: Person = None,
    source: Source = None,
    segment: Segment = None,
    target_list: TargetList = None,
    form: Format = "table",
) -> None:
    """Tell who set a target, when, from what to what, and why."""
    session: Session = context.obj
    check_format(form)
    company = session.company
    measure = company.target_measure(kpi)
    whose = _whose(session, team, person, source, segment, target_list)
    days = company.calendar.parse(period, company.calendar.local_date(company.clock()))
    rows = [_change(session, one) for one in company.target_history(measure.id, whose, days)]
    print_rows(session, rows, form, lambda: _plain_table(rows))


def _change(session: Session, one: TargetChange) -> Row:
    at = session.company.calendar.local_time(one.at)
    return {
        "at": at.strftime("%Y-%m-%d %H:%M"),
        "set_by": one.author or one.label,
        "before": one.before,
        "value": one.value,
        "reason": one.reason,
        "import": one.run,
        "source": one.source,
        "taken_back": None
        if one.undone_at is None
        else session.company.calendar.local_time(one.undone_at).strftime("%Y-%m-%d %H:%M"),
    }
