"""Leads as they arrive: when, by which way, from whom, to whom, and how fast they are answered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hakari.sources.demo.block import Block
from hakari.sources.demo.columns import DAY, NONE, SECOND, Bools, Floats, Ints
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.market import Market
from hakari.sources.demo.names import PARTNERS
from hakari.sources.demo.roster import UNITS
from hakari.sources.demo.timeline import BUSINESS_DAY
from hakari.sources.demo.world import Lag

_FAST = (40, 290)  # seconds
_SLOW_FROM = 360
_MORNING = 1_200  # seconds after opening, on average, until an after-hours lead is called
_MONTH_DAYS = 20.3
_LAST_ARRIVAL = BUSINESS_DAY - 600
# After an event its list is worked through: webinar calls go out next day, an exhibition's take weeks.
_EVENT_LAGS = {"seminar": Lag(1.4, 0.5), "exhibition": Lag(4.0, 0.6)}


@dataclass(frozen=True, slots=True)
class Leads:
    """In the order of their arrival. People are places in the roster, accounts and contacts in the market."""

    source: Ints
    unit: Ints
    day: Ints  # index of the business day of arrival, or of the one before a night's arrival
    received: Ints  # microseconds since 1970
    ready: Ints  # place in business time from which it can be called
    in_hours: Bools
    account: Ints
    contact: Ints
    owner: Ints
    partner: Ints
    campaign: Ints

    @property
    def size(self) -> int:
        return len(self.source)


def expected(block: Block) -> Floats:
    """Leads expected per source, unit and business day."""
    world, timeline = block.world, block.timeline
    factors = np.asarray(timeline.factors)
    found = np.zeros((len(world.sources), UNITS, timeline.last))
    for place, source in enumerate(world.sources):
        days = factors / _MONTH_DAYS
        if source.tactic == "seminar":
            days = np.zeros(timeline.last)
            for month in range(len(timeline.months)):
                day = block.company.campaigns.seminar_day(month)
                days[day] = factors[day]
        elif source.tactic == "exhibition":
            days = _exhibitions(block)
        for unit, share in enumerate(world.unit_shares):
            found[place, unit] = source.monthly * share * days
    turned = world.turn_unit - 1
    for place, source in enumerate(world.sources):
        if source.tactic == "website":
            found[place, turned, timeline.turn :] *= world.turn_inquiries
        if source.tactic == "exhibition":
            end = min(timeline.turn + 3, timeline.last)
            found[place, turned, timeline.turn : end] = world.turn_exhibition / 3
    return found * block.volume


def _exhibitions(block: Block) -> Floats:
    """Three days each; half a year's exhibition leads come at once."""
    days = np.zeros(block.timeline.last)
    for opening in block.company.campaigns.exhibition_days:
        days[opening : opening + 3] = 2.0
    return days


def leads(block: Block, market: Market) -> Leads:
    draws = block.draws("leads")
    arrivals = expected(block)
    counts = draws.counts(arrivals).ravel()
    flat = np.repeat(np.arange(counts.size), counts)
    source, rest = np.divmod(flat, UNITS * arrivals.shape[2])
    unit, day = np.divmod(rest, arrivals.shape[2])
    received, ready, in_hours = _times(block, draws, source, day)
    order = np.argsort(received, kind="stable")
    source, unit, day = source[order], unit[order] + 1, day[order]
    account = market.company(draws, unit)
    owner = block.roster.pick(draws, "sdr", unit, day)
    brought = np.isin(source, _places(block, "partner"))
    owner[brought] = block.roster.pick(draws, "partner_manager", unit[brought] * 0, day[brought])
    return Leads(
        source,
        unit,
        day,
        received[order],
        ready[order],
        in_hours[order],
        account,
        market.someone(draws, account),
        owner,
        np.where(brought, draws.below(len(PARTNERS), len(source)), NONE),
        _campaign(block, source, day),
    )


def _places(block: Block, *tactics: str) -> list[int]:
    return [place for place, source in enumerate(block.world.sources) if source.tactic in tactics]


def _times(block: Block, draws: Draws, source: Ints, day: Ints) -> tuple[Ints, Ints, Bools]:
    """When each lead arrives, from when it can be called, and whether somebody sat at the phone."""
    timeline, size = block.timeline, len(source)
    opening = day * BUSINESS_DAY
    place = opening + draws.below(_LAST_ARRIVAL, size)
    ready = place.copy()
    by_web = np.isin(source, [p for p, one in enumerate(block.world.sources) if one.by == "web"])
    late = by_web & draws.happens(block.world.after_hours, size)
    received = timeline.moment(place)
    evening = draws.between(34_200, 52_000, size)  # half past six to half past eleven
    received[late] = timeline.days[day[late]] * DAY + evening[late] * SECOND
    ready[late] = opening[late] + BUSINESS_DAY
    for tactic, lag in _EVENT_LAGS.items():
        here = np.isin(source, _places(block, tactic))
        worked = opening + BUSINESS_DAY + draws.seconds(lag, size)
        ready[here] = worked[here]
    return received, ready, by_web & ~late


def _campaign(block: Block, source: Ints, day: Ints) -> Ints:
    found = np.full(len(source), NONE)
    for place, one in enumerate(block.world.sources):
        if one.tactic in ("search_ad", "whitepaper", "leadgen_site", "seminar", "exhibition"):
            here = source == place
            found[here] = block.company.campaigns.at(one.tactic, day[here])
    return found


def first_calls(block: Block, found: Leads, draws: Draws) -> tuple[Ints, Bools]:
    """The place of each lead's first call, and whether it came within five minutes."""
    world, size = block.world, found.size
    share = np.asarray([one.fast for one in world.sources])[found.source]
    share = share * block.roster.settled[found.owner, found.day]
    turned = (found.unit == world.turn_unit) & (found.day >= block.timeline.turn)
    share = np.where(turned, share * world.turn_fast, share)
    fast = found.in_hours & draws.happens(share, size)
    by_event = np.isin(found.source, _places(block, *_EVENT_LAGS))
    wait = np.where(fast, draws.between(*_FAST, size), _SLOW_FROM + draws.seconds(world.slow_call, size))
    wait = np.where(found.in_hours, wait, draws.waits(_MORNING, size))
    return found.ready + np.where(by_event, 0, wait), fast


def called(block: Block, found: Leads) -> Bools:
    """Leads that go through the phone; a partner's lead is met without."""
    return ~np.isin(found.source, _places(block, "partner"))


def meeting_rates(block: Block, found: Leads, fast: Bools) -> Floats:
    """Share of each lead's connects that agree to meet."""
    sources = block.world.sources
    quick = np.asarray([one.fast_meeting for one in sources])[found.source]
    slow = np.asarray([one.slow_meeting for one in sources])[found.source]
    rate: Floats = np.where(fast, quick, slow) * block.roster.craft(found.owner, found.day)
    return np.minimum(rate, 0.95)
