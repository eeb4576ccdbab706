"""Options that several commands share, and how they become the URL's parameters."""

from __future__ import annotations

from typing import Annotated

import typer

from hakari.cli.session import FORMATS
from hakari.errors import ParameterNotUnderstoodError

Period = Annotated[str | None, typer.Option(help="FY2026-Q3, 2026-11, this-quarter, last-3-months, all …")]
By = Annotated[
    list[str] | None, typer.Option(help="Dimension or week, month, quarter …; may be given twice.")
]
Team = Annotated[str | None, typer.Option(help="A team's name.")]
Basis = Annotated[str | None, typer.Option(help="Date basis: event, created or close.")]
Lag = Annotated[
    bool, typer.Option(help="Project a cohort's rate for its open cases, or count what has come so far.")
]
Where = Annotated[list[str] | None, typer.Option(help="A filter such as source=webinar,inquiry.")]
AsOf = Annotated[str | None, typer.Option("--asof", help="As known at the end of that day.")]
Versus = Annotated[str | None, typer.Option("--vs", help="plan, prev, yoy or none.")]
Format = Annotated[str, typer.Option("--format", help=", ".join(FORMATS))]


def parameters(
    period: str | None,
    team: str | None,
    basis: str | None,
    where: list[str] | None,
    asof: str | None,
    vs: str | None = None,
    lag: bool = True,
) -> dict[str, str]:
    """The flags as the parameters a URL would carry."""
    given = {
        "period": period,
        "team": team,
        "basis": basis,
        "asof": asof,
        "vs": vs,
        "lag": "" if lag else "off",
    }
    found = {name: value for name, value in given.items() if value}
    for one in where or []:
        name, sign, value = one.partition("=")
        if not sign or not value:
            raise ParameterNotUnderstoodError(f"--where {one} is no filter", "write --where source=webinar")
        found[name] = value
    return found


def check_format(form: str) -> str:
    if form not in FORMATS:
        raise ParameterNotUnderstoodError(f"--format {form} is not known", f"use one of {', '.join(FORMATS)}")
    return form
