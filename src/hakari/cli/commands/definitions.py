"""`definitions`: a company's own KPI files, its choices among contradictory ones, and their history."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from hakari.cli.options import AsOf, Basis, Format, Period, Team, Where, check_format, parameters
from hakari.cli.session import Session, print_rows
from hakari.errors import ParameterNotUnderstoodError, SourceFileError
from hakari.metrics.placing import DefinitionFile
from hakari.planning.choice_view import ConflictView
from hakari.planning.defining import formula_of
from hakari.planning.definition_answers import VersionFigure
from hakari.planning.definition_card import populations_of
from hakari.planning.definition_check import NO_EXAMPLE, FileCheck
from hakari.planning.definition_history import DefinitionVersion
from hakari.planning.scorecard import Scope
from hakari.planning.wording import figure
from hakari.report.rows import Row
from hakari.words import say

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

Conflict = Annotated[str, typer.Argument(help="A contradiction's id or word, such as 商談化率.")]


@app.command()
def check(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="A KPI or population file; without it all of the company's.")
    ] = None,
) -> None:
    """Check definition files and run their worked examples; nothing is changed."""
    session: Session = context.obj
    company = session.company
    files = [_read(file)] if file is not None else _in_folder(company.definitions.folder)
    if not files:
        session.say(f"no definition files in {company.definitions.folder}")
        return
    checks = [company.check_definition(one.name, one.text) for one in files]
    for one in checks:
        _print_check(session, one)
    failed = sum(not one.ok for one in checks)
    examples = sum(len(measure.examples) for one in checks for measure in one.measures)
    session.say(f"{len(checks)} files, {examples} examples, {failed} files with failures")
    if failed:
        raise typer.Exit(1)


def _read(path: Path) -> DefinitionFile:
    name = f"populations/{path.name}" if path.parent.name == "populations" else path.name
    try:
        return DefinitionFile(name, path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceFileError(f"{path}: {error}", "name a definition file saved as UTF-8") from error


def _in_folder(folder: Path) -> list[DefinitionFile]:
    paths = [*(folder / "populations").glob("*.toml"), *folder.glob("*.toml")]
    return [one for one in map(_read, sorted(paths)) if one.text.strip()]


def _print_check(session: Session, one: FileCheck) -> None:
    session.say(f"{one.file}  {'ok' if one.ok else 'FAILED'}")
    if one.problem is not None:
        session.say("  " + one.problem.text().replace("\n", "\n  "))
    for measure in one.measures:
        session.say(f"  {measure.measure}  {measure.name}  = {measure.formula}")
        for example in measure.examples:
            failed = "FAILED, got" if measure.own else "now"
            said = "ok" if example.ok else f"{failed} {example.got}"
            session.say(f"    {example.period}: {example.expect}  {said}  ({example.why})")
        if not measure.examples:
            session.say(f"    {NO_EXAMPLE}: add [[example]] with rows, a period and the answer you expect")


@app.command()
def conflicts(context: typer.Context, form: Format = "table") -> None:
    """List the words that mean several figures, their candidates, and what the company has chosen."""
    session: Session = context.obj
    check_format(form)
    found = session.company.conflicts(session.language)
    rows: list[Row] = [
        {
            "conflict": one.id,
            "measure": option.measure,
            "name": option.name,
            "says": option.says,
            "source": option.source,
            "binds": ", ".join(key for key, _ in option.binds),
            "in_force": option.in_force,
            "signed": ", ".join(f"{each.department}={each.by}" for each in option.signed),
        }
        for one in found
        for option in one.options
    ]
    if form != "table":
        print_rows(session, rows, form, Table)
        return
    for one in found:
        _print_conflict(session, one)


def _print_conflict(session: Session, one: ConflictView) -> None:
    session.say(f"{one.id}  {one.name}  ({', '.join(one.names)})")
    session.say(f"  {one.differ}")
    for option in one.options:
        mark = "*" if option.in_force else "?" if option.proposed else " "
        binds = ", ".join(name for _, name in option.binds)
        session.say(f" {mark} {option.measure:<34}  {option.name}: {option.says} ({option.source}) [{binds}]")
    session.say(f"  → {one.state}")
    session.say()


@app.command()
def choose(
    context: typer.Context,
    conflict: Conflict,
    measure: Annotated[str, typer.Argument(help="The measure chosen: its id or name.")],
    *,
    reason: Annotated[str, typer.Option(help="Why; it is kept with the choice.")] = "",
    sign: Annotated[list[str] | None, typer.Option(help="DEPARTMENT=NAME, once a department.")] = None,
    from_: Annotated[str | None, typer.Option("--from", help="The first day it holds, 2026-12-01.")] = None,
) -> None:
    """Choose one of contradictory definitions, or sign the choice that waits for signatures."""
    session: Session = context.obj
    company = session.company
    company.choose(conflict, measure, reason, _signatures(sign or []), _day(from_))
    session.say(company.conflict(conflict, session.language).state)


def _signatures(sign: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in sign:
        department, equals, name = one.partition("=")
        if not equals or not name.strip():
            raise ParameterNotUnderstoodError(f"--sign {one} names nobody", "write --sign marketing=山田")
        if department in found and found[department] != name:
            raise ParameterNotUnderstoodError(
                f"--sign: {department} is signed for by {found[department]} and by {name}",
                "one person signs for a department",
            )
        found[department] = name
    return found


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ParameterNotUnderstoodError(f"--from {text} is no day", "write --from 2026-12-01") from None


@app.command()
def withdraw(
    context: typer.Context,
    conflict: Conflict,
    department: Annotated[str, typer.Argument(help="The department whose signature is taken back.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept.")] = "",
) -> None:
    """Take a signature back, as long as the choice waits for others."""
    session: Session = context.obj
    session.company.withdraw(conflict, department, reason)
    session.say(session.company.conflict(conflict, session.language).state)


@app.command()
def history(
    context: typer.Context,
    kpi: Annotated[str, typer.Argument(help="A KPI id, alias or name.")],
    *,
    period: Period = None,
    team: Team = None,
    basis: Basis = None,
    where: Where = None,
    asof: AsOf = None,
    form: Format = "table",
) -> None:
    """Print a definition's versions, and a period's figures by the version that held and by today's."""
    session: Session = context.obj
    check_format(form)
    params = {"period": "all", **parameters(period, team, basis, where, asof)}
    company, lang = session.company, session.language
    figures = company.figures_by_version(kpi, params, lang)
    scope = company.asked(params, lang).scope
    if form == "table":
        for measure in company.measures_meant(kpi):
            for one in company.definition_versions(measure):
                _print_version(session, one)
        session.say()
    rows: list[Row] = [_row(one) for one in figures]
    print_rows(session, rows, form, lambda: _figures_table(session, figures, scope))


def _print_version(session: Session, one: DefinitionVersion) -> None:
    """When it held, and what it counts: between two versions the eye finds what changed."""
    lang = session.language
    since = one.holds_from or say("def_since_ever", lang)
    notes = [say("def_own", lang)] if one.own else []
    if one.holds_from is not None and not one.changed:
        notes.append(say("def_same_figures", lang))
    session.say(f"{one.version}  {since} – {one.until or ''}  {', '.join(notes)}".rstrip())
    measure = one.catalogue.measures[one.measure]
    session.say(f"    {formula_of(measure)}")
    for population in populations_of(measure):
        session.say(f"    {population.name}: {population.text()}")


def _row(one: VersionFigure) -> Row:
    result = one.result
    return {
        "measure": one.measure,
        "period": one.period.iso,
        "definition": one.version,
        "held": one.held,
        "value": None if result is None else result.value,
        "numerator": None if result is None else result.numerator,
        "denominator": None if result is None else result.denominator,
        "n": None if result is None else result.n,
    }


def _figures_table(session: Session, figures: tuple[VersionFigure, ...], scope: Scope) -> Table:
    table = Table("KPI", "Period", "Definition", "", "Value", "k / n", box=None, pad_edge=False)
    for one in figures:
        result = one.result
        value = "—" if result is None else figure(result.value, result.unit, result.denominator, scope)
        base = (
            ""
            if result is None or result.denominator is None
            else f"{result.numerator:g} / {result.denominator:g}"
        )
        said = say("def_held" if one.held else "def_looking_back", session.language)
        table.add_row(one.measure, _days(one), one.version, said, value, base)
    return table


def _days(one: VersionFigure) -> str:
    start = "" if one.period.start == date.min else one.period.start.isoformat()
    end = "" if one.period.end == date.max else one.period.last_day.isoformat()
    return f"{start} – {end}"
