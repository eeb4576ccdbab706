"""`import`, `undo` and `runs`: records in, and back out again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hakari.cli.session import Session


def import_(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="CSV or xlsx files.")],
    mapping: Annotated[Path | None, typer.Option(help="A YAML file that says which column is what.")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take the guess without asking.")] = False,
) -> None:
    """Read files into your company; nothing is lost, nothing is dropped silently."""
    session: Session = context.obj
    session.company.import_files(files, mapping, yes)


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
    for run in session.company.truth.runs():
        state = "undone" if run.undone_at is not None else "ok"
        session.say(
            f"{run.id:>4}  {run.started_at:%Y-%m-%d %H:%M}  {state:<6}  "
            f"read {run.read:,} = loaded {run.loaded:,} + "
            f"updated {run.updated:,} + unchanged {run.unchanged:,} + rejected {run.rejected:,}  {run.label}"
        )
