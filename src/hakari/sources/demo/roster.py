"""Who works at the demo company: crews of three units, each person's load and craft day by day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.columns import (
    DAY,
    NONE,
    Column,
    Floats,
    Ints,
    Serial,
    Words,
    choice,
    day_number,
    ints,
    listed,
)
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.timeline import Timeline
from hakari.sources.demo.world import Hire, World
from hakari.units.fiscal import add_months

UNITS = 3
HEAD_OFFICE = "営業本部"
REGIONS = ("東日本", "中部", "西日本")
_MONTH_DAYS = 30.44
_ROLE = TABLES["person"].field("role")


class Roster:
    """A crew is the world's people once; a bigger company has several crews alike."""

    def __init__(self, world: World, timeline: Timeline, crews: int) -> None:
        self.world, self.timeline, self.crews = world, timeline, crews
        self.hires = world.hires
        self.joined = [_joined(timeline, hire) for hire in self.hires]
        self.unit = ints([hire.unit for hire in self.hires])
        self.reach = np.asarray([hire.reach for hire in self.hires])
        self.skill = np.asarray([hire.skill for hire in self.hires])
        self.load, self.settled = self._ramps()

    def _ramps(self) -> tuple[Floats, Floats]:
        """Per person and business day: share of a full load and of the skill to come; 0 before joining."""
        world = self.world
        load = np.zeros((len(self.hires), len(self.timeline.days)))
        settled = np.zeros_like(load)
        for place, joined in enumerate(self.joined):
            months = (self.timeline.days - day_number(joined)) / _MONTH_DAYS
            here = months >= 0
            for table, floor in ((load, world.ramp_load), (settled, world.ramp_skill)):
                table[place] = np.where(
                    here, np.minimum(1, floor + (1 - floor) * months / world.ramp_months), 0
                )
        return load, settled

    def members(self, role: str, unit: int) -> list[int]:
        """People of a role in a unit; where it has none, those of the whole company."""
        of_role = [place for place, hire in enumerate(self.hires) if hire.role == role]
        own = [place for place in of_role if self.hires[place].unit == unit]
        return own or of_role

    def pick(self, draws: Draws, role: str, units: Ints, days: Ints) -> Ints:
        """Someone of the role in each unit on each business day, by their load on it."""
        found = np.zeros(len(units), np.int64)
        for unit in range(UNITS + 1):
            here = np.flatnonzero(units == unit)
            if not len(here):
                continue
            members = ints(self.members(role, unit))
            edges = np.cumsum(self.load[members], axis=0)
            edges /= edges[-1]
            drawn = draws.chance(len(here))
            place = (drawn >= edges[:-1, days[here]]).sum(axis=0)
            found[here] = members[place]
        return found

    def craft(self, people: Ints, days: Ints) -> Floats:
        """Skill on a day, the first months counted less."""
        found: Floats = self.skill[people] * self.settled[people, days]
        return found

    def keys(self, crew: int, people: Ints) -> Ints:
        return np.where(people == NONE, NONE, crew * len(self.hires) + people + 1)

    def team_keys(self, crew: int, units: Ints) -> Ints:
        return np.where(units == 0, 1, 1 + crew * UNITS + units)

    def frames(self) -> list[Frame]:
        """The head office first, so that the units can point at it."""
        founded = np.full(1 + self.crews * UNITS, (day_number(self.timeline.start) - 30) * DAY)
        office: dict[str, Column] = {"name": listed((HEAD_OFFICE,)), "region": listed(("全国",))}
        count = self.crews * UNITS
        names = [
            self.world.unit_names[place] if place < len(self.world.unit_names) else f"第{place + 1}営業部"
            for place in range(count)
        ]
        units: dict[str, Column] = {
            "name": listed(names),
            "region": Words(np.arange(count) % UNITS, REGIONS),
            "parent": np.ones(count, np.int64),
        }
        return [
            Frame("team", 1, founded[:1], office),
            Frame("team", 2, founded[1:], units),
            self._people(),
        ]

    def _people(self) -> Frame:
        per_crew = len(self.hires)
        crew = np.repeat(np.arange(self.crews), per_crew)
        hire = np.tile(np.arange(per_crew), self.crews)
        joined = ints([day_number(day) for day in self.joined])[hire]
        names = [
            each.name if number == 0 else f"{each.name} {number + 1}"
            for number in range(self.crews)
            for each in self.hires
        ]
        chiefs = [self._manager(each) for each in self.hires]
        start = (day_number(self.timeline.start) - 30) * DAY
        columns: dict[str, Column] = {
            "name": listed(names),
            "email": Serial("member", np.arange(len(names)) + 1, "@demo.example"),
            "team": np.where(self.unit[hire] == 0, 1, 1 + crew * UNITS + self.unit[hire]),
            "role": ints([choice(_ROLE, each.role) for each in self.hires])[hire],
            "manager": Words(hire, chiefs),
            "region": Words(self.unit[hire], ("全国", *REGIONS)),
            "joined_on": joined,
        }
        return Frame("person", 1, np.maximum(joined * DAY, start), columns)

    def _manager(self, hire: Hire) -> str:
        chiefs = [one.name for one in self.hires if one.role == "manager" and one.unit == hire.unit]
        return chiefs[0] if chiefs and hire.role != "manager" else ""


def _joined(timeline: Timeline, hire: Hire) -> date:
    """So many months before today, on a business day."""
    day = add_months(timeline.today, -hire.months)
    while not timeline.calendar.is_business_day(day):
        day -= timedelta(days=1)
    return day
