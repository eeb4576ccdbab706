"""All that happens in one block, from the first lead to the end of the running quarter."""

from __future__ import annotations

from dataclasses import dataclass

from hakari.sources.demo.block import Block
from hakari.sources.demo.calls import Calls, Outcomes, work
from hakari.sources.demo.deals import Fates, fates
from hakari.sources.demo.leads import Leads, leads
from hakari.sources.demo.market import Market, market
from hakari.sources.demo.openings import Openings, openings
from hakari.sources.demo.outbound import Touches, outbound


@dataclass(frozen=True, slots=True)
class Story:
    """Also what lies after today: goals are set by it, records are not."""

    block: Block
    market: Market
    leads: Leads
    calls: Calls
    outcomes: Outcomes
    touches: Touches
    openings: Openings
    fates: Fates


def happen(block: Block) -> Story:
    place = market(block)
    came = leads(block, place)
    calls, outcomes = work(block, came)
    touches = outbound(block, place)
    opened = openings(block, place, came, calls, touches)
    return Story(block, place, came, calls, outcomes, touches, opened, fates(block, opened))
