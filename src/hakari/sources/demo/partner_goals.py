"""What partners are to bring, quarter by quarter: a stretch of what they will."""

from __future__ import annotations

import numpy as np

from hakari.sources.demo.columns import DAY, NONE, Column, Words, day_number, ints
from hakari.sources.demo.deals import WON
from hakari.sources.demo.fact_truth import FACTS
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.story import Story
from hakari.sources.demo.timeline import BUSINESS_DAY, Timeline

MEASURE = "partner_results.value"


class PartnerGoals:
    """Adds up, block by block, what is won through partners in each quarter."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.amounts = np.zeros(len(timeline.quarters))

    def add(self, story: Story) -> None:
        opened, fates, timeline = story.openings, story.fates, self.timeline
        won = (fates.result == WON) & (opened.partner != NONE) & (fates.closed < timeline.last * BUSINESS_DAY)
        quarter = timeline.quarter_of[fates.closed[won] // BUSINESS_DAY]
        self.amounts += np.bincount(quarter, fates.amount[1][won], len(self.amounts))

    def frame(self, first_key: int) -> Frame:
        quarters = self.timeline.quarters
        starts = ints([day_number(one.start) for one in quarters])
        columns: dict[str, Column] = {
            "measure": Words(np.zeros(len(quarters), np.int64), (MEASURE,)),
            "starts_on": starts,
            "ends_on": ints([day_number(one.last_day) for one in quarters]),
            "value": np.round(np.maximum(self.amounts, 500_000) * FACTS.partner_stretch, -5),
        }
        return Frame("target", first_key, starts * DAY, columns)
