"""The people who have targets: in which team and role they are, and how much of each month is theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlglot

from hakari.metrics.capacity import share_of
from hakari.metrics.labels import distinct_names
from hakari.metrics.seats import Person
from hakari.planning.desk import Desk
from hakari.storage.conditions import column, table_source
from hakari.units.period import Period

RAMP_DAYS = 180
_SAID = ("key", "name", "role", "team", "joined_on", "ramped_on", "left_on")


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of ours; without a role they do what everybody does."""

    role: str
    person: Person

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def team(self) -> str | None:
        return self.person.team

    def share_of(self, period: Period) -> float:
        """Of a settled member's work in the period: less while they are new, nothing once they have left."""
        return share_of(self.person, [period], RAMP_DAYS)

    def is_new_in(self, period: Period) -> bool:
        joined = self.person.joined_on
        return joined is not None and joined < period.end and self.share_of(period) < 1


def read_members(desk: Desk) -> tuple[Member, ...]:
    """Everyone the viewer may see, by name."""
    select = sqlglot.select(*(column(name, "p") for name in _SAID))
    select = select.from_(table_source("person", desk.schema, "p"))
    teams = desk.store.names("team", desk.schema)
    called = distinct_names(desk.store.names("person", desk.schema))
    visible = desk.viewer.owners
    rows: Sequence[tuple[int, str | None, str | None, int | None, date | None, date | None, date | None]]
    rows = desk.store.rows(select)
    return tuple(
        sorted(
            (
                Member(role or "", Person(called[key], _name(teams, team), joined, ramped, left))
                for key, name, role, team, joined, ramped, left in rows
                if name and (visible is None or key in visible)
            ),
            key=lambda one: one.name,
        )
    )


def _name(teams: Mapping[int, str], key: int | None) -> str | None:
    return None if key is None else teams.get(key)
