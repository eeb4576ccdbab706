"""Who did how much in which quarter, the rest of the running one included: what goals are set by."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hakari.sources.demo.block import Block
from hakari.sources.demo.calls import PERSON, Calls
from hakari.sources.demo.columns import NONE, Floats, Ints
from hakari.sources.demo.deals import HELD, WON, Fates
from hakari.sources.demo.leads import Leads
from hakari.sources.demo.openings import Openings
from hakari.sources.demo.outbound import CALL, Touches
from hakari.sources.demo.timeline import BUSINESS_DAY, Timeline

COUNTS = ("dials", "connects", "meetings", "deals", "qualified", "won", "amount")


@dataclass(slots=True)
class Tally:
    """`by_quarter[name]` is a table of people × quarters."""

    timeline: Timeline
    people: int
    by_quarter: dict[str, Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        shape = (self.people, len(self.timeline.quarters))
        self.by_quarter = {name: np.zeros(shape) for name in COUNTS}

    def _add(self, name: str, people: Ints, places: Ints, amounts: Floats | None = None) -> None:
        """Only what happens by the end of the running quarter counts."""
        here = (places != NONE) & (places < self.timeline.last * BUSINESS_DAY)
        quarter = self.timeline.quarter_of[places[here] // BUSINESS_DAY]
        cell = people[here] * len(self.timeline.quarters) + quarter
        weights = None if amounts is None else amounts[here]
        table = self.by_quarter[name]
        table += np.bincount(cell, weights, table.size).reshape(table.shape)

    def add(
        self, block: Block, found: Leads, calls: Calls, touches: Touches, opened: Openings, fates: Fates
    ) -> None:
        first = block.crew * len(block.roster.hires)
        caller = first + found.owner[calls.lead]
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
