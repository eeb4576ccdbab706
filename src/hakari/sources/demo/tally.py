"""Who did how much in which quarter, the rest of the running one included: what goals are set by."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hakari.sources.demo.calls import PERSON
from hakari.sources.demo.columns import NONE, Floats, Ints
from hakari.sources.demo.deals import HELD, WON
from hakari.sources.demo.outbound import CALL
from hakari.sources.demo.story import Story
from hakari.sources.demo.timeline import BUSINESS_DAY, Timeline

COUNTS = ("dials", "connects", "meetings", "deals", "qualified", "won", "amount")


@dataclass(slots=True)
class Tally:
    """`by_quarter[name]` is a table of people × quarters."""

    timeline: Timeline
    people: int
    by_quarter: dict[str, Floats] = field(init=False)
    amount_so_far: Floats = field(init=False)  # of the running quarter, won by today

    def __post_init__(self) -> None:
        shape = (self.people, len(self.timeline.quarters))
        self.by_quarter = {name: np.zeros(shape) for name in COUNTS}
        self.amount_so_far = np.zeros(self.people)

    def _add(self, name: str, people: Ints, places: Ints, amounts: Floats | None = None) -> None:
        """Only what happens by the end of the running quarter counts."""
        here = (places != NONE) & (places < self.timeline.last * BUSINESS_DAY)
        quarter = self.timeline.quarter_of[places[here] // BUSINESS_DAY]
        cell = people[here] * len(self.timeline.quarters) + quarter
        weights = None if amounts is None else amounts[here]
        table = self.by_quarter[name]
        table += np.bincount(cell, weights, table.size).reshape(table.shape)

    def add(self, story: Story) -> None:
        block, calls, touches = story.block, story.calls, story.touches
        opened, fates = story.openings, story.fates
        first = block.crew * len(block.roster.hires)
        caller = first + story.leads.owner[calls.lead]
        self._add("dials", caller, calls.place)
        self._add("connects", caller, np.where(calls.outcome == PERSON, calls.place, NONE))
        bdr = first + touches.owner
        self._add("dials", bdr, np.where(touches.kind == CALL, touches.place, NONE))
        self._add("connects", bdr, np.where(touches.outcome == PERSON, touches.place, NONE))
        held = opened.appointed & (fates.appointment == HELD)
        self._add("meetings", first + opened.sourced_by, np.where(held, fates.met, NONE))
        rep = first + opened.owner
        self._add("deals", rep, opened.created)
        self._add("qualified", rep, fates.reached[0])
        won = np.where(fates.result == WON, fates.closed, NONE)
        self._add("won", rep, won)
        self._add("amount", rep, won, fates.amount[1])
        first_day = int(np.searchsorted(self.timeline.quarter_of, len(self.timeline.quarters) - 1))
        now = (won >= first_day * BUSINESS_DAY) & (won < self.timeline.now)
        self.amount_so_far += np.bincount(rep[now], fates.amount[1][now], self.people)
