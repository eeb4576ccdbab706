"""Lets the demo company happen: block by block, every table in the order in which others point at it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from hakari.sources.demo import partners
from hakari.sources.demo.block import Block, Company
from hakari.sources.demo.campaigns import Campaigns, ad_spend
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.facts import shared_more, told_more
from hakari.sources.demo.forecasts import forecast_frame
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.partner_goals import PartnerGoals
from hakari.sources.demo.records import TABLES_OF_A_BLOCK, Records
from hakari.sources.demo.roster import Roster
from hakari.sources.demo.rows import Batch, batches
from hakari.sources.demo.side import block_frames, shared_frames
from hakari.sources.demo.side_campaigns import SideCampaigns
from hakari.sources.demo.side_scene import Scene
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
    for frame in frames(company, [scale / blocks] * blocks, side=True):
        yield from batches(frame)


def found(world: World, today: date, seed: int, crews: int) -> Company:
    timeline = Timeline(world, today)
    roster = Roster(world, timeline, crews)
    return Company(world, timeline, roster, Campaigns(timeline, roster), seed)


def frames(
    company: Company,
    volumes: list[float],
    wanted: Collection[str] = TABLES_OF_A_BLOCK,
    *,
    side: bool = False,
) -> Iterator[Frame]:
    """What all blocks share, then the wanted tables of block after block, then the goals.

    With `side`, also what the smaller tactics leave; it changes nothing of the rest but the keys of later
    blocks.
    """
    taken: dict[str, int] = {}
    yield from _counted(shared_more(company, _shared(company)) if side else _shared(company), taken)
    beside = SideCampaigns(company) if side else None
    if beside is not None:
        yield from _counted(shared_frames(company, beside, taken), taken)
    goals = PartnerGoals(company.timeline)
    tally = Tally(company.timeline, company.roster.crews * len(company.roster.hires))
    for number, volume in enumerate(volumes):
        block = Block(company, number, volume, number % company.roster.crews, dict(taken))
        story = happen(block)
        tally.add(story)
        records = Records(story)
        told = records.frames(wanted)
        yield from _counted(told_more(block, told) if side else told, taken)
        if beside is not None:
            goals.add(story)
            scene = Scene(story, records.known, beside)
            yield from _counted(block_frames(scene, taken), taken)
    aims = target_frame(company, tally)
    yield aims
    if beside is not None:
        yield goals.frame(aims.size + 1)
        yield forecast_frame(company, tally)


def _shared(company: Company) -> Iterator[Frame]:
    yield from company.roster.frames()
    yield from partners.partner_frames(company)
    yield from company.campaigns.frames()
    yield ad_spend(company.campaigns, Draws(company.seed, 0, 0))


def _counted(some: Iterator[Frame], taken: dict[str, int]) -> Iterator[Frame]:
    """Those that hold anything; `taken` goes on counting the keys they use."""
    for frame in some:
        if frame.size:
            taken[frame.table] = taken.get(frame.table, 0) + frame.size
            yield frame
