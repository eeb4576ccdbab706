"""One block of the market: a stretch of accounts and the crew that works them, drawn apart from others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from hakari.sources.demo.campaigns import Campaigns
from hakari.sources.demo.columns import NONE, Ints
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.roster import Roster
from hakari.sources.demo.timeline import Timeline
from hakari.sources.demo.world import World


@dataclass(frozen=True, slots=True)
class Company:
    """What all blocks share."""

    world: World
    timeline: Timeline
    roster: Roster
    campaigns: Campaigns
    seed: int


@dataclass(frozen=True, slots=True)
class Block:
    """`volume` is its size, of the world's accounts and leads; `taken` how many keys each table has used."""

    company: Company
    number: int
    volume: float
    crew: int
    taken: Mapping[str, int]

    @property
    def world(self) -> World:
        return self.company.world

    @property
    def timeline(self) -> Timeline:
        return self.company.timeline

    @property
    def roster(self) -> Roster:
        return self.company.roster

    def draws(self, topic: str) -> Draws:
        return Draws(self.world.edition, self.company.seed, self.number, crc32(topic.encode()))

    def first_key(self, table: str) -> int:
        return self.taken.get(table, 0) + 1

    def keys(self, table: str, places: Ints) -> Ints:
        """Keys of this block's records, by their places in it."""
        return np.where(places == NONE, NONE, places + self.first_key(table))

    def people(self, hires: Ints) -> Ints:
        return self.roster.keys(self.crew, hires)
