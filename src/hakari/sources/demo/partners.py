"""Partners: who they are, what they bring, and the introductions customers make."""

from __future__ import annotations

import numpy as np

from hakari.canonical import TABLES
from hakari.sources.demo.block import Block, Company
from hakari.sources.demo.columns import DAY, NONE, Column, Ints, choice, day_number, ints, listed
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.frame import Frame
from hakari.sources.demo.leads import Leads
from hakari.sources.demo.market import Market
from hakari.sources.demo.names import PARTNERS, PRODUCTS
from hakari.sources.demo.openings import Openings
from hakari.sources.demo.timeline import BUSINESS_DAY

_KIND = TABLES["partner"].field("kind")
_DONE = TABLES["partner_activity"].field("kind")
_OTHER_WORK = (("training", 0.25), ("joint_visit", 0.45), ("response", 0.9))  # per partner and month


def partner_frames(company: Company) -> list[Frame]:
    """Partners signed in the years before history, the last three within it; and the products they sell."""
    timeline = company.timeline
    first = day_number(timeline.start)
    signed = ints([first - 900 + 100 * place for place in range(len(PARTNERS))])
    signed = np.where(signed < day_number(timeline.today), signed, first)
    managers = ints(company.roster.members("partner_manager", 0)) + 1
    columns: dict[str, Column] = {
        "name": listed([name for name, _ in PARTNERS]),
        "kind": ints([choice(_KIND, kind) for _, kind in PARTNERS]),
        "signed_on": signed,
        "owner": managers[np.arange(len(PARTNERS)) % len(managers)],
    }
    start = (first - 30) * DAY
    products: dict[str, Column] = {
        "name": listed([name for name, _, _ in PRODUCTS]),
        "series": listed([series for _, series, _ in PRODUCTS]),
        "list_price": np.asarray([float(price) for _, _, price in PRODUCTS]),
    }
    return [
        Frame("product", 1, np.full(len(PRODUCTS), start), products),
        Frame("partner", 1, np.maximum(signed * DAY, start), columns),
    ]


def partner_activity_frame(block: Block, found: Openings, deals: int) -> Frame:
    """A deal brought for each partner deal; trainings, joint visits and answers beside it."""
    timeline, draws = block.timeline, block.draws("partner work")
    brought = np.flatnonzero(found.partner[:deals] != NONE)
    place, partner = [found.created[brought]], [found.partner[brought]]
    kind, deal = [np.full(len(brought), choice(_DONE, "deal_brought"))], [brought]
    for name, monthly in _OTHER_WORK:
        drawn, who = _monthly(block, draws, monthly)
        place.append(drawn)
        partner.append(who)
        kind.append(np.full(len(drawn), choice(_DONE, name)))
        deal.append(np.full(len(drawn), NONE))
    at = np.concatenate(place)
    order = np.argsort(at, kind="stable")
    order = order[at[order] < timeline.now]
    who = np.concatenate(partner)[order]
    managers = ints(block.roster.members("partner_manager", 0))
    moment = timeline.moment(at[order])
    columns: dict[str, Column] = {
        "partner": who + 1,
        "owner": block.people(managers[who % len(managers)]),
        "at": moment,
        "kind": np.concatenate(kind)[order],
        "deal": block.keys("deal", np.concatenate(deal)[order]),
    }
    return Frame("partner_activity", block.first_key("partner_activity"), moment, columns)


def _monthly(block: Block, draws: Draws, monthly: float) -> tuple[Ints, Ints]:
    expected = monthly * block.volume / 20.3
    counts = draws.counts(np.full((len(PARTNERS), block.timeline.last), expected)).ravel()
    flat = np.repeat(np.arange(counts.size), counts)
    partner, day = np.divmod(flat, block.timeline.last)
    return day * BUSINESS_DAY + draws.below(BUSINESS_DAY, len(flat)), partner


def referral_frame(block: Block, market: Market, found: Leads, known: int) -> Frame:
    """Each lead that came by introduction, and the customer who made it."""
    code = [place for place, one in enumerate(block.world.sources) if one.tactic == "referral"]
    rows = np.flatnonzero(np.isin(found.source[:known], code))
    draws = block.draws("referrals")
    referrer = market.customers[draws.below(len(market.customers), len(rows))]
    columns: dict[str, Column] = {
        "account": block.keys("account", found.account[rows]),
        "referrer": block.keys("account", referrer),
        "lead": block.keys("lead", rows),
        "owner": block.people(found.owner[rows]),
        "at": found.received[rows],
    }
    return Frame("referral", block.first_key("referral"), found.received[rows], columns)
