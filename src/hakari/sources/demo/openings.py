"""Every way a deal can begin, in one list: agreed on the phone, brought by a partner, asked for."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from hakari.sources.demo.block import Block
from hakari.sources.demo.calls import Calls
from hakari.sources.demo.columns import NONE, Bools, Ints
from hakari.sources.demo.leads import Leads
from hakari.sources.demo.market import Market
from hakari.sources.demo.names import PRODUCT_WEIGHTS
from hakari.sources.demo.outbound import Touches
from hakari.sources.demo.timeline import BUSINESS_DAY
from hakari.sources.demo.world import Lag

_PARTNER_LAG = Lag(3, 0.5)
NEW, EXISTING = 0, 1
OUTBOUND = "BDR新規開拓"
UPSELL = "既存顧客"


@dataclass(frozen=True, slots=True)
class Openings:
    """By creation. `source` is a place among the world's sources, then outbound, then upsell."""

    created: Ints  # place in business time
    source: Ints
    unit: Ints
    account: Ints
    contact: Ints
    sourced_by: Ints
    owner: Ints
    lead: Ints
    partner: Ints
    campaign: Ints
    kind: Ints
    product: Ints
    appointed: Bools  # by an appointment made on the phone

    @property
    def size(self) -> int:
        return len(self.created)


def openings(block: Block, market: Market, found: Leads, calls: Calls, touches: Touches) -> Openings:
    """Up to the end of the running quarter."""
    parts = [
        _from_leads(block, found, calls),
        _from_partners(block, found),
        _from_targets(block, market, touches),
        _from_customers(block, market),
    ]
    joined = {
        one.name: np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Openings)
    }
    order = np.argsort(joined["created"], kind="stable")
    order = order[joined["created"][order] < block.timeline.last * BUSINESS_DAY]
    draws = block.draws("openings")
    sorted_ = {name: values[order] for name, values in joined.items()}
    sorted_["owner"] = block.roster.pick(draws, "fs", sorted_["unit"], sorted_["created"] // BUSINESS_DAY)
    sorted_["product"] = draws.chosen(PRODUCT_WEIGHTS, len(order))
    return Openings(**sorted_)


def source_names(block: Block) -> tuple[str, ...]:
    return (*(source.name for source in block.world.sources), OUTBOUND, UPSELL)


def source_tactics(block: Block) -> tuple[str, ...]:
    return (*(source.tactic for source in block.world.sources), "call", "other")


def _of_leads(found: Leads, rows: Ints, created: Ints, appointed: bool) -> Openings:
    nothing = np.full(len(rows), NONE)
    return Openings(
        created,
        found.source[rows],
        found.unit[rows],
        found.account[rows],
        found.contact[rows],
        found.owner[rows],
        nothing,
        rows,
        found.partner[rows],
        found.campaign[rows],
        np.full(len(rows), NEW),
        nothing,
        np.full(len(rows), appointed),
    )


def _from_leads(block: Block, found: Leads, calls: Calls) -> Openings:
    rows = np.flatnonzero(calls.met)
    lasts = block.draws("talks").between(180, 600, len(rows))
    return _of_leads(found, calls.lead[rows], calls.place[rows] + lasts, True)


def _from_partners(block: Block, found: Leads) -> Openings:
    """What a partner brings is met together, without a call."""
    draws = block.draws("partner deals")
    rate = np.asarray([one.fast_meeting for one in block.world.sources])[found.source]
    rows = np.flatnonzero((found.partner != NONE) & draws.happens(rate, found.size))
    created = found.ready[rows] + draws.seconds(_PARTNER_LAG, len(rows))
    return _of_leads(found, rows, created, False)


def _from_targets(block: Block, market: Market, touches: Touches) -> Openings:
    rows = np.flatnonzero(touches.met)
    size, nothing = len(rows), np.full(len(rows), NONE)
    place = touches.place[rows]
    return Openings(
        place + block.draws("target talks").between(180, 600, size),
        np.full(size, len(block.world.sources)),
        market.unit[touches.account[rows]],
        touches.account[rows],
        touches.contact[rows],
        touches.owner[rows],
        nothing,
        nothing,
        nothing,
        block.company.campaigns.at("call", place // BUSINESS_DAY),
        np.full(size, NEW),
        nothing,
        np.ones(size, np.bool_),
    )


def _from_customers(block: Block, market: Market) -> Openings:
    """Customers of before who want more, found by the people who look after them."""
    draws, timeline = block.draws("upsell"), block.timeline
    expected = np.asarray(timeline.factors) * (block.world.upsell_monthly * block.volume / 20.3)
    day = np.repeat(np.arange(timeline.last), draws.counts(expected))
    size, nothing = len(day), np.full(len(day), NONE)
    account = market.customers[draws.below(len(market.customers), size)]
    return Openings(
        day * BUSINESS_DAY + draws.below(BUSINESS_DAY, size),
        np.full(size, len(block.world.sources) + 1),
        market.unit[account],
        account,
        market.someone(draws, account),
        block.roster.pick(draws, "cs", market.unit[account], day),
        nothing,
        nothing,
        nothing,
        nothing,
        np.full(size, EXISTING),
        nothing,
        np.zeros(size, np.bool_),
    )
