"""`define` and `catalogue`: what a KPI means, and which there are."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from hakari.cli.options import Format, check_format
from hakari.cli.session import Session, print_rows
from hakari.metrics.definitions import Measure
from hakari.metrics.naming import measures_named
from hakari.planning.defining import formula_of
from hakari.report.rows import Row


def define(
    context: typer.Context,
    kpi: Annotated[str, typer.Argument(help="A KPI id, alias or name.")],
) -> None:
    """Print a KPI's definition: words, formula, populations, date bases, source, examples."""
    session: Session = context.obj
    company = session.company
    ja = session.language == "ja"
    for measure in measures_named(company.catalogue, kpi):
        owner = company.catalogue.kpis[measure.kpi]
        session.say(f"{measure.id}  {measure.ja} / {measure.en}  ({owner.id}@{owner.version})")
        session.say(f"  {measure.words_ja if ja else measure.words_en}")
        session.say(f"  = {formula_of(measure)}")
        for part in measure.parts():
            dates = ", ".join(f"{basis}={'.'.join(path)}" for basis, path in part.population.dates.items())
            session.say(f"    {part.population.name}: {part.population.text()}  [{dates}]")
        session.say(f"  {_facts(measure, owner.source)}")
        caution = measure.caution_ja if ja else measure.caution_en
        if caution:
            session.say(f"  ! {caution}")
        for example in owner.examples:
            if example.measure == measure.id:
                session.say(f"  {example.period}: {example.expect} ({example.why})")
        session.say()


def _facts(measure: Measure, source: str) -> str:
    facts = [f"unit {measure.unit}", f"better {measure.better}", f"date basis {', '.join(measure.bases)}"]
    if measure.window_months:
        facts.append(f"rolling {measure.window_months} months")
    return "; ".join([*facts, f"source {source}"])


def catalogue(context: typer.Context, form: Format = "table") -> None:
    """List every KPI and whether the imported tables can answer it."""
    session: Session = context.obj
    check_format(form)
    company = session.company
    counts = company.truth.counts()
    rows: list[Row] = [
        {
            "kpi": one.kpi,
            "measure": one.id,
            "ja": one.ja,
            "en": one.en,
            "stage": company.catalogue.kpis[one.kpi].stage,
            "unit": one.unit,
            "missing": ", ".join(missing_tables(one, counts)),
        }
        for one in company.catalogue.measures.values()
    ]

    def drawn() -> Table:
        table = Table("measure", "ja", "en", "stage", "unit", "needs", box=None, pad_edge=False)
        for row in rows:
            names = ("measure", "ja", "en", "stage", "unit", "missing")
            table.add_row(*(str(row[name]) for name in names))
        return table

    print_rows(session, rows, form, drawn)


def missing_tables(measure: Measure, counts: dict[str, int]) -> list[str]:
    """The tables without which the measure has nothing to count."""
    tables = [part.population.table for part in measure.parts()]
    if measure.listed is not None:
        tables.append(measure.listed.table)
    return sorted({table for table in tables if not counts.get(table)})
