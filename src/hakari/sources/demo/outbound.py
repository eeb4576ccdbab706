"""Calls, letters and mails to the key persons of target accounts: a list that burns down.

Every person is approached in rounds of a few touches, with a pause after each round. The first round finds an
open ear more often than any later one, and first rounds become fewer as untouched people run out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hakari.sources.demo.block import Block
from hakari.sources.demo.calls import NO_ANSWER, PERSON, RECEPTION, REFUSED, next_day
from hakari.sources.demo.columns import NONE, Bools, Ints
from hakari.sources.demo.draws import Draws
from hakari.sources.demo.market import Market
from hakari.sources.demo.timeline import BUSINESS_DAY

CALL, LETTER, MAIL = range(3)
_KINDS = (0.80, 0.07, 0.13)
_RECEPTION, _REFUSED = 0.30, 0.06
_ENDS_ROUND = 0.8  # of the talks that led nowhere
_AFTER_MEETING = 170  # business days
_PAUSE_MORE = 25


@dataclass(frozen=True, slots=True)
class Touches:
    """One row per touch of a key person; `contact` and `account` are places in the market."""

    contact: Ints
    account: Ints
    owner: Ints
    place: Ints
    kind: Ints
    outcome: Ints  # -1 for letters and mails
    met: Bools
    opted_in: Bools
    round: Ints


@dataclass(frozen=True, slots=True)
class _People:
    contact: Ints
    account: Ints
    owner: Ints


def outbound(block: Block, market: Market) -> Touches:
    """All touches up to the end of the running quarter."""
    world, draws = block.world, block.draws("outbound")
    account = np.repeat(np.arange(market.targets), world.key_persons)
    place = np.tile(np.arange(world.key_persons), market.targets)
    people = _People(
        market.first_contact[account] + place,
        account,
        block.roster.pick(draws, "bdr", market.unit[account], np.zeros(len(account), np.int64)),
    )
    size = len(account)
    known = ~draws.happens(world.untouched_before, size)
    day = np.where(known, draws.below(60, size), draws.waits(world.list_life, size))
    start = next_day(block, draws, day * BUSINESS_DAY, 0, 0)
    number = known.astype(np.int64)
    horizon = block.timeline.last * BUSINESS_DAY
    parts: list[Touches] = []
    who = np.arange(size)
    while len(who):
        ended, met = _round(block, draws, people, (who, start, number), parts)
        pause = np.where(met, _AFTER_MEETING, world.cool_down) + draws.below(_PAUSE_MORE, len(who))
        start = next_day(block, draws, ended + pause * BUSINESS_DAY, 0, 0)
        number = number + 1
        going = start < horizon
        who, start, number = who[going], start[going], number[going]
    return _joined(parts)


def _round(
    block: Block, draws: Draws, people: _People, at: tuple[Ints, Ints, Ints], parts: list[Touches]
) -> tuple[Ints, Bools]:
    """One round for some people; gives back where each ended and whether it led to a meeting."""
    world, horizon = block.world, block.timeline.last * BUSINESS_DAY
    who, start, number = at
    ended, met = start.copy(), np.zeros(len(who), np.bool_)
    active, places = np.arange(len(who)), start
    for _ in range(world.touches):
        inside = places < horizon
        active, places = active[inside], places[inside]
        touch = _touch(block, draws, people, who[active], places, number[active])
        parts.append(touch)
        ended[active] = places
        met[active] |= touch.met
        talked = touch.outcome == PERSON
        stays = ~touch.met & ~(talked & draws.happens(_ENDS_ROUND, len(active)))
        active = active[stays]
        places = next_day(block, draws, places[stays], *world.touch_gap)
    return ended, met


def _touch(block: Block, draws: Draws, people: _People, who: Ints, places: Ints, number: Ints) -> Touches:
    world, roster, size = block.world, block.roster, len(who)
    owner, day = people.owner[who], places // BUSINESS_DAY
    kind = draws.chosen(_KINDS, size)
    hour = places % BUSINESS_DAY // 3600
    reach = np.asarray(world.connect_by_hour)[hour] * world.bdr_reach * roster.reach[owner]
    drawn = draws.chance(size)
    reached = (kind == CALL) & (drawn < reach)
    fatigue = np.maximum(world.fatigue**number, world.least_fatigue)
    agreed = reached & draws.happens(world.fresh_meeting * fatigue * roster.craft(owner, day), size)
    stopped = np.where(drawn > 1 - _REFUSED, REFUSED, np.where(drawn > 1 - _RECEPTION, RECEPTION, NO_ANSWER))
    outcome = np.where(kind == CALL, np.where(reached, PERSON, stopped), NONE)
    opted = reached & draws.happens(world.opt_in, size)
    return Touches(
        people.contact[who], people.account[who], owner, places, kind, outcome, agreed, opted, number
    )


def _joined(parts: list[Touches]) -> Touches:
    return Touches(*(np.concatenate([getattr(part, name) for part in parts]) for name in Touches.__slots__))
