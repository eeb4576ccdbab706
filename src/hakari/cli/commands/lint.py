"""`lint` and `kpis`: what is wrong with a set of KPIs, and the company's own set."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from hakari.cli.session import Session
from hakari.errors import ParameterNotUnderstoodError, SourceFileError
from hakari.planning.lint.linter import example_names, example_text
from hakari.planning.lint.rule import Finding, Grade, Graded, LintReport, Place, Severity
from hakari.planning.lint.rules import ITEMS
from hakari.report.json_text import rows_to_json
from hakari.report.lint_rows import finding_rows
from hakari.words import say

_MARKS = {
    Grade.FINE: "○",
    Grade.ADVICE: "·",
    Grade.WARNING: "!",
    Grade.ERROR: "×",
    Grade.UNKNOWN: "—",
}


def lint(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(help="A KPI design as TOML or YAML; without it the own scorecard.")
    ] = None,
    *,
    example: Annotated[
        str, typer.Option(help=f"A design of the articles instead: {', '.join(example_names())}.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Findings as JSON.")] = False,
) -> None:
    """Check a set of KPIs: what is wrong, why, what to do. Exits with 1 when something has to be fixed."""
    session: Session = context.obj
    report = _report(session, file, example)
    if as_json:
        session.say(rows_to_json(finding_rows(report)).rstrip("\n"))
    else:
        _print(session, report)
    if report.count(Severity.ERROR):
        raise typer.Exit(1)


def _report(session: Session, file: Path | None, example: str) -> LintReport:
    lang = session.language
    if example:
        return session.company.lint_text(f"{example}.toml", example_text(example), lang)
    if file is None:
        return session.company.lint(lang)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceFileError(
            f"{file}: {error}", "name a file saved as UTF-8; `hakari lint --example good` shows one"
        ) from error
    return session.company.lint_text(file.name, text, lang)


def _print(session: Session, report: LintReport) -> None:
    lang = session.language
    session.say(f"{report.name}  KGI {len(report.goals)} · KPI {len(report.kpis)}")
    for item in (*ITEMS, 0):
        checks = report.of_item(item)
        number = f"{item}. " if item else ""
        session.say(f"{_MARKS[report.grade_of_item(item)]} {number}{say(f'lint_item_{item}', lang)}")
        for one in checks:
            _print_check(session, one)
    counts = {f"{one.value}s": report.count(one) for one in (Severity.ERROR, Severity.WARNING)}
    session.say()
    session.say(say("lint_subline", lang, **counts, advice=report.count(Severity.ADVICE)))


def _print_check(session: Session, one: Graded) -> None:
    lang = session.language
    session.say(f"    {_MARKS[one.grade]} {one.question}  {say(f'lint_grade_{one.grade.value}', lang)}")
    if one.unjudged:
        session.say(f"        {one.unjudged}")
    for found in one.findings:
        session.say(f"        {_MARKS[Grade(found.severity.value)]} {found.what}")
        session.say(f"          → {found.do}{_way(found)}")
    if one.findings:
        session.say(f"        {one.why} ({one.source})")


def _way(found: Finding) -> str:
    """The command that puts it right, where there is one."""
    return f"  `{command}`" if (command := command_for(found.place, found)) else ""


def command_for(place: Place, found: Finding) -> str:
    if place.kind == "choice":
        return f"hakari definitions choose {place.id} MEASURE"
    if place.kind == "definition" and place.id:
        return f"hakari define {place.id}"
    if place.kind == "set" and found.rule == "review_due":
        return f"hakari kpis care {found.measure} --review-on {_LATER}"
    if place.kind == "set":
        return "hakari kpis list"
    return ""


_LATER = "YYYY-MM-DD"
kpis = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

Kpi = Annotated[str, typer.Argument(help="A KPI id, alias or name.")]


@kpis.command("list")
def list_(context: typer.Context) -> None:
    """List the KGI and the KPIs of the scorecard, who looks after them, and when they are looked at again."""
    session: Session = context.obj
    company, lang = session.company, session.language
    goal, measures = company.kpi_set(lang)
    cares = company.kpi_cares()
    for kind, name in [("KGI", goal or "—"), *(("KPI", one) for one in measures)]:
        known, care = company.catalogue.measures.get(name), cares.get(name)
        said = "" if known is None else known.ja if lang == "ja" else known.en
        owner = care.owner if care else ""
        review = f"{care.review_on}" if care and care.review_on else ""
        session.say(f"{kind}  {name:<34}  {said}  {owner}  {review}".rstrip())


@kpis.command()
def add(
    context: typer.Context,
    kpi: Kpi,
    instead_of: Annotated[str, typer.Option(help="The KPI it replaces; needed for a sixth.")] = "",
) -> None:
    """Put a KPI on the scorecard; a sixth asks which one it replaces."""
    session: Session = context.obj
    session.say(f"+ {session.company.add_kpi(kpi, instead_of)}")


@kpis.command()
def remove(context: typer.Context, kpi: Kpi) -> None:
    """Take a KPI off the scorecard."""
    session: Session = context.obj
    session.say(f"− {session.company.remove_kpi(kpi)}")


@kpis.command()
def care(
    context: typer.Context,
    kpi: Kpi,
    *,
    owner: Annotated[str | None, typer.Option(help="Who looks after it.")] = None,
    review_on: Annotated[str | None, typer.Option(help="When it is looked at again, 2027-03-31.")] = None,
) -> None:
    """Say who looks after a KPI, and when it is looked at again."""
    session: Session = context.obj
    session.say(session.company.care_for_kpi(kpi, owner, _day(review_on)))


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ParameterNotUnderstoodError(
            f"--review-on {text} is no day", "write --review-on 2027-03-31"
        ) from None
