"""`initiatives`: what the company began on which day, marked on the trends it was to move."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from hakari.cli.session import Session
from hakari.errors import ParameterNotUnderstoodError

app = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="What it is called.")]


@app.command("list")
def list_(context: typer.Context) -> None:
    """List what was noted, by its day."""
    session: Session = context.obj
    for one in session.company.initiatives():
        session.say(f"{one.day}  {one.name}  {one.measure}".rstrip())


@app.command()
def note(
    context: typer.Context,
    name: Name,
    on: Annotated[str, typer.Option(help="The day it began, 2026-11-01.")],
    kpi: Annotated[
        str, typer.Option(help="The KPI it was to move; without one it stands on every trend.")
    ] = "",
) -> None:
    """Note what was begun; noted again under its name it takes the new day."""
    session: Session = context.obj
    try:
        day = date.fromisoformat(on)
    except ValueError:
        raise ParameterNotUnderstoodError(f"--on {on} is no day", "write --on 2026-11-01") from None
    noted = session.company.note_initiative(name, day, kpi)
    session.say(f"{noted.day}  {noted.name}  {noted.measure}".rstrip())


@app.command()
def drop(context: typer.Context, name: Name) -> None:
    """Take a note back; its earlier versions are kept."""
    session: Session = context.obj
    session.company.drop_initiative(name)
    session.say(f"− {name}")
