"""`define`: what a KPI means."""

from __future__ import annotations

from typing import Annotated

import typer

from hakari.cli.session import Session
from hakari.metrics.definitions import Measure
from hakari.planning.defining import formula_of


def define(
    context: typer.Context,
    kpi: Annotated[str, typer.Argument(help="A KPI id, alias or name.")],
) -> None:
    """Print a KPI's definition: words, formula, populations, date bases, source, examples."""
    session: Session = context.obj
    company = session.company
    ja = session.language == "ja"
    named = company.named(kpi)
    if note := company.named_note(named, session.language):
        session.warn(note)
    for measure in named.measures:
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


def missing_tables(measure: Measure, counts: dict[str, int]) -> list[str]:
    """The tables without which the measure has nothing to count."""
    tables = [part.population.table for part in measure.parts()]
    if measure.listed is not None:
        tables.append(measure.listed.table)
    return sorted({table for table in tables if not counts.get(table)})
