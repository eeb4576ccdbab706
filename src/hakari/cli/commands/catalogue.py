"""`catalogue`: every KPI there is, and what would make the others computable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.table import Table

from hakari.cli.options import Format, check_format
from hakari.cli.session import Session, print_rows
from hakari.planning.definition_rows import CatalogueRow, most_helpful
from hakari.report.rows import Row

_MOST = 10


def catalogue(
    context: typer.Context,
    *,
    missing: Annotated[
        bool, typer.Option("--missing", help="Only what cannot be computed, and which column would help.")
    ] = False,
    stage: Annotated[str, typer.Option(help="acquire, nurture_qualify, win, retain or manage.")] = "",
    tactic: Annotated[str, typer.Option(help="A tactic's id or name, such as seminar.")] = "",
    search: Annotated[str, typer.Option(help="Anything in ids, names, words or sources.")] = "",
    form: Format = "table",
) -> None:
    """List every KPI and whether the imported records can answer it."""
    session: Session = context.obj
    check_format(form)
    company, lang = session.company, session.language
    found = company.definition_rows(lang, stage, tactic, search, missing=missing)
    rows = [_row(one) for one in found]
    if form != "table" or not missing:
        print_rows(session, rows, form, lambda: _table(found))
    if form != "table":
        return
    for one in found if missing else ():
        session.say("\n    ".join((f"{one.measure}  {one.name}", *one.missing)))
    able = sum(one.computable for one in found)
    session.say(f"{len(found)} measures, {able} can be computed now")
    if missing:
        for what, more in most_helpful(found)[:_MOST]:
            session.say(f"  {what}: +{more}")


def _row(one: CatalogueRow) -> Row:
    return {
        "measure": one.measure,
        "kpi": one.kpi,
        "name": one.name,
        "stage": one.stage,
        "tactic": one.tactic,
        "department": one.department,
        "unit": one.unit,
        "own": one.own,
        "computable": one.computable,
        "missing": "; ".join(one.missing),
    }


def _table(found: Sequence[CatalogueRow]) -> Table:
    heads = ("measure", "name", "stage", "tactic", "department", "computable")
    table = Table(*heads, box=None, pad_edge=False)
    for one in found:
        said = "yes" if one.computable else "no"
        table.add_row(one.measure, one.name, one.stage_name, one.tactic_name, one.department_name, said)
    return table
