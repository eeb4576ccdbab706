"""The demo company as an outsider finds it: its final records as columns, beside the world they came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.block import Company
from hakari.sources.demo.columns import DAY, NONE, SECOND, Bools, Floats, Ints, Words, choice
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.simulator import found, frames
from hakari.sources.demo.timeline import BUSINESS_DAY
from hakari.sources.demo.world import World

TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Told:
    """One simulated company; `table["lead"]` is the lead table's last state."""

    company: Company
    table: dict[str, Frame]

    @property
    def world(self) -> World:
        return self.company.world

    def whole(self, table: str, name: str) -> Ints:
        return np.asarray(self.table[table].columns[name], np.int64)

    def decimal(self, table: str, name: str) -> Floats:
        return np.asarray(self.table[table].columns[name], np.float64)

    def is_(self, table: str, name: str, value: str) -> Bools:
        """Where a choice or a word has this value."""
        column = self.table[table].columns[name]
        if isinstance(column, Words):
            same = [place for place, word in enumerate(column.words) if word == value]
            return np.isin(column.codes, same)
        found: Bools = self.whole(table, name) == choice(TABLES[table].field(name), value)
        return found

    def hire(self, table: str, name: str = "owner") -> Ints:
        """Places of people among the world's hires."""
        return self.whole(table, name) - 1

    def by_role(self, table: str, role: str, name: str = "owner") -> Bools:
        places = [place for place, hire in enumerate(self.world.hires) if hire.role == role]
        return np.isin(self.hire(table, name), places)

    def unit(self, table: str, name: str = "owner") -> Ints:
        return self.company.roster.unit[self.hire(table, name)]

    def day(self, moments: Ints) -> Ints:
        """Index of the business day a moment within business hours is on."""
        days = self.company.timeline.days
        return np.searchsorted(days, moments // DAY).astype(np.int64)

    def place(self, moments: Ints) -> Ints:
        """Business seconds since the start of history."""
        return self.day(moments) * BUSINESS_DAY + moments % DAY // SECOND

    def row_of(self, table: str, keys: Ints) -> Ints:
        return np.where(keys == NONE, NONE, keys - self.table[table].first_key)

    def craft(self, people: Ints, moments: Ints) -> Floats:
        return self.company.roster.craft(people, self.day(moments))


def tell(seed: int, today: date = TODAY, world: World | None = None, volume: float = 1.0) -> Told:
    company = found(world or World(), today, seed, 1)
    tables: dict[str, Frame] = {}
    for frame in frames(company, [volume]):
        tables[frame.table] = frame.latest()
    return Told(company, tables)
