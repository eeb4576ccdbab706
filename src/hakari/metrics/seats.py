"""The people whose targets are compared: in which team they are, and since when they pull their weight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlglot

from hakari.metrics.definitions import Measure
from hakari.metrics.labels import distinct_names
from hakari.metrics.runner import Run
from hakari.storage.conditions import column, where_sql

_SAID = ("key", "team", "joined_on", "ramped_on", "left_on")


@dataclass(frozen=True, slots=True)
class Person:
    """`ramped_on` is the day from which they are expected to do all that others do."""

    name: str
    team: str | None
    joined_on: date | None
    ramped_on: date | None
    left_on: date | None


def people_of(run: Run, measure: Measure, teams: Mapping[int, str]) -> list[Person]:
    """All people, or those of the measure's population."""
    fact = run.fact("person")
    select = sqlglot.select(*(column(name, fact.joins.alias) for name in _SAID)).from_(fact.source)
    where = measure.of.population.where if measure.of is not None else ()
    select = fact.joins.add_to(select.where(where_sql(where, fact.joins), *fact.conditions()))
    run.note("the people and their teams", select)
    names = distinct_names(run.store.names("person", run.schema))
    return [
        Person(names[key], teams.get(team), joined, ramped, left)
        for key, team, joined, ramped, left in run.rows(select)
    ]
