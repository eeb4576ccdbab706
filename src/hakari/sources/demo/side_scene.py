"""What the smaller tactics play on: one block's market and leads, and the campaigns that reach into it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hakari.sources.demo.block import Block
from hakari.sources.demo.columns import Ints, ints
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.leads import Leads
from hakari.sources.demo.market import Market
from hakari.sources.demo.side_campaigns import SideCampaign, SideCampaigns
from hakari.sources.demo.side_truth import SIDE, Side
from hakari.sources.demo.story import Story
from hakari.sources.demo.timeline import BUSINESS_DAY


@dataclass(frozen=True, slots=True)
class Scene:
    """`known` is how many of the story's leads have arrived."""

    story: Story
    known: int
    campaigns: SideCampaigns
    side: Side = SIDE

    @property
    def block(self) -> Block:
        return self.story.block

    @property
    def market(self) -> Market:
        return self.story.market

    @property
    def leads(self) -> Leads:
        return self.story.leads

    def spread(self, draws: Draws, campaigns: list[SideCampaign], each: int, days: int) -> tuple[Ints, Ints]:
        """Campaign keys, and places in business time by now, within so many days of their beginning."""
        counts = draws.counts(np.full(len(campaigns), each * self.block.volume))
        key = np.repeat(ints([one.key for one in campaigns]), counts)
        opens = np.repeat(ints([one.opens for one in campaigns]), counts)
        place = opens + draws.below(days, len(key)) * BUSINESS_DAY + draws.below(BUSINESS_DAY, len(key))
        inside = place < self.block.timeline.now
        return key[inside], place[inside]

    def monthly(self, draws: Draws, each: float) -> Ints:
        """Places in business time by now, about so many a month."""
        timeline = self.block.timeline
        counts = draws.counts(np.full(timeline.today_index, each * self.block.volume / 20.3))
        day = np.repeat(np.arange(timeline.today_index), counts)
        return day * BUSINESS_DAY + draws.below(BUSINESS_DAY, len(day))

    def earlier_leads(self, draws: Draws, at: Ints, lately: int = 0) -> tuple[Ints, Ints]:
        """A lead received before each moment, of the last so many or of all; and which moments had one."""
        older = np.searchsorted(self.leads.received[: self.known], at)
        span = np.minimum(older, lately) if lately else older
        lead = older - 1 - draws.below(np.maximum(span, 1), len(at))
        here = np.flatnonzero(older > 0)
        return lead[here], here
