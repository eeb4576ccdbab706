"""Lets the demo company happen: block by block, every table in the order in which others point at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from hakari.sources.demo import activities, audience, care, customers, deal_frames, lead_frames, partners
from hakari.sources.demo.activities import Acts
from hakari.sources.demo.block import Block, Company
from hakari.sources.demo.calls import Calls, Outcomes, work
from hakari.sources.demo.campaigns import Campaigns, ad_spend
from hakari.sources.demo.columns import NONE, Ints
from hakari.sources.demo.deals import Fates, fates
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.leads import Leads, leads
from hakari.sources.demo.market import Market, account_frame, contact_frame, list_frames, market
from hakari.sources.demo.openings import Openings, openings
from hakari.sources.demo.outbound import Touches, outbound
from hakari.sources.demo.roster import Roster
from hakari.sources.demo.rows import Batch, batches
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


def frames(company: Company, volumes: list[float]) -> Iterator[Frame]:
    """What all blocks share, then block after block, then the goals."""
    yield from company.roster.frames()
    yield from partners.partner_frames(company)
    yield from company.campaigns.frames()
    yield ad_spend(company.campaigns, Draws(company.seed, 0, 0))
    tally = Tally(company.timeline, company.roster.crews * len(company.roster.hires))
    taken: dict[str, int] = {}
    for number, volume in enumerate(volumes):
        block = Block(company, number, volume, number % company.roster.crews, dict(taken))
        story = happen(block)
        tally.add(block, story.leads, story.calls, story.touches, story.openings, story.fates)
        for frame in story.frames():
            taken[frame.table] = taken.get(frame.table, 0) + frame.size
            yield frame
    yield target_frame(company, tally)


@dataclass(frozen=True, slots=True)
class Story:
    """All that happens in one block, up to the end of the running quarter."""

    block: Block
    market: Market
    leads: Leads
    calls: Calls
    outcomes: Outcomes
    touches: Touches
    openings: Openings
    fates: Fates

    def frames(self) -> Iterator[Frame]:
        """What is known of it by now, as records."""
        block = self.block
        known, deals = lead_frames.by_now(block, self.leads), deal_frames.by_now(block, self.openings)
        won = deal_frames.won_rows(block, self.fates, deals)
        since = customers.customer_since(block, self.market, self.openings, self.fates, won)
        yield account_frame(block, self.market, since)
        yield from list_frames(block, self.market)
        yield contact_frame(block, self.market, self._first_seen(known))
        lead = lead_frames.lead_frame(block, self.market, self.leads, self.outcomes, self.openings)
        yield lead
        deal = deal_frames.deal_frame(block, self.openings, self.fates)
        deal = deal.known_at(block.timeline.now_moment).first(deals)
        yield deal
        meeting = deal_frames.appointment_frame(block, self.openings, self.fates)
        yield meeting.known_at(block.timeline.now_moment).first(int(self.openings.appointed[:deals].sum()))
        yield deal_frames.stage_change_frame(block, deal)
        yield deal_frames.proposal_frame(block, self.openings, self.fates, deals)
        yield from self._customers(won)
        yield audience.member_frame(block, self.leads, known, self.touches)
        yield audience.mail_frame(block, self.leads, known)
        yield audience.visit_frame(block, self.leads, known)
        yield partners.partner_activity_frame(block, self.openings, deals)
        yield partners.referral_frame(block, self.market, self.leads, known)
        activity = activities.activity_frame(block, self.activities(won))
        yield activity
        yield lead_frames.consent_frame(block, lead, activity)

    def _customers(self, won: Ints) -> Iterator[Frame]:
        block = self.block
        order = customers.order_frame(block, self.market, self.openings, self.fates, won)
        yield order
        yield customers.invoice_frame(block, order)
        terms = customers.contracts(block, self.market, self.openings, self.fates, won)
        contract = customers.contract_frame(block, self.market, terms)
        yield contract
        months = care.contract_months(block, terms)
        owners = np.asarray(contract.columns["owner"])
        yield care.usage_frame(block, terms, months)
        yield care.health_frame(block, terms, months, owners)
        yield care.issue_frame(block, self.market, terms, months, owners, (self.openings, self.fates))

    def activities(self, won: Ints) -> Acts:
        block = self.block
        terms = customers.contracts(block, self.market, self.openings, self.fates, won)
        months = care.contract_months(block, terms)
        contract = customers.contract_frame(block, self.market, terms)
        hires = np.asarray(contract.columns["owner"]) - 1 - block.crew * len(block.roster.hires)
        parts = [
            *activities.lead_calls(block, self.leads, self.calls),
            *activities.target_touches(block, self.touches),
            *activities.deal_work(block, self.market, self.openings, self.fates),
            care.care_acts(block, self.market, terms, months, hires),
        ]
        return activities.together(parts, block.timeline.now)

    def _first_seen(self, known: int) -> Ints:
        """When each contact first turned up, by now."""
        seen = np.full(int(self.market.contacts.sum()), np.iinfo(np.int64).max)
        np.minimum.at(seen, self.leads.contact[:known], self.leads.received[:known])
        touched = self.touches.place < self.block.timeline.now
        moment = self.block.timeline.moment(self.touches.place[touched])
        np.minimum.at(seen, self.touches.contact[touched], moment)
        return np.where(seen == np.iinfo(np.int64).max, NONE, seen)


def happen(block: Block) -> Story:
    place = market(block)
    came = leads(block, place)
    calls, outcomes = work(block, came)
    touches = outbound(block, place)
    opened = openings(block, place, came, calls, touches)
    return Story(block, place, came, calls, outcomes, touches, opened, fates(block, opened))
