"""What is known of a block's story by the evening of today, as records of every table."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property

import numpy as np

from hakari.sources.demo import (
    activities,
    audience,
    care,
    customers,
    deal_frames,
    lead_frames,
    members,
    partners,
)
from hakari.sources.demo.care import ContractMonths, contract_months
from hakari.sources.demo.columns import NONE, Ints
from hakari.sources.demo.customers import Contracts
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.market import account_frame, contact_frame, list_frame, member_frame
from hakari.sources.demo.story import Story

# Each table after those it points at.
TABLES_OF_A_BLOCK = (
    "account",
    "target_list",
    "target_member",
    "contact",
    "lead",
    "deal",
    "appointment",
    "stage_change",
    "proposal",
    "order",
    "invoice",
    "contract",
    "usage",
    "health",
    "issue",
    "campaign_member",
    "mail_event",
    "web_visit",
    "partner_activity",
    "referral",
    "activity",
    "consent",
)


class Records:
    """Makes each table when it is asked for; what several tables rest on is made once."""

    def __init__(self, story: Story) -> None:
        self.story, self.block = story, story.block
        self.known = lead_frames.by_now(self.block, story.leads)
        self.deals = deal_frames.by_now(self.block, story.openings)
        self.won = deal_frames.won_rows(self.block, story.fates, self.deals)

    def frames(self, wanted: Collection[str]) -> Iterator[Frame]:
        for table in TABLES_OF_A_BLOCK:
            if table in wanted:
                frame: Frame = getattr(self, table)
                if frame.size:
                    yield frame

    @property
    def account(self) -> Frame:
        story = self.story
        since = customers.customer_since(self.block, story.market, story.openings, story.fates, self.won)
        return account_frame(self.block, story.market, since)

    @property
    def target_list(self) -> Frame:
        return list_frame(self.block)

    @property
    def target_member(self) -> Frame:
        return member_frame(self.block, self.story.market)

    @property
    def contact(self) -> Frame:
        return contact_frame(self.block, self.story.market, self._first_seen())

    def _first_seen(self) -> Ints:
        """When each contact first turned up."""
        story, never = self.story, np.iinfo(np.int64).max
        seen = np.full(int(story.market.contacts.sum()), never)
        np.minimum.at(seen, story.leads.contact[: self.known], story.leads.received[: self.known])
        touched = story.touches.place < self.block.timeline.now
        moment = self.block.timeline.moment(story.touches.place[touched])
        np.minimum.at(seen, story.touches.contact[touched], moment)
        return np.where(seen == never, NONE, seen)

    @cached_property
    def lead(self) -> Frame:
        story = self.story
        return lead_frames.lead_frame(self.block, story.leads, story.outcomes, story.openings)

    @cached_property
    def deal(self) -> Frame:
        frame = deal_frames.deal_frame(self.block, self.story.openings, self.story.fates)
        return frame.known_at(self.block.timeline.now_moment).first(self.deals)

    @property
    def appointment(self) -> Frame:
        frame = deal_frames.appointment_frame(self.block, self.story.openings, self.story.fates)
        agreed = int(self.story.openings.appointed[: self.deals].sum())
        return frame.known_at(self.block.timeline.now_moment).first(agreed)

    @property
    def stage_change(self) -> Frame:
        return deal_frames.stage_change_frame(self.block, self.deal)

    @property
    def proposal(self) -> Frame:
        return deal_frames.proposal_frame(self.block, self.story.openings, self.story.fates, self.deals)

    @cached_property
    def order(self) -> Frame:
        story = self.story
        return customers.order_frame(self.block, story.market, story.openings, story.fates, self.won)

    @property
    def invoice(self) -> Frame:
        return customers.invoice_frame(self.block, self.order)

    @cached_property
    def _terms(self) -> Contracts:
        story = self.story
        return customers.contracts(self.block, story.market, story.openings, story.fates, self.won)

    @cached_property
    def _months(self) -> ContractMonths:
        return contract_months(self.block, self._terms)

    @cached_property
    def _carers(self) -> Ints:
        return customers.carers(self.block, self.story.market, self._terms)

    @property
    def contract(self) -> Frame:
        return customers.contract_frame(self.block, self._terms, self._carers)

    @property
    def usage(self) -> Frame:
        return care.usage_frame(self.block, self._terms, self._months)

    @property
    def health(self) -> Frame:
        return care.health_frame(self.block, self._terms, self._months, self._carers)

    @property
    def issue(self) -> Frame:
        story = self.story
        deals = (story.openings, story.fates)
        return care.issue_frame(self.block, story.market, self._terms, self._months, self._carers, deals)

    @property
    def campaign_member(self) -> Frame:
        return members.member_frame(self.block, self.story.leads, self.known, self.activity)

    @property
    def mail_event(self) -> Frame:
        return audience.mail_frame(self.block, self.story.leads, self.known)

    @property
    def web_visit(self) -> Frame:
        return audience.visit_frame(self.block, self.story.leads, self.known)

    @property
    def partner_activity(self) -> Frame:
        return partners.partner_activity_frame(self.block, self.story.openings, self.deals)

    @property
    def referral(self) -> Frame:
        return partners.referral_frame(self.block, self.story.market, self.story.leads, self.known)

    @cached_property
    def activity(self) -> Frame:
        story = self.story
        parts = [
            *activities.lead_calls(self.block, story.leads, story.calls),
            *activities.target_touches(self.block, story.touches),
            *activities.deal_work(self.block, story.market, story.openings, story.fates),
            care.care_acts(self.block, story.market, self._terms, self._months, self._carers),
        ]
        return activities.activity_frame(self.block, activities.together(parts, self.block.timeline.now))

    @property
    def consent(self) -> Frame:
        return lead_frames.consent_frame(self.block, self.lead, self.activity)
