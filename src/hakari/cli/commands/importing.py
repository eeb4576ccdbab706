"""`import`, `undo`, `runs` and `rejects`: records in, and back out again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Protocol

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from hakari.bootstrap import FileReport, ImportReport, Question
from hakari.cli.commands.defining import missing_tables
from hakari.cli.session import Session
from hakari.config import home
from hakari.errors import UnknownRunError

_SHOWN_NOTES = 12


def import_(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="CSV, Excel, HTML or JSON files, or archives of them.")],
    mapping: Annotated[Path | None, typer.Option(help="A YAML file that says which column is what.")] = None,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Take the guess; leave out what is unclear.")
    ] = False,
) -> None:
    """Read files into your company. Nothing is dropped silently, and `undo` takes it back."""
    session: Session = context.obj
    if session.folder is None and not session.demo:
        session.folder = home()  # never into the demo company
    console = Console(stderr=True, highlight=False) if session.interactive else None
    ask = _asker(session) if session.interactive and not yes else None
    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} rows"), TimeElapsedColumn())
    with Progress(
        *columns, console=console, disable=console is None or ask is not None, transient=True
    ) as bar:
        task = bar.add_task("import", total=None)
        report = session.company.import_files(
            files, mapping, yes=yes, ask=ask, progress=lambda rows: bar.advance(task, rows)
        )
    for one in report.files:
        _print_file(session, one)
    for name in report.passed_over:
        session.say(f"{name}: passed over, its name is no table's")
    _print_total(session, report)
    _print_computable(session)


def _asker(session: Session) -> Callable[[Question], str | None]:
    """Asks at the terminal; an empty answer leaves the column out."""

    def ask(question: Question) -> str | None:
        session.warn(str(question))
        for number, option in enumerate(question.options, 1):
            session.warn(f"  {number}: {option}")
        answer = typer.prompt(
            "number, name, or Enter to leave it out", default="", show_default=False, err=True
        )
        text = str(answer).strip()
        if text.isdecimal() and 1 <= int(text) <= len(question.options):
            return question.options[int(text) - 1]
        return text or None

    return ask


def _print_file(session: Session, one: FileReport) -> None:
    head = f"{one.file}: {one.encoding}" + (f", {one.delimiter!r}" if one.delimiter else "")
    table = f"{one.table} ({one.confidence:.0%})" if one.table else "left out: no table fits"
    session.say(f"{head}, header on line {one.header_line} → {table}")
    for column in one.columns:
        if column.slot is None and one.table is None:
            continue
        target = column.slot or f"— ({column.why})"
        squares = "■" * round(column.confidence * 5) + "□" * (5 - round(column.confidence * 5))
        says = f"  {', '.join(column.says)}" if column.says else ""
        session.say(f"  {squares} {column.header} → {target}{says}")
    for note in one.notes[:_SHOWN_NOTES]:
        where = f"{note.column}: {note.value}" if note.value is not None else str(note.column or "")
        session.say(
            f"  note, line {note.line}, {note.rows:,} rows, {where} — {_reason(session, note.reason)}"
        )
    if len(one.notes) > _SHOWN_NOTES:
        session.say(f"  … {len(one.notes) - _SHOWN_NOTES} more notes")
    for row in one.shown_rejects:
        where = f", {row.column} = {row.value!r}" if row.column is not None else ""
        session.say(f"  rejected {one.file} line {row.line}{where}: {_reason(session, row.reason)}")
    if one.rejected > len(one.shown_rejects):
        session.say(f"  … {one.rejected - len(one.shown_rejects):,} more rejected rows, all kept")


class _Reason(Protocol):
    def say(self, lang: str) -> str: ...


def _reason(session: Session, reason: _Reason) -> str:
    return reason.say(session.language)


def _print_total(session: Session, report: ImportReport) -> None:
    session.say(
        f"run {report.run}: read {report.read:,} = loaded {report.loaded:,} + updated {report.updated:,} "
        f"+ unchanged {report.unchanged:,} + rejected {report.rejected:,}   (hakari undo {report.run})"
    )


def _print_computable(session: Session) -> None:
    """What these records can answer, and which tables would add most."""
    company = session.company
    counts = company.truth.counts()
    missing = {one.id: missing_tables(one, counts) for one in company.catalogue.measures.values()}
    able = sum(not tables for tables in missing.values())
    session.say(f"{able} of {len(missing)} measures can be computed now")
    adds: dict[str, int] = {}
    for tables in missing.values():
        if len(tables) == 1:
            adds[tables[0]] = adds.get(tables[0], 0) + 1
    for table, more in sorted(adds.items(), key=lambda one: (-one[1], one[0]))[:5]:
        session.say(f"  a file of {table} would add {more}")


def undo(
    context: typer.Context, run: Annotated[int, typer.Argument(help="The number of the import.")]
) -> None:
    """Take an import back: what it added goes, what it replaced returns."""
    session: Session = context.obj
    outcome = session.company.undo(run)
    session.say(f"run {run}: {outcome.removed:,} removed, {outcome.restored:,} restored")


def runs(context: typer.Context) -> None:
    """List the imports, newest first."""
    session: Session = context.obj
    calendar = session.company.calendar
    for run in session.company.truth.runs():
        state = "undone" if run.undone_at is not None else "ok"
        session.say(
            f"{run.id:>4}  {calendar.local_time(run.started_at):%Y-%m-%d %H:%M}  {state:<6}  "
            f"read {run.read or 0:,} = loaded {run.loaded:,} + "
            f"updated {run.updated:,} + unchanged {run.unchanged:,} + rejected {run.rejected:,}  {run.label}"
        )


def rejects(
    context: typer.Context, run: Annotated[int, typer.Argument(help="The number of the import.")]
) -> None:
    """Print every row and value an import could not use, with file, line, column, value and reason."""
    session: Session = context.obj
    truth = session.company.truth
    if run not in {one.id for one in truth.runs()}:
        raise UnknownRunError(f"there is no import {run}", "`hakari runs` lists them")
    for one in truth.rejects(run):
        where = f"{one.file}:{one.line}" + (f" {one.column} = {one.value!r}" if one.column else "")
        session.say(f"{one.severity}  {where}  {one.reason}")
