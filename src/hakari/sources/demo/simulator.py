"""Lets the demo company happen: block by block, every table in the order in which others point at it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from hakari.sources.demo import partners
from hakari.sources.demo.block import Block, Company
from hakari.sources.demo.campaigns import Campaigns, ad_spend
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.records import TABLES_OF_A_BLOCK, Records
from hakari.sources.demo.roster import Roster
from hakari.sources.demo.rows import Batch, batches
from hakari.sources.demo.story import happen
from hakari.sources.demo.tally import Tally
from hakari.sources.demo.targets import target_frame
from hakari.sources.demo.timeline import Timeline
from hakari.sources.demo.world import World

MOST_CREWS = 40


def simulate(world: World, today: date, seed: int, scale: float = 1.0) -> Iterator[Batch]:
    """All rows up to the evening of `today`. At scale 2 the market is twice as big, and so is the crew."""
    blocks = max(1, round(scale))
    company = found(world, today, seed, min(MOST_CREWS, blocks))
    for frame in frames(company, [scale / blocks] * blocks):
        yield from batches(frame)


def found(world: World, today: date, seed: int, crews: int) -> Company:
    timeline = Timeline(world, today)
    roster = Roster(world, timeline, crews)
    return Company(world, timeline, roster, Campaigns(timeline, roster), seed)


def frames(
    company: Company, volumes: list[float], wanted: Collection[str] = TABLES_OF_A_BLOCK
) -> Iterator[Frame]:
    """What all blocks share, then the wanted tables of block after block, then the goals."""
    yield from company.roster.frames()
    yield from partners.partner_frames(company)
    yield from company.campaigns.frames()
    yield ad_spend(company.campaigns, Draws(company.seed, 0, 0))
    tally = Tally(company.timeline, company.roster.crews * len(company.roster.hires))
    taken: dict[str, int] = {}
    for number, volume in enumerate(volumes):
        block = Block(company, number, volume, number % company.roster.crews, dict(taken))
        story = happen(block)
        tally.add(story)
        for frame in Records(story).frames(wanted):
            taken[frame.table] = taken.get(frame.table, 0) + frame.size
            yield frame
    yield target_frame(company, tally)
