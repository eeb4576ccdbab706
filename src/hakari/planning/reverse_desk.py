"""A company's goal worked back at one desk: reads what is known once, then answers what-ifs by arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import sqlglot

from hakari.metrics.labels import distinct_names
from hakari.metrics.targets import TargetBook
from hakari.planning.desk import Desk
from hakari.planning.reverse_chain import chain_of
from hakari.planning.reverse_compose import compose
from hakari.planning.reverse_given import laid_over, read_given
from hakari.planning.reverse_goal import GoalSource, PlanAsked, goal_of, goal_source, read_chance
from hakari.planning.reverse_material import Material, Workplace, material_of, nothing_known
from hakari.planning.reverse_plan import ReversePlan
from hakari.planning.reverse_records import read_records
from hakari.planning.scorecard import Scope
from hakari.storage.conditions import column, table_source

_KEPT = 32


class MaterialBook:
    """Remembers what was read for as long as the records and the definitions stand as they do."""

    def __init__(self) -> None:
        self._materials: dict[object, Material] = {}

    def material(self, desk: Desk, scope: Scope, source: GoalSource, definitions: str = "") -> Material:
        key = (
            *(
                desk.store.change,
                desk.schema,
                definitions,
                source.ordered.id,
                desk.viewer,
                repr(desk.profile),
            ),
            *(scope.team, repr(scope.filters), scope.today),
        )
        if key not in self._materials:
            while len(self._materials) >= _KEPT:
                self._materials.pop(next(iter(self._materials)))
            self._materials[key] = read_material(desk, scope, source)
        return self._materials[key]


def reverse_plan(
    desk: Desk,
    book: TargetBook,
    scope: Scope,
    asked: PlanAsked,
    materials: MaterialBook,
    definitions: str = "",
) -> ReversePlan:
    """The plan for what is asked, or what must be known before there can be one."""
    source = goal_source(desk, asked.kgi or desk.profile.kgi)
    given = read_given(asked.sets)
    material = materials.material(desk, scope, source, definitions)
    goal = goal_of(desk, book, scope, asked, source, given)
    return compose(laid_over(material, given), goal, given, read_chance(asked.chance))


def read_material(desk: Desk, scope: Scope, source: GoalSource) -> Material:
    records = read_records(desk, scope, source.of)
    chain = chain_of(records, distinct=source.of.how == "distinct")
    if chain is None:
        return nothing_known(scope.today, desk.calendar, counted=source.measure.unit != "jpy")
    return material_of(chain, records, Workplace(scope.today, desk.calendar, read_people(desk)))


def read_people(desk: Desk) -> Mapping[int, tuple[str, date | None, date | None, date | None]]:
    """Name, joined, ramped and left of everyone the viewer may see, by key."""
    fields = ("key", "joined_on", "ramped_on", "left_on")
    select = sqlglot.select(*(column(name, "p") for name in fields)).from_(
        table_source("person", desk.schema, "p")
    )
    names = distinct_names(desk.store.names("person", desk.schema))
    visible = desk.viewer.owners
    return {
        key: (names[key], joined, ramped, left)
        for key, joined, ramped, left in desk.store.rows(select)
        if key in names and (visible is None or key in visible)
    }
